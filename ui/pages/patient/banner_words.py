"""What the banner says: identity, allergies, alerts. Unknown is a word, never a sign."""

from __future__ import annotations

from dataclasses import dataclass

from medapp.assess.pregnancy import pregnancy_of
from medapp.domain.pregnancy import Known
from medapp.i18n import Words
from medapp.terminology.said import AllergyWords, allergy_words
from ui.format import (
    format_born,
    format_date,
    format_number,
    format_patient,
    format_sex,
)
from ui.pages.patient_facts import Facts
from ui.pages.pregnancy.words import brief_words, state_words

__all__ = ["AllergyWords", "BannerWords", "allergy_words", "banner_words"]

RENAL_ALERT = 60.0  # mL/min/1.73 m2: below it doses of many medicines change (KDIGO 2024 G3a)
RENAL_ALERT_DAYS = 548


@dataclass(frozen=True, slots=True)
class BannerWords:
    """Every text of the banner; `alerts` is empty when there is nothing real to say.

    `pregnancy` stands under its heading, `pregnancy_line` by itself; a pregnancy under way is an alert.
    """

    name: str
    second_name: str
    initial: str
    born: str
    sex: str
    mrn: str
    pregnancy: str
    pregnancy_line: str
    allergies: AllergyWords
    alerts: tuple[str, ...]
    is_deceased: bool


def banner_words(facts: Facts, words: Words) -> BannerWords:
    """The banner of one patient in one language; Chinese readers see the local name first."""
    patient = facts.patient
    first, second = format_patient(patient, words)
    han = patient.name_local or ""
    end = patient.deceased_at or facts.now
    state = pregnancy_of(facts.record)
    is_pregnant = state.known is Known.PREGNANT
    return BannerWords(
        name=first or words("No name recorded"), second_name=second, initial=(han or first)[:1].upper(),
        born=format_born(patient.birth_date, end, words), sex=format_sex(patient.sex, words),
        mrn=patient.mrn or words("Not recorded"),
        pregnancy="" if is_pregnant else brief_words(state, words),
        pregnancy_line="" if is_pregnant else state_words(state, facts.now.date, words),
        allergies=allergy_words(facts.record.allergies, words),
        alerts=_alerts(facts, words), is_deceased=bool(patient.deceased or patient.deceased_at),
    )


def _alerts(facts: Facts, words: Words) -> tuple[str, ...]:
    alerts: list[str] = []
    patient = facts.patient
    if patient.deceased_at is not None:
        alerts.append(words("Died {date}", date=format_date(patient.deceased_at, words)))
    elif patient.deceased:
        alerts.append(words("Deceased"))
    state = pregnancy_of(facts.record)
    if state.known is Known.PREGNANT:
        alerts.append(state_words(state, facts.now.date, words))
    egfr = facts.record.latest("egfr")
    if egfr is not None and egfr.value is not None and egfr.value < RENAL_ALERT:
        days = (facts.now.seconds - egfr.time.seconds) / 86_400
        if days <= RENAL_ALERT_DAYS:
            alerts.append(words("eGFR {value}", value=format_number(egfr.value, 0)))
    return tuple(alerts)
