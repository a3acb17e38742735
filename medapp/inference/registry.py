"""The registry of this program: model folders made into assessors."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from medapp.assess.assessor import Assessor
from medapp.assess.card import Card, read_card
from medapp.assess.registry import BuiltIn, Registry

if TYPE_CHECKING:
    from medapp.assess.conformance import Finding


def load_registry(
    models_dir: Path,
    local_dir: Path | None = None,
    publishers: Mapping[str, bytes] | None = None,
    *,
    built_in: BuiltIn = dict,
) -> Registry:
    """Bundled models and those from outside; nothing is read before the first question."""
    return Registry.load(models_dir, local_dir, build=build, publishers=publishers, built_in=built_in)


def build(folder: Path, card: Card) -> Assessor:
    """The assessor of a folder; numpy and onnxruntime come in here, after the first paint."""
    from medapp.inference.model import ModelAssessor

    return ModelAssessor(folder, card)


def open_folder(folder: Path) -> Assessor:
    """The assessor of any folder, whatever the registry thinks of it. Raises the Card* errors."""
    return build(folder, read_card(folder))


def check_folder(folder: Path) -> list[Finding]:
    """Everything that `medapp model check DIR` finds, empty when the folder conforms.

    Raises the Card* errors for a card that cannot be read.
    """
    from medapp.assess.conformance import Subject, check

    card = read_card(folder)
    return check(Subject(build(folder, card), folder))
