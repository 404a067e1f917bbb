"""From records to a release: the protection KR5-10 (key rounding to 5, threshold of 10 persons, frozen release).

A figure is shown when enough different persons are behind it, no one person makes most of the events, and, for
sensitive breakdowns, its row does not give a whole group away. One marker stands for everything else, zero
included. Every shown figure is rounded on its own records, totals too, so columns need not add up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from migrant_office.models.counts.catalogue import Catalogue, Scheme, Table
from migrant_office.models.counts.month import Period
from migrant_office.models.counts.record import Record
from migrant_office.models.counts.release import Office, Release, ReleasedCell, ReleasedTable
from migrant_office.models.counts.terms import TOTAL, Indicator, Lines, Parameters
from migrant_office.services.counts.cell_key import record_keys, rounded
from migrant_office.services.counts.grouping import Behind, Codes, Stream, every_cell, streams


def protect(
    records: Iterable[Record],
    catalogue: Catalogue,
    period: Period,
    revision: int,
    secret: bytes,
    *,
    office: Office,
    created_at: datetime,
    language: str,
) -> Release:
    """The release of a period. `records` are its events, `secret` the installation's 32 bytes, `language` that of the
    files ("es_CL"). A quarter and a year are made of their own records, never of what a month published.

    The order of the records and repeated records change nothing. Raises ValueError for a record that no indicator
    counts, a revision below 1, a secret of another length or a moment without zone.
    """
    if revision < 1 or created_at.tzinfo is None:
        raise ValueError("a release has a revision from 1 and a moment with its zone")
    by_stream = streams(records, catalogue)
    everybody = {person for stream in by_stream.values() for person in stream.persons}
    total_only = len(everybody) < catalogue.parameters.office_persons
    planned = [table for table in catalogue.tables[period.kind] if not (total_only and table.dimensions)]
    return Release(
        office=office,
        city=catalogue.city,
        place=catalogue.place,
        period=str(period),
        start=period.first,
        end=period.last,
        revision=revision,
        catalogue_version=catalogue.version,
        parameters=catalogue.parameters,
        legal=catalogue.legal,
        language=language,
        created_at=created_at.astimezone(UTC).replace(microsecond=0),
        total_only=total_only,
        indicators=catalogue.indicators,
        dimensions=_dimensions(planned, catalogue),
        tables=_tables(planned, by_stream, catalogue, (str(period), revision, secret)),
    )


def _tables(
    planned: Sequence[Table], by_stream: Mapping[str, Stream], catalogue: Catalogue, salt: tuple[str, int, bytes]
) -> tuple[ReleasedTable, ...]:
    """Every planned table for each of its indicators; `salt` is period, revision and secret."""
    protectors = {i.code: _Protector(by_stream[i.counts], i, catalogue, *salt) for i in catalogue.indicators}
    return tuple(protectors[code].table(table) for table in planned for code in table.indicators)


def _published_lines(name: str, catalogue: Catalogue) -> Lines:
    """The lines of a dimension that may be published at all; of yes and no only "yes"."""
    lines, scheme = catalogue.lines(name), _scheme(name, catalogue)
    shown = tuple(category for category in lines.categories if category.code not in scheme.hidden)
    return Lines(lines.id, lines.column, lines.label, shown)


def _scheme(name: str, catalogue: Catalogue) -> Scheme:
    scheme = catalogue.scheme(name)
    if scheme is None:
        raise ValueError(f"{name} is not a dimension that can be published")
    return scheme


def _dimensions(tables: Sequence[Table], catalogue: Catalogue) -> tuple[Lines, ...]:
    names = dict.fromkeys(name for table in tables for name in table.dimensions)
    return tuple(_published_lines(name, catalogue) for name in names)


class _Protector:
    """Protects the tables of one indicator."""

    def __init__(
        self, stream: Stream, indicator: Indicator, catalogue: Catalogue, period: str, revision: int, secret: bytes
    ) -> None:
        self._stream, self._indicator, self._catalogue = stream, indicator, catalogue
        salt = (secret, indicator.code, period, revision)
        if indicator.unit == "persons":
            persons = list(dict.fromkeys(stream.persons))
            self._person_keys = dict(zip(persons, record_keys(*salt, persons), strict=True))
        else:
            self._event_keys = record_keys(*salt, stream.event_ids)

    def table(self, table: Table) -> ReleasedTable:
        lines = [_published_lines(name, self._catalogue) for name in table.dimensions]
        closed = self._closed_rows(table)
        cells = tuple(self._cell(table, codes, closed) for codes in every_cell(lines))
        return ReleasedTable(table.code, table.label, self._indicator.code, table.dimensions, cells)

    def _cell(self, table: Table, codes: Codes, closed: set[tuple[int, Codes]]) -> ReleasedCell:
        named = zip(table.dimensions, codes, strict=True)
        if any((self._indicator.code, *pair) in self._catalogue.impossible for pair in named):
            return ReleasedCell(codes, None, "M")
        sensitive = (i for i in self._sensitive(table) if codes[i] != TOTAL)
        if any((i, _row_of(codes, i)) in closed for i in sensitive):
            return ReleasedCell(codes, None, "Q")
        value = self._figure(self._stream.behind(table.dimensions, codes))
        return ReleasedCell(codes, value, "Q" if value is None else "A")

    def _figure(self, behind: Behind) -> int | None:
        """The figure to publish, None when threshold or dominance protect it."""
        parameters = self._catalogue.parameters
        if len(behind.persons) < parameters.threshold:
            return None
        if self._indicator.unit == "persons":
            keys = map(self._person_keys.__getitem__, behind.persons)
            return rounded(len(behind.persons), keys, parameters.base)
        if dominated(behind.persons, parameters):
            return None
        return rounded(len(behind.events), map(self._event_keys.__getitem__, behind.events), parameters.base)

    def _sensitive(self, table: Table) -> list[int]:
        """The places of the sensitive dimensions in a table."""
        return [i for i, name in enumerate(table.dimensions) if self._catalogue.dimension(name).sensitive]

    def _closed_rows(self, table: Table) -> set[tuple[int, Codes]]:
        """The rows whose sensitive breakdown stays closed: place of the dimension, codes with "_T" in that place."""
        closed = set()
        for place in self._sensitive(table):
            largest: Counter[Codes] = Counter()
            for codes in self._stream.cells(table.dimensions):
                if codes[place] != TOTAL:
                    row = _row_of(codes, place)
                    largest[row] = max(largest[row], len(self._stream.behind(table.dimensions, codes).persons))
            for row, most in largest.items():
                persons = len(self._stream.behind(table.dimensions, row).persons)
                if not row_is_open(persons, most, self._catalogue.parameters):
                    closed.add((place, row))
        return closed


def _row_of(codes: Codes, place: int) -> Codes:
    return (*codes[:place], TOTAL, *codes[place + 1 :])


def dominated(events_by_person: Counter[str], parameters: Parameters) -> bool:
    """Whether one person makes more than half of the events, or two more than nine in ten (by the parameters)."""
    events = events_by_person.total()
    top = [count for _person, count in events_by_person.most_common(2)]
    one, two = top[0], sum(top)
    return one * 100 > events * parameters.top_one_percent or two * 100 > events * parameters.top_two_percent


def row_is_open(persons: int, largest: int, parameters: Parameters) -> bool:
    """Whether a row may show a sensitive breakdown: enough persons, and enough of them outside its largest line."""
    return persons >= parameters.row_persons and persons - largest >= parameters.row_rest
