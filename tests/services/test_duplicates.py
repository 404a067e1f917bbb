"""Who looks alike at the desk, and what the officer says of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from migrant_office.errors import Gone
from migrant_office.models.judgement import Judgement, PrivateJudgement, Verdict
from migrant_office.models.likeness.facts import Facts
from migrant_office.models.likeness.weighing import Reason
from migrant_office.models.mobility import HeldDocument
from migrant_office.models.office import Office, new_id
from migrant_office.models.person import Person
from migrant_office.models.vault.nouns import Home, Ref
from migrant_office.services import duplicates, history, pairs, people, protection
from migrant_office.services.duplicates import alike, judge
from tests.factories import put

BIRTH = date(1991, 4, 7)


def opened(office: Office, **told: Any) -> str:
    person = Person(id=new_id(), **told)
    people.open_case(office, person)
    return person.id


@pytest.fixture
def jean(desk: Office) -> str:
    return opened(desk, given="Jean-Robert", surname="Baptiste", birth=BIRTH, phone="+56 9 8765 4321")


def test_somebody_alike_is_named_with_the_reasons(desk: Office, jean: str) -> None:
    (suspect,) = alike(desk, Facts(given="Jan Wobè", surname="Batis", birth=BIRTH))
    assert suspect.case == jean
    assert set(suspect.likeness.reasons) == {Reason.BIRTH, Reason.GIVEN_SOUNDS, Reason.SURNAME_SOUNDS}


def test_two_things_known_are_too_few(desk: Office, jean: str) -> None:
    assert alike(desk, Facts(given="Jean-Robert", surname="Baptiste")) == []
    assert Facts(birth=BIRTH, phone="987654321", sex="man", nationality="HT").known == 0


@pytest.mark.parametrize(
    "told",
    [
        {"given": "Rose", "surname": "Baptiste", "birth": BIRTH},  # a twin
        {"given": "Jean-Robert", "surname": "Baptiste", "birth": date(1962, 2, 3), "phone": "987654321"},  # the father
        {"given": "Carlos", "surname": "Quispe", "phone": "987654321"},
    ],
)
def test_a_family_is_not_one_person(desk: Office, jean: str, told: dict[str, Any]) -> None:
    assert alike(desk, Facts(**told)) == []


def test_a_document_says_more_than_a_name(desk: Office, jean: str) -> None:
    put(desk.vault, HeldDocument(id=new_id(), number="R-123.456"), on=jean)
    (suspect,) = alike(desk, Facts(given="Jean", surname="Batiste", documents=("r123456",)))
    assert suspect.likeness.reasons[0] is Reason.DOCUMENT


def test_those_in_hand_are_left_out(desk: Office, jean: str) -> None:
    facts = Facts(given="Jean-Robert", surname="Baptiste", birth=BIRTH)
    assert alike(desk, facts, but=[jean]) == []


def test_the_answer_is_kept_in_both(desk: Office, jean: str) -> None:
    other = opened(desk, given="Jan", surname="Batis", birth=BIRTH)
    judge(desk, jean, other, Verdict.UNSURE)
    judge(desk, other, jean, Verdict.OTHER)
    for case, about in ((jean, other), (other, jean)):
        said = desk.vault.file(Ref(Home.CASE, case)).all(Judgement)[about]
        assert (said.verdict, said.officer) == (Verdict.OTHER, desk.officer)
    history.undo(desk)
    assert desk.vault.file(Ref(Home.CASE, jean)).all(Judgement)[other].verdict is Verdict.UNSURE
    with pytest.raises(Gone):
        judge(desk, jean, new_id(), Verdict.SAME)


def test_what_is_said_of_a_restricted_case_stays_in_the_compartment(desk: Office, jean: str) -> None:
    hidden = opened(desk, given="Jan", surname="Batis", birth=BIRTH)
    protection.open_path(desk, hidden, [])
    judge(desk, jean, hidden, Verdict.SAME)
    assert not desk.vault.file(Ref(Home.CASE, jean)).all(Judgement)
    assert desk.vault.read("SELECT count(*) FROM judgement") == [(0,)]
    assert desk.vault.file(Ref(Home.RESTRICTED, jean)).all(PrivateJudgement)[hidden].verdict is Verdict.SAME


# the whole office


def search(office: Office, *, stop_after: int = 1000) -> int:
    """Search on from where it stopped; answers the stretches it took."""
    weighed: set[int] = set()
    after = pairs.begin(office).after
    for count in range(stop_after):
        step = pairs.stretch(office, after, weighed)
        pairs.keep(office, step)
        after = step.after
        if step.ended:
            return count
    return stop_after


def test_the_search_finds_the_pairs_of_the_office(desk: Office, jean: str) -> None:
    other = opened(desk, given="Jan Wobè", surname="Batis", birth=BIRTH)
    opened(desk, given="Marisol", surname="Quispe", birth=BIRTH)
    search(desk)
    (pair,) = pairs.waiting(desk)
    assert {pair.one.id, pair.other.id} == {jean, other}
    assert pair.likeness.is_possible
    assert Reason.BIRTH in pair.likeness.reasons
    last = pairs.last_search(desk)
    assert last is not None
    assert last.ended


def test_a_stopped_search_goes_on_where_it_was(desk: Office, jean: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "AT_ONCE", 3)
    for n in range(4):
        opened(desk, given="Jan Wobè", surname="Batis", birth=BIRTH, phone=f"+56 9 1111 222{n}")
    search(desk, stop_after=2)
    half = pairs.last_search(desk)
    assert half is not None
    assert 0 < half.share < 1
    assert half.ended is None
    search(desk)
    whole = pairs.last_search(desk)
    assert whole is not None
    assert (whole.began, bool(whole.ended)) == (half.began, True)
    assert len(pairs.waiting(desk)) == 10
    search(desk)
    again = pairs.last_search(desk)
    assert again is not None
    assert len(pairs.waiting(desk)) == 10


def test_who_was_said_to_be_another_is_shown_no_more(desk: Office, jean: str) -> None:
    other = opened(desk, given="Jan Wobè", surname="Batis", birth=BIRTH)
    search(desk)
    judge(desk, jean, other, Verdict.UNSURE)
    assert [pair.verdict for pair in pairs.waiting(desk)] == [Verdict.UNSURE]
    judge(desk, jean, other, Verdict.OTHER)
    assert pairs.waiting(desk) == ()


def test_who_was_said_to_be_the_same_waits_first(desk: Office, jean: str) -> None:
    """Also without any search: what was said at the desk is enough."""
    other = opened(desk, given="Pouchon")
    judge(desk, jean, other, Verdict.SAME)
    assert [pair.verdict for pair in pairs.waiting(desk)] == [Verdict.SAME]


def test_an_erased_case_leaves_no_pair(desk: Office, jean: str) -> None:
    other = opened(desk, given="Jan Wobè", surname="Batis", birth=BIRTH)
    search(desk)
    desk.vault.erase(other)
    assert desk.vault.read("SELECT count(*) FROM likely_pair") == [(0,)]
    assert pairs.waiting(desk) == ()


def test_rarity_is_that_of_this_office(desk: Office, jean: str) -> None:
    for _ in range(30):
        opened(desk, given="Rose", surname="Pierre")
    rarity = duplicates.rarity_in(desk)
    assert rarity("rose") < rarity("baptiste") <= rarity("nobody")
