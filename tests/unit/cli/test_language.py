"""The language is known before the arguments are parsed."""

from __future__ import annotations

import pytest

from medapp.cli.language import language_of


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MEDAPP_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], "en"),
        (["search", "--lang", "zh_CN"], "zh_CN"),
        (["search", "--lang=zh_CN"], "zh_CN"),
        (["search", "--lang", "xx"], "en"),
        (["search", "--lang"], "en"),
    ],
)
def test_the_option_decides(arguments: list[str], expected: str) -> None:
    assert language_of(arguments) == expected


@pytest.mark.parametrize(
    ("terminal", "expected"), [("zh_CN.UTF-8", "zh_CN"), ("de_DE.UTF-8", "en"), ("C", "en")]
)
def test_else_the_terminal_does(monkeypatch: pytest.MonkeyPatch, terminal: str, expected: str) -> None:
    monkeypatch.setenv("LANG", terminal)
    assert language_of(["search"]) == expected


def test_the_environment_comes_before_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    monkeypatch.setenv("MEDAPP_LANG", "en")
    assert language_of([]) == "en"
