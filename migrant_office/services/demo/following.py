"""Who follows what in an invented office: several officers, tries that reach nobody, days that move, one who leaves."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from random import Random

from migrant_office import clock
from migrant_office.models.follow_up import ANSWERS, GOES_ON, AttemptChannel, AttemptResult, FollowUp, open_of
from migrant_office.models.office import Office
from migrant_office.models.referral import Outcome
from migrant_office.services import attempts
from migrant_office.services.attempts import Tried
from migrant_office.services.demo.days import Agenda, days_between
from migrant_office.services.demo.draw import Draw, happens
from migrant_office.services.follow_ups import changing, handing_over

OWN = "1"  # who opens the office at the end
TEAM = Draw([(OWN, 5), ("Carolina Soto", 4), ("Nadège Joseph", 4), ("Luis Paredes", 3)])
LEAVES, GOES_ON_WITH, LEFT_BEFORE = "Luis Paredes", "Nadège Joseph", timedelta(days=45)
NOTE = "Luis deja la oficina. Llamar primero a quienes esperan resultado de certificación."
CHANNELS = (AttemptChannel.CALL, AttemptChannel.WHATSAPP, AttemptChannel.IN_PERSON)
ASKED_AFTER = frozenset({Outcome.JOB_FOUND, Outcome.COMPETENT, Outcome.FINISHED, Outcome.CERTIFIED})
NOBODY_THERE, ANSWERED_LATER, MOVED = 18, 55, 6  # percent


class Following:
    """Has a source of its own, so that what else happens in the office stays the same."""

    def __init__(self, office: Office, agenda: Agenda, seed: str) -> None:
        self.office, self.agenda = office, agenda
        self.rng = Random(f"following {seed}")  # noqa: S311 - invented data, no secret
        self.leaves = agenda.until - LEFT_BEFORE
        self.gone = False

    def somebody(self) -> None:
        """Another officer takes the next person; on the first day after one has left, her work is handed over."""
        if not self.gone and clock.today() >= self.leaves:
            self.hand_over()
        drawn = TEAM(self.rng)
        self.office.officer = GOES_ON_WITH if self.gone and drawn == LEAVES else drawn

    def hand_over(self) -> None:
        """One leaves; her work goes on with another."""
        self.gone, self.office.officer = True, OWN
        if handing_over.preview(self.office, LEAVES).cases:
            handing_over.hand_over(self.office, LEAVES, GOES_ON_WITH, NOTE)

    def asked(self, case: str, referral: str) -> FollowUp | None:
        """The question that waits first."""
        return next(iter(open_of(referral, self.office.case(case))), None)

    def reached(self, case: str, referral: str) -> date | None:
        """Whether somebody answers today; else the day of the next try."""
        self.somebody()
        if not happens(self.rng, NOBODY_THERE) or (known := self.asked(case, referral)) is None:
            return None
        file = self.office.case(case)
        channel = next(c for c in CHANNELS if not attempts.refusal(self.office, file, c))
        again = attempts.next_try(self.office, 0)
        tried = Tried(channel=channel, result=AttemptResult.NO_ANSWER, again=again)
        attempts.add_attempt(self.office, case, known.id, tried)
        return again

    def go_on(self, case: str, referral: str, outcome: Outcome | None) -> None:
        """What is asked after the end of a referral: some answer on its day, some days move, some nobody asks."""
        known = self.asked(case, referral) if outcome in ASKED_AFTER else None
        if known is None or known.question not in ANSWERS or known.due is None:
            return
        if happens(self.rng, MOVED):
            day = max(known.due, clock.today()) + days_between(self.rng, 5, 20)
            changing.move(self.office, case, known.id, day)
        if happens(self.rng, ANSWERED_LATER):
            self.agenda.add(known.due, partial(self.answer, case, referral))

    def answer(self, case: str, referral: str) -> None:
        self.somebody()
        known = self.asked(case, referral)
        if known is None or known.question is None or known.question not in ANSWERS:
            return
        said = self.rng.choice(ANSWERS[known.question])
        again = clock.today() + days_between(self.rng, 20, 40) if said in GOES_ON else None
        changing.answer(self.office, case, known.id, said, again=again)
