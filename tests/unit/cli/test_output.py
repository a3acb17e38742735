"""Documents are JSON that every parser takes; tables keep their columns in both scripts."""

from __future__ import annotations

import json

import pytest

from medapp.cli.errors import FileUnreadable
from medapp.cli.output import failure, plain, width, write_document, write_line, write_table
from medapp.i18n import Words


def test_what_is_no_number_becomes_null(capsys: pytest.CaptureFixture[str]) -> None:
    write_line({"a": float("nan"), "b": [float("inf"), 1.5], "c": {"d": (1, None)}})
    assert json.loads(capsys.readouterr().out) == {"a": None, "b": [None, 1.5], "c": {"d": [1, None]}}


def test_numbers_are_not_rounded() -> None:
    assert plain({"p": 0.1 + 0.2}) == {"p": 0.30000000000000004}


def test_a_document_keeps_ideographs(capsys: pytest.CaptureFixture[str]) -> None:
    write_document({"name": "林美华"})
    assert "林美华" in capsys.readouterr().out


def test_a_failure_is_told_in_the_readers_language() -> None:
    error = FileUnreadable(path="x.json", why="gone")
    assert failure(error, Words("en"))["error"]["message"] == "x.json cannot be read: gone."
    assert "无法读取" in failure(error, Words("zh_CN"))["error"]["message"]


def test_an_ideograph_takes_two_columns() -> None:
    assert width("林a") == 3


def test_columns_stand_under_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    write_table(("Name", "Born"), [("王小明", "1980"), ("Li", "1979")])
    lines = capsys.readouterr().out.splitlines()
    places = [width(line[: line.index("19")]) for line in lines[1:]]
    assert places[0] == places[1]
