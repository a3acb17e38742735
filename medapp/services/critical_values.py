"""The clinic's critical values: the published table, and the clinic's own limits over it.

An administrator changes them; what waits for a signature is judged anew in the same transaction.
"""

from __future__ import annotations

from medapp.domain.changes import Changes, Kind
from medapp.errors import KnownError
from medapp.i18n import N_
from medapp.security.roles import Permission
from medapp.services import incoming
from medapp.services.audit import record
from medapp.services.session import Session
from medapp.store import settings
from medapp.terminology import critical
from medapp.terminology.critical import CriticalValue, Limits
from medapp.terminology.variables import variable

__all__ = [
    "CriticalValue", "Limits", "citations", "listed", "may_change", "published_limits", "reset", "set_limits",
]


class BadLimits(KnownError):
    code = "bad_limits"
    message = N_("These limits cannot be: the low one must lie below the high one, both must be possible.")
    advice = N_("Leave a field empty for no limit on that side.")


def listed(session: Session) -> tuple[CriticalValue, ...]:
    """The critical values of this clinic, published rows first."""
    with session.store.reading() as db:
        return incoming.critical_rows(db)


def citations() -> tuple[str, ...]:
    """The sources of the published rows, each once."""
    return tuple(dict.fromkeys(f"{row.short}: {row.source}" for row in critical.published()))


def published_limits(key: str) -> Limits | None:
    """What the program's table says for a row; None for a row of the clinic's own."""
    return next(((row.low, row.high) for row in critical.published() if row.key == key), None)


def may_change(session: Session) -> bool:
    """Whether the user may set them."""
    from medapp.security.roles import permissions

    return Permission.APPROVE_MODELS in permissions(session.user.roles)


def set_limits(session: Session, key: str, limits: Limits) -> Changes:
    """Set a row's limits in the variable's canonical unit; (None, None) switches the row off.

    Raises BadLimits, UnknownVariable, NotPermitted.
    """
    session.require(Permission.APPROVE_MODELS)
    _check(key, limits)
    return _keep(session, key, None if limits == published_limits(key) else limits)


def reset(session: Session, key: str) -> Changes:
    """Take the clinic's own limits of a row back: the published ones hold again."""
    session.require(Permission.APPROVE_MODELS)
    return _keep(session, key, None)


def _keep(session: Session, key: str, limits: Limits | None) -> Changes:
    with session.store.transaction() as tx:
        own = incoming.own_limits(tx)
        own.pop(key, None)
        if limits is not None:
            own[key] = limits
        settings.put(tx, incoming.SETTING, {name: list(pair) for name, pair in own.items()})
        changed = incoming.regrade(tx)
        record(session, tx, "set_critical_values", row=key, own=limits is not None, regraded=changed)
    return Changes(frozenset({Kind.SETTING, Kind.REVIEW}), None)


def _check(key: str, limits: Limits) -> None:
    found = variable(key.partition("@")[0])
    low, high = limits
    if low is not None and high is not None and low >= high:
        raise BadLimits
    for limit in limits:
        if limit is not None and found.possible and not found.possible[0] <= limit <= found.possible[1]:
            raise BadLimits
