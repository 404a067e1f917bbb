"""Joining two case files, what follows, and separating them at any later time."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from migrant_office.errors import Gone, NotAllowed
from migrant_office.models.encounter import Channel, Encounter
from migrant_office.models.household import Member
from migrant_office.models.judgement import Judgement
from migrant_office.models.need import NeedKind
from migrant_office.models.office import Office, new_id
from migrant_office.models.person import Person, Sex
from migrant_office.models.reads import counts
from migrant_office.models.referral import Referral, State
from migrant_office.models.vault.nouns import Home, Ref
from migrant_office.services import history, households, intake, merging, people, protection, referrals
from migrant_office.services.merging import Choice
from tests.factories import DAY, a_referral, put, table_rows


def opened(office: Office, **told: Any) -> str:
    person = Person(id=new_id(), **told)
    people.open_case(office, person, encounter=people.new_encounter(office, Channel.IN_PERSON))
    return person.id


@pytest.fixture
def two(desk: Office) -> tuple[str, str]:
    one = opened(desk, given="Jean", surname="Baptiste", phone="1", sex=Sex.MAN)
    other = opened(desk, given="Jan", surname="Batis", phone="2", email="jan@x.cl", birth=date(1991, 4, 7))
    return one, other


def test_the_differences_are_proposed_with_what_is_known(desk: Office, two: tuple[str, str]) -> None:
    found = {d.field: d.proposed for d in merging.compare(desk, *two).differences}
    assert found == {
        "given": Choice.KEPT,
        "surname": Choice.KEPT,
        "phone": Choice.KEPT,
        "sex": Choice.KEPT,
        "birth": Choice.OTHER,
        "email": Choice.OTHER,
    }


def test_the_chosen_values_and_all_that_happened(desk: Office, two: tuple[str, str]) -> None:
    merging.merge(desk, *two, {"email": Choice.OTHER, "birth": Choice.OTHER, "phone": Choice.KEPT})
    case = people.read_case(desk, two[1])
    assert (case.person.id, case.person.given, case.person.phone) == (two[0], "Jean", "1")
    assert (case.person.email, case.person.birth) == ("jan@x.cl", date(1991, 4, 7))
    assert len(case.encounters) == 2
    assert people.count(desk) == 1
    assert [line.id for line in people.search(desk, "jan batis")] == [two[0]]


def test_counts_follow(desk: Office, two: tuple[str, str]) -> None:
    first, last = DAY.isoformat(), DAY.isoformat()
    assert len({row[0] for row in counts.attentions(desk.vault, first, last)}) == 2
    merging.merge(desk, *two, {})
    found = counts.attentions(desk.vault, first, last)
    assert ({row[0] for row in found}, len(found)) == ({two[0]}, 2)


def test_a_draft_and_a_referral_begun_before_go_on(desk: Office, two: tuple[str, str]) -> None:
    draft, filling = intake.begin(desk, case=two[1])
    draft = intake.save_draft(desk, draft, filling)
    referral = a_referral()
    put(desk.vault, referral, on=two[1])
    merging.merge(desk, *two, {"email": Choice.OTHER})
    assert [r.referral.id for r in people.read_case(desk, two[0]).referrals] == [referral.id]
    (waiting,) = intake.waiting(desk)
    again = intake.resume(desk, waiting)
    _done, case = intake.complete(desk, waiting, again)
    assert case == two[0]


def test_undo_takes_the_merge_back(desk: Office, two: tuple[str, str]) -> None:
    before = table_rows(desk.vault)
    merging.merge(desk, *two, {"phone": Choice.OTHER})
    history.undo(desk)
    assert table_rows(desk.vault) == before
    history.redo(desk)
    assert desk.vault.who(two[1]) == two[0]


def test_separating_later_gives_each_what_is_hers(desk: Office, two: tuple[str, str]) -> None:
    referral = a_referral(service=next(iter(desk.vault.read("SELECT id FROM service LIMIT 1")))[0])
    put(desk.vault, referral, on=two[1])
    merging.merge(desk, *two, {"phone": Choice.OTHER})
    people.add_encounter(desk, two[1], Channel.PHONE, need=NeedKind.WORK)
    people.edit_person(desk, people.read_case(desk, two[0]).person, phone="3", given="Jean-Marc")
    (followed,) = people.read_case(desk, two[0]).referrals
    referrals.record_step(desk, two[0], followed, referrals.Heard(state=State.ACCEPTED, due=DAY))
    plan = merging.separation(desk, two[0], two[1])
    assert (plan.stays.person.given, plan.leaves.person.phone) == ("Jean-Marc", "3")
    assert plan.stays_new[Encounter] == 1
    assert plan.leaves.counts[Referral] == 1
    merging.separate(desk, two[1])
    kept, left = (people.read_case(desk, case) for case in two)
    assert (kept.person.given, kept.person.phone) == ("Jean-Marc", "1")
    assert (left.person.given, left.person.phone) == ("Jan", "3")
    assert (len(kept.encounters), len(kept.needs), len(left.encounters)) == (2, 1, 1)
    assert [(r.referral.id, r.state) for r in left.referrals] == [(referral.id, State.ACCEPTED)]
    assert not desk.vault.file(Ref(Home.CASE, two[0])).all(Judgement)


def test_what_cannot_be_joined_or_separated(desk: Office, two: tuple[str, str]) -> None:
    with pytest.raises(NotAllowed):
        merging.compare(desk, two[0], two[0])
    with pytest.raises(Gone):
        merging.compare(desk, two[0], new_id())
    with pytest.raises(NotAllowed):
        merging.separate(desk, two[1])
    merging.merge(desk, *two, {})
    with pytest.raises(NotAllowed):
        merging.merge(desk, *two, {})


def test_a_chain_says_what_was_joined_to_what(desk: Office, two: tuple[str, str]) -> None:
    third = opened(desk, given="Yan", surname="Batista")
    merging.merge(desk, two[1], third, {})
    merging.merge(desk, *two, {})
    assert {(j.id, j.into) for j in merging.joined_files(desk, two[0])} == {(two[1], two[0]), (third, two[1])}
    merging.separate(desk, two[1])
    assert [j.id for j in merging.joined_files(desk, two[1])] == [third]
    assert people.read_case(desk, third).person.id == two[1]
    assert merging.joined_files(desk, two[0]) == ()


def test_the_stricter_visibility_is_told_before(desk: Office, two: tuple[str, str]) -> None:
    protection.open_path(desk, two[1], [])
    assert merging.compare(desk, *two).hides
    merging.merge(desk, *two, {})
    assert people.read_case(desk, two[0]).person.restricted
    plan = merging.separation(desk, two[0], two[1])
    assert plan.unrestricted == ("Jean Baptiste",)
    protection.close_path(desk, two[0], stays_restricted=False)
    merging.separate(desk, two[1])
    assert not people.read_case(desk, two[1]).person.restricted


def test_one_household_remains(desk: Office, two: tuple[str, str]) -> None:
    child = opened(desk, given="Rose", birth=date(2020, 1, 1))
    households.start_household(desk, two[1], Member(id=child))
    home = people.read_case(desk, two[1]).person.household
    merging.merge(desk, *two, {"household": Choice.OTHER})
    view = households.read_household(desk, home)
    assert {line.case for line in view.members} == {two[0], child}


def test_the_older_file_is_kept(desk: Office, two: tuple[str, str]) -> None:
    one, other = (people.read_case(desk, case).person for case in two)
    assert merging.who_is_kept(other, one) == two
