"""The conformance checks on a folder's files: what can be known without asking the assessor."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any, Final

from medapp.assess.attributes import ATTRIBUTES, FILLED_BY_PROGRAM
from medapp.assess.card import Card, Feature
from medapp.assess.conformance import NEEDED, Check, Finding, Subject
from medapp.assess.derivations import DERIVATIONS
from medapp.assess.folder import sha256_of
from medapp.assess.index import read_index, verify
from medapp.domain.datatypes import LocalText
from medapp.errors import KnownError
from medapp.i18n import N_

if TYPE_CHECKING:
    from medapp.runtime.session import Graph

MOST_CENTRES: Final = 100


def check_folder(subject: Subject) -> Iterator[Finding]:
    """The folder's name is the id, and it holds every file of a model folder."""
    if subject.folder is None:
        return
    if subject.folder.name != subject.assessor.card.id:
        yield Finding("check_folder", "card.toml", N_("the folder is not named as the id"))
    for name in NEEDED:
        if not (subject.folder / name).is_file():
            yield Finding("check_folder", name, N_("the file is missing"))


def check_hashes(subject: Subject) -> Iterator[Finding]:
    """The graph's bytes are those that the card names."""
    graph = subject.assessor.card.graph
    if subject.folder is None or graph is None:
        return
    path = subject.folder / graph.file
    if not path.is_file() or sha256_of(path) != graph.sha256:
        yield Finding("check_hashes", graph.file, N_("the sha256 is not the card's"))


def check_release(subject: Subject) -> Iterator[Finding]:
    """A folder that was released (an index beside it names it) has the released bytes."""
    if subject.folder is None:
        return
    release = read_index(subject.folder.parent).get(subject.folder.name)
    if release is not None:
        try:
            verify(subject.folder, release)
        except KnownError as error:
            yield Finding("check_release", str(error.fields.get("file", "")), error.message, error.fields)


def check_graph(subject: Subject) -> Iterator[Finding]:
    """The graph takes the card's features and gives the card's classes."""
    card = subject.assessor.card
    if subject.folder is None or card.graph is None or card.modality != "tabular":
        return
    from medapp.runtime.session import open_graph

    graph = open_graph(subject.folder / card.graph.file)
    names = [feature.name for feature in card.features]
    if json.loads(graph.metadata.get("medapp.features", "[]")) != names:
        yield Finding("check_graph", card.graph.file, N_("the graph's features are not the card's"))
    yield from _tensors(card, graph)
    for term in json.loads(graph.metadata.get("terms", "[]")):
        if not set(term) <= set(names):
            yield Finding("check_graph", card.graph.file, N_("a term names no feature of the card"))


def _tensors(card: Card, graph: Graph) -> Iterator[Finding]:
    where = card.graph.file if card.graph else ""
    inputs = [(t.name, t.type, t.shape[-1]) for t in graph.inputs]
    if inputs != [("x", "tensor(double)", len(card.features))]:
        yield Finding("check_graph", where, N_("the graph's input is not x, double [n, features]"))
    outputs = {t.name: t.shape[-1] for t in graph.outputs}
    answer, width = ("probability", len(card.output.classes)) if card.output.classes else ("value", 1)
    if outputs.get(answer) != width:
        yield Finding("check_graph", where, N_("the graph lacks the output {name}"), {"name": answer})
    for name in ("contributions", "base"):
        if card.explain.method in ("in_graph", "path") and name not in outputs:
            yield Finding("check_graph", where, N_("the graph lacks the output {name}"), {"name": name})


def check_terms(subject: Subject) -> Iterator[Finding]:
    """Names, codes and units are known; what the terminology lacks, the card says itself."""
    from medapp.terminology.variables import variables

    known = variables()
    for i, feature in enumerate(subject.assessor.card.features):
        where, variable = f"features[{i}]", known.get(feature.name)
        if variable is None and (feature.label is None or feature.kind is None):
            yield Finding(
                "check_terms",
                where,
                N_("{name} is no known variable and has no label and kind"),
                {"name": feature.name},
            )
        if feature.derive is not None and feature.derive not in DERIVATIONS:
            yield Finding(
                "check_terms", where, N_("there is no rule to derive {name}"), {"name": feature.derive}
            )
        if variable is not None and feature.unit not in (None, variable.unit):
            yield Finding(
                "check_terms",
                where,
                N_("the unit is not the canonical one of {name}"),
                {"name": feature.name},
            )
        yield from _mapping(feature, where, known)


def _mapping(feature: Feature, where: str, known: Mapping[str, Any]) -> Iterator[Finding]:
    for name, answers in feature.map_from.items():
        source = known.get(name)
        ids = [] if source is None else [choice.id for choice in source.choices]
        for key in answers:
            if not any(one == key or one.startswith(f"{key}_") for one in ids):
                yield Finding(
                    "check_terms", where, N_("{name} has no choice {choice}"), {"name": name, "choice": key}
                )


def check_unit_table(subject: Subject) -> Iterator[Finding]:
    """Every accepted unit of every input can be converted."""
    from medapp.terminology import units

    for spec in subject.specs.values():
        for unit in spec.accepted_units if spec.has_variable else ():
            try:
                units.conversion(spec.name, unit)
            except KnownError:
                yield Finding("check_unit_table", spec.name, N_("{unit} cannot be converted"), {"unit": unit})


def check_background(subject: Subject) -> Iterator[Finding]:
    """At most 100 centres, one column per feature, out-of-fold pairs in order."""
    path = None if subject.folder is None else subject.folder / "background.npz"
    if path is None or not path.is_file():
        return
    import numpy as np

    with np.load(path, allow_pickle=False) as arrays:
        found = {name: arrays[name] for name in arrays.files}
    width, centers = len(subject.assessor.card.features), found.get("centers")
    if centers is None or centers.ndim != 2 or centers.shape[1] != width or len(centers) > MOST_CENTRES:
        yield Finding("check_background", "centers", N_("not at most 100 centres of the card's features"))
    elif len(found.get("weights", ())) != len(centers) or abs(float(found["weights"].sum()) - 1.0) > 1e-6:
        yield Finding("check_background", "weights", N_("the weights do not sum to 1"))
    logits, outcomes = found.get("oof_logit"), found.get("oof_outcome")
    if (
        logits is None
        or outcomes is None
        or len(logits) != len(outcomes)
        or bool((np.diff(logits) < 0).any())
    ):
        yield Finding(
            "check_background", "oof_logit", N_("the out-of-fold pairs are missing or not in order")
        )


def check_metrics(subject: Subject) -> Iterator[Finding]:
    """Every metric has an interval that holds it; internal and external stand apart."""
    path = None if subject.folder is None else subject.folder / "metrics.json"
    if path is None or not path.is_file():
        return
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        yield Finding("check_metrics", "metrics.json", N_("the file could not be read"))
        return
    for name in ("internal", "external"):
        if name not in values:
            yield Finding("check_metrics", name, N_("internal and external must stand apart"))
    yield from _metrics(values, "")


def _metrics(node: Any, where: str) -> Iterator[Finding]:
    if isinstance(node, list):
        for i, item in enumerate(node):
            yield from _metrics(item, f"{where}[{i}]")
    if not isinstance(node, dict):
        return
    for key, item in node.items():
        path = f"{where}.{key}" if where else key
        if key == "metrics" and isinstance(item, dict):
            for name, metric in item.items():
                if not _has_interval(metric):
                    yield Finding("check_metrics", f"{path}.{name}", N_("the metric has no interval"))
        else:
            yield from _metrics(item, path)


def _has_interval(metric: Any) -> bool:
    if not isinstance(metric, dict) or not {"value", "low", "high"} <= metric.keys():
        return False
    value, low, high = metric["value"], metric["low"], metric["high"]
    return value is None or (low is not None and high is not None and low <= value <= high)


def check_sources(subject: Subject) -> Iterator[Finding]:
    """Data licence and citation, references, and all source attributes that ship with a model."""
    card = subject.assessor.card
    if card.kind != "model":
        return
    for key in ("citation", "licence", "n", "events", "dates"):
        if not card.data.get(key) and not (key == "events" and card.task == "regression"):
            yield Finding("check_sources", f"data.{key}", N_("the key is empty"))
    if not card.references:
        yield Finding("check_sources", "references", N_("the key is empty"))
    for name in ATTRIBUTES:
        text = card.attributes.get(name)
        if name not in FILLED_BY_PROGRAM and (text is None or not text.en.strip()):
            yield Finding("check_sources", f"attributes.{name}", N_("the key is empty"))
    for name in card.attributes:
        if name not in ATTRIBUTES:
            yield Finding("check_sources", f"attributes.{name}", N_("no such source attribute"))


def check_languages(subject: Subject) -> Iterator[Finding]:
    """Every text of the card is there in English and in Chinese."""
    yield from _languages(subject.assessor.card, "")


def _languages(node: Any, where: str) -> Iterator[Finding]:
    if isinstance(node, LocalText):
        if not node.en.strip() or not node.zh_CN.strip():
            yield Finding("check_languages", where, N_("a text lacks a language"))
    elif is_dataclass(node) and not isinstance(node, type):
        for item in fields(node):
            yield from _languages(getattr(node, item.name), f"{where}.{item.name}" if where else item.name)
    elif isinstance(node, tuple):
        for i, item in enumerate(node):
            yield from _languages(item, f"{where}[{i}]")
    elif isinstance(node, Mapping):
        for key, item in node.items():
            yield from _languages(item, f"{where}.{key}")


def check_advice(subject: Subject) -> Iterator[Finding]:
    """At least two next steps; operating points have distinct ids and lie on the outcome's scale."""
    card = subject.assessor.card
    if card.kind == "model" and len(card.next_steps) < 2:
        yield Finding("check_advice", "next_steps", N_("fewer than two next steps"))
    ids = [point.id for point in card.operating_points]
    if len(set(ids)) != len(ids):
        yield Finding("check_advice", "operating_points", N_("two operating points share an id"))
    for i, point in enumerate(card.operating_points):
        if card.output.classes and not 0.0 < point.value < 1.0:
            yield Finding("check_advice", f"operating_points[{i}].value", N_("not between 0 and 1"))
        if not set(point.classes) <= {c.id for c in card.output.classes}:
            yield Finding("check_advice", f"operating_points[{i}].classes", N_("no such class"))


FILE_CHECKS: Final[tuple[Check, ...]] = (
    check_folder,
    check_hashes,
    check_release,
    check_graph,
    check_terms,
    check_unit_table,
    check_background,
    check_metrics,
    check_sources,
    check_languages,
    check_advice,
)
