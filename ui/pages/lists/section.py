"""What a list says and how it is written, without a widget: pure functions over the facts."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Final

from medapp.domain.clinical import Denial, Subject
from medapp.i18n import Words
from medapp.services import denials
from ui.format import format_date
from ui.itemmodels.entry_list import EntryLine
from ui.pages.patient_facts import Facts

if TYPE_CHECKING:
    from medapp.assess.inputs import InputSpec
    from medapp.services.session import Session
    from ui.forms.entry_fields import Rule


DRAFT: Final = "list-"
"""What the kinds of these drafts begin with; the plan's key follows."""


@dataclass(frozen=True, slots=True)
class FormPlan:
    """One form: its fields and what writes them. `title`, `commit` (with {name}) and `done` are message ids.

    `key` tells drafts apart; `about` is the entry in words, said above the form.
    """

    key: str
    title: str
    commit: str
    done: str
    fields: tuple[InputSpec, ...]
    write: Callable[[Session, Mapping[str, Any]], Any]
    values: Mapping[str, Any] = field(default_factory=dict)
    rule: Rule | None = None
    about: Callable[[Words], str] | None = None
    item: int = 0


class Section(ABC):
    """One list. Texts are message ids."""

    name: ClassVar[str]
    subject: ClassVar[Subject]
    icon: ClassVar[str]
    title: ClassVar[str]
    add: ClassVar[str]
    end: ClassVar[str] = ""
    """What ends an entry; empty where nothing does."""
    not_asked: ClassVar[str]
    none_current: ClassVar[str]
    """Some are past or refuted, none stands, and nobody said that there are none."""
    none_known: ClassVar[str]
    """With {date}; who said it follows as a line of its own."""
    denied: ClassVar[str]
    """Told when it is written."""
    withdrawn: ClassVar[str]

    @abstractmethod
    def lines(self, facts: Facts, words: Words) -> list[EntryLine]:
        """Every entry, past ones too, in the order of their groups."""

    @abstractmethod
    def has_current(self, facts: Facts) -> bool:
        """Whether an entry stands."""

    @abstractmethod
    def add_plan(self, facts: Facts) -> FormPlan:
        """The form of a new entry."""

    @abstractmethod
    def change_plan(self, facts: Facts, item: int) -> FormPlan | None:
        """The form of an entry; None when it is not in the record any more."""

    def end_plan(self, facts: Facts, item: int) -> FormPlan | None:
        """The form that ends an entry; None where it cannot be ended."""
        del facts, item
        return None

    @abstractmethod
    def withdraw(self, session: Session, item: int) -> Any:
        """Mark an entry as entered in error."""

    def confirm_none(self, session: Session, facts: Facts) -> Any:
        """Enter that none are known."""
        return denials.confirm(session, facts.patient.id, self.subject)

    def denial_words(self, facts: Facts, words: Words) -> tuple[str, str]:
        """What is said when none stands: (sentence, by whom or nothing)."""
        said = facts.record.denial(self.subject)
        if said is None:
            return words(self.none_current if self.lines(facts, words) else self.not_asked), ""
        return words(self.none_known, date=format_date(said.recorded, words)), by_words(said, words)

    def is_denied(self, facts: Facts) -> bool:
        """Whether "none known" stands."""
        return facts.record.denial(self.subject) is not None


def by_words(said: Denial, words: Words) -> str:
    """Who said that there are none."""
    return words("by {user}", user=said.by) if said.by else ""


