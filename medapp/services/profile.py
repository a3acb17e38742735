"""What kind of clinic this is: which settings' models reach a patient's page.

Every card says for which setting its model is meant: a clinic, a hospital, teaching
or research. An administrator enables settings for the whole clinic; the models of
the others are asked only by name. Drafts are never offered, whatever is enabled.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from medapp.assess.card import SETTINGS
from medapp.domain.changes import Changes, Kind
from medapp.errors import KnownError
from medapp.i18n import N_
from medapp.security.roles import Permission
from medapp.services.audit import record
from medapp.services.session import Session
from medapp.store import settings

TITLES: Final[Mapping[str, str]] = {
    "clinic": N_("Clinic"),
    "hospital": N_("Hospital"),
    "teaching": N_("Teaching"),
    "research": N_("Research"),
}
"""The settings in the order in which they are shown."""

MEANINGS: Final[Mapping[str, str]] = {
    "clinic": N_("Models for a general clinic."),
    "hospital": N_("Models for patients of a hospital or of a specialist."),
    "teaching": N_("Models to learn with; not for deciding about a patient."),
    "research": N_("Models under study; not for deciding about a patient."),
}
"""What each says of the models that bear it."""

USUAL: Final = ("clinic", "hospital")
"""What a new clinic enables."""

_NAME: Final = "model_settings"


class UnknownSetting(KnownError):
    """The name is none of the four settings."""

    code = "unknown_setting"
    message = N_("There is no such setting: {setting}.")
    advice = N_("Settings are clinic, hospital, teaching and research.")


def enabled(session: Session) -> tuple[str, ...]:
    """The settings whose models reach a patient's page, in the order of `TITLES`."""
    with session.store.reading() as db:
        kept = settings.get(db, _NAME, list(USUAL))
    return tuple(name for name in TITLES if name in kept)


def enable(session: Session, names: Iterable[str]) -> Changes:
    """Enable exactly these settings; none at all is a clinic without models on its pages.

    Raises NotPermitted, UnknownSetting.
    """
    session.require(Permission.APPROVE_MODELS)
    chosen = set(names)
    for name in sorted(chosen - set(SETTINGS)):
        raise UnknownSetting(setting=name)
    kept = [name for name in TITLES if name in chosen]
    with session.store.transaction() as tx:
        settings.put(tx, _NAME, kept)
        record(session, tx, "enable_settings", settings=kept)
    return Changes(frozenset({Kind.SETTING, Kind.MODEL}), None)


def may_enable(session: Session) -> bool:
    """Whether the user may change it."""
    from medapp.security.roles import permissions

    return Permission.APPROVE_MODELS in permissions(session.user.roles)


def offered(session: Session) -> tuple[str, ...]:
    """The assessors that are asked about a patient without being named.

    A model that is refused, and whose card cannot be read, is among them: it says
    itself why it does not answer.
    """
    chosen = enabled(session)
    found = (session.registry.entry(name) for name in session.registry.ids())
    return tuple(entry.id for entry in found if entry.card is None or entry.card.setting in chosen)
