"""How an assessor's estimates fared in this clinic: observed over expected, with exact limits.

Only outcomes count, never a doctor's agreement. The limits are those of Clopper and Pearson for the share
observed, over the mean estimate: exact for a share, and a little too wide where estimates differ between
patients (Hoeffding 1956), never too narrow. Below `LEAST` outcomes nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from medapp.i18n import N_, Words
from medapp.inference.beta import beta_quantile

LEAST: Final = 30
"""Outcomes from which figures are shown, of the clinic as of a group in it."""

LEVEL: Final = 0.95


@dataclass(frozen=True, slots=True)
class Ratio:
    """Observed over expected with its limits; `high` may be far above for few events."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Counts:
    """`n` patients with an outcome, `observed` of them with the event, `expected` the sum of estimates."""

    n: int = 0
    observed: int = 0
    expected: float = 0.0

    @property
    def is_enough(self) -> bool:
        """Whether anything may be said."""
        return self.n >= LEAST and self.expected > 0.0

    @property
    def ratio(self) -> Ratio | None:
        """None while there are too few outcomes."""
        if not self.is_enough:
            return None
        low, high = share_limits(self.observed, self.n)
        mean = self.expected / self.n
        return Ratio(self.observed / self.expected, low / mean, high / mean)

    @property
    def verdict(self) -> str:
        """few, agrees, fewer or more: where 1 lies against the limits."""
        ratio = self.ratio
        if ratio is None:
            return "few"
        if ratio.high < 1.0:
            return "fewer"
        return "more" if ratio.low > 1.0 else "agrees"


@dataclass(frozen=True, slots=True)
class Span:
    """Whole calendar months (`2026-11`) that together have outcomes enough for a figure."""

    first: str
    last: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class Tally:
    """Everything known here of one version of an assessor.

    `unknown` outcomes could not be found out; `without_answer` were known before an answer was given.
    Neither is in `counts`.
    """

    assessor: str
    version: str
    counts: Counts = field(default_factory=Counts)
    by_sex: Mapping[str, Counts] = field(default_factory=dict)
    spans: tuple[Span, ...] = ()
    unknown: int = 0
    without_answer: int = 0


@dataclass(frozen=True, slots=True)
class Pair:
    """One patient: the estimate that was given, and whether it came true."""

    estimate: float
    has_event: bool
    sex: str
    day: str


def share_limits(events: int, n: int, level: float = LEVEL) -> tuple[float, float]:
    """Clopper-Pearson limits of a share."""
    tail = (1.0 - level) / 2.0
    low = 0.0 if events == 0 else beta_quantile(tail, events, n - events + 1)
    high = 1.0 if events == n else beta_quantile(1.0 - tail, events + 1, n - events)
    return low, high


def counted(pairs: Sequence[Pair]) -> Counts:
    """Pairs added up."""
    return Counts(len(pairs), sum(p.has_event for p in pairs), sum(p.estimate for p in pairs))


def spans(pairs: Sequence[Pair]) -> tuple[Span, ...]:
    """Months taken together, oldest first, until each span has `LEAST` outcomes; a rest joins the last."""
    months: dict[str, list[Pair]] = {}
    for pair in sorted(pairs, key=lambda one: one.day):
        months.setdefault(pair.day[:7], []).append(pair)
    found: list[list[Pair]] = [[]]
    for members in months.values():
        if len(found[-1]) >= LEAST:
            found.append([])
        found[-1].extend(members)
    if len(found) > 1 and len(found[-1]) < LEAST:
        rest = found.pop()
        found[-1].extend(rest)
    return tuple(Span(one[0].day[:7], one[-1].day[:7], counted(one)) for one in found if one)


_SENTENCES: Final = {
    "agrees": N_(
        "{observed} of {n} patients here had it where the estimates add up to {expected}: "
        "observed ÷ expected {value} ({low}–{high}), no difference found."
    ),
    "fewer": N_(
        "{observed} of {n} patients here had it where the estimates add up to {expected}: "
        "observed ÷ expected {value} ({low}–{high}), fewer than estimated."
    ),
    "more": N_(
        "{observed} of {n} patients here had it where the estimates add up to {expected}: "
        "observed ÷ expected {value} ({low}–{high}), more than estimated."
    ),
}


def sentence(counts: Counts, words: Words) -> str:
    """What the counts say, or how many are still needed; never a figure below `LEAST`."""
    ratio = counts.ratio
    if ratio is None:
        if counts.n == 0:
            return words("No outcome is recorded here yet; figures are shown from {least}.", least=LEAST)
        return words.plural(
            "{count} outcome is recorded here; figures are shown from {least}.",
            "{count} outcomes are recorded here; figures are shown from {least}.",
            counts.n, least=LEAST,
        )
    return words(
        _SENTENCES[counts.verdict], observed=counts.observed, n=counts.n,
        expected=f"{counts.expected:.1f}", value=f"{ratio.value:.2f}", low=f"{ratio.low:.2f}",
        high=f"{ratio.high:.2f}",
    )


def by_sex_sentence(tally: Tally, words: Words) -> str:
    """The local figures of women and of men; a group with too few outcomes is not shown."""
    lines = {
        "female": N_("Women: observed ÷ expected {value} ({low}–{high}), {n} outcomes."),
        "male": N_("Men: observed ÷ expected {value} ({low}–{high}), {n} outcomes."),
    }
    said = []
    for sex, message in lines.items():
        counts = tally.by_sex.get(sex, Counts())
        ratio = counts.ratio
        if ratio is not None:
            said.append(words(message, value=f"{ratio.value:.2f}", low=f"{ratio.low:.2f}",
                              high=f"{ratio.high:.2f}", n=counts.n))
    women, men = (tally.by_sex.get(sex, Counts()).n for sex in lines)
    return "\n".join(said) or words(
        "Women {women}, men {men} outcomes; a group is shown from {least}.",
        women=women, men=men, least=LEAST,
    )
