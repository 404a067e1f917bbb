"""The queue and the agenda of an invented office: appointments kept and missed, and a last day with people waiting."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import partial
from random import Random

from migrant_office import clock
from migrant_office.models.appointment import Appointment, AppointmentState, CancelReason
from migrant_office.models.need import NeedKind
from migrant_office.models.office import Office
from migrant_office.models.person import Language, Person
from migrant_office.models.queue import Priority, TicketState
from migrant_office.services import agenda, queue
from migrant_office.services.agenda import Wanted
from migrant_office.services.demo.days import Agenda
from migrant_office.services.demo.draw import happens
from migrant_office.services.queue import Wish

GIVEN, CANCELLED, KEPT = 15, 6, 82  # ours, percent: of later visits, of those, of the rest
NEEDS = (NeedKind.WORK, NeedKind.EDUCATION, NeedKind.CERTIFICATION, NeedKind.PAPERS, NeedKind.HEALTH)
EVENING = time(16, 30)
HOURS = ("10:30", "11:30", "12:30", "15:00")  # appointments of the last day
NUMBERS = (time(11, 20), time(11, 41), time(11, 48), time(11, 54), time(11, 57))
AT_DESK = 2  # minutes after the first number was taken: called, and attended
MOST_LOOKED_AT = 60  # the newest cases, among whom those of the last day are


class FrontDesk:
    """Draws from a random source of its own, so that the lives of the people stay what they were."""

    def __init__(self, office: Office, rng: Random, days: Agenda, *, light: bool) -> None:
        self.office, self.rng, self.days, self.light = office, rng, days, light
        self.cases: list[str] = []

    def met(self, case: str) -> None:
        """Somebody whose case is open now."""
        self.cases.append(case)

    # through the months

    def perhaps_book(self, case: str, day: date) -> None:
        """A later visit may be given an hour; on the day it is kept, missed, or was called off."""
        if self.light or not happens(self.rng, GIVEN):
            return
        if not agenda.is_working_day(self.office.city, day):
            day = agenda.next_working_day(self.office.city, day)
        free = self.free(day)
        if not free:
            return
        about = self.rng.choice(NEEDS)
        _done, made = agenda.book(self.office, case, self.wanted(day, self.rng.choice(free), about))
        self.days.add(day, partial(self.settle, case, made))

    def free(self, day: date) -> tuple[str, ...]:
        """The hours that whoever is at work has not given yet."""
        officers = agenda.day_of(self.office, day).officers
        return next(one.free for one in officers if one.officer == self.office.officer)

    def wanted(self, day: date, hour: str, about: NeedKind) -> Wanted:
        return Wanted(day=day, hour=hour, minutes=self.office.city.hours.slot, about=about)

    def settle(self, case: str, made: Appointment) -> None:
        if happens(self.rng, CANCELLED):
            agenda.cancel(self.office, case, made.id, self.rng.choice(list(CancelReason)))
            return
        came = happens(self.rng, KEPT)
        agenda.settle(self.office, case, made.id, AppointmentState.KEPT if came else AppointmentState.MISSED)

    # the last day

    def last_day(self, before: date, day: date) -> None:
        """Four appointments, one of whom is here, and five numbers, the first of whom is being attended."""
        if self.light:
            return
        people = self.visible()
        with clock.at(at(before, EVENING)):
            given = [
                (person.id, agenda.book(self.office, person.id, self.wanted(day, hour, about))[1].id)
                for person, hour, about in zip(people, HOURS, NEEDS, strict=False)
                if hour in self.free(day)
            ]
            for case, id in given[1:3]:
                agenda.settle(self.office, case, id, AppointmentState.CONFIRMED)
        self.fill_queue(day, people[len(HOURS) :])
        with clock.at(at(day, time(11, 45))):
            for case, id in given[1:2]:
                agenda.arrive(self.office, case, id)
            for case, id in given[:1]:
                agenda.settle(self.office, case, id, AppointmentState.KEPT)

    def visible(self) -> list[Person]:
        """The newest people who are not restricted, those who need an interpreter first."""
        newest = [self.office.case(case).one(Person) for case in self.cases[-MOST_LOOKED_AT:]]
        shown = [person for person in newest if person is not None and not person.restricted]
        return sorted(shown, key=lambda person: (not person.interpreter, person.language is not Language.HT))

    def fill_queue(self, day: date, people: list[Person]) -> None:
        """The first number is at the desk; one has priority, one is of somebody nobody knows yet."""
        wishes = [Wish(case=person.id, need=need) for person, need in zip(people, NEEDS, strict=False)]
        wishes = [*wishes[:2], Wish(), *wishes[2:4]]
        if len(wishes) == len(NUMBERS):
            wishes[-1] = Wish(case=wishes[-1].case, need=NeedKind.HEALTH, priority=frozenset({Priority.PREGNANT}))
        for wish, moment in zip(wishes, NUMBERS, strict=False):
            with clock.at(at(day, moment)):
                _done, ticket = queue.take(self.office, wish)
            if moment == NUMBERS[0]:
                with clock.at(at(day, time(moment.hour, moment.minute + AT_DESK))):
                    queue.call(self.office, ticket.id)
                    queue.move(self.office, ticket.id, TicketState.SERVED)


def at(day: date, moment: time) -> datetime:
    return clock.on_the_wall(datetime.combine(day, moment))
