"""Reactions and doses are said in the reader's language; what is not known stays as recorded."""

from __future__ import annotations

import pytest

from medapp.i18n import Words
from medapp.services.demo.cohorts import cohorts
from medapp.services.demo.facts import ALLERGIES, PROBLEMS, RXNORM, SNOMED, VISITS
from medapp.terminology.codesystems import display
from ui.pages.patient_said import dosage_words, reaction_words

CHINESE, ENGLISH = Words("zh_CN"), Words("en")
MEDICINES = {medicine for problem in PROBLEMS for medicine in problem.medicines} | {
    medicine for cohort in cohorts() for case in cohort.outside for medicine in case.medicines
}
CODES = (
    {(SNOMED, problem.code) for problem in PROBLEMS}
    | {(SNOMED, code) for code, *_ in ALLERGIES}
    | {(SNOMED, kind.codings[0].code) for kind in VISITS}
    | {(SNOMED, cohort.visit[0]) for cohort in cohorts()}
    | {(SNOMED, ailment.code) for cohort in cohorts() for ailment in cohort.problems}
    | {(SNOMED, ill.code) for cohort in cohorts() for case in cohort.outside for ill in case.problems}
    | {(RXNORM, code) for code, *_ in MEDICINES}
)


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_of_the_demo_clinic_has_a_name_in_both_languages(code: tuple[str, str]) -> None:
    assert not (display(*code, CHINESE) or "").isascii()
    assert display(*code, ENGLISH)


@pytest.mark.parametrize("dosage", sorted({dosage for _, _, dosage in MEDICINES}))
def test_every_dose_of_the_demo_clinic_is_said_in_chinese(dosage: str) -> None:
    said = dosage_words(dosage, CHINESE)
    assert said.startswith(("口服", "吸入"))
    assert "by mouth" not in said and "micrograms" not in said
    assert dosage_words(dosage, ENGLISH) == dosage


def test_every_reaction_of_the_demo_clinic_is_said_in_chinese() -> None:
    for *_, reaction in ALLERGIES:
        assert not reaction_words(reaction, CHINESE).isascii()
        assert reaction_words(reaction, ENGLISH) == reaction
    assert reaction_words("anaphylaxis", ENGLISH) == "anaphylaxis"


def test_what_is_not_known_word_for_word_stays_as_it_was_recorded() -> None:
    for text in ("", "see the letter", "5 mg by mouth once daily, not with grapefruit", "half a tablet"):
        assert dosage_words(text, CHINESE) == text
    assert reaction_words("fell off a chair", CHINESE) == "fell off a chair"
