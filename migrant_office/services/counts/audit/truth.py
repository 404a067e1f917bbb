"""What only the office knows about a release: who and how many are behind each figure, as plain numbers.

It is worked out once from the records and is small, so that the audit itself depends on the tables and not on how
many people an office has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from migrant_office.models.counts.catalogue import Catalogue
from migrant_office.models.counts.record import Record
from migrant_office.models.counts.release import Release
from migrant_office.services.counts.audit.knowledge import Key, key_of
from migrant_office.services.counts.grouping import Behind, streams


@dataclass(frozen=True, slots=True)
class Exact:
    """The exact figures of one cell. `top_one` and `top_two`: events of the busiest person, and of the busiest two."""

    persons: int
    events: int
    top_one: int = 0
    top_two: int = 0


@dataclass(frozen=True, slots=True)
class Truth:
    """The exact figures behind a release by (indicator, cell); `people` are the ids of everybody counted."""

    cells: Mapping[tuple[str, Key], Exact]
    people: frozenset[str] = frozenset()

    def at(self, indicator: str, key: Key) -> Exact:
        return self.cells.get((indicator, key), Exact(0, 0))


def truth_of(records: Iterable[Record], catalogue: Catalogue, release: Release) -> Truth:
    """The exact figures behind every cell of a release. Raises ValueError for a record that no indicator counts."""
    by_stream = streams(records, catalogue)
    counts = {indicator.code: indicator.counts for indicator in release.indicators}
    cells = {
        (table.indicator, key_of(table, cell.codes)): _exact(
            by_stream[counts[table.indicator]].behind(table.dimensions, cell.codes)
        )
        for table in release.tables
        for cell in table.cells
    }
    return Truth(cells, frozenset(person for stream in by_stream.values() for person in stream.persons))


def _exact(behind: Behind) -> Exact:
    top = [count for _person, count in behind.persons.most_common(2)]
    return Exact(len(behind.persons), len(behind.events), sum(top[:1]), sum(top))
