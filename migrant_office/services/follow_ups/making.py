"""Follow-ups that nobody has to think of: those of a new referral, and what a step does to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from migrant_office import clock
from migrant_office.models.city import Ask
from migrant_office.models.follow_up import (
    ANSWERS,
    DropReason,
    FollowUp,
    Question,
    now_with,
    of_referral,
    open_of,
    rule_id,
)
from migrant_office.models.office import Office
from migrant_office.models.referral import Referral, ReferralStep, State, remains, stays_open
from migrant_office.models.vault.nouns import File
from migrant_office.models.vault.operation import Operation
from migrant_office.services.working_days import working_day

NEVER_WAS = frozenset({State.CANCELLED, State.MISTAKE})  # these answer no question
Planned = tuple[tuple[date, Question], ...]


def planned(office: Office, area: str, first: date | None = None) -> Planned:
    """The days and questions of a referral made today: the city's for the area of the service, on working days.

    `first` is the day an officer chose for the first; it stays as chosen, and the others keep their distance to it.
    """
    asks = office.city.follow_ups(area)
    begin = first - timedelta(days=asks[0].days) if first else clock.today()
    days = spread(office.city.country, begin, asks)
    return tuple(
        (first if first and not n else day, ask.question) for n, (day, ask) in enumerate(zip(days, asks, strict=True))
    )


def spread(country: str, begin: date, asks: Iterable[Ask]) -> list[date]:
    """The working day of each, in their order."""
    return [working_day(country, begin + timedelta(days=ask.days)) for ask in asks]


def put_planned(office: Office, op: Operation, referral: Referral, plan: Planned | None = None) -> tuple[FollowUp, ...]:
    """Write the follow-ups of a referral that the same operation makes. Their ids follow from the referral's."""
    plan = planned(office, referral.area, referral.due) if plan is None else plan
    made = (
        FollowUp(
            id=rule_id(referral.id, str(number)),
            referral=referral.id,
            question=question,
            due=day,
            officer=referral.officer,
            made=referral.made,
        )
        for number, (day, question) in enumerate(plan)
    )
    return tuple(map(op.put, made))


def after_step(office: Office, op: Operation, referral: Referral, step: ReferralStep, file: File) -> None:
    """What a step does to the follow-ups of its referral, in the same operation; `file` is the case before it.

    Those that were due, or that it answers, are done by it. The day it promises becomes that of the next question, and
    what was planned before that day is asked together with it. A job found is asked about again later.
    """
    outcome = step.outcome or referral.outcome(file)
    waiting = {each.id for each in open_of(referral.id, file)}
    if step.state in NEVER_WAS:
        return  # whatever is open ends by the rule of `FollowUp.is_open`
    left: list[FollowUp] = []
    for each in of_referral(referral.id, file):
        still = remains(each.question, step.state, outcome)
        past = each.id in waiting and each.question not in ANSWERS and str(each.due) <= str(clock.today())
        if still and not past:
            left.append(each)  # one that had ended with the referral waits again when it is opened again
        elif each.id in waiting:
            op.set(each, done=clock.today(), done_by=step.id)
    if step.due is not None and stays_open(step.state, outcome):
        promise(office, op, referral, step, left, file)
    owner = now_with(referral.officer, referral.id, file)
    asks = office.city.afterwards.get(str(step.outcome), ())
    days = spread(office.city.country, clock.today(), asks)
    known = file.all(FollowUp)
    for ask, day in zip(asks, days, strict=True):
        id = rule_id(referral.id, f"{step.outcome} {ask.days}")
        if id not in known:
            op.put(
                FollowUp(id=id, referral=referral.id, question=ask.question, due=day, officer=owner, made=clock.today())
            )


def promise(
    office: Office, op: Operation, referral: Referral, step: ReferralStep, left: Sequence[FollowUp], file: File
) -> None:
    """Somebody asks on the day that the step promised, and nothing is asked before."""
    day, early = step.due, [each for each in left if str(each.due) < str(step.due)]
    own = [each for each in early if each.question not in ANSWERS]
    for each in early:
        if each.question in ANSWERS or each is own[0]:
            op.set(each, due=day)
        else:
            op.set(each, dropped=DropReason.TOGETHER, dropped_on=clock.today())
    if not own and not any(each.due == day for each in left):
        op.put(
            FollowUp(
                id=rule_id(step.id, "next"),
                referral=referral.id,
                question=next_question(office, referral, step, file),
                due=day,
                officer=now_with(referral.officer, referral.id, file),
                made=clock.today(),
            )
        )


def next_question(office: Office, referral: Referral, step: ReferralStep, file: File) -> Question:
    """The first of the area's questions that has no answer yet."""
    outcome = step.outcome or referral.outcome(file)
    asked = (ask.question for ask in office.city.follow_ups(referral.area) if ask.question not in ANSWERS)
    return next((question for question in asked if remains(question, step.state, outcome)), Question.OUTCOME)
