"""The Summary's card about pregnancy: absent where nobody would ask."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from medapp.assess.pregnancy import pregnancy_of
from medapp.domain.pregnancy import Known, Status
from medapp.i18n import N_
from ui.context import Context
from ui.pages.patient_facts import Facts
from ui.pages.pregnancy.words import DATED, episode_words, state_words
from ui.widgets import Card, LinkButton, Text

MOST_PAST = 3


class PregnancyCard(Card):
    """The state in one line, what dates it, and past episodes; `wanted` asks for the form."""

    wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, N_("Pregnancy"), icon="calendar", gap=4, parent=parent)
        self.context = context
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.link = LinkButton(context, N_("Record"), small=True, on_click=self.wanted.emit)
        if self.header is not None:
            self.header.add(self.link)
        self.state = Text(context, "", "strong", wrap=True)
        self.dated = Text(context, "", "small", "text2", wrap=True)
        self.past = Text(context, "", "small", "text2", wrap=True)
        for label in (self.state, self.dated, self.past):
            self.body.addWidget(label)
        self.hide()

    def show_facts(self, facts: Facts) -> None:
        """Read the record's episodes."""
        words, day = self.context.words, facts.now.date
        state = pregnancy_of(facts.record)
        ended = [one for one in facts.record.pregnancies if one.status is Status.ENDED]
        self.state.set_plain(state_words(state, day, words) or words("Past pregnancies"))
        self.state.set_tone("warn" if state.known is Known.NOT_CHECKED else "text")
        episode = state.episode
        has_dates = state.known is Known.PREGNANT and episode is not None
        self.dated.setVisible(has_dates)
        if has_dates and episode is not None:
            self.dated.set_plain(words(DATED[episode.dating]))
        self.past.set_plain("\n".join(episode_words(one, words) for one in ended[::-1][:MOST_PAST]))
        self.past.setVisible(bool(ended))
        self.link.set_message(N_("Edit") if episode is not None and episode.id else N_("Record"))
        self.setVisible(state.known is not Known.NOT_ASKED or bool(ended))

    def clear(self) -> None:
        """Forget the patient."""
        for label in (self.state, self.dated, self.past):
            label.set_plain("")
        self.hide()
