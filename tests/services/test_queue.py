"""The queue at the desk: numbers, who is next, whose ticket it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from migrant_office import clock
from migrant_office.errors import Gone, NotAllowed
from migrant_office.models.need import NeedKind
from migrant_office.models.office import Office, new_id
from migrant_office.models.person import Language, Person
from migrant_office.models.queue import Priority, Ticket, TicketState
from migrant_office.models.vault.nouns import Home, Ref
from migrant_office.services import history, intake, merging, people, queue
from migrant_office.services.agenda import booking
from migrant_office.services.queue import Wish
from tests.factories import DAY

S = TicketState


def opened(office: Office, **told) -> str:
    person = Person(id=new_id(), **told)
    people.open_case(office, person)
    return person.id


@pytest.fixture
def rose(desk: Office) -> str:
    return opened(desk, given="Rose", surname="Désir", language=Language.HT, interpreter=True)


def numbers(office: Office) -> list[str]:
    return [line.number for line in queue.today(office).waiting]


def later(minutes: int):
    return clock.at(clock.now() + timedelta(minutes=minutes))


def test_a_number_for_somebody_nobody_knows(desk: Office):
    _done, ticket = queue.take(desk)
    (line,) = queue.today(desk).waiting
    assert (ticket.number, line.number, line.case, line.name, line.visit) == ("A 01", "A 01", "", "", 0)


def test_a_number_for_a_known_person_speaks_her_language(desk: Office, rose: str):
    queue.take(desk, Wish(case=rose, need=NeedKind.WORK))
    (line,) = queue.today(desk).waiting
    assert (line.name, line.need, line.language, line.interpreter) == ("Rose Désir", NeedKind.WORK, Language.HT, True)
    assert line.visit == 1


def test_nobody_waits_with_two_numbers(desk: Office, rose: str):
    queue.take(desk, Wish(case=rose))
    with pytest.raises(NotAllowed, match="number already"):
        queue.take(desk, Wish(case=rose))
    assert numbers(desk) == ["A 01"]
    assert queue.take(desk)[1].number == "A 02", "what was refused used no number"


def test_a_number_undone_is_not_given_again(desk: Office):
    queue.take(desk)
    history.undo(desk)
    assert numbers(desk) == []
    queue.take(desk)
    assert numbers(desk) == ["A 02"]


def test_every_day_begins_at_one(desk: Office):
    queue.take(desk)
    with clock.at(clock.now() + timedelta(days=1)):
        assert numbers(desk) == [], "a number of yesterday waits no more"
        assert queue.take(desk)[1].number == "A 01"


def test_called_attended_and_done(desk: Office):
    ticket = queue.take(desk)[1].id
    with later(12):
        queue.call(desk, ticket)
        assert [line.state for line in queue.today(desk).at_desks] == [S.CALLED]
        queue.move(desk, ticket, S.SERVED)
    queue.move(desk, ticket, S.DONE)
    assert queue.today(desk) == queue.Queue((), (), 12)
    assert queue.median_waits(desk, DAY, DAY) == {DAY: 12}


def test_calling_the_next_ends_what_this_officer_was_doing(desk: Office):
    one, other = queue.take(desk)[1].id, queue.take(desk)[1].id
    queue.call(desk, one)
    queue.move(desk, one, S.SERVED)
    queue.call(desk, other)
    assert [(line.id, line.state) for line in queue.today(desk).at_desks] == [(other, S.CALLED)]
    history.undo(desk)
    assert [(line.id, line.state) for line in queue.today(desk).at_desks] == [(one, S.SERVED)]


def test_who_is_not_there_waits_on_and_is_given_up_after_two_calls(desk: Office):
    ticket = queue.take(desk)[1].id
    queue.call(desk, ticket)
    with pytest.raises(NotAllowed):
        queue.move(desk, ticket, S.NO_SHOW)
    queue.move(desk, ticket, S.WAITING)
    assert numbers(desk) == ["A 01"], "she keeps her place"
    queue.call(desk, ticket)
    queue.move(desk, ticket, S.NO_SHOW)
    assert queue.today(desk) == queue.Queue((), ())
    queue.move(desk, ticket, S.WAITING)
    assert numbers(desk) == ["A 01"], "who comes back after all"


@pytest.mark.parametrize("state", [S.SERVED, S.DONE, S.NO_SHOW, S.WAITING])
def test_no_move_skips_the_table(desk: Office, state: TicketState):
    ticket = queue.take(desk)[1].id
    with pytest.raises(NotAllowed):
        queue.move(desk, ticket, state)
    with pytest.raises(Gone):
        queue.move(desk, new_id(), state)


def test_who_is_next(desk: Office):
    moment = queue.now()
    early, due = moment + timedelta(hours=1), moment - timedelta(minutes=5)
    queue.take(desk, Wish(hour=early, appointment="x"))
    queue.take(desk)
    queue.take(desk, Wish(hour=due, appointment="y"))
    queue.take(desk, Wish(hour=due, appointment="z", wanted="other"))
    queue.take(desk, Wish(priority=frozenset({Priority.PREGNANT})))
    assert numbers(desk) == ["A 05", "A 03", "A 02", "A 04", "A 01"]
    assert [line.priority for line in queue.today(desk).waiting] == [True, False, False, False, False]


def test_a_restricted_case_has_no_name_in_the_queue(desk: Office, rose: str):
    queue.take(desk, Wish(case=rose))
    people.edit_person(desk, people.read_case(desk, rose).person, restricted=True)
    (line,) = queue.today(desk).waiting
    assert (line.name, line.restricted, line.case) == ("", True, rose)
    desk.vault.keys = replace(desk.vault.keys, compartment=None)
    (line,) = queue.today(desk).waiting
    assert (line.name, line.restricted, line.case, line.number_of_case, line.visit) == ("", False, "", "", 0)


def test_a_ticket_follows_a_merge_and_comes_back_when_they_are_separated(desk: Office, rose: str):
    other = opened(desk, given="Rosa", surname="Desir")
    queue.take(desk, Wish(case=other))
    merging.merge(desk, rose, other, {})
    (line,) = queue.today(desk).waiting
    assert (line.case, line.name) == (rose, "Rose Désir")
    with pytest.raises(NotAllowed, match="number already"):
        queue.take(desk, Wish(case=rose))
    merging.separate(desk, other)
    (line,) = queue.today(desk).waiting
    assert (line.case, line.name) == (other, "Rosa Desir")


def test_an_erased_person_leaves_a_number_that_is_nobody_s(desk: Office, rose: str):
    queue.take(desk, Wish(case=rose))
    desk.vault.erase(rose)
    (line,) = queue.today(desk).waiting
    assert (line.name, line.case) == ("", "")


def test_the_intake_that_a_ticket_began_tells_it_whose_it_is(desk: Office):
    ticket = queue.take(desk)[1].id
    draft, filling = intake.begin(desk)
    filling.set(given_of(filling), "Wilner")
    _done, case = intake.complete(desk, draft, filling, {intake.TICKET: ticket})
    (line,) = queue.today(desk).waiting
    assert (line.case, line.name) == (case, "Wilner")
    history.undo(desk)
    assert queue.today(desk).waiting[0].case == ""


def given_of(filling) -> str:
    return next(str(q.addr) for q in filling.form.root.questions() if q.maps_to == "person.given")


def test_a_ticket_that_is_gone_stops_no_intake(desk: Office):
    draft, filling = intake.begin(desk)
    _done, case = intake.complete(desk, draft, filling, {intake.TICKET: new_id()})
    assert people.exists(desk, case)


def test_equal_numbers_of_two_machines_are_told_apart(desk: Office):
    queue.take(desk)
    with desk.vault.operation("test", "t2") as op:
        op.put(Ticket(id="t2", day=DAY, number="A 01", taken=queue.now() + timedelta(seconds=1)))
    assert numbers(desk) == ["A 01", "A 01 bis"]


def test_a_machine_has_its_own_letter(desk: Office):
    keys = desk.vault.keys
    known = {**keys.known, "0" * 32: next(iter(keys.known.values()))}
    desk.vault.keys = replace(keys, known=known)
    assert queue.take(desk)[1].number == "B 01"


def test_nothing_of_a_person_but_her_case_s_id_is_in_a_ticket(desk: Office, rose: str):
    ticket = queue.take(desk, Wish(case=rose, need=NeedKind.WORK))[1]
    cells = desk.vault.file(Ref(Home.TICKET, ticket.id)).cells
    assert "Rose" not in str(cells)
    assert "Désir" not in str(cells)
    assert rose in str(cells)
    assert isinstance(ticket.taken, datetime)


def test_who_was_erased_while_she_waits_is_attended_all_the_same(desk: Office, rose: str):
    _done, given = booking.book(desk, rose, booking.Wanted(day=DAY, hour="16:30", minutes=30))
    _done, ticket = booking.arrive(desk, rose, given.id)
    desk.vault.erase(rose)
    queue.call(desk, ticket.id)
    queue.attend(desk, ticket.id)
    (line,) = queue.today(desk).at_desks
    assert (line.state, line.case, line.hour) == (S.SERVED, "", None)
