"""From the code to the answer: what a scanner types, what is told beside the field, and what stays the search's."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from migrant_office.app import Window
from migrant_office.i18n import translator
from migrant_office.models.slip import SYMBOLS, checked, new_code
from migrant_office.services import slips
from migrant_office.ui.case_file.answer_entry import CodeDialog
from migrant_office.ui.case_file.case_page import CasePage
from migrant_office.ui.case_file.step_dialog import StepDialog
from migrant_office.ui.people.people_page import PeoplePage
from tests.ui.looking import press, settle, write
from tests.ui.walking import front, open_bare_case, page_of, space_of, until


@pytest.fixture
def page(window: Window) -> CasePage:
    return open_bare_case(window)


@pytest.fixture
def code(page: CasePage) -> str:
    assert page.case is not None
    return page.case.referrals[0].referral.slip


def search(window: Window, text: str) -> None:
    space_of(window).search.take_focus()
    write(text)
    press(Qt.Key.Key_Return)


def test_a_whole_code_in_the_search_opens_the_answer(window: Window, page: CasePage, code: str):
    space_of(window).go("month")
    search(window, code.lower())
    dialog = front(StepDialog)
    assert dialog.followed.referral.slip == code
    assert space_of(window).current == "case"
    assert space_of(window).search.text() == ""
    dialog.reject()
    settle(window.operations)
    page.read()
    settle(window.operations, 3)
    assert QApplication.activeModalWidget() is None, "asked once, not again with every change"


def test_a_name_and_a_folio_are_still_the_search_s(window: Window, page: CasePage):
    assert page.case is not None
    for text in (page.case.person.number, "Rose Sosa"):
        space_of(window).go("today")
        search(window, text)
        until(lambda: space_of(window).current == "case", text)
        assert QApplication.activeModalWidget() is None


def test_half_a_code_is_the_search_s_too(window: Window, page: CasePage, code: str):
    space_of(window).go("today")
    search(window, code[:6])
    until(lambda: space_of(window).current == "case", "the hit")
    assert QApplication.activeModalWidget() is None


def test_a_code_of_nobody_is_told_and_opens_nothing(window: Window, page: CasePage, code: str):
    said: list[str] = []
    page_of(window, PeoplePage).said.connect(said.append)
    tag = code[:2]
    unknown = checked(f"{tag}0000000")
    search(window, unknown)
    until(lambda: said, "told")
    assert said == [translator().gettext(slips.UNKNOWN)]
    assert (space_of(window).current, QApplication.activeModalWidget()) == ("people", None)


def test_the_key_asks_for_the_code_anywhere_and_says_beside_the_field_what_is_wrong(
    window: Window, page: CasePage, code: str
):
    for place in ("today", "services", "month", "case"):
        space_of(window).go(place)
        settle(window.operations)
        press(Qt.Key.Key_F7)
        front(CodeDialog).reject()
        settle(window.operations)
    press(Qt.Key.Key_F7)
    dialog = front(CodeDialog)
    assert dialog.focusWidget() is dialog.code
    wrong = code[:-1] + next(symbol for symbol in SYMBOLS if symbol != code[-1])
    other = next(c for n in range(9) if not (c := new_code(f"x{n}", "r")).startswith(code[:2]))
    for typed, sentence in (("", slips.NO_CODE), (wrong, slips.WRONG), (other, slips.OTHER)):
        dialog.code.setText(typed)
        press(Qt.Key.Key_Return)
        until(lambda s=sentence: dialog.field.warning() == translator().gettext(s), sentence)
    dialog.code.setText(f" {code[:3].lower()} {code[3:6]} {code[6:]} ")
    press(Qt.Key.Key_Return)
    assert front(StepDialog).followed.referral.slip == code


def test_the_menu_has_it_for_whoever_has_no_key_in_mind(window: Window):
    action = space_of(window).answers.action
    assert action in space_of(window).menu.actions()
    assert action.text()
    action.trigger()
    front(CodeDialog).reject()
