"""The life of an invented office, day by day, through the same services as the desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from random import Random
from zlib import crc32

from migrant_office import clock
from migrant_office.models.case_file import FollowedReferral
from migrant_office.models.consent import SaidBy
from migrant_office.models.missing import Missing
from migrant_office.models.need import NeedKind, UnmetReason
from migrant_office.models.office import Office
from migrant_office.models.person import Situation
from migrant_office.models.referral import Outcome, Referral, State
from migrant_office.models.service import Service
from migrant_office.services import catalogue, consents, people, referrals
from migrant_office.services.consents import Said
from migrant_office.services.demo import at_route
from migrant_office.services.demo.days import Agenda, days_between
from migrant_office.services.demo.draw import Draw, carried_over, falling, happens
from migrant_office.services.demo.following import Following
from migrant_office.services.demo.front_desk import FrontDesk
from migrant_office.services.demo.profile import Profile
from migrant_office.services.demo.surveying import Surveying
from migrant_office.services.demo.trails import Trails
from migrant_office.services.demo.visits import Visitor, Visits
from migrant_office.services.directory.editing import write_procedure
from migrant_office.services.referrals import Heard

COURSES = (NeedKind.CERTIFICATION, NeedKind.ENTREPRENEURSHIP)
CLOSE_TO_THE_END = timedelta(days=30)
FOUND_BY_THEN = timedelta(days=60)
FINISHED = {Outcome.COMPETENT, Outcome.NOT_YET_COMPETENT, Outcome.RESULT_PENDING}


class Living:
    """What can happen to people in the office; each thing plans the next on the agenda."""

    def __init__(
        self, office: Office, profile: Profile, rng: Random, agenda: Agenda, desk: FrontDesk, *, light: bool
    ) -> None:
        self.office, self.rng, self.agenda, self.light = office, rng, agenda, light
        self.who, self.life = profile.people, profile.life
        self.services: dict[NeedKind, Draw[Service] | None] = {}
        self.due_on_last_day = 6
        self.visits = Visits(office, profile, rng, agenda, light=light)
        self.following = Following(office, agenda, office.city.id)
        self.desk = desk
        self.surveying = Surveying(office, Random(f"surveys {len(agenda.open)}"))  # noqa: S311 - an invented office
        self.trails = Trails(office, profile.life.pathways, Agenda(sorted(agenda.open)))

    def percent(self, share: float) -> bool:
        return happens(self.rng, share)

    def days(self, least: int, most: int) -> timedelta:
        return days_between(self.rng, least, most)

    # the first visit

    def arrive(self, size: int) -> None:
        """Somebody comes for the first time, perhaps with a family: cases are opened, needs told, referrals made."""
        self.following.somebody()
        kinds = self.needs()
        unmet = {kind: reason for kind in kinds if (reason := self.why_unmet(kind))}
        served = [kind for kind in kinds if kind not in unmet]
        kind = "course" if kinds[0] in COURSES else "desk"
        visitor = self.visits.family(size, served) if size > 1 else self.visits.one(served, kind)
        self.desk.met(visitor.id)
        for need, reason in unmet.items():
            people.add_need(self.office, visitor.id, need, reason)
        for need in served:
            if self.percent(self.life.referrals["share"]):
                self.refer(visitor, need)
        self.protect(visitor)
        if not self.light:
            at_route.look(self.office, visitor.id)
            for _ in range(self.life.later_contacts(self.rng)):
                day = clock.today() + self.days(5, 120)
                self.agenda.add(day, partial(self.come_again, visitor))
                self.desk.perhaps_book(visitor.id, day)

    def protect(self, visitor: Visitor) -> None:
        """The rapid path of those at risk; a few of the others tell something once."""
        if not visitor.at_risk:
            self.visits.at_risk.tell_some(visitor.id)
        elif (referral := self.visits.at_risk.go_on(visitor.id)) and not self.light:
            self.plan_follow_up(visitor, requested(referral), answered=False)  # nobody forgets these

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

    def come_again(self, visitor: Visitor) -> None:
        people.add_encounter(self.office, visitor.id, self.life.channels(self.rng), self.note())

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

    def refer(self, visitor: Visitor, kind: NeedKind) -> None:
        service = self.service_for(kind)
        if service is None:
            return
        due = self.due_day(service)
        said = Said(by=SaidBy.GUARDIAN, guardian=visitor.guardian) if visitor.guardian else Said()
        agreed = said if self.percent(self.life.referrals["agreed"]) else None
        _, referral = consents.refer(self.office, visitor.id, service, agreed=agreed, need=kind, due=due)
        if due is None:
            self.ask_later(visitor, referral)

    def ask_later(self, visitor: Visitor, referral: Referral) -> None:
        """Somebody will ask what came of it, but for the few whom everybody forgets; of these the supervisor finds all
        but the last weeks'.
        """
        forgotten = self.percent(self.life.referrals["never_followed"])
        if not self.light and not (forgotten and self.agenda.until - clock.today() <= FOUND_BY_THEN):
            self.plan_follow_up(visitor, requested(referral), answered=False)

    def due_day(self, service: Service) -> date | None:
        """The last day for a few of the last weeks' referrals, so that Hoy has some due today; else the usual day."""
        until = self.agenda.until
        close = timedelta(0) < until - clock.today() <= CLOSE_TO_THE_END
        if self.due_on_last_day and close and self.percent(30):
            self.due_on_last_day -= 1
            return until
        return None

    def plan_follow_up(self, visitor: Visitor, followed: FollowedReferral, *, answered: bool) -> None:
        """Somebody asks on the day it is due, or late."""
        day = followed.due or clock.today()
        if self.percent(self.life.referrals["late"]):
            day += self.days(3, 30)
        self.agenda.add(day, partial(self.follow_up, visitor, followed, answered=answered))

    def follow_up(self, visitor: Visitor, followed: FollowedReferral, *, answered: bool) -> None:
        """An answer on the way, or what came of it in the end; when nobody answers, another day."""
        if again := self.following.reached(visitor.id, followed.referral.id):
            self.agenda.add(again, partial(self.follow_up, visitor, followed, answered=answered))
            return
        if not answered and self.percent(self.life.referrals["between"]):
            due = clock.today() + self.days(14, 45)
            state = State.IN_PROGRESS if followed.referral.need in COURSES else State.ACCEPTED
            expected = clock.today() + days_between(apart(followed), 3, 12) if state is State.ACCEPTED else None
            heard = Heard(state=state, due=due, appointment=expected)
            referrals.record_step(self.office, visitor.id, followed, heard)
            self.plan_follow_up(visitor, replace(followed, state=state, due=due), answered=True)
            return
        state, outcome = self.life.outcomes[kind_of(followed.referral)](self.rng)
        drop_out = self.life.drop_out(self.rng) if outcome is Outcome.DROPPED_OUT else None
        ask_again = clock.today() + self.days(20, 40) if outcome is Outcome.RESULT_PENDING else None
        heard = Heard(
            state=state,
            outcome=outcome,
            drop_out=drop_out,
            rejection=self.life.rejection(apart(followed)) if state is State.REJECTED else None,
            cancellation=self.life.cancellation(apart(followed)) if state is State.CANCELLED else None,
            due=ask_again,
        )
        self.trails.hear(visitor.id, followed, heard)
        if state is State.COMPLETED:
            self.surveying.plan(visitor.id, followed.referral)
        self.following.go_on(visitor.id, followed.referral.id, outcome)
        self.go_on(visitor, outcome)
        self.trails.go_on(visitor.id, followed.referral)

    def go_on(self, visitor: Visitor, outcome: Outcome | None) -> None:
        """What an outcome changes in the person's life, and the step that should come after a certificate."""
        if outcome in FINISHED or outcome is Outcome.JOB_FOUND:
            person = people.read_case(self.office, visitor.id).person
            now = self.later_situation(person.situation, found_work=outcome is Outcome.JOB_FOUND)
            if now is not person.situation:
                people.edit_person(self.office, person, situation=now)
        if outcome is Outcome.COMPETENT and self.percent(self.life.job_after_certificate):
            self.refer(visitor, NeedKind.WORK)

    def later_situation(self, was: Situation | Missing, *, found_work: bool) -> Situation | Missing:
        if found_work:
            return Situation.OTHER_JOB if was is Situation.LOOKING else was
        shares = self.who.situation
        return carried_over(self.rng, was, shares["before"], shares["after"]) if isinstance(was, Situation) else was

    # the office itself

    def plan_confirmations(self, days: list[date]) -> None:
        """On some day the office asks most institutions whether the catalogue is right."""
        for line in catalogue.lines(self.office):
            if line.closed:
                continue
            day = self.rng.choice(days)
            if self.percent(self.life.office["confirmed"]) and line.offered:
                self.agenda.add(day, partial(self.confirm, line.id))

    def confirm(self, service: str) -> None:
        """The institution answers; to a third of the services the office writes down how it accompanies people."""
        lot = crc32(service.encode())  # of its own, so that lives stay as they were drawn
        answered = self.life.answered[lot % len(self.life.answered)]
        catalogue.confirm(self.office, catalogue.service(self.office, service), answered_by=answered)
        if lot % 3 == 0:
            write_procedure(self.office, service, self.life.steps)


def requested(referral: Referral) -> FollowedReferral:
    return FollowedReferral(referral, (), State.REQUESTED, None, referral.due)


def apart(followed: FollowedReferral) -> Random:
    """A source of its own for what is only said of a referral: everybody else's life stays as it was."""
    return Random(followed.referral.id)  # noqa: S311 - nothing secret


def kind_of(referral: Referral) -> str:
    """Which outcomes a referral can have."""
    named = (NeedKind.CERTIFICATION, NeedKind.ENTREPRENEURSHIP, NeedKind.WORK)
    return referral.need.value if referral.need in named else "other"
