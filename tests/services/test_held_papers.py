"""The papers a person holds, and what somebody has worked in."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from migrant_office.errors import Gone, UserError
from migrant_office.models.missing import Missing
from migrant_office.models.mobility import DocumentState, HeldDocument
from migrant_office.models.office import Office, new_id
from migrant_office.models.person import Person
from migrant_office.models.work import Experience, Occupation
from migrant_office.services import attachments, experiences, history, papers, people
from tests.factories import DAY

COPY = b"\x89PNG\r\n\x1a\n a copy"


@pytest.fixture
def case(desk: Office) -> str:
    id = new_id()
    people.open_case(desk, Person(id=id, given="Rose", surname="Désir"))
    return id


def a_paper(**told: object) -> HeldDocument:
    return HeldDocument(**({"id": new_id(), "kind": "passport", "state": DocumentState.HAS} | told))  # type: ignore[arg-type]


def held(office: Office, case: str) -> tuple[HeldDocument, ...]:
    return people.read_case(office, case).papers


def test_a_paper_is_noted_with_its_copy_in_one_step(desk: Office, case: str) -> None:
    paper = a_paper(number="AB123", country="HT", expires=DAY + timedelta(days=90))
    copy = attachments.keep(desk, COPY, "pasaporte.png")
    papers.put_paper(desk, case, paper, copy)
    assert held(desk, case) == (replace(paper, copy=copy.id),)
    (file,) = people.read_case(desk, case).attachments
    assert (file.about, attachments.read(desk, case, file.id)) == (paper.id, COPY)
    history.undo(desk)
    assert held(desk, case) == ()


def test_a_paper_of_which_nothing_was_told_is_there_all_the_same(desk: Office, case: str) -> None:
    papers.put_paper(desk, case, HeldDocument(id=new_id()))
    (paper,) = held(desk, case)
    assert paper.kind == papers.OTHER


def test_only_what_differs_is_written_and_a_new_copy_takes_the_place_of_the_old_one(desk: Office, case: str) -> None:
    first, second = (attachments.keep(desk, COPY + n, "a.png") for n in (b"1", b"2"))
    papers.put_paper(desk, case, a_paper(), first)
    (shown,) = held(desk, case)
    assert papers.edit_paper(desk, case, shown, state=shown.state).envelopes == ()
    papers.edit_paper(desk, case, shown, second, state=DocumentState.LOST)
    (paper,) = held(desk, case)
    assert (paper.state, paper.copy, paper.kind) == (DocumentState.LOST, second.id, "passport")
    assert [file.id for file in people.read_case(desk, case).attachments] == [second.id]
    history.undo(desk)
    assert attachments.read(desk, case, first.id) == COPY + b"1"


def test_a_copy_that_was_taken_away_leaves_the_case_and_then_the_disk(desk: Office, case: str) -> None:
    copy = attachments.keep(desk, COPY, "a.png")
    papers.put_paper(desk, case, a_paper(), copy)
    papers.edit_paper(desk, case, held(desk, case)[0], copy="")
    assert held(desk, case)[0].copy == ""
    assert people.read_case(desk, case).attachments == ()
    assert desk.vault.files.sweep(age=0) == 1


def test_a_paper_is_found_by_its_number(desk: Office, case: str) -> None:
    papers.put_paper(desk, case, a_paper(number="AB1234567"))
    assert [line.id for line in people.search(desk, "AB12345")] == [case]


def test_papers_that_end_soon_come_first_and_those_nobody_has_do_not(desk: Office, case: str) -> None:
    days = {10: "passport", -5: "visa", 200: "rut", -100: "id_card"}
    for after, kind in days.items():
        papers.put_paper(desk, case, a_paper(kind=kind, expires=DAY + timedelta(days=after)))
    papers.put_paper(desk, case, a_paper(kind="lost", expires=DAY, state=DocumentState.LOST))
    papers.put_paper(desk, case, a_paper(kind="none", expires=Missing.UNKNOWN))
    found = papers.expiring(desk)
    assert [(p.kind, p.expires - DAY) for p in found] == [("visa", timedelta(-5)), ("passport", timedelta(10))]
    assert {p.name for p in found} == {"Rose Désir"}


def test_of_a_restricted_case_the_folio_alone_and_nothing_without_the_key(desk: Office, case: str) -> None:
    papers.put_paper(desk, case, a_paper(expires=DAY))
    assert papers.expiring(desk)[0].name == "Rose Désir"
    person = people.read_case(desk, case).person
    people.edit_person(desk, person, restricted=True)
    (found,) = papers.expiring(desk)
    assert (found.name, found.number) == ("", person.number)
    desk.vault.keys = replace(desk.vault.keys, compartment=None)
    assert papers.expiring(desk) == []


def test_nothing_is_written_to_a_case_that_is_not_there(desk: Office) -> None:
    for write in (
        lambda: papers.put_paper(desk, new_id(), a_paper()),
        lambda: experiences.put_experience(desk, new_id(), Experience(id=new_id(), words="cocina")),
    ):
        with pytest.raises(Gone):
            write()


def test_an_occupation_is_noted_and_corrected(desk: Office, case: str) -> None:
    told = Experience(id=new_id(), words="Soldadora", group=Occupation.CRAFTS, years=4, country="HT", provable=False)
    experiences.put_experience(desk, case, told)
    assert people.read_case(desk, case).experiences == (told,)
    experiences.edit_experience(desk, case, told, provable=True, years=Missing.UNKNOWN)
    assert people.read_case(desk, case).experiences == (replace(told, provable=True, years=Missing.UNKNOWN),)


def test_an_occupation_needs_words_or_a_group(desk: Office, case: str) -> None:
    with pytest.raises(UserError, match="what the work was"):
        experiences.put_experience(desk, case, Experience(id=new_id(), words="  "))


def test_a_damaged_end_of_a_paper_hides_no_other(desk: Office, case: str) -> None:
    papers.put_paper(desk, case, a_paper(expires=DAY))
    desk.vault.write("UPDATE held_document SET expires = ?", (f"{DAY}x",))
    assert papers.expiring(desk) == []
