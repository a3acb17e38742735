"""What the name of a column says: an identifier, a person, something recorded afterwards, a variable."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from medapp.terminology.variables import Variable, variables
from medapp.training.own_table import spelling

_IDENTIFIER: Final = frozenset(
    {
        "id",
        "ids",
        "mrn",
        "pid",
        "uid",
        "uuid",
        "guid",
        "identifier",
        "patientid",
        "patientno",
        "subjectid",
        "caseid",
        "recordid",
        "rowid",
        "unnamed",
        "subject",
        "mrno",
        "nr",
    }
)
_IDENTIFIER_ZH: Final = ("编号", "序号", "病历号", "住院号", "门诊号", "病案号", "就诊号", "流水号", "标本号")
_SOMEBODY: Final = frozenset({"patient", "subject", "person", "participant", "pat", "subj", "proband", "mrn"})
_NUMBER: Final = frozenset({"id", "ids", "no", "nr", "nbr", "num", "number", "code", "key"})
_SOMEBODY_ZH: Final = ("病历号", "住院号", "门诊号", "病案号", "患者编号", "受试者", "患者号")
_TIMES: Final = frozenset(
    {"time", "dtime", "rtime", "ptime", "stime", "futime", "survtime", "ostime", "fustat"}
)
_PERSON: Final = frozenset(
    {
        "surname",
        "firstname",
        "lastname",
        "fullname",
        "forename",
        "phone",
        "telephone",
        "mobile",
        "email",
        "address",
        "postcode",
        "zip",
        "ssn",
        "passport",
        "insurance",
        "nhs",
    }
)
_PERSON_ZH: Final = (
    "姓名",
    "名字",
    "身份证",
    "电话",
    "手机",
    "地址",
    "住址",
    "邮箱",
    "邮编",
    "医保号",
    "联系",
)
_LATER: Final = frozenset(
    {
        "death",
        "died",
        "dead",
        "deceased",
        "mortality",
        "survival",
        "survived",
        "discharge",
        "discharged",
        "outcome",
        "followup",
        "autopsy",
        "readmission",
        "readmitted",
        "relapse",
        "recurrence",
        "recur",
        "los",
        "slos",
        "expired",
        "charges",
        "cost",
        "costs",
        "totcst",
        "totmcst",
        "dnr",
        "dnrday",
    }
)
_LATER_ENDS: Final = ("death", "dead", "died")
_TIME_UNITS: Final = frozenset(
    {"day", "days", "week", "weeks", "month", "months", "year", "years", "yr", "yrs", "hour", "hours"}
)
_ESTIMATES: Final = frozenset(
    {"prediction", "predictions", "prognosis", "apache", "saps", "aps", "sps", "mpm"}
)
_HORIZON: Final = re.compile(r"(?:surv|prg|prog|prob)[ _.]?\d+[ _.]?(?:d|w|m|mo|y|yr|day|month|year)s?$")
_LATER_ZH: Final = ("死亡", "出院", "结局", "转归", "随访", "生存", "住院天数", "复发", "再入院", "病死")
_LATER_PHRASES: Final = (
    "follow up",
    "length of stay",
    "time to",
    "days to",
    "after treatment",
    "post op",
    "postop",
)
_PARTS: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+|[^\W\d_a-zA-Z]+")
_UNIT: Final = re.compile(r"^(?P<name>.+?)\s*[(\[（](?P<unit>[^)\]）]+)[)\]）]$")


def parts(name: str) -> tuple[str, ...]:
    """The words of a name, lower case: "patientID_2" -> patient, id, 2."""
    return tuple(word.casefold() for word in _PARTS.findall(name))


def is_identifier(name: str) -> bool:
    """Whether the name is one of a number that tells rows or people apart."""
    words = parts(name)
    is_plain = bool(_IDENTIFIER & {*words, "".join(words)}) or words in (("index",), ("row",), ("no",))
    return is_plain or is_of_somebody(name) or any(word in name for word in _IDENTIFIER_ZH)


def is_of_somebody(name: str) -> bool:
    """Whether the name is one of the number of a person: "patient_nbr", "subject#", "MRN", 住院号."""
    words = set(parts(name))
    plain = "".join(parts(name))
    is_number = bool(words & _SOMEBODY) and (words <= _SOMEBODY or bool(words & _NUMBER))
    is_whole = plain in ("pid", "patientid", "subjectid", "personid", "patid")
    return is_number or is_whole or any(word in name for word in _SOMEBODY_ZH)


def is_person(name: str) -> bool:
    """Whether the name promises something that identifies a person."""
    words = parts(name)
    plain = "".join(words)
    is_name = words == ("name",) or {"name", "patient"} <= set(words) or {"full", "name"} <= set(words)
    return is_name or bool(_PERSON & {*words, plain}) or any(word in name for word in _PERSON_ZH)


def is_later(name: str) -> bool:
    """Whether the name is of something that is known only after the outcome."""
    words = parts(name)
    phrase = " ".join(words)
    return (
        bool(_LATER & set(words))
        or any(word.endswith(_LATER_ENDS) for word in words)
        or _is_time(words)
        or any(word in phrase for word in _LATER_PHRASES)
        or any(word in name for word in _LATER_ZH)
    )


def _is_time(words: tuple[str, ...]) -> bool:
    """ "time", "d.time", "TIME_YEAR": how long somebody was watched. A bleeding time is a measurement."""
    plain = words[:-1] if words and words[-1] in _TIME_UNITS else words
    return bool(plain) and plain[-1] in _TIMES and all(len(word) == 1 for word in plain[:-1])


def is_estimate(name: str) -> bool:
    """Whether the name is of what another model or a person estimated: "surv2m", "prg6m", "APACHE"."""
    return bool(_ESTIMATES & set(parts(name))) or _HORIZON.fullmatch(name.strip().casefold()) is not None


def without_unit(name: str) -> tuple[str, str]:
    """A name and the unit written in brackets behind it: "glucose (mg/dL)"."""
    found = _UNIT.match(name)
    return (found["name"], found["unit"].strip()) if found else (name, "")


def variable_named(name: str) -> Variable | None:
    """The terminology's variable of exactly this name, id or short form; None when two would fit."""
    return _named().get(_key(without_unit(name)[0]))


def is_sex(name: str) -> bool:
    """Whether the name is one of the sex, however it is written there."""
    found = variable_named(name)
    return found is not None and found.id == "sex"


def _key(name: str) -> str:
    return re.sub(r"[\s_.\-]+", " ", spelling.fold(name)).strip()


@lru_cache(maxsize=1)
def _named() -> Mapping[str, Variable]:
    found: dict[str, Variable | None] = {}
    for variable in variables().values():
        texts = (
            variable.id,
            *(t for text in (variable.title, variable.short) for t in (text.en, text.zh_CN)),
        )
        for key in {_key(text) for text in texts}:
            found[key] = variable if key not in found or found[key] is variable else None
    found |= {"gender": variables()["sex"], "性别": variables()["sex"]}
    return {key: variable for key, variable in found.items() if variable is not None}
