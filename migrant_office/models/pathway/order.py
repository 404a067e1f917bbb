"""In which order milestones may follow one another, as tables.

A *spot* is where a pathway stands: a stage that is a station, or the result of an assessment. A later station says that
the earlier ones were passed, whoever wrote them down: the desk often hears the end first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol, TypeVar

from migrant_office.models.follow_up import Question
from migrant_office.models.pathway.kinds import AfterNotYet, PathwayKind, Placement, Result, Stage

Spot = Stage | Result


class Told(Protocol):
    """What these rules look at of a milestone."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> Stage: ...
    @property
    def made(self) -> date: ...
    @property
    def result(self) -> Result | None: ...
    @property
    def placement(self) -> Placement | None: ...
    @property
    def after(self) -> AfterNotYet | None: ...
    @property
    def of(self) -> str: ...


M = TypeVar("M", bound=Told)
RESULTS: frozenset[Spot] = frozenset(Result)

CERTIFYING: frozenset[Spot] = frozenset({Stage.PROFILE, Stage.ENROLLED, Stage.ASSESSED, *RESULTS, Stage.DROPPED_OUT})
LEARNING: frozenset[Spot] = frozenset({Stage.ENROLLED, Stage.COMPLETED, Stage.DROPPED_OUT})
SEEKING: frozenset[Spot] = frozenset({Stage.APPLICATION, Stage.INTERVIEW, Stage.HIRED, Stage.DROPPED_OUT})

NEXT: dict[PathwayKind, dict[Spot | None, frozenset[Spot]]] = {
    PathwayKind.CERTIFICATION: {  # profile → assessment → result → certificate, late and on other days ([002:1531])
        None: CERTIFYING,
        Stage.PROFILE: CERTIFYING,
        Stage.ENROLLED: frozenset({Stage.ASSESSED, *RESULTS, Stage.DROPPED_OUT}),
        Stage.ASSESSED: RESULTS,
        Result.PENDING: RESULTS,
        Result.COMPETENT: frozenset({Stage.ISSUED, Stage.DELIVERED}),
        Result.NOT_YET: frozenset({Stage.PROFILE, Stage.ENROLLED, Stage.ASSESSED, Stage.DROPPED_OUT}),
        Stage.ISSUED: frozenset({Stage.DELIVERED}),
        Stage.DELIVERED: frozenset(),
        Stage.DROPPED_OUT: CERTIFYING - {Stage.DROPPED_OUT},
    },
    PathwayKind.ENTREPRENEURSHIP: {  # a course, and after it perhaps another ([002:1369])
        None: LEARNING,
        Stage.ENROLLED: frozenset({Stage.COMPLETED, Stage.DROPPED_OUT}),
        Stage.COMPLETED: frozenset({Stage.COURSE_CERTIFICATE, Stage.ENROLLED}),
        Stage.COURSE_CERTIFICATE: frozenset({Stage.ENROLLED}),
        Stage.DROPPED_OUT: LEARNING - {Stage.DROPPED_OUT},
    },
    PathwayKind.EMPLOYMENT: {
        None: SEEKING | {Stage.JOB_PROFILE},
        Stage.JOB_PROFILE: SEEKING,
        Stage.APPLICATION: SEEKING,
        Stage.INTERVIEW: SEEKING,
        Stage.HIRED: frozenset({Stage.STAYED, Stage.LEFT}),
        Stage.STAYED: frozenset({Stage.STAYED, Stage.LEFT}),
        Stage.LEFT: SEEKING,
        Stage.DROPPED_OUT: (SEEKING | {Stage.JOB_PROFILE}) - {Stage.DROPPED_OUT},
    },
}

BESIDE: dict[PathwayKind, frozenset[Stage]] = {
    PathwayKind.CERTIFICATION: frozenset(),
    PathwayKind.ENTREPRENEURSHIP: frozenset(
        {Stage.TALK, Stage.CAPITAL, Stage.MENTORING, Stage.FAIR, Stage.MARKET, Stage.FORMALISED}
    ),
    PathwayKind.EMPLOYMENT: frozenset(),
}
"""What may happen at any time, and again, wherever the course stands; each is an event that is counted apart."""

ONCE = frozenset({Stage.FORMALISED})
LINE: dict[PathwayKind, tuple[Stage, ...]] = {
    PathwayKind.CERTIFICATION: (
        *(Stage.PROFILE, Stage.ENROLLED, Stage.ASSESSED, Stage.RESULT, Stage.ISSUED, Stage.DELIVERED),
    ),
    PathwayKind.ENTREPRENEURSHIP: (
        *(Stage.ENROLLED, Stage.COMPLETED, Stage.COURSE_CERTIFICATE, Stage.CAPITAL, Stage.MARKET, Stage.FORMALISED),
    ),
    PathwayKind.EMPLOYMENT: (*(Stage.JOB_PROFILE, Stage.APPLICATION, Stage.INTERVIEW, Stage.HIRED, Stage.STAYED),),
}
"""The stations of each pathway as they are drawn."""

ASKED: dict[Question, frozenset[Spot]] = {
    Question.OUTCOME: frozenset({Result.PENDING}),
    Question.CERTIFICATE: frozenset({Result.COMPETENT, Stage.ISSUED, Stage.COMPLETED}),
    Question.JOB_KEPT: frozenset({Stage.HIRED}),
    Question.BUSINESS: frozenset({Stage.COMPLETED, Stage.COURSE_CERTIFICATE}),
}
"""Where a pathway must stand for a question to have an answer to wait for."""

ENDS = frozenset({Stage.DELIVERED, Stage.DROPPED_OUT})
"""Stations after which nothing is waited for."""


def in_order(milestones: Iterable[M]) -> list[M]:
    """What holds of the milestones of one pathway, by day and then as written; as text, for a damaged date is one."""
    found = list(milestones)
    gone = {m.of for m in found if m.of}
    held = [m for m in found if m.id not in gone and m.kind is not Stage.MISTAKE]
    return sorted(held, key=lambda m: (str(m.made), m.id))


def spot_of(milestone: Told) -> Spot:
    return milestone.result if milestone.kind is Stage.RESULT and milestone.result else milestone.kind


def last_station(kind: PathwayKind, history: Sequence[M]) -> M | None:
    """The last that moved the pathway on; decisions and events beside the course do not."""
    table = NEXT.get(kind, {})
    return next((m for m in reversed(history) if spot_of(m) in table), None)


def where(kind: PathwayKind, history: Sequence[Told]) -> Spot | None:
    """The spot a pathway stands at, None before its first station."""
    last = last_station(kind, history)
    return spot_of(last) if last else None


def last_result(history: Sequence[M]) -> M | None:
    return next((m for m in reversed(history) if m.kind is Stage.RESULT), None)


def undecided(history: Sequence[Told]) -> Result | None:
    """A known result after which nobody has said what comes next."""
    last = last_result(history)
    if last is None or last.result not in (Result.COMPETENT, Result.NOT_YET):
        return None
    later = history[history.index(last) + 1 :]
    decided = any(m.placement if last.result is Result.COMPETENT else m.after for m in later)
    moved_on = last.result is Result.NOT_YET and any(m.kind is not Stage.DECIDED for m in later)
    return None if decided or moved_on else last.result


def asked(question: Question | None, spot: Spot | None, *, over: bool) -> bool:
    """Whether somebody still has to ask, as a pathway stands; of a job and a certificate also when it is over."""
    if question in (Question.JOB_KEPT, Question.CERTIFICATE):
        return spot in ASKED[question]
    return not over and (question is None or question not in ASKED or spot in ASKED[question])


def following(kind: PathwayKind, history: Sequence[Told]) -> tuple[Spot, ...]:
    """What may be written down next, in the order in which it is offered."""
    allowed = NEXT.get(kind, {}).get(where(kind, history), frozenset())
    beside = {s for s in BESIDE.get(kind, frozenset()) if s not in ONCE or all(m.kind is not s for m in history)}
    return tuple(spot for spot in (*offered(kind), Stage.DROPPED_OUT) if spot in allowed or spot in beside)


def offered(kind: PathwayKind) -> tuple[Spot, ...]:
    """Every spot of a pathway, stations first."""
    line: list[Spot] = []
    for stage in LINE.get(kind, ()):
        line += list(Result) if stage is Stage.RESULT else [stage]
    named = {*NEXT.get(kind, {}), *BESIDE.get(kind, frozenset()), *(s for after in NEXT[kind].values() for s in after)}
    rest = [stage for stage in Stage if stage in named and stage not in line and stage is not Stage.DROPPED_OUT]
    return (*line, *rest)


def earliest(kind: PathwayKind, history: Sequence[Told], begun: date | None, spot: Spot) -> date | None:
    """The first day that a milestone may carry: a station not before the one it follows, an event at any time."""
    last = last_station(kind, history)
    if spot in BESIDE.get(kind, frozenset()):
        return None
    return last.made if last else begun
