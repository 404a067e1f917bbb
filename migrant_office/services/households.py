"""Households: people who live and arrive together, each with an own case file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from migrant_office import clock
from migrant_office.errors import Gone, NotAllowed
from migrant_office.i18n import N_
from migrant_office.models.household import Household, Member, Role
from migrant_office.models.office import Office, new_id
from migrant_office.models.operations import Op
from migrant_office.models.person import Person, age_on, full_name
from migrant_office.models.reads import households as reads
from migrant_office.models.reads import people as people_reads
from migrant_office.models.vault.cells import parse_date
from migrant_office.models.vault.nouns import File, Home, Ref, changed
from migrant_office.models.vault.operation import Done, Operation

ADULT = 18  # years, in both countries


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One member as the card shows it; `case` is her case file, to which another may be joined. `guardian` is the
    name of the adult who answers for a minor; `alone` a minor for whom nobody is noted.
    """

    member: Member
    case: str
    name: str
    number: str
    age: int | None
    guardian: str = ""
    alone: bool = False


@dataclass(frozen=True, slots=True)
class HouseholdView:
    """A household and those who belong to it today, whoever speaks for it first, then the oldest."""

    household: Household
    members: tuple[MemberLine, ...]


# writing


def make_household(op: Operation, household: Household, members: Sequence[Member]) -> Household:
    """A new household with its members, inside an operation; each member's case is told which household it is in.

    The persons may be written in the same operation, before or after.
    """
    made = op.put(changed(household, made=household.made or clock.today()), on=household.id)
    for member in members:
        join(op, made.id, member)
    return made


def join(op: Operation, household: str, member: Member) -> None:
    """Write one member, inside an operation. Raises `NotAllowed` when she belongs to another household."""
    case = op.on(Ref(Home.CASE, member.id)).before.one(Person) or Person(id=member.id)
    if case.household not in ("", household):
        raise NotAllowed(N_("This person belongs to another household. Separate the person from it first."))
    seen = op.on(Ref(Home.HOUSEHOLD, household)).before.all(Member).get(member.id)
    told = {"role": member.role, "guardian": member.guardian, "joined": member.joined or clock.today(), "left": None}
    op.set(seen or Member(id=member.id), on=household, **told)
    op.set(case, on=member.id, household=household)


def start_household(office: Office, case: str, other: Member) -> Done:
    """A household of two cases that are open already; the first speaks for it. Raises as `add_member`."""
    household, speaker = Household(id=new_id()), Member(id=case, role=Role.SPEAKER)
    with office.case_operation(Op.EDIT_HOUSEHOLD, case) as op:
        refuse_gone(op, other.id)
        make_household(op, household, (speaker, other))
    return op.done


def refuse_gone(op: Operation, case: str) -> None:
    if op.on(Ref(Home.CASE, case)).before.one(Person) is None:
        raise Gone(N_("This case file does not exist any more. Look for the person again."))


def add_member(office: Office, household: str, member: Member) -> Done:
    """Add an open case to a household, or one that was separated again. Raises as `join`, `Gone` without the case."""
    with office.case_operation(Op.EDIT_HOUSEHOLD, member.id) as op:
        join(op, household, member)
    return op.done


def edit_member(office: Office, household: str, shown: Member, **values: Any) -> Done:
    """Change a role or a guardian: only what differs from `shown`."""
    with office.operation(Op.EDIT_HOUSEHOLD, household) as op:
        op.set(shown, on=household, **values)
    return op.done


def separate(office: Office, household: str, member: Member) -> Done:
    """Take a member out: her case stays whole and knows no household; nobody has her as a guardian any more.

    Her place in the household is closed with today's date and not removed, so that what another desk writes to it
    meanwhile does not bring her back.
    """
    with office.case_operation(Op.EDIT_HOUSEHOLD, member.id) as op:
        before = op.on(Ref(Home.HOUSEHOLD, household)).before.all(Member)
        op.set(before.get(member.id, member), on=household, left=clock.today(), guardian="")
        for other in before.values():
            if other.guardian == member.id:
                op.set(other, on=household, guardian="")
        person = op.on(Ref(Home.CASE, member.id)).before.one(Person)
        if person is not None and person.household == household:
            op.set(person, on=member.id, household="")
    return op.done


# reading


def read_household(office: Office, id: str) -> HouseholdView:
    """Who belongs to a household today. A case that is gone is left out, and one this officer may not see:
    a line without a name would tell whoever reads the screen that there is something to hide.
    """
    file = office.vault.file(Ref(Home.HOUSEHOLD, id))
    household = file.one(Household) or Household(id=id)
    present = {office.vault.who(m.id): m for m in by_arrival(file) if m.left is None}
    rows = {row[0]: row for row in reads.people(office.vault, list(present)) if row[1] in ("", id)}
    names = {case: full_name(*row[4:]) for case, row in rows.items()}
    cared = {case: changed(present[case], guardian=guardian_there(office, present[case].guardian)) for case in rows}
    lines = [line_of(cared[case], row, names) for case, row in rows.items()]
    return HouseholdView(household, tuple(sorted(lines, key=rank)))


def by_arrival(file: File) -> list[Member]:
    """The members, those last that were there first: of two files of one person the first counts."""
    return sorted(file.all(Member).values(), key=lambda member: (str(member.joined), member.id), reverse=True)


def guardian_there(office: Office, id: str) -> str:
    """The guardian, unless that case was erased: then nobody answers for the minor. One that may not be seen stays."""
    case = office.vault.who(id) if id else ""
    return case if case and people_reads.exists(office.vault, case) else ""


def line_of(member: Member, row: tuple[Any, ...], names: dict[str, str]) -> MemberLine:
    _case, _household, number, birth, *_names = row
    age = age_on(parse_date(date, birth), clock.today())
    minor = age is not None and age < ADULT
    guardian = names.get(member.guardian, "") if minor else ""
    return MemberLine(
        member, row[0], names[row[0]], number, age, guardian=guardian, alone=minor and not member.guardian
    )


def rank(line: MemberLine) -> tuple[bool, int, str]:
    return line.member.role is not Role.SPEAKER, -(line.age or 0), line.member.id
