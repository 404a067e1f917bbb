"""An appointment: with the office itself, or at the service of an institution."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from migrant_office.i18n import N_
from migrant_office.models.coded import Coded
from migrant_office.models.missing import Missing
from migrant_office.models.need import NeedKind
from migrant_office.models.person import ContactRule
from migrant_office.models.vault.nouns import Home, Sensitivity, noun, scalar

COUNTED = Sensitivity.COUNTED
HOURS, MINUTES = 24, 60
MINUTES_OF_A_DAY = HOURS * MINUTES
LONGEST = 8 * MINUTES  # of one appointment
HOUR = re.compile(r"(\d{1,2})[:.](\d{2})", re.ASCII)


class AppointmentState(Coded):
    RESERVED = "reserved", N_("To be confirmed")
    CONFIRMED = "confirmed", N_("Confirmed")
    ARRIVED = "arrived", N_("Already here")
    KEPT = "kept", N_("Kept")
    MISSED = "missed", N_("Did not come")
    CANCELLED = "cancelled", N_("Cancelled")


OPEN = frozenset({AppointmentState.RESERVED, AppointmentState.CONFIRMED, AppointmentState.ARRIVED})
NEXT: dict[AppointmentState, frozenset[AppointmentState]] = {
    AppointmentState.RESERVED: frozenset(AppointmentState) - {AppointmentState.RESERVED},
    AppointmentState.CONFIRMED: frozenset(AppointmentState) - {AppointmentState.CONFIRMED},
    AppointmentState.ARRIVED: frozenset(
        {AppointmentState.KEPT, AppointmentState.MISSED, AppointmentState.CONFIRMED, AppointmentState.CANCELLED}
    ),
    # who came late was there after all; a slip of the finger can be put right
    AppointmentState.MISSED: frozenset({AppointmentState.ARRIVED, AppointmentState.KEPT}),
    AppointmentState.KEPT: frozenset({AppointmentState.MISSED}),
    AppointmentState.CANCELLED: frozenset(),
}
"""What may follow each state. A cancelled hour may be somebody else's by now: it is given anew, not taken back."""


class CancelReason(Coded):
    """Why an appointment does not take place."""

    PERSON = "person", N_("The person cannot come")
    OFFICE = "office", N_("The office cannot attend")
    SERVICE = "service", N_("The institution cancelled")
    SOLVED = "solved", N_("It is not needed any more")
    OTHER = "other", N_("Other")


class Reminder(Coded):
    """How a person wants to be reminded; only ways that her contact rule allows."""

    NONE = "none", N_("No reminder")
    CALL = "call", N_("Telephone call")
    WHATSAPP = "whatsapp", N_("WhatsApp")
    MESSAGE = "message", N_("Text message")


REMINDERS: dict[ContactRule, frozenset[Reminder]] = {
    ContactRule.ANY: frozenset(Reminder),
    ContactRule.WHATSAPP_ONLY: frozenset({Reminder.NONE, Reminder.WHATSAPP}),
    ContactRule.NO_MESSAGES: frozenset({Reminder.NONE, Reminder.CALL}),
    ContactRule.ONLY_IN_PERSON: frozenset({Reminder.NONE}),
}


def reminders(rule: ContactRule | Missing, *, may_contact: bool | None) -> frozenset[Reminder]:
    """The ways in which somebody may be reminded. Without her rule only a call, which she can decline to take; with a
    no to being contacted, or a rule of a newer program, none.
    """
    if may_contact is False:
        return frozenset({Reminder.NONE})
    if isinstance(rule, Missing):
        return frozenset({Reminder.NONE, Reminder.CALL})
    return REMINDERS.get(rule, frozenset({Reminder.NONE}))


@noun("appointment", Home.CASE)
class Appointment:
    """One hour reserved for a person. `service` "" is the office itself, and then `officer` attends; else the service
    of an institution. `hour` is on the office's wall, "10:30"; `minutes` how long. `referral` is what it is about.
    """

    id: str
    referral: str = scalar(default="", index=True, follows=True)
    service: str = scalar(default="", index=True, sensitivity=COUNTED)
    officer: str = scalar(default="")
    day: date | None = scalar(default=None, index=True)
    hour: str = scalar(default="")
    minutes: int = scalar(default=0)
    place: str = scalar(default="", column=False)
    about: NeedKind | None = scalar(default=None, sensitivity=COUNTED)
    note: str = scalar(default="", column=False)
    interpreter: bool = scalar(default=False)
    reminder: Reminder = scalar(default=Reminder.NONE, column=False)
    state: AppointmentState = scalar(default=AppointmentState.RESERVED, index=True, sensitivity=COUNTED)
    reason: CancelReason | None = scalar(default=None, sensitivity=COUNTED)
    reason_words: str = scalar(default="", column=False)
    made: date | None = scalar(default=None)
    recorded: date | None = scalar(default=None, index=True, sensitivity=COUNTED)
    made_by: str = scalar(default="")

    @property
    def span(self) -> range:
        """The minutes of the day that it takes; none when its hour cannot be read."""
        return span(self.hour, self.minutes)

    @property
    def is_open(self) -> bool:
        """Whether it still takes its hour; a state of a newer program is none that does."""
        return self.state in OPEN

    @property
    def on(self) -> date | None:
        """Its day, unless it is damaged."""
        return self.day if isinstance(self.day, date) else None


def span(hour: str, minutes: int | None) -> range:
    """The minutes of the day that an appointment takes; none for what is damaged."""
    start = minute_of(hour)
    if start is None or not isinstance(minutes, int) or minutes <= 0:
        return range(0)
    return range(start, start + minutes)


def minute_of(hour: str) -> int | None:
    """Minutes since midnight of "9:00", "09:00" or "9.00"; None for what is no hour."""
    told = HOUR.fullmatch(hour.strip()) if isinstance(hour, str) else None
    if told is None or int(told[1]) >= HOURS or int(told[2]) >= MINUTES:
        return None
    return int(told[1]) * MINUTES + int(told[2])


def hour_of(minute: int) -> str:
    """A minute of the day as an hour: 630 is "10:30"."""
    return f"{minute // MINUTES:02d}:{minute % MINUTES:02d}"


def overlap(one: range, other: range) -> bool:
    """Whether two spans share a minute; one that ends when the other begins does not."""
    return bool(one) and bool(other) and one.start < other.stop and other.start < one.stop


def free(hours: Iterable[range], taken: Iterable[range], slot: int) -> list[int]:
    """The beginnings of the slots of so many minutes that nobody has taken, in the order of the day."""
    busy = list(taken)
    return [
        start
        for open_ in hours
        for start in range(open_.start, open_.stop - slot + 1, slot)
        if not any(overlap(range(start, start + slot), other) for other in busy)
    ]
