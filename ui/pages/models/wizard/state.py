"""What was decided so far; every step reads and writes this one noun."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from medapp.errors import KnownError
from medapp.services.own_models import Checked, ColumnSeen, Kept, Preview, TableOptions, Target


@dataclass
class Decisions:
    """Decisions about one table. Nothing is decided for anybody: the outcome begins empty.

    `checked` and `kept` are results; they hold only for the options they were made under.
    """

    preview: Preview | None = None
    target: str = ""
    lead: str = ""
    group: str = ""
    dropped: set[str] = field(default_factory=set)
    kept_all_the_same: set[str] = field(default_factory=set)
    zeros: set[str] = field(default_factory=set)
    units: dict[str, str] = field(default_factory=dict)
    left_algorithms: set[str] = field(default_factory=set)
    added_algorithms: set[str] = field(default_factory=set)
    name: str = ""
    checked: Checked | None = None
    kept: Kept | None = None

    @property
    def path(self) -> Path:
        assert self.preview is not None
        return self.preview.path

    def take(self, preview: Preview) -> None:
        """Another table: what was decided about the one before is gone."""
        self.__init__()  # type: ignore[misc]
        self.preview = preview

    def options(self) -> TableOptions:
        """The decisions as the pipeline takes them, all algorithms yet."""
        assert self.preview is not None
        return TableOptions(
            self.target,
            lead=self.lead or None,
            units={name: unit for name, unit in self.units.items() if unit and name not in self.dropped},
            keep=frozenset(self.kept_all_the_same),
            drop=frozenset(self.dropped),
            keep_zeros=frozenset(self.zeros),
            group=self.group or None,
            has_header=self.preview.has_header,
        )

    @property
    def is_checked(self) -> bool:
        """Whether the report holds for what is decided now."""
        return self.checked is not None and self.checked.options == self.options()

    @property
    def outcome(self) -> Target | None:
        """What the chosen outcome is; None while none is chosen."""
        if self.preview is None or not self.target:
            return None
        found = self.preview.column(self.target).target
        return None if isinstance(found, KnownError) else found

    def set_target(self, name: str) -> None:
        """Choose the outcome; its case is proposed only where the table itself says which answer it is."""
        self.target, self.lead = name, ""
        self.dropped.discard(name)
        outcome = self.outcome
        if outcome is not None and not outcome.is_quantity and outcome.is_lead_known:
            self.lead = outcome.answers[0][0]

    def toggle(self, name: str) -> None:
        """Leave a column out, or use it again."""
        if name != self.target:
            self.dropped.symmetric_difference_update({name})

    @property
    def inputs(self) -> tuple[ColumnSeen, ...]:
        """The columns that nobody left out, without the outcome and the one that tells whose row it is."""
        assert self.preview is not None
        away = self.dropped | {self.target, self.group}
        return tuple(column for column in self.preview.columns if column.name not in away)
