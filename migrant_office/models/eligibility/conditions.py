"""Conditions of a rule: parts that are read once and compiled once to closures over known facts.

A condition is a tree: tests of one fact at the leaves, `All` and `AnyOf` above them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import inf

from migrant_office.models.eligibility.facts import Value
from migrant_office.models.eligibility.truth import Truth, every, some

Known = Mapping[str, Value]
Test = Callable[[Known], Truth]
MOST_BRANCHES = 500  # ways in which an "any" inside an "any" may hold, looked at for contradictions


@dataclass(frozen=True, slots=True)
class OneOf:
    """The fact is one of these values (of a set: holds one of them), or is none of them when not `wanted`."""

    fact: str
    values: frozenset[str]
    wanted: bool = True
    line: str = ""

    def test(self) -> Test:
        fact, values, wanted = self.fact, self.values, self.wanted

        def holds(known: Known) -> Truth:
            value = known.get(fact)
            if value is None:
                return None
            found = bool(value & values) if isinstance(value, frozenset) else str(value) in values
            return found is wanted

        return holds


@dataclass(frozen=True, slots=True)
class Between:
    """A number of at least `least` and under `under`."""

    fact: str
    least: float = -inf
    under: float = inf
    line: str = ""

    def test(self) -> Test:
        fact, least, under = self.fact, self.least, self.under

        def holds(known: Known) -> Truth:
            value = known.get(fact)
            return least <= value < under if isinstance(value, int) else None

        return holds


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; without parts it always does."""

    parts: tuple[Condition, ...] = ()

    def test(self) -> Test:
        tests = tuple(part.test() for part in self.parts)
        if len(tests) == 1:
            return tests[0]
        return lambda known: every(test(known) for test in tests)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of the parts holds."""

    parts: tuple[Condition, ...]

    def test(self) -> Test:
        tests = tuple(part.test() for part in self.parts)
        return lambda known: some(test(known) for test in tests)


Leaf = OneOf | Between
Condition = Leaf | All | AnyOf


def leaves(condition: Condition) -> Iterator[Leaf]:
    """The tests of single facts in a condition."""
    if isinstance(condition, All | AnyOf):
        for part in condition.parts:
            yield from leaves(part)
    else:
        yield condition


def branches(condition: Condition) -> list[tuple[Leaf, ...]]:
    """The ways in which a condition can hold, each as tests that hold together."""
    if isinstance(condition, AnyOf):
        return [way for part in condition.parts for way in branches(part)]
    if isinstance(condition, All):
        found: list[tuple[Leaf, ...]] = [()]
        for part in condition.parts:
            found = [before + more for before, more in product(found, branches(part))][:MOST_BRANCHES]
        return found
    return [(condition,)]


def meaning(condition: Condition) -> frozenset[frozenset[Leaf]]:
    """What a condition says, whatever the order in which it says it."""
    return frozenset(frozenset(bare(leaf) for leaf in way) for way in branches(condition))


def bare(leaf: Leaf) -> Leaf:
    if isinstance(leaf, OneOf):
        return OneOf(leaf.fact, leaf.values, leaf.wanted)
    return Between(leaf.fact, leaf.least, leaf.under)


def impossible(condition: Condition, codes: Callable[[str], frozenset[str] | None]) -> tuple[str, str] | None:
    """Two lines that can never both hold, when no way of a condition is possible; `codes` are all values of a fact,
    None where they are open, empty where it has several at a time.
    """
    clashes = [clash(way, codes) for way in branches(condition)]
    return clashes[0] if clashes and all(clashes) else None


def clash(way: tuple[Leaf, ...], codes: Callable[[str], frozenset[str] | None]) -> tuple[str, str] | None:
    """The first two lines of a way that exclude each other. (Two together are enough: intervals and sets of one
    fact that meet in pairs but not all together are rare, and no rule then says yes by mistake.)
    """
    for at, one in enumerate(way):
        for other in way[at + 1 :]:
            if one.fact == other.fact and excludes(one, other, codes):
                return one.line, other.line
    return None


def excludes(one: Leaf, other: Leaf, codes: Callable[[str], frozenset[str] | None]) -> bool:
    if isinstance(one, Between) and isinstance(other, Between):
        return max(one.least, other.least) >= min(one.under, other.under)
    if isinstance(one, OneOf) and isinstance(other, OneOf):
        known = codes(one.fact)
        return (known is None or bool(known)) and not left(one, other, known)
    return False


def left(one: OneOf, other: OneOf, every_code: frozenset[str] | None) -> bool:
    """Whether a value is left that both allow."""
    if one.wanted and other.wanted:
        return bool(one.values & other.values)
    if one.wanted != other.wanted:
        wanted, refused = (one, other) if one.wanted else (other, one)
        return bool(wanted.values - refused.values)
    return every_code is None or bool(every_code - one.values - other.values)
