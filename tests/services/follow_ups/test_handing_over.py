from __future__ import annotations

from datetime import timedelta

import pytest

from migrant_office.errors import NotAllowed
from migrant_office.models.follow_up import FollowUp, Handover, Question, open_of
from migrant_office.models.office import Office, new_id
from migrant_office.models.operations import Op
from migrant_office.models.person import Person
from migrant_office.models.referral import Outcome, State
from migrant_office.services import catalogue, history, people, referrals
from migrant_office.services.follow_ups import changing, listing
from migrant_office.services.follow_ups.handing_over import Preview, hand_over, preview
from migrant_office.services.follow_ups.listing import Group, Wanted
from migrant_office.services.referrals import Heard
from tests.factories import DAY, a_referral

ANA, LUIS = "Ana", "Luis"


def refer(office: Office, officer: str, area: str = "employment") -> tuple[str, str]:
    office.officer = officer
    person = Person(id=new_id(), given="Rose")
    people.open_case(office, person)
    line = next(line for line in catalogue.lines(office, offered_only=True) if line.area == area)
    return person.id, referrals.refer(office, person.id, catalogue.service(office, line.id))[1].id


def owners(office: Office) -> list[tuple[str]]:
    return office.vault.read("SELECT DISTINCT officer FROM follow_up WHERE asked_on IS NOT NULL ORDER BY 1")


def test_everything_of_one_officer_goes_to_another_at_once(desk: Office) -> None:
    cases = [refer(desk, ANA) for _ in range(3)]
    other = refer(desk, LUIS)
    closed, gone = refer(desk, ANA)
    followed = people.read_case(desk, closed).referrals[0]
    referrals.record_step(desk, closed, followed, Heard(state=State.COMPLETED, outcome=Outcome.ATTENDED))
    before = desk.vault.read("SELECT id, officer FROM follow_up ORDER BY id")
    assert preview(desk, ANA) == Preview(3, 9, 3)
    assert preview(desk, ANA, follow_ups=False) == Preview(3, 0, 3)
    desk.undoable = []
    done = hand_over(desk, ANA, LUIS, " se va a otra oficina ")
    assert done.op == Op.HAND_OVER
    assert len(desk.undoable) == 1
    assert (owners(desk), preview(desk, ANA)) == ([(LUIS,)], Preview())
    assert desk.vault.read("SELECT owner FROM referral WHERE id = ?", (gone,)) == [(ANA,)]
    for case, referral in cases:
        (note,) = desk.case(case).all(Handover).values()
        assert (note.source, note.target, note.note, note.referrals) == (ANA, LUIS, "se va a otra oficina", (referral,))
    assert desk.case(other[0]).all(Handover) == {}
    history.undo(desk)
    assert desk.vault.read("SELECT id, officer FROM follow_up ORDER BY id") == before
    assert desk.vault.read("SELECT count(*) FROM handover") == [(0,)]
    history.redo(desk)
    assert owners(desk) == [(LUIS,)]


def test_what_comes_later_belongs_to_whoever_has_the_referral_now(desk: Office) -> None:
    case, referral = refer(desk, ANA)
    hand_over(desk, ANA, LUIS, "vacaciones")
    followed = people.read_case(desk, case).referrals[0]
    referrals.record_step(desk, case, followed, Heard(state=State.COMPLETED, outcome=Outcome.JOB_FOUND))
    (asked,) = open_of(referral, desk.case(case))
    assert (asked.question, asked.officer) == (Question.JOB_KEPT, LUIS)


def test_a_handover_says_why_and_to_whom(desk: Office) -> None:
    refer(desk, ANA)
    for source, target, note, words in (
        (ANA, "", "x", "another officer"),
        (ANA, ANA, "x", "another officer"),
        (ANA, LUIS, "  ", "has to know"),
        ("nobody else", LUIS, "x", "nothing open"),
    ):
        with pytest.raises(NotAllowed, match=words):
            hand_over(desk, source, target, note)
    assert desk.vault.read("SELECT count(*) FROM handover") == [(0,)]


def test_what_belongs_to_nobody_can_be_seen_and_given(desk: Office) -> None:
    case, referral = refer(desk, "")
    assert ("", 1) in listing.read_list(desk, Wanted()).officers
    assert [line.case for line in listing.page(desk, Wanted(officer=""), 0)] == [case]
    hand_over(desk, "", LUIS, "sin dueño desde enero")
    assert open_of(referral, desk.case(case))[0].officer == LUIS


# lists


def test_groups_filters_and_pages_agree(desk: Office) -> None:
    made = {}
    for officer, area, days in (
        (ANA, "employment", 0),
        (ANA, "health", 2),
        (LUIS, "employment", 20),
        (LUIS, "employment", 5),
    ):
        case, referral = refer(desk, officer, area)
        asked = open_of(referral, desk.case(case))[0]
        changing.move(desk, case, asked.id, DAY + timedelta(days=days))
        made[case] = DAY + timedelta(days=days)
    shown = listing.read_list(desk, Wanted())
    assert shown.counts == {Group.OVERDUE: 0, Group.TODAY: 1, Group.WEEK: 2, Group.LATER: 1}
    assert [line.due for line in shown.first] == sorted(made.values())
    assert [line.case for line in listing.page(desk, Wanted(), 2, 1)] == [shown.first[2].case]
    assert {line.officer for line in listing.page(desk, Wanted(officer=ANA), 0)} == {ANA}
    service = shown.first[0].service_id
    assert all(line.service_id == service for line in listing.page(desk, Wanted(service=service), 0))
    assert listing.read_list(desk, Wanted(question=Question.ATTENDED)).total == 4
    assert listing.read_list(desk, Wanted(question=Question.BUSINESS)).total == 0
    assert dict(shown.officers) == {ANA: 2, LUIS: 2}


def test_an_imported_referral_stands_in_the_list_and_can_be_moved(desk: Office) -> None:
    person = Person(id=new_id(), given="Rose")
    people.open_case(desk, person)
    with desk.case_operation(Op.IMPORT, person.id) as op:
        referral = op.put(a_referral(due=DAY, officer=ANA))
    (line,) = listing.page(desk, Wanted(), 0)
    assert (line.follow_up, line.referral, line.officer, line.due) == ("", referral.id, ANA, DAY)
    changing.move(desk, person.id, "", DAY + timedelta(days=3), referral=referral.id)
    (line,) = listing.page(desk, Wanted(), 0)
    assert line.follow_up in desk.case(person.id).all(FollowUp)
    assert (line.due, line.officer) == (DAY + timedelta(days=3), ANA)
