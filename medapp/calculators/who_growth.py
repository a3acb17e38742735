"""WHO child growth standards, 0 to 5 years: z-score and centile of a measure.

z by L, M, S of the table (medapp.calculators.growth_tables), with WHO's adjustment beyond 3. Weight [kg],
length or height [cm], BMI [kg/m2], head and arm circumference [cm], skinfolds [mm] for age, weight for
length (lying) and for height (standing). Below 24 months (731 days) a child is measured lying, from then on
standing; measured the other way round 0.7 cm are added or taken. Born before 37 weeks, the age is corrected
to 40 weeks until 24 months. Tables: WHO's, compared with the Python package anthro 1.1.1.
WHO Multicentre Growth Reference Study Group. Acta Paediatr Suppl 2006;450:76-85. Geneva: WHO 2006, 2007.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from medapp.assess.assessor import Given
from medapp.calculators import growth_tables
from medapp.calculators.calculator import Calculator, Values
from medapp.calculators.declare import About, Example, Output, T, choice, number, yes
from medapp.calculators.growth_terms import MEASURES, UNITS, VARIANTS, age_steps, measured
from medapp.calculators.worked import Band, OutOfRange, Step, Worked, band_of
from medapp.domain.administrative import is_age_approximate
from medapp.domain.assessment import Assessment, Source
from medapp.domain.record import PatientRecord

FAR_OUT: Final = 5.0
SWELLS: Final = ("weight_for_age", "bmi_for_age", "weight_for_length", "weight_for_height")
"""Not calculated with oedema of both feet."""

ABOUT = About(
    id="who_growth", version="2006",
    title=T("Growth, WHO standards 0 to 5 years", "儿童生长（WHO 标准，0–5 岁）"),
    summary=T("Z-score and centile of a child's measures.", "儿童体格指标的 Z 评分与百分位。"),
    population=T("Children from birth to 5 years", "出生至 5 岁儿童"),
    reference="WHO Multicentre Growth Reference Study Group. Acta Paediatr Suppl 2006;450:76-85",
    specialties=("paediatrics", "general_practice"),
    keywords=("growth", "centile", "z-score", "weight", "length", "生长发育", "百分位", "体重", "头围"),
    cautions=(T("One point is no trend: look at the curve", "单次测量不代表趋势，请看生长曲线"),),
)
_BACK: Final = 14
INPUTS = (
    choice("variant", T("Measure", "指标"), VARIANTS,
           synonyms={"height_for_age": "length_for_age", "length_height_for_age": "length_for_age"}),
    choice("sex"), number("age", required=False, look_back=None),
    number("weight", required=False, look_back=_BACK), number("height", required=False, look_back=_BACK),
    *(number(name, required=False, look_back=_BACK) for name in tuple(MEASURES.values())[1:]),
    choice("measured_position", T("Length was measured", "身长/身高测量体位"),
           {"as_expected": T("Lying below 2 years, then standing", "2 岁以下卧位，之后立位"),
            "lying": T("Lying", "卧位"), "standing": T("Standing", "立位")},
           default="as_expected",
           synonyms={"recumbent": "lying", "supine": "lying", "l": "lying", "h": "standing"}),
    number("gestation_at_birth", required=False, look_back=None),
    yes("oedema_both_feet", T("Oedema of both feet", "双足水肿")),
)
BANDS: Final = (
    Band("below_minus_3", -math.inf, math.nextafter(-3.0, -4.0), T("Below −3 SD", "低于 −3 SD")),
    Band("minus_3_to_minus_2", -3.0, math.nextafter(-2.0, -3.0), T("From −3 to below −2 SD", "−3 至 −2 SD")),
    Band("within_2", -2.0, 2.0, T("Within 2 SD of the median", "中位数 ±2 SD 之内")),
    Band("2_to_3", math.nextafter(2.0, 3.0), 3.0, T("Above 2 to 3 SD", "+2 至 +3 SD")),
    Band("above_3", math.nextafter(3.0, 4.0), math.inf, T("Above 3 SD", "高于 +3 SD")),
)
CHECK: Final = ("far_out", T("Beyond 5 SD: check the measure and the age", "超过 ±5 SD：请核对测量值与年龄"))
OUT_OF_TABLE: Final = T("Outside the table of this measure (0 to 5 years)", "超出该指标的标准范围（0–5 岁）")
BEFORE_TERM: Final = T("Corrected age before term: a chart for the preterm is needed",
                       "矫正年龄未足月：请用早产儿图")
SWOLLEN: Final = T("Not with oedema of both feet", "双足水肿者不计算")


def compute(values: Values) -> Worked:
    """The z-score."""
    variant, sex = values["variant"], values["sex"]
    if values.get("oedema_both_feet") and variant in SWELLS:
        raise OutOfRange(SWOLLEN, "oedema_both_feet")
    days, steps = age_steps(values)
    if days is not None and days < 0:
        raise OutOfRange(BEFORE_TERM, "age", "gestation_at_birth")
    if days is not None and days > growth_tables.limits("weight_for_age")[1]:
        raise OutOfRange(OUT_OF_TABLE, "age")
    value, place, more = measured(values, days)
    found = growth_tables.lms(variant, sex, round(place, 6))
    if found is None or value <= 0.0:
        raise OutOfRange(OUT_OF_TABLE, *(("height",) if variant.startswith("weight_for_") else ("age",)))
    z = found.z(value)
    skew = f"{found.skew:.4g}"
    text = f"(({value:.5g} / {found.median:g})^{skew} − 1) / ({skew} × {found.spread:.5g})"
    if abs(z) > 3.0:
        three = math.copysign(3.0, z)
        text = f"{three:g} + ({value:.5g} − {found.at(three):.4g}) / SD"
    unit = UNITS.get(variant, "kg")
    extra: dict[str, Any] = {
        "centile": (growth_tables.centile(z), "%"), "median": (found.median, unit), "measured": (value, unit),
        **({} if days is None else {"age_counted": (days, "d")}),
    }
    final = Step(T(f"Z-score, {VARIANTS[variant].en.lower()}", f"{VARIANTS[variant].zh_CN} Z 评分"), text, z)
    cautions = (CHECK,) if abs(z) > FAR_OUT else ()
    return Worked(z, (*steps, *more, final), band_of(BANDS, z), extra=extra, cautions=cautions)


@dataclass(frozen=True)
class GrowthCalculator(Calculator):
    """Takes the age of a child on record to the day."""

    def assess(self, record: PatientRecord, inputs: Mapping[str, Given]) -> Assessment:
        born = record.patient.birth_date if record.patient is not None else None
        if "age" in inputs or born is None or is_age_approximate(born) or born.date > record.at.date:
            return super().assess(record, inputs)
        age = Given(float((record.at.date - born.date).days), "d")
        answer = super().assess(record, {**inputs, "age": age})
        used = tuple(
            replace(one, source=Source.DERIVED) if one.name == "age" else one for one in answer.inputs
        )
        return replace(answer, inputs=used)


OUTPUTS = (
    Output("z_score", T("Z-score", "Z 评分"), decimals=2), Output("centile", T("Centile", "百分位"), "%"),
)
_OF: Final = "package anthro 1.1.1 (WHO's tables by day)"
_ROW: Final = "arithmetic of the row of WHO's table: "
_BOY: Final = {"sex": "male", "age": {"value": 365, "unit": "d"}, "weight": 7.7, "height": 71.0}
_GIRL: Final = {"sex": "female", "age": {"value": 1500, "unit": "d"}, "weight": 9.0, "height": 98.0}
EXAMPLES = (
    Example({**_BOY, "variant": "weight_for_age"}, -2.0475, _OF, 5e-5, category="minus_3_to_minus_2"),
    Example({**_BOY, "variant": "length_for_age"}, -1.9946, _OF, 5e-5, category="within_2"),
    Example({**_BOY, "variant": "bmi_for_age"}, -1.2113, _OF, 5e-5),
    Example({**_BOY, "variant": "weight_for_length"}, -1.4381, _OF, 5e-5),
    Example({**_GIRL, "variant": "weight_for_age"}, -4.3692, _OF, 5e-5, category="below_minus_3"),
    Example({**_GIRL, "variant": "weight_for_height"}, -5.3756, _OF, 5e-5),
    Example(
        {"variant": "length_for_age", "sex": "female", "age": {"value": 1000, "unit": "d"}, "height": 95.0,
         "measured_position": "lying"},
        0.4044, _OF, 5e-5,
    ),
    Example(
        {"variant": "arm_circumference_for_age", "sex": "male", "age": {"value": 365, "unit": "d"},
         "arm_circumference": 13.0},
        -1.5377, _OF, 5e-5,
    ),
    Example(
        {"variant": "head_circumference_for_age", "sex": "male", "age": {"value": 365, "unit": "d"},
         "head_circumference": 48.6332},
        2.0, _ROW + "46.0637 x (1 + 2 x 0.02789)", 1e-4,
    ),
    Example(
        {"variant": "triceps_skinfold_for_age", "sex": "female", "age": {"value": 1000, "unit": "d"},
         "triceps_skinfold": 8.1499},
        0.0, _ROW + "the median", 1e-9, extra={"centile": 50.0},
    ),
    Example(
        {"variant": "subscapular_skinfold_for_age", "sex": "female", "age": {"value": 1000, "unit": "d"},
         "subscapular_skinfold": 6.0709},
        0.0, _ROW + "the median", 1e-9,
    ),
)
CALCULATOR = GrowthCalculator(ABOUT, INPUTS, OUTPUTS, compute, EXAMPLES)
