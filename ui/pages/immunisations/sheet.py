"""The form of a vaccine given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from medapp.assess.inputs import InputSpec
from medapp.domain.clinical import Immunisation
from medapp.domain.datatypes import CodeableConcept, Coding, Moment
from medapp.i18n import N_, Words
from medapp.services import immunisations
from medapp.terminology.vaccines import Vaccine, find_vaccines
from ui.commit import RECORD, commit_words
from ui.context import Context
from ui.format import format_concept
from ui.forms.drafted import DraftedSheet
from ui.forms.entry_fields import DAY, PICK, TEXT, entry_spec
from ui.forms.entry_form import EntryForm
from ui.forms.find import FindList, Hit
from ui.pages.patient_facts import Facts
from ui.widgets import Column, Strip, Text

SITES: Final = (
    ("left_arm", N_("Left upper arm")), ("right_arm", N_("Right upper arm")),
    ("left_thigh", N_("Left thigh")), ("right_thigh", N_("Right thigh")), ("mouth", N_("By mouth")),
    ("nose", N_("Into the nose")),
)
ROUTES: Final = (
    ("intramuscular", N_("Intramuscular")), ("subcutaneous", N_("Subcutaneous")),
    ("intradermal", N_("Intradermal")), ("oral", N_("Oral")), ("nasal", N_("Nasal")),
)
DRAFT: Final = "immunisation"
"""The kind of draft that this sheet keeps."""


class ImmunisationSheet(DraftedSheet):
    """Vaccine by name, Chinese, pinyin or CVX code, else in one's own words; lot, day, site, route, dose."""

    def __init__(self, context: Context, host: QWidget) -> None:
        super().__init__(context, host, N_("Immunisation"), DRAFT, withdraw=immunisations.withdraw)
        self._facts: Facts | None = None
        self._kept: Immunisation | None = None
        self._chosen: CodeableConcept | None = None
        named = Column(context, 0, 3)
        named.addWidget(Text(context, N_("Vaccine"), "small", "text2"))
        self.vaccine = FindList(
            context, N_("Name, abbreviation, pinyin or CVX code"), self._find,
            N_("Not in the table: kept in your own words, without a code."), keeps=True,
        )
        self.vaccine.found.connect(self._choose)
        self.vaccine.typed.connect(self._on_typed)
        named.addWidget(self.vaccine)
        self.form.addLayout(named)
        self.missing = Strip(context, N_("Which vaccine was it?"), "danger")
        self.foot.addWidget(self.missing)
        self.fields_ = EntryForm(context)
        self.fields_.changed.connect(self._on_change)
        self.form.addWidget(self.fields_)
        self.expired = Strip(context, N_("The vial had expired on that day."), "warn")
        self.foot.addWidget(self.expired)
        self.form.addStretch(1)
        self.saving.connect(self._save)

    @property
    def is_ready(self) -> bool:
        return super().is_ready and self.vaccine.is_ready

    def open_for(self, facts: Facts, kept: Immunisation | None = None) -> None:
        """A new one, given today, or one to correct."""
        self._facts, self._kept = facts, kept
        self.save.set_dynamic(commit_words(self._context, RECORD, facts.patient))
        self.begin(facts.patient.id, 0 if kept is None else kept.id)
        self.open_at(self.vaccine.field.line)

    def continue_draft(self, facts: Facts, item: int) -> bool:
        """Open what a draft is about; False when that is no longer in the record."""
        kept = next((one for one in facts.record.immunisations if one.id == item), None)
        if kept is not None or not item:
            self.open_for(facts, kept)
        return kept is not None or not item

    def fill(self) -> None:
        kept = self._kept
        self._chosen = None if kept is None else kept.vaccine
        self.vaccine.show_text("" if kept is None else format_concept(kept.vaccine, self._context.words))
        self.missing.hide()
        today = Moment.of_date(Moment.of_datetime(self._context.clock()).date)
        values = {"given": today} if kept is None else values_of(kept)
        self.fields_.show_fields(_specs(), values, self._wrong)
        self._warn()

    def raw(self) -> dict[str, Any]:
        chosen = None if self._chosen is None else asdict(self._chosen)
        return {"vaccine": [self.vaccine.field.text(), chosen], **self.fields_.raw()}

    def put(self, kept: Mapping[str, Any]) -> None:
        if "vaccine" in kept:
            text, chosen = kept["vaccine"]
            self.vaccine.show_text(text)
            self._chosen = None if chosen is None else CodeableConcept(
                tuple(Coding(**one) for one in chosen["codings"]), chosen["text"]
            )
        self.fields_.set_raw(kept)

    def wipe(self) -> None:
        self._facts, self._kept, self._chosen = None, None, None
        self.vaccine.show_text("")
        self.fields_.clear()

    def _find(self, text: str) -> list[Hit]:
        words = self._context.words
        return [Hit(one, words.pick(one.title), one.code) for one in find_vaccines(text)]

    def _choose(self, vaccine: Vaccine) -> None:
        self._chosen = vaccine.concept
        self.missing.hide()
        self.touch()
        self.fields_.focus("lot")

    def _on_typed(self, _: str) -> None:
        self._chosen = None
        self.missing.hide()
        self.touch()

    def _wrong(self, values: Mapping[str, Any], words: Words) -> dict[str, tuple[str, str]]:
        given = values.get("given")
        is_later = given is not None and given.date > Moment.of_datetime(self._context.clock()).date
        return {"given": ("error", words("This lies in the future."))} if is_later else {}

    def _on_change(self) -> None:
        self._warn()
        self.touch()

    def _warn(self) -> None:
        values = self.fields_.values()
        given, expiry = values.get("given"), values.get("expiry")
        self.expired.setVisible(given is not None and expiry is not None and expiry.end < given.seconds)

    def _save(self) -> None:
        session, facts = self._context.session, self._facts
        typed = self.vaccine.field.text().strip()
        vaccine = self._chosen or (CodeableConcept((), typed) if typed else None)
        wrong = self.fields_.wrong_for_saving()
        self.missing.setVisible(vaccine is None)
        if session is None or facts is None or vaccine is None:
            self.vaccine.field.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if wrong:
            self.fields_.focus(wrong[0])
            return
        made = _made(facts.patient.id, 0 if self._kept is None else self._kept.id, vaccine,
                     self.fields_.values())
        work = immunisations.correct if made.id else immunisations.add
        self.write(partial(work, session, made), N_("Immunisation saved"))


def values_of(one: Immunisation) -> dict[str, Any]:
    """A vaccine given as the form shows it."""
    return {
        "given": one.given, "lot": one.lot, "expiry": Moment.parse(one.expiry) if one.expiry else None,
        "dose": one.dose, "site": one.site, "route": one.route, "note": one.note,
    }


def _made(patient: int, number: int, vaccine: CodeableConcept, values: dict[str, Any]) -> Immunisation:
    expiry = values["expiry"]
    return Immunisation(
        number, patient, vaccine, given=values["given"], lot=values["lot"] or "",
        expiry=None if expiry is None else expiry.isoformat(), site=values["site"] or "",
        route=values["route"] or "", dose=values["dose"] or "", note=values["note"] or "",
    )


def _specs() -> Sequence[InputSpec]:
    return (
        entry_spec("lot", N_("Lot number"), TEXT),
        entry_spec("given", N_("Given on"), DAY, required=True),
        entry_spec("dose", N_("Dose number"), TEXT),
        entry_spec("site", N_("Site"), PICK, choices=SITES),
        entry_spec("route", N_("Route"), PICK, choices=ROUTES),
        entry_spec("expiry", N_("Expiry of the vial"), DAY),
        entry_spec("note", N_("Note"), TEXT),
    )
