"""The card of an assessor: what it needs, what it answers, and for whom.

`read_card` turns `card.toml` into frozen nouns and complains by key. It knows
nothing of the terminology: what a feature leaves out (label, unit, ranges) is
filled from its variable by `medapp.assess.inputs`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from medapp.assess.errors import CardUnreadable, ModelIncomplete
from medapp.assess.keys import Keys
from medapp.domain.datatypes import Coding, LocalText

CARD_FILE: Final = "card.toml"
KINDS: Final = ("model", "score", "check", "recommender", "forecast")
TASKS: Final = ("classification", "survival", "regression")
METHODS: Final = ("none", "in_graph", "path", "shapley")
SETTINGS: Final = ("clinic", "hospital", "teaching", "research")
VALUE_KINDS: Final = ("number", "integer", "boolean", "choice", "date")
SYSTEMS: Final[Mapping[str, tuple[str, ...]]] = {
    "loinc": ("http://loinc.org",),
    "snomed": ("http://snomed.info/sct",),
    "rxnorm": ("http://www.nlm.nih.gov/research/umls/rxnorm",),
    "icd10": ("http://hl7.org/fhir/sid/icd-10", "http://hl7.org/fhir/sid/icd-10-cm"),
    "icd10cm": ("http://hl7.org/fhir/sid/icd-10-cm",),
    "atc": ("http://www.whocc.no/atc",),
    "variable": ("urn:medapp:variable",),
}
"""Short names that a card may use instead of a FHIR URI."""


@dataclass(frozen=True, slots=True)
class CodeMatch:
    """A code, or all codes that begin with `prefix`, of one or more systems."""

    systems: tuple[str, ...]
    code: str | None = None
    prefix: str | None = None

    def matches(self, coding: Coding) -> bool:
        if coding.system not in self.systems:
            return False
        code = coding.code
        if self.prefix is not None:
            return code.replace(".", "").startswith(self.prefix.replace(".", ""))
        return code == self.code


@dataclass(frozen=True, slots=True)
class Feature:
    """One column of the graph's input; None means: as the variable `name` says.

    `valid` is the population the model was built on (outside: out of scope),
    `plausible` flags, `possible` refuses. `missing` is refuse or impute, the
    latter inside the graph; `impute_value` documents what the graph puts there
    (canonical unit), None when the graph treats unknown as a value of its own.
    `map_from` takes another variable's choice for this value. `only_for` names the
    sex that is asked; nobody else is told that the answer is missing. `titles` name choices that are no
    variable's, `synonyms` other words for them, `default` is what is taken where nobody chose.
    """

    name: str
    required: bool
    missing: str
    label: LocalText | None = None
    kind: str | None = None
    unit: str | None = None
    codes: tuple[Coding, ...] = ()
    impute_value: float | None = None
    derive: str | None = None
    look_back_days: int | None = None
    expires: bool = False
    valid: tuple[float, float] | None = None
    plausible: tuple[float, float] | None = None
    possible: tuple[float, float] | None = None
    choices: tuple[str, ...] = ()
    titles: Mapping[str, LocalText] = field(default_factory=dict)
    synonyms: Mapping[str, str] = field(default_factory=dict)
    default: str | None = None
    yes_codes: tuple[CodeMatch, ...] = ()
    no_codes: tuple[CodeMatch, ...] = ()
    active_only: bool = False
    map_from: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    changeable: bool = False
    only_for: str | None = None
    note: LocalText | None = None

    @property
    def condition(self) -> bool | None:
        """The one answer a number may stand under while an optional question is open; else None."""
        if self.required or self.valid not in ((0.0, 0.0), (1.0, 1.0)):
            return None
        return self.valid == (1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Something that, when found, puts the patient out of scope."""

    id: str
    title: LocalText
    input: str | None
    codes: tuple[CodeMatch, ...] = ()
    only_for: str | None = None
    active_only: bool = False


@dataclass(frozen=True, slots=True)
class OutputClass:
    """One class of the outcome with its ICD-10 codes."""

    id: str
    title: LocalText
    icd10: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutputSpec:
    """What is answered. `have` completes "about 34 {have} and 66 do not".

    `unit` belongs to a quantity (UCUM); `horizon_days` to a prognosis.
    """

    name: LocalText
    have: LocalText | None
    lead_class: str | None
    calibrated: bool
    classes: tuple[OutputClass, ...] = ()
    unit: str | None = None
    decimals: int = 1
    horizon_days: int | None = None

    @property
    def type(self) -> str:
        """probability (two classes), class (more) or quantity (none)."""
        if not self.classes:
            return "quantity"
        return "probability" if len(self.classes) == 2 else "class"

    @property
    def lead_index(self) -> int:
        """Column of the lead class in the graph's `probability`."""
        return next((i for i, c in enumerate(self.classes) if c.id == self.lead_class), 0)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measured number with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """A threshold on the outcome's scale; `purpose` says what one would do above it.

    `classes` are those whose probabilities are added up for it; none: the lead class.
    """

    id: str
    value: float
    title: LocalText
    purpose: LocalText
    sensitivity: Estimate | None = None
    specificity: Estimate | None = None
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explain:
    """How contributions are had.

    `permutations` concerns shapley only: how many orders of the inputs are scored,
    None for one and its reverse at every background centre.
    """

    method: str = "none"
    permutations: int | None = None


@dataclass(frozen=True, slots=True)
class IntervalSpec:
    """The level of the interval, how it is made, and what it was measured to cover."""

    level: float = 0.8
    method: str = "beta_nearest_64"
    measured_coverage: float | None = None


@dataclass(frozen=True, slots=True)
class GraphSpec:
    """The ONNX file and the hash that pins it."""

    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Card:
    """Everything a reader must know before believing an assessor."""

    id: str
    version: str
    kind: str
    title: LocalText
    summary: LocalText
    setting: str
    modality: str
    task: str
    algorithm: str
    temporality: str
    reviewed_by: str
    intended_use: LocalText
    population: LocalText
    users: LocalText
    output: OutputSpec
    out_of_scope: tuple[LocalText, ...] = ()
    cautions: tuple[LocalText, ...] = ()
    next_steps: tuple[LocalText, ...] = ()
    references: tuple[str, ...] = ()
    operating_points: tuple[OperatingPoint, ...] = ()
    features: tuple[Feature, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    explain: Explain = field(default_factory=Explain)
    interval: IntervalSpec = field(default_factory=IntervalSpec)
    refuse_below_typicality: float | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    graph: GraphSpec | None = None
    attributes: Mapping[str, LocalText] = field(default_factory=dict)

    @property
    def is_prognosis(self) -> bool:
        return self.temporality == "prognosis"


def read_card(folder: Path) -> Card:
    """The card of a model folder.

    Raises ModelIncomplete, CardUnreadable, or the Card* error that names the key.
    """
    path = folder / CARD_FILE
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelIncomplete(model=folder.name, file=CARD_FILE) from error
    return parse_card(data, folder.name)


def parse_card(data: bytes, name: str) -> Card:
    """The card in the bytes of a `card.toml`; `name` is used in complaints."""
    try:
        values = tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise CardUnreadable(model=name, line=data[: error.start].count(b"\n") + 1) from error
    except tomllib.TOMLDecodeError as error:
        raise CardUnreadable(model=name, line=str(error).rpartition("line ")[2].rstrip(")")) from error
    return _card(Keys(name, values))


def _card(keys: Keys) -> Card:
    if keys.number("schema") != 1:
        raise keys.wrong("schema", "1")
    task = keys.one_of("task", TASKS)
    card = Card(
        id=keys.text("id"),
        version=keys.text("version"),
        kind=keys.one_of("kind", KINDS, "model"),
        title=keys.local("title"),
        summary=keys.local("summary"),
        setting=keys.one_of("setting", SETTINGS),
        modality=keys.text("modality"),
        task=task,
        algorithm=keys.text("algorithm"),
        temporality=keys.one_of("temporality", ("diagnosis", "prognosis")),
        reviewed_by=keys.text("reviewed_by", ""),
        intended_use=keys.local("intended_use"),
        population=keys.local("population"),
        users=keys.local("users"),
        output=_output(keys.table("output"), task),
        out_of_scope=keys.locals("out_of_scope"),
        cautions=keys.locals("cautions"),
        next_steps=keys.locals("next_steps"),
        references=keys.strings("references"),
        operating_points=tuple(_operating_point(t) for t in keys.tables("operating_points")),
        features=tuple(_feature(t) for t in keys.tables("features")),
        exclusions=tuple(_exclusion(t) for t in keys.tables("exclusions")),
        explain=_explain(keys.table("explain", required=False)),
        interval=_interval(keys.table("interval", required=False)),
        refuse_below_typicality=keys.optional_number("refuse_below_typicality"),
        data=keys.table("data").plain(),
        graph=_graph(keys.table("graph")) if keys.has("graph") else None,
        attributes=_attributes(keys.table("attributes", required=False)),
    )
    keys.close()
    return card


def _output(keys: Keys, task: str) -> OutputSpec:
    classes = []
    for table in keys.tables("classes"):
        classes.append(OutputClass(table.text("id"), table.local("title"), table.strings("icd10")))
        table.close()
    has_classes = task != "regression"
    if has_classes != (len(classes) >= 2):
        raise keys.wrong("classes", "two or more classes" if has_classes else "no classes")
    output = OutputSpec(
        name=keys.local("name"),
        have=keys.local("have") if has_classes else keys.optional_local("have"),
        lead_class=keys.one_of("lead_class", [c.id for c in classes]) if has_classes else None,
        calibrated=keys.flag("calibrated"),
        classes=tuple(classes),
        unit=keys.optional_text("unit") if has_classes else keys.text("unit"),
        decimals=keys.optional_whole("decimals") or 0 if keys.has("decimals") else 1,
        horizon_days=keys.optional_whole("horizon_days"),
    )
    keys.close()
    return output


def _operating_point(keys: Keys) -> OperatingPoint:
    point = OperatingPoint(
        keys.text("id"),
        keys.number("value"),
        keys.local("title"),
        keys.local("purpose"),
        _estimate(keys, "sensitivity"),
        _estimate(keys, "specificity"),
        keys.strings("classes"),
    )
    keys.close()
    return point


def _estimate(keys: Keys, key: str) -> Estimate | None:
    if not keys.has(key):
        return None
    table = keys.table(key)
    estimate = Estimate(table.number("value"), table.number("low"), table.number("high"))
    table.close()
    return estimate


def _feature(keys: Keys) -> Feature:
    required = keys.flag("required")
    feature = Feature(
        name=keys.text("name"),
        required=required,
        missing=keys.one_of("missing", ("refuse", "impute"), "refuse" if required else "impute"),
        label=keys.optional_local("label"),
        kind=keys.one_of("kind", VALUE_KINDS) if keys.has("kind") else None,
        unit=keys.optional_text("unit"),
        codes=tuple(Coding(m.systems[0], m.code or "") for m in _codes(keys, "codes", prefix=False)),
        impute_value=keys.optional_number("impute_value"),
        derive=keys.optional_text("derive"),
        look_back_days=keys.optional_whole("look_back_days"),
        expires=keys.flag("expires"),
        valid=keys.pair("valid"),
        plausible=keys.pair("plausible"),
        possible=keys.pair("possible"),
        choices=keys.strings("choices"),
        yes_codes=_codes(keys, "yes_codes"),
        no_codes=_codes(keys, "no_codes"),
        active_only=keys.flag("active_only"),
        map_from=_map_from(keys),
        changeable=keys.flag("changeable"),
        only_for=_only_for(keys),
        note=keys.optional_local("note"),
    )
    if feature.required and feature.missing != "refuse":
        raise keys.wrong("missing", "refuse (the feature is required)")
    keys.close()
    return feature


def _codes(keys: Keys, key: str, *, prefix: bool = True) -> tuple[CodeMatch, ...]:
    matches = []
    for table in keys.tables(key):
        system = table.text("system")
        systems = SYSTEMS.get(system, (system,))
        if "://" not in systems[0] and not systems[0].startswith("urn:"):
            raise table.wrong("system", " | ".join(SYSTEMS))
        starts = table.optional_text("prefix") if prefix else None
        matches.append(CodeMatch(systems, None if starts is not None else table.text("code"), starts))
        table.optional_text("display")
        table.close()
    return tuple(matches)


def _map_from(keys: Keys) -> dict[str, dict[str, str]]:
    outer = keys.table("map_from", required=False)
    mapped = {}
    for variable in outer.names():
        inner = outer.table(variable)
        mapped[variable] = {choice: inner.text(choice) for choice in inner.names()}
    return mapped


def _exclusion(keys: Keys) -> Exclusion:
    exclusion = Exclusion(
        keys.text("id"),
        keys.local("title"),
        keys.optional_text("input"),
        _codes(keys, "codes"),
        _only_for(keys),
        keys.flag("active_only"),
    )
    keys.close()
    return exclusion


def _only_for(keys: Keys) -> str | None:
    return keys.one_of("only_for", ("female", "male")) if keys.has("only_for") else None


def _explain(keys: Keys) -> Explain:
    explain = Explain(keys.one_of("method", METHODS, "none"), keys.optional_whole("permutations"))
    keys.close()
    return explain


def _interval(keys: Keys) -> IntervalSpec:
    level = keys.optional_number("level")
    spec = IntervalSpec(
        0.8 if level is None else level,
        keys.text("method", "beta_nearest_64"),
        keys.optional_number("measured_coverage"),
    )
    if not 0.0 < spec.level < 1.0:
        raise keys.wrong("level", "between 0 and 1")
    keys.close()
    return spec


def _graph(keys: Keys) -> GraphSpec:
    graph = GraphSpec(keys.text("file"), keys.text("sha256"))
    if "/" in graph.file or "\\" in graph.file or graph.file.startswith("."):
        raise keys.wrong("file", "a file name in the folder")
    keys.close()
    return graph


def _attributes(keys: Keys) -> dict[str, LocalText]:
    return {name: keys.local(name) for name in keys.names()}
