"""The life of an invented office, day by day, through the same services as the desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from random import Random

from migrant_office import clock
from migrant_office.models.case_file import FollowedReferral
from migrant_office.models.need import NeedKind, UnmetReason
from migrant_office.models.office import Office
from migrant_office.models.person import Person, Situation
from migrant_office.models.referral import Outcome, Referral, State
from migrant_office.models.service import Service
from migrant_office.services import catalogue, people, referrals
from migrant_office.services.demo.days import Agenda
from migrant_office.services.demo.draw import Draw, carried_over, falling, happens
from migrant_office.services.demo.persons import invented_person
from migrant_office.services.demo.profile import Profile
from migrant_office.services.referrals import Heard

COURSES = (NeedKind.CERTIFICATION, NeedKind.ENTREPRENEURSHIP)
CLOSE_TO_THE_END = timedelta(days=30)
FINISHED = {Outcome.COMPETENT, Outcome.NOT_YET_COMPETENT, Outcome.RESULT_PENDING}


class Living:
    """What can happen to people in the office; each thing plans the next on the agenda."""

    def __init__(self, office: Office, profile: Profile, rng: Random, agenda: Agenda, *, light: bool) -> None:
        self.office, self.rng, self.agenda, self.light = office, rng, agenda, light
        self.who, self.life = profile.people, profile.life
        self.services: dict[NeedKind, Draw[Service] | None] = {}
        self.due_on_last_day = 6

    def percent(self, share: float) -> bool:
        return happens(self.rng, share)

    def days(self, least: int, most: int) -> timedelta:
        return timedelta(days=self.rng.randint(least, most))

    # the first visit

    def arrive(self) -> None:
        """Somebody comes for the first time: a case is opened, needs are told, referrals made."""
        kinds = self.needs()
        person = invented_person(self.rng, self.who, clock.today(), kind="course" if kinds[0] in COURSES else "desk")
        told = [people.new_need(kind, self.why_unmet(kind)) for kind in kinds]
        first = people.new_encounter(self.office, self.life.first_channel(self.rng), self.note())
        people.open_case(self.office, person, *told, encounter=first)
        for need in told:
            if need.unmet is None and self.percent(self.life.referrals["share"]):
                self.refer(person, need.kind)
        if not self.light:
            for _ in range(self.life.later_contacts(self.rng)):
                self.agenda.add(clock.today() + self.days(5, 120), partial(self.come_again, person))

    def needs(self) -> list[NeedKind]:
        """One to three different needs; a course first, because it decides who comes."""
        drawn = [self.life.needs(self.rng) for _ in range(self.life.needs_at_once(self.rng))]
        return sorted(dict.fromkeys(drawn), key=lambda kind: kind not in COURSES)

    def why_unmet(self, kind: NeedKind) -> UnmetReason | None:
        if self.service_for(kind) is None:
            return UnmetReason.NO_OFFER
        return self.life.unmet_reasons(self.rng) if self.percent(self.life.unmet[kind]) else None

    def note(self) -> str:
        return self.life.notes(self.rng) if self.percent(self.life.with_note) else ""

    def come_again(self, person: Person) -> None:
        people.add_encounter(self.office, person.id, self.life.channels(self.rng), self.note())

    # referrals

    def service_for(self, kind: NeedKind) -> Service | None:
        """A service for a need: the city's usual ones first, else whatever the catalogue has."""
        if kind not in self.services:
            offered = {line.id for line in catalogue.lines(self.office, offered_only=True)}
            usual = [id for id in self.life.services.get(kind.value, []) if id in offered]
            ids = usual or [line.id for line in catalogue.for_need(self.office, kind)]
            self.services[kind] = falling(catalogue.service(self.office, id) for id in ids) if ids else None
        draw = self.services[kind]
        return draw(self.rng) if draw else None

    def refer(self, person: Person, kind: NeedKind) -> None:
        service = self.service_for(kind)
        if service is None:
            return
        due = self.due_day(service)
        _, referral = referrals.refer(self.office, person.id, service, need=kind, due=due)
        if not self.light and due is None and not self.percent(self.life.referrals["never_followed"]):
            followed = FollowedReferral(referral, (), State.REQUESTED, None, referral.due)
            self.plan_follow_up(person, followed, answered=False)

    def due_day(self, service: Service) -> date | None:
        """The last day for a few of the last weeks' referrals, so that Hoy has some due today; else the usual day."""
        until = self.agenda.until
        close = timedelta(0) < until - clock.today() <= CLOSE_TO_THE_END
        if self.due_on_last_day and close and self.percent(30):
            self.due_on_last_day -= 1
            return until
        return None

    def plan_follow_up(self, person: Person, followed: FollowedReferral, *, answered: bool) -> None:
        """Somebody asks on the day it is due, or late."""
        day = followed.due or clock.today()
        if self.percent(self.life.referrals["late"]):
            day += self.days(3, 30)
        self.agenda.add(day, partial(self.follow_up, person, followed, answered=answered))

    def follow_up(self, person: Person, followed: FollowedReferral, *, answered: bool) -> None:
        """An answer on the way, or what came of it in the end."""
        if not answered and self.percent(self.life.referrals["between"]):
            due = clock.today() + self.days(14, 45)
            state = State.IN_PROGRESS if followed.referral.need in COURSES else State.ACCEPTED
            self.hear(person, followed, Heard(state=state, due=due))
            self.plan_follow_up(person, replace(followed, state=state, due=due), answered=True)
            return
        state, outcome = self.life.outcomes[kind_of(followed.referral)](self.rng)
        drop_out = self.life.drop_out(self.rng) if outcome is Outcome.DROPPED_OUT else None
        ask_again = clock.today() + self.days(20, 40) if outcome is Outcome.RESULT_PENDING else None
        self.hear(person, followed, Heard(state=state, outcome=outcome, drop_out=drop_out, due=ask_again))
        self.go_on(person, outcome)

    def hear(self, person: Person, followed: FollowedReferral, heard: Heard) -> None:
        referrals.record_step(self.office, person.id, followed, heard)

    def go_on(self, person: Person, outcome: Outcome | None) -> None:
        """What an outcome changes in the person's life, and the step that should come after a certificate."""
        if outcome in FINISHED and isinstance(person.situation, Situation):
            now = carried_over(self.rng, person.situation, self.who.situation["before"], self.who.situation["after"])
            if now is not person.situation:
                people.edit_person(self.office, person, situation=now)
        elif outcome is Outcome.JOB_FOUND and person.situation is Situation.LOOKING:
            people.edit_person(self.office, person, situation=Situation.OTHER_JOB)
        if outcome is Outcome.COMPETENT and self.percent(self.life.job_after_certificate):
            self.refer(person, NeedKind.WORK)

    # the office itself

    def plan_confirmations(self, days: list[date]) -> None:
        """On some day the office asks most institutions whether the catalogue is right."""
        for line in catalogue.lines(self.office, offered_only=True):
            day = self.rng.choice(days)
            if self.percent(self.life.office["confirmed"]):
                self.agenda.add(day, partial(self.confirm, line.id))

    def confirm(self, service: str) -> None:
        catalogue.confirm(self.office, catalogue.service(self.office, service))


def kind_of(referral: Referral) -> str:
    """Which outcomes a referral can have."""
    named = (NeedKind.CERTIFICATION, NeedKind.ENTREPRENEURSHIP, NeedKind.WORK)
    return referral.need.value if referral.need in named else "other"
