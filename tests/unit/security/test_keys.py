"""The key file opens for the right secret only, whatever was done to it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from medapp.security.errors import (
    AmbiguousUser,
    DamagedKeyFile,
    MistypedRecoveryCode,
    NewerKeyFile,
    UnknownUser,
    UserExists,
    WeakPassword,
    WrongPassword,
    WrongRecoveryCode,
)
from medapp.security.keys import FILE_NAME, KeyFile, new_key_file
from tests.clinics import CHEAP


@pytest.fixture
def keys() -> tuple[KeyFile, bytes]:
    file, key = new_key_file("clinic-1")
    return file.with_user(key, "anna", "correct horse", CHEAP), key


def test_the_right_password_gives_the_data_key_and_a_wrong_one_nothing(keys: tuple[KeyFile, bytes]) -> None:
    file, key = keys
    assert file.unlock("anna", "correct horse") == key
    for user, password in (("anna", "correct horsE"), ("ben", "correct horse"), ("", "correct horse")):
        with pytest.raises(WrongPassword):
            file.unlock(user, password)


def test_a_password_is_the_same_however_the_keyboard_composes_it(keys: tuple[KeyFile, bytes]) -> None:
    file, key = keys
    composed = file.with_user(key, "zoe", "Zo\u00eb has keys", CHEAP)
    assert composed.unlock("zoe", "Zoe\u0308 has keys") == key


def test_a_changed_password_replaces_the_old_one(keys: tuple[KeyFile, bytes]) -> None:
    file, key = keys
    changed = file.with_password(key, "anna", "another horse", CHEAP)
    assert changed.unlock("anna", "another horse") == key
    with pytest.raises(WrongPassword):
        changed.unlock("anna", "correct horse")
    with pytest.raises(UnknownUser):
        file.with_password(key, "ben", "another horse", CHEAP)


def test_users_are_added_once_and_removed(keys: tuple[KeyFile, bytes]) -> None:
    file, key = keys
    two = file.with_user(key, "ben", "second password", CHEAP)
    assert (two.users, two.unlock("ben", "second password")) == (("anna", "ben"), key)
    with pytest.raises(UserExists):
        two.with_user(key, "ben", "third password", CHEAP)
    with pytest.raises(AmbiguousUser):
        two.only_user()
    assert two.without_user("ben").only_user() == "anna"


def test_a_short_password_is_refused_except_in_a_demo_clinic(keys: tuple[KeyFile, bytes]) -> None:
    file, key = keys
    with pytest.raises(WeakPassword):
        file.with_user(key, "ben", "1234567", CHEAP)
    demo, demo_key = new_key_file("demo", is_demo=True)
    assert demo.with_user(demo_key, "demo", "demo", CHEAP).unlock("demo", "demo") == demo_key


def test_the_recovery_code_opens_until_a_new_one_is_made(keys: tuple[KeyFile, bytes]) -> None:
    file, key = keys
    with pytest.raises(WrongRecoveryCode):
        file.recover("0000-0000-0000-0000-0000-0000-0000-00" + _check("0" * 30))
    first, code = file.with_new_recovery_code(key, CHEAP)
    assert first.recover(code.lower().replace("-", " ")) == key
    second, _ = first.with_new_recovery_code(key, CHEAP)
    with pytest.raises(WrongRecoveryCode):
        second.recover(code)
    with pytest.raises(MistypedRecoveryCode):
        first.recover(code[:-1])


def _check(data: str) -> str:
    from medapp.security.recovery import _checksum

    return _checksum(data)


def test_the_file_survives_writing_and_reading(keys: tuple[KeyFile, bytes], tmp_path: Path) -> None:
    keys[0].write(tmp_path)
    assert KeyFile.read(tmp_path) == keys[0]
    text = (tmp_path / FILE_NAME).read_text(encoding="utf-8")
    assert keys[1].hex() not in text and "argon2id" in text


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"schema": 1}', '{"schema": 1, "clinic": "x", "slots": [1]}']
)
def test_a_damaged_file_is_named_so(text: str, tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text(text, encoding="utf-8")
    with pytest.raises(DamagedKeyFile):
        KeyFile.read(tmp_path)


def test_a_newer_file_is_refused_politely(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text('{"schema": 2}', encoding="utf-8")
    with pytest.raises(NewerKeyFile):
        KeyFile.read(tmp_path)


def test_a_slot_moved_to_another_user_or_clinic_does_not_open(keys: tuple[KeyFile, bytes]) -> None:
    file, _ = keys
    renamed = file._replace(slots=(file.slots[0]._replace(user="eve"),))
    moved = file._replace(clinic="clinic-2")
    for other, user in ((renamed, "eve"), (moved, "anna")):
        with pytest.raises(WrongPassword):
            other.unlock(user, "correct horse")


def test_every_changed_byte_of_a_slot_is_noticed(keys: tuple[KeyFile, bytes], tmp_path: Path) -> None:
    keys[0].write(tmp_path)
    document = json.loads((tmp_path / FILE_NAME).read_text(encoding="utf-8"))
    for part in ("salt", "nonce", "sealed"):
        changed = json.loads(json.dumps(document))
        text = changed["slots"][0][part]
        changed["slots"][0][part] = ("B" if text[0] == "A" else "A") + text[1:]
        (tmp_path / FILE_NAME).write_text(json.dumps(changed), encoding="utf-8")
        with pytest.raises(WrongPassword):
            KeyFile.read(tmp_path).unlock("anna", "correct horse")
