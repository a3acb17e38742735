"""The recovery code: 150 random bits a person can copy from paper.

Crockford's base 32 (no I, L, O, U; they are read as 1, 1, 0, V when typed) in eight groups of four;
the last two characters are a checksum, so that a typing error is told apart
from a wrong code.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import Final

from medapp.security.errors import MistypedRecoveryCode

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_DATA, _CHECK, _GROUP = 30, 2, 4
_READ_AS: Final = str.maketrans("ILOU", "110V")


def new_code() -> str:
    """A fresh code, formatted `XXXX-XXXX-...` (eight groups)."""
    data = "".join(secrets.choice(_ALPHABET) for _ in range(_DATA))
    whole = data + _checksum(data)
    return "-".join(whole[at : at + _GROUP] for at in range(0, len(whole), _GROUP))


def read_code(typed: str) -> str:
    """The code without separators. Raises MistypedRecoveryCode when the checksum does not fit."""
    code = re.sub(r"[\s\-–—_.]", "", typed).upper().translate(_READ_AS)
    well_formed = len(code) == _DATA + _CHECK and set(code) <= set(_ALPHABET)
    if not well_formed or _checksum(code[:_DATA]) != code[_DATA:]:
        raise MistypedRecoveryCode()
    return code


def _checksum(data: str) -> str:
    number = int.from_bytes(hashlib.sha256(data.encode("ascii")).digest()[:2], "big") & 1023
    return _ALPHABET[number >> 5] + _ALPHABET[number & 31]
