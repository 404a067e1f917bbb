"""The household on the case page: begun, joined, left, and each member one step away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from migrant_office.app import Window
from migrant_office.i18n import _
from migrant_office.models.household import Member, Role
from migrant_office.models.missing import Missing
from migrant_office.services import households, people
from migrant_office.services.households import MemberLine
from migrant_office.ui.case_file.case_page import CasePage
from migrant_office.ui.case_file.household_card import row_of
from migrant_office.ui.case_file.member_dialog import AddMemberDialog, MemberDialog
from tests.ui.case_file.test_papers import do, office_of
from tests.ui.looking import cut_labels, live, press, settle, squeezed, write
from tests.ui.walking import front, open_bare_case, until

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(window: Window) -> CasePage:
    return open_bare_case(window)


@pytest.fixture
def child(page: CasePage) -> str:
    """The case of another person, a minor, in the household of the one on screen."""
    found: list[str] = []
    page.operations.ask(page, lambda office: [line.id for line in people.recent(office)], found.extend)
    settle(page.operations)
    here, other = page.case_id, next(id for id in found if id != page.case_id)

    def born(office):
        person = people.read_case(office, other).person
        return people.edit_person(office, person, given="Wilna", birth=date(2018, 1, 1))

    do(page.operations, born)
    do(page.operations, lambda office: households.start_household(office, here, Member(id=other, role=Role.CHILD)))
    until(lambda: len(page.household.row_widgets) == 2, "household")
    return other


def line(page: CasePage, case: str) -> MemberLine:
    assert page.household.view is not None
    return next(m for m in page.household.view.members if m.member.id == case)


def row(page: CasePage, case: str):
    return next(r for r in page.household.row_widgets if r.spec().key == case)


def test_a_household_is_begun_with_a_person_found_by_name(page: CasePage) -> None:
    page.household.add_button.click()
    dialog = front(AddMemberDialog)
    dialog.agree()
    assert dialog.finder.field.warning(), "it says what is missing"
    write("mar")
    until(lambda: dialog.finder.hits, "people")
    assert page.case_id not in {hit.id for hit in dialog.finder.hits}
    press(Qt.Key.Key_Return)  # as on paper: on to the next, the first one found
    press(Qt.Key.Key_Return)
    assert dialog.finder.chosen == dialog.finder.hits[0]
    assert (cut_labels(dialog), squeezed(dialog)) == ([], [])
    dialog.role.setCurrentIndex(dialog.role.findData(Role.SIBLING.value))
    chosen = dialog.finder.hits[0].id
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: len(page.household.row_widgets) == 2, "household")
    assert line(page, page.case_id).member.role is Role.SPEAKER
    assert line(page, chosen).member.role is Role.SIBLING
    assert page.case is not None
    assert page.case.person.household


def test_nobody_found_is_said(page: CasePage) -> None:
    page.household.add_button.click()
    dialog = front(AddMemberDialog)
    write("zzzz")
    until(lambda: dialog.finder.found.count() == 1, "words")
    dialog.reject()
    live(30)


def test_a_member_of_another_household_is_refused_in_words(page: CasePage, child: str) -> None:
    found: list[people.PersonLine] = []
    page.operations.ask(page, people.recent, found.extend)
    settle(page.operations)
    third, fourth = [one.id for one in found if one.id not in (page.case_id, child)][:2]
    do(page.operations, lambda office: households.start_household(office, third, Member(id=fourth)))
    page.household.add_button.click()
    dialog = front(AddMemberDialog)
    dialog.finder.hits = [one for one in found if one.id == fourth]
    dialog.finder.choose(fourth)
    dialog.agree()
    until(lambda: not dialog.trouble.isHidden(), "trouble")
    dialog.reject()
    live(30)


def test_somebody_answers_for_a_minor(page: CasePage, child: str) -> None:
    assert [mark.tone for mark in row(page, child).spec().marks] == ["warn"]
    row(page, child).click()
    dialog = front(MemberDialog)
    assert not dialog.guardian_field.isHidden()
    dialog.guardian.setCurrentIndex(dialog.guardian.findData(page.case_id))
    dialog.agree()
    until(lambda: line(page, child).member.guardian == page.case_id, "guardian")
    until(lambda: row(page, child).spec().marks == (), "no mark")


def test_a_member_leads_to_her_own_case(page: CasePage, child: str) -> None:
    row(page, child).click()
    front(MemberDialog).see.click()
    until(lambda: page.case is not None and page.case.person.id == child, "the other case")
    until(lambda: len(page.household.row_widgets) == 2, "the same household")
    assert QApplication.activeModalWidget() is None


def test_the_case_on_screen_does_not_lead_to_itself(page: CasePage, child: str) -> None:
    row(page, page.case_id).click()
    dialog = front(MemberDialog)
    assert dialog.see.isHidden()
    assert dialog.guardian_field.isHidden(), "nobody answers for an adult"
    dialog.reject()
    live(30)


def test_separating_leaves_both_cases_and_can_be_undone(page: CasePage, child: str) -> None:
    row(page, child).click()
    front(MemberDialog).separate.click()
    until(lambda: len(page.household.row_widgets) == 1, "separated")
    press(Qt.Key.Key_Z, CTRL)
    until(lambda: len(page.household.row_widgets) == 2, "together again")


def test_who_separates_the_case_on_screen_sees_no_household(page: CasePage, child: str) -> None:
    row(page, page.case_id).click()
    front(MemberDialog).separate.click()
    until(lambda: page.household.row_widgets == [], "nobody")
    assert page.case is not None
    assert page.case.person.household == ""


def test_a_restricted_member_stands_there_for_nobody_without_the_key(page: CasePage, child: str) -> None:
    do(
        page.operations,
        lambda office: people.edit_person(office, people.read_case(office, child).person, restricted=True),
    )
    office = office_of(page)
    office.vault.keys = replace(office.vault.keys, compartment=None)
    page.read()
    until(lambda: len(page.household.row_widgets) == 1, "left out")
    assert "Wilna" not in page.household.row_widgets[0].spec().spoken()


def test_a_guardian_who_may_not_be_seen_stays_the_guardian(page: CasePage, child: str) -> None:
    home, here = line(page, child), page.case_id
    view = page.household.view
    assert view is not None
    told = replace(home, member=replace(home.member, guardian="somebody else"))
    dialog = MemberDialog(page.operations, view, told, here, page)
    assert not dialog.written()
    dialog.role.setCurrentIndex(dialog.role.findData(Role.GRANDCHILD.value))
    assert dialog._changes() == {"role": Role.GRANDCHILD}
    dialog.deleteLater()


def test_a_member_of_whom_nothing_is_known_has_a_row(dressed: None) -> None:
    spec = row_of(MemberLine(Member(id="x", role=Missing.NOT_ASKED), "x", "", "", None), "y")
    assert (spec.title, spec.hint, spec.marks) == (_("No name noted"), "", ())
