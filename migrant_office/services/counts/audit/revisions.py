"""A5: ten persons are added by a revision; the attacker guesses from both releases what one of them is.

Only the published tables and the numbers behind their cells matter, so nobody's record is needed: the keys of a
revision are new, and without the secret a new key is a new coin.
"""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import comb

from migrant_office.i18n import N_
from migrant_office.models.counts.release import Release, ReleasedTable
from migrant_office.models.counts.terms import TOTAL
from migrant_office.services.counts.audit.exports import figures
from migrant_office.services.counts.audit.knowledge import Method, key_of, method_of
from migrant_office.services.counts.audit.report import Finding
from migrant_office.services.counts.audit.truth import Truth

LATE = 200  # simulated revisions
TOGETHER = 10  # persons that a revision brings in; with fewer there is none
GAIN = 0.20  # over always guessing the commonest
_ENOUGH, _MOST_STAYED = 20, 0.9  # shown figures, and the share of them that new keys may leave as they were
_HIDDEN = 3  # a hidden cell, where nobody can look behind it
_ATTRIBUTES = ("status", "nationality", "sex", "age")


@dataclass(frozen=True, slots=True)
class Guessing:
    """How often a guess was right: the commonest line, after a revision, and had the keys stayed the same."""

    base: float
    revised: float
    same_key: float

    @property
    def tells(self) -> bool:
        """Whether the attack gains too much; where the same keys would have told much, new ones must tell far less."""
        lasting = self.same_key > self.base + GAIN and self.revised > self.same_key - GAIN
        return self.revised > self.base + GAIN or lasting


def revision_finding(releases: Sequence[Release], truths: Sequence[Truth | None], seed: int = 1) -> Finding:
    """A5 for the one-way tables of persons, the worst of them told."""
    kept = next(_old_keys(releases, truths), None)
    if kept:
        message = N_(
            "{release} changed only where persons were added: its keys are the old ones, and that shows who came."
        )
        return Finding("A5", False, None, message, {"release": kept})
    found = [
        guessing(table, method_of(release), truth, seed)
        for release, truth in zip(releases, truths, strict=True)
        for table in release.tables
        if _is_guessable(release, table) and any(_behind(table, truth).values())
    ]
    if not found:
        return Finding(
            "A5", True, None, N_("There is no table from which an added person could be guessed."), ran=False
        )
    worst = max(found, key=lambda one: one.revised - one.base)
    data = {"base": round(worst.base * 100), "revised": round(worst.revised * 100)}
    if worst.tells:
        message = N_(
            "A person added by a revision is guessed in {revised} of 100 cases; the commonest answer in {base}."
        )
        return Finding("A5", False, round(worst.revised, 3), message, data)
    message = N_(
        "A person added by a revision is guessed in {revised} of 100 cases; always saying the commonest answer "
        "is right in {base}."
    )
    return Finding("A5", True, round(worst.revised, 3), message, data)


def _old_keys(releases: Sequence[Release], truths: Sequence[Truth | None]) -> Iterator[str]:
    """Revisions in which nearly every shown figure stayed: with new keys one in three moves.

    Where the truth is known only figures are looked at behind which nobody came or went.
    """
    for (one, before), (other, after) in itertools.permutations(zip(releases, truths, strict=True), 2):
        if (one.office, one.start, one.end) == (other.office, other.start, other.end) and one.revision < other.revision:
            first, second = figures(one), figures(other)
            shown = [key for key, value in first.items() if value is not None]
            if before and after:
                shown = [key for key in shown if before.at(*key) == after.at(*key)]
            stayed = sum(second.get(key) == first[key] for key in shown)
            if len(shown) >= _ENOUGH and stayed > _MOST_STAYED * len(shown):
                yield other.name


def _is_guessable(release: Release, table: ReleasedTable) -> bool:
    one_way = len(table.dimensions) == 1 and table.dimensions[0].partition(":")[0] in _ATTRIBUTES
    return one_way and release.indicator(table.indicator).unit == "persons"


def guessing(table: ReleasedTable, method: Method, truth: Truth | None, seed: int) -> Guessing:
    """Simulate `LATE` revisions of one table and guess, each time, one of the persons that came in."""
    rnd = random.Random(seed)  # noqa: S311 - a simulation
    counts = _behind(table, truth)
    lines, total = list(counts), sum(counts.values())
    prior = {line: counts[line] / total for line in lines}
    commonest = max(lines, key=counts.__getitem__)
    right = {"base": 0, "revised": 0, "same": 0}
    for _time in range(LATE):
        truly, *others = rnd.choices(lines, list(counts.values()), k=TOGETHER)
        more = Counter([truly, *others])
        coins = {line: rnd.random() for line in lines}
        before = {line: published(counts[line], coins[line], method) for line in lines}
        # A new person's key moves the sum of keys of her line to anywhere; a new salt moves every line's.
        for kind, redrawn in (("revised", True), ("same", False)):
            after = {
                line: published(
                    counts[line] + more[line], rnd.random() if redrawn or more[line] else coins[line], method
                )
                for line in lines
            }
            best = max(lines, key=lambda line: expected(before[line], after[line], prior[line], method, redrawn))
            right[kind] += best == truly
        right["base"] += truly == commonest
    return Guessing(*(right[kind] / LATE for kind in ("base", "revised", "same")))


def _behind(table: ReleasedTable, truth: Truth | None) -> dict[str, int]:
    cells = [cell for cell in table.cells if cell.codes != (TOTAL,) and cell.obs_status != "M"]
    if truth is not None:
        return {c.codes[0]: truth.at(table.indicator, key_of(table, c.codes)).persons for c in cells}
    return {c.codes[0]: _HIDDEN if c.value is None else c.value for c in cells}


def published(count: int, coin: float, method: Method) -> int | None:
    """What the method shows of a count, by a coin from 0 to 1."""
    if count < method.threshold:
        return None
    down, rest = divmod(count, method.base)
    return (down + (coin * method.base < rest)) * method.base


def expected(one: int | None, two: int | None, prior: float, method: Method, redrawn: bool) -> float:
    """How many of the added persons the attacker expects on a line whose figure was `one` and is `two`."""
    weights = [
        comb(TOGETHER, more)
        * prior**more
        * (1 - prior) ** (TOGETHER - more)
        * _likelihood(one, two, more, method, redrawn)
        for more in range(TOGETHER + 1)
    ]
    return sum(more * weight for more, weight in enumerate(weights)) / (sum(weights) or 1.0)


@lru_cache(maxsize=65536)
def _likelihood(one: int | None, two: int | None, more: int, method: Method, redrawn: bool) -> float:
    """How likely both figures are when `more` persons came between, every count being as likely as another."""
    around = [value for value in (one, two) if value is not None]
    first = max(0, min(around) - method.base - TOGETHER) if around else 0
    counts = range(first, max(around) + method.base if around else method.threshold)
    if more == 0 and not redrawn:  # the same people under the same keys: the same figure
        return sum(_chance(n, one, method) for n in counts) if one == two else 0.0
    return sum(_chance(n, one, method) * _chance(n + more, two, method) for n in counts)


def _chance(count: int, value: int | None, method: Method) -> float:
    if count < method.threshold or value is None:
        return float(value is None and count < method.threshold)
    down, rest = divmod(count, method.base)
    up = rest / method.base
    return {down * method.base: 1 - up, (down + 1) * method.base: up}.get(value, 0.0)
