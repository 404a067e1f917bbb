"""What an officer does with a pathway. Each is one operation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from migrant_office import clock
from migrant_office.errors import NotAllowed
from migrant_office.i18n import N_
from migrant_office.models.case_file import FollowedReferral
from migrant_office.models.city import City
from migrant_office.models.missing import Missing
from migrant_office.models.need import NeedKind
from migrant_office.models.office import Office, new_id
from migrant_office.models.operations import Op
from migrant_office.models.pathway import begins
from migrant_office.models.pathway.following import FollowedPathway
from migrant_office.models.pathway.kinds import AfterNotYet, Ending, PathwayKind, Placement, Point, Result, Stage
from migrant_office.models.pathway.nouns import LabourSnapshot, Milestone, Pathway
from migrant_office.models.person import Situation
from migrant_office.models.referral import Outcome, ReferralStep
from migrant_office.models.service import Service
from migrant_office.models.vault.operation import Done, Operation
from migrant_office.models.work import Occupation, WorkKind
from migrant_office.services import (
    catalogue,
    consents,
    milestones,
    office_forms,
    pathway_questions,
    referrals,
    situations,
)
from migrant_office.services.catalogue import ServiceLine
from migrant_office.services.consents import Said
from migrant_office.services.milestones import News
from migrant_office.services.referrals import Heard

PROFILES = "profile"  # of the city's intake form: the trades that are certified in this city
DECIDES = {Result.COMPETENT: "placement", Result.NOT_YET: "after"}
DECIDED_BY_OUTCOME = {
    Outcome.COMPETENT: Result.COMPETENT,
    Outcome.CERTIFIED: Result.COMPETENT,
    Outcome.NOT_YET_COMPETENT: Result.NOT_YET,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What is told when a pathway begins without a referral."""

    kind: PathwayKind
    profile: str = ""
    trade: str = ""
    centre: str = ""
    service: str = ""
    begun: date | None = None
    situation: Situation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """What comes after a result. `placement` MADE refers to `service` where one is chosen, and else begins a pathway of
    employment at the own desk; `agreed` is who said yes to handing over data, as in `consents.refer`.
    """

    placement: Placement | None = None
    after: AfterNotYet | None = None
    service: Service | None = None
    agreed: Said | None = None
    words: str = ""


def profiles(office: Office) -> dict[str, Mapping[str, str]]:
    """The trades that are certified here, as the city's intake form lists them: code → words by language."""
    found: dict[str, Mapping[str, str]] = {}
    for form in office_forms.every_version(office, office_forms.INTAKE):
        listed = form.lists.get(PROFILES)
        for choice in listed.choices if listed else ():
            found.setdefault(choice.value, choice.label.by_lang)
    return found


def placement_services(office: Office) -> list[ServiceLine]:
    """Services that place people, those first that the city's table names."""
    first = begins.load(office.city.folder).placement
    found = [line for line in catalogue.for_need(office, NeedKind.WORK) if not refuses(office, line)]
    return sorted(found, key=lambda line: first.index(line.id) if line.id in first else len(first))


def refuses(office: Office, line: ServiceLine) -> bool:
    """Whether the city says that a service begins no pathway of employment."""
    return begins.load(office.city.folder).kind(line.id, line.area, NeedKind.WORK) is not PathwayKind.EMPLOYMENT


def begin(office: Office, case: str, told: Beginning) -> tuple[Done, Pathway]:
    """Begin a pathway at the own desk. Raises `NotAllowed` for a day to come, `UserError` when the case is gone."""
    if told.begun and told.begun > clock.today():
        raise NotAllowed(N_("This day is still to come. Choose today or an earlier day."))
    with office.case_operation(Op.BEGIN_PATHWAY, case) as op:
        if told.situation:
            situations.put_on_the_way(
                office, op, case, milestones.file_now(op), told.situation, pathway="", milestone=""
            )
        way = milestones.put_pathway(
            office, op, told.kind, service=told.service, profile=told.profile, trade=told.trade, centre=told.centre,
            begun=told.begun,
        )  # fmt: skip
    return op.done, way


def describe(office: Office, case: str, shown: Pathway, *, profile: str, trade: str, centre: str) -> Done:
    """Say which trade a pathway is for, and where. Raises as `begin`."""
    with office.case_operation(Op.BEGIN_PATHWAY, case) as op:
        op.set(shown, profile=profile, trade=trade.strip(), centre=centre.strip())
    return op.done


def add_milestone(office: Office, case: str, pathway: str, news: News, then: Next | None = None) -> Done:
    """Note what happened. *Competente* proposes placement and *aún no competente* asks what comes next, both in the
    same operation ([002:350], [002:396]): `then` says it.

    Raises `NotAllowed` when a result comes without it, and as `milestones.put_milestone` and `consents.refer`.
    """
    with office.case_operation(Op.ADD_MILESTONE, case) as op:
        milestones.put_milestone(office, op, milestones.way_now(op, pathway), news)
        if news.spot in DECIDES:
            put_next(office, op, pathway, check_next(Result(news.spot), then))
    return op.done


def take_step(
    office: Office, case: str, followed: FollowedReferral, heard: Heard, then: Next | None = None
) -> tuple[Done, ReferralStep]:
    """What was heard about a referral, and what comes next where its outcome is a result: one operation. The referral
    of something else than a certification asks for nothing. Raises as `add_milestone` and `referrals.take_step`.
    """
    with office.case_operation(Op.STEP_REFERRAL, case) as op:
        step = referrals.put_step(office, op, followed, heard)
        result = DECIDED_BY_OUTCOME.get(heard.outcome) if heard.outcome else None
        ways = milestones.file_now(op).all(Pathway).values() if result else ()
        for way in [way for way in ways if way.referral == followed.referral.id]:
            if milestones.way_now(op, way.id).undecided is result and result is not None:
                put_next(office, op, way.id, check_next(result, then))
    return op.done, step


def record_step(office: Office, case: str, followed: FollowedReferral, heard: Heard, then: Next | None = None) -> Done:
    """As `take_step`, for who needs no step."""
    return take_step(office, case, followed, heard, then)[0]


def asks_next(city: City, followed: FollowedReferral, outcome: Outcome | None) -> Result | None:
    """The result that an outcome of this referral would be, when something must be decided after it."""
    if milestones.kind_of(city, followed.referral) is not PathwayKind.CERTIFICATION or outcome is None:
        return None
    return DECIDED_BY_OUTCOME.get(outcome)


def check_next(result: Result, then: Next | None) -> Next:
    """Raises `NotAllowed` unless what comes next belongs to the result."""
    if then is None or getattr(then, DECIDES[result]) is None:
        if result is Result.COMPETENT:
            raise NotAllowed(N_("Say whether placement begins now, or why not."))
        raise NotAllowed(N_("Choose what comes next after “not yet competent”."))
    return then


def decide(office: Office, case: str, pathway: str, then: Next) -> Done:
    """Say what comes after a result that was noted without it, or decide anew. Raises as `add_milestone`."""
    with office.case_operation(Op.ADD_MILESTONE, case) as op:
        put_next(office, op, pathway, then)
    return op.done


def put_next(office: Office, op: Operation, pathway: str, then: Next) -> Milestone:
    way = milestones.way_now(op, pathway)
    leads_to = put_placement(office, op, way, then) if then.placement is Placement.MADE else ""
    return milestones.put_decision(
        office, op, way, placement=then.placement, after=then.after, leads_to=leads_to, words=then.words
    )


def put_placement(office: Office, op: Operation, way: FollowedPathway, then: Next) -> str:
    """The pathway of employment of somebody who is certified; answers its id. Without a service it is one that began
    since the result, for instance with a referral, or a new one at the own desk.
    """
    if then.service is None:
        if placed := milestones.placed_since(milestones.file_now(op), way):
            return placed.id
        mine = way.pathway
        return milestones.put_pathway(
            office, op, PathwayKind.EMPLOYMENT, profile=mine.profile, trade=mine.trade, parent=mine.id
        ).id
    referral = consents.put_referral(office, op, then.service, then.agreed, need=NeedKind.WORK)
    made = [w for w in milestones.file_now(op).all(Pathway).values() if w.referral == referral.id]
    for begun in made:
        op.set(begun, profile=way.pathway.profile, trade=way.pathway.trade, parent=way.pathway.id)
        return begun.id
    return milestones.put_pathway(office, op, PathwayKind.EMPLOYMENT, referral=referral, parent=way.pathway.id).id


def take_back(office: Office, case: str, pathway: str, milestone: str, words: str = "") -> Done:
    """A milestone that was written by mistake holds no more; it stays in the history. Raises `NotAllowed` when it does
    not hold, or later ones rest on it.
    """
    with office.case_operation(Op.ADD_MILESTONE, case) as op:
        way = milestones.way_now(op, pathway)
        last = next((m for m in reversed(way.milestones) if m.id == milestone), None)
        if last is None:
            raise NotAllowed(N_("This milestone does not hold any more. Open the case file again."))
        if last is not way.milestones[-1]:
            raise NotAllowed(N_("Later milestones rest on this one. Take these back first."))
        today = clock.today()
        op.put(Milestone(id=new_id(), pathway=pathway, referral=way.pathway.referral, kind=Stage.MISTAKE, made=today,
                         recorded=today, of=last.id, officer=office.officer, words=words.strip()))  # fmt: skip
        pathway_questions.ask_again(op, last, milestones.file_now(op))
        if way.pathway.ending in (Ending.DONE, Ending.DROPPED_OUT, Ending.GAVE_UP, Ending.ELSEWHERE):
            milestones.end(op, way.pathway, None, today)
    return op.done


def close(office: Office, case: str, pathway: str, ending: Ending) -> Done:
    """Close a pathway by hand, with its reason. Raises `NotAllowed` when a result waits for its decision."""
    with office.case_operation(Op.CLOSE_PATHWAY, case) as op:
        way = milestones.way_now(op, pathway)
        if way.undecided and ending is not Ending.MISTAKE:
            check_next(way.undecided, None)
        milestones.end(op, way.pathway, ending, clock.today())
    return op.done


def reopen(office: Office, case: str, pathway: str) -> Done:
    with office.case_operation(Op.CLOSE_PATHWAY, case) as op:
        milestones.end(op, milestones.way_now(op, pathway).pathway, None, clock.today())
    return op.done


def note_situation(
    office: Office,
    case: str,
    situation: Situation,
    *,
    point: Point = Point.FOLLOW_UP,
    work_kind: WorkKind | None = None,
    group: Occupation | Missing | None = None,
) -> Done:
    """Write down how the person stands in work today, or how she stood before migrating. The latter changes nothing of
    what holds now.
    """
    with office.case_operation(Op.ADD_MILESTONE, case) as op:
        if point is Point.FOLLOW_UP:
            situations.put_on_the_way(office, op, case, milestones.file_now(op), situation, pathway="", group=group)
        else:
            today = clock.today()
            op.put(LabourSnapshot(id=new_id(), point=point, situation=situation, work_kind=work_kind, group=group,
                                  made=today, recorded=today, officer=office.officer))  # fmt: skip
    return op.done
