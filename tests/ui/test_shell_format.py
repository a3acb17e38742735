"""How dates, ages, names and numbers are written."""

from __future__ import annotations

import pytest

from medapp.i18n import Words
from ui import format as written

EN, ZH = Words("en"), Words("zh_CN")
HYPHEN = "\u2011"


@pytest.mark.parametrize(
    ("day", "english", "chinese"),
    [
        ("1958-03-14", "14-Mar-1958", "1958-03-14"),
        ("1958-03", "Mar-1958", "1958-03"),
        ("1958", "1958", "1958"),
    ],
)
def test_a_date_is_as_precise_as_it_was_recorded(day: str, english: str, chinese: str) -> None:
    assert written.format_date(day, EN) == english.replace("-", HYPHEN)
    assert written.format_date(day, ZH) == chinese.replace("-", HYPHEN)


@pytest.mark.parametrize(
    ("birth", "age"),
    [
        ("1958-03-14", "68 y"), ("2025-05-21", "17 mo"), ("2024-11-20", "2 y"), ("2024-11-21", "23 mo"),
        ("2026-10-24", "27 d"), ("2026-10-21", "30 d"), ("2027-01-01", "age unknown"),
    ],
)  # fmt: skip
def test_ages_are_in_days_months_and_years(birth: str, age: str) -> None:
    assert written.format_age(birth, "2026-11-20", EN) == age


def test_unknown_is_a_word() -> None:
    assert written.format_date(None, EN) == "unknown"
    assert written.format_born(None, "2026-11-20", EN) == "Birth date unknown"


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1_000_000, None, "1,000,000"), (31.2, None, "31.2"), (-0.04, 1, "0.0"), (-1.5, None, "\u22121.5"),
        (7.0, 1, "7.0"), (None, None, "\u2014"), (float("nan"), 1, "\u2014"),
    ],
)  # fmt: skip
def test_numbers_have_a_true_minus_and_no_negative_zero(
    value: float | None, decimals: int | None, text: str
) -> None:
    assert written.format_number(value, decimals) == text


def test_a_quantity_does_not_break_before_its_unit() -> None:
    assert written.format_quantity(118, "umol/L") == "118\u00a0\u00b5mol/L"
    assert written.format_quantity(34, "%") == "34%"


def test_the_language_chooses_which_name_comes_first() -> None:
    assert written.format_name("LIN, Meihua", "林美华", EN) == ("LIN, Meihua", "林美华")
    assert written.format_name("LIN, Meihua", "林美华", ZH) == ("林美华", "Lin Meihua")
    assert written.format_name("OKORO, Daniel", None, ZH) == ("OKORO, Daniel", "")


@pytest.mark.parametrize(("share", "text"), [(0.004, "<1%"), (0.34, "34%"), (0.995, ">99%")])
def test_percentages_are_whole(share: float, text: str) -> None:
    assert written.format_percent(share) == text
