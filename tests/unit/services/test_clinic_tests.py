"""What it takes to learn an input: the program's table, or the clinic's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from medapp import paths
from medapp.assess.card import read_card
from medapp.assess.index import model_folders
from medapp.services.clinic_tests import FILE, TestsUnreadable, clinic_tests_of, read_tests
from medapp.terminology.variables import variables
from tests.clinics import make_clinic

SHIPPED = paths.knowledge_dir() / FILE
OWN = """
schema = 1
currency = "€"
[[tests]]
title = ["HbA1c", "糖化血红蛋白"]
inputs = ["hba1c", "something_of_ours"]
cost = 12.5
here = false
"""


def test_every_optional_input_of_a_bundled_model_has_its_test() -> None:
    known = read_tests(SHIPPED)
    cards = [read_card(folder) for folder in model_folders(paths.models_dir())]
    optional = {f.name for card in cards for f in card.features if not f.required and f.name in variables()}
    assert optional <= set(known) | {"age", "sex"}
    assert all(test.title.zh_CN != test.title.en or test.title.en.isupper() or "BNP" in test.title.en
               for test in known.values())  # fmt: skip


def test_the_programs_table_holds_until_the_clinic_writes_its_own(tmp_path: Path) -> None:
    with make_clinic(tmp_path / "clinic") as session:
        shipped = clinic_tests_of(session)
        assert shipped.problem is None
        assert shipped.by_input["hba1c"].minutes == 40
        (session.directory / FILE).write_text(OWN, "utf-8")
        own = clinic_tests_of(session)
        test = own.by_input["something_of_ours"]
        assert own.problem is None and set(own.by_input) == {"hba1c", "something_of_ours"}
        assert (test.minutes, test.cost, test.is_here, test.currency) == (None, 12.5, False, "€")


@pytest.mark.parametrize(
    "text",
    [
        "not toml at all [",
        "schema = 2\ntests = []",
        "schema = 1\ntests = 3",
        'schema = 1\n[[tests]]\ntitle = ["only one"]\ninputs = []\nhere = true',
        'schema = 1\n[[tests]]\ntitle = ["a", "b"]\ninputs = ["x"]\nhere = "yes"',
        'schema = 1\n[[tests]]\ntitle = ["a", "b"]\ninputs = ["x"]\nhere = true\nminutes = -5',
        'schema = 1\n[[tests]]\ntitle = ["a", "b"]\ninputs = ["x"]\nhere = true\nprice = 5',
    ],
)
def test_a_broken_table_is_told_and_the_programs_is_used(tmp_path: Path, text: str) -> None:
    with make_clinic(tmp_path / "clinic") as session:
        (session.directory / FILE).write_text(text, "utf-8")
        found = clinic_tests_of(session)
        assert isinstance(found.problem, TestsUnreadable)
        assert found.by_input == read_tests(SHIPPED)
