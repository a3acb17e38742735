"""How dates, ages, names and numbers are written, on the screen and on paper, in one place.

Hyphens inside dates are U+2011 so that a date never breaks; a no-break space
stands before units; minus is U+2212.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias

from medapp.i18n import N_, Words

if TYPE_CHECKING:
    import re

    from medapp.domain.administrative import HumanName, Patient, Sex
    from medapp.domain.datatypes import CodeableConcept, Moment

NBSP: Final = "\u00a0"
HYPHEN: Final = "\u2011"
MINUS: Final = "\u2212"
DASH: Final = "\u2014"
EN_DASH: Final = "\u2013"

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_SEXES: Final = {
    "female": (N_("Female"), N_("F")),
    "male": (N_("Male"), N_("M")),
    "other": (N_("Other sex"), N_("O")),
    "unknown": (N_("Sex unknown"), N_("U")),
}

_UNITS: Final = {
    "umol/L": "µmol/L",
    "umol": "µmol",
    "ug/L": "µg/L",
    "ug/dL": "µg/dL",
    "mm[Hg]": "mmHg",
    "kg/m2": "kg/m²",
    "m2": "m²",
    "Cel": "°C",
    "[degF]": "°F",
    "10*9/L": "×10⁹/L",
    "10*12/L": "×10¹²/L",
    "10*3/uL": "×10³/µL",
    "10*6/uL": "×10⁶/µL",
    "mL/min/{1.73_m2}": "mL/min/1.73 m²",
    "m[IU]/L": "mIU/L",
    "u[IU]/mL": "µIU/mL",
    "[IU]/L": "IU/L",
    "[lb_av]": "lb",
    "[in_i]": "in",
    "/min": "/min",
    "{score}": "",
    "1": "",
}

Day: TypeAlias = "Moment | date | datetime | str"

_MONTH, _DAY, _SECOND = 1, 2, 3
"""`medapp.domain.datatypes.Precision`, which the first list must not wait for."""


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """SNOMED CT's tag at the end of a name, and the word allergy in the name of one."""
    import re

    tag = re.compile(r"\s*\((disorder|finding|situation|event|procedure|substance|product)\)\s*$")
    return tag, re.compile(r"^allergy to |\s+allergy$|^对|过敏$", re.IGNORECASE)


def moment_of(day: Day) -> Moment:
    """Anything that names a day as a `Moment`. Raises ValueError for other text."""
    from medapp.domain.datatypes import Moment

    if isinstance(day, Moment):
        return day
    if isinstance(day, str):
        return Moment.parse(day)
    return Moment.of_datetime(day) if isinstance(day, datetime) else Moment.of_date(day)


def _day_of(day: Day) -> tuple[date, int]:
    """The calendar day and its precision; a whole date, as a list has them, needs no `Moment`."""
    if isinstance(day, datetime):
        return day.date(), _SECOND
    if isinstance(day, date):
        return day, _DAY
    if isinstance(day, str) and len(day) == 10 and day[:4].isdigit() and day[5:7].isdigit():
        return date.fromisoformat(day), _DAY
    moment = moment_of(day)
    return moment.date, int(moment.precision)


def format_date(day: Day | None, words: Words, *, time: bool = False) -> str:
    """`14-Mar-1958` or `1958-03-14`, only as precise as it was recorded; unknown in words."""
    if day is None:
        return words("unknown")
    on, precision = _day_of(day)
    if words.language == "zh_CN":
        text = on.isoformat()[: (4, 7, 10, 10)[precision]].replace("-", HYPHEN)
    else:
        parts = (f"{on.day:02d}", _MONTHS[on.month - 1], str(on.year))
        text = HYPHEN.join(parts[2 - min(2, precision) :])
    if time and precision == _SECOND:
        text = f"{text}{NBSP}{moment_of(day).local:%H:%M}"
    return text


def format_time(at: Moment | datetime) -> str:
    """`09:41`, 24 hours."""
    return f"{(at if isinstance(at, datetime) else at.local):%H:%M}"


def format_month(day: Day, words: Words) -> str:
    """`Jan 2026` or `2026-01`, for axes."""
    on, _ = _day_of(day)
    if words.language == "zh_CN":
        return f"{on.year}{HYPHEN}{on.month:02d}"
    return f"{_MONTHS[on.month - 1]}{NBSP}{on.year}"


def format_age(birth: Day | None, at: Day, words: Words) -> str:
    """`68 y`, under two years in months, under 28 days in days; unknown in words."""
    if birth is None:
        return words("age unknown")
    (start, precision), (end, _) = _day_of(birth), _day_of(at)
    if end < start:
        return words("age unknown")
    months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
    if ((end - start).days < 28 or months == 0) and precision >= _DAY:
        return words("{n} d", n=(end - start).days)
    if months < 24 and precision >= _MONTH:
        return words("{n} mo", n=months)
    return words("{n} y", n=months // 12)


def format_born(birth: Day | None, at: Day, words: Words) -> str:
    """`14-Mar-1958 (68 y)`."""
    if birth is None:
        return words("Birth date unknown")
    return words("{date} ({age})", date=format_date(birth, words), age=format_age(birth, at, words))


def format_ago(day: Day, at: Day, words: Words) -> str:
    """How old a value is: today, 6 d, 14 mo, 3 y."""
    days = (_day_of(at)[0] - _day_of(day)[0]).days
    if days <= 0:
        return words("today") if days == 0 else format_date(day, words)
    if days < 60:
        return words("{n} d ago", n=days)
    months = round(days / 30.44)
    if months < 24:
        return words("{n} mo ago", n=months)
    return words("{n} y ago", n=int(days / 365.25))


def format_name(name: str, name_local: str | None, words: Words) -> tuple[str, str]:
    """A patient's names in the order of the language: (first, second or empty)."""
    if not name_local or name_local == name:
        return name, ""
    if words.language == "zh_CN":
        return name_local, name.replace(",", "").title() if name.isascii() else name
    return name, name_local


def format_patient(patient: Patient, words: Words) -> tuple[str, str]:
    """`format_name` of a patient; an unnamed newborn is called so."""
    if not patient.name and patient.is_unnamed_newborn:
        return words("Unnamed newborn"), ""
    return format_name(patient.name, patient.name_local, words)


def format_human_name(name: HumanName) -> str:
    """`FAMILY, Given` or the Chinese name."""
    return name.label


def format_sex(sex: Sex | str | None, words: Words, *, short: bool = False) -> str:
    """A word, or one letter for a column."""
    return words(_SEXES.get(sex or "unknown", _SEXES["unknown"])[short])


def format_number(value: float | None, decimals: int | None = None) -> str:
    """A number with a true minus, thousands with commas; a dash for none.

    Without `decimals` as many as were recorded, at most six.
    """
    if value is None or value != value:
        return DASH
    if decimals is None:
        text = f"{value:,.6f}".rstrip("0").rstrip(".") if value % 1 else f"{value:,.0f}"
    else:
        text = f"{value:,.{decimals}f}"
    if text.lstrip("-0.,") == "":
        text = text.lstrip("-")
    return text.replace("-", MINUS)


def format_percent(probability: float) -> str:
    """Whole percent; `<1%` and `>99%` at the ends."""
    if probability < 0.01:
        return "<1%"
    if probability > 0.99:
        return ">99%"
    return f"{round(probability * 100)}%"


def format_concept(concept: CodeableConcept, words: Words) -> str:
    """Our own wording of a code where there is one, else the record's, without SNOMED's tag."""
    from medapp.terminology import codesystems, terms  # their tables are no part of the start

    tag, _ = _patterns()
    for coding in concept.codings:
        name = codesystems.display(coding.system, coding.code, words)
        if name:
            return tag.sub("", name)
    label = tag.sub("", concept.label)
    return terms.named(label, words) or label


def format_substance(concept: CodeableConcept, words: Words) -> str:
    """What somebody is allergic to: under the heading "Allergies" the word is not said again."""
    text = _patterns()[1].sub("", format_concept(concept, words)).strip()
    return text[:1].upper() + text[1:] if text else concept.label


@lru_cache(maxsize=512)
def unit_label(unit: str | None) -> str:
    """A UCUM unit as it is read: `umol/L` is µmol/L; braces are remarks, not units."""
    if not unit:
        return ""
    if unit in _UNITS:
        return _UNITS[unit]
    if unit.startswith("{") and unit.endswith("}"):
        return unit[1:-1]
    text = unit.replace("umol", "µmol").replace("ug", "µg").replace("uL", "µL").replace("[Hg]", "Hg")
    return text.replace("m[IU]", "mIU").replace("[IU]", "IU").replace("10*", "10^")


def format_quantity(value: float | None, unit: str | None, decimals: int | None = None) -> str:
    """`118 µmol/L` with a no-break space; percent stands close."""
    text, label = format_number(value, decimals), unit_label(unit)
    if not label:
        return text
    return f"{text}{label}" if label == "%" else f"{text}{NBSP}{label}"
