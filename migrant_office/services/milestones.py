"""What is written of a pathway inside an operation: begun, gone on, decided, ended; and what a referral's answer says.

The room above, `pathways`, has the verbs of the desk.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from migrant_office import clock
from migrant_office.errors import Gone, NotAllowed
from migrant_office.i18n import N_
from migrant_office.models.city import City
from migrant_office.models.follow_up import Answer, FollowUp
from migrant_office.models.missing import Missing
from migrant_office.models.office import Office, new_id
from migrant_office.models.pathway import begins, order
from migrant_office.models.pathway.following import FollowedPathway, followed
from migrant_office.models.pathway.kinds import (
    AfterNotYet,
    Ending,
    LeftWhy,
    PathwayKind,
    Placement,
    Result,
    Stage,
    Stays,
)
from migrant_office.models.pathway.nouns import Milestone, Pathway
from migrant_office.models.pathway.order import Spot
from migrant_office.models.person import Person, Situation
from migrant_office.models.referral import DropOut, Outcome, Referral, ReferralStep, State
from migrant_office.models.vault.merging import view
from migrant_office.models.vault.nouns import File, Home, Ref, changed
from migrant_office.models.vault.operation import Operation
from migrant_office.models.work import Occupation
from migrant_office.services import pathway_questions, situations

THREE_MONTHS = timedelta(days=85)  # a call on the working day before counts
RESULTS = {
    Outcome.COMPETENT: Result.COMPETENT,
    Outcome.NOT_YET_COMPETENT: Result.NOT_YET,
    Outcome.RESULT_PENDING: Result.PENDING,
}
NOT_TAKEN_UP = frozenset({State.CANCELLED, State.REJECTED, State.FAILED})


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What was told: the spot that was reached, on which day, and what belongs to it (see `Milestone`)."""

    spot: Spot
    made: date | None = None
    ask: date | None = None
    drop_out: DropOut | None = None
    formal: bool | Missing | None = None
    group: Occupation | Missing | None = None
    stays: Stays | None = None
    left: LeftWhy | None = None
    amount: int | None = None
    words: str = ""
    situation: Situation | None = None


# what an operation has by now


def file_now(op: Operation, case: str = "") -> File:
    """The case as it stands inside the operation, what it has written included."""
    ref = Ref(Home.CASE, case or op.id)
    group = op.group_of(ref)
    if group is None:
        return File(ref, op.exact(ref).document.cells())
    members = op.cells_in(group, ref.home)
    return view(group, ref.home, {m: op.exact(Ref(ref.home, m)).document.cells() for m in members})


def file_before(op: Operation) -> File:
    """The case as it was before the operation; read already, so that looking costs nothing."""
    return op.on(Ref(Home.CASE, op.id)).before


def way_now(op: Operation, pathway: str) -> FollowedPathway:
    """Raises `Gone` when the pathway is not there any more."""
    file = file_now(op)
    found = file.all(Pathway).get(pathway)
    if found is None:
        raise Gone(N_("This pathway is not there any more. Open the case file again."))
    return followed(found, file)


# writing


def put_pathway(
    office: Office,
    op: Operation,
    kind: PathwayKind,
    *,
    referral: Referral | None = None,
    service: str = "",
    profile: str = "",
    trade: str = "",
    centre: str = "",
    parent: str = "",
    begun: date | None = None,
) -> Pathway:
    """Begin a pathway; how the person stands in work is written down with it when nobody did before."""
    today = clock.today()
    way = op.put(
        Pathway(
            id=new_id(),
            kind=kind,
            referral=referral.id if referral else "",
            service=service or (referral.service if referral else ""),
            profile=profile,
            trade=trade.strip(),
            centre=centre.strip(),
            parent=parent,
            begun=begun or today,
            recorded=today,
            officer=office.officer,
        )
    )
    if not situations.knows(file_before(op)) and not situations.knows(file := file_now(op)):
        person = file.one(Person)
        if person:
            situations.put_first(office, op, person)
    return way


def put_milestone(office: Office, op: Operation, way: FollowedPathway, news: News, *, heard: bool = False) -> Milestone:
    """Write what was told of a pathway, what it answers and what is asked later. `heard` of its referral: then that
    one's follow-ups ask. Raises `NotAllowed` for what cannot follow, or leaves a gap.
    """
    check(way, news)
    made = news.made or clock.today()
    milestone = op.put(
        Milestone(
            id=new_id(),
            pathway=way.pathway.id,
            referral=way.pathway.referral,
            kind=Stage.RESULT if isinstance(news.spot, Result) else news.spot,
            made=made,
            recorded=clock.today(),
            result=news.spot if isinstance(news.spot, Result) else None,
            ask=news.ask if news.spot is Result.PENDING else None,
            drop_out=news.drop_out if news.spot is Stage.DROPPED_OUT else None,
            formal=news.formal if news.spot is Stage.HIRED else None,
            group=news.group if news.spot is Stage.HIRED else None,
            stays=news.stays if news.spot is Stage.STAYED else None,
            left=news.left if news.spot is Stage.LEFT else None,
            amount=news.amount if news.spot is Stage.CAPITAL else None,
            officer=office.officer,
            words=news.words.strip(),
        )
    )
    end(op, way.pathway, ending_of(news, way), made)
    file = file_now(op)
    pathway_questions.settle(op, way.pathway, milestone, file)
    if not heard:
        pathway_questions.put_question(office.city, op, way.pathway, milestone, file)
    if news.situation:
        situations.put_on_the_way(
            office, op, op.id, file, news.situation, pathway=way.pathway.id, milestone=milestone.id,
            group=milestone.group,
        )  # fmt: skip
    return milestone


def check(way: FollowedPathway, news: News) -> None:
    """Raises `NotAllowed` when what was told cannot follow, has an impossible day, or lacks what belongs to it."""
    if news.spot not in way.following:
        raise NotAllowed(N_("This cannot follow where the pathway stands. Choose another one."))
    day, today = news.made or clock.today(), clock.today()
    first = order.earliest(way.pathway.kind, way.milestones, way.pathway.begun, news.spot)
    if day > today:
        raise NotAllowed(N_("This day is still to come. Choose today or an earlier day."))
    if isinstance(first, date) and day < first:
        raise NotAllowed(N_("This day is before the step it follows. Choose a later day."))
    lacks(way, news, day)


def lacks(way: FollowedPathway, news: News, day: date) -> None:
    match news.spot:
        case Stage.DROPPED_OUT if news.drop_out is None:
            raise NotAllowed(N_("Say why the course was not finished."))
        case Result.PENDING if news.ask is None or news.ask < clock.today():
            raise NotAllowed(N_("Choose the day to ask for the result."))
        case Stage.LEFT if news.left is None:
            raise NotAllowed(N_("Say why the job ended."))
        case Stage.STAYED if news.stays is None:
            raise NotAllowed(N_("Say whether the person still works there."))
        case Stage.STAYED if news.stays is Stays.YES and day < hired_on(way) + THREE_MONTHS:
            raise NotAllowed(N_("Three months have not passed since the person was hired."))
        case Stage.CAPITAL if news.amount is not None and news.amount <= 0:
            raise NotAllowed(N_("An amount is more than nothing. Leave it empty when nobody knows it."))


def hired_on(way: FollowedPathway) -> date:
    return next((m.made for m in reversed(way.milestones) if m.kind is Stage.HIRED), date.min)


def put_decision(
    office: Office,
    op: Operation,
    way: FollowedPathway,
    *,
    placement: Placement | None = None,
    after: AfterNotYet | None = None,
    leads_to: str = "",
    words: str = "",
) -> Milestone:
    """Write what comes after a result: placement or why not, or what next after *aún no competente*.

    Raises `NotAllowed` when no result waits for it, or the answer belongs to another result.
    """
    wanted = {Result.COMPETENT: placement, Result.NOT_YET: after}.get(last_known(way) or Result.PENDING)
    if wanted is None or (placement is not None and after is not None):
        raise NotAllowed(N_("No result waits for this decision. Open the case file again."))
    today = clock.today()
    decision = op.put(
        Milestone(
            id=new_id(),
            pathway=way.pathway.id,
            referral=way.pathway.referral,
            kind=Stage.DECIDED,
            made=today,
            recorded=today,
            placement=placement,
            after=after,
            leads_to=leads_to,
            officer=office.officer,
            words=words.strip(),
        )
    )
    if after is AfterNotYet.GIVES_UP:
        end(op, way.pathway, Ending.GAVE_UP, today)
    elif after is AfterNotYet.OTHER_SERVICE:
        end(op, way.pathway, Ending.ELSEWHERE, today)
    elif placement and way.spot is Stage.DELIVERED:
        end(op, way.pathway, Ending.DONE, today)
    return decision


def placed_since(file: File, way: FollowedPathway) -> Pathway | None:
    """The open pathway of employment that began since the last result of a certification, if there is one."""
    last = order.last_result(way.milestones)
    if last is None:
        return None
    found = [
        other
        for other in file.all(Pathway).values()
        if other.kind is PathwayKind.EMPLOYMENT and other.ending is None and str(other.begun) >= str(last.made)
    ]
    return min(found, key=lambda other: other.id, default=None)


def last_known(way: FollowedPathway) -> Result | None:
    """The result that a decision may belong to. One that was made may be made anew: who could not work then may now."""
    last = order.last_result(way.milestones)
    return last.result if last and last.result is not Result.PENDING else None


def ending_of(news: News, way: FollowedPathway) -> Ending | None:
    """Why a pathway closes with what was told, if it does."""
    match news.spot:
        case Stage.DROPPED_OUT:
            return Ending.DROPPED_OUT
        case Stage.DELIVERED:
            return None if way.undecided else Ending.DONE
        case Stage.STAYED if news.stays is Stays.YES:
            return Ending.DONE
    return None


def end(op: Operation, way: Pathway, ending: Ending | None, day: date) -> Pathway:
    """Close a pathway, or open it again with None."""
    if way.ending is ending:
        return way
    return op.set(way, ending=ending, ended=day if ending else None, noted=clock.today() if ending else None)


# what referrals and follow-ups say


def kind_of(city: City, referral: Referral) -> PathwayKind | None:
    """The pathway that a referral begins in a city, if any."""
    return begins.load(city.folder).kind(referral.service, referral.area, referral.need)


def open_for(office: Office, op: Operation, referral: Referral) -> Pathway | None:
    """With a referral to certification, a course or placement its pathway begins."""
    kind = kind_of(office.city, referral)
    return put_pathway(office, op, kind, referral=referral, begun=referral.made) if kind else None


def hear(office: Office, op: Operation, referral: Referral, step: ReferralStep) -> None:
    """What was heard about a referral goes on its pathway too, in the same operation; one that began before there were
    pathways gets one now. What cannot follow there is left out: the referral's own history has it.
    """
    before = file_before(op)
    mine = [way for way in before.all(Pathway).values() if way.referral == referral.id]
    way = max(mine, key=lambda w: w.id, default=None)
    told = list(told_by(step))
    if way is None:
        if not told or (opened := open_for(office, op, referral)) is None:
            return
        way = opened
    current = followed(way, before)
    for spots in told:
        for spot in spots.get(way.kind, ()):
            if spot in current.following and spot != current.spot and step.made >= (way.begun or step.made):
                news = News(spot=spot, made=step.made, ask=step.due, drop_out=step.drop_out)
                current = gone_on(
                    current, put_milestone(office, op, current, news, heard=True), ending_of(news, current)
                )
    close_with(op, current, step)


def hear_answer(office: Office, op: Operation, asked: FollowUp, said: Answer) -> Milestone | None:
    """What was answered to a follow-up is a milestone of its pathway too, so that nobody asks or writes it twice. What
    cannot follow there is left out: the follow-up has it.
    """
    file = file_now(op)
    ways = file.all(Pathway).values()
    mine = [w for w in ways if w.id == asked.pathway or (asked.referral and w.referral == asked.referral)]
    way = max(mine, key=lambda w: w.id, default=None)
    told = pathway_questions.milestone_of(way.kind, asked.question, said) if way and asked.question else None
    if way is None or told is None:
        return None
    current, news = followed(way, file), News(spot=told[0], stays=told[1])
    try:
        check(current, news)
    except NotAllowed:
        return None
    return put_milestone(office, op, current, news, heard=True)


def gone_on(way: FollowedPathway, milestone: Milestone, ending: Ending | None) -> FollowedPathway:
    """A pathway with one more milestone, as the document has it by now."""
    history = order.in_order([*way.milestones, milestone])
    told = {"ended": milestone.made, "noted": clock.today()} if ending else {"ended": None, "noted": None}
    pathway = changed(way.pathway, ending=ending, **told)
    spot = order.where(pathway.kind, history)
    return FollowedPathway(pathway, tuple(history), spot, order.undecided(history))


def told_by(step: ReferralStep) -> Iterator[dict[PathwayKind, tuple[Spot, ...]]]:
    """The spots that a step of a referral says were reached, by kind of pathway. Who was served by a placement office
    has a profile there; who got the certificate was competent.
    """
    learning, certifying, seeking = PathwayKind.ENTREPRENEURSHIP, PathwayKind.CERTIFICATION, PathwayKind.EMPLOYMENT
    if step.state is State.IN_PROGRESS:
        yield {learning: (Stage.ENROLLED,), certifying: (Stage.ENROLLED,)}
    match step.outcome:
        case Outcome.ATTENDED:
            yield {seeking: (Stage.JOB_PROFILE,)}
        case Outcome.FINISHED:
            yield {learning: (Stage.COMPLETED,), certifying: (Stage.ASSESSED,)}
        case Outcome.CERTIFIED:
            certified = (Result.COMPETENT, Stage.DELIVERED)
            yield {learning: (Stage.COMPLETED, Stage.COURSE_CERTIFICATE), certifying: certified}
        case Outcome.COMPETENT | Outcome.NOT_YET_COMPETENT | Outcome.RESULT_PENDING if step.outcome in RESULTS:
            if step.outcome is not Outcome.RESULT_PENDING or step.due:
                yield {certifying: (RESULTS[step.outcome],)}
        case Outcome.JOB_FOUND:
            yield {seeking: (Stage.HIRED,)}
        case Outcome.DROPPED_OUT:
            yield dict.fromkeys(PathwayKind, (Stage.DROPPED_OUT,))


def close_with(op: Operation, way: FollowedPathway, step: ReferralStep) -> None:
    """A referral that came to nothing closes a pathway on which nothing happened; one taken up opens it again."""
    came_to_nothing = step.state in NOT_TAKEN_UP or step.outcome is Outcome.NOT_SERVED
    if step.state is State.MISTAKE:
        end(op, way.pathway, Ending.MISTAKE, step.made)
    elif came_to_nothing and not way.milestones:
        end(op, way.pathway, Ending.NOT_TAKEN_UP, step.made)
    elif not came_to_nothing and way.pathway.ending is Ending.NOT_TAKEN_UP:
        end(op, way.pathway, None, step.made)
