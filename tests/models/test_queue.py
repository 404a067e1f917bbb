"""The queue's table of moves: whatever order moves come in, no state is skipped."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office.models.queue import (
    LETTERS,
    NEXT,
    Ticket,
    TicketState,
    TicketStep,
    allowed,
    calls_in,
    letter,
    may_follow,
    number_of,
)
from migrant_office.models.vault.vault import Vault
from tests.factories import DAY, exchange, make_replicas, put, replica, table_rows

NINE = datetime(2026, 3, 2, 12, tzinfo=UTC)
STEPS = st.lists(
    st.builds(
        TicketStep,
        id=st.uuids().map(lambda u: u.hex),
        state=st.sampled_from(TicketState),
        at=st.integers(0, 9).map(lambda n: NINE + timedelta(minutes=n)),
    ),
    max_size=12,
    unique_by=lambda step: step.id,
)


@given(STEPS, st.randoms(use_true_random=False))
def test_any_order_of_moves_keeps_the_table(steps, rng):
    found = allowed(steps)
    state = TicketState.WAITING
    for at, step in enumerate(found):
        assert may_follow(state, step.state, calls_in(found[:at]))
        state = step.state
    shuffled = list(steps)
    rng.shuffle(shuffled)
    assert allowed(shuffled) == found, "the order in which machines hear of moves changes nothing"


def test_every_state_is_reached_and_what_is_attended_is_over():
    reached, waiting = {TicketState.WAITING}, [TicketState.WAITING]
    while waiting:
        for state in NEXT[waiting.pop()] - reached:
            reached.add(state)
            waiting.append(state)
    assert reached == set(TicketState) == set(NEXT)
    assert [state for state in NEXT if not NEXT[state]] == [TicketState.DONE]


def test_nobody_is_given_up_after_one_call():
    assert not may_follow(TicketState.CALLED, TicketState.NO_SHOW, 1)
    assert may_follow(TicketState.CALLED, TicketState.NO_SHOW, 2)


def test_numbers_can_be_called_aloud():
    assert [number_of(1, 7), number_of(0, 10), number_of(2, 103)] == ["B 07", "A 10", "C 103"]
    letters = [letter(place) for place in range(600)]
    assert len(set(letters)) == len(letters)
    assert not set("IOQV") & set("".join(letters))
    assert letters[len(LETTERS)] == "AA"


@given(st.lists(st.tuples(st.integers(0, 1), st.sampled_from(TicketState), st.integers(0, 5)), max_size=8))
def test_two_machines_that_move_one_ticket_agree_on_what_it_is(tmp_path_factory, moves):
    keys, images = make_replicas(tmp_path_factory.mktemp("queue") / "office", 2)
    folder = tmp_path_factory.mktemp("replicas")
    one, other = (replica(folder / f"{n}.db", image, keys) for n, image in enumerate(images))
    put(one, Ticket(id="t", day=DAY, number="A 01", taken=NINE))
    exchange(one, other)
    for at, (who, state, minute) in enumerate(moves):
        step = TicketStep(id=f"s{at}", state=state, at=NINE + timedelta(minutes=minute))
        put((one, other)[who], step, on="t")
    exchange(one, other)
    assert table_rows(one)["ticket"] == table_rows(other)["ticket"]
    for vault in (one, other):
        before = table_rows(vault)
        vault.rebuild(replay=True)
        assert table_rows(vault) == before
        vault.close()


@pytest.mark.parametrize("damaged", [{"taken": "soon"}, {"state": 7}, {"number": None}])
def test_a_damaged_ticket_can_still_be_read(vault: Vault, damaged):
    from migrant_office.models.vault.nouns import Home, Ref

    put(vault, Ticket(id="t", day=DAY, number="A 01", taken=NINE))
    with vault.operation("test", "t") as op:
        op.cells(Ref(Home.TICKET, "t"), "ticket", [(f"/{name}", value) for name, value in damaged.items()])
    ((state,),) = vault.read("SELECT state FROM ticket")
    assert state == "waiting"
