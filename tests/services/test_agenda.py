"""Appointments: none given twice, and what an hour may be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migrant_office import clock
from migrant_office.errors import Gone, NotAllowed, UserError
from migrant_office.models.appointment import Appointment, AppointmentState, CancelReason, Reminder, overlap
from migrant_office.models.need import NeedKind
from migrant_office.models.office import Office, new_id
from migrant_office.models.person import ContactRule, Person
from migrant_office.models.queue import TicketKind, TicketState
from migrant_office.models.reads import agenda as reads
from migrant_office.models.vault.nouns import Home, Ref
from migrant_office.services import agenda, catalogue, history, merging, people, queue, referrals
from migrant_office.services.agenda import Wanted
from migrant_office.services.agenda.booking import hours_of_officer
from migrant_office.services.working_days import national
from tests.factories import DAY

TOMORROW = DAY + timedelta(days=1)  # a Tuesday
A = AppointmentState


def opened(office: Office, given: str = "Rose", **told) -> str:
    person = Person(id=new_id(), given=given, **told)
    people.open_case(office, person)
    return person.id


def at(hour: str = "10:30", minutes: int = 30, day: date = TOMORROW, **told) -> Wanted:
    return Wanted(day=day, hour=hour, minutes=minutes, **told)


@pytest.fixture
def rose(desk: Office) -> str:
    return opened(desk)


def held(office: Office, case: str) -> list[Appointment]:
    return [a for a, _name in agenda.of_case(office, case)]


def test_an_appointment_is_given_and_stands_in_the_day(desk: Office, rose: str):
    agenda.book(desk, rose, at(about=NeedKind.WORK))
    day = agenda.day_of(desk, TOMORROW)
    (mine,) = day.officers
    (line,) = mine.lines
    assert (line.name, line.hour, line.about, line.state, line.clash) == (
        "Rose",
        "10:30",
        NeedKind.WORK,
        A.RESERVED,
        False,
    )
    assert "10:30" not in mine.free
    assert {"10:00", "11:00"} <= set(mine.free)
    history.undo(desk)
    assert agenda.day_of(desk, TOMORROW).officers[0].lines == ()


def test_no_hour_of_an_officer_is_given_twice(desk: Office, rose: str):
    agenda.book(desk, rose, at())
    other = opened(desk, "Ana")
    for hour, minutes in (("10:30", 30), ("10:00", 31), ("10:59", 5), ("10:40", 10)):
        with pytest.raises(NotAllowed, match="given already"):
            agenda.book(desk, other, at(hour, minutes))
    assert held(desk, other) == []
    agenda.book(desk, other, at("11:00"))
    agenda.book(desk, opened(desk, "Eva"), at(officer="2"))


def test_an_hour_taken_by_somebody_this_officer_may_not_see_is_taken(desk: Office, rose: str):
    agenda.book(desk, rose, at())
    people.edit_person(desk, people.read_case(desk, rose).person, restricted=True)
    other = opened(desk, "Ana")
    day = agenda.day_of(desk, TOMORROW)
    assert (day.officers[0].lines[0].name, day.officers[0].lines[0].about) == ("", None)
    desk.vault.keys = replace(desk.vault.keys, compartment=None)
    day = agenda.day_of(desk, TOMORROW)
    assert day.officers[0].lines == ()
    assert "10:30" not in day.officers[0].free
    with pytest.raises(NotAllowed, match="given already"):
        agenda.book(desk, other, at())


def test_a_person_is_not_at_two_places(desk: Office, rose: str):
    service = catalogue.lines(desk, offered_only=True)[0].id
    agenda.book(desk, rose, at(service=service))
    with pytest.raises(NotAllowed, match="given already"):
        agenda.book(desk, rose, at("10:45"))


def test_a_cancelled_hour_is_free_and_moving_frees_the_old_one(desk: Office, rose: str):
    _done, one = agenda.book(desk, rose, at())
    agenda.move(desk, rose, one.id, at("10:45"))  # over its own old hour
    other = opened(desk, "Ana")
    agenda.book(desk, other, at("10:15"))
    with pytest.raises(NotAllowed, match="given already"):
        agenda.move(desk, rose, one.id, at("10:20"))
    agenda.cancel(desk, rose, one.id, CancelReason.PERSON, " viaja ")
    (found,) = held(desk, rose)
    assert (found.state, found.reason, found.reason_words) == (A.CANCELLED, CancelReason.PERSON, "viaja")
    agenda.book(desk, opened(desk, "Eva"), at("10:45"))
    with pytest.raises(NotAllowed, match="is over"):
        agenda.move(desk, rose, one.id, at("12:00"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from("bmc"),
            st.integers(0, 3),
            st.sampled_from(["1", "2"]),
            st.integers(0, 40),
            st.integers(1, 25),
        ),
        max_size=14,
    )
)
def test_never_two_overlapping_for_one_officer(desk: Office, moves):
    day = DAY + timedelta(days=1 + len(desk.vault.read("SELECT DISTINCT day FROM appointment")))
    cases = [opened(desk, f"P{n}") for n in range(3)]
    made: list[tuple[str, str]] = []
    for act, who, officer, start, length in moves:
        wanted = at(f"{9 + start // 12:02d}:{start % 12 * 5:02d}", length * 5, day, officer=officer)
        case, id = made[who % len(made)] if made else ("", "")
        try:
            if act == "b" or not made:
                made.append((cases[who % 3], agenda.book(desk, cases[who % 3], wanted)[1].id))
            elif act == "m":
                agenda.move(desk, case, id, wanted)
            else:
                agenda.cancel(desk, case, id, CancelReason.OTHER)
        except NotAllowed:
            continue
    for officer in "12":
        spans = sorted(hours_of_officer(desk, day, officer), key=lambda span: span.start)
        assert not any(overlap(a, b) for a, b in pairwise(spans))
    agenda.book(desk, opened(desk, "Last"), at("20:00", 5, day))  # so that the next example has a day of its own


def test_two_machines_gave_one_hour_both_are_kept_and_shown(desk: Office, rose: str):
    agenda.book(desk, rose, at())
    other = opened(desk, "Ana")
    mine = held(desk, rose)[0]
    with desk.vault.operation("met", other) as op:  # as it comes from a machine that had not heard
        op.put(replace(mine, id=new_id(), hour="10:45"), on=other)
    lines = agenda.day_of(desk, TOMORROW).officers[0].lines
    assert [line.clash for line in lines] == [True, True]
    agenda.move(desk, other, held(desk, other)[0].id, at("12:00"))
    lines = agenda.day_of(desk, TOMORROW).officers[0].lines
    assert [line.clash for line in lines] == [False, False]


@pytest.mark.parametrize("cells", [{"state": "postponed"}, {"minutes": "long"}, {"hour": "soon"}, {"day": "soon"}])
def test_what_a_newer_program_wrote_stops_nobody(desk: Office, rose: str, cells: dict[str, str]):
    _done, one = agenda.book(desk, rose, at())
    with desk.vault.operation("test", rose) as op:
        told = [(f"{one.id}/{name}", value) for name, value in cells.items()]
        op.cells(Ref(Home.CASE, rose), "appointment", told)
    assert len(agenda.day_of(desk, TOMORROW).officers) == 1
    assert [a.id for a in held(desk, rose)] == [one.id]
    agenda.book(desk, opened(desk, "Ana"), at())


@pytest.mark.parametrize(
    ("wanted", "error"),
    [
        (at(day=DAY - timedelta(days=1)), NotAllowed),
        (at("later"), UserError),
        (at(minutes=0), UserError),
        (at(minutes=1000), UserError),
        (at(referral="nothing"), Gone),
        (at(reminder=Reminder.WHATSAPP), NotAllowed),
    ],
)
def test_what_no_appointment_can_be(desk: Office, rose: str, wanted: Wanted, error: type[UserError]):
    with pytest.raises(error):
        agenda.book(desk, rose, wanted)
    assert held(desk, rose) == []
    with pytest.raises(Gone):
        agenda.book(desk, new_id(), at())


def test_a_reminder_as_the_contact_rule_allows(desk: Office):
    case = opened(desk, contact_rule=ContactRule.WHATSAPP_ONLY)
    assert agenda.offered_reminders(desk, case) == (Reminder.NONE, Reminder.WHATSAPP)
    agenda.book(desk, case, at(reminder=Reminder.WHATSAPP))


def test_arriving_gives_a_number_and_attending_keeps_the_appointment(desk: Office, rose: str):
    _done, one = agenda.book(desk, rose, at("12:30", day=DAY, about=NeedKind.WORK))
    agenda.arrive(desk, rose, one.id)
    (line,) = queue.today(desk).waiting
    assert (line.kind, line.case, line.need, line.wanted) == (TicketKind.RESERVED, rose, NeedKind.WORK, desk.officer)
    assert line.hour is not None
    assert clock.local(line.hour).strftime("%H:%M") == "12:30"
    assert held(desk, rose)[0].state is A.ARRIVED
    with pytest.raises(NotAllowed):
        agenda.arrive(desk, rose, one.id)
    queue.call(desk, line.id)
    queue.move(desk, line.id, TicketState.SERVED)
    assert held(desk, rose)[0].state is A.KEPT
    history.undo(desk)
    assert held(desk, rose)[0].state is A.ARRIVED


def test_who_has_a_number_already_arrives_in_no_second_way(desk: Office, rose: str):
    _done, one = agenda.book(desk, rose, at("12:30", day=DAY))
    queue.take(desk, queue.Wish(case=rose))
    with pytest.raises(NotAllowed, match="number already"):
        agenda.arrive(desk, rose, one.id)
    assert held(desk, rose)[0].state is A.RESERVED, "nothing of it was written"


def test_nobody_arrives_on_another_day_or_at_an_institution(desk: Office, rose: str):
    _done, one = agenda.book(desk, rose, at())
    _done, other = agenda.book(desk, rose, at("12:30", day=DAY, service=catalogue.lines(desk)[0].id))
    for id in (one.id, other.id):
        with pytest.raises(NotAllowed):
            agenda.arrive(desk, rose, id)


def test_an_appointment_follows_its_referral_through_a_merge(desk: Office, rose: str):
    other = opened(desk, "Rosa")
    line = catalogue.lines(desk, offered_only=True)[0]
    _done, referral = referrals.refer(desk, other, catalogue.service(desk, line.id))
    merging.merge(desk, rose, other, {})
    agenda.book(desk, rose, at(service=line.id, referral=referral.id))
    agenda.book(desk, rose, at("16:00"))
    assert len(held(desk, rose)) == 2
    merging.separate(desk, other)
    assert [a.referral for a in held(desk, other)] == [referral.id]
    assert [a.hour for a in held(desk, rose)] == ["16:00"]


def test_an_appointment_of_before_a_merge_is_moved_afterwards(desk: Office, rose: str):
    other = opened(desk, "Rosa")
    _done, one = agenda.book(desk, other, at())
    merging.merge(desk, rose, other, {})
    agenda.move(desk, rose, one.id, at("15:00"))
    merging.separate(desk, other)
    assert [a.hour for a in held(desk, other)] == ["15:00"]


def test_hours_that_speak_against_it(desk: Office):
    monday = date(2026, 9, 14)
    feast = date(2026, 9, 18)  # Independencia nacional, Chile
    assert feast in national("CL", feast.year)
    assert agenda.doubts(desk, at(day=monday)) == ()
    assert [d.message for d in agenda.doubts(desk, at(day=feast))] == ["That day is a public holiday."]
    assert [d.message for d in agenda.doubts(desk, at(day=date(2026, 9, 13)))] == [
        "The office gives no appointments on that day of the week."
    ]
    (lunch,) = agenda.doubts(desk, at("12:45", day=monday))
    assert lunch.data == (("hours", "09:00–13:00, 14:00–17:00"),)


def test_an_hour_outside_those_of_the_service_is_told(desk: Office, monkeypatch: pytest.MonkeyPatch):
    told = SimpleNamespace(known=True, openings=(SimpleNamespace(opens=time(9), closes=time(14)),))
    monkeypatch.setattr(catalogue, "hours_on", lambda _office, _service, _day: told, raising=False)
    service = catalogue.lines(desk)[0].id
    (doubt,) = agenda.doubts(desk, at("15:00", service=service))
    assert doubt.message.format(**dict(doubt.data)) == "Attends that day: 09:00–14:00."
    assert agenda.doubts(desk, at("13:00", service=service)) == ()
    told.openings = (SimpleNamespace(opens=time(9), closes=None),)
    assert agenda.doubts(desk, at("23:00", service=service)) == (), "an end that nobody wrote forbids nothing"
    told.openings = ()
    (doubt,) = agenda.doubts(desk, at("13:00", service=service))
    assert doubt.message == "As far as is known, nobody attends there on that day."
    told.known = False
    assert agenda.doubts(desk, at("13:00", service=service)) == ()


def test_days_the_office_is_closed(desk: Office):
    assert not agenda.day_of(desk, date(2026, 9, 18)).is_open
    assert agenda.next_working_day(desk.city, date(2026, 9, 17)) == date(2026, 9, 21)
    assert agenda.next_working_day(desk.city, date(2026, 9, 21), -1) == date(2026, 9, 17)


def test_only_what_is_still_to_come_is_free(desk: Office):
    with clock.at(clock.on_the_wall(datetime.combine(DAY, time(12, 10)))):
        assert agenda.day_of(desk, DAY).officers[0].free[0] == "12:30"
    assert agenda.day_of(desk, DAY - timedelta(days=3)).officers[0].free == ()


def test_the_reads_go_by_an_index(desk: Office):
    for sql in (
        "SELECT id FROM ticket WHERE day = ?",
        "SELECT a.id FROM appointment a WHERE a.day BETWEEN ? AND ?1",
    ):
        ((*_head, plan),) = desk.vault.read(f"EXPLAIN QUERY PLAN {sql}", (DAY.isoformat(),))
        assert "USING INDEX" in plan
    assert reads.taken(desk.vault, DAY.isoformat()) == []
