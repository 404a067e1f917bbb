"""What somebody asks later on a pathway, and which questions a milestone answers: nobody is left after the course
([002:310], [002:1531]). Days are the city's (`pathways.toml`), on working days.
"""

from __future__ import annotations

from datetime import timedelta

from migrant_office import clock
from migrant_office.models.city import City
from migrant_office.models.follow_up import Answer, FollowUp, Question, of_referral, rule_id
from migrant_office.models.pathway import begins
from migrant_office.models.pathway.kinds import PathwayKind, Stage, Stays
from migrant_office.models.pathway.nouns import Milestone, Pathway
from migrant_office.models.pathway.order import spot_of
from migrant_office.models.vault.nouns import File
from migrant_office.models.vault.operation import Operation
from migrant_office.services.working_days import working_day

STAYS = {Stays.YES: Answer.SAME_JOB, Stays.NO: Answer.LOST_JOB}
STAYED = {Answer.SAME_JOB: Stays.YES, Answer.OTHER_JOB: Stays.NO, Answer.LOST_JOB: Stays.NO}


def put_question(city: City, op: Operation, way: Pathway, milestone: Milestone, file: File) -> FollowUp | None:
    """The follow-up that comes of a milestone, unless the pathway's referral asks the same already."""
    spot = spot_of(milestone)
    days, question = begins.load(city.folder).asks.get(str(spot), (0, Question.OUTCOME))
    due = milestone.ask or (milestone.made + timedelta(days=days) if days else None)
    if due is None or any(f.question is question for f in of_referral(way.referral, file) if way.referral):
        return None
    due = due if milestone.ask else working_day(city.country, max(due, clock.today()))
    return op.put(
        FollowUp(
            id=rule_id(milestone.id, question.value),
            pathway=way.id,
            question=question,
            due=due,
            officer=milestone.officer,
            made=clock.today(),
        )
    )


def settle(op: Operation, way: Pathway, milestone: Milestone, file: File) -> None:
    """The follow-ups that a milestone answers are done by it; `file` is the case as it stands."""
    answered = answer_of(milestone)
    for each in file.all(FollowUp).values():
        its_own = each.pathway == way.id
        if not each.waits or not (its_own or (way.referral and each.referral == way.referral)):
            continue
        if answered and each.question is answered[0]:
            op.set(each, done=clock.today(), answer=answered[1], done_by=milestone.id)
        elif its_own and milestone.kind is Stage.RESULT and each.question is Question.OUTCOME:
            op.set(each, done=clock.today(), done_by=milestone.id)


def ask_again(op: Operation, milestone: Milestone, file: File) -> None:
    """A milestone that is taken back answers nothing any more."""
    for each in file.all(FollowUp).values():
        if each.done_by == milestone.id:
            op.set(each, done=None, answer=None, done_by="")


def answer_of(milestone: Milestone) -> tuple[Question, Answer | None] | None:
    """The question that a milestone answers, and how."""
    match milestone.kind:
        case Stage.DELIVERED | Stage.COURSE_CERTIFICATE:
            return Question.CERTIFICATE, Answer.DELIVERED
        case Stage.FORMALISED:
            return Question.BUSINESS, Answer.FORMAL
        case Stage.STAYED:
            return Question.JOB_KEPT, STAYS.get(milestone.stays) if milestone.stays else None
        case Stage.LEFT:
            return Question.JOB_KEPT, Answer.LOST_JOB
    return None


def milestone_of(kind: PathwayKind, question: Question, said: Answer) -> tuple[Stage, Stays | None] | None:
    """The milestone that an answer to a follow-up is, on a pathway of this kind."""
    certificate = Stage.COURSE_CERTIFICATE if kind is PathwayKind.ENTREPRENEURSHIP else Stage.DELIVERED
    match question, said:
        case Question.CERTIFICATE, Answer.DELIVERED:
            return certificate, None
        case Question.CERTIFICATE, Answer.ISSUED:
            return Stage.ISSUED, None
        case Question.BUSINESS, Answer.FORMAL:
            return Stage.FORMALISED, None
        case Question.JOB_KEPT, _ if said in STAYED:
            return Stage.STAYED, STAYED[said]
    return None
