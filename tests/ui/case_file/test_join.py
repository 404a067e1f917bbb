"""Joining two case files of which nothing made anybody think that they are one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from migrant_office.app import Window
from migrant_office.services import people
from migrant_office.ui.case_file.case_page import CasePage
from migrant_office.ui.case_file.join_dialog import JoinDialog
from migrant_office.ui.merging.merge_dialog import MergeDialog
from tests.ui.case_file.test_papers import do
from tests.ui.looking import cut_labels, press, settle, squeezed, write
from tests.ui.walking import front, open_referred_case, until

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(window: Window) -> CasePage:
    return open_referred_case(window)


@pytest.fixture
def other(page: CasePage) -> people.PersonLine:
    """Somebody else, called by a name that nobody else has."""
    found: list[people.PersonLine] = []
    page.operations.ask(page, people.recent, found.extend)
    settle(page.operations)
    line = next(one for one in found if one.id != page.case_id and not one.restricted)

    def named(office):
        return people.edit_person(office, people.read_case(office, line.id).person, given="Zulmira")

    do(page.operations, named)
    return line


def test_another_case_is_found_compared_and_joined_by_keys(page: CasePage, other: people.PersonLine) -> None:
    page.joined.add_button.setFocus()
    press(Qt.Key.Key_Space)
    finding = front(JoinDialog)
    press(Qt.Key.Key_Return, CTRL)
    assert finding.finder.field.warning(), "it says what is missing"
    write("zulmira")
    until(lambda: finding.finder.hits, "people")
    assert (cut_labels(finding), squeezed(finding)) == ([], [])
    press(Qt.Key.Key_Return, CTRL)  # the only one found
    comparing = front(MergeDialog)
    until(lambda: comparing.pair, "both files")
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: page.joined.row_widgets, "joined")
    assert {row.spec().key for row in page.joined.row_widgets} <= {page.case_id, other.id}


def test_the_case_itself_is_not_offered(page: CasePage) -> None:
    assert page.case is not None
    page.joined.add_button.click()
    finding = front(JoinDialog)
    write(page.case.person.number)
    settle(page.operations)
    assert page.case_id not in {hit.id for hit in finding.finder.hits}
    finding.reject()
