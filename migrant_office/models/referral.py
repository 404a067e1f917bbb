"""A referral (derivación, canalización), followed until its outcome is known.

States are the ten codes of the FHIR task for referrals; the history *is* the steps, each written once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
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

NEXT: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.REQUESTED, State.CANCELLED, State.MISTAKE}),
    State.REQUESTED: frozenset(
        {State.ACCEPTED, State.REJECTED, State.IN_PROGRESS, State.ON_HOLD, State.FAILED}
        | {State.COMPLETED, State.CANCELLED, State.MISTAKE}
    ),
    State.ACCEPTED: frozenset(
        {State.REJECTED, State.IN_PROGRESS, State.ON_HOLD, State.FAILED, State.COMPLETED, State.CANCELLED}
        | {State.MISTAKE}
    ),
    State.IN_PROGRESS: frozenset({State.ON_HOLD, State.FAILED, State.COMPLETED, State.CANCELLED, State.MISTAKE}),
    State.ON_HOLD: frozenset(
        {State.ACCEPTED, State.REJECTED, State.IN_PROGRESS, State.FAILED, State.COMPLETED, State.CANCELLED}
        | {State.MISTAKE}
    ),
    State.FAILED: frozenset({State.REQUESTED, State.ACCEPTED, State.IN_PROGRESS, State.COMPLETED, State.MISTAKE}),
    State.REJECTED: frozenset({State.REQUESTED, State.ACCEPTED, State.MISTAKE}),
    State.COMPLETED: frozenset({State.IN_PROGRESS, State.COMPLETED, State.MISTAKE}),
    State.CANCELLED: frozenset({State.REQUESTED, State.MISTAKE}),
    State.MISTAKE: frozenset(),
}
"""What may follow what. The codes and their meaning are those of the FHIR task of a referral (HL7 SDOH Clinical Care,
`SDOHCC-TaskForReferralManagement`; in Chile the profile `SDOHCC-TaskForReferralManagementCL`), which has no `ready` and
no `received` here, as there. Where FHIR leaves it open, the desk decides:

- nothing comes of a draft but that it is sent: what nobody handed over is neither accepted nor concluded;
- an office on paper often hears of the end only, so whatever was sent may be concluded at once;
- a rejection is an answer before anything was done (FHIR): what is under way can fail or be cancelled, not be rejected;
- who did not come, or was turned away, may come after all: these open again; what is concluded opens again only to go
  on, or has its result corrected;
- a mistake can be said of anything, and is the end.
"""


def may_follow(before: State, after: State) -> bool:
    """Whether a step may follow how a referral stands. Asking again without news leaves an open one as it is; a code
    that only a newer program knows is nobody's to refuse.
    """
    if not isinstance(after, State) or not isinstance(before, State):
        return True
    return after in NEXT[before] or (after is before and after not in CLOSED)


def stays_open(state: State, outcome: Outcome | None) -> bool:
    """Whether somebody must ask again. A certification whose result is pending is not over ([002:1336])."""
    return state not in CLOSED or (state is State.COMPLETED and outcome is Outcome.RESULT_PENDING)


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


RESULTS: dict[NeedKind, tuple[Outcome, ...]] = {
    NeedKind.CERTIFICATION: (
        *(Outcome.COMPETENT, Outcome.NOT_YET_COMPETENT, Outcome.RESULT_PENDING),
        *(Outcome.CERTIFIED, Outcome.FINISHED),
    ),
    NeedKind.ENTREPRENEURSHIP: (Outcome.CERTIFIED, Outcome.FINISHED),
    NeedKind.SPANISH: (Outcome.FINISHED, Outcome.CERTIFIED),
    NeedKind.WORK: (Outcome.JOB_FOUND,),
}
"""What can come of a service that answers a need, beside what can come of any."""


def results(needs: Collection[str]) -> tuple[Outcome, ...]:
    """The results that are asked for of a kind of service: its own first, then served, not served, not finished."""
    own = [outcome for kind, outcomes in RESULTS.items() if kind.value in needs for outcome in outcomes]
    return tuple(dict.fromkeys((*own, Outcome.ATTENDED, Outcome.NOT_SERVED, Outcome.DROPPED_OUT)))


class DropOut(Coded):
    """Why a course was not finished: the reasons people gave ([002:1369], [002:759])."""

    HEALTH = "health", N_("Health")
    CARE = "care", N_("Caring for a relative")
    INTERNET = "internet", N_("Internet failures")
    WORK = "work", N_("Had to work")
    TRANSPORT = "transport", N_("Cost of transport")
    OTHER = "other", N_("Other")


class Rejection(Coded):
    """Why an institution did not take somebody: the reasons of the Victorian acknowledgement form (the person declines,
    the wait, not eligible, not appropriate, other) and those that offices here hear beside them.
    """

    DECLINED = "declined", N_("The person did not want it")
    WAIT = "wait", N_("The wait is too long")
    INELIGIBLE = "ineligible", N_("The service's conditions are not met")
    INAPPROPRIATE = "inappropriate", N_("Wrong referral: they do not do this")
    FULL = "full", N_("No places left")
    PAPER = "paper", N_("A document is missing")
    INFORMATION = "information", N_("Our information was wrong, or the service has closed")
    OTHER = "other", N_("Other")

    @property
    def doubts_service(self) -> bool:
        """Whether what the catalogue says of the service has to be asked again."""
        return self is Rejection.INFORMATION


class Cancellation(Coded):
    """Why the office or the person ended a referral before its outcome."""

    CONSENT = "consent", N_("The person took back her consent")
    WISH = "wish", N_("The person does not want it any more")
    SOLVED = "solved", N_("It is not needed any more")
    REPLACED = "replaced", N_("Another referral takes its place")
    LOST = "lost", N_("The person cannot be found")
    OTHER = "other", N_("Other")


@dataclass(frozen=True, slots=True)
class Course:
    """How a referral stands after its steps. `out` are the ids of steps that could not follow what came before them:
    two devices that did not know of each other wrote them. They stay in the history and change nothing.
    """

    state: State
    outcome: Outcome | None = None
    due: date | None = None
    out: frozenset[str] = frozenset()


def course(begun: State, due: date | None, steps: Iterable[ReferralStep]) -> Course:
    """Walk through the steps, oldest first. Whatever they are, the end is a state that the table allows."""
    now = Course(begun, None, due)
    for step in steps:
        if not may_follow(now.state, step.state):
            now = replace(now, out=now.out | {step.id})
            continue
        now = Course(step.state, step.outcome or now.outcome, step.due or now.due, now.out)
    return now


@noun("referral", Home.CASE, once=True)
class Referral:
    """A referral to one service. `area` is the service's area on that day, kept for counting. `orientation`: the
    person got the sheet and nothing of hers was handed over; else `consent` is the answer that allows it, "" where the
    office's public function does (`models.sharing`). `begun` is DRAFT for one that was not handed over yet.
    """

    id: str
    service: str = scalar(index=True, sensitivity=COUNTED)
    area: str = scalar(sensitivity=COUNTED)
    need: NeedKind | None = scalar(default=None, sensitivity=COUNTED)
    made: date = scalar()
    recorded: date = scalar(index=True, sensitivity=COUNTED)
    due: date | None = scalar(default=None)
    slip: str = scalar(default="", search=Searched.CODES, index=True)
    officer: str = scalar(default="")
    note: str = scalar(default="", column=False)
    orientation: bool = scalar(default=False)
    consent: str = scalar(default="")
    begun: State = scalar(default=State.REQUESTED)

    def steps(self, file: File) -> list[ReferralStep]:
        """Oldest first. Steps of a referral that was undone elsewhere are simply nobody's."""
        mine = [s for s in file.all(ReferralStep).values() if s.referral == self.id]
        return sorted(mine, key=lambda s: (str(s.made), s.id))  # as text: a damaged date is one

    def course(self, file: File) -> Course:
        return course(self.begun, self.due, self.steps(file))

    @projected(sensitivity=COUNTED)
    def state(self, file: File) -> State:
        return self.course(file).state

    @projected(index=False, sensitivity=COUNTED)
    def outcome(self, file: File) -> Outcome | None:
        return self.course(file).outcome

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
        if open_of(self.id, file) or file.one(Person) is None:
            return None
        now = self.course(file)
        if not stays_open(now.state, now.outcome):
            return None
        return now.due.isoformat() if isinstance(now.due, date) else None

    @projected()
    def owner(self, file: File) -> str:
        """The officer who follows it now: who made it, until it was handed over."""
        return now_with(self.officer, self.id, file)


@noun("referral_step", Home.CASE, once=True)
class ReferralStep:
    """One thing that happened to a referral: an answer, a follow-up call, an outcome. `officer` wrote it down;
    `answered_by` is who at the institution said it, in words. `appointment` and `hour` (HH:MM) are when the person is
    expected there.
    """

    id: str
    referral: str = scalar(index=True, follows=True, sensitivity=COUNTED)
    state: State = scalar()
    made: date = scalar()
    recorded: date = scalar(index=True, sensitivity=COUNTED)
    outcome: Outcome | None = scalar(default=None, sensitivity=COUNTED)
    drop_out: DropOut | None = scalar(default=None, sensitivity=COUNTED)
    due: date | None = scalar(default=None)
    officer: str = scalar(default="")
    note: str = scalar(default="", column=False)
    rejection: Rejection | None = scalar(default=None, sensitivity=COUNTED)
    cancellation: Cancellation | None = scalar(default=None, sensitivity=COUNTED)
    answered_by: str = scalar(default="", column=False)
    appointment: date | None = scalar(default=None)
    hour: str = scalar(default="", column=False)
