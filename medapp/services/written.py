"""What the services that write a list share: a name is needed, dates must fit the patient's life."""

from __future__ import annotations

from typing import Any

from medapp.domain.datatypes import CodeableConcept, Moment
from medapp.errors import KnownError
from medapp.i18n import N_
from medapp.services.journal import Act
from medapp.services.records import HERE
from medapp.store.repositories import patients, sources

WITHDRAWN = "entered-in-error"


class NotNamed(KnownError):
    code = "not_named"
    message = N_("The entry has no name.")
    advice = N_("Say what it is, in your own words if it is not on the list.")


def named(concept: CodeableConcept) -> CodeableConcept:
    """The concept itself. Raises NotNamed."""
    if not concept.label.strip():
        raise NotNamed
    return concept


def born(act: Act) -> Moment | None:
    """When the act's patient was born; None when that is not known."""
    return patients.get(act.tx, act.patient).birth_date


def here(act: Act) -> dict[str, Any]:
    """The columns of what is written here and now."""
    now = act.session.now()
    return {
        "recorded_ts": now.seconds, "recorded_when": now.packed, "source": sources.intern(act.tx, HERE),
    }
