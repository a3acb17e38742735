"""Pulmonary embolism rule-out criteria: how many of eight are met.

Age from 50, heart rate from 100/min, SpO2 below 95 % on air, one swollen leg, haemoptysis, surgery or trauma
within 4 weeks, an earlier thrombosis or embolism, oestrogen. Embolism is ruled out without a test only where
none is met and the probability was low beforehand (below 15 %); with a criterion unknown nothing is ruled
out.
Numbers: score table perc (two sources of one lineage, recall agrees), the package clincalc 0.4.0 and the
cases of medcalc-dev agree. Kline JA, Mitchell AM, Kabrhel C et al. J Thromb Haemost 2004;2:1247-55.
"""

from __future__ import annotations

import math
from typing import Final

from medapp.calculators.declare import DAY, About, Example, T, atc, icd10, number, yes
from medapp.calculators.points import at_least, below, point_score, when
from medapp.calculators.worked import Band

ABOUT: Final = About(
    id="perc", version="2004",
    title=T("PERC rule, pulmonary embolism", "PERC 规则（肺栓塞排除标准）"),
    summary=T("Rules out embolism without a test, at low probability.", "低概率时无需检查即可排除肺栓塞。"),
    population=T("Adults with a low probability of embolism", "临床判断肺栓塞概率低的成人"),
    reference="Kline JA, Mitchell AM, Kabrhel C et al. J Thromb Haemost 2004;2:1247-55",
    specialties=("emergency", "respiratory"),
    keywords=("PE", "embolism", "rule out", "肺栓塞", "排除"),
    out_of_scope=(
        T("Not where embolism is not judged unlikely beforehand", "事先判断肺栓塞可能性不低者不适用"),
    ),
    cautions=(T("SpO₂ counts on air only", "血氧饱和度须为未吸氧时测得"),),
)
ITEMS: Final = (
    at_least(number("age", valid=(18, 120), required=False, look_back=None), 50.0, 1.0),
    at_least(number("heart_rate", look_back=DAY, required=False), 100.0, 1.0),
    below(number("spo2", T("SpO₂ on air", "血氧饱和度（未吸氧）"), look_back=DAY, required=False), 95.0, 1.0),
    when(yes("unilateral_leg_swelling", T("One leg is swollen", "单侧下肢肿胀")), 1.0),
    when(yes("haemoptysis", T("Haemoptysis", "咯血")), 1.0),
    when(
        yes("recent_surgery_or_trauma",
            T("Surgery or trauma within 4 weeks, in hospital or general anaesthesia",
              "4 周内手术或创伤（住院或全麻）")), 1.0,
    ),
    when(
        yes("previous_dvt_pe", T("Earlier thrombosis or embolism", "既往深静脉血栓或肺栓塞"),
            codes=icd10("Z8671", "I801", "I802", "I824", "I825", "I26")), 1.0,
    ),
    when(
        yes("oestrogen_use", T("Takes oestrogen (pill, replacement)", "使用雌激素（避孕药、激素替代）"),
            codes=atc("G03AA", "G03AB", "G03C", "G03F")), 1.0,
    ),
)
BANDS: Final = (
    Band(
        "none_met", 0.0, 0.0,
        T("No criterion met: ruled out if the probability was low beforehand",
          "无一项符合：事先概率低者可排除肺栓塞"),
    ),
    Band("not_ruled_out", 1.0, math.inf, T("Not ruled out by this rule", "不能据此规则排除肺栓塞")),
)
_NONE: Final = {
    "unilateral_leg_swelling": False, "haemoptysis": False, "recent_surgery_or_trauma": False,
    "previous_dvt_pe": False, "oestrogen_use": False,
}
EXAMPLES: Final = (
    Example(
        {**_NONE, "age": 64, "heart_rate": 72, "spo2": 100, "previous_dvt_pe": True}, 2.0,
        "medcalc-dev, one-shot case of calculator 48", category="not_ruled_out",
    ),
    Example(
        {**_NONE, "age": 43, "heart_rate": 104, "spo2": 97}, 1.0, "score table perc",
        category="not_ruled_out",
    ),
)
CALCULATOR = point_score(ABOUT, ITEMS, BANDS, EXAMPLES, title=T("Criteria met", "符合项数"))
