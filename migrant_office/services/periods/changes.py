"""What a release was made from, as marks that name nobody, and what has changed since: persons, and published cells."""

from __future__ import annotations

import hmac
import itertools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from migrant_office.models.counts.catalogue import Catalogue
from migrant_office.models.counts.catalogue_rules import published
from migrant_office.models.counts.record import Record
from migrant_office.models.counts.release import Release, ReleasedCell

MARK = 8  # bytes of each of the two marks of a person


@dataclass(frozen=True, slots=True)
class Changes:
    """How many persons of a closed period are counted otherwise today: come in late, gone (erased, merged, moved to
    another office), or with other answers.
    """

    added: int = 0
    gone: int = 0
    other: int = 0

    @property
    def persons(self) -> int:
        return self.added + self.gone + self.other


@dataclass(frozen=True, slots=True)
class Difference:
    """One published cell that differs between two revisions. None: there is no such cell in that one."""

    table: str
    indicator: str
    codes: tuple[str, ...]
    old: ReleasedCell | None
    new: ReleasedCell | None


def snapshot(records: Iterable[Record], catalogue: Catalogue, kind: str, secret: bytes) -> bytes:
    """Two keyed marks for each person, in order: who she is, and on which lines of the catalogue she stands.

    The order of the records and repeated ones change nothing; what no table of this kind of period counts neither.
    """
    schemes = [(catalogue.dimension(name).code, catalogue.scheme(name)) for name in published(catalogue, [kind])]
    told: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for record in records:
        lines = (scheme.code_of(record.value(code)) for code, scheme in schemes if scheme)
        told[record.person].add((record.indicator, record.event, *lines))
    rows = (_mark(secret, person) + _mark(secret, repr(sorted(lines))) for person, lines in told.items())
    return b"".join(sorted(rows))


def _mark(secret: bytes, text: str) -> bytes:
    return hmac.digest(secret, b"snapshot|" + text.encode(), "sha256")[:MARK]


def compare(before: bytes, now: bytes) -> Changes:
    """Two snapshots of one period, by the persons in them."""
    old, new = _by_person(before), _by_person(now)
    both = old.keys() & new.keys()
    return Changes(len(new.keys() - both), len(old.keys() - both), sum(old[who] != new[who] for who in both))


def _by_person(marks: bytes) -> dict[bytes, bytes]:
    return {row[:MARK]: row[MARK:] for row in map(bytes, zip(*[iter(marks)] * (2 * MARK), strict=True))}


def diff(old: Release, new: Release) -> tuple[Difference, ...]:
    """The published cells that are not the same in two revisions of a period, in the order of the tables."""
    before, after = _cells(old), _cells(new)
    keys = dict.fromkeys(itertools.chain(before, after))
    pairs = ((key, before.get(key), after.get(key)) for key in keys)
    return tuple(Difference(*key, one, other) for key, one, other in pairs if one != other)


def _cells(release: Release) -> dict[tuple[str, str, tuple[str, ...]], ReleasedCell]:
    return {(table.code, table.indicator, cell.codes): cell for table in release.tables for cell in table.cells}
