"""Any moves, undone acts and steps of another device: never an impossible state, and the history only grows."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migrant_office import clock
from migrant_office.errors import NotAllowed
from migrant_office.models.follow_up import Question
from migrant_office.models.office import Office, new_id, unlock
from migrant_office.models.operations import Op
from migrant_office.models.person import Person
from migrant_office.models.referral import (
    CLOSED,
    Cancellation,
    DropOut,
    Outcome,
    ReferralStep,
    Rejection,
    State,
    may_follow,
)
from migrant_office.services import catalogue, history, people, referrals
from migrant_office.services.referrals import Heard, record_step
from tests.factories import DAY, PASSPHRASE, a_step


@dataclass(frozen=True)
class Act:
    kind: str
    state: State
    outcome: Outcome | None
    reasoned: bool
    due: bool


OUTLIVE = {Question.JOB_KEPT.value, Question.BUSINESS.value, Question.CERTIFICATE.value}

ACTS = st.builds(
    Act,
    st.sampled_from(["hear", "hear", "hear", "elsewhere", "undo"]),
    st.sampled_from(State),
    st.none() | st.sampled_from(Outcome),
    st.sampled_from([True, True, True, False]),
    st.sampled_from([True, True, True, False]),
)


@pytest.fixture(scope="module")
def module_desk(ready_office: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = Path(shutil.copytree(ready_office, tmp_path_factory.mktemp("moves") / "desk"))
    with clock.at(datetime(DAY.year, DAY.month, DAY.day, 12).astimezone()):
        office = unlock(folder, PASSPHRASE)
        yield office
        office.close()


def heard_of(act: Act) -> Heard:
    outcome = act.outcome if act.state is State.COMPLETED else None
    return Heard(
        state=act.state,
        outcome=outcome,
        drop_out=DropOut.CARE if act.reasoned and outcome is Outcome.DROPPED_OUT else None,
        rejection=Rejection.FULL if act.reasoned and act.state is State.REJECTED else None,
        cancellation=Cancellation.WISH if act.reasoned and act.state is State.CANCELLED else None,
        due=DAY + timedelta(days=9) if act.due else None,
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(acts=st.lists(ACTS, max_size=12))
def test_never_an_impossible_state_and_the_history_only_grows(module_desk: Office, acts: list[Act]):
    desk, person = module_desk, Person(id=new_id(), given="Rose")
    people.open_case(desk, person)
    referrals.refer(desk, person.id, catalogue.service(desk, "scl-omil"))
    desk.undoable.clear()
    told: list[tuple[ReferralStep, ...]] = [()]
    for act in acts:
        before = people.read_case(desk, person.id).referrals[0]
        if act.kind == "undo":
            if desk.undoable:
                history.undo(desk)
                told.pop()
        elif act.kind == "elsewhere":  # another device did not know of ours: nothing looked at it before it came
            with desk.case_operation(Op.STEP_REFERRAL, person.id) as op:
                op.put(a_step(before.referral.id, state=act.state, due=DAY))
            told.append(people.read_case(desk, person.id).referrals[0].steps)
        else:
            try:
                record_step(desk, person.id, before, heard_of(act))
            except NotAllowed:
                assert people.read_case(desk, person.id).referrals[0] == before, "refused whole"
                continue
            assert may_follow(before.state, act.state)
            told.append(people.read_case(desk, person.id).referrals[0].steps)
        now = people.read_case(desk, person.id).referrals[0]
        assert now.steps == told[-1], "what was written stays as it was written"
        assert all(shorter == longer[: len(shorter)] for shorter, longer in pairwise(told))
        states = [State.REQUESTED, *(step.state for step in now.steps if step.id not in now.out)]
        assert all(may_follow(one, next_one) for one, next_one in pairwise(states))
        assert now.state is states[-1]
        asked = desk.vault.read(
            "SELECT question, asked_on FROM follow_up WHERE referral = ? AND asked_on IS NOT NULL", (now.referral.id,)
        )
        if now.state in CLOSED and now.outcome is not Outcome.RESULT_PENDING:
            assert {question for question, _ in asked} <= OUTLIVE, "what ended is asked only for what comes later"
            assert now.due == next((date.fromisoformat(day) for _, day in asked), None), "and waits for nothing else"
        rows = desk.vault.read("SELECT state FROM referral WHERE id = ?", (now.referral.id,))
        assert rows == [(now.state.value,)], "the tables tell the same"
