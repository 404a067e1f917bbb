"""The moves of a referral: whatever steps there are and in whatever order, it stands where the table allows."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from migrant_office.models.referral import CLOSED, NEXT, Outcome, ReferralStep, Rejection, State, course, may_follow
from migrant_office.models.vault.cells import Unrecognised
from tests.factories import DAY, a_step

STEPS = st.lists(
    st.builds(
        lambda state, outcome, days: a_step("r", state=state, outcome=outcome, due=DAY + timedelta(days=days)),
        st.sampled_from(State),
        st.none() | st.sampled_from(Outcome),
        st.integers(0, 90),
    ),
    max_size=14,
)
BEGUN = st.sampled_from([State.DRAFT, State.REQUESTED])


def test_the_table_knows_every_state_and_forbids_what_it_must():
    assert NEXT.keys() == set(State)
    assert NEXT[State.DRAFT] == {State.REQUESTED, State.CANCELLED, State.MISTAKE}, "nothing comes of a draft"
    assert NEXT[State.MISTAKE] == set(), "a mistake is the end"
    assert all(State.DRAFT not in after for after in NEXT.values()), "what was handed over is no draft any more"
    assert State.REJECTED not in NEXT[State.IN_PROGRESS], "FHIR: rejected before any action"
    assert all(State.MISTAKE in NEXT[state] for state in State if state is not State.MISTAKE)


def test_asking_again_without_news_leaves_an_open_one_as_it_is():
    assert {state for state in State if may_follow(state, state)} == (set(State) - CLOSED) | {State.COMPLETED}


@given(BEGUN, STEPS)
def test_any_steps_end_in_a_state_that_was_reached_by_allowed_moves(begun: State, steps: list[ReferralStep]):
    now = course(begun, DAY, steps)
    taken = [step for step in steps if step.id not in now.out]
    states = [begun, *(step.state for step in taken)]
    assert all(may_follow(before, after) for before, after in pairwise(states))
    assert now.state is states[-1]
    assert now.out <= {step.id for step in steps}


@given(BEGUN, STEPS)
def test_what_could_not_follow_changes_nothing(begun: State, steps: list[ReferralStep]):
    now = course(begun, DAY, steps)
    kept = [step for step in steps if step.id not in now.out]
    again = course(begun, DAY, kept)
    assert (again.state, again.outcome, again.due, again.out) == (now.state, now.outcome, now.due, frozenset())


@given(BEGUN, STEPS, st.integers(0, 14))
def test_a_mistake_stays_one_whatever_comes_later(begun: State, steps: list[ReferralStep], at: int):
    with_it = [*steps[:at], a_step("r", state=State.MISTAKE), *steps[at:]]
    assert course(begun, DAY, with_it).state is State.MISTAKE


def test_a_state_of_a_newer_program_can_be_followed_and_follow():
    newer = a_step("r", state=Unrecognised("waiting-list"))
    assert course(State.REQUESTED, None, [newer]).state == "waiting-list"
    assert course(State.REQUESTED, None, [newer, a_step("r", state=State.ACCEPTED)]).state is State.ACCEPTED


def test_two_devices_that_did_not_know_of_each_other():
    concluded = a_step("r", state=State.COMPLETED, outcome=Outcome.ATTENDED)
    accepted = a_step("r", state=State.ACCEPTED, due=date(2030, 1, 1))
    now = course(State.REQUESTED, DAY, [concluded, accepted])
    assert (now.state, now.outcome, now.out) == (State.COMPLETED, Outcome.ATTENDED, frozenset({accepted.id}))
    other = course(State.REQUESTED, DAY, [accepted, concluded])
    assert (other.state, other.out) == (State.COMPLETED, frozenset())


def test_only_one_reason_reopens_the_check_of_a_service():
    assert {reason for reason in Rejection if reason.doubts_service} == {Rejection.INFORMATION}
