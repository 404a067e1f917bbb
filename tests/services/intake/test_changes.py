"""A case completed writes what somebody changed in the form, and nothing that a colleague or another form said."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from migrant_office.models.diversity import Barrier
from migrant_office.models.office import Office
from migrant_office.models.vault.drafts import Draft
from migrant_office.services import history, intake, people
from tests.services.intake.an_own_form import finished, load, said
from tests.services.intake.test_kept import filled, own_form

CHILDREN = ("text | given | N |", "integer | children | H |")
AGE = ("text | given | N |", "date | birth_date | F |", "integer | age | E |",
       "calculate | birth | | person.birth | | | if(${birth_date} != '', ${birth_date}, "
       "if(${age} != '', date(today() - int((${age} + 0.5) * 365.25)), ''))")  # fmt: skip


def begun(office: Office, case: str) -> Draft:
    """A completion that was saved before anybody typed."""
    draft, filling = intake.begin(office, case=case)
    return intake.save_draft(office, draft, filling)


def test_what_a_colleague_changed_meanwhile_stays(desk: Office) -> None:
    own_form(desk)
    _, case = intake.complete(
        desk, intake.new_draft(desk), filled(desk, given="Rose", surname="Jean", barriers=("transport",))
    )
    draft = begun(desk, case)
    person = people.read_case(desk, case).person
    both = frozenset({Barrier.TRANSPORT, Barrier.NO_PAPERS})
    people.edit_person(desk, person, surname="Jean-Baptiste", barriers=both)
    draft = intake.save_draft(desk, draft, intake.resume(desk, draft))
    own_form(desk, "2", "| Apellido ", "| Otro apellido ")  # and the form is another by then
    filling = intake.resume(desk, draft)
    filling.set("/contact/given", "Rosa")
    filling.set("/contact/barriers", ("health",))
    intake.complete(desk, draft, filling)
    found = people.read_case(desk, case).person
    assert (found.given, found.surname) == ("Rosa", "Jean-Baptiste")
    assert found.barriers == {Barrier.NO_PAPERS, Barrier.HEALTH}
    history.undo(desk)
    assert people.read_case(desk, case).person.barriers == both
    history.redo(desk)
    assert people.read_case(desk, case).person == found


def test_a_draft_of_an_earlier_program_is_compared_with_the_case(desk: Office) -> None:
    own_form(desk)
    _, case = intake.complete(desk, intake.new_draft(desk), filled(desk, given="Rose", surname="Jean"))
    draft = begun(desk, case)
    told = json.loads(draft.body)
    del told["begun"]
    older = replace(draft, body=json.dumps(told))
    filling = intake.resume(desk, older)
    filling.set("/contact/given", "Rosa")
    intake.complete(desk, older, filling)
    found = people.read_case(desk, case).person
    assert (found.given, found.surname) == ("Rosa", "Jean")


def test_a_code_that_the_form_does_not_offer_stays(desk: Office) -> None:
    own_form(desk)
    _, case = intake.complete(desk, intake.new_draft(desk), filled(desk, given="Rose", barriers=("transport",)))
    both = frozenset({Barrier.TRANSPORT, Barrier.NO_PAPERS})
    people.edit_person(desk, people.read_case(desk, case).person, barriers=both)
    draft, filling = intake.begin(desk, case=case)
    filling.set("/contact/barriers", ("transport", "health"))
    intake.complete(desk, draft, filling)
    assert people.read_case(desk, case).person.barriers == {*both, Barrier.HEALTH}


def test_saved_without_a_change_nothing_of_the_person_is_written(desk: Office) -> None:
    load(desk, "text | given | N |", "text | campaign | C |")
    case = finished(desk, {"/given": "Rose", "/campaign": "Plaza"})
    load(desk, "text | given | N |", "text | campaign | C | | | Feria", "text | sought | S | | | cocina",
         "calculate | place | | person.address | | | 'x'", "select_one si_no | sex | X |", version="2")  # fmt: skip
    before = dict(desk.case(case).cells["person"])
    draft, filling = intake.begin(desk, case=case)
    intake.complete(desk, draft, filling)
    assert desk.case(case).cells["person"] == before


def test_an_answer_that_wants_another_look_takes_nothing_away(desk: Office) -> None:
    load(desk, *CHILDREN)
    case = finished(desk, {"/children": "2"})
    draft, filling = intake.begin(desk, case=case)
    filling.set("/children", "dos o tres")
    intake.complete(desk, draft, filling)
    assert people.read_case(desk, case).person.children == 2
    assert "dos o tres" in said(desk, case)


@pytest.mark.parametrize(("age", "kept"), [("unos treinta", True), (None, False)])
def test_a_birth_stays_until_it_is_taken_away(desk: Office, age: str | None, *, kept: bool) -> None:
    load(desk, *AGE)
    case = finished(desk, {"/birth_date": "1996-05-04"})
    before = people.read_case(desk, case).person.birth
    assert before is not None
    draft, filling = intake.begin(desk, case=case)
    filling.set("/birth_date", None)
    filling.set("/age", age)
    intake.complete(desk, draft, filling)
    assert people.read_case(desk, case).person.birth == (before if kept else None)
