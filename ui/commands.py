"""What can be done by name: pages and tabs that implement `commands()` are found by Ctrl K and `?`.

    def commands(self) -> Sequence[Command]:
        return (Command(N_("Copy picture"), self.copy_png, "copy", "Ctrl C"),)

Asked again each time, so that a command exists only while it can be done.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class Command:
    """Something to do by name; `keys` is its shortcut as shown."""

    title: str
    act: Callable[[], object]
    icon: str = "chevron-right"
    keys: str = ""
    is_plain: bool = False  # a name rather than a message id
    also: Sequence[str] = ()
    """Other names that it is found by."""


@runtime_checkable
class HasCommands(Protocol):
    """A page or a tab of the patient that can be told what to do."""

    def commands(self) -> Sequence[Command]:
        """What can be done here and now, the most usual first."""
        ...


def commands_of(widget: object) -> Sequence[Command]:
    """The commands of a page; none where it has none."""
    return widget.commands() if isinstance(widget, HasCommands) else ()
