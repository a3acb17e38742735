"""What the banner says: identity, allergies, alerts. Unknown is a word, never a sign."""

from __future__ import annotations

from dataclasses import dataclass

from medapp.domain.clinical import AllergyIntolerance
from medapp.i18n import Words
from medapp.terminology import codesystems
from ui.format import (
    format_born,
    format_date,
    format_number,
    format_patient,
    format_sex,
    format_substance,
)
from ui.pages.patient_facts import Facts
from ui.pages.patient_said import reaction_words

NO_KNOWN_ALLERGY = frozenset({"716186003", "1287663008", "428607008", "429625007", "409137002"})
"""SNOMED CT: no known allergy, and no known drug, food, environmental allergy."""
RENAL_ALERT = 60.0  # mL/min/1.73 m2: below it doses of many medicines change (KDIGO 2024 G3a)
RENAL_ALERT_DAYS = 548


@dataclass(frozen=True, slots=True)
class AllergyWords:
    """`state` is asked | none | not_asked; `lines` are whole, worst first."""

    state: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BannerWords:
    """Every text of the banner; `alerts` is empty when there is nothing real to say."""

    name: str
    second_name: str
    initial: str
    born: str
    sex: str
    mrn: str
    allergies: AllergyWords
    alerts: tuple[str, ...]
    is_deceased: bool


def banner_words(facts: Facts, words: Words) -> BannerWords:
    """The banner of one patient in one language; Chinese readers see the local name first."""
    patient = facts.patient
    first, second = format_patient(patient, words)
    han = patient.name_local or ""
    end = patient.deceased_at or facts.now
    return BannerWords(
        name=first or words("No name recorded"), second_name=second, initial=(han or first)[:1].upper(),
        born=format_born(patient.birth_date, end, words), sex=format_sex(patient.sex, words),
        mrn=patient.mrn or words("Not recorded"),
        allergies=allergy_words(facts.record.allergies, words),
        alerts=_alerts(facts, words), is_deceased=bool(patient.deceased or patient.deceased_at),
    )


def allergy_words(allergies: tuple[AllergyIntolerance, ...], words: Words) -> AllergyWords:
    """Recorded allergies, or a dated denial, or that nobody asked: three different things."""
    real = [a for a in allergies if _is_active(a) and not _is_denial(a)]
    if real:
        real.sort(key=_rank)
        return AllergyWords("asked", tuple(_allergy_line(a, words) for a in real))
    denials = [a for a in allergies if _is_denial(a)]
    if not denials:
        return AllergyWords("not_asked", (words("Allergies not asked"),))
    dates = [a.recorded for a in denials if a.recorded is not None]
    if not dates:
        return AllergyWords("none", (words("No known allergies (date not recorded)"),))
    day = format_date(max(dates), words)
    return AllergyWords("none", (words("No known allergies (confirmed {date})", date=day),))


def _is_active(allergy: AllergyIntolerance) -> bool:
    return allergy.verification not in ("refuted", "entered-in-error") and (
        allergy.clinical_status in ("active", "")
    )


def _is_denial(allergy: AllergyIntolerance) -> bool:
    if allergy.verification == "entered-in-error":
        return False
    return allergy.verification == "refuted" or any(
        c.system == codesystems.SNOMED and c.code in NO_KNOWN_ALLERGY for c in allergy.code.codings
    )


def _rank(allergy: AllergyIntolerance) -> tuple[int, int, str]:
    severity = {"severe": 0, "moderate": 1, "mild": 2}.get(allergy.severity, 3)
    return (0 if allergy.criticality == "high" else 1, severity, allergy.code.label)


def _allergy_line(allergy: AllergyIntolerance, words: Words) -> str:
    substance = format_substance(allergy.code, words)
    when = allergy.onset or allergy.recorded
    year = str(when.date.year) if when is not None else ""
    after = " ".join(part for part in (reaction_words(allergy.reaction, words), year) if part)
    return f"{substance} — {after}" if after else substance


def _alerts(facts: Facts, words: Words) -> tuple[str, ...]:
    alerts: list[str] = []
    patient = facts.patient
    if patient.deceased_at is not None:
        alerts.append(words("Died {date}", date=format_date(patient.deceased_at, words)))
    elif patient.deceased:
        alerts.append(words("Deceased"))
    egfr = facts.record.latest("egfr")
    if egfr is not None and egfr.value is not None and egfr.value < RENAL_ALERT:
        days = (facts.now.seconds - egfr.time.seconds) / 86_400
        if days <= RENAL_ALERT_DAYS:
            alerts.append(words("eGFR {value}", value=format_number(egfr.value, 0)))
    return tuple(alerts)
