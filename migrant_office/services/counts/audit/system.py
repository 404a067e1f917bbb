"""The attacker's system of equations: what is known of every cell, and how cells add up to one another."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from migrant_office.services.counts.audit.knowledge import Key

MOST = 10_000_000  # of anything in one office; a bound, so that every answer is a number
Cell = tuple[int, str, Key]  # number of the release, indicator, cell
Terms = Mapping[int, float]  # number of the variable -> factor
SLACK = "slack"


@dataclass(frozen=True, slots=True)
class Row:
    """`least <= sum <= most`. A `soft` one is believed, not known: nobody has a birthday, a referral has one line."""

    terms: Terms
    least: float
    most: float
    soft: bool = False


@dataclass(slots=True)
class System:
    """Cells as variables between `low` and `high`, and rows over them."""

    cells: list[Cell] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    number: dict[Cell, int] = field(default_factory=dict)

    def add(self, cell: Cell, low: float, high: float) -> int:
        """A cell with what its own figure says; said twice, both hold."""
        if cell in self.number:
            at = self.number[cell]
            self.low[at], self.high[at] = max(self.low[at], low), min(self.high[at], high)
            return at
        self.number[cell] = len(self.cells)
        self.cells.append(cell)
        self.low.append(low)
        self.high.append(high)
        return self.number[cell]

    def row(self, terms: Terms, least: float, most: float, *, soft: bool = False) -> None:
        self.rows.append(Row(terms, least, most, soft))

    def sums_to(self, parts: Iterable[int], whole: Iterable[int], *, exactly: bool, soft: bool = False) -> None:
        """The parts make up the whole, or with `exactly` false no more than it."""
        self.row(_terms(parts, whole), -math.inf if not exactly else 0, 0, soft=soft)

    def overlap(self, parts: Sequence[int], whole: Sequence[int], *, exhaustive: bool, soft: bool = False) -> None:
        """Each part lies in the whole; people may be in several parts, and with `exhaustive` in at least one."""
        for part in parts:
            self.row(_terms([part], whole), -math.inf, 0, soft=soft)
        if exhaustive:
            self.row(_terms(parts, whole), 0, math.inf, soft=soft)

    def elastic(self) -> tuple[System, dict[int, tuple[int, int]]]:
        """The same, but every soft row may be missed on either side; number of the row -> what it is missed by."""
        loose = System(list(self.cells), list(self.low), list(self.high), [], dict(self.number))
        missed = {}
        for number, row in enumerate(self.rows):
            terms = dict(row.terms)
            if row.soft:
                sides = [loose.add((number, SLACK, frozenset({(side, "")})), 0, MOST) for side in "+-"]
                terms |= {sides[0]: 1.0, sides[1]: -1.0}
                missed[number] = (sides[0], sides[1])
            loose.row(terms, row.least, row.most)
        return loose, missed

    def without(self, rows: Container[int]) -> System:
        """The same without these rows."""
        kept = [row for number, row in enumerate(self.rows) if number not in rows]
        return System(self.cells, self.low, self.high, kept, self.number)

    def apart(self) -> list[System]:
        """The systems that have nothing to do with each other."""
        roots = list(range(len(self.cells)))

        def root(at: int) -> int:
            while roots[at] != at:
                roots[at] = roots[roots[at]]
                at = roots[at]
            return at

        for row in self.rows:
            first, *others = row.terms
            for other in others:
                roots[root(other)] = root(first)
        groups: dict[int, list[int]] = defaultdict(list)
        for at in range(len(self.cells)):
            groups[root(at)].append(at)
        found = {group: System() for group in groups}
        for group, members in groups.items():
            for at in members:
                found[group].add(self.cells[at], self.low[at], self.high[at])
        for row in self.rows:
            part = found[root(next(iter(row.terms)))]
            terms = {part.number[self.cells[at]]: factor for at, factor in row.terms.items()}
            part.row(terms, row.least, row.most, soft=row.soft)
        return list(found.values())


def _terms(parts: Iterable[int], whole: Iterable[int]) -> Terms:
    terms: dict[int, float] = defaultdict(float)
    for part in parts:
        terms[part] += 1
    for one in whole:
        terms[one] -= 1
    return dict(terms)
