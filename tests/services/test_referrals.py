from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from migrant_office import clock
from migrant_office.errors import NotAllowed, UserError
from migrant_office.models import slip
from migrant_office.models.case_file import FollowedReferral
from migrant_office.models.need import NeedKind
from migrant_office.models.office import Office, new_id
from migrant_office.models.operations import Op
from migrant_office.models.person import Person
from migrant_office.models.referral import CLOSED, NEXT, Cancellation, DropOut, Outcome, Rejection, State
from migrant_office.models.service import Service
from migrant_office.models.vault.nouns import changed
from migrant_office.services import catalogue, history, people, referrals
from migrant_office.services.referrals import Heard, record_step
from tests.factories import DAY, a_step

LATER = DAY + timedelta(days=10)
OPEN = sorted(set(State) - CLOSED)


@pytest.fixture
def case(desk: Office) -> str:
    person = Person(id=new_id(), given="Rose")
    people.open_case(desk, person)
    return person.id


@pytest.fixture
def service(desk: Office) -> Service:
    return a_service(desk, "employment")


def a_service(office: Office, area: str) -> Service:
    line = next(line for line in catalogue.lines(office, offered_only=True) if line.area == area)
    return catalogue.service(office, line.id)


def followed(office: Office, case: str) -> FollowedReferral:
    return people.read_case(office, case).referrals[0]


def hear(office: Office, case: str, *heard: Heard) -> FollowedReferral:
    """Write steps one after the other; answers how the referral stands."""
    for each in heard:
        record_step(office, case, followed(office, case), each)
    return followed(office, case)


def test_a_referral_is_made(desk: Office, case: str, service: Service) -> None:
    done, referral = referrals.refer(desk, case, service, need=NeedKind.WORK, note=" mañanas ")
    found = followed(desk, case)
    assert done.touches("referral")
    assert found.referral == referral
    assert (referral.service, referral.area, referral.need) == (service.id, "employment", NeedKind.WORK)
    assert (referral.made, referral.recorded, referral.note) == (DAY, DAY, "mañanas")
    assert (found.state, found.outcome, found.steps) == (State.REQUESTED, None, ())
    assert found.due == referral.due == date(2026, 3, 17)
    assert not found.is_overdue(date(2026, 3, 17))
    assert found.is_overdue(date(2026, 3, 18))


@pytest.mark.parametrize(
    ("today", "due"),
    [
        ((2026, 3, 2), (2026, 3, 17)),  # 15 days: a Tuesday
        ((2026, 3, 6), (2026, 3, 23)),  # a Saturday: the Monday after
        ((2026, 3, 7), (2026, 3, 23)),  # a Sunday
        ((2026, 3, 8), (2026, 3, 23)),  # that Monday
    ],
)
def test_nobody_asks_on_a_weekend(
    desk: Office, service: Service, today: tuple[int, int, int], due: tuple[int, int, int]
) -> None:
    with clock.at(datetime(*today, 12).astimezone()):
        assert referrals.default_due(desk, service) == date(*due)


def test_some_areas_take_longer(desk: Office) -> None:
    days = {
        area: referrals.default_due(desk, a_service(desk, area))
        for area in ("employment", "certification", "regularisation")
    }
    assert days["employment"] == date(2026, 3, 17)  # 15 days
    assert days["certification"] == date(2026, 4, 1)  # 30
    assert days["regularisation"] == date(2026, 5, 4)  # 60 days are the first of May, a holiday before a weekend


def test_the_officer_chooses_the_day(desk: Office, case: str, service: Service) -> None:
    saturday = date(2026, 3, 7)
    assert referrals.refer(desk, case, service, due=saturday)[1].due == saturday
    assert referrals.refer(desk, case, service, due=DAY)[1].due == DAY


def test_what_makes_no_sense_is_refused(desk: Office, case: str, service: Service) -> None:
    with pytest.raises(NotAllowed, match="closed"):
        referrals.refer(desk, case, changed(service, closed=True))
    with pytest.raises(NotAllowed, match="passed already"):
        referrals.refer(desk, case, service, due=DAY - timedelta(days=1))
    with pytest.raises(UserError, match="does not exist any more"):
        referrals.refer(desk, new_id(), service)
    assert desk.vault.read("SELECT * FROM referral") == []


# steps


WHY: dict[State, dict[str, Any]] = {
    State.REJECTED: {"rejection": Rejection.FULL},
    State.CANCELLED: {"cancellation": Cancellation.WISH},
}


def heard_of(state: State, **told: Any) -> Heard:
    """An answer with what has to be said of it."""
    return Heard(state=state, **({"due": LATER} | WHY.get(state, {}) | told))


def standing(desk: Office, case: str, service: Service, state: State) -> FollowedReferral:
    """A referral that stands so: a draft from the beginning, any other one step after it was sent."""
    made = referrals.new_referral(desk, service)
    begun = State.DRAFT if state is State.DRAFT else State.REQUESTED
    with desk.case_operation(Op.REFER, case) as op:
        op.put(replace(made, begun=begun, orientation=True))
        if state not in {State.DRAFT, State.REQUESTED}:
            op.put(a_step(made.id, state=state, made=DAY, recorded=DAY))
    assert followed(desk, case).state is state
    return followed(desk, case)


def test_a_stale_screen_cannot_take_a_step_that_does_not_follow_any_more(
    desk: Office, case: str, service: Service
) -> None:
    referrals.refer(desk, case, service)
    stale = followed(desk, case)
    hear(desk, case, Heard(state=State.MISTAKE))
    with pytest.raises(NotAllowed, match="cannot follow"):
        record_step(desk, case, stale, Heard(state=State.IN_PROGRESS, due=LATER))


def test_asking_again_without_news_leaves_a_pending_result_open(desk: Office, case: str, service: Service) -> None:
    referrals.refer(desk, case, service)
    hear(desk, case, Heard(state=State.COMPLETED, outcome=Outcome.RESULT_PENDING, due=LATER))
    with pytest.raises(NotAllowed, match="day to ask again"):
        record_step(desk, case, followed(desk, case), Heard(state=State.COMPLETED))
    assert hear(desk, case, Heard(state=State.COMPLETED, due=LATER)).due == LATER
    assert hear(desk, case, Heard(state=State.COMPLETED, outcome=Outcome.COMPETENT)).due is None


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("to", list(State))
def test_only_steps_that_can_follow_are_taken(
    desk: Office, case: str, service: Service, state: State, to: State
) -> None:
    shown = standing(desk, case, service, state)
    may = to in NEXT[state] or (to is state and state in OPEN)
    heard, before = heard_of(to), len(shown.steps)
    if may:
        record_step(desk, case, shown, heard)
        assert followed(desk, case).state is to
    else:
        with pytest.raises(NotAllowed, match="cannot follow"):
            record_step(desk, case, shown, heard)
        assert len(followed(desk, case).steps) == before


def test_a_mistake_is_the_end(desk: Office, case: str, service: Service) -> None:
    referrals.refer(desk, case, service)
    found = hear(desk, case, Heard(state=State.MISTAKE))
    assert found.due is None
    for state in State:
        with pytest.raises(NotAllowed):
            record_step(desk, case, found, Heard(state=state, due=LATER))


def test_a_way_to_the_end(desk: Office, case: str, service: Service) -> None:
    referrals.refer(desk, case, service)
    found = hear(
        desk,
        case,
        Heard(state=State.ACCEPTED, due=LATER, note=" el lunes "),
        Heard(state=State.IN_PROGRESS, due=LATER + timedelta(days=5)),
        Heard(state=State.COMPLETED, outcome=Outcome.JOB_FOUND),
    )
    assert [step.state for step in found.steps] == [State.ACCEPTED, State.IN_PROGRESS, State.COMPLETED]
    assert found.steps[0].note == "el lunes"
    still_there = date(2026, 6, 1)  # after 90 days, a Sunday, somebody asks whether she is still in the job
    assert (found.state, found.outcome, found.due) == (State.COMPLETED, Outcome.JOB_FOUND, still_there)


def test_many_steps_in_one_moment_keep_their_order(desk: Office, case: str, service: Service) -> None:
    referrals.refer(desk, case, service)
    found = hear(desk, case, *(Heard(state=State.REQUESTED, due=LATER, note=str(n)) for n in range(40)))
    assert [step.note for step in found.steps] == [str(n) for n in range(40)]


@pytest.mark.parametrize("state", [State.FAILED, State.REJECTED, State.CANCELLED, State.COMPLETED])
def test_a_closed_referral_asks_for_no_day_and_can_be_opened_again(
    desk: Office, case: str, service: Service, state: State
) -> None:
    referrals.refer(desk, case, service)
    assert hear(desk, case, heard_of(state, due=None)).due is None
    again = next(s for s in (State.REQUESTED, State.IN_PROGRESS) if s in NEXT[state])
    assert hear(desk, case, Heard(state=again, due=LATER)).due == LATER


@pytest.mark.parametrize("state", OPEN)
def test_an_open_referral_needs_the_day_to_ask_again(desk: Office, case: str, service: Service, state: State) -> None:
    shown = standing(desk, case, service, State.DRAFT if state is State.DRAFT else State.REQUESTED)
    with pytest.raises(NotAllowed, match="day to ask again"):
        record_step(desk, case, shown, Heard(state=state))
    with pytest.raises(NotAllowed, match="passed already"):
        record_step(desk, case, shown, Heard(state=state, due=DAY - timedelta(days=1)))
    record_step(desk, case, shown, Heard(state=state, due=DAY))
    assert followed(desk, case).due == DAY


def test_a_drop_out_has_its_reason_and_nothing_else_has_one(desk: Office, case: str, service: Service) -> None:
    referrals.refer(desk, case, service)
    for heard in (
        Heard(state=State.COMPLETED, outcome=Outcome.DROPPED_OUT),
        Heard(state=State.COMPLETED, outcome=Outcome.CERTIFIED, drop_out=DropOut.WORK),
    ):
        with pytest.raises(NotAllowed, match="why the course"):
            record_step(desk, case, followed(desk, case), heard)
    found = hear(desk, case, Heard(state=State.COMPLETED, outcome=Outcome.DROPPED_OUT, drop_out=DropOut.CARE))
    assert (found.outcome, found.steps[0].drop_out) == (Outcome.DROPPED_OUT, DropOut.CARE)


def test_a_pending_result_stays_open_until_it_is_known(desk: Office, case: str) -> None:
    referrals.refer(desk, case, a_service(desk, "certification"), need=NeedKind.CERTIFICATION)
    with pytest.raises(NotAllowed, match="day to ask again"):
        hear(desk, case, Heard(state=State.COMPLETED, outcome=Outcome.RESULT_PENDING))
    pending = hear(desk, case, Heard(state=State.COMPLETED, outcome=Outcome.RESULT_PENDING, due=LATER))
    assert (pending.state, pending.due) == (State.COMPLETED, LATER)
    known = hear(desk, case, Heard(state=State.COMPLETED, outcome=Outcome.COMPETENT))
    assert known.outcome is Outcome.COMPETENT
    assert known.due == date(2026, 8, 31)  # after 180 days, a Saturday: whether the certificate came


def test_a_pending_result_does_not_keep_a_mistake_open(desk: Office, case: str, service: Service) -> None:
    referrals.refer(desk, case, service)
    assert hear(desk, case, Heard(state=State.MISTAKE, outcome=Outcome.RESULT_PENDING)).due is None


def test_a_step_on_a_referral_that_was_undone_is_refused(desk: Office, case: str, service: Service) -> None:
    referrals.refer(desk, case, service)
    shown = followed(desk, case)
    history.undo(desk)
    with pytest.raises(UserError, match="does not exist any more"):
        record_step(desk, case, shown, Heard(state=State.FAILED))
    assert desk.vault.read("SELECT * FROM referral_step") == []
    with pytest.raises(UserError, match="does not exist any more"):
        record_step(desk, new_id(), shown, Heard(state=State.FAILED))


def test_a_state_of_a_newer_program_can_be_followed_by_any(desk: Office, case: str, service: Service) -> None:
    _, referral = referrals.refer(desk, case, service)
    unknown: State = "waiting-list"  # type: ignore[assignment]  # as a newer program's file reads here
    shown = FollowedReferral(referral, (), unknown, None, referral.due)
    record_step(desk, case, shown, Heard(state=State.FAILED))
    assert followed(desk, case).state is State.FAILED


def test_a_step_is_undone_and_done_again(desk: Office, case: str, service: Service) -> None:
    referrals.refer(desk, case, service)
    due = followed(desk, case).due
    hear(desk, case, Heard(state=State.COMPLETED, outcome=Outcome.ATTENDED))
    history.undo(desk)
    assert (followed(desk, case).state, followed(desk, case).due) == (State.REQUESTED, due)
    history.redo(desk)
    assert followed(desk, case).outcome is Outcome.ATTENDED


# why


def test_a_rejection_and_a_cancellation_say_why_and_nothing_else_does(
    desk: Office, case: str, service: Service
) -> None:
    referrals.refer(desk, case, service)
    for heard, said in (
        (Heard(state=State.REJECTED), "not accepted"),
        (Heard(state=State.ACCEPTED, due=LATER, rejection=Rejection.FULL), "not accepted"),
        (Heard(state=State.CANCELLED), "cancelled"),
        (Heard(state=State.FAILED, cancellation=Cancellation.WISH), "cancelled"),
    ):
        with pytest.raises(NotAllowed, match=said):
            record_step(desk, case, followed(desk, case), heard)
    found = hear(desk, case, heard_of(State.REJECTED, rejection=Rejection.PAPER), heard_of(State.REQUESTED))
    assert [step.rejection for step in found.steps] == [Rejection.PAPER, None]
    ended = hear(desk, case, heard_of(State.CANCELLED, cancellation=Cancellation.SOLVED))
    assert (ended.steps[-1].cancellation, ended.due) == (Cancellation.SOLVED, None)


def test_an_appointment_and_who_said_it_are_kept(desk: Office, case: str, service: Service) -> None:
    referrals.refer(desk, case, service)
    for hour in ("25:00", "9", "9:60", "nueve"):
        with pytest.raises(NotAllowed, match="hour"):
            hear(desk, case, heard_of(State.ACCEPTED, appointment=LATER, hour=hour))
    with pytest.raises(NotAllowed, match="hour"):
        hear(desk, case, heard_of(State.ACCEPTED, hour="9:30"))
    step = hear(
        desk, case, heard_of(State.ACCEPTED, appointment=LATER, hour="9:30", answered_by=" Ana, recepción ")
    ).steps[0]
    assert (step.appointment, step.hour, step.answered_by) == (LATER, "9:30", "Ana, recepción")
    assert (step.made, step.recorded, step.officer) == (DAY, DAY, desk.officer)


def test_slip_codes_of_one_moment_differ(desk: Office, case: str, service: Service) -> None:
    codes = {referrals.refer(desk, case, service)[1].slip for _ in range(30)}
    assert len(codes) == 30
    assert all(slip.is_valid(code) for code in codes)


def test_a_code_that_is_taken_is_not_given_again(
    desk: Office, case: str, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = referrals.refer(desk, case, service)[1].slip
    monkeypatch.setattr(referrals, "new_code", lambda office, id, n: first if n == 0 else slip.new_code(office, id, n))
    assert referrals.refer(desk, case, service)[1].slip != first
