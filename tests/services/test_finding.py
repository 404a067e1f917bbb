"""Whoever is looked for is found, however the name is spelled; each hit says why, and nobody hidden is betrayed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migrant_office.models.mobility import HeldDocument
from migrant_office.models.names.vocabulary import How, Meant, Vocabulary
from migrant_office.models.office import Office, new_id
from migrant_office.models.person import Person
from migrant_office.models.vault.nouns import Searched
from migrant_office.services import finding, people
from tests.factories import a_referral, put


def opened(office: Office, **told: Any) -> str:
    person = Person(id=new_id(), **told)
    people.open_case(office, person)
    return person.id


@pytest.fixture
def jean(desk: Office) -> str:
    for name, surname in (("Marisol", "Quispe"), ("Carlos", "Mamani"), ("Julieta", "Flores")):
        opened(desk, given=name, surname=surname)
    return opened(desk, given="Jean-Robert", surname="Baptiste", second_surname="Dieudonné", other_names="Pouchon",
                  phone="+56 9 8765 4321")  # fmt: skip


@pytest.mark.parametrize(
    "typed",
    [
        *("jean robert baptiste", "BAPTISTE jean", "jeanrobert", "jean-robert", "Batis Jan", "dyedone", "jan batis"),
        *("babtiste", "bapitste", "baptist", "aptiste", "jean bapt", "bapt jea", "pouchon", "jena baptise"),
        *("87654321"[:4], "9 8765 4321", "+56987654321", "98765"),
    ],
)
def test_a_person_is_found(desk: Office, jean: str, typed: str) -> None:
    assert jean in [hit.case for hit in finding.find(desk, typed)[:10]]


@pytest.mark.parametrize("typed", ["", " ", "-", "de la", "xyzzy plugh", "0000000"])
def test_nobody_is_found(desk: Office, jean: str, typed: str) -> None:
    assert finding.find(desk, typed) == []


@pytest.mark.parametrize(
    ("typed", "kind", "how", "word"),
    [
        ("baptiste", Searched.NAMES, How.SAME, "baptiste"),
        ("bapt", Searched.NAMES, How.BEGINS, "baptiste"),
        ("batis", Searched.NAMES, How.SOUNDS, "baptiste"),
        ("naptiste", Searched.NAMES, How.ONE_LETTER, "baptiste"),
        ("dieudonne", Searched.NAMES, How.SAME, "dieudonné"),
        ("987654321", Searched.PHONES, How.SAME, "987654321"),
    ],
)
def test_each_hit_says_why(desk: Office, jean: str, typed: str, kind: Searched, how: How, word: str) -> None:
    (hit,) = (hit for hit in finding.find(desk, typed) if hit.case == jean)
    assert [(why.kind, why.how, why.word) for why in hit.why] == [(kind, how, word)]


def test_documents_slips_and_folios_are_found(desk: Office, jean: str) -> None:
    slip = a_referral(slip="AC3K79QT")
    put(desk.vault, HeldDocument(id=new_id(), kind="passport", number="R-123 456"), slip, on=jean)
    number = people.read_case(desk, jean).person.number
    last = number.rpartition("-")[2].lstrip("0")
    for typed, kind in (
        ("R123456", Searched.PAPERS),
        ("r-123 456", Searched.PAPERS),
        ("ac3k", Searched.CODES),
        (number, Searched.CODES),
        (number.replace("-", ""), Searched.CODES),
    ):
        hits = [hit for hit in finding.find(desk, typed) if hit.case == jean]
        assert hits, typed
        assert hits[0].why[0].kind is kind
    assert jean in [hit.case for hit in finding.find(desk, last)]


def test_who_has_the_name_as_typed_comes_first(desk: Office) -> None:
    alike = opened(desk, given="Jan", surname="Pyè")
    begins = opened(desk, given="Jeanette", surname="Pierre")
    same = opened(desk, given="Jean", surname="Pierre")
    opened(desk, given="Carlos", surname="Quispe")
    assert [hit.case for hit in finding.find(desk, "jean pierre")][:2] == [same, begins]
    assert alike in [hit.case for hit in finding.find(desk, "jan pye")]


def test_a_word_that_the_file_has_not_is_told(desk: Office, jean: str) -> None:
    hit = next(hit for hit in finding.find(desk, "baptiste quiroga") if hit.case == jean)
    assert hit.missing == ("quiroga",)
    assert hit.score < 0.9


def test_two_names_written_as_one_are_cut_where_one_of_them_is_written_so(desk: Office) -> None:
    one = opened(desk, given="María José", surname="Quispe")
    vocabulary = Vocabulary()
    vocabulary.add([(1, "maría", "mr", 1), (2, "josé", "Js JS", 1)])
    assert finding.cut_in_two("mariajoze", vocabulary)[0] == ("maria", "joze")
    assert finding.cut_in_two("mariquita", vocabulary) == []
    assert finding.find(desk, "mariajoze quispe")[0].case == one


def test_the_index_is_not_asked_for_what_a_beginning_meets() -> None:
    means = [Meant("jose", 1.0, How.SAME), Meant("jose", 0.97, How.BEGINS, start=True),
             Meant("joseph", 0.9, How.VARIANT), Meant("pepe", 0.9, How.VARIANT)]  # fmt: skip
    assert finding.expression_of([means]) == '(names : ("jose"* OR "pepe"))'


def test_particles_may_be_left_out(desk: Office) -> None:
    case = opened(desk, given="María de los Ángeles", surname="de la Cruz")
    for typed in ("maria angeles cruz", "de la cruz", "delacruz", "maria de los angeles"):
        assert [hit.case for hit in finding.find(desk, typed)] == [case], typed


def test_a_changed_name_is_known_at_once(desk: Office) -> None:
    case = opened(desk, given="Wideline")
    assert [hit.case for hit in finding.find(desk, "uidelin")] == [case]
    people.edit_person(desk, people.read_case(desk, case).person, given="Zénaïda")
    assert finding.find(desk, "uidelin") == []
    assert [hit.case for hit in finding.find(desk, "senaida")] == [case]


def test_another_thread_finds_what_was_saved(desk: Office) -> None:
    reading = desk.reading()
    assert finding.find(reading, "wideline") == []
    case = opened(desk, given="Wideline")
    assert [hit.case for hit in finding.find(reading, "widline")] == [case]
    reading.close()


def test_an_erased_name_is_met_no_more(desk: Office) -> None:
    case = opened(desk, given="Zwyxandrée")
    assert finding.find(desk, "zwyxandree")
    desk.vault.erase(case)
    assert finding.find(desk, "zwyxandree") == []
    assert "zwyxandree" not in desk.vocabulary.heard


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(max_size=60))
def test_anything_may_be_typed(desk: Office, text: str) -> None:
    for hit in finding.find(desk, text):
        assert 0 <= hit.score <= 1
