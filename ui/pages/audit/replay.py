"""An assessment as it was given: the stored words and numbers, not what a model would say today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from medapp.assess import wording
from medapp.assess.inputs import input_specs
from medapp.i18n import N_, Words
from medapp.services import assessments as service
from ui.context import Context
from ui.format import format_date
from ui.widgets import Column, Sheet, Text, scrolling

if TYPE_CHECKING:
    from medapp.assess.card import Card
    from medapp.domain.assessment import Assessment
    from medapp.services.assessments import StoredAssessment
    from medapp.services.session import Session

WIDTH, HEIGHT = 620, 340
DECISIONS = {"agree": N_("Agreed"), "disagree": N_("Disagreed"), "not_relevant": N_("Marked as not relevant")}


class Replayed:
    """A stored assessment with the card that is installed; None where the model is gone."""

    def __init__(self, stored: StoredAssessment, card: Card | None) -> None:
        self.stored, self.card = stored, card
        self.assessment: Assessment = service.read_stored(stored)

    def lines(self, words: Words) -> list[str]:
        """What it said, one sentence each: when, number, interval, reason, what was decided."""
        said, card = self.assessment, self.card
        found = [words(
            "As given on {when} by {model}, version {version}", when=format_date(said.at, words, time=True),
            model=said.assessor.id, version=said.assessor.version,
        )]
        if card is None:
            found.append(words("The model is no longer installed: only what was stored is shown."))
        else:
            term = wording.word_of(said, card, words)
            number = wording.number(said, card, words)
            found.append(f"{number} · {term}" if term else number)
            found.append(wording.interval(said, card, words) or "")
            found.append(wording.sentence(said, card, words))
        found.append(wording.reason(said, words))
        decision = self.stored.decision
        if decision is not None:
            found.append(words(DECISIONS[decision.decision]))
            found.append(words("Reason: {reason}", reason=decision.reason) if decision.reason else "")
        return list(dict.fromkeys(line for line in found if line))

    def inputs(self, words: Words) -> list[tuple[str, str]]:
        """Each input with the value that was used."""
        specs = {spec.name: spec for spec in input_specs(self.card)} if self.card is not None else {}
        rows = []
        for used in self.assessment.inputs:
            spec = specs.get(used.name)
            title = words.pick(spec.title) if spec is not None else used.name
            rows.append((title, wording.value_text(used, spec, words)))
        return rows


def read(session: Session, assessment: int) -> Replayed:
    """Read it, with an entry of its own in the log; runs on the store thread. Raises UnknownItem."""
    stored = service.replay(session, assessment)
    known = session.registry.ids()
    card = session.registry.entry(stored.assessor).card if stored.assessor in known else None
    return Replayed(stored, card)


def replay_sheet(context: Context, window: QWidget, replayed: Replayed) -> Sheet:
    """The assessment in a sheet; `Esc` goes back to the log."""
    from ui.shell.sheets import close_button

    title = N_("An earlier assessment")
    sheet = Sheet(context, window, title, width=WIDTH)
    inner = QWidget()
    column = Column(context, (0, 0, 8, 0), 6, inner)
    if replayed.card is not None:
        name = Text(context, "", "section")
        name.set_plain(context.words.pick(replayed.card.title))
        column.addWidget(name)
    for line in replayed.lines(context.words):
        text = Text(context, "", "body", wrap=True)
        text.set_plain(line)
        column.addWidget(text)
    rows = replayed.inputs(context.words)
    if rows:
        column.addWidget(Text(context, N_("Inputs used"), "strong"))
    for title, value in rows:
        text = Text(context, N_("{title}: {value}"), "small", "text2", wrap=True, title=title, value=value)
        column.addWidget(text)
    column.addStretch(1)
    area = scrolling(inner, context.words("An earlier assessment"))
    area.setFixedHeight(min(context.theme.px(HEIGHT), window.height() - context.theme.px(190)))
    sheet.body.addWidget(area)
    close_button(context, sheet)
    return sheet
