"""The stations of the Ruta in their order ([002:546], [002:1586]): what is done, what waits, and the next step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from migrant_office.i18n import N_
from migrant_office.models.case_file import CaseFile, FollowedReferral
from migrant_office.models.city import City
from migrant_office.models.coded import Coded
from migrant_office.models.mobility import DocumentState
from migrant_office.models.need import NeedKind
from migrant_office.models.referral import Outcome, State


class StationCode(Coded):
    """The order is the order of the Ruta."""

    REGISTERED = "registered", N_("Registration")
    ORIENTED = "oriented", N_("Orientation")
    PAPERS = "papers", N_("Documents")
    LIVELIHOOD = "livelihood", N_("Work, certification or own business")
    PROTECTION = "protection", N_("Social protection")
    FOLLOWED = "followed", N_("Follow-up")


class Progress(StrEnum):
    """Three shapes on screen and paper."""

    DONE = "done"
    NOW = "now"
    LATER = "later"


LIVELIHOODS = frozenset({NeedKind.WORK, NeedKind.CERTIFICATION, NeedKind.ENTREPRENEURSHIP})
SHORT_OF = frozenset({DocumentState.IN_PROCESS, DocumentState.EXPIRED, DocumentState.LOST, DocumentState.LACKS})
FAILED = frozenset({Outcome.DROPPED_OUT, Outcome.NOT_SERVED, Outcome.NOT_YET_COMPETENT})


@dataclass(frozen=True, slots=True)
class Station:
    """One station: `day` when it was reached, `waits` what it waits for (a message id) with `count`, `due` by when."""

    code: StationCode
    progress: Progress
    day: date | None = None
    waits: str = ""
    count: int = 0
    due: date | None = None


INTAKE = N_("complete the intake")
TELL_NEEDS = N_("choose the needs")
GET_PAPERS = N_("get the missing documents")
REFER = N_("refer to a service")
ANSWER = N_("wait for the answer of the service")
ASK = N_("ask what came of it")


def stations(case: CaseFile, missing: tuple[str, ...], city: City, today: date) -> tuple[Station, ...]:
    """All six, from the case alone. `missing` are papers that a wanted service asks for."""
    return (
        registered(case),
        oriented(case),
        papers(case, missing),
        referred(case, city, StationCode.LIVELIHOOD),
        referred(case, city, StationCode.PROTECTION),
        followed(case, today),
    )


def next_station(found: Iterable[Station], today: date) -> Station | None:
    """What to do first: a follow-up that is due, else the first station that waits for somebody."""
    waiting = [station for station in found if station.progress is Progress.NOW]
    due = next((s for s in waiting if s.due is not None and s.due <= today), None)
    return due or (waiting[0] if waiting else None)


def registered(case: CaseFile) -> Station:
    if case.is_begun:
        return Station(StationCode.REGISTERED, Progress.NOW, case.person.opened, INTAKE)
    return Station(StationCode.REGISTERED, Progress.DONE, case.person.opened)


def oriented(case: CaseFile) -> Station:
    if not case.needs:
        return Station(StationCode.ORIENTED, Progress.NOW, None, TELL_NEEDS)
    told = [*(need.made for need in case.needs), *(encounter.made for encounter in case.encounters)]
    days = [day for day in told if isinstance(day, date)]
    return Station(StationCode.ORIENTED, Progress.DONE, min(days, default=None))


def papers(case: CaseFile, missing: tuple[str, ...]) -> Station:
    """Waits while a wanted service asks for a paper that is not there, or one of the person's own is not in order."""
    short = len({paper.kind for paper in case.papers if paper.state in SHORT_OF})
    if count := max(len(missing), short):
        return Station(StationCode.PAPERS, Progress.NOW, None, GET_PAPERS, count)
    has = any(paper.state is DocumentState.HAS for paper in case.papers)
    return Station(StationCode.PAPERS, Progress.DONE if has else Progress.LATER)


def kinds_of(followed: FollowedReferral, city: City) -> frozenset[NeedKind]:
    """The needs a referral is for: as it says, else those of its area."""
    if isinstance(followed.referral.need, NeedKind):
        return frozenset({followed.referral.need})
    area = city.area(followed.referral.area)
    return frozenset(kind for kind in NeedKind if area and kind.value in area.needs)


def is_livelihood(kinds: frozenset[NeedKind]) -> bool:
    return bool(kinds & LIVELIHOODS)


def referred(case: CaseFile, city: City, code: StationCode) -> Station:
    """Work and certification, or the other needs: done with a result, now while one is open or not yet referred."""
    wants_work = code is StationCode.LIVELIHOOD
    mine = [f for f in case.referrals if is_livelihood(kinds_of(f, city)) is wants_work and counts(f)]
    good = [f for f in mine if f.state is State.COMPLETED and f.outcome not in FAILED and f.due is None]
    if good:
        return Station(code, Progress.DONE, max((last_day(f) for f in good), default=None))
    if open_ := [f for f in mine if f.due is not None]:
        return Station(code, Progress.NOW, None, ANSWER, len(open_), min(f.due for f in open_ if f.due))
    if any((need.kind in LIVELIHOODS) is wants_work and not need.unmet for need in case.needs):
        return Station(code, Progress.NOW, None, REFER)
    return Station(code, Progress.LATER)


def counts(followed: FollowedReferral) -> bool:
    return followed.state not in (State.MISTAKE, State.CANCELLED)


def last_day(followed: FollowedReferral) -> date:
    return followed.steps[-1].made if followed.steps else followed.referral.made


def followed(case: CaseFile, today: date) -> Station:
    mine = [f for f in case.referrals if counts(f)]
    if not mine:
        return Station(StationCode.FOLLOWED, Progress.LATER)
    due = [f.due for f in mine if f.due is not None]
    if due:
        late = sum(day <= today for day in due)
        return Station(StationCode.FOLLOWED, Progress.NOW, None, ASK, late or len(due), min(due))
    return Station(StationCode.FOLLOWED, Progress.DONE, max(map(last_day, mine)))
