"""How old what the catalogue says is, which services somebody should call, and what makes the check urgent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from migrant_office import clock
from migrant_office.models.city import City
from migrant_office.models.office import Office
from migrant_office.models.operations import Op
from migrant_office.models.reads import directory as directory_reads
from migrant_office.models.reads import services as reads
from migrant_office.models.referral import Rejection
from migrant_office.models.service import CheckReason, Service
from migrant_office.models.vault.cells import enum_member
from migrant_office.models.vault.nouns import Home, Ref
from migrant_office.models.vault.operation import Done, Operation


@dataclass(frozen=True, slots=True, kw_only=True)
class ToCheck:
    """A service whose facts somebody should ask for. `since` is the day it became due, `referred` how many referrals
    the office made to it, `wanted` that something went wrong there.
    """

    id: str
    name: str
    owner: str
    area: str
    confirmed: date | None
    since: date | None
    wanted: bool
    why: CheckReason | None
    referred: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A line of the list of whom to call. `phone` is a number of the directory, `contact` the catalogue's own words."""

    due: ToCheck
    phone: str
    contact: str


def days_to_check(city: City, service: Service) -> int:
    """For how many days an answer of the institution holds: the service's own, else its area's."""
    return service.check_days if isinstance(service.check_days, int) else city.days_to_check(service.area)


def is_stale(city: City, service: Service, today: date) -> bool:
    """Whether nobody should rely on it without calling: never confirmed, too long ago, or something went wrong."""
    if not isinstance(service.confirmed, date) or service.check_wanted is not None:
        return True
    return (today - service.confirmed).days > days_to_check(city, service)


WEEK = 7


def address_holds(city: City, service: Service, today: date) -> bool:
    """Whether its address may go on paper: one that is asked for every week only after a call."""
    return days_to_check(city, service) > WEEK or not is_stale(city, service, today)


def to_check(office: Office) -> list[ToCheck]:
    """Open services that are due: where something went wrong first, then the most referred to, then the longest
    unchecked. Services that nobody is sent to are none.
    """
    today = clock.today()
    found = []
    for id, name, owner, area, seen, days, wanted, why, referred in reads.checks(office.vault):
        confirmed = date.fromisoformat(seen) if seen else None
        ends = confirmed + timedelta(days=days or office.city.days_to_check(area)) if confirmed else None
        if ends is not None and today <= ends and not wanted:
            continue
        since = date.fromisoformat(wanted) if wanted else ends
        reason = enum_member(CheckReason, why) if why else None
        found.append(
            ToCheck(
                id=id,
                name=name,
                owner=owner,
                area=area,
                confirmed=confirmed,
                since=since,
                wanted=bool(wanted),
                why=reason,
                referred=referred,
            )
        )
    return sorted(found, key=urgency)


def urgency(due: ToCheck) -> tuple[object, ...]:
    return not due.wanted, -due.referred, due.confirmed or date.min, due.name.casefold()


def call_list(office: Office, limit: int = 40) -> list[Call]:
    """Whom to call, the most urgent first; `limit` of all that are due, so that it is a week's work."""
    due = to_check(office)[:limit]
    phones = directory_reads.phones(office.vault, [one.id for one in due]) if due else {}
    return [Call(due=one, phone=phones.get(one.id, ""), contact=contact_of(office, one.id)) for one in due]


def contact_of(office: Office, id: str) -> str:
    service = office.vault.file(Ref(Home.SERVICE, id)).one(Service)
    return service.contact if service else ""


def reopen_check(op: Operation, service: str, why: CheckReason) -> None:
    """Ask for a check of a service inside an operation on a case: a referral met something that the catalogue did not
    say. A check that is asked for already keeps its day and reason. A service that is not here any more is passed over.
    """
    known = op.on(Ref(Home.SERVICE, service)).before.one(Service)
    if known is not None and known.check_wanted is None:
        op.set(known, on=service, check_wanted=clock.today(), check_why=why)


AFTER = {  # what a refusal says of the catalogue; that the person declined, or that there is no place, says nothing
    Rejection.INFORMATION: CheckReason.WRONG_FACTS,
    Rejection.INAPPROPRIATE: CheckReason.WRONG_FACTS,
    Rejection.INELIGIBLE: CheckReason.REQUIREMENT,
    Rejection.PAPER: CheckReason.REQUIREMENT,
    Rejection.OTHER: CheckReason.REJECTED,
}


def reopen_after(op: Operation, service: str, rejection: Rejection | None) -> None:
    """`reopen_check` where the reason of a refusal says that the catalogue may be wrong."""
    if rejection in AFTER:
        reopen_check(op, service, AFTER[rejection])


def want_check(office: Office, service: str, why: CheckReason = CheckReason.ASKED) -> Done:
    """Ask for a check of a service by hand."""
    with office.operation(Op.EDIT_SERVICE, service) as op:
        reopen_check(op, service, why)
    return op.done
