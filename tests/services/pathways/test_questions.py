"""What is asked later on a pathway, what a milestone answers, and what an answer writes on the pathway."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from migrant_office import clock
from migrant_office.models.follow_up import Answer, FollowUp, Question
from migrant_office.models.need import NeedKind
from migrant_office.models.office import Office
from migrant_office.models.pathway.kinds import Result, Stage, Stays
from migrant_office.models.referral import Outcome, State
from migrant_office.services.follow_ups import changing, listing
from migrant_office.services.pathways import take_back
from migrant_office.services.referrals import Heard
from migrant_office.services.working_days import is_working_day
from tests.factories import DAY
from tests.services.pathways.telling import CENTRE, CERT, JOB, LATER, OWN, hear, next_of, note, on_way, read, refer, way


def waiting(office: Office, case: str) -> list[FollowUp]:
    file = office.case(case)
    return [f for f in read(office, case).follow_ups if f.is_open(file)]


def asked(office: Office, case: str) -> list[Question | None]:
    return [f.question for f in waiting(office, case)]


def on(day: date):
    return clock.at(datetime(day.year, day.month, day.day, 12).astimezone())


def test_a_pending_result_is_asked_for_on_the_promised_day(desk: Office, case: str) -> None:
    here = on_way(desk, case)
    note(desk, case, here, Result.PENDING)
    (follow_up,) = waiting(desk, case)
    assert (follow_up.question, follow_up.due, follow_up.pathway) == (Question.OUTCOME, LATER, here)
    note(desk, case, here, Result.NOT_YET)
    assert asked(desk, case) == [], "it is known now"


def test_the_certificate_is_asked_for_until_it_is_delivered(desk: Office, case: str) -> None:
    here = on_way(desk, case)
    note(desk, case, here, Result.COMPETENT)
    (follow_up,) = waiting(desk, case)
    assert follow_up.question is Question.CERTIFICATE
    assert follow_up.due is not None
    assert is_working_day("CL", follow_up.due)
    note(desk, case, here, Stage.ISSUED)
    assert asked(desk, case) == [Question.CERTIFICATE]
    note(desk, case, here, Stage.DELIVERED)
    assert asked(desk, case) == []
    (told,) = read(desk, case).follow_ups
    assert told.answer is Answer.DELIVERED


def test_a_delivered_certificate_that_was_no_such_thing_is_asked_for_again(desk: Office, case: str) -> None:
    here = on_way(desk, case)
    note(desk, case, here, Result.COMPETENT)
    note(desk, case, here, Stage.DELIVERED)
    last = way(desk, case).milestones[-1]
    take_back(desk, case, here, last.id)
    assert asked(desk, case) == [Question.CERTIFICATE]


def test_who_was_hired_is_asked_after_three_months_and_the_answer_is_a_milestone(desk: Office, case: str) -> None:
    here = on_way(desk, case, JOB)
    note(desk, case, here, Stage.HIRED)
    (follow_up,) = waiting(desk, case)
    assert follow_up.question is Question.JOB_KEPT
    assert follow_up.due is not None
    assert follow_up.due >= DAY + timedelta(days=90)
    with on(follow_up.due):
        changing.answer(desk, case, follow_up.id, Answer.SAME_JOB)
    last = way(desk, case, JOB).milestones[-1]
    assert (last.kind, last.stays) == (Stage.STAYED, Stays.YES)
    assert asked(desk, case) == []


def test_an_answer_that_cannot_be_a_milestone_yet_stays_with_the_follow_up(desk: Office, case: str) -> None:
    here = on_way(desk, case, JOB)
    note(desk, case, here, Stage.HIRED)
    (follow_up,) = waiting(desk, case)
    changing.answer(desk, case, follow_up.id, Answer.SAME_JOB)  # the same day: three months have not passed
    assert [m.kind for m in way(desk, case, JOB).milestones] == [Stage.HIRED]
    assert read(desk, case).follow_ups[0].answer is Answer.SAME_JOB


def test_a_business_is_asked_after_until_it_is_formal(desk: Office, case: str) -> None:
    here = on_way(desk, case, OWN)
    note(desk, case, here, Stage.COMPLETED)
    assert asked(desk, case) == [Question.BUSINESS]
    (follow_up,) = waiting(desk, case)
    changing.answer(desk, case, follow_up.id, Answer.FORMAL)
    assert Stage.FORMALISED in {m.kind for m in way(desk, case, OWN).milestones}


def test_what_the_referral_asks_is_not_asked_twice(desk: Office, case: str) -> None:
    refer(desk, case, CENTRE, NeedKind.CERTIFICATION)
    hear(
        desk,
        case,
        CENTRE,
        Heard(state=State.COMPLETED, outcome=Outcome.COMPETENT),
        next_of(Result.COMPETENT),
    )
    assert asked(desk, case).count(Question.CERTIFICATE) == 1


def test_a_milestone_answers_the_question_of_its_referral(desk: Office, case: str) -> None:
    refer(desk, case, CENTRE, NeedKind.CERTIFICATION)
    here = way(desk, case, CERT).pathway.id
    note(desk, case, here, Result.COMPETENT)
    note(desk, case, here, Stage.DELIVERED)
    answered = [f for f in read(desk, case).follow_ups if f.question is Question.CERTIFICATE]
    assert [f.answer for f in answered] == [Answer.DELIVERED]


def test_seguimientos_lists_the_question_of_a_pathway(desk: Office, case: str) -> None:
    note(desk, case, on_way(desk, case), Result.PENDING)
    with on(LATER):
        lines = [line for line in listing.due_lines(desk, LATER, 10) if line.case == case]
    assert [line.question for line in lines] == [Question.OUTCOME]
