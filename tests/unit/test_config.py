"""Settings survive a restart and never keep a doctor out."""

from __future__ import annotations

from pathlib import Path

import pytest

from medapp import config


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.json"
    settings = config.Settings(theme="dark", language="zh_CN", zoom=150, density="compact", last_store="诊所")
    config.save(settings, path)
    assert config.load(path) == settings
    assert [item.name for item in path.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '"text"', "\x00"])
def test_a_damaged_file_gives_the_defaults(tmp_path: Path, content: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(content, "utf-8")
    assert config.load(path) == config.Settings()


def test_an_absent_file_gives_the_defaults(tmp_path: Path) -> None:
    assert config.load(tmp_path / "none.json") == config.Settings()


def test_only_the_value_that_does_not_fit_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"theme":"pink","zoom":true,"density":"compact","later":1,"language":[]}', "utf-8")
    assert config.load(path) == config.Settings(density="compact")


def test_the_place_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDAPP_SETTINGS", str(tmp_path / "mine.json"))
    config.save(config.Settings(zoom=120))
    assert config.load().zoom == 120
