"""People registered twice, looked for in the whole office: a search that can be stopped and goes on where it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from migrant_office.models.judgement import PrivateJudgement, Verdict
from migrant_office.models.likeness.facts import Facts
from migrant_office.models.likeness.weighing import Likeness, Rarity, Reason, compare
from migrant_office.models.missing import Missing
from migrant_office.models.office import Desk, Office
from migrant_office.models.reads import likeness as reads
from migrant_office.models.vault import pairs
from migrant_office.models.vault.nouns import Home, Ref
from migrant_office.models.vault.pairs import LikelyPair, Search
from migrant_office.services import people
from migrant_office.services.duplicates import rarity_in
from migrant_office.services.people import PersonLine

__all__ = ["Search"]

FIRST_KEY = -(2**63)
AT_ONCE = 5_000  # keys of one stretch: about half a second
REMEMBERED = 1_000_000  # pairs weighed already; beyond, some are weighed twice
PORTION = 5_000  # numbers that one question names


@dataclass(frozen=True, slots=True)
class Pair:
    """Two cases that look alike, with what was said of them."""

    one: PersonLine
    other: PersonLine
    likeness: Likeness
    verdict: Verdict | Missing = Missing.NOT_ASKED


@dataclass(frozen=True, slots=True)
class Step:
    """One stretch of the search: what it found, and where the next begins."""

    found: tuple[LikelyPair, ...]
    after: int
    share: float
    ended: bool


# searching


def last_search(desk: Desk) -> Search | None:
    return pairs.search(desk.vault)


def begin(office: Office) -> Search:
    """Go on with the search that was stopped, or begin a new one."""
    last = pairs.search(office.vault)
    if last is None or last.ended:
        pairs.begin(office.vault, FIRST_KEY)
        last = pairs.search(office.vault)
    if last is None:
        raise LookupError("no search")
    return last


def stretch(desk: Desk, after: int, weighed: set[int]) -> Step:
    """The pairs under the next keys. `weighed` remembers, between stretches of one search, what was compared."""
    found, last = reads.blocks(desk.vault, after, AT_ONCE)
    fresh = fresh_pairs(found, weighed)
    facts = facts_of(desk, sorted({rid for pair in fresh for rid in pair}))
    alike = tuple(alike_among(fresh, facts, rarity_in(desk)))
    span = reads.last_key(desk.vault) - FIRST_KEY
    share = min((last - FIRST_KEY) / span, 1.0) if span else 1.0
    return Step(alike, last, share, ended=last == after)


def fresh_pairs(blocks: Iterable[Sequence[int]], weighed: set[int]) -> list[tuple[int, int]]:
    """The pairs within blocks that were not weighed before."""
    if len(weighed) > REMEMBERED:
        weighed.clear()
    found = []
    for rids in blocks:
        for one, other in combinations(sorted(rids), 2):
            number = one << 32 | other
            if number not in weighed:
                weighed.add(number)
                found.append((one, other))
    return found


def alike_among(
    some: Iterable[tuple[int, int]], facts: dict[int, tuple[str, Facts]], rarity: Rarity
) -> Iterator[LikelyPair]:
    """Those of these pairs that look alike enough to be shown."""
    for one, other in some:
        if one in facts and other in facts:
            likeness = compare(facts[one][1], facts[other][1], rarity)
            if likeness.is_listed:
                cases = sorted((facts[one][0], facts[other][0]))
                yield LikelyPair(cases[0], cases[1], likeness.points, " ".join(likeness.reasons))


def facts_of(desk: Desk, rids: Sequence[int]) -> dict[int, tuple[str, Facts]]:
    found: dict[int, tuple[str, Facts]] = {}
    for at in range(0, len(rids), PORTION):
        found |= reads.facts(desk.vault, rids[at : at + PORTION])
    return found


def keep(office: Office, step: Step) -> None:
    """What one stretch found, so that nothing is looked for twice."""
    pairs.keep(office.vault, step.found, step.after, step.share, ended=step.ended)


# what was found


def waiting(office: Office) -> tuple[Pair, ...]:
    """The pairs that somebody must look at: those said to be one person and not joined yet first, then the likeliest.
    Without those of whom somebody said that they are two, and those that may not be seen.
    """
    root = reads.joined(office.vault)
    found: dict[tuple[str, str], LikelyPair] = {}
    told = [LikelyPair(*pair, 0.0, "") for pair in reads.judged(office.vault, Verdict.SAME)]
    for pair in (*told, *pairs.found(office.vault)):
        one, other = sorted((root.get(pair.one, pair.one), root.get(pair.other, pair.other)))
        if one != other and found.get((one, other), LikelyPair("", "", -1, "")).points < pair.points:
            found[one, other] = pair
    verdicts = {key: Verdict(v) for v in Verdict for key in reads.judged(office.vault, v)}
    ids = sorted({id for pair in found for id in pair})
    lines = {line.id: line for line in people.lines(office, ids)}
    shown = [pair_of(office, lines, key, pair, verdicts) for key, pair in found.items()]
    kept = [pair for pair in shown if pair is not None and pair.verdict is not Verdict.OTHER]
    return tuple(sorted(kept, key=lambda pair: (pair.verdict is not Verdict.SAME, -pair.likeness.points)))


def pair_of(
    office: Office,
    lines: dict[str, PersonLine],
    key: tuple[str, str],
    pair: LikelyPair,
    verdicts: dict[tuple[str, str], Verdict],
) -> Pair | None:
    """A pair as a screen shows it; None when one of the two is not there or may not be seen."""
    if key[0] not in lines or key[1] not in lines:
        return None
    one, other = lines[key[0]], lines[key[1]]
    verdict: Verdict | Missing = verdicts.get(key, Missing.NOT_ASKED)
    if one.restricted or other.restricted:
        verdict = private_verdict(office, *key)
    reasons = tuple(Reason(code) for code in pair.reasons.split() if code in set(Reason))
    return Pair(one, other, Likeness(pair.points, reasons), verdict)


def private_verdict(office: Office, one: str, other: str) -> Verdict | Missing:
    """What was said of a pair of which one is restricted."""
    said = office.vault.file(Ref(Home.RESTRICTED, one)).all(PrivateJudgement).get(other)
    return said.verdict if said else Missing.NOT_ASKED
