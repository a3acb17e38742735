"""Problems and substances are found as a doctor types them, and come with their codes."""

from __future__ import annotations

import tomllib

import pytest

from medapp import paths
from medapp.i18n import Words
from medapp.terminology import terms
from medapp.terminology.systems import ATC, ICD10, SNOMED
from medapp.terminology.terms import ALLERGENS, PROBLEMS, SUBSTANCES


@pytest.mark.parametrize(
    ("kind", "typed", "found"),
    [
        (PROBLEMS, "af", "Atrial fibrillation"),
        (PROBLEMS, "fibr atri", "Atrial fibrillation"),
        (PROBLEMS, "xfcd", "Atrial fibrillation"),
        (PROBLEMS, "xin fang chan", "Atrial fibrillation"),
        (PROBLEMS, "颤动", "Atrial fibrillation"),
        (PROBLEMS, "2型糖尿病", "Type 2 diabetes mellitus"),
        (PROBLEMS, "n18.3", "Chronic kidney disease stage 3"),
        (PROBLEMS, "ANEMIA", "Anaemia"),
        (SUBSTANCES, "aspirin", "Acetylsalicylic acid"),
        (SUBSTANCES, "ejsg", "Metformin"),
        (SUBSTANCES, "b01aa03", "Warfarin"),
        (ALLERGENS, "penicillin", "Penicillins"),
        (ALLERGENS, "peanut", "Peanut allergy"),
        (ALLERGENS, "warf", "Warfarin"),
    ],
)
def test_a_term_is_found_by_words_abbreviations_code_and_pinyin(kind: str, typed: str, found: str) -> None:
    assert terms.search(kind, typed)[0].title.en == found


@pytest.mark.parametrize("typed", ["", " ", "-", "zzzz", "阿阿阿"])
def test_what_fits_nothing_finds_nothing(typed: str) -> None:
    assert terms.search(PROBLEMS, typed) == []


def test_no_more_terms_are_listed_than_asked_for() -> None:
    assert len(terms.search(PROBLEMS, "a", 5)) == 5


def test_a_chosen_problem_has_every_code_that_models_ask_for() -> None:
    concept = terms.search(PROBLEMS, "atrial fib")[0].concept
    assert {(one.system, one.code) for one in concept.codings} == {(SNOMED, "49436004"), (ICD10, "I48")}
    assert concept.label == "Atrial fibrillation"


def test_a_substance_has_all_of_its_atc_codes_and_that_of_the_tablet_first() -> None:
    term = terms.exactly(SUBSTANCES, "ACETYLSALICYLIC acid")
    assert term is not None
    assert {one.system for one in term.codings} == {ATC}
    assert (term.code, len(term.codings)) == ("B01AC06", 3)


def test_a_name_is_said_in_the_readers_language_only_where_it_stands_word_for_word() -> None:
    assert terms.named("atrial fibrillation", Words("zh_CN")) == "心房颤动"
    assert terms.named("心房颤动", Words("en")) == "Atrial fibrillation"
    assert terms.named("Atrial fibrillation, since the operation", Words("zh_CN")) is None


def test_no_denial_can_be_chosen_as_an_allergen() -> None:
    assert not any("known" in term.title.en.lower() for term in terms.terms(ALLERGENS))


def test_every_name_of_our_own_stands_in_the_compiled_table() -> None:
    folder = paths.knowledge_dir() / "terms"
    own = tomllib.loads((folder / "problems.toml").read_text("utf-8"))["problems"]
    classes = tomllib.loads((folder / "allergens.toml").read_text("utf-8"))["classes"]
    assert set(own) <= {term.title.en for term in terms.terms(PROBLEMS)}
    assert set(classes) <= {term.title.en for term in terms.terms(ALLERGENS)}


def test_no_name_stands_twice_and_every_code_has_a_system() -> None:
    for kind in (PROBLEMS, SUBSTANCES):
        names = [term.title.en.lower() for term in terms.terms(kind)]
        assert len(names) == len(set(names))
        assert all(coding.system.startswith("http") for t in terms.terms(kind) for coding in t.codings)
