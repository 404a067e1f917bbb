"""From releases to the attacker's equations: own figures, margins, bands that nest, persons behind events, periods."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from migrant_office.models.counts.release import Release, ReleasedCell, ReleasedTable
from migrant_office.models.counts.terms import TOTAL, Indicator
from migrant_office.services.counts.audit.knowledge import (
    ONCE,
    Key,
    Method,
    Structure,
    cells_of,
    key_of,
    method_of,
)
from migrant_office.services.counts.audit.system import MOST, System
from migrant_office.services.counts.audit.truth import Truth

_MOST_PARTS = 24  # releases that may make up another: two years of months


class Equations:
    """Puts one system together. `truths` stand beside releases where the office has them: then a figure hidden by the
    threshold is known to be (worst case: the attacker guesses why), and others are free.
    """

    def __init__(
        self,
        releases: Sequence[Release],
        structure: Structure,
        *,
        truths: Sequence[Truth | None] = (),
        methods: Sequence[Method] = (),
    ) -> None:
        self._releases, self._structure = releases, structure
        self._truths = [*truths, *([None] * (len(releases) - len(truths)))]
        self._methods = methods or [method_of(release) for release in releases]
        self.system = System()
        for number, release in enumerate(releases):
            for indicator in release.indicators:
                self._own_figures(number, release, indicator)
            for table in release.tables:
                self._margins(number, table, release.indicator(table.indicator))
            for indicator in release.indicators:
                self._nesting(number, indicator)
            self._persons_behind_events(number, release)
        for whole, parts in sums(releases):
            self._periods(whole, parts)

    # -- one release

    def _own_figures(self, number: int, release: Release, indicator: Indicator) -> None:
        cells = cells_of(release, indicator)
        zeros = any(cell.value == 0 for cell in cells.values())
        open_rows = set(self._open_rows(release, indicator))
        for key, cell in cells.items():
            low, high = self._bounds(number, indicator, key, cell, open_rows)
            if cell.obs_status == "Q" and zeros and self._methods[number].threshold > 1:
                low = 1  # who shows zeros says of every hidden cell that somebody is in it
            if not key and release.total_only:
                high = min(high, release.parameters.office_persons - 1) if indicator.unit == "persons" else high
            self.system.add((number, indicator.code, key), low, high)

    def _bounds(
        self, number: int, indicator: Indicator, key: Key, cell: ReleasedCell, open_rows: set[tuple[str, Key]]
    ) -> tuple[float, float]:
        method = self._methods[number]
        if cell.obs_status == "M":
            return 0, 0
        if cell.value is not None:
            return method.shown(cell.value)
        if indicator.unit == "events":
            return 0, MOST  # few persons may have many events
        return 0, method.threshold - 1 if self._by_threshold(number, indicator, key, open_rows) else MOST

    def _by_threshold(self, number: int, indicator: Indicator, key: Key, open_rows: set[tuple[str, Key]]) -> bool:
        truth = self._truths[number]
        if truth is not None:
            return truth.at(indicator.code, key).persons < self._methods[number].threshold
        sensitive = [pair for pair in key if self._structure.shape(pair[0]).sensitive]
        return all((pair[0], key - {pair}) in open_rows for pair in sensitive)

    def _open_rows(self, release: Release, indicator: Indicator) -> Iterator[tuple[str, Key]]:
        """Rows of a sensitive dimension that show a figure: in them, what is hidden is small."""
        for key, cell in cells_of(release, indicator).items():
            if cell.value is not None:
                yield from ((name, key - {(name, code)}) for name, code in key)

    def _margins(self, number: int, table: ReleasedTable, indicator: Indicator) -> None:
        by_codes = {cell.codes: cell for cell in table.cells}
        for place, name in enumerate(table.dimensions):
            rows: dict[tuple[str, ...], list[int]] = {}
            for codes in by_codes:
                if codes[place] != TOTAL:
                    row = (*codes[:place], TOTAL, *codes[place + 1 :])
                    rows.setdefault(row, []).append(self.system.number[number, indicator.code, key_of(table, codes)])
            for row, parts in rows.items():
                if row in by_codes:
                    whole = self.system.number[number, indicator.code, key_of(table, row)]
                    self._adds_up(name, indicator, parts, [whole])

    def _adds_up(self, name: str, indicator: Indicator, parts: Sequence[int], whole: Sequence[int]) -> None:
        shape = self._structure.shape(name)
        if shape.of_person:
            self.system.sums_to(parts, whole, exactly=shape.exhaustive)
            return
        self.system.overlap(parts, whole, exhaustive=shape.exhaustive)
        if indicator.unit == "events":  # believed: an event stands on one line
            self.system.sums_to(parts, whole, exactly=False, soft=True)

    def _nesting(self, number: int, indicator: Indicator) -> None:
        """A coarse line is made up of its fine ones, wherever both are published."""
        for cell in [cell for cell in self.system.cells if cell[:2] == (number, indicator.code)]:
            for pair in cell[2]:
                for name, codes in self._structure.finer(*pair):
                    parts = self._numbers(number, indicator.code, (cell[2] - {pair} | {(name, c)} for c in codes))
                    if parts is not None:
                        self._adds_up_within(name, indicator, parts, [self.system.number[cell]])

    def _adds_up_within(self, name: str, indicator: Indicator, parts: Sequence[int], whole: Sequence[int]) -> None:
        if self._structure.shape(name).of_person:
            self.system.sums_to(parts, whole, exactly=True)
            return
        self.system.overlap(parts, whole, exhaustive=True)
        if indicator.unit == "events":
            self.system.sums_to(parts, whole, exactly=False, soft=True)

    def _numbers(self, number: int, indicator: str, keys: Iterable[Key]) -> list[int] | None:
        found = [self.system.number.get((number, indicator, key)) for key in keys]
        return None if None in found else [at for at in found if at is not None]

    def _persons_behind_events(self, number: int, release: Release) -> None:
        """No more persons than events; and a figure of events is shown only with the threshold's persons behind it."""
        pairs = itertools.product(release.indicators, release.indicators)
        for one, other in pairs:
            if (one.unit, other.unit) != ("persons", "events") or one.counts != other.counts:
                continue
            shown = {key for key, cell in cells_of(release, other).items() if cell.value}
            for cell in [cell for cell in self.system.cells if cell[:2] == (number, one.code)]:
                events = self.system.number.get((number, other.code, cell[2]))
                if events is not None:
                    persons = self.system.number[cell]
                    self.system.row({persons: 1, events: -1}, -math.inf, 0)
                    if cell[2] in shown:
                        self.system.add(cell, self._methods[number].threshold, MOST)

    # -- several releases

    def _periods(self, whole: int, parts: Sequence[int]) -> None:
        """Ties a period to the shorter ones that make it up, or a revision to the release before it.

        All of it is believed only: between two periods people have birthdays, and what was told is corrected.
        """
        for at_part in [cell for cell in self.system.cells if cell[0] == parts[0]]:
            _number, code, key = at_part
            indicator = next(one for one in self._releases[parts[0]].indicators if one.code == code)
            cells = self._numbers_of_parts(parts, code, key)
            longer = self._same_or_finer(whole, code, key)
            if cells is None or longer is None:
                continue
            if len(parts) == 1:  # a revision: late records come in, nobody goes
                self.system.sums_to(cells, longer, exactly=False, soft=True)
            elif indicator.unit == "events" or code in ONCE:
                self.system.sums_to(cells, longer, exactly=True, soft=True)
            elif len(longer) == 1 or all(self._structure.shape(name).of_person for name, _code in key):
                self.system.overlap(cells, longer, exhaustive=True, soft=True)

    def _numbers_of_parts(self, parts: Sequence[int], code: str, key: Key) -> list[int] | None:
        found: list[int] = []
        for part in parts:
            cells = self._same_or_finer(part, code, key)
            if cells is None:
                return None
            found += cells
        return found

    def _same_or_finer(self, number: int, code: str, key: Key) -> list[int] | None:
        """The cell in another release: itself, or the finer ones that make it up."""
        if (number, code, key) in self.system.number:
            return [self.system.number[number, code, key]]
        for pair in key:
            for name, codes in self._structure.finer(*pair):
                found = self._numbers(number, code, (key - {pair} | {(name, c)} for c in codes))
                if found is not None:
                    return found
        return None


def sums(releases: Sequence[Release]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """(longer, the others that make it up day by day) among the releases of one office; (revision, the one before)."""
    newest = [n for n, one in enumerate(releases) if not any(_is_before(one, other) for other in releases)]
    for whole, release in enumerate(releases):
        others = [n for n in newest if releases[n].office == release.office and _within(releases[n], release)]
        for chain in _chains(releases, release, others, release.start):
            yield whole, chain
        for other in range(len(releases)):
            if _is_before(releases[other], release):
                yield whole, (other,)


def _within(one: Release, other: Release) -> bool:
    inside = other.start <= one.start and one.end <= other.end
    return inside and (one.start, one.end) != (other.start, other.end)


def _is_before(one: Release, other: Release) -> bool:
    same = (one.office, one.start, one.end) == (other.office, other.start, other.end)
    return same and one.revision + 1 == other.revision


def _chains(
    releases: Sequence[Release], whole: Release, others: Sequence[int], at: object, depth: int = 0
) -> Iterator[tuple[int, ...]]:
    """Every way in which others follow each other without gap from a day to the end of the whole."""
    for number in others:
        if releases[number].start != at or depth >= _MOST_PARTS:
            continue
        if releases[number].end == whole.end:
            yield (number,)
        else:
            rest = _chains(releases, whole, others, releases[number].end + timedelta(days=1), depth + 1)
            for more in rest:
                yield number, *more
