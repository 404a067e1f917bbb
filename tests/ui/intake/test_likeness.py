"""Whoever may be registered already is shown while the form is typed; nothing of it stands in the way."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from migrant_office.app import Window
from migrant_office.models.judgement import Judgement, Verdict
from migrant_office.models.office import Office, new_id
from migrant_office.models.operations import Op
from migrant_office.models.person import Person
from migrant_office.models.vault.nouns import Home, Ref
from migrant_office.services import intake, people
from migrant_office.ui.case_file.case_page import CasePage
from migrant_office.ui.intake.intake_page import IntakePage
from migrant_office.ui.page import IntakeWish
from tests.ui.looking import press, settle
from tests.ui.walking import page_of, space_of, until

ROBERT = Person(id=new_id(), given="Jean-Robert", surname="Baptiste", birth=date(1991, 4, 7), phone="+56 9 8765 4321")


@pytest.fixture
def page(window: Window) -> IntakePage:
    made: list[object] = []
    space_of(window).operations.run(window, lambda office: people.open_case(office, ROBERT), made.append)
    until(lambda: made, "written")
    found = page_of(window, IntakePage)
    space_of(window).start_intake(IntakeWish("quick"))
    until(lambda: found.views, "form")
    return found


def answer(page: IntakePage, **told: str) -> None:
    addresses = {view.question.name: addr for addr, view in page.views.items()}
    for name, value in told.items():
        page.take(addresses[name], value)


ALIKE = {"given": "Jan Wobè", "surname": "Batis", "age_or_year": "1991", "contact_rule": "any", "phone": "987654321"}


def test_after_three_answers_somebody_known_is_named(page: IntakePage) -> None:
    answer(page, given="Jean-Robert", surname="Baptiste")
    settle(page.operations, 12)
    assert not page.watch.panel.isVisible()
    answer(page, age_or_year="1991", contact_rule="any", phone="987654321")
    until(lambda: page.watch.panel.known, "known")
    assert [known.line.id for known in page.watch.panel.known] == [ROBERT.id]
    assert page.watch.panel.isVisible()


def test_another_person_is_kept_with_the_case(window: Window, page: IntakePage) -> None:
    answer(page, **ALIKE)
    until(lambda: page.watch.panel.known, "known")
    page.watch.panel.judged.emit(ROBERT.id, Verdict.OTHER)
    until(lambda: not page.watch.panel.isVisible(), "gone")
    page._complete()
    case = page_of(window, CasePage)
    until(lambda: case.case and case.case.person.given == "Jan Wobè", "case")
    said = read(window, ROBERT.id)
    assert case.case is not None
    assert said[case.case.person.id].verdict is Verdict.OTHER


def test_not_sure_comes_back_with_the_draft(window: Window, page: IntakePage) -> None:
    answer(page, **ALIKE)
    until(lambda: page.watch.panel.known, "known")
    page.watch.panel.judged.emit(ROBERT.id, Verdict.UNSURE)
    page.save_now()
    settle(window.operations)
    assert page.draft is not None
    draft = page.draft
    space_of(window).start_intake(None)
    until(lambda: page.draft is not None and page.draft.id != draft.id, "other form")
    space_of(window).start_intake(draft)
    until(lambda: page.watch.panel.said.get(ROBERT.id) is Verdict.UNSURE, "said")


def test_what_is_said_and_a_file_chosen_afterwards_are_both_kept(window: Window, page: IntakePage) -> None:
    answer(page, **ALIKE)
    until(lambda: page.watch.panel.known, "known")
    page.watch.panel.judged.emit(ROBERT.id, Verdict.UNSURE)
    page.files.beside["attachments"]["f"] = {"name": "x"}
    assert page.keeper.beside is page.files.beside
    assert set(page.keeper.beside) >= {"judged", "attachments"}
    assert page.keeper.beside["attachments"]


def test_the_same_person_goes_on_in_her_file(window: Window, page: IntakePage) -> None:
    answer(page, **ALIKE)
    until(lambda: page.watch.panel.same, "known")
    page.watch.panel.same[0].setFocus()
    press(Qt.Key.Key_Space)
    until(lambda: page.draft is not None and page.draft.subject == ROBERT.id, "her file")
    assert page.filling is not None
    told = page.filling.mapped()
    assert (told["person.given"], told["person.surname"]) == ("Jean-Robert", "Baptiste")
    assert "Jan Wobè" in str(told.get("person.other_names"))
    assert told["person.birth"] == "1991-04-07"
    waiting: list[object] = []
    assert window.operations is not None
    window.operations.ask(window, lambda office: len(intake.waiting(office)), waiting.append)
    until(lambda: waiting, "drafts")


def test_a_restricted_case_is_named_to_nobody_without_the_key(window: Window, page: IntakePage) -> None:
    """What the panel asks is what the search asks: only who may be seen."""
    made: list[object] = []

    def hidden(office: Office) -> None:
        with office.case_operation(Op.EDIT_PERSON, ROBERT.id) as op:
            op.set(people.read_case(office, ROBERT.id).person, restricted=True)
        object.__setattr__(office.vault.keys, "compartment", None)

    space_of(window).operations.run(window, hidden, made.append)
    until(lambda: made, "hidden")
    answer(page, **ALIKE)
    settle(window.operations, 20)
    assert page.watch.panel.known == ()


def read(window: Window, case: str) -> dict[str, Judgement]:
    found: list[dict[str, Judgement]] = []
    assert window.operations is not None
    window.operations.ask(
        window, lambda office: dict(office.vault.file(Ref(Home.CASE, case)).all(Judgement)), found.append
    )
    until(lambda: found, "read")
    return found[0]
