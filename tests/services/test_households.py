"""Households: making one, joining, separating, and who may see whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from migrant_office.errors import Gone, NotAllowed
from migrant_office.models.household import Household, Member, Role
from migrant_office.models.missing import Missing
from migrant_office.models.office import Office, new_id
from migrant_office.models.operations import Op
from migrant_office.models.person import Person
from migrant_office.models.vault.nouns import Home, Ref
from migrant_office.services import history, households, people
from migrant_office.services.households import HouseholdView
from tests.factories import DAY


def open_case(office: Office, given: str, birth: date | None = None) -> str:
    id = new_id()
    people.open_case(office, Person(id=id, given=given, birth=birth))
    return id


@pytest.fixture
def rose(desk: Office) -> str:
    return open_case(desk, "Rose", date(1990, 1, 1))


@pytest.fixture
def child(desk: Office) -> str:
    return open_case(desk, "Wilna", date(2018, 1, 1))


def household_of(office: Office, case: str) -> str:
    return people.read_case(office, case).person.household


def view(office: Office, case: str) -> HouseholdView:
    return households.read_household(office, household_of(office, case))


def names(shown: HouseholdView) -> list[str]:
    return [line.name for line in shown.members]


def test_two_cases_become_a_household(desk: Office, rose: str, child: str) -> None:
    households.start_household(desk, rose, Member(id=child, role=Role.CHILD))
    shown = view(desk, child)
    assert household_of(desk, rose) == household_of(desk, child) == shown.household.id
    assert [(line.name, line.member.role, line.age) for line in shown.members] == [
        ("Rose", Role.SPEAKER, 36),
        ("Wilna", Role.CHILD, 8),
    ]
    assert shown.household.made == DAY
    history.undo(desk)
    assert (household_of(desk, rose), household_of(desk, child)) == ("", "")


def test_a_family_is_written_with_its_persons_in_one_operation(desk: Office) -> None:
    ids, home = [new_id(), new_id()], Household(id=new_id(), address="Calle Uno 1", arrived="2026-01")
    with desk.operation(Op.OPEN_FAMILY, home.id) as op:
        people.put_case(desk, op, Person(id=ids[0], given="Rose"))
        households.make_household(op, home, [Member(id=id) for id in ids])
        people.put_case(desk, op, Person(id=ids[1], given="Jean"))
    shown = view(desk, ids[1])
    assert sorted(names(shown)) == ["Jean", "Rose"]
    assert (shown.household.address, shown.household.arrived) == ("Calle Uno 1", "2026-01")
    assert household_of(desk, ids[0]) == home.id


def test_a_member_of_whom_nothing_is_known_is_a_member(desk: Office, rose: str, child: str) -> None:
    households.start_household(desk, rose, Member(id=child, role=Missing.NOT_ASKED))
    assert names(view(desk, rose)) == ["Rose", "Wilna"]


def test_a_minor_without_a_guardian_is_marked_until_somebody_answers(desk: Office, rose: str, child: str) -> None:
    households.start_household(desk, rose, Member(id=child, role=Role.CHILD))
    line = view(desk, rose).members[1]
    assert (line.alone, line.guardian) == (True, "")
    households.edit_member(desk, household_of(desk, rose), line.member, guardian=rose)
    line = view(desk, rose).members[1]
    assert (line.alone, line.guardian) == (False, "Rose")


def test_who_is_separated_belongs_to_no_household_and_is_nobody_s_guardian(desk: Office, rose: str, child: str) -> None:
    households.start_household(desk, rose, Member(id=child, role=Role.CHILD))
    home = household_of(desk, rose)
    households.edit_member(desk, home, view(desk, rose).members[1].member, guardian=rose)
    households.separate(desk, home, view(desk, rose).members[0].member)
    assert household_of(desk, rose) == ""
    (left,) = view(desk, child).members
    assert (left.name, left.member.guardian, left.alone) == ("Wilna", "", True)
    assert people.read_case(desk, rose).person.given == "Rose", "her case stays whole"
    history.undo(desk)
    assert names(view(desk, rose)) == ["Rose", "Wilna"]


def test_who_was_separated_can_come_back(desk: Office, rose: str, child: str) -> None:
    households.start_household(desk, rose, Member(id=child, role=Role.CHILD))
    home = household_of(desk, rose)
    households.separate(desk, home, view(desk, rose).members[1].member)
    households.add_member(desk, home, Member(id=child, role=Role.GRANDCHILD))
    assert [line.member.role for line in view(desk, rose).members] == [Role.SPEAKER, Role.GRANDCHILD]


def test_nobody_belongs_to_two_households(desk: Office, rose: str, child: str) -> None:
    households.start_household(desk, rose, Member(id=child, role=Role.CHILD))
    other = open_case(desk, "Ana")
    with pytest.raises(NotAllowed, match="another household"):
        households.start_household(desk, other, Member(id=child, role=Role.CHILD))
    assert household_of(desk, other) == "", "nothing of it was written"


def test_a_case_that_is_not_there_joins_no_household(desk: Office, rose: str, child: str) -> None:
    households.start_household(desk, rose, Member(id=child, role=Role.CHILD))
    with pytest.raises(Gone):
        households.add_member(desk, household_of(desk, rose), Member(id=new_id()))
    with pytest.raises(Gone):
        households.start_household(desk, open_case(desk, "Ana"), Member(id=new_id()))


def test_an_erased_member_is_not_shown(desk: Office, rose: str, child: str) -> None:
    households.start_household(desk, rose, Member(id=child, role=Role.CHILD))
    desk.vault.erase(child)
    assert names(view(desk, rose)) == ["Rose"]


def test_a_restricted_member_is_left_out_for_whoever_may_not_see_her(desk: Office, rose: str, child: str) -> None:
    households.start_household(desk, rose, Member(id=child, role=Role.CHILD))
    home = household_of(desk, rose)
    households.edit_member(desk, home, view(desk, rose).members[1].member, guardian=rose)
    people.edit_person(desk, people.read_case(desk, rose).person, restricted=True)
    assert names(households.read_household(desk, home)) == ["Rose", "Wilna"], "with the key nothing tells her apart"
    desk.vault.keys = replace(desk.vault.keys, compartment=None)
    (line,) = households.read_household(desk, home).members
    assert (line.name, line.guardian, line.alone) == ("Wilna", "", False)


def test_a_rebuild_from_the_log_gives_the_same_household(desk: Office, rose: str, child: str) -> None:
    households.start_household(desk, rose, Member(id=child, role=Role.CHILD))
    before = view(desk, rose)
    desk.vault.rebuild(replay=True)
    assert view(desk, rose) == before
    assert desk.vault.file(Ref(Home.HOUSEHOLD, before.household.id)).damaged() == []


def test_a_minor_whose_guardian_was_erased_is_alone(desk: Office, rose: str, child: str) -> None:
    households.start_household(desk, rose, Member(id=child, role=Role.CHILD, guardian=rose))
    desk.vault.erase(rose)
    (line,) = view(desk, child).members
    assert (line.name, line.guardian, line.alone) == ("Wilna", "", True)
