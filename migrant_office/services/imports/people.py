"""Import people from a spreadsheet, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from migrant_office import clock
from migrant_office.i18n import N_
from migrant_office.models.encounter import Encounter
from migrant_office.models.need import Need, NeedKind
from migrant_office.models.office import Office, new_id
from migrant_office.models.operations import Op
from migrant_office.models.other_id import OtherId
from migrant_office.models.person import Person
from migrant_office.models.reads import other_ids
from migrant_office.models.referral import DropOut, Outcome, Referral, ReferralStep, State
from migrant_office.models.service import Confidence, Service
from migrant_office.models.vault import releases
from migrant_office.models.vault.nouns import changed
from migrant_office.progress import Progress
from migrant_office.services import catalogue, people
from migrant_office.services.imports.cells import FIRST_DAY, day_in, member_in, person_value, short, unlisted, written
from migrant_office.services.imports.map_file import read_map
from migrant_office.services.imports.mapping import Cell, PeopleMap, ReferralMap, ServiceMap
from migrant_office.services.imports.refusals import BadRow, CellRefused, MapRefused, RowsRefused
from migrant_office.services.imports.table import Row, Table, read_table
from migrant_office.services.referrals import new_slip

T = TypeVar("T")
EVERY = 50  # rows between two reports
NO_ROW = Row(0, {}, overflow=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import brought. `services` were added to the catalogue; `unknown_columns` were left out."""

    people: int
    referrals: int
    services: int
    unknown_columns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one row says."""

    person: Person
    day: date
    other_id: str
    referrals: tuple[tuple[ReferralMap, Service, State, Outcome | None, DropOut | None], ...]


def import_people(office: Office, file: Path, map: Path, progress: Progress | None = None) -> ImportReport:  # noqa: A002 - as on the command line
    """Open a case for every row of a spreadsheet, in the way the map says.

    What is imported counts in the month in which the person came, unless that month is closed: then in the present
    one, because a closed month never changes. Raises `MapRefused`, `FileRefused`, `RowsRefused` with every bad row,
    `Cancelled`; nothing is written then.
    """
    progress, mapping = progress or Progress(), read_map(map)
    check_codes(mapping)
    table = read_table(file, mapping.sheet)
    unknown = mapping.unknown_columns(table)
    new, services = services_of(office, mapping)
    told = Reading(office, mapping, services).rows(table)
    with office.batch():
        for service in new:
            with office.operation(Op.LOAD_CATALOGUE, service.id) as op:
                op.put(service)
        for done, each in enumerate(told):
            if done % EVERY == 0:
                progress.report(done, len(told))
            write(office, mapping, each)
        progress.report(len(told), len(told))
    return ImportReport(
        people=len(told),
        referrals=sum(len(each.referrals) for each in told),
        services=len(new),
        unknown_columns=unknown,
    )


def check_codes(mapping: PeopleMap) -> None:
    """Raises `MapRefused` for a translation into a code that no office knows: else every row would be blamed."""
    known: list[tuple[Cell, Callable[[Row, Cell], object]]] = [
        (cell, partial(person_value, name)) for name, cell in mapping.person.items()
    ]
    for each in mapping.referrals:
        known += [
            (each.state, partial(member_in, kind=State)),
            (each.outcome, partial(member_in, kind=Outcome)),
            (each.drop_out, partial(member_in, kind=DropOut)),
        ]
    for cell, read in known:
        for code in filter(None, (*cell.codes.values(), cell.constant)):
            try:
                read(NO_ROW, Cell(constant=code, dates=cell.dates, age=cell.age))
            except CellRefused:
                raise MapRefused(
                    N_("The map translates into “{code}”, which no office knows here."), code=code
                ) from None


def services_of(office: Office, mapping: PeopleMap) -> tuple[list[Service], dict[str, Service]]:
    """(services to be added, every service that the map's referrals can name by its code). Raises `MapRefused`."""
    listed = {line.id for line in catalogue.lines(office)}
    new = {each.code: service_from(office, mapping, each) for each in mapping.services if each.code not in listed}
    wanted = {
        code
        for referral in mapping.referrals
        for code in (*referral.service.codes.values(), referral.service.constant)
        if code
    }
    if missing := sorted(wanted - listed - new.keys()):
        raise MapRefused(
            N_("The map names services that the catalogue does not have: {codes}."), codes=", ".join(missing)
        )
    return list(new.values()), new | {code: catalogue.service(office, code) for code in wanted & listed}


def service_from(office: Office, mapping: PeopleMap, told: ServiceMap) -> Service:
    area = told.area if office.city.area(told.area) else office.city.area_of(told.area)
    profile = office.city.area(area)
    return Service(
        id=told.code,
        code=told.code,
        name=told.name,
        owner=told.owner,
        area=area,
        gives=told.gives,
        source=mapping.source,
        confidence=Confidence.UNVERIFIED,
        closed=told.closed,
        needs=frozenset(NeedKind(need) for need in (profile.needs if profile else ())),
    )


class Reading:
    """Reads rows and collects every place that cannot be taken."""

    def __init__(self, office: Office, mapping: PeopleMap, services: dict[str, Service]) -> None:
        self.mapping, self.services, self.today = mapping, services, clock.today()
        self.seen = other_ids.codes(office.vault, mapping.system) if mapping.system else set()
        self.here = set(self.seen)
        self.bad: list[BadRow] = []

    def rows(self, table: Table) -> list[Told]:
        """What every row says. Raises `RowsRefused` with all bad rows."""
        told = [self.row(row) for row in table.rows]
        if self.bad:
            raise RowsRefused(tuple(self.bad))
        return [each for each in told if each is not None]

    def row(self, row: Row) -> Told | None:
        before = len(self.bad)
        if row.overflow:
            self.bad.append(BadRow(row.number, "", N_("The row has more cells than the header has columns.")))
        day = self.take(row, self.mapping.registered, self.registered) or self.today
        values = {
            name: self.take(row, cell, partial(person_value, name, today=day))
            for name, cell in self.mapping.person.items()
        }
        if self.mapping.person.get("birth", Cell()).age and isinstance(values["birth"], date):
            values["birth_estimated"] = True
        code = self.take(row, self.mapping.other_id, self.other_id) if self.mapping.system else ""
        referrals = [self.referral(row, each) for each in self.mapping.referrals]
        if len(self.bad) > before:
            return None
        person = Person(id=new_id(), opened=day, **{name: v for name, v in values.items() if v is not None})
        return Told(person=person, day=day, other_id=code or "", referrals=tuple(r for r in referrals if r))

    def take(self, row: Row, cell: Cell, read: Callable[[Row, Cell], T]) -> T | None:
        """What `read` makes of a cell, or None and a line in the list of bad rows."""
        try:
            return read(row, cell)
        except CellRefused as refused:
            self.bad.append(BadRow(row.number, cell.column, refused.reason, refused.data))
            return None

    def registered(self, row: Row, cell: Cell) -> date:
        day = day_in(row, cell)
        if day > self.today:
            raise CellRefused(N_("This day has not come yet."))
        if day < FIRST_DAY:
            raise CellRefused(N_("This day is before 1900."))
        return day

    def other_id(self, row: Row, cell: Cell) -> str:
        code = short(written(row, cell))
        if not code:
            raise CellRefused(N_("There is no code here, and the map says that every row has one."))
        if code in self.seen:
            raise CellRefused(
                N_("The person with this code is in the office already.")
                if code in self.here
                else N_("Another row has the same code.")
            )
        self.seen.add(code)
        return code

    def referral(
        self, row: Row, each: ReferralMap
    ) -> tuple[ReferralMap, Service, State, Outcome | None, DropOut | None] | None:
        service = self.take(row, each.service, self.service)
        state = self.take(row, each.state, partial(member_in, kind=State))
        outcome = self.take(row, each.outcome, partial(member_in, kind=Outcome))
        drop_out = self.take(row, each.drop_out, partial(member_in, kind=DropOut))
        if service is None:
            return None
        return each, service, state or (State.COMPLETED if outcome else State.REQUESTED), outcome, drop_out

    def service(self, row: Row, cell: Cell) -> Service | None:
        code = written(row, cell)
        if code and code not in self.services:
            raise unlisted(row, cell)
        return self.services.get(code)


def write(office: Office, mapping: PeopleMap, told: Told) -> None:
    """One row as one operation: the case, the first attention, needs and referrals with what came of them."""
    recorded = clock.today() if releases.closed_on(office.vault, told.day) else told.day
    with office.operation(Op.IMPORT, told.person.id) as op:
        people.put_case(office, op, changed(told.person, opened=recorded))  # an opening is counted too
        if mapping.system:
            op.put(OtherId(id=new_id(), system=mapping.system, code=told.other_id))
        if mapping.channel is not None:
            op.put(
                Encounter(
                    id=new_id(), made=told.day, recorded=recorded, channel=mapping.channel, officer=office.officer
                )
            )
        for each, service, state, outcome, drop_out in told.referrals:
            if each.need is not None:
                op.put(Need(id=new_id(), kind=each.need, made=told.day, recorded=recorded))
            id = new_id()
            due = told.day + timedelta(days=office.city.followup_days(service.area))
            op.put(
                Referral(
                    id=id,
                    service=service.id,
                    area=service.area,
                    need=each.need,
                    made=told.day,
                    recorded=recorded,
                    due=due,
                    slip=new_slip(office, id),
                    officer=office.officer,
                    orientation=True,  # what happened before hands nothing over
                    begun=State.DRAFT if state is State.DRAFT else State.REQUESTED,
                )
            )
            if state not in {State.DRAFT, State.REQUESTED}:
                op.put(
                    ReferralStep(
                        id=new_id(),
                        referral=id,
                        state=state,
                        made=told.day,
                        recorded=recorded,
                        outcome=outcome,
                        drop_out=drop_out,
                        officer=office.officer,
                    )
                )
