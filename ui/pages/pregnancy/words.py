"""What is said about pregnancy; unknown is a sentence of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from medapp.domain.pregnancy import Dating, Known, Outcome, Pregnancy, PregnancyState
from medapp.i18n import N_, Words
from ui.format import format_date

OUTCOMES: Final[Mapping[Outcome, str]] = {
    Outcome.LIVE_BIRTH: N_("Live birth"), Outcome.STILLBIRTH: N_("Stillbirth"),
    Outcome.MISCARRIAGE: N_("Miscarriage"), Outcome.TERMINATION: N_("Termination"),
    Outcome.ECTOPIC: N_("Ectopic pregnancy"), Outcome.UNKNOWN: N_("Outcome not recorded"),
}
DATED: Final[Mapping[Dating, str]] = {
    Dating.AGREED: N_("dated by the agreed due date"), Dating.SCAN: N_("dated by the scan"),
    Dating.LAST_PERIOD: N_("dated by the last period"), Dating.NOTHING: N_("not dated"),
}


def gestation_words(days: int, words: Words) -> str:
    """`23 w 4 d`."""
    return words("{weeks} w {days} d", weeks=days // 7, days=days % 7)


def state_words(state: PregnancyState, day: date, words: Words) -> str:
    """One line for the banner and the card; empty where nobody would ask."""
    if state.known is Known.PREGNANT:
        return _pregnant(state.episode, day, words)
    since = format_date(state.since, words) if state.since is not None else ""
    if state.known is Known.NOT_PREGNANT:
        return words("Not pregnant (stated {date})", date=since)
    if state.known is Known.NOT_ASKED:
        return ""
    if not since:
        return words("Pregnancy not checked")
    return words("Pregnancy not checked since {date}", date=since)


def brief_words(state: PregnancyState, words: Words) -> str:
    """The same under the heading "Pregnancy": in the banner, where there is none under way."""
    since = format_date(state.since, words) if state.since is not None else ""
    if state.known is Known.NOT_PREGNANT:
        return words("no, stated {date}", date=since)
    if state.known is not Known.NOT_CHECKED:
        return ""
    return words("not checked since {date}", date=since) if since else words("not checked")


def _pregnant(one: Pregnancy | None, day: date, words: Words) -> str:
    days = None if one is None else one.days_at(day)
    if one is None or days is None or one.due is None:
        return words("Pregnant, not dated")
    gestation, due = gestation_words(days, words), format_date(one.due, words)
    return words("Pregnant {gestation}, due {date}", gestation=gestation, date=due)


def episode_words(one: Pregnancy, words: Words) -> str:
    """One past episode: when it ended, and how."""
    day = format_date(one.ended, words) if one.ended is not None else words("end not recorded")
    return words("{outcome} · {date}", outcome=words(OUTCOMES[one.outcome]), date=day)
