"""Settings: found by their words, seen at once; users, backups and the recovery code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from medapp.services import accounts, backups, search
from medapp.services.session import open_clinic, open_with_recovery
from tests.ui.conftest import clock, settle
from ui.main_window import MainWindow
from ui.pages.settings import SettingsPage
from ui.pages.settings_backup import RestoreSheet
from ui.pages.settings_users import NewCode, NewUser, OwnPassphrase
from ui.widgets import Button, Sheet

PASSPHRASE = "quiet river stone"


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> SettingsPage:
    window.goto("settings")
    settle(qtbot, window)
    made: SettingsPage = window.page("settings")
    return made


def sheet_of(window: MainWindow, kind: type[Sheet]) -> Sheet:
    return next(s for s in window.findChildren(kind) if s.isVisible())


def shown(page: SettingsPage) -> list[str]:
    return [card.header.title.text() for card in page.cards if card.isVisible()]


def test_a_setting_is_found_by_its_words(page: SettingsPage, window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.find.line, "row height")
    assert shown(page) == ["How it looks"]
    assert page.density.isVisible()
    assert not page.theme.isVisible()
    page.find.line.setText("no such words here")
    assert shown(page) == []
    assert page.nothing.isVisible()
    page.find.line.clear()
    assert len(shown(page)) == len(page.cards)
    window._context.set_language("zh_CN")
    page.find.line.setText("主题")
    assert page.theme.isVisible()
    assert not page.density.isVisible()


def test_enter_goes_from_the_field_to_what_was_found(page: SettingsPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.find.line, "text size")
    qtbot.keyClick(page.find.line, Qt.Key.Key_Return)
    assert page.zoom.isAncestorOf(page.focusWidget())


def test_the_preview_follows_density_and_size(page: SettingsPage, window: MainWindow) -> None:
    from ui.pages.settings_sample import SampleRows

    rows = page.sample.findChild(SampleRows)
    standard = rows.sizeHint().height()
    page.density.button("compact").click()
    assert rows.sizeHint().height() < standard
    page.zoom.button("150").click()
    assert rows.sizeHint().height() > standard


def test_a_user_is_added_given_roles_and_disabled(
    page: SettingsPage, window: MainWindow, qtbot: QtBot
) -> None:
    page.users.ask_new()
    form = sheet_of(window, NewUser)
    for field, text in ((form.name, "wang"), (form.full, "Dr Wang"), (form.first, PASSPHRASE)):
        qtbot.keyClicks(field.field.line, text)
    form.save.click()
    assert form.second.note.text() == "The two differ."
    qtbot.keyClicks(form.second.field.line, PASSPHRASE)
    form.save.click()
    settle(qtbot, window)
    session = window._context.session
    assert {user.name for user in accounts.listed(session)} == {"demo", "wang"}
    page.users.choices["wang"].button("both").click()
    settle(qtbot, window)
    wang = next(user for user in accounts.listed(session) if user.name == "wang")
    assert accounts.roles_of(wang) == ("administrator", "doctor")
    page.users.ask_disable(wang)
    sheet = next(s for s in window.findChildren(Sheet) if s.isVisible())
    go = next(b for b in sheet.findChildren(type(page.backups.now)) if b.text() == "Disable Dr Wang")
    go.click()
    settle(qtbot, window)
    assert not next(user for user in accounts.listed(session) if user.name == "wang").is_active


def test_the_last_administrator_keeps_the_role_and_is_told_why(
    page: SettingsPage, window: MainWindow, qtbot: QtBot
) -> None:
    page.users.choices["demo"].button("doctor").click()
    settle(qtbot, window)
    sheet = next(s for s in window.findChildren(Sheet) if s.isVisible())
    assert sheet.title.text() == "This is the last administrator of the clinic."
    assert page.users.choices["demo"].current == "both"
    sheet.close_sheet()


def test_the_passphrase_changes_only_with_the_old_one(
    page: SettingsPage, window: MainWindow, qtbot: QtBot
) -> None:
    page.users.ask_passphrase()
    form = sheet_of(window, OwnPassphrase)
    for field, text in ((form.old, "not it"), (form.first, PASSPHRASE), (form.second, PASSPHRASE)):
        qtbot.keyClicks(field.field.line, text)
    form.save.click()
    settle(qtbot, window)
    assert form.old.note.text() == "This is not your passphrase."
    form.old.field.line.setText("demo")
    form.save.click()
    settle(qtbot, window)
    directory = window._context.session.directory
    window.lock()
    settle(qtbot, window)
    open_clinic(directory, "demo", PASSPHRASE, clock=clock).close()


def test_a_new_recovery_code_is_shown_once_and_works(
    page: SettingsPage, window: MainWindow, qtbot: QtBot
) -> None:
    page.users.ask_code()
    sheet = sheet_of(window, NewCode)
    sheet.go.click()
    settle(qtbot, window)
    code = sheet.form.code.text().replace("\n", "")
    directory = window._context.session.directory
    sheet.close_sheet()
    assert sheet.form.code.text() == ""
    window.lock()
    settle(qtbot, window)
    session, _ = open_with_recovery(directory, code, "demo", PASSPHRASE, clock=clock)
    session.close()


def _code(window: MainWindow, page: SettingsPage, qtbot: QtBot) -> tuple[Sheet, str]:
    page.users.ask_code()
    sheet = sheet_of(window, NewCode)
    sheet.go.click()
    settle(qtbot, window)
    return sheet, sheet.form.code.text()


def _own(window: MainWindow, page: SettingsPage, qtbot: QtBot) -> tuple[Sheet, str]:
    page.users.ask_passphrase()
    sheet = sheet_of(window, OwnPassphrase)
    sheet.old.field.line.setText(PASSPHRASE)
    return sheet, PASSPHRASE


def _new(window: MainWindow, page: SettingsPage, qtbot: QtBot) -> tuple[Sheet, str]:
    page.users.ask_new()
    sheet = sheet_of(window, NewUser)
    sheet.first.field.line.setText(PASSPHRASE)
    return sheet, PASSPHRASE


def _restore(window: MainWindow, page: SettingsPage, qtbot: QtBot) -> tuple[Sheet, str]:
    page.backups.ask_restore(Path("none"), "yesterday’s")
    sheet = sheet_of(window, RestoreSheet)
    sheet.secret.field.line.setText(PASSPHRASE)
    return sheet, PASSPHRASE


@pytest.mark.parametrize("opened", [_code, _own, _new, _restore])
def test_no_code_and_no_passphrase_stays_on_the_locked_window(
    opened: Callable[..., tuple[Sheet, str]], page: SettingsPage, window: MainWindow, qtbot: QtBot
) -> None:
    sheet, secret = opened(window, page, qtbot)
    texts = [*sheet.findChildren(QLabel), *sheet.findChildren(QLineEdit)]
    assert secret in {one.text() for one in texts}
    is_gone = []
    sheet.destroyed.connect(lambda: is_gone.append(True))
    window.lock()
    assert not any(one.isVisible() for one in window.findChildren(Sheet))
    assert secret not in {one.text() for one in texts}
    qtbot.waitUntil(lambda: bool(is_gone))


def test_a_backup_is_made_rehearsed_and_restored_by_its_name(
    page: SettingsPage, window: MainWindow, qtbot: QtBot
) -> None:
    session = window._context.session
    page.backups.now.click()
    settle(qtbot, window)
    assert page.backups.result.isVisible()
    assert "80 patients" in page.backups.result.label.text()
    (kept,) = backups.kept(session)
    page.backups.rehearse(kept.path)
    settle(qtbot, window)
    assert backups.last_drill(session) is not None
    page.backups.ask_restore(kept.path, page.backups.name_of(kept.made))
    sheet = sheet_of(window, RestoreSheet)
    assert page.backups.name_of(kept.made) in sheet.save.text()
    sheet.save.click()
    assert window.is_unlocked  # no passphrase, nothing happens
    qtbot.keyClicks(sheet.secret.field.line, "demo")
    sheet.save.click()
    qtbot.waitUntil(lambda: window._context.jobs.is_idle)
    assert not window.is_unlocked
    assert list((session.directory / "backups").glob("replaced-*"))
    with open_clinic(session.directory, "demo", "demo", clock=clock) as again:
        assert search.count(again, "") == 80


def test_a_damaged_backup_is_said_and_nothing_changes(
    page: SettingsPage, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "broken.medapp"
    path.write_bytes(b"not a backup")
    page.backups.rehearse(path)
    settle(qtbot, window)
    assert "not a complete MedApp backup" in page.backups.result.label.text()
    assert window.is_unlocked


def test_a_failed_backup_is_told_in_red_with_its_icon_and_a_good_one_in_green(
    page: SettingsPage, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    strip = page.backups.result
    page.backups.now.click()
    settle(qtbot, window)
    icon, tint = strip._icon.pixmap().toImage(), strip.grab().toImage().pixelColor(3, strip.height() // 2)
    path = tmp_path / "broken.medapp"
    path.write_bytes(b"not a backup")
    page.backups.rehearse(path)
    settle(qtbot, window)
    assert strip.property("surface") == "strip-danger"
    assert strip._icon.pixmap().toImage() != icon
    assert strip.grab().toImage().pixelColor(3, strip.height() // 2) != tint
    page.backups.now.click()
    settle(qtbot, window)
    assert strip._icon.pixmap().toImage() == icon


def test_a_backup_that_cannot_be_looked_at_is_said_and_asked_for_once(
    page: SettingsPage, window: MainWindow, qtbot: QtBot
) -> None:
    folder = window._context.session.directory / "backups"
    (folder / "gone.medapp").symlink_to(folder / "nowhere")
    page.backups.load()
    settle(qtbot, window)  # it comes to rest: nothing is asked again and again
    assert page.backups._unread.isVisible()
    assert not page.backups._state.isVisible()  # it does not say that there is none
    assert page.backups.now.isEnabled()
    (folder / "gone.medapp").unlink()
    page.backups.load()
    settle(qtbot, window)
    assert not page.backups._unread.isVisible()
    assert page.backups._state.isVisible()


def test_what_the_settings_say_of_a_button_follows_the_language(
    page: SettingsPage, window: MainWindow, qtbot: QtBot
) -> None:
    context = window._context
    page.backups.now.click()
    settle(qtbot, window)
    accounts.add_user(context.session, "second", PASSPHRASE, roles=("administrator",))
    accounts.set_roles(context.session, "demo", ("doctor",))
    context.session.user = next(user for user in accounts.listed(context.session) if user.name == "demo")
    context.session_changed.emit()
    settle(qtbot, window)
    context.set_language("zh_CN")
    for button in (page.users.add_button, page.backups.restore, window.rail.button("patient")):
        assert button.toolTip() not in ("", "An administrator may.", "Open a patient first")
    names = {one.accessibleName() for one in page.findChildren(Button) if one.isVisible()}
    assert not any(name.startswith(("Disable", "Rehearse", "Restore")) for name in names)
    assert "80 patients" not in page.backups.result.label.text()


def test_who_is_no_administrator_sees_why_the_buttons_are_off(
    page: SettingsPage, window: MainWindow, qtbot: QtBot
) -> None:
    context = window._context
    session = context.session
    accounts.add_user(session, "second", PASSPHRASE, roles=("administrator",))
    accounts.set_roles(session, "demo", ("doctor",))
    session.user = next(user for user in accounts.listed(session) if user.name == "demo")
    context.session_changed.emit()
    settle(qtbot, window)
    assert not page.users.add_button.isEnabled()
    assert page.users.add_button.toolTip()
    assert not page.backups.restore.isEnabled()
    assert page.backups.now.isEnabled()
