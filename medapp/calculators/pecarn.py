"""PECARN rule for children after a blow to the head: who needs a CT? Three levels of risk, by age.

High: coma scale 14 or altered consciousness; below 2 years a palpable fracture, from 2 years signs of a
basal one. Else intermediate below 2 years: haematoma at the back or side of the head, unconscious for 5
seconds or more, severe mechanism, not acting normally; from 2 years: any unconsciousness, vomiting, severe
mechanism, severe headache. Low only where every one of these is known to be absent. No percentage is given:
the table has them from memory. Severe mechanism: among others a fall of more than 0.9 m (from 2 years 1.5 m;
one source).
Numbers: score table rules (items) and the package medcalc 0.4.0 agree on the items of both ages. Kuppermann
N, Holmes JF, Dayan PS et al. Lancet 2009;374:1160-70.
"""

from __future__ import annotations

from typing import Final

from medapp.assess.card import Feature
from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import DAY, About, Example, Output, T, number, yes
from medapp.calculators.worked import Band, Needs, OutOfRange, Step, Worked

INFANT: Final = 2.0
ABOUT: Final = About(
    id="pecarn", version="2009",
    title=T("PECARN rule, head injury of a child", "PECARN 规则（儿童头部外伤）"),
    summary=T("Who needs a CT of the head.", "判断是否需要头颅 CT。"),
    population=T("Below 18 years, within 24 hours of the injury", "18 岁以下，头部外伤 24 小时内"),
    reference="Kuppermann N, Holmes JF, Dayan PS et al. Lancet 2009;374:1160-70",
    specialties=("emergency", "paediatrics"),
    keywords=("head injury", "CT", "child", "头部外伤", "颅脑损伤", "儿童"),
    out_of_scope=(
        T("Not with a coma scale below 14, penetrating injury or bleeding disorder",
          "GCS＜14、穿透伤或出血性疾病者不适用"),
    ),
)


def _ask(name: str, en: str, zh: str) -> Feature:
    return yes(name, T(en, zh))


AGE: Final = number("age", valid=(0, 17.999), look_back=None)
COMA: Final = number("gcs", look_back=DAY, required=False)
ALTERED: Final = _ask(
    "altered_mentation", "Consciousness altered: agitated, drowsy, slow, repeats questions",
    "意识改变：烦躁、嗜睡、反应迟钝、反复提问",
)
PALPABLE: Final = _ask("palpable_skull_fracture", "Palpable skull fracture", "可触及颅骨骨折")
BASAL: Final = _ask("basal_skull_fracture", "Signs of a basal skull fracture", "颅底骨折体征")
HAEMATOMA: Final = _ask(
    "scalp_haematoma", "Haematoma at the back or side of the head", "枕、顶或颞部头皮血肿"
)
LONG: Final = _ask("unconscious_5_seconds", "Unconscious for 5 seconds or more", "意识丧失≥5 秒")
ANY: Final = _ask("unconscious", "Unconscious, however briefly", "任何时长的意识丧失")
MECHANISM: Final = _ask(
    "severe_mechanism", "Severe mechanism (such as a fall above 0.9 m, from 2 years 1.5 m)",
    "严重致伤机制（如坠落＞0.9 m，2 岁起＞1.5 m）",
)
ODD: Final = _ask("not_acting_normally", "Not acting normally, the parents say", "家长认为表现异常")
VOMITING: Final = _ask("vomiting", "Vomiting", "呕吐")
HEADACHE: Final = _ask("severe_headache", "Severe headache", "剧烈头痛")
INPUTS: Final = (
    AGE, COMA, ALTERED, PALPABLE, BASAL, HAEMATOMA, LONG, ANY, MECHANISM, ODD, VOMITING, HEADACHE
)
YOUNG: Final = ((ALTERED, PALPABLE), (HAEMATOMA, LONG, MECHANISM, ODD))
OLDER: Final = ((ALTERED, BASAL), (ANY, VOMITING, MECHANISM, HEADACHE))
BANDS: Final = {
    "high": Band("high", 0.0, 0.0, T("High risk: the rule asks for a CT", "高危：规则建议行 CT")),
    "intermediate": Band(
        "intermediate", 0.0, 0.0, T("Intermediate risk: watch, or CT by judgement", "中危：观察或酌情 CT")
    ),
    "low": Band("low", 0.0, 0.0, T("Very low risk: the rule asks for no CT", "极低危：规则不建议 CT")),
}
HIGH_SIGNS: Final = T("Signs of high risk", "高危表现")
OTHER_SIGNS: Final = T("Signs of intermediate risk", "中危表现")


def compute(values: Values) -> Worked:
    """The level of risk; no level below the highest while a sign of a higher one is unknown."""
    if values.get("gcs", 15.0) < 14.0:
        raise OutOfRange(T("made for a coma scale of 14 or 15", "仅适用于 GCS 14–15"), "gcs")
    high, other = YOUNG if values["age"] < INFANT else OLDER
    answers = _completed(values)
    steps: list[Step] = []
    for level, title, signs in (("high", HIGH_SIGNS, high), ("intermediate", OTHER_SIGNS, other)):
        found = [sign for sign in signs if answers.get(sign.name)]
        steps.append(Step(title, ", ".join(sign.name for sign in found) or "–", len(found)))
        if found:
            return _answer(level, steps)
        unknown = [sign.name for sign in signs if sign.name not in answers]
        if unknown:
            raise Needs(*unknown)
    return _answer("low", steps)


def _completed(values: Values) -> dict[str, bool]:
    """What follows from another answer: coma scale 14, long unconsciousness, none at all."""
    answers = dict(values)
    if values.get("gcs") == 14.0:
        answers[ALTERED.name] = True
    if values.get(LONG.name):
        answers[ANY.name] = True
    elif values.get(ANY.name) is False:
        answers[LONG.name] = False
    return answers


def _answer(level: str, steps: list[Step]) -> Worked:
    found = BANDS[level]
    return Worked(level, (*steps, Step(OUTPUTS[0].title, found.title.en, level)), found)


OUTPUTS: Final = (Output("risk_level", T("Risk of a relevant brain injury", "有临床意义的脑损伤风险"),
                         type="class"),)
_OLDER: Final = {
    "age": 3, "altered_mentation": False, "basal_skull_fracture": False, "unconscious": False,
    "vomiting": False,
    "severe_mechanism": False, "severe_headache": False,
}
EXAMPLES: Final = (
    Example({**_OLDER, "vomiting": True}, "intermediate", "score table rules: 3 years, vomiting only",
            category="intermediate"),
    Example(_OLDER, "low", "the rule: no sign at all", category="low"),
    Example({"age": 1.5, "altered_mentation": False, "palpable_skull_fracture": True}, "high",
            "the rule below 2 years: palpable fracture", category="high"),
)
CALCULATOR = Calculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES)
