"""The schema as a list of migrations, one file and one transaction each.

`PRAGMA user_version` holds major x 1000 + the number of migrations applied, so
that opening needs one integer and no `sqlite_utils` (which imports pandas).
A newer minor version only adds; a newer major version is refused.
"""

from __future__ import annotations

from typing import Final

MAJOR: Final = 1
COUNT: Final = 3
VERSION: Final = MAJOR * 1000 + COUNT
APPLICATION_ID: Final = 0x4D415070  # "MAPp"
