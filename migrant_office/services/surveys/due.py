"""What somebody should be asked now: satisfaction once a service is over, the follow-ups 90 and 180 days after.

The long instruments of the evaluation are asked once, after 90 days; the short one on work after 90 and 180, so that a
certificate or a course is followed to a job ([002:1619], [002:1631]). See docs/decisions/027.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from migrant_office import clock
from migrant_office.models.case_file import CaseFile, FollowedReferral
from migrant_office.models.need import NeedKind
from migrant_office.models.office import Office
from migrant_office.models.reads import surveys as reads
from migrant_office.models.referral import Outcome, Referral, State
from migrant_office.models.survey import Answered, ServiceArea, Survey, SurveyKind, Topic

MOST_TRIES = 3  # times that somebody could not be reached; then it is left
LAPSES_AFTER = timedelta(days=180)  # who was not asked by then is not asked any more, and is counted as such nowhere
AFTER, LONG_AFTER = 90, 180  # days after the end of a service
BEFORE_SESSION, AFTER_SESSION = "before", "after"
OF_NEED = {
    NeedKind.WORK: ServiceArea.INTERMEDIATION,
    NeedKind.CERTIFICATION: ServiceArea.EMPLOYABILITY,
    NeedKind.ENTREPRENEURSHIP: ServiceArea.ENTREPRENEURSHIP,
}
OF_AREA = {
    "employment": ServiceArea.INTERMEDIATION,
    "certification": ServiceArea.EMPLOYABILITY,
    "entrepreneurship": ServiceArea.ENTREPRENEURSHIP,
}
FOLLOWED: dict[ServiceArea, tuple[tuple[int, SurveyKind], ...]] = {
    ServiceArea.INTERMEDIATION: ((AFTER, SurveyKind.EMPLOYMENT), (LONG_AFTER, SurveyKind.EMPLOYMENT)),
    ServiceArea.EMPLOYABILITY: ((AFTER, SurveyKind.CERTIFICATION), (LONG_AFTER, SurveyKind.EMPLOYMENT)),
    ServiceArea.ENTREPRENEURSHIP: ((AFTER, SurveyKind.ENTREPRENEURSHIP), (LONG_AFTER, SurveyKind.EMPLOYMENT)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """One asking: what, about which referral and service, which of several times, and since when it is due."""

    kind: SurveyKind
    about: str = ""
    part: str = ""
    service: str = ""
    area: ServiceArea | None = None
    topic: Topic | None = None
    session: date | None = None
    since: date | None = None
    tries: int = 0

    @property
    def key(self) -> tuple[str, str, str]:
        return str(self.kind), self.about, self.part


def form_name(about: About) -> str:
    """The name of the form that asks it."""
    return f"check_{about.topic}" if about.kind is SurveyKind.CHECK else f"survey_{about.kind}"


def area_of(referral: Referral) -> ServiceArea:
    """By what the person needed, which is told finer than the city's areas."""
    if isinstance(referral.need, NeedKind) and referral.need in OF_NEED:
        return OF_NEED[referral.need]
    return OF_AREA.get(referral.area, ServiceArea.OTHER)


def about_check(case: CaseFile, topic: Topic) -> About:
    """The check on a topic that comes next today: before the session, then after it."""
    today = clock.today()
    begun = any(c.topic is topic and c.session == today and c.post is None for c in case.checks)
    part = AFTER_SESSION if begun else BEFORE_SESSION
    return About(kind=SurveyKind.CHECK, topic=topic, session=today, part=part)


def due_for(case: CaseFile, today: date) -> tuple[About, ...]:
    """What a person should be asked by a day, the longest due first. Of a restricted case nothing: to ask is a
    contact.
    """
    if case.person.restricted:
        return ()
    found = (about for followed in case.referrals for about in after(followed))
    open_ = (waiting(about, case.surveys, today) for about in found)
    return tuple(sorted((a for a in open_ if a), key=lambda a: (str(a.since), a.key)))


def after(followed: FollowedReferral) -> Iterator[About]:
    """Everything that is asked once a referral is over, whenever that is."""
    area, ended = area_of(followed.referral), ended_on(followed)
    if ended is None or area is ServiceArea.OTHER:
        return
    told = About(
        kind=SurveyKind.SATISFACTION,
        about=followed.referral.id,
        service=followed.referral.service,
        area=area,
        since=ended,
    )
    yield told
    for days, kind in FOLLOWED[area]:
        if kind is not SurveyKind.EMPLOYMENT or area is not ServiceArea.INTERMEDIATION or found_work(followed):
            yield replace(told, kind=kind, part=str(days), since=ended + timedelta(days=days))


def found_work(followed: FollowedReferral) -> bool:
    return followed.outcome is Outcome.JOB_FOUND


def ended_on(followed: FollowedReferral) -> date | None:
    """The day a service was over; none while a result is pending, nor for whoever was not served."""
    if followed.state is not State.COMPLETED or followed.outcome in (Outcome.RESULT_PENDING, Outcome.NOT_SERVED):
        return None
    taken = [step.made for step in followed.steps if step.id not in followed.out]
    return taken[-1] if taken and isinstance(taken[-1], date) else None


def waiting(about: About, surveys: tuple[Survey, ...], today: date) -> About | None:
    """The asking with how often it was tried; none when it is too early, too late, answered or refused."""
    if about.since is None or not about.since <= today <= about.since + LAPSES_AFTER:
        return None
    tried = [s for s in surveys if (str(s.kind), s.about, s.part) == about.key]
    if any(s.answered is not Answered.NOT_REACHED for s in tried) or len(tried) >= MOST_TRIES:
        return None
    return replace(about, tries=len(tried))


def due_now(office: Office, limit: int = 200) -> list[tuple[str, About]]:
    """(case, what to ask) of the satisfaction that is due in the whole office, the longest due first, for the list of
    follow-ups; of the cases that may be seen and are not restricted.
    """
    today = clock.today()
    rows = reads.satisfaction_due(office.vault, (today - LAPSES_AFTER).isoformat(), MOST_TRIES, limit)
    found = []
    for case, referral, service, area, need, ended, tries in rows:
        kind = OF_NEED.get(need) or OF_AREA.get(area, ServiceArea.OTHER)
        about = About(
            kind=SurveyKind.SATISFACTION,
            about=referral,
            service=service,
            area=kind,
            since=date.fromisoformat(ended),
            tries=tries,
        )
        found.append((case, about))
    return found
