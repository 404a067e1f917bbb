"""A referral (derivación, canalización), followed until its outcome is known.

States are the ten codes of the FHIR task for referrals; the history *is* the steps, each written once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from migrant_office.i18n import N_
from migrant_office.models.coded import Coded
from migrant_office.models.follow_up import Question, now_with, open_of
from migrant_office.models.need import NeedKind
from migrant_office.models.person import Person
from migrant_office.models.vault.nouns import File, Home, Searched, Sensitivity, noun, projected, scalar

COUNTED = Sensitivity.COUNTED


class State(Coded):
    DRAFT = "draft", N_("Draft")
    REQUESTED = "requested", N_("Sent")
    ACCEPTED = "accepted", N_("Accepted")
    REJECTED = "rejected", N_("Rejected")
    IN_PROGRESS = "in-progress", N_("Under way")
    ON_HOLD = "on-hold", N_("On hold")
    FAILED = "failed", N_("Did not attend")
    COMPLETED = "completed", N_("Concluded")
    CANCELLED = "cancelled", N_("Cancelled")
    MISTAKE = "entered-in-error", N_("Written by mistake")

    @property
    def is_closed(self) -> bool:
        return self in CLOSED


CLOSED = frozenset({State.REJECTED, State.FAILED, State.COMPLETED, State.CANCELLED, State.MISTAKE})


def stays_open(state: State, outcome: Outcome | None) -> bool:
    """Whether somebody must ask again. A certification whose result is pending is not over ([002:1336])."""
    return state not in CLOSED or (state is State.COMPLETED and outcome is Outcome.RESULT_PENDING)


NEXT: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.REQUESTED, State.CANCELLED, State.MISTAKE}),
    State.REQUESTED: frozenset(State) - {State.DRAFT, State.REQUESTED},
    State.ACCEPTED: frozenset(State) - {State.DRAFT, State.REQUESTED, State.ACCEPTED},
    State.IN_PROGRESS: frozenset(State) - {State.DRAFT, State.REQUESTED, State.ACCEPTED, State.IN_PROGRESS},
    State.ON_HOLD: frozenset(State) - {State.DRAFT, State.REQUESTED, State.ON_HOLD},
    # who did not come, or was turned away, may come after all; a mistake can be taken back from any state
    State.FAILED: frozenset({State.REQUESTED, State.ACCEPTED, State.IN_PROGRESS, State.COMPLETED, State.MISTAKE}),
    State.REJECTED: frozenset({State.REQUESTED, State.ACCEPTED, State.MISTAKE}),
    State.COMPLETED: frozenset({State.IN_PROGRESS, State.COMPLETED, State.MISTAKE}),
    State.CANCELLED: frozenset({State.REQUESTED, State.MISTAKE}),
    State.MISTAKE: frozenset(),
}


class Outcome(Coded):
    """What came of it. Results of certification as the evaluation prints them ([002:1336], [002:1369])."""

    ATTENDED = "attended", N_("Was served")
    FINISHED = "finished", N_("Finished the course")
    CERTIFIED = "certified", N_("Finished and got the certificate")
    COMPETENT = "competent", N_("Competent")
    NOT_YET_COMPETENT = "not_yet_competent", N_("Not yet competent")
    RESULT_PENDING = "result_pending", N_("Result pending")
    JOB_FOUND = "job_found", N_("Found work")
    DROPPED_OUT = "dropped_out", N_("Did not finish")
    NOT_SERVED = "not_served", N_("Was not served")


UNANSWERED = frozenset({State.DRAFT, State.REQUESTED, State.ON_HOLD})
NOTHING_CAME = frozenset({Outcome.DROPPED_OUT, Outcome.NOT_SERVED, Outcome.NOT_YET_COMPETENT})


def remains(question: Question | None, state: State, outcome: Outcome | None) -> bool:
    """Whether a question still has an answer to wait for. Those that come after the end of a referral (certificate,
    job, business) outlive it, unless nothing came of it; a state that only a newer program knows keeps every question.
    """
    is_open = stays_open(state, outcome)
    match question:
        case Question.ACCEPTED:
            return state in UNANSWERED or state not in set(State)
        case Question.ATTENDED | Question.STARTED | Question.APPLIED:
            return is_open and state not in {State.IN_PROGRESS, State.COMPLETED}
        case Question.CERTIFICATE:
            return is_open or (state is State.COMPLETED and outcome in {Outcome.COMPETENT, Outcome.FINISHED})
        case Question.JOB_KEPT:
            return state is State.COMPLETED and outcome is Outcome.JOB_FOUND
        case Question.BUSINESS:
            return is_open or (state is State.COMPLETED and outcome is not None and outcome not in NOTHING_CAME)
        case _:
            return is_open


class DropOut(Coded):
    """Why a course was not finished: the reasons people gave ([002:1369], [002:759])."""

    HEALTH = "health", N_("Health")
    CARE = "care", N_("Caring for a relative")
    INTERNET = "internet", N_("Internet failures")
    WORK = "work", N_("Had to work")
    TRANSPORT = "transport", N_("Cost of transport")
    OTHER = "other", N_("Other")


@noun("referral", Home.CASE, once=True)
class Referral:
    """A referral to one service. `area` is the service's area on that day, kept for counting. `orientation`: the
    person got the sheet and nothing of hers was handed over.
    """

    id: str
    service: str = scalar(index=True, sensitivity=COUNTED)
    area: str = scalar(sensitivity=COUNTED)
    need: NeedKind | None = scalar(default=None, sensitivity=COUNTED)
    made: date = scalar()
    recorded: date = scalar(index=True, sensitivity=COUNTED)
    due: date | None = scalar(default=None)
    slip: str = scalar(default="", search=Searched.CODES)
    officer: str = scalar(default="")
    note: str = scalar(default="", column=False)
    orientation: bool = scalar(default=False)

    def steps(self, file: File) -> list[ReferralStep]:
        """Oldest first. Steps of a referral that was undone elsewhere are simply nobody's."""
        mine = [s for s in file.all(ReferralStep).values() if s.referral == self.id]
        return sorted(mine, key=lambda s: (str(s.made), s.id))  # as text: a damaged date is one

    @projected(sensitivity=COUNTED)
    def state(self, file: File) -> State:
        steps = self.steps(file)
        return steps[-1].state if steps else State.REQUESTED

    @projected(index=False, sensitivity=COUNTED)
    def outcome(self, file: File) -> Outcome | None:
        found = [s.outcome for s in self.steps(file) if s.outcome]
        return found[-1] if found else None

    def asks(self, file: File) -> Callable[[Question | None], bool]:
        """Whether a question has an answer to wait for, as the referral stands."""
        state, outcome = self.state(file), self.outcome(file)
        return lambda question: remains(question, state, outcome)

    @projected()
    def due_now(self, file: File) -> str | None:
        """The day somebody must look at it: that of its first open follow-up, else the last day that was promised."""
        waiting = open_of(self.id, file)
        return str(waiting[0].due) if waiting else self.promised_now(file)

    @projected()
    def promised_now(self, file: File) -> str | None:
        """The last date promised by a step, else `due`, of an open referral that has no open follow-up: one that was
        imported, or whose follow-ups two desks have ended at once. None once it is closed.
        """
        steps = self.steps(file)
        if open_of(self.id, file) or file.one(Person) is None:
            return None
        if steps and not stays_open(steps[-1].state, self.outcome(file)):
            return None
        promised = [s.due for s in steps if s.due]
        day = promised[-1] if promised else self.due
        return day.isoformat() if isinstance(day, date) else None

    @projected()
    def owner(self, file: File) -> str:
        """The officer who follows it now: who made it, until it was handed over."""
        return now_with(self.officer, self.id, file)


@noun("referral_step", Home.CASE, once=True)
class ReferralStep:
    """One thing that happened to a referral: an answer, a follow-up call, an outcome."""

    id: str
    referral: str = scalar(index=True, follows=True)
    state: State = scalar()
    made: date = scalar()
    recorded: date = scalar(index=True, sensitivity=COUNTED)
    outcome: Outcome | None = scalar(default=None, sensitivity=COUNTED)
    drop_out: DropOut | None = scalar(default=None, sensitivity=COUNTED)
    due: date | None = scalar(default=None)
    officer: str = scalar(default="")
    note: str = scalar(default="", column=False)
