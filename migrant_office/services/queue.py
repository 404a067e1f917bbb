"""The queue: taking a number, calling, attending, and how long people waited.

Who goes next is one rule (`rank`): those with priority, then appointments whose hour has come, then whoever came
first; an appointment that is early, or another officer's, waits until nobody else does (docs/decisions/028).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import Any

from migrant_office import clock
from migrant_office.errors import Gone, NotAllowed
from migrant_office.i18n import N_
from migrant_office.models.appointment import NEXT as APPOINTMENT_NEXT
from migrant_office.models.appointment import Appointment, AppointmentState
from migrant_office.models.need import NeedKind
from migrant_office.models.office import Office, new_id
from migrant_office.models.operations import Op
from migrant_office.models.person import Language, Person, full_name
from migrant_office.models.queue import (
    OPEN,
    Priority,
    Ticket,
    TicketKind,
    TicketState,
    TicketStep,
    may_follow,
    number_of,
)
from migrant_office.models.reads import people as people_reads
from migrant_office.models.reads import queue as reads
from migrant_office.models.vault import counters
from migrant_office.models.vault.cells import enum_member, parse_date
from migrant_office.models.vault.nouns import Home, Ref
from migrant_office.models.vault.operation import Done, Operation

NOT_THERE = N_("This number is not in the queue any more.")
BIS = "bis"  # spoken in both languages: two machines that did not know each other gave one number


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is told when a number is taken; nothing is needed. Without a `case` the person says it at the desk."""

    case: str = ""
    need: NeedKind | None = None
    language: Language | None = None
    interpreter: bool = False
    priority: frozenset[Priority] = frozenset()
    appointment: str = ""
    hour: datetime | None = None
    wanted: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketLine:
    """One ticket as Hoy shows it. `case` and `name` are "" for somebody unregistered, and for a restricted case that
    this officer may not see; one that may be seen has its folio in `number_of_case` and no name: Hoy stands open on the
    desk. `visit` is which visit this is, 0 when nobody knows; `since` a moment in UTC.
    """

    id: str
    number: str
    state: TicketState
    kind: TicketKind
    taken: datetime
    since: datetime
    case: str = ""
    name: str = ""
    number_of_case: str = ""
    restricted: bool = False
    need: NeedKind | None = None
    language: Language | None = None
    interpreter: bool = False
    priority: bool = False
    hour: datetime | None = None
    wanted: str = ""
    calls: int = 0
    officer: str = ""
    desk: str = ""
    visit: int = 0
    appointment: str = ""

    def minutes(self, now: datetime) -> int:
        """How long the person waits, from taking the number."""
        return max(0, int((now - self.taken).total_seconds() // 60))


@dataclass(frozen=True, slots=True)
class Queue:
    """The open tickets of today: those being called or attended, and those who wait, the next one first. `median` are
    the minutes that those attended today had waited, None while there are none.
    """

    at_desks: tuple[TicketLine, ...]
    waiting: tuple[TicketLine, ...]
    median: int | None = None

    @property
    def next(self) -> TicketLine | None:
        return self.waiting[0] if self.waiting else None

    def line(self, id: object) -> TicketLine | None:
        return next((line for line in (*self.at_desks, *self.waiting) if line.id == id), None)


# writing


def take(office: Office, wish: Wish | None = None) -> tuple[Done, Ticket]:
    """A new number of today. Of a known person the language is taken from her case where nobody says another.

    Raises `Gone` without the case, `NotAllowed` when the person waits with a number already.
    """
    told = wish or Wish()
    id = new_id()
    with office.operation(Op.TAKE_TICKET, id) as op:
        ticket = put_ticket(office, op, id, told)
    return op.done, ticket


def put_ticket(office: Office, op: Operation, id: str, wish: Wish) -> Ticket:
    """As `take`, inside an operation on whatever else is written."""
    case = office.vault.who(wish.case) if wish.case else ""
    if case:
        wish = with_person(office, case, replace(wish, case=case))
    today, moment = clock.today(), now()
    if case and (held := reads.open_of_case(office.vault, today.isoformat(), list(office.vault.names_of(case)))):
        raise NotAllowed(N_("This person waits with a number already: {number}."), number=held[0][1])
    ticket = Ticket(
        id=id,
        day=today,
        number=next_number(office, today),
        taken=moment,
        kind=TicketKind.RESERVED if wish.appointment else TicketKind.WALK_IN,
        case=case,
        appointment=wish.appointment,
        hour=wish.hour,
        wanted=wish.wanted,
        need=wish.need,
        language=wish.language,
        interpreter=wish.interpreter,
        priority=wish.priority,
    )
    return op.put(ticket, on=id)


def with_person(office: Office, case: str, wish: Wish) -> Wish:
    """The wish with what her case says of her language. Raises `Gone`."""
    person = office.case(case).one(Person)
    if person is None:
        raise Gone(N_("This case file does not exist any more. Look for the person again."))
    known = person.language if isinstance(person.language, Language) else None
    return replace(wish, language=wish.language or known, interpreter=wish.interpreter or person.interpreter)


def next_number(office: Office, day: date) -> str:
    """The next number of this machine today; one that is undone is not given again, for somebody heard it.

    The letter goes by the machine's place among those that the office knows, so that two never give equal numbers.
    """
    return number_of(place_of(office), counters.next_number(office.vault, counter_of(day)))


def coming_numbers(office: Office, day: date, count: int) -> tuple[str, ...]:
    """The numbers that `next_number` will give next, to be printed beforehand; none is given by asking."""
    place, last = place_of(office), counters.last_number(office.vault, counter_of(day))
    return tuple(number_of(place, last + ahead) for ahead in range(1, count + 1))


def place_of(office: Office) -> int:
    """The place of this machine among those that the office knows."""
    keys = office.vault.keys
    return sorted({*keys.known, keys.device}).index(keys.device)


def counter_of(day: date) -> str:
    return f"ticket {day.isoformat()}"


def move(office: Office, ticket: str, state: TicketState, desk: str = "") -> Done:
    """Take a ticket to another state. Raises `NotAllowed` for a move that the table lacks, `Gone` without it."""
    with office.operation(Op.MOVE_TICKET, ticket) as op:
        step(office, op, ticket, state, desk)
    return op.done


def attend(office: Office, ticket: str, case: str = "") -> Done:
    """The person is here; `case` says whose the number is when the desk found out just now. Raises as `move`."""
    with office.operation(Op.MOVE_TICKET, ticket) as op:
        if case:
            link(op, ticket, case)
        step(office, op, ticket, TicketState.SERVED)
    return op.done


def call(office: Office, ticket: str, desk: str = "") -> Done:
    """Call a number; whom this officer was attending is done with. Raises as `move`."""
    mine = [line.id for line in today(office).at_desks if line.officer == office.officer and is_served(line)]
    with office.operation(Op.MOVE_TICKET, ticket) as op:
        for other in mine:
            if other != ticket:
                step(office, op, other, TicketState.DONE)
        step(office, op, ticket, TicketState.CALLED, desk)
    return op.done


def step(office: Office, op: Operation, ticket: str, state: TicketState, desk: str = "") -> TicketStep:
    """Write one move, inside an operation. What the ticket is now decides, not what a screen showed."""
    file = op.on(Ref(Home.TICKET, ticket)).before
    held = file.one(Ticket)
    if held is None:
        raise Gone(NOT_THERE)
    if not may_follow(held.state(file), state, held.calls(file)):
        raise NotAllowed(N_("This cannot follow in the queue. Look at the number again."))
    if state is TicketState.SERVED and held.appointment:
        case = office.vault.who(held.case)
        if people_reads.exists(office.vault, case):  # an erased person may still stand at the desk
            keep_appointment(op, case, held.appointment)
    made = TicketStep(id=new_id(), state=state, at=after(held.steps(file)), officer=office.officer, desk=desk)
    return op.put(made, on=ticket)


def keep_appointment(op: Operation, case: str, id: str) -> None:
    """Who is attended with an appointment has kept it."""
    held = op.on(Ref(Home.CASE, case)).before.all(Appointment).get(id)
    if held is not None and AppointmentState.KEPT in APPOINTMENT_NEXT.get(held.state, frozenset()):
        op.set(held, on=case, state=AppointmentState.KEPT)


def link(op: Operation, ticket: str, case: str) -> None:
    """Tell a ticket whose it is, inside the operation that opens the case. One that is gone, or that leads to somebody
    already, stays as it is.
    """
    held = op.on(Ref(Home.TICKET, ticket)).before.one(Ticket)
    if held is not None and not held.case:
        op.set(held, on=ticket, case=case)


def after(steps: list[TicketStep]) -> datetime:
    """The present moment, or one second after the last move: a machine whose clock is late still writes after what it
    has seen.
    """
    last = steps[-1].at if steps else None
    return max(now(), last + timedelta(seconds=1)) if isinstance(last, datetime) else now()


def now() -> datetime:
    return clock.now().astimezone(UTC).replace(microsecond=0)


# reading


def today(office: Office) -> Queue:
    """The queue as it stands."""
    day, moment = clock.today(), now()
    rows = reads.of_day(office.vault, day.isoformat())
    open_rows = [(row, number) for row, number in zip(rows, numbers(rows), strict=True) if row[10] in set(OPEN)]
    lines = lines_of(office, open_rows)
    waiting = [line for line in lines if line.state is TicketState.WAITING]
    return Queue(
        tuple(veiled(line) for line in lines if line.state is not TicketState.WAITING),
        tuple(map(veiled, sorted(waiting, key=lambda line: rank(line, office.officer, moment)))),
        median_waits(office, day, day).get(day),
    )


def numbers(rows: Iterable[tuple[Any, ...]]) -> list[str]:
    """The numbers as they are called: a second one of a day is told apart."""
    met: dict[str, int] = {}
    found = []
    for row in rows:
        met[row[1]] = met.get(row[1], 0) + 1
        found.append(row[1] if met[row[1]] == 1 else " ".join([row[1], *[BIS] * (met[row[1]] - 1)]))
    return found


def rank(line: TicketLine, officer: str, moment: datetime) -> tuple[int, datetime, str]:
    """Smaller goes first: see the head of this file."""
    if line.hour is not None and not line.priority:
        others = line.wanted not in ("", officer)
        place = 3 if others or line.hour > moment else 1
        return place, max(line.hour, line.taken), line.number
    return 0 if line.priority else 2, line.taken, line.number


def lines_of(office: Office, rows: list[tuple[tuple[Any, ...], str]]) -> list[TicketLine]:
    cases = {row[0]: office.vault.who(row[4]) if row[4] else "" for row, _ in rows}
    people = people_by_case(office, sorted({case for case in cases.values() if case}))
    visits = reads.visits(office.vault, list(people)) if people else {}
    first = reads.priorities(office.vault, list(cases)) if cases else set()
    found = []
    for row, number in rows:
        case = cases[row[0]]
        line = replace(line_of(row, number), priority=row[0] in first)
        if case in people:
            name, folio, restricted = people[case]
            line = replace(
                line, case=case, name="" if restricted else name, number_of_case=folio, restricted=restricted
            )
            line = replace(line, visit=visits.get(case, 0) + 1)
        elif case:  # hidden from this officer
            line = replace(line, need=None)
        found.append(line)
    return found


def veiled(line: TicketLine) -> TicketLine:
    """Somebody with an appointment has a case; where this officer may not see it, she stands as anybody who came in."""
    if line.case or not line.appointment:
        return line
    return replace(line, kind=TicketKind.WALK_IN, hour=None, wanted="", appointment="")


def people_by_case(office: Office, cases: list[str]) -> dict[str, tuple[str, str, bool]]:
    """(name, folio, restricted) of these cases, of those that this officer may see."""
    rows = people_reads.lines(office.vault, cases) if cases else []
    return {row[1]: (full_name(row[3], row[4], row[5], row[6]), row[2], bool(row[10])) for row in rows}


def line_of(row: tuple[Any, ...], number: str) -> TicketLine:
    id, _, taken, kind, _case, hour, wanted, need, language, interpreter, state, calls, since, officer, desk, about = (
        row
    )
    begun = moment_of(taken) or now()
    return TicketLine(
        id=id,
        number=number,
        state=TicketState(state),
        kind=enum_member(TicketKind, kind),
        taken=begun,
        since=moment_of(since) or begun,
        need=enum_member(NeedKind, need) if need else None,
        language=enum_member(Language, language) if language else None,
        interpreter=bool(interpreter),
        hour=moment_of(hour),
        wanted=wanted,
        calls=calls or 0,
        officer=officer,
        desk=desk,
        appointment=about,
    )


def moment_of(text: str | None) -> datetime | None:
    told = parse_date(datetime, text) if text else None
    return told if isinstance(told, datetime) else None


def is_served(line: TicketLine) -> bool:
    return line.state is TicketState.SERVED


def median_waits(office: Office, first: date, last: date) -> dict[date, int]:
    """The median of the minutes that people waited until they were attended, by day: all that is read of days gone."""
    by_day: dict[date, list[int]] = {}
    for day, minutes in reads.waited(office.vault, first.isoformat(), last.isoformat()):
        by_day.setdefault(date.fromisoformat(day), []).append(minutes)
    return {day: round(median(found)) for day, found in by_day.items()}
