from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from migrant_office import clock
from migrant_office.errors import NotAllowed, UserError
from migrant_office.models.encounter import Channel
from migrant_office.models.missing import Missing
from migrant_office.models.need import NeedKind, UnmetReason
from migrant_office.models.office import Office, new_id, unlock
from migrant_office.models.operations import Op
from migrant_office.models.person import Person, Schooling, Sex
from migrant_office.models.restricted import Protection
from migrant_office.models.vault import access
from migrant_office.models.vault.nouns import Home, Ref, changed
from migrant_office.services import history, people
from tests.factories import DAY, PASSPHRASE


def opened(office: Office, **told: Any) -> Person:
    """A case opened at the desk, as the office knows it afterwards."""
    person = Person(id=new_id(), **told)
    people.open_case(office, person)
    return people.read_case(office, person.id).person


def names(office: Office, text: str) -> list[str]:
    return [line.name for line in people.search(office, text)]


def test_a_case_needs_no_answer_at_all(desk: Office) -> None:
    person = opened(desk)
    assert person.name == ""
    assert person.sex is Missing.NOT_ASKED
    assert person.opened == DAY
    assert people.count(desk) == 1
    assert [line.id for line in people.recent(desk)] == [person.id]


def test_what_was_told_at_the_first_visit_is_one_operation(desk: Office) -> None:
    person = Person(id=new_id(), given="Rose")
    done = people.open_case(
        desk,
        person,
        people.new_need(NeedKind.WORK),
        people.new_need(NeedKind.FOOD, words=" pan "),
        encounter=people.new_encounter(desk, Channel.PHONE, " llamó "),
    )
    found = people.read_case(desk, person.id)
    assert done.op == Op.OPEN_CASE
    assert {need.kind: need.words for need in found.needs} == {NeedKind.WORK: "", NeedKind.FOOD: "pan"}
    assert [(e.channel, e.note, e.made, e.recorded) for e in found.encounters] == [(Channel.PHONE, "llamó", DAY, DAY)]
    assert len(desk.undoable) == 1


def test_every_case_has_its_restricted_part(desk: Office) -> None:
    """Its presence tells nothing."""
    person = opened(desk)
    assert desk.vault.file(Ref(Home.RESTRICTED, person.id)).one(Protection) == Protection(id=person.id, kept=True)


def test_an_earlier_contact_counts_on_the_day_it_was_written_down(desk: Office) -> None:
    before = DAY - timedelta(days=40)
    encounter = people.new_encounter(desk, Channel.FIELD, made=before)
    assert (encounter.made, encounter.recorded) == (before, DAY)


def test_an_attention_and_the_need_told_in_it_are_one_act(desk: Office) -> None:
    person = opened(desk, given="Rose")
    done = people.add_encounter(
        desk, person.id, Channel.WHATSAPP, "Pide hora", need=NeedKind.HOUSING, unmet=UnmetReason.NO_PLACES
    )
    found = people.read_case(desk, person.id)
    assert done.touches("encounter")
    assert done.touches("need")
    assert [need.kind for need in found.unmet] == [NeedKind.HOUSING]
    assert found.encounters[0].officer == desk.officer
    history.undo(desk)
    found = people.read_case(desk, person.id)
    assert (found.encounters, found.needs) == ((), ())


def test_a_need_is_told_in_the_person_s_words(desk: Office) -> None:
    person = opened(desk)
    people.add_need(desk, person.id, NeedKind.OTHER, words="  una silla de ruedas ")
    people.add_need(desk, person.id, NeedKind.WORK, UnmetReason.NO_OFFER)
    found = people.read_case(desk, person.id)
    assert {(n.kind, n.words, n.unmet) for n in found.needs} == {
        (NeedKind.OTHER, "una silla de ruedas", None),
        (NeedKind.WORK, "", UnmetReason.NO_OFFER),
    }
    assert [n.kind for n in found.unmet] == [NeedKind.WORK]


def test_an_edit_changes_only_what_the_officer_changed(desk: Office) -> None:
    shown = opened(desk, given="Rose", phone="+56 9 5555 0001")
    people.edit_person(desk, shown, phone="+56 9 5555 0002")
    people.edit_person(desk, shown, sex=Sex.WOMAN)  # from a page that still shows the old number
    person = people.read_case(desk, shown.id).person
    assert (person.phone, person.sex, person.given) == ("+56 9 5555 0002", Sex.WOMAN, "Rose")


def test_an_answer_can_be_taken_back(desk: Office) -> None:
    shown = opened(desk, schooling=Schooling.PRIMARY, birth=date(1990, 1, 2), children=3)
    people.edit_person(desk, shown, schooling=Missing.REFUSED, birth=Missing.UNKNOWN, children=None)
    person = people.read_case(desk, shown.id).person
    assert (person.schooling, person.birth, person.children) == (Missing.REFUSED, Missing.UNKNOWN, None)


def test_looking_at_a_case_is_written_down(desk: Office) -> None:
    person = opened(desk)
    people.read_case(desk, person.id)
    looks = [(entry.act, entry.subject) for entry in access.entries(desk.vault)]
    assert looks == [("case", person.id)] * 2
    assert access.first_bad(desk.vault) is None


def test_a_case_that_is_not_there_is_neither_read_nor_noted(desk: Office) -> None:
    with pytest.raises(UserError):
        people.read_case(desk, new_id())
    assert access.entries(desk.vault) == []


ACTS: dict[str, Callable[[Office, Person], Any]] = {
    "edit": lambda office, person: people.edit_person(office, person, phone="+56 9 5555 0009"),
    "attention": lambda office, person: people.add_encounter(office, person.id, Channel.PHONE),
    "need": lambda office, person: people.add_need(office, person.id, NeedKind.WORK),
}


@pytest.mark.parametrize("act", ACTS)
def test_nothing_is_added_to_a_case_that_was_undone(desk: Office, act: str) -> None:
    """A page may still show it; what it writes would belong to nobody, or open a ghost of a case."""
    person = opened(desk, given="Rose")
    history.undo(desk)
    with pytest.raises(UserError, match="does not exist any more"):
        ACTS[act](desk, person)
    assert people.count(desk) == 0
    assert desk.vault.read("SELECT doc FROM encounter UNION SELECT doc FROM need") == []
    assert history.next_redo(desk) is Op.OPEN_CASE  # what failed is no operation


@pytest.mark.parametrize("act", ACTS)
def test_an_erased_case_takes_nothing_more(desk: Office, act: str) -> None:
    person = opened(desk, given="Rose")
    desk.vault.erase(person.id)
    with pytest.raises(NotAllowed):
        ACTS[act](desk, person)
    assert people.search(desk, "rose") == []


# folios


def folio(office: Office) -> int:
    return int(opened(office).number.rsplit("-", 1)[1])


def test_folios_name_the_city_and_the_device_and_go_up(desk: Office) -> None:
    first = opened(desk)
    assert first.number == f"SC-{desk.vault.keys.device[:3].upper()}-00001"
    assert [folio(desk) for _ in range(3)] == [2, 3, 4]


def test_a_folio_is_never_given_twice(desk: Office) -> None:
    """It may stand on paper already."""
    undone = opened(desk)
    history.undo(desk)
    erased = opened(desk)
    desk.vault.erase(erased.id)
    assert len({undone.number, erased.number, opened(desk).number}) == 3


def test_a_refused_operation_uses_up_no_folio(desk: Office) -> None:
    person = Person(id="x/y")  # an id holds no slash
    with pytest.raises(ValueError, match="slash"), desk.operation(Op.OPEN_CASE, "x") as op:
        people.put_case(desk, op, person)
    assert desk.vault.read("SELECT * FROM person") == []
    assert folio(desk) == 1


def test_folios_go_on_in_the_next_session_and_past_their_width(desk: Office) -> None:
    folio(desk)
    desk.vault.write("UPDATE counter SET last = 99998")
    desk.close()
    again = unlock(desk.folder, PASSPHRASE)
    try:
        assert [folio(again) for _ in range(3)] == [99_999, 100_000, 100_001]
    finally:
        again.close()


def test_an_import_may_bring_a_folio_of_its_own(desk: Office) -> None:
    assert opened(desk, number="M-17").number == "M-17"


# search

ROSE = {
    "given": "Rose-Andrée",
    "surname": "Jean-Baptiste",
    "second_surname": "Désir",
    "chosen_name": "Andy",
    "phone": "+56 9 5555 0123",
}


@pytest.mark.parametrize(
    "typed",
    [
        "rose",
        "ROSE",
        "Ros",
        "andree",
        "andrée",
        "jean baptiste",
        "jeanbaptiste",
        "baptiste jean",
        "desir rose",
        "Désir",
        "andy",
        "bap ros",
        "  rose   desir ",
        "5555 0123",
        "955550123",
        "56955550123",
        "+56 9 5555",
        "00001",
        "jean-b",
        "rose, désir",
        "“rose”",
    ],
)
def test_she_is_found(desk: Office, typed: str) -> None:
    opened(desk, **ROSE)
    opened(desk, given="Marisol", surname="Quispe", phone="+51 1 444 4444", number="X-2")
    assert names(desk, typed) == ["Andy Jean-Baptiste Désir"]


@pytest.mark.parametrize("typed", ["", "   ", "-", '"', "*", "rufina", "se", "guadalupe quiroga", "9999"])
def test_nobody_is_found(desk: Office, typed: str) -> None:
    opened(desk, **ROSE)
    opened(desk, given="Marisol", surname="Quispe")
    assert names(desk, typed) == []


@pytest.mark.parametrize(
    "typed",
    [
        "AND",
        "rose OR x",
        "NEAR(rose)",
        "words:rose",
        "rose*",
        "'; DROP TABLE person",
        "^rose",
        "rose\x00",
        "🙂 rose",
        "(" * 50,
        "ñ" * 500,
    ],
)
def test_anything_may_be_typed(desk: Office, typed: str) -> None:
    opened(desk, **ROSE)
    people.search(desk, typed)


def test_letters_of_other_names(desk: Office) -> None:
    opened(desk, given="Iñaki", surname="D'Ángelo")
    opened(desk, given="Françoise", surname="Nuñez")
    assert names(desk, "inaki dangelo") == names(desk, "iñaki d'angelo") == ["Iñaki D'Ángelo"]
    assert names(desk, "francoise nunez") == ["Françoise Nuñez"]


def test_the_folio_is_found_as_it_stands_on_paper(desk: Office) -> None:
    person = opened(desk, given="Rose")
    assert names(desk, person.number) == names(desk, person.number.lower().replace("-", " ")) == ["Rose"]


def test_the_whole_name_comes_first_then_the_newest(desk: Office) -> None:
    for given in ("Ana", "Anaís", "Anabel"):
        opened(desk, given=given)
    assert names(desk, "ana") == ["Ana", "Anabel", "Anaís"]


def test_a_name_changed_is_found_by_the_new_one_alone(desk: Office) -> None:
    shown = opened(desk, given="Guadalupe")
    people.edit_person(desk, shown, given="Rose")
    assert (names(desk, "guadalupe"), names(desk, "rose")) == ([], ["Rose"])
    history.undo(desk)
    assert (names(desk, "guadalupe"), names(desk, "rose")) == (["Guadalupe"], [])
    history.redo(desk)
    assert (names(desk, "guadalupe"), names(desk, "rose")) == ([], ["Rose"])


def test_who_was_undone_is_not_found_and_comes_back(desk: Office) -> None:
    opened(desk, given="Rose")
    history.undo(desk)
    assert (names(desk, "rose"), people.count(desk), people.recent(desk)) == ([], 0, [])
    history.redo(desk)
    assert names(desk, "rose") == ["Rose"]


def test_services_are_no_people(desk: Office) -> None:
    assert people.search(desk, "oficina") == []


def test_a_line_tells_what_helps_to_recognise_somebody(desk: Office) -> None:
    person = opened(desk, given="Rose", birth=date(1990, 3, 3), nationality="HT")
    people.add_encounter(desk, person.id, Channel.PHONE)
    (line,) = people.search(desk, "rose")
    assert (line.age, line.nationality, line.last_contact, line.number) == (35, "HT", DAY, person.number)
    with clock.at(datetime(2026, 3, 3, 12).astimezone()):
        assert people.search(desk, "rose")[0].age == 36


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"birth": Missing.REFUSED, "nationality": Missing.REFUSED},
        {"nationality": "other", "nationality_words": "Guyana"},
    ],
)
def test_a_line_without_answers_is_empty_there(desk: Office, told: dict[str, Any]) -> None:
    opened(desk, given="Rose", **told)
    (line,) = people.search(desk, "rose")
    assert (line.age, line.nationality, line.last_contact) == (None, "", None)


def test_a_list_survives_what_a_newer_program_wrote(desk: Office) -> None:
    person = opened(desk, given="Rose")
    with desk.operation(Op.EDIT_PERSON, person.id) as op:
        op.cells(Ref(Home.CASE, person.id), "person", [("/birth", "soon"), ("/nationality", 5), ("/sex", "new-code")])
        op.put(changed(people.new_encounter(desk, Channel.PHONE), made="some day"))
    (line,) = people.search(desk, "rose")
    assert (line.age, line.nationality, line.last_contact) == (None, "", None)
    assert people.read_case(desk, person.id).person.given == "Rose"
