"""MAP.toml: what each column of somebody else's spreadsheet means in an office."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

from migrant_office.i18n import N_
from migrant_office.models.encounter import Channel
from migrant_office.models.need import NeedKind
from migrant_office.models.person import Person
from migrant_office.services.imports.refusals import MapRefused
from migrant_office.services.imports.table import Table, folded

FORMAT = 1
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
            raise MapRefused(N_("The map names columns that the file does not have: {columns}."),
                             columns=", ".join(missing))
        known = named.keys() | {folded(column) for column in self.ignored}
        return tuple(header for header in table.headers if folded(header) not in known)


def read_map(path: Path) -> PeopleMap:
    """The map in a file. Raises `MapRefused` naming what cannot be understood, and OSError."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MapRefused(N_("The map is not proper TOML: {detail}."), detail=str(error)) from error
    try:
        return map_from(told)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise MapRefused(N_("The map cannot be understood near {detail}."), detail=str(error)) from error


def map_from(told: dict[str, Any]) -> PeopleMap:
    known = {"format", "sheet", "source", "person", "registered", "other_id", "encounter", "referral", "service",
             "ignore"}
    for key in told.keys() - known:
        raise KeyError(key)
    if told["format"] != FORMAT:
        raise ValueError("format")
    for key in told["person"].keys() - set(FIELDS):
        raise KeyError(f"person.{key}")
    other = dict(told.get("other_id", {}))
    system = str(other.pop("system", ""))
    return PeopleMap(
        person={name: cell_from(cell) for name, cell in told["person"].items()},
        registered=cell_from(told["registered"]), sheet=told.get("sheet", ""), source=told.get("source", ""),
        system=system, other_id=cell_from(other) if system else Cell(),
        channel=Channel(told["encounter"]["channel"]) if "encounter" in told else None,
        referrals=tuple(referral_from(each) for each in told.get("referral", [])),
        services=tuple(ServiceMap(**each) for each in told.get("service", [])),
        ignored=tuple(told.get("ignore", [])),
    )


def cell_from(told: Any) -> Cell:
    """A column by its name alone, or a table {column, constant, day, codes, dates, age}."""
    if isinstance(told, str):
        return Cell(column=told)
    values = dict(told)
    if isinstance(day := values.pop("day", None), date):
        values["constant"] = day.isoformat()
    values["codes"] = {folded(k): str(v) for k, v in values.get("codes", {}).items()}
    values["dates"] = (*values.get("dates", ()), *ISO)
    cell = Cell(**values)
    if bool(cell.column) == bool(cell.constant):
        raise ValueError(f"{told}: column or constant")
    return cell


def referral_from(told: dict[str, Any]) -> ReferralMap:
    cells = {name: cell_from(told[name]) for name in ("service", "state", "outcome", "drop_out") if name in told}
    for key in told.keys() - cells.keys() - {"need"}:
        raise KeyError(f"referral.{key}")
    return ReferralMap(need=NeedKind(told["need"]) if "need" in told else None, **cells)
