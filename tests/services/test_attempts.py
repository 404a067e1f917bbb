"""Tries to reach somebody: what the contact rule and the consent forbid, and what a try changes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from migrant_office import clock
from migrant_office.errors import NotAllowed, UserError
from migrant_office.models.consent import ConsentState
from migrant_office.models.follow_up import (
    Attempt,
    AttemptChannel,
    AttemptResult,
    DropReason,
    FollowUp,
    Question,
    open_of,
)
from migrant_office.models.missing import Missing
from migrant_office.models.office import Office, new_id
from migrant_office.models.pathway.kinds import Ending
from migrant_office.models.person import ContactRule, Person
from migrant_office.models.referral import Outcome, State
from migrant_office.models.service import Service
from migrant_office.services import attempts, catalogue, consents, history, people, referrals
from migrant_office.services.attempts import HARMLESS, Tried, add_attempt, refusal
from migrant_office.services.follow_ups import changing, is_working_day
from migrant_office.services.referrals import Heard
from tests.factories import DAY

CALL, WHATSAPP, VISIT = AttemptChannel.CALL, AttemptChannel.WHATSAPP, AttemptChannel.VISIT


def a_case(office: Office, **told: Any) -> str:
    person = Person(id=new_id(), given="Rose", phone="+56 9 5555 0101", **told)
    people.open_case(office, person)
    return person.id


def refer(office: Office, case: str, area: str = "employment") -> str:
    line = next(line for line in catalogue.lines(office, offered_only=True) if line.area == area)
    return referrals.refer(office, case, catalogue.service(office, line.id))[1].id


def first(office: Office, case: str, referral: str) -> FollowUp:
    return open_of(referral, office.case(case))[0]


def tried(channel: AttemptChannel = CALL, result: AttemptResult = AttemptResult.NO_ANSWER, **told: Any) -> Tried:
    return Tried(channel=channel, result=result, **told)


def allowed(office: Office, case: str) -> set[AttemptChannel]:
    file = office.case(case)
    return {channel for channel in AttemptChannel if not refusal(office, file, channel)}


@pytest.mark.parametrize(
    ("rule", "channels"),
    [
        (ContactRule.ANY, {CALL, WHATSAPP, AttemptChannel.MESSAGE, VISIT}),
        (Missing.NOT_ASKED, {CALL, WHATSAPP, AttemptChannel.MESSAGE, VISIT}),
        (ContactRule.WHATSAPP_ONLY, {WHATSAPP}),
        (ContactRule.NO_MESSAGES, {CALL, VISIT}),
        (ContactRule.ONLY_IN_PERSON, {VISIT}),
        ("by-pigeon", set()),
    ],
)
def test_the_rule_decides_which_ways_are_open(desk: Office, rule: Any, channels: set[AttemptChannel]) -> None:
    case = a_case(desk, contact_rule=rule)
    assert allowed(desk, case) == channels | HARMLESS
    referral = refer(desk, case)
    asked = first(desk, case, referral)
    for channel in set(AttemptChannel) - channels - HARMLESS:
        with pytest.raises(NotAllowed):
            add_attempt(desk, case, asked.id, tried(channel))
    assert desk.case(case).all(Attempt) == {}


def test_who_does_not_agree_is_reached_by_nobody(desk: Office) -> None:
    case = a_case(desk, trusted="Ana", trusted_phone="+56 9 5555 0102")
    assert AttemptChannel.TRUSTED in allowed(desk, case)
    consents.record(desk, case, {consents.CONTACT: ConsentState.REFUSED})
    assert allowed(desk, case) == HARMLESS
    assert not attempts.reaching(desk, case, "", "").may_contact
    consents.record(desk, case, {consents.CONTACT: ConsentState.GIVEN})
    assert CALL in allowed(desk, case)
    consents.withdraw(desk, case, consents.CONTACT)
    assert allowed(desk, case) == HARMLESS


def test_nobody_goes_to_the_home_of_a_protected_case(desk: Office) -> None:
    case = a_case(desk, restricted=True)
    assert VISIT not in allowed(desk, case)


def test_no_message_is_left_where_none_may_be(desk: Office) -> None:
    case = a_case(desk, contact_rule=ContactRule.NO_MESSAGES)
    asked = first(desk, case, refer(desk, case))
    with pytest.raises(NotAllowed, match="No message"):
        add_attempt(desk, case, asked.id, tried(CALL, AttemptResult.MESSAGE_LEFT))
    add_attempt(desk, case, asked.id, tried(CALL))
    assert len(desk.case(case).all(Attempt)) == 1


def test_a_try_is_kept_with_its_hour_and_moves_the_day(desk: Office) -> None:
    case = a_case(desk)
    referral = refer(desk, case)
    asked = first(desk, case, referral)
    done = add_attempt(desk, case, asked.id, tried(note=" buzón ", again=DAY + timedelta(days=1)))
    (attempt,) = desk.case(case).all(Attempt).values()
    wall = f"{clock.local(clock.now()):%H:%M}"
    assert (attempt.follow_up, attempt.made, attempt.at, attempt.note) == (asked.id, DAY, wall, "buzón")
    assert (attempt.officer, attempt.recorded) == (desk.officer, DAY)
    assert first(desk, case, referral).due == DAY + timedelta(days=1)
    assert done.touches("attempt")
    history.undo(desk)
    assert desk.case(case).all(Attempt) == {}
    assert first(desk, case, referral) == asked


def test_the_next_try_is_proposed_on_a_working_day_further_away_each_time(desk: Office) -> None:
    days = [attempts.next_try(desk, n) for n in range(5)]
    assert days == sorted(days)
    assert all(day > DAY and is_working_day("CL", day) for day in days)
    with clock.at(datetime(2026, 9, 17, 12).astimezone()):  # the day before the national holidays and a Sunday
        assert attempts.next_try(desk, 0) == date(2026, 9, 21)


def test_three_tries_without_an_answer_ask_for_something_else(desk: Office) -> None:
    case = a_case(desk)
    asked = first(desk, case, refer(desk, case))
    results = [AttemptResult.NO_ANSWER, AttemptResult.REACHED, *[AttemptResult.NO_ANSWER] * 3]
    exhausted = []
    for result in results:
        add_attempt(desk, case, asked.id, tried(result=result))
        exhausted.append(attempts.reaching(desk, case, asked.id).exhausted)
    assert exhausted == [False, False, False, False, True]
    assert len(attempts.reaching(desk, case, asked.id).tries) == 5


def test_a_wrong_number_is_replaced(desk: Office) -> None:
    case = a_case(desk)
    asked = first(desk, case, refer(desk, case))
    add_attempt(desk, case, asked.id, tried(result=AttemptResult.WRONG_NUMBER, phone=" +56 9 5555 0199 "))
    assert people.read_case(desk, case).person.phone == "+56 9 5555 0199"
    add_attempt(desk, case, asked.id, tried(result=AttemptResult.WRONG_NUMBER))
    assert people.read_case(desk, case).person.phone == "+56 9 5555 0199"


def test_closing_without_an_answer_ends_the_referral_in_one_operation(desk: Office) -> None:
    case = a_case(desk)
    referral = refer(desk, case)
    attempts.close_unanswered(desk, case, first(desk, case, referral).id, "tres llamadas")
    found = people.read_case(desk, case).referrals[0]
    assert (found.state, found.due) == (State.CANCELLED, None)
    assert {f.dropped for f in desk.case(case).all(FollowUp).values()} == {DropReason.NO_ANSWER}
    history.undo(desk)
    assert people.read_case(desk, case).referrals[0].state is State.REQUESTED
    assert first(desk, case, referral).dropped is None


def test_a_question_of_its_own_is_done_when_somebody_was_reached(desk: Office) -> None:
    case = a_case(desk)
    changing.add(desk, case, Question.OUTCOME, DAY, words="¿Trajo la carta?")
    (own,) = desk.case(case).all(FollowUp).values()
    add_attempt(desk, case, own.id, tried(result=AttemptResult.REACHED))
    (own,) = desk.case(case).all(FollowUp).values()
    (attempt,) = desk.case(case).all(Attempt).values()
    assert (own.done, own.done_by) == (DAY, attempt.id)


def test_what_is_over_takes_no_try(desk: Office) -> None:
    case = a_case(desk)
    referral = refer(desk, case)
    asked = first(desk, case, referral)
    with pytest.raises(UserError, match="does not exist"):
        add_attempt(desk, case, "nothing", tried())
    with pytest.raises(NotAllowed, match="passed already"):
        add_attempt(desk, case, asked.id, tried(again=DAY - timedelta(days=1)))
    attempts.close_unanswered(desk, case, asked.id, "")
    with pytest.raises(NotAllowed, match="ended this follow-up"):
        add_attempt(desk, case, asked.id, tried())


def test_closing_without_an_answer_ends_the_pathway_too(desk: Office) -> None:
    case = a_case(desk)
    _done, referral = referrals.refer(desk, case, catalogue.service(desk, "scl-chilevalora"))
    (way,) = people.read_case(desk, case).pathways
    attempts.close_unanswered(desk, case, first(desk, case, referral.id).id, "")
    (way,) = people.read_case(desk, case).pathways
    assert way.pathway.ending is Ending.NOT_TAKEN_UP
    history.undo(desk)
    assert people.read_case(desk, case).pathways[0].pathway.ending is None


def test_a_result_that_is_pending_keeps_somebody_who_asks(desk: Office) -> None:
    case = a_case(desk)
    _done, referral = referrals.refer(desk, case, catalogue.service(desk, "scl-chilevalora"))
    (told,) = people.read_case(desk, case).referrals
    heard = Heard(state=State.COMPLETED, outcome=Outcome.RESULT_PENDING, due=DAY + timedelta(days=20))
    referrals.record_step(desk, case, told, heard)
    waiting = first(desk, case, referral.id)
    with pytest.raises(NotAllowed, match="keeps a day"):
        attempts.close_unanswered(desk, case, waiting.id, "")
    assert first(desk, case, referral.id) == waiting


def test_no_institution_is_asked_about_somebody_whose_data_it_may_not_have(desk: Office) -> None:
    case = a_case(desk)
    private = next(s for s in all_services(desk) if consents.is_private(desk, s))
    referral = referrals.refer(desk, case, private)[1]
    asked = first(desk, case, referral.id)
    ask = tried(AttemptChannel.INSTITUTION)
    assert AttemptChannel.INSTITUTION in attempts.reaching(desk, case, asked.id).refused
    with pytest.raises(NotAllowed, match="has not agreed"):
        add_attempt(desk, case, asked.id, ask)
    assert desk.case(case).all(Attempt) == {}
    consents.record(desk, case, {"share_private": ConsentState.GIVEN}, recipient=private.id)
    add_attempt(desk, case, asked.id, ask)
    consents.withdraw(desk, case, "share_private", private.id)
    assert AttemptChannel.INSTITUTION in attempts.reaching(desk, case, asked.id).refused


def all_services(office: Office) -> list[Service]:
    return [catalogue.service(office, line.id) for line in catalogue.lines(office, offered_only=True)]
