from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrant_office.models import follow_up as module
from migrant_office.models.coded import Coded
from migrant_office.models.follow_up import (
    ANSWERS,
    Answer,
    Attempt,
    AttemptChannel,
    AttemptResult,
    DropReason,
    FollowUp,
    Handover,
    Question,
    now_with,
    open_of,
    rule_id,
)
from migrant_office.models.referral import Outcome, Referral, State, remains
from migrant_office.models.vault.vault import Vault
from tests.factories import DAY, a_person, a_referral, a_step, case, exchange, make_replicas, put, replica, table_rows
from tests.models.vault.joining import A, B, join, part


def a_follow_up(referral: str, **told: Any) -> FollowUp:
    usual: dict[str, Any] = {"question": Question.OUTCOME, "due": DAY + timedelta(days=15), "officer": "1"}
    return FollowUp(**(usual | {"id": rule_id(referral, "0"), "referral": referral} | told))


def change(vault: Vault, thing: FollowUp, on: str, **values: Any) -> None:
    with vault.operation("edit", on) as op:
        op.set(thing, **values)


def asked(vault: Vault) -> list[tuple[str, str]]:
    found = vault.read("SELECT id, asked_on FROM follow_up WHERE asked_on IS NOT NULL ORDER BY id")
    return [(id, day) for id, day in found]


# codes


@pytest.mark.parametrize("kind", [Question, Answer, DropReason, AttemptChannel, AttemptResult])
def test_every_code_has_a_word(kind: type[Coded]) -> None:
    assert all(member.label and not member.value.startswith("?") for member in kind)


def test_every_answer_belongs_to_one_question() -> None:
    said = [answer for answers in ANSWERS.values() for answer in answers]
    assert sorted(said) == sorted(Answer)


def test_the_family_of_ids_never_changes() -> None:
    assert rule_id("r", "0") == rule_id("r", "0") != rule_id("r", "1")
    assert str(module.FAMILY) == "6f0f3a52-6d0d-5b4e-9a0e-2f5d7c1b8e43"


# what remains to be asked


@given(st.sampled_from(Question), st.sampled_from(State), st.one_of(st.none(), st.sampled_from(Outcome)))
def test_nothing_is_asked_of_what_never_was(question: Question, state: State, outcome: Outcome | None) -> None:
    asks = remains(question, state, outcome)
    if state in {State.CANCELLED, State.MISTAKE, State.REJECTED, State.FAILED}:
        assert not asks
    if outcome is Outcome.RESULT_PENDING and state is State.COMPLETED:
        assert asks is (question in {Question.OUTCOME, Question.CERTIFICATE, Question.BUSINESS})
    if question is Question.JOB_KEPT:
        assert asks is (state is State.COMPLETED and outcome is Outcome.JOB_FOUND)


def test_a_question_and_a_state_of_a_newer_program_are_asked_about(vault: Vault) -> None:
    made = a_referral()
    put(vault, a_person("r"))
    put(vault, made, a_step(made.id, state="waiting-list"), a_follow_up(made.id, question="how-are-you"), on="r")
    assert len(asked(vault)) == 1


def test_the_first_one_stands_in_the_list_and_decides_when_to_ask(vault: Vault) -> None:
    made = a_referral(due=DAY)
    put(vault, a_person("r"))
    put(vault, made, on="r")
    assert vault.read("SELECT due_now, promised_now FROM referral") == [(DAY.isoformat(), DAY.isoformat())]
    first = a_follow_up(made.id, due=DAY + timedelta(days=3))
    later = a_follow_up(made.id, id=rule_id(made.id, "1"), due=DAY + timedelta(days=30))
    put(vault, first, later, on="r")
    assert asked(vault) == [(first.id, "2026-03-05")]
    assert vault.read("SELECT due_now, promised_now FROM referral") == [("2026-03-05", None)]
    change(vault, first, "r", done=DAY)
    assert asked(vault) == [(later.id, "2026-04-01")]
    put(vault, a_step(made.id, state=State.CANCELLED), on="r")
    assert asked(vault) == []
    assert vault.read("SELECT due_now FROM referral") == [(None,)]


def test_a_question_of_its_own_needs_no_referral(vault: Vault) -> None:
    put(vault, a_person("r"))
    put(vault, FollowUp(id="own", question=Question.OUTCOME, words="Traer la carta", due=DAY), on="r")
    assert asked(vault) == [("own", DAY.isoformat())]


def test_what_belongs_to_nothing_is_nobodys(vault: Vault) -> None:
    """A referral undone, and a case undone: its follow-ups stay in the document and in no list."""
    made = a_referral()
    put(vault, a_follow_up(made.id), on="nobody")
    put(vault, a_person("r"))
    done = put(vault, made, on="r")
    put(vault, a_follow_up(made.id, id="mine"), on="r")
    vault.undo(done)
    assert asked(vault) == []


# handed over


def test_a_referral_goes_from_hand_to_hand(vault: Vault) -> None:
    made = a_referral(officer="1")
    put(vault, a_person("r"))
    put(vault, made, on="r")
    for n, (source, target) in enumerate([("1", "2"), ("1", "4"), ("2", "3")]):
        one = Handover(id=f"h{n}", source=source, target=target, made=DAY + timedelta(days=n), referrals=(made.id,))
        put(vault, one, on="r")
    assert now_with("1", made.id, case(vault, "r")) == "3", "the second gave what was not hers any more"
    assert vault.read("SELECT owner FROM referral") == [("3",)]


# two desks


MOVES = st.lists(
    st.tuples(
        st.sampled_from(["move", "done", "drop", "step", "rule", "attempt", "hand"]), st.integers(0, 20), st.booleans()
    ),
    max_size=8,
)


def act(vault: Vault, referral: Referral, what: str, n: int) -> None:
    known = case(vault, A).all(FollowUp)
    thing = known[sorted(known)[n % len(known)]]
    match what:
        case "move":
            change(vault, thing, A, due=DAY + timedelta(days=n))
        case "done":
            change(vault, thing, A, done=DAY, done_by="x")
        case "drop":
            change(vault, thing, A, dropped=DropReason.OTHER)
        case "step":
            state = [State.ACCEPTED, State.COMPLETED, State.CANCELLED][n % 3]
            outcome = Outcome.JOB_FOUND if state is State.COMPLETED else None
            put(vault, a_step(referral.id, state=state, outcome=outcome, made=DAY + timedelta(days=n)), on=A)
        case "rule":  # what a rule makes at either desk is one and the same
            id = rule_id(referral.id, "job_found 90")
            if id not in known:
                put(vault, a_follow_up(referral.id, id=id, question=Question.JOB_KEPT), on=A)
        case "attempt":
            told: Any = {"channel": AttemptChannel.CALL, "result": AttemptResult.NO_ANSWER, "made": DAY}
            put(vault, Attempt(id=f"{n}-{vault.keys.device}-{thing.id}"[:60] + str(len(case(vault, A).all(Attempt))),
                               follow_up=thing.id, recorded=DAY, **told), on=A)  # fmt: skip
        case "hand":
            change(vault, thing, A, officer=str(n))


@given(moves=MOVES)
@settings(max_examples=15)
def test_two_desks_end_with_the_same_and_nothing_twice(
    tmp_path_factory: pytest.TempPathFactory, moves: list[Any]
) -> None:
    folder = tmp_path_factory.mktemp("desks")
    keys, images = make_replicas(folder / "office", 2)
    one, other = (replica(folder / f"{n}.db", image, keys) for n, image in enumerate(images))
    made = a_referral()
    put(one, a_person(A))
    put(one, made, a_follow_up(made.id), a_follow_up(made.id, id=rule_id(made.id, "1")), on=A)
    exchange(one, other)
    for what, n, here in moves:
        act(one if here else other, made, what, n)
    exchange(one, other)
    assert table_rows(one) == table_rows(other)
    file = case(one, A)
    waiting = open_of(made.id, file)
    assert len(asked(one)) == min(len(waiting), 1)
    assert len([f for f in file.all(FollowUp).values() if f.question is Question.JOB_KEPT]) <= 1
    assert all(f.done is None and f.dropped is None for f in waiting)
    for vault in (one, other):
        vault.conn.close()


def test_an_answer_wins_over_dropping(vault: Vault) -> None:
    made = a_referral()
    put(vault, a_person("r"))
    thing = a_follow_up(made.id)
    put(vault, made, thing, on="r")
    change(vault, thing, "r", done=DAY)
    change(vault, thing, "r", dropped=DropReason.OTHER)
    found = case(vault, "r").all(FollowUp)[thing.id]
    assert (found.done, found.dropped, found.is_open(case(vault, "r"))) == (DAY, DropReason.OTHER, False)


# two cases of one person


def test_follow_ups_stay_beside_their_referral_when_cases_are_joined(vault: Vault) -> None:
    one, other = a_referral(), a_referral()
    put(vault, a_person(A), on=A)
    put(vault, a_person(B), on=B)
    put(vault, one, a_follow_up(one.id), on=A)
    put(vault, other, a_follow_up(other.id), on=B)
    before = table_rows(vault)
    done = join(vault, A, B)
    assert {id for id, _day in asked(vault)} == {rule_id(one.id, "0"), rule_id(other.id, "0")}
    thing = case(vault, A).all(FollowUp)[rule_id(other.id, "0")]
    change(vault, thing, A, due=date(2026, 5, 4))
    put(vault, Attempt(id="t", follow_up=thing.id, channel=AttemptChannel.CALL, result=AttemptResult.REACHED,
                       made=DAY, recorded=DAY), on=A)  # fmt: skip
    assert done.envelopes
    part(vault, B)
    assert case(vault, B).all(FollowUp)[thing.id].due == date(2026, 5, 4), "it was written where it belongs"
    assert set(case(vault, B).all(Attempt)) == {"t"}
    change(vault, case(vault, B).all(FollowUp)[thing.id], B, due=thing.due)
    with vault.operation("undo", B) as op:
        op.take_away(Attempt, "t")
    now = table_rows(vault)
    assert {name: rows for name, rows in now.items() if rows != before[name]}.keys() <= {"merge", "field_change"}
