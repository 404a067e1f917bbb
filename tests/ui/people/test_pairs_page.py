"""Personas repetidas: a search that can be stopped, and what is done with a pair, by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from migrant_office.app import Window
from migrant_office.models.judgement import Verdict
from migrant_office.models.office import Office
from migrant_office.services import pairs
from migrant_office.services.pairs import Pair
from migrant_office.ui.case_file.case_page import CasePage
from migrant_office.ui.merging.merge_dialog import MergeDialog
from migrant_office.ui.merging.separate_dialog import SeparateDialog
from migrant_office.ui.people.pairs_page import PairsPage
from tests.ui.looking import press, settle
from tests.ui.walking import a_pair, front, open_case, page_of, space_of, until


@pytest.fixture
def pair(window: Window) -> tuple[str, str]:
    return a_pair(window)


@pytest.fixture
def page(window: Window, pair: tuple[str, str]) -> PairsPage:
    space_of(window).go("people")
    settle(window.operations)
    found = page_of(window, PairsPage)
    space_of(window).go("pairs")
    until(lambda: found.found, "pairs")
    return found


def test_what_was_said_at_the_desk_waits(page: PairsPage, pair: tuple[str, str]) -> None:
    (waiting,) = page.found
    assert {waiting.one.id, waiting.other.id} == set(pair)
    assert waiting.verdict is Verdict.SAME


def test_the_search_is_stopped_and_goes_on(window: Window, page: PairsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "AT_ONCE", 150)
    page.go_on.click()
    until(lambda: page.last is not None and 0 < page.last.share < 1, "half way")
    page.go_on.click()
    settle(window.operations, 4)
    assert not page.running
    assert page.last is not None
    half = page.last.share
    assert 0 < half < 1
    assert page.bar.isVisible()
    monkeypatch.setattr(pairs, "AT_ONCE", 50_000)
    page.go_on.click()
    until(lambda: page.last is not None and page.last.ended is not None, "end")
    until(lambda: not page.running, "stopped")
    assert not page.bar.isVisible()
    assert any(p.likeness.reasons for p in page.found)


def test_another_place_does_not_stop_it(window: Window, page: PairsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "AT_ONCE", 400)
    page.go_on.click()
    space_of(window).go("today")
    until(lambda: not page.running, "end")
    ended: list[pairs.Search | None] = []
    assert window.operations is not None
    window.operations.ask(window, pairs.last_search, ended.append)
    until(lambda: ended, "asked")
    assert ended[0] is not None
    assert ended[0].ended


def test_a_pair_is_joined_and_separated_by_keys(window: Window, page: PairsPage, pair: tuple[str, str]) -> None:
    page.list.setFocus()
    press(Qt.Key.Key_Return)
    joining = front(MergeDialog)
    until(lambda: joining.pair, "compared")
    settle(window.operations)
    press(Qt.Key.Key_2)  # the given name of the other file
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    until(lambda: not page.found, "joined")
    case = page_of(window, CasePage)
    space_of(window).open_case(pair[1])  # the old id leads on
    until(lambda: case.case is not None, "case")
    assert case.case is not None
    assert (case.case.person.id, case.case.person.given) == (pair[0], "Jan Wobè")
    assert case.case.person.email == "jan@example.org"
    until(lambda: case.joined.row_widgets, "joined file")
    settle(window.operations)  # rows are made anew while cards still read
    case.joined.row_widgets[0].setFocus()
    press(Qt.Key.Key_Return)
    apart = front(SeparateDialog)
    until(lambda: apart.primary.isEnabled(), "plan")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    until(lambda: not case.joined.row_widgets, "separated")
    again = open_case(window, pair[0]).case
    assert again is not None
    assert again.person.given == "Jean-Robert"


def test_two_persons_are_told_once(window: Window, page: PairsPage) -> None:
    page.judge(Verdict.OTHER)
    until(lambda: not page.found, "judged")
    assert "0" in page.header._hint.text()


def test_the_other_file_may_be_kept(window: Window, page: PairsPage, pair: tuple[str, str]) -> None:
    page.join()
    joining = front(MergeDialog)
    until(lambda: joining.pair, "compared")
    joining.turn.click()
    until(lambda: joining.pair and joining.pair.kept.person.id == pair[1], "turned")
    joining.agree()
    until(lambda: not page.found, "joined")
    roots: list[str] = []
    assert window.operations is not None
    window.operations.ask(window, lambda office: who(office, pair[0]), roots.append)
    until(lambda: roots, "asked")
    assert roots == [pair[1]]


def who(office: Office, id: str) -> str:
    return office.vault.who(id)


def test_rows_say_why(page: PairsPage) -> None:
    pair: Pair = page.found[0]
    row = page.list.rows.row(0)
    assert pair.one.name in row.title
    assert row.hint
