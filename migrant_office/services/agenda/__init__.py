"""The agenda: the office's hours, appointments given and followed, and the day as it stands."""

from migrant_office.services.agenda.booking import (
    Doubt,
    Wanted,
    arrive,
    book,
    cancel,
    doubts,
    move,
    offered_reminders,
    settle,
)
from migrant_office.services.agenda.hours import is_working_day, next_working_day, office_spans
from migrant_office.services.agenda.reading import (
    AppointmentLine,
    Day,
    OfficerDay,
    day_of,
    of_case,
    one,
    today,
)

__all__ = [
    "AppointmentLine",
    "Day",
    "Doubt",
    "OfficerDay",
    "Wanted",
    "arrive",
    "book",
    "cancel",
    "day_of",
    "doubts",
    "is_working_day",
    "move",
    "next_working_day",
    "of_case",
    "offered_reminders",
    "office_spans",
    "one",
    "settle",
    "today",
]
