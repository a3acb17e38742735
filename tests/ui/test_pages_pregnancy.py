"""Pregnancy in the banner, on the Summary, in its form, and in the ranges that then no longer apply."""

from __future__ import annotations

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from medapp.assess.assessor import Given
from medapp.domain.administrative import Sex
from medapp.domain.datatypes import Moment
from medapp.domain.pregnancy import Known, Outcome, Pregnancy, PregnancyState, Status
from medapp.i18n import Words
from medapp.services import entries, pregnancies
from medapp.services.session import Session
from tests.ui.conftest import settle
from tests.ui.forms_clinic import opened, person, record_of
from ui.main_window import MainWindow
from ui.pages.patient import PatientPage
from ui.pages.pregnancy.words import state_words


def alerts(page: PatientPage) -> str:
    shown = page.banner.alerts
    return shown.text.text().replace("\u2011", "-") if shown.isVisible() else ""


def put(page: PatientPage, name: str, text: str) -> None:
    page.forms.pregnancy.fields_.fields[name].line.setText(text)  # type: ignore[attr-defined]


def test_a_woman_who_was_not_asked_is_not_checked(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    page = opened(qtbot, window, session, person())
    assert page.banner.pregnancy.value.text() == "not checked"
    assert page.summary.pregnancy.state.text() == "Pregnancy not checked"
    assert "Pregnancy not checked" in page.banner.accessibleDescription()


@pytest.mark.parametrize(("born", "sex"), [("1970-01-01", Sex.FEMALE), ("2016-01-01", Sex.FEMALE),
                                            ("1996-01-01", Sex.MALE)])
def test_nobody_is_asked_who_need_not_be(
    qtbot: QtBot, window: MainWindow, session: Session, born: str, sex: Sex
) -> None:
    page = opened(qtbot, window, session, person(born, sex=sex))
    assert not page.banner.pregnancy.isVisible()
    assert not page.summary.pregnancy.isVisible()


def test_a_pregnancy_is_recorded_and_the_scan_wins(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    page = opened(qtbot, window, session, person())
    page.forms.record_pregnancy()
    put(page, "last_period", "2026-06-01")
    form = page.forms.pregnancy
    assert "dated by the last period" in form.result.label.text()
    for name, text in (("scan_date", "2026-09-01"), ("scan_weeks", "13"), ("scan_days", "2")):
        put(page, name, text)
    assert "24 w 5 d today" in form.result.label.text()
    assert "dated by the scan" in form.result.label.text()
    form.ask_save()
    settle(qtbot, window)
    assert alerts(page) == "Pregnant 24 w 5 d, due 07-Mar-2027"
    assert page.summary.pregnancy.dated.text() == "dated by the scan"
    window.undo()
    settle(qtbot, window)
    assert alerts(page) == ""
    assert page.banner.pregnancy.value.text() == "not checked"


def test_a_pregnancy_ends_with_its_outcome(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    page = opened(qtbot, window, session, person())
    episode = Pregnancy(patient=page.current_patient or 0, last_period=date(2026, 2, 20))
    page.context.bus.changed.emit(pregnancies.add(session, episode).changes)
    settle(qtbot, window)
    page.forms.record_pregnancy()
    form = page.forms.pregnancy
    assert form.fields_.values()["last_period"] == Moment.parse("2026-02-20")
    form.kind.button("ended").click()
    assert form.fields_.values()["last_period"] == Moment.parse("2026-02-20")
    form.ask_save()
    settle(qtbot, window)
    assert form.isVisible()  # the day of the end is needed
    put(page, "ended", "2026-11-18")
    form.fields_.fields["outcome"].set_value("live_birth")
    form.ask_save()
    settle(qtbot, window)
    assert record_of(page, session).pregnancies[0].outcome is Outcome.LIVE_BIRTH
    assert page.banner.pregnancy.value.text().replace("\u2011", "-") == "no, stated 18-Nov-2026"
    assert "Live birth" in page.summary.pregnancy.past.text()


def test_not_pregnant_is_a_dated_statement(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    page = opened(qtbot, window, session, person())
    page.forms.record_pregnancy()
    page.forms.pregnancy.kind.button("none").click()
    page.forms.pregnancy.ask_save()
    settle(qtbot, window)
    assert page.banner.pregnancy.value.text().replace("\u2011", "-") == "no, stated 20-Nov-2026"


def test_a_scan_without_its_gestation_is_not_saved(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    page = opened(qtbot, window, session, person())
    page.forms.record_pregnancy()
    put(page, "scan_date", "2026-09-01")
    page.forms.pregnancy.ask_save()
    settle(qtbot, window)
    assert page.forms.pregnancy.isVisible()
    assert record_of(page, session).pregnancies == ()


@pytest.mark.parametrize(("state", "said"), [
    (PregnancyState(Known.NOT_CHECKED), "Pregnancy not checked"),
    (PregnancyState(Known.NOT_CHECKED, date(2026, 9, 1)), "Pregnancy not checked since 01-Sep-2026"),
    (PregnancyState(Known.NOT_PREGNANT, date(2026, 11, 3)), "Not pregnant (stated 03-Nov-2026)"),
    (PregnancyState(Known.NOT_ASKED), ""),
    (PregnancyState(Known.PREGNANT, episode=Pregnancy(status=Status.CURRENT)), "Pregnant, not dated"),
])
def test_what_is_not_known_has_its_own_words(state: PregnancyState, said: str) -> None:
    assert state_words(state, date(2026, 11, 20), Words("en")).replace("\u2011", "-") == said


def test_in_pregnancy_an_ordinary_range_is_not_used_and_that_is_said(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    page = opened(qtbot, window, session, person())
    patient = page.current_patient or 0
    pregnancies.add(session, Pregnancy(patient=patient, last_period=date(2026, 6, 1)))
    for name, value in (("creatinine", 80), ("haemoglobin", 107)):
        for day in ("2026-05-20", "2026-11-10"):
            made = entries.save_values(session, patient, {name: Given(value)}, Moment.parse(day))
    page.context.bus.changed.emit(made.changes)
    settle(qtbot, window)
    references = {}
    for name in ("creatinine", "haemoglobin"):
        page.show_trend(name)
        settle(qtbot, window)
        references[name] = [(row[3], row[1]) for row in page.results.series.as_csv_rows()[1:]]
    assert references["creatinine"] == [("none in pregnancy", "80"), ("41–73", "80")]
    assert references["haemoglobin"] == [("≥ 105", "107"), ("115–150", "107")]
