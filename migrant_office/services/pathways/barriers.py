"""What may keep a person from finishing a course, looked at before she is enrolled, with the list of reasons for which
people left: health, care, internet, work, transport ([002:1369], [002:759]). It warns and never refuses.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from migrant_office.models.diversity import Barrier, Internet
from migrant_office.models.office import Office
from migrant_office.models.pathway import begins
from migrant_office.models.pathway.kinds import PathwayKind
from migrant_office.models.person import Person
from migrant_office.models.referral import DropOut
from migrant_office.models.service import Service
from migrant_office.services import catalogue
from migrant_office.services.catalogue import ServiceLine

TELLS: dict[Barrier, DropOut] = {
    Barrier.HEALTH: DropOut.HEALTH,
    Barrier.CARE: DropOut.CARE,
    Barrier.NO_CHILDCARE: DropOut.CARE,
    Barrier.INTERNET: DropOut.INTERNET,
    Barrier.SCHEDULE: DropOut.WORK,
    Barrier.TRANSPORT: DropOut.TRANSPORT,
}
POOR = frozenset({Internet.BORROWED, Internet.NONE})
VIRTUAL = ("virtual", "en linea", "a distancia", "online", "mixt")
MOST = 3


@dataclass(frozen=True, slots=True)
class Check:
    """`risks` are reasons for which she might not finish, in the order of the list. `instead` are services of the same
    pathway that fit her better; `helps` those that take a reason away, such as childcare.
    """

    risks: tuple[DropOut, ...]
    instead: tuple[ServiceLine, ...] = ()
    helps: tuple[ServiceLine, ...] = ()


def risks_of(person: Person, *, virtual: bool | None = None) -> tuple[DropOut, ...]:
    """The reasons that what is known of a person speaks for; `virtual` says how the course is held, if that is known:
    then transport counts only where one goes, and the internet only where one does not.
    """
    found = {TELLS[barrier] for barrier in person.barriers if barrier in TELLS}
    if person.childcare is True:  # she said that she needs it
        found.add(DropOut.CARE)
    if person.internet in POOR:
        found.add(DropOut.INTERNET)
    if virtual is True:
        found.discard(DropOut.TRANSPORT)
    if virtual is False:
        found.discard(DropOut.INTERNET)
    return tuple(reason for reason in DropOut if reason in found)


def is_virtual(mode: str) -> bool | None:
    """Whether a service is given at a distance, as far as its mode says; None when it may be either or nobody knows."""
    text = "".join(c for c in unicodedata.normalize("NFD", mode.casefold()) if not unicodedata.combining(c))
    far, near = any(word in text for word in VIRTUAL), "presencial" in text
    return None if far == near else far


def has_childcare(service: Service) -> bool:
    """Whether a service says that it takes care of children meanwhile ([002:1087])."""
    text = f"{service.gives} {service.mode}".casefold()
    return "cuidado infantil" in text or "guardería" in text or "sala cuna" in text


def barrier_check(office: Office, person: Person, kind: PathwayKind, service: Service | None = None) -> Check:
    """What to look at before somebody is enrolled, and what would fit better."""
    risks = risks_of(person, virtual=is_virtual(service.mode) if service else None)
    if not risks:
        return Check(())
    wants_far = DropOut.INTERNET not in risks and bool({DropOut.CARE, DropOut.WORK, DropOut.TRANSPORT} & set(risks))
    instead = []
    for line in of_kind(office, kind):
        if service and line.id == service.id:
            continue
        other = catalogue.service(office, line.id)
        cares = DropOut.CARE in risks and has_childcare(other)
        if cares or (wants_far and is_virtual(other.mode) is not False):
            instead.append(line)
    return Check(risks, tuple(instead[:MOST]), tuple(helping(office, risks)[:MOST]))


def check_before(office: Office, case: str, service: str, kind: PathwayKind | None = None) -> Check:
    """`barrier_check` of a case and a service by their ids ("" for no service yet); without `kind`, of the pathway that
    a referral to the service begins. Finds nothing where none begins.
    """
    person = office.case(case).one(Person)
    chosen = catalogue.service(office, service) if service else None
    if kind is None and chosen is not None:
        kind = begins.load(office.city.folder).kind(chosen.id, chosen.area, None)
    if person is None or kind is None or kind is PathwayKind.EMPLOYMENT:
        return Check(())
    return barrier_check(office, person, kind, chosen)


def of_kind(office: Office, kind: PathwayKind) -> list[ServiceLine]:
    """The services whose referral begins a pathway of this kind."""
    table = begins.load(office.city.folder)
    need = next(need for need, of in begins.BY_NEED.items() if of is kind)
    named = [line for line in catalogue.lines(office, offered_only=True) if table.services.get(line.id) is kind]
    by_need = [line for line in catalogue.for_need(office, need) if table.kind(line.id, line.area, need) is kind]
    return list({line.id: line for line in (*by_need, *named)}.values())


def helping(office: Office, risks: tuple[DropOut, ...]) -> list[ServiceLine]:
    """Services with childcare, when care is among the reasons."""
    if DropOut.CARE not in risks:
        return []
    offered = catalogue.lines(office, offered_only=True)
    return [line for line in offered if has_childcare(catalogue.service(office, line.id))]
