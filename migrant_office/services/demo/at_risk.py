"""The few for whom the rapid path opens, and those who want something written down once."""

from __future__ import annotations

from functools import partial
from random import Random

from migrant_office import clock
from migrant_office.models.office import Office
from migrant_office.models.person import ContactRule
from migrant_office.models.referral import Referral
from migrant_office.services import catalogue, protection, referrals
from migrant_office.services.demo.asking import Answers
from migrant_office.services.demo.days import Agenda, days_between
from migrant_office.services.demo.draw import happens
from migrant_office.services.demo.profile import AtRiskShares


class AtRisk:
    """Every so many whole intakes one carries a sign. No detail of anything is invented."""

    def __init__(self, office: Office, shares: AtRiskShares, rng: Random, agenda: Agenda, *, light: bool) -> None:
        self.office, self.shares, self.rng, self.agenda, self.light = office, shares, rng, agenda, light
        self.intakes = self.paths = 0

    def answers(self) -> Answers:
        """Signs and the safe way to be reached, for the intake that opens a path; nothing for the others."""
        self.intakes += 1
        if self.intakes % self.shares.every != self.shares.first:
            return {}
        rule = ContactRule.ONLY_IN_PERSON.value
        return {
            "signs": (self.shares.signs(self.rng),),
            "contact_rule": rule,
            "contact_words": self.shares.rules(self.rng),
        }

    def go_on(self, case: str) -> Referral | None:
        """The first steps of the path, the referral of the same day, and later the end of the first path."""
        path = protection.read_protection(self.office, case)
        for step in path.remaining[: self.rng.randint(*self.shares.steps)]:
            protection.step(self.office, case, step.code)
        self.tell(case)
        self.paths += 1
        if self.paths == 1 and not self.light:
            self.agenda.add(
                clock.today() + days_between(self.rng, *self.shares.closed_after), partial(self.close, case)
            )
        offered = {line.id for line in catalogue.lines(self.office, offered_only=True)}
        service = next((code for code in path.services if code in offered), None)
        return self.refer(case, service) if service else None

    def refer(self, case: str, service: str) -> Referral:
        """Somebody asks about it today."""
        chosen = catalogue.service(self.office, service)
        return referrals.refer(self.office, case, chosen, due=clock.today())[1]

    def close(self, case: str) -> None:
        """The case stays restricted."""
        protection.close_path(self.office, case)

    def tell_some(self, case: str) -> None:
        if happens(self.rng, self.shares.told):
            self.tell(case)

    def tell(self, case: str) -> None:
        protection.tell(self.office, case, self.shares.stories(self.rng))
