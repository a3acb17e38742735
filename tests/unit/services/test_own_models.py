"""From the clinic's own table to a draft: looked at, checked, trained aside, kept by whoever may."""

from __future__ import annotations

from pathlib import Path

import pytest

from medapp.errors import KnownError
from medapp.security.errors import NotPermitted
from medapp.security.roles import Role
from medapp.services import accounts, models, own_models
from medapp.services.own_models import TableOptions, Target
from medapp.services.session import Session, open_clinic
from medapp.training.own_table.errors import HeaderMissing, TrainingCancelled
from tests.unit.services.test_models import MODEL, clinic  # noqa: F401 - fixture
from tests.unit.training.own_table.tables import illness, lines_of, write

DAY = "2026-11-20"
KEEPER, SECRET = "keeper", "keeper keeps 22 books"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    columns = illness(200)
    columns["days_to_death"] = [str(n + 1) for n in range(200)]
    return write(tmp_path / "ward.csv", lines_of(columns))


def test_a_look_tells_kind_values_and_what_a_name_says_against_a_column(table: Path) -> None:
    preview = own_models.look(table)
    assert preview.rows == 200
    assert {c.name: c.kind for c in preview.columns} == {
        "age": "integer", "sex": "choice", "marker": "number", "smoking": "choice", "ill": "boolean",
        "days_to_death": "integer",
    }
    assert preview.column("days_to_death").notice == "later"
    assert preview.column("age").units and not preview.column("marker").units


def test_of_each_column_it_is_known_before_choosing_whether_it_can_be_predicted(tmp_path: Path) -> None:
    columns = illness(200) | {"empty": [""] * 200}
    preview = own_models.look(write(tmp_path / "t.csv", lines_of(columns)))
    ill, smoking, empty = (preview.column(name).target for name in ("ill", "smoking", "empty"))
    assert isinstance(ill, Target) and ill.answers[0][0] == "yes" and ill.is_lead_known
    assert isinstance(smoking, Target) and not smoking.is_lead_known
    assert isinstance(empty, KnownError) and empty.code == "target_empty"


def test_the_cells_of_a_column_that_names_people_are_not_shown(tmp_path: Path) -> None:
    columns = illness(200) | {"surname": [f"Name{n}" for n in range(200)]}
    column = own_models.look(write(tmp_path / "t.csv", lines_of(columns))).column("surname")
    assert (column.notice, column.examples) == ("person", ())


def test_a_table_without_names_is_refused_and_read_as_data_on_request(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", lines_of(illness(200))[1:])
    with pytest.raises(HeaderMissing):
        own_models.look(path)
    assert own_models.look(path, has_header=False).columns[0].name == "column_1"


def test_a_check_asks_for_units_and_leaves_out_what_is_known_only_later(table: Path) -> None:
    checked = own_models.check(table, TableOptions("ill"))
    assert "days_to_death" not in checked.inputs
    assert [asked.column for asked in checked.unstated] == ["age"]
    stated = own_models.check(table, TableOptions("ill", units={"age": checked.unstated[0].accepted[0]}))
    assert stated.unstated == ()
    assert "days_to_death" in own_models.check(
        table, TableOptions("ill", keep=frozenset({"days_to_death"}))
    ).inputs


def test_what_was_trained_aside_is_in_no_store_until_it_is_kept(clinic: Session, table: Path) -> None:  # noqa: F811
    options = TableOptions("ill", id=MODEL, algorithms=("decision_tree",))
    told: list[str] = []
    aside = own_models.train_aside(table, options, DAY, progress=lambda stage, _: told.append(stage))
    assert not models.folder_of(clinic.directory).exists()
    assert {"table", "decision_tree", "final fit", "figures", "done"} <= set(told)
    kept = own_models.keep(clinic, aside)
    assert kept.report["state"] == "draft" and kept.report["comparison"][0]["metrics"]["auroc"]["low"] > 0
    assert models.draft_record(clinic, MODEL).approved is None
    assert not Path(aside.place.name).exists()


def test_a_cancelled_training_leaves_nothing(table: Path) -> None:
    with pytest.raises(TrainingCancelled):
        own_models.train_aside(table, TableOptions("ill"), DAY, cancelled=lambda: True)


def test_an_administrator_alone_trains_nothing(clinic: Session, table: Path) -> None:  # noqa: F811
    accounts.add_user(clinic, KEEPER, SECRET, roles=[Role.ADMINISTRATOR])
    assert own_models.may_train(clinic)
    folder = clinic.directory
    clinic.close()
    with open_clinic(folder, KEEPER, SECRET, clock=clinic.clock) as keeper:
        assert not own_models.may_train(keeper)
        with pytest.raises(NotPermitted):
            own_models.train_from_table(keeper, table, TableOptions("ill", id=MODEL))
