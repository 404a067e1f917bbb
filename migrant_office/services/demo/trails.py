"""What happens on the pathways of invented people after the institution's answer: certificates, support, jobs."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from random import Random
from typing import Any

from migrant_office import clock
from migrant_office.models.case_file import FollowedReferral
from migrant_office.models.office import Office
from migrant_office.models.pathway.following import FollowedPathway, followed
from migrant_office.models.pathway.kinds import AfterNotYet, LeftWhy, Placement, Result, Stage, Stays
from migrant_office.models.pathway.nouns import Pathway
from migrant_office.models.pathway.order import Spot
from migrant_office.models.person import Person, Situation
from migrant_office.models.referral import Outcome, Referral
from migrant_office.services import milestones, pathways, referrals
from migrant_office.services.demo.days import Agenda, days_between
from migrant_office.services.demo.draw import Draw, happens
from migrant_office.services.demo.profile import coded
from migrant_office.services.pathways import News, Next
from migrant_office.services.referrals import Heard

FORMAL = 69  # percent: 31.1 % work informally [002:409]


class Trails:
    """Draws from a source of its own, so that the rest of the office lives as it would without. `shares` are those of
    `[pathways]` in `common.toml`.
    """

    def __init__(self, office: Office, shares: dict[str, Any], agenda: Agenda) -> None:
        self.office, self.shares, self.agenda = office, shares, agenda
        self.rng = Random("pathways")  # noqa: S311 - an invented office
        self.why_not = coded(Placement, shares["no_placement"])
        self.after = coded(AfterNotYet, shares["not_yet"])
        self.left = coded(LeftWhy, shares["left"])
        self.amounts = Draw((int(n), w) for n, w in shares["amounts"])

    def percent(self, name: str) -> bool:
        return happens(self.rng, self.shares[name])

    def in_days(self, name: str) -> timedelta:
        least, most = self.shares["days"][name]
        return days_between(self.rng, least, most)

    def hear(self, case: str, followed: FollowedReferral, heard: Heard) -> None:
        """Write what was heard, with what comes next after *aún no competente*."""
        if heard.outcome is Outcome.NOT_YET_COMPETENT:
            pathways.record_step(self.office, case, followed, heard, Next(after=self.after(self.rng)))
        else:
            referrals.record_step(self.office, case, followed, heard)

    def decide(self, case: str, way: FollowedPathway) -> None:
        """Who was referred to placement meanwhile is placed; of the others it is said why not, or nobody decides
        ([002:322]).
        """
        file = self.office.case(case)
        placed = milestones.placed_since(file, way)
        if placed is None and not self.percent("decided"):
            return
        placement = Placement.MADE if placed else self.why_not(self.rng)
        pathways.decide(self.office, case, way.pathway.id, Next(placement=placement))

    def go_on(self, case: str, referral: Referral) -> None:
        """Plan what comes after an answer on the pathway of a referral."""
        way = self.way_of(case, referral.id) if milestones.kind_of(self.office.city, referral) else None
        if way is None:
            return
        match way.spot:
            case Result.COMPETENT:
                self.decide(case, way)
                self.plan(case, way, Stage.ISSUED, "issued")
            case Stage.COURSE_CERTIFICATE | Stage.COMPLETED:
                self.plan_supports(case, way)
            case Stage.HIRED:
                self.plan(case, way, Stage.STAYED, "stayed")
            case Stage.JOB_PROFILE:
                self.plan(case, way, Stage.APPLICATION, "application")

    def way_of(self, case: str, referral: str) -> FollowedPathway | None:
        file = self.office.case(case)
        mine = next((way for way in file.all(Pathway).values() if way.referral == referral), None)
        return followed(mine, file) if mine else None

    def plan(self, case: str, way: FollowedPathway, spot: Spot, name: str, **told: Any) -> None:
        if self.percent(name):
            day = clock.today() + self.in_days(name)
            self.agenda.add(day, partial(self.reach, case, way.pathway.referral, spot, told))

    def plan_supports(self, case: str, way: FollowedPathway) -> None:
        """Of 43 certified 20 got capital and mentoring; talks, fairs and markets beside ([002:981], [002:3558])."""
        for spot in (Stage.CAPITAL, Stage.TALK, Stage.FAIR, Stage.MARKET, Stage.FORMALISED):
            told = {"amount": self.amounts(self.rng)} if spot is Stage.CAPITAL else {}
            self.plan(case, way, spot, spot.value, **told)

    def reach(self, case: str, referral: str, spot: Spot, told: dict[str, Any]) -> None:
        """A milestone, if it may still follow; then what comes after it."""
        way = self.way_of(case, referral)
        if way is None or spot not in way.following:
            return
        news = News(spot=spot, **(told | self.more(case, spot)))
        if news.spot is Stage.STAYED and news.stays is Stays.NO:
            news = News(spot=Stage.LEFT, left=self.left(self.rng), situation=Situation.LOOKING)
        pathways.add_milestone(self.office, case, way.pathway.id, news)
        self.after_that(case, way, news.spot)

    def after_that(self, case: str, way: FollowedPathway, spot: Spot) -> None:
        follows: dict[Spot, tuple[Stage, str]] = {
            Stage.ISSUED: (Stage.DELIVERED, "delivered"),
            Stage.CAPITAL: (Stage.MENTORING, "mentoring"),
            Stage.APPLICATION: (Stage.INTERVIEW, "interview"),
            Stage.INTERVIEW: (Stage.HIRED, "hired"),
            Stage.HIRED: (Stage.STAYED, "stayed"),
        }
        if spot in follows:
            self.plan(case, way, *follows[spot])

    def more(self, case: str, spot: Spot) -> dict[str, Any]:
        """What belongs to a milestone; at two of them the desk asks how the person stands in work."""
        if spot in (Stage.ISSUED, Stage.MENTORING, Stage.FAIR):
            person = self.office.case(case).one(Person)
            return {"situation": person.situation} if person and isinstance(person.situation, Situation) else {}
        if spot is Stage.HIRED:
            related = happens(self.rng, self.shares["related"])
            situation = Situation.RELATED_JOB if related else Situation.OTHER_JOB
            return {"formal": happens(self.rng, FORMAL), "situation": situation}
        if spot is Stage.STAYED:
            return {"stays": Stays.YES if self.percent("still_there") else Stays.NO}
        return {}
