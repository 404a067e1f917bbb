"""Whatever happens to a referral, in whatever order: what is open, what is done, and when somebody asks again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migrant_office import clock
from migrant_office.errors import NotAllowed
from migrant_office.models.follow_up import ANSWERS, Answer, DropReason, FollowUp, Question, open_of
from migrant_office.models.office import Office, new_id, unlock
from migrant_office.models.person import Person
from migrant_office.models.referral import (
    NEXT,
    Cancellation,
    DropOut,
    Outcome,
    Referral,
    Rejection,
    State,
    remains,
    stays_open,
)
from migrant_office.models.vault.nouns import File
from migrant_office.services import catalogue, history, people, referrals
from migrant_office.services.follow_ups import changing
from migrant_office.services.referrals import Heard
from tests.factories import DAY, PASSPHRASE

AREAS = ("certification", "employment", "entrepreneurship", "regularisation", "health")
ACT = st.tuples(st.sampled_from(["step", "move", "drop", "add", "answer", "wait", "undo"]), st.integers(0, 10_000))


@pytest.fixture(scope="module")
def office(ready_office: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("sequences") / "office"
    with clock.at(datetime(DAY.year, DAY.month, DAY.day, 12).astimezone()):
        office = unlock(Path(shutil.copytree(ready_office, folder)), PASSPHRASE)
        yield office
        office.close()


class Life:
    """One referral, and what is done to it."""

    def __init__(self, office: Office, area: str) -> None:
        self.office, self.day = office, DAY
        person = Person(id=new_id(), given="Rose")
        people.open_case(office, person)
        line = next(line for line in catalogue.lines(office, offered_only=True) if line.area == area)
        _, referral = referrals.refer(office, person.id, catalogue.service(office, line.id))
        self.case, self.id = person.id, referral.id
        office.undoable = []

    @property
    def file(self) -> File:
        return self.office.case(self.case)

    @property
    def referral(self) -> Referral:
        return self.file.all(Referral)[self.id]

    def open(self) -> list[FollowUp]:
        return open_of(self.id, self.file)

    def act(self, name: str, number: int) -> None:
        if name == "wait":
            self.day += timedelta(days=number % 60)
        elif name == "undo":
            history.undo(self.office)
        else:
            getattr(self, name)(number)

    def step(self, number: int) -> None:
        followed = people.read_case(self.office, self.case).referrals[0]
        allowed = sorted(NEXT[followed.state])
        if not allowed:
            return
        state = allowed[number % len(allowed)]
        outcome = [None, *Outcome][number % (len(Outcome) + 1)] if state is State.COMPLETED else None
        drop_out = DropOut.WORK if outcome is Outcome.DROPPED_OUT else None
        due = (
            clock.today() + timedelta(days=number % 90 + 1) if stays_open(state, outcome or followed.outcome) else None
        )
        heard = Heard(
            state=state,
            outcome=outcome,
            drop_out=drop_out,
            due=due,
            rejection=Rejection.FULL if state is State.REJECTED else None,
            cancellation=Cancellation.WISH if state is State.CANCELLED else None,
        )
        referrals.record_step(self.office, self.case, followed, heard)
        if due is not None:
            assert self.open()[0].due == due, "nobody asks before the day that was promised, and on it somebody does"

    def move(self, number: int) -> None:
        if waiting := self.open():
            changing.move(
                self.office, self.case, waiting[number % len(waiting)].id, clock.today() + timedelta(days=number % 100)
            )

    def drop(self, number: int) -> None:
        if waiting := self.open():
            try:
                changing.drop(self.office, self.case, waiting[number % len(waiting)].id, DropReason.OTHER)
            except NotAllowed:
                assert len(waiting) == 1

    def add(self, number: int) -> None:
        question = list(Question)[number % len(Question)]
        asks = remains(question, self.referral.state(self.file), self.referral.outcome(self.file))
        try:
            changing.add(
                self.office, self.case, question, clock.today() + timedelta(days=number % 50), referral=self.id
            )
        except NotAllowed:
            assert not asks

    def answer(self, number: int) -> None:
        asked = [f for f in self.open() if f.question in ANSWERS]
        if asked:
            each = asked[number % len(asked)]
            assert each.question is not None
            said = ANSWERS[each.question][number % len(ANSWERS[each.question])]
            again = clock.today() + timedelta(days=30)
            changing.answer(self.office, self.case, each.id, said, again=again)
            now = self.file.all(FollowUp)[each.id]
            assert (now.done, now.answer) == (clock.today(), said)

    def check(self) -> None:
        file, referral, waiting = self.file, self.referral, self.open()
        state, outcome = referral.state(file), referral.outcome(file)
        assert all(f.done is None and f.dropped is None for f in waiting)
        assert all(remains(f.question, state, outcome) for f in waiting)
        due = referral.due_now(file)
        if stays_open(state, outcome):
            assert due is not None, "an open referral always has a day to ask again"
        if waiting:
            assert due == str(min(f.due for f in waiting if f.due))
        elif not stays_open(state, outcome):
            assert due is None, "nothing remains to be asked"
        jobs = [f for f in file.all(FollowUp).values() if f.question is Question.JOB_KEPT and f.done_by == ""]
        if state is State.COMPLETED and outcome is Outcome.JOB_FOUND and not any(f.dropped or f.done for f in jobs):
            assert any(f.question is Question.JOB_KEPT for f in waiting), "after a job, somebody asks whether it lasted"
        rows = self.office.vault.read(
            "SELECT id, asked_on FROM follow_up WHERE doc = ? AND asked_on IS NOT NULL", (self.case,)
        )
        assert rows == [(f.id, str(f.due)) for f in waiting[:1]], (
            "a list shows one row for a referral: the next question"
        )


@given(area=st.sampled_from(AREAS), acts=st.lists(ACT, max_size=8))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_whatever_happens_the_rules_hold(office: Office, area: str, acts: list[tuple[str, int]]) -> None:
    with clock.at(datetime(DAY.year, DAY.month, DAY.day, 12).astimezone()):
        life = Life(office, area)
        life.check()
    for name, number in acts:
        with clock.at(datetime(life.day.year, life.day.month, life.day.day, 12).astimezone()):
            life.act(name, number)
            life.check()


def test_a_certificate_that_is_not_there_is_asked_about_again(office: Office) -> None:
    life = Life(office, "certification")
    followed = people.read_case(office, life.case).referrals[0]
    referrals.record_step(office, life.case, followed, Heard(state=State.COMPLETED, outcome=Outcome.COMPETENT))
    (asked,) = life.open()
    assert asked.question is Question.CERTIFICATE
    again = DAY + timedelta(days=40)
    changing.answer(office, life.case, asked.id, Answer.ISSUED, again=again)
    (asked,) = life.open()
    assert (asked.question, asked.due) == (Question.CERTIFICATE, again)
    changing.answer(office, life.case, asked.id, Answer.DELIVERED)
    assert life.open() == []
