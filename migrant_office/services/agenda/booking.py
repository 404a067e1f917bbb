"""Giving an appointment and following it. No hour of an officer is given twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from migrant_office import clock
from migrant_office.errors import Gone, NotAllowed, UserError
from migrant_office.i18n import N_
from migrant_office.models.appointment import (
    LONGEST,
    MINUTES,
    MINUTES_OF_A_DAY,
    NEXT,
    OPEN,
    Appointment,
    AppointmentState,
    CancelReason,
    Reminder,
    hour_of,
    minute_of,
    overlap,
    reminders,
    span,
)
from migrant_office.models.missing import Missing
from migrant_office.models.need import NeedKind
from migrant_office.models.office import Office, new_id
from migrant_office.models.operations import Op
from migrant_office.models.person import Person
from migrant_office.models.queue import Ticket
from migrant_office.models.reads import agenda as reads
from migrant_office.models.referral import Referral
from migrant_office.models.vault.nouns import File, Home, Ref
from migrant_office.models.vault.operation import Done, Operation
from migrant_office.services import catalogue, consents, queue
from migrant_office.services.agenda.hours import is_holiday, is_working_day

NOT_THERE = N_("This appointment does not exist any more. Open the case file again.")
GIVEN = N_("This hour is given already: {hours}. Choose another one.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What an appointment is to be. `service` "" is the office itself; `officer` "" whoever gives it."""

    day: date
    hour: str
    minutes: int
    officer: str = ""
    service: str = ""
    referral: str = ""
    about: NeedKind | None = None
    place: str = ""
    note: str = ""
    interpreter: bool = False
    reminder: Reminder = Reminder.NONE


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that speaks against an hour and does not forbid it: a message id and what fills it."""

    message: str
    data: tuple[tuple[str, str], ...] = ()


# writing


def book(office: Office, case: str, wanted: Wanted) -> tuple[Done, Appointment]:
    """Give an appointment. Raises `NotAllowed` for a day gone by, an hour that cannot be, one that the officer or the
    person has given already, or a reminder that her contact rule forbids; `Gone` without the case.
    """
    with office.case_operation(Op.BOOK, case) as op:
        file = op.on(Ref(Home.CASE, case)).before
        check(office, file, wanted)
        made = op.put(new_appointment(office, wanted), on=case)
    return op.done, made


def new_appointment(office: Office, wanted: Wanted) -> Appointment:
    today = clock.today()
    return Appointment(
        id=new_id(),
        referral=wanted.referral,
        service=wanted.service,
        officer=officer_of(office, wanted),
        day=wanted.day,
        hour=hour_of(minute_of(wanted.hour) or 0),
        minutes=wanted.minutes,
        place=wanted.place.strip(),
        about=wanted.about,
        note=wanted.note.strip(),
        interpreter=wanted.interpreter,
        reminder=wanted.reminder,
        made=today,
        recorded=today,
        made_by=office.officer,
    )


def officer_of(office: Office, wanted: Wanted) -> str:
    """Who attends: nobody of the office where an institution does."""
    return "" if wanted.service else wanted.officer or office.officer


def check(office: Office, file: File, wanted: Wanted, own: str = "") -> None:
    """Whether this hour may be given; `own` is the appointment that is being moved."""
    start = minute_of(wanted.hour)
    if start is None:
        raise UserError(N_("Write the hour like 10:30."))
    if not 0 < wanted.minutes <= LONGEST:
        raise UserError(N_("Say how long the appointment takes, in minutes."))
    if wanted.day < clock.today():
        raise NotAllowed(N_("This day has passed already. Choose today or a later day."))
    if wanted.referral and wanted.referral not in file.all(Referral):
        raise Gone(N_("This referral does not exist any more. Open the case file again."))
    allowed = allowed_reminders(file)
    if wanted.reminder not in allowed:
        raise NotAllowed(N_("The contact rule of this person does not allow that reminder."))
    asked = range(start, start + wanted.minutes)
    if not wanted.service:
        refuse_given(asked, hours_of_officer(office, wanted.day, officer_of(office, wanted), own))
    refuse_given(asked, hours_of_person(file, wanted.day, own))


def refuse_given(asked: range, given: Iterable[range]) -> None:
    for other in given:
        if overlap(asked, other):
            raise NotAllowed(GIVEN, hours=f"{hour_of(other.start)}–{hour_of(other.stop)}")


def hours_of_officer(office: Office, day: date, officer: str, own: str = "") -> list[range]:
    """The spans that an officer has given on a day, whoever may see to whom."""
    rows = reads.taken(office.vault, day.isoformat())
    return [span(hour, minutes) for id, who, hour, minutes in rows if who == officer and id != own]


def hours_of_person(file: File, day: date, own: str = "") -> list[range]:
    """The spans that a person has on a day, wherever: she cannot be at two places."""
    return [a.span for a in file.all(Appointment).values() if a.day == day and a.state in OPEN and a.id != own]


def move(office: Office, case: str, id: str, wanted: Wanted) -> Done:
    """Another day, hour, length or reminder; it is to be confirmed again. Raises as `book`, and `NotAllowed` for one
    that is over.
    """
    with edited(office, case, id) as (op, held, file):
        if held.state not in OPEN:
            raise NotAllowed(N_("This appointment is over. Give a new one."))
        check(office, file, wanted, own=held.id)
        op.set(
            held,
            on=case,
            day=wanted.day,
            hour=hour_of(minute_of(wanted.hour) or 0),
            minutes=wanted.minutes,
            officer=officer_of(office, wanted),
            about=wanted.about,
            place=wanted.place.strip(),
            note=wanted.note.strip(),
            interpreter=wanted.interpreter,
            reminder=wanted.reminder,
            state=AppointmentState.RESERVED,
        )
    return op.done


@contextmanager
def edited(office: Office, case: str, id: str) -> Iterator[tuple[Operation, Appointment, File]]:
    """An operation on one appointment, with how it stands now: the screen may be stale. Raises `Gone` without it."""
    with office.case_operation(Op.EDIT_APPOINTMENT, case) as op:
        file = op.on(Ref(Home.CASE, case)).before
        held = file.all(Appointment).get(id)
        if held is None:
            raise Gone(NOT_THERE)
        yield op, held, file


def settle(office: Office, case: str, id: str, state: AppointmentState) -> Done:
    """Confirmed, kept or missed. Raises `NotAllowed` for what cannot follow, `Gone` without the appointment."""
    with edited(office, case, id) as (op, held, _file):
        check_state(held, state)
        op.set(held, on=case, state=state)
    return op.done


def cancel(office: Office, case: str, id: str, reason: CancelReason, words: str = "") -> Done:
    """It does not take place, and why; its hour is free again. Raises as `settle`."""
    with edited(office, case, id) as (op, held, _file):
        check_state(held, AppointmentState.CANCELLED)
        op.set(held, on=case, state=AppointmentState.CANCELLED, reason=reason, reason_words=words.strip())
    return op.done


def arrive(office: Office, case: str, id: str) -> tuple[Done, Ticket]:
    """The person is here: she gets a number that waits for the hour and the officer of her appointment. One operation.

    Raises as `settle`, and `NotAllowed` for one of another day or at an institution, or when she has a number already.
    """
    with edited(office, case, id) as (op, held, _file):
        if held.service:
            raise NotAllowed(N_("This appointment is at the institution, not here."))
        if held.day != clock.today():
            raise NotAllowed(N_("This appointment is on another day. Move it, or give a number without it."))
        check_state(held, AppointmentState.ARRIVED)
        op.set(held, on=case, state=AppointmentState.ARRIVED)
        wish = queue.Wish(
            case=case,
            need=held.about,
            interpreter=held.interpreter,
            appointment=held.id,
            hour=moment_of(held),
            wanted=held.officer,
        )
        ticket = queue.put_ticket(office, op, new_id(), wish)
    return op.done, ticket


def check_state(held: Appointment, wanted: AppointmentState) -> None:
    if wanted not in NEXT.get(held.state, frozenset()):
        raise NotAllowed(N_("This cannot follow how the appointment stands. Open it again."))


def moment_of(held: Appointment) -> datetime | None:
    """Its beginning, in UTC."""
    minute = minute_of(held.hour)
    if minute is None or not isinstance(held.day, date):
        return None
    return clock.on_the_wall(datetime.combine(held.day, time(*divmod(minute, 60)))).astimezone(UTC)


# what the screen may offer


def allowed_reminders(file: File) -> frozenset[Reminder]:
    person = file.one(Person)
    rule = person.contact_rule if person else Missing.NOT_ASKED
    return reminders(rule, may_contact=consents.may_contact(file))


def offered_reminders(office: Office, case: str) -> tuple[Reminder, ...]:
    """The ways in which this person may be reminded, in the order of the list."""
    allowed = allowed_reminders(office.case(case))
    return tuple(one for one in Reminder if one in allowed)


def doubts(office: Office, wanted: Wanted) -> tuple[Doubt, ...]:
    """What speaks against an hour without forbidding it: a holiday, a closed day, an hour outside the known ones."""
    found = [Doubt(N_("That day is a public holiday."))] if is_holiday(office.city, wanted.day) else []
    start = minute_of(wanted.hour)
    asked = range(start, start + wanted.minutes) if start is not None else range(0)
    spans = service_spans(office, wanted.service, wanted.day) if wanted.service else office.city.hours.spans
    if not wanted.service and not found and not is_working_day(office.city, wanted.day):
        found.append(Doubt(N_("The office gives no appointments on that day of the week.")))
    if spans is not None and asked and not any(s.start <= asked.start and asked.stop <= s.stop for s in spans):
        found.append(outside(spans))
    return tuple(found)


def outside(spans: tuple[range, ...]) -> Doubt:
    if not spans:
        return Doubt(N_("As far as is known, nobody attends there on that day."))
    hours = ", ".join(f"{hour_of(s.start)}–{hour_of(s.stop)}" for s in spans)
    return Doubt(N_("Attends that day: {hours}."), (("hours", hours),))


def service_spans(office: Office, service: str, day: date) -> tuple[range, ...] | None:
    """The minutes in which a service attends on a day; None when nobody knows its hours."""
    hours_on = getattr(catalogue, "hours_on", None)  # the directory brings the schedules
    told = hours_on(office, service, day) if hours_on else None
    if told is None or not told.known:
        return None
    return tuple(range(minutes(one.opens), minutes(one.closes) or MINUTES_OF_A_DAY) for one in told.openings)


def minutes(moment: time | None) -> int:
    """Minutes since midnight; 0 for an end that nobody wrote, or that is midnight: both mean the rest of the day."""
    return moment.hour * MINUTES + moment.minute if moment else 0
