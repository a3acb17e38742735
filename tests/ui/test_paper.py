"""Paper: pages as they come out, stored and sealed before anything leaves the program."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from medapp.i18n import Words
from medapp.reporting.report import Report
from medapp.services import documents, drafts, journal, visits
from medapp.services.documents import Letter, ReportKind
from medapp.services.session import Session
from tests.ui.conftest import settle
from tests.ui.visits_at import HISTORY, sign_visit
from ui.main_window import MainWindow
from ui.paper.layout import Look, NotWritten, Sheets, draw_pages, write_pdf
from ui.paper.panel import PrintPanel

PATIENT, NEXT = 1, 2
LOOK = Look(("Inter", "Noto Sans SC"), "{n} / {count}")


def test_a_long_report_is_laid_out_in_a_thread_without_a_warning(qtbot: QtBot) -> None:
    found: list[int] = []

    def draw() -> None:
        found.append(len(draw_pages(long_report(200), LOOK, 300, 1.0).pages))

    thread = threading.Thread(target=draw)
    thread.start()
    thread.join()
    assert found == [Sheets(long_report(200), LOOK).count]


@pytest.fixture
def opened(window: MainWindow, qtbot: QtBot) -> MainWindow:
    window.activateWindow()
    window.open_patient(PATIENT)
    settle(qtbot, window)
    return window


def ctrl_p(window: MainWindow, qtbot: QtBot) -> PrintPanel:
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    panel = window.patient_page.paper.panel
    assert isinstance(panel, PrintPanel)
    return panel


def long_report(lines: int) -> Report:
    html = "<h1>T</h1>" + "".join(f"<p>Line {n}</p>" for n in range(lines))
    return Report("results", "T", "LIN, Meihua 林美华 · 1958", "T, MedApp 0", html)


def test_every_page_is_black_on_white_with_identity_and_number(qapp: object) -> None:
    pictures = draw_pages(long_report(200), LOOK, 794, 1.0)
    assert len(pictures.pages) == Sheets(long_report(200), LOOK).count > 2
    for page in pictures.pages:
        assert page.pixelColor(0, 0) == QColor("white")
        assert has_ink(page, 57, 80) and has_ink(page, 1040, 1070)
        assert is_grey(page)
    assert "Line 199" in pictures.text


def has_ink(page: QImage, top: int, bottom: int) -> bool:
    return any(
        page.pixelColor(x, y).lightness() < 100 for y in range(top, bottom) for x in range(57, 737, 2)
    )


def is_grey(page: QImage) -> bool:
    """Black, white and between: no tint carries a meaning."""
    colours = (page.pixelColor(x, y) for y in range(0, page.height(), 7) for x in range(0, page.width(), 5))
    return all(max(c.red(), c.green(), c.blue()) - min(c.red(), c.green(), c.blue()) < 8 for c in colours)


def test_no_line_is_lost_between_pages(qapp: object) -> None:
    short, long = (Sheets(long_report(n), LOOK).count for n in (10, 120))
    assert short == 1 < long < 6


def test_a_pdf_is_written_once_and_never_over_another_file(qapp: object, tmp_path: Path) -> None:
    path = tmp_path / "one.pdf"
    write_pdf(long_report(120), LOOK, path)
    content = path.read_bytes()
    assert content.startswith(b"%PDF") and content.count(b"/Type /Page\n") >= 2
    with pytest.raises(NotWritten):
        write_pdf(long_report(1), LOOK, path)
    assert path.read_bytes() == content
    with pytest.raises(NotWritten):
        write_pdf(long_report(1), LOOK, tmp_path / "none" / "two.pdf")


def test_ctrl_p_prints_what_belongs_to_the_page(
    opened: MainWindow, session: Session, qtbot: QtBot
) -> None:
    sign_visit(session, PATIENT)
    panel = ctrl_p(opened, qtbot)
    assert panel.report is not None and panel.report.kind == "visit_summary"
    assert HISTORY in panel.report.html
    opened.back()
    assert opened.patient_page.stack.currentWidget() is opened.patient_page.summary
    opened.patient_page.show_tab("results")
    settle(qtbot, opened)
    assert ctrl_p(opened, qtbot).report.kind == "results"  # type: ignore[union-attr]


def test_without_a_visit_the_summary_is_of_the_record(opened: MainWindow, qtbot: QtBot) -> None:
    panel = ctrl_p(opened, qtbot)
    assert panel.report is not None and panel.report.title == "Summary of the record"
    assert panel.view.page_count >= 1


def test_a_pdf_goes_out_stored_sealed_and_named_without_the_patient(
    opened: MainWindow, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    panel = ctrl_p(opened, qtbot)
    line = panel._path_line()
    family = opened.patient_page.banner.name.text().partition(",")[0]
    assert family.lower() not in Path(line.text()).name.lower()
    line.setText(str(tmp_path / "summary.pdf"))
    panel.save.click()
    settle(qtbot, opened)
    assert (tmp_path / "summary.pdf").read_bytes().startswith(b"%PDF")
    (stored,) = documents.listed(session, PATIENT)
    assert documents.read(session, stored.id) == panel.report
    with pytest.raises(journal.Sealed):
        journal.undo(session, PATIENT)
    assert not opened.patient_page.paper.is_open


def test_a_file_that_exists_is_refused_before_anything_is_stored(
    opened: MainWindow, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "there.pdf").write_text("mine")
    panel = ctrl_p(opened, qtbot)
    panel._path_line().setText(str(tmp_path / "there.pdf"))
    panel.save.click()
    settle(qtbot, opened)
    assert panel.path.note.text() and documents.listed(session, PATIENT) == []
    assert (tmp_path / "there.pdf").read_text() == "mine"


def test_an_unfinished_letter_says_what_is_missing(
    opened: MainWindow, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    ctrl_p(opened, qtbot)
    opened.patient_page.paper.open(ReportKind.REFERRAL)
    settle(qtbot, opened)
    panel = opened.patient_page.paper.panel
    assert panel is not None and panel.form.editors["to"].hasFocus()
    panel._path_line().setText(str(tmp_path / "letter.pdf"))
    panel.save.click()
    settle(qtbot, opened)
    assert panel.problem.isVisible() and documents.listed(session, PATIENT) == []
    assert not (tmp_path / "letter.pdf").exists()


def test_what_is_written_to_a_colleague_never_reaches_an_employer(
    opened: MainWindow, session: Session, qtbot: QtBot
) -> None:
    sign_visit(session, PATIENT)
    ctrl_p(opened, qtbot)
    opened.patient_page.paper.open(ReportKind.REFERRAL)
    settle(qtbot, opened)
    panel = opened.patient_page.paper.panel
    assert panel is not None
    panel.form.take_over.click()
    settle(qtbot, opened)
    assert HISTORY in panel.letter().text
    panel.kinds[ReportKind.SICK_NOTE].click()
    settle(qtbot, opened)
    assert HISTORY not in str(panel.letter()) and HISTORY not in panel.report.html  # type: ignore[union-attr]


def test_signing_to_print_signs_and_shows_the_summary(
    opened: MainWindow, session: Session, qtbot: QtBot
) -> None:
    opened.write_visit()
    settle(qtbot, opened)
    notes = opened.patient_page.tab("notes")
    QTest.keyClicks(notes.editor.fields["reason"].prose, "Cough")
    panel = ctrl_p(opened, qtbot)
    (note,) = visits.listed(session, PATIENT)
    assert panel.letter() == Letter(ReportKind.VISIT, note.id)
    assert opened.patient_page.paper.is_open


def test_another_patient_closes_the_panel_and_empties_it(opened: MainWindow, qtbot: QtBot) -> None:
    panel = ctrl_p(opened, qtbot)
    panel.form.editors["to"].setText("Chest clinic")  # type: ignore[union-attr]
    opened.open_patient(NEXT)
    settle(qtbot, opened)
    assert not opened.patient_page.paper.is_open
    assert panel.report is None and panel.form._text("to") == ""


def test_the_paper_may_speak_another_language_than_the_window(opened: MainWindow, qtbot: QtBot) -> None:
    panel = ctrl_p(opened, qtbot)
    panel.language.button("zh_CN").click()
    settle(qtbot, opened)
    assert panel.report is not None and panel.report.title == Words("zh_CN")("Summary of the record")


def test_a_letter_that_was_begun_is_kept_and_gone_on_with_until_it_went_out(
    opened: MainWindow, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    opened.patient_page.paper.open(ReportKind.REFERRAL)
    settle(qtbot, opened)
    panel = opened.patient_page.paper.panel
    assert panel is not None
    QTest.keyClicks(panel.form.editors["to"], "Chest clinic")
    opened.open_patient(NEXT)
    settle(qtbot, opened)
    (line,) = drafts.listed(session)
    assert (line.patient.id, line.kind) == (PATIENT, drafts.LETTER)
    opened.open_patient(PATIENT)
    opened.patient_page.paper.continue_letter()
    settle(qtbot, opened)
    assert panel.letter().to == "Chest clinic" and panel.report.kind == "referral"  # type: ignore[union-attr]
    QTest.keyClicks(panel.form.editors["question"], "Spirometry?")
    panel._path_line().setText(str(tmp_path / "letter.pdf"))
    panel.save.click()
    settle(qtbot, opened)
    assert (tmp_path / "letter.pdf").exists() and drafts.listed(session) == []
