"""The parts of a model's card, written one below the other; the page and the panel choose which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from medapp.assess import wording
from medapp.assess.card import Card
from medapp.domain.datatypes import LocalText
from medapp.services import local_validity
from medapp.services.profile import TITLES
from ui.context import Context
from ui.format import EN_DASH, format_date, format_number
from ui.pages.models.facts import ModelFacts, measured
from ui.pages.models.prose import Block, Figures, Paragraph, Prose
from ui.pages.models.words import PARTS, algorithm_name, limits_text, metric_title, state_words
from ui.widgets import Column, Line


class CardWriter:
    """Writes into a column; every text is finished, so it is written anew in another language.

    What is written is gathered into one label up to the next line; `flush` ends the last one.
    """

    def __init__(self, context: Context, column: Column, facts: ModelFacts) -> None:
        self.context, self.column, self.facts = context, column, facts
        self._blocks: list[Block] = []

    @property
    def card(self) -> Card:
        return self.facts.card

    def text(self, text: str, role: str = "body", tone: str = "text") -> None:
        self._blocks.append(Paragraph(text, role, tone))

    def flush(self) -> None:
        """Put what was gathered into the column."""
        if self._blocks:
            self.column.addWidget(Prose(self.context, self._blocks))
            self._blocks = []

    def section(self, title: str, remark: str = "") -> None:
        self.flush()
        self.column.addWidget(Line())
        self.text(title, "strong")
        if remark:
            self.text(remark, "small", "text2")

    def identity(self) -> None:
        """What it is: title, version, algorithm, state and review."""
        words, card = self.context.words, self.card
        self.text(words.pick(card.title), "section")
        self.origin()
        self.state()
        self.text(words.pick(card.summary))

    def origin(self) -> None:
        """Id, version and algorithm."""
        parts = (self.card.id, self.card.version, algorithm_name(self.card, self.context.words))
        self.text("  ·  ".join(filter(None, parts)), "small", "text2")

    def state(self) -> None:
        """Whether it is asked here, and who looked at it."""
        words, card, facts = self.context.words, self.card, self.facts
        self.text(state_words(facts, words), "small", "danger" if facts.entry.why else "text2")
        if facts.entry.card is not None:
            self.text(words("Setting: {setting}", setting=words(TITLES[card.setting])), "small", "text2")
        if card.reviewed_by:
            self.text(words("Reviewed by {name}", name=card.reviewed_by), "small", "text2")
        else:
            self.text(words("Not clinically reviewed"), "small", "warn")

    def purpose(self) -> None:
        words, card = self.context.words, self.card
        for title, text in (
            (words("Intended use"), card.intended_use), (words("Patients"), card.population),
            (words("Users"), card.users),
        ):
            if words.pick(text):
                self.section(title)
                self.text(words.pick(text))

    def not_for(self) -> None:
        card = self.card
        self.bullets(self.context.words("Not for"), (*card.out_of_scope, *(e.title for e in card.exclusions)))

    def cautions(self) -> None:
        self.bullets(self.context.words("Cautions"), self.card.cautions)

    def bullets(self, title: str, texts: Sequence[LocalText]) -> None:
        if texts:
            self.section(title)
        for text in texts:
            said = self.context.words.pick(text)
            self.text(f"• {said[:1].upper()}{said[1:]}")

    def metrics(self) -> None:
        """Every figure with its interval, outside data first; what was not tested outside says so."""
        words = self.context.words
        for part in ("external", "internal"):
            found = list(measured(self.facts.part(part)))
            reason = self.facts.part(part).get("reason")
            if not found and not reason:
                continue
            self.section(words(PARTS[part]), words("value and 95% interval") if found else "")
            if not found and isinstance(reason, Mapping):
                self.text(str(reason.get(words.language) or reason.get("en", "")), "small", "text2")
            self._grid(found)
            how = self.facts.part(part).get("how")
            if how:
                self.text(str(how), "small", "text2")
        self._points()

    def _grid(self, found: Sequence[tuple[str, Mapping[str, float]]]) -> None:
        words = self.context.words
        rows = [
            (metric_title(name, self.facts, words), format_number(value["value"], 3), limits_text(value, 3))
            for name, value in found
        ]
        if rows:
            self._blocks.append(Figures(tuple(rows)))

    def _points(self) -> None:
        words = self.context.words
        for point in self.card.operating_points:
            if point.sensitivity and point.specificity:
                self.text(words(
                    "{title}: finds {found} of those who have it, clears {cleared} of those who do not.",
                    title=words.pick(point.title), found=wording.percent(point.sensitivity.value),
                    cleared=wording.percent(point.specificity.value),
                ), "small", "text2")

    def here(self) -> None:
        """How it fared in this clinic."""
        words, tally = self.context.words, self.facts.tally
        if tally is None:
            return
        self.section(words("Observed ÷ expected, here"))
        self.text(local_validity.sentence(tally.counts, words))
        if tally.unknown:
            self.text(words.plural("{count} outcome is unknown and not counted.",
                                   "{count} outcomes are unknown and not counted.", tally.unknown),
                      "small", "text2")
        if tally.without_answer:
            self.text(words.plural("{count} outcome was known before any estimate and is not counted.",
                                   "{count} outcomes were known before any estimate and are not counted.",
                                   tally.without_answer), "small", "text2")

    def data(self) -> None:
        """Where it was built, and who made and approved it when that was here."""
        words, card, facts = self.context.words, self.card, self.facts
        lines = [str(card.data[key]) for key in ("citation", "licence", "dates") if card.data.get(key)]
        if card.data.get("n"):
            lines.append(words("{n} people, {events} with the outcome", n=card.data["n"],
                               events=card.data.get("events", EN_DASH)))
        lines.extend(card.references)
        if lines:
            self.section(words("Data and sources"))
        for line in lines:
            self.text(line, "small", "text2")
        if facts.made is not None:
            self._made()

    def _made(self) -> None:
        from datetime import datetime

        words, facts, made = self.context.words, self.facts, self.facts.made
        assert made is not None
        day = format_date(datetime.fromtimestamp(made.made).astimezone(), words)
        self.section(words("Made in this clinic"))
        self.text(words("Made by {name} on {day}", name=facts.maker or words("unknown"), day=day),
                  "small", "text2")
        if made.approved is not None:
            day = format_date(datetime.fromtimestamp(made.approved).astimezone(), words)
            self.text(words("Approved by {name} on {day}", name=facts.approver or words("unknown"), day=day),
                      "small", "text2")
        if made.reason:
            self.text(words("Reason: {reason}", reason=made.reason), "small", "text2")
