"""What each column of somebody else's spreadsheet means in an office."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields

from migrant_office.i18n import N_
from migrant_office.models.encounter import Channel
from migrant_office.models.need import NeedKind
from migrant_office.models.person import Person
from migrant_office.services.imports.refusals import MapRefused
from migrant_office.services.imports.table import Table, folded

GIVEN_BY_THE_OFFICE = {"id", "number", "opened", "demo"}
FIELDS = tuple(f.name for f in fields(Person) if f.name not in GIVEN_BY_THE_OFFICE)
ISO = ("%Y-%m-%d",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Where an answer comes from: a column, or the same `constant` for everybody.

    `codes` translates what is written (folded) into our codes; `dates` are the forms in which days are written;
    `age` says that the column holds an age in years and not a birth date.
    """

    column: str = ""
    constant: str = ""
    codes: dict[str, str] = field(default_factory=dict)
    dates: tuple[str, ...] = ISO
    age: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralMap:
    """A referral told by some columns; `service` gives the code of a service, an empty cell no referral."""

    service: Cell
    need: NeedKind | None = None
    state: Cell = field(default_factory=Cell)
    outcome: Cell = field(default_factory=Cell)
    drop_out: Cell = field(default_factory=Cell)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceMap:
    """A service that the catalogue may not have yet. `area` is a code of the city's areas or a word they match."""

    code: str
    name: str
    owner: str
    area: str
    gives: str = ""
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleMap:
    """The whole map. `registered` is when the person came; `other_id` the column and system of a foreign number."""

    person: dict[str, Cell]
    registered: Cell
    sheet: str = ""
    source: str = ""
    system: str = ""
    other_id: Cell = field(default_factory=Cell)
    channel: Channel | None = None
    referrals: tuple[ReferralMap, ...] = ()
    services: tuple[ServiceMap, ...] = ()
    ignored: tuple[str, ...] = ()

    def cells(self) -> Iterator[Cell]:
        """Every place that a column can be named in."""
        yield from self.person.values()
        yield from (self.registered, self.other_id)
        for referral in self.referrals:
            yield from (referral.service, referral.state, referral.outcome, referral.drop_out)

    def unknown_columns(self, table: Table) -> tuple[str, ...]:
        """Headers that the map does not name. Raises `MapRefused` when it names one that is not there."""
        headers = {folded(header) for header in table.headers}
        named = {folded(cell.column): cell.column for cell in self.cells() if cell.column}
        if missing := [column for key, column in named.items() if key not in headers]:
            raise MapRefused(
                N_("The map names columns that the file does not have: {columns}."), columns=", ".join(missing)
            )
        known = named.keys() | {folded(column) for column in self.ignored}
        return tuple(header for header in table.headers if folded(header) not in known)
