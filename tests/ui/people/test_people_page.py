"""Personas: what the list says when there are more, fewer or none, and what is bold in a name."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from migrant_office.services import people
from migrant_office.services.people import PersonLine
from migrant_office.ui.operations import Operations
from migrant_office.ui.people.people_page import PeoplePage, fold_same_length, spans
from migrant_office.ui.widgets.text import Text
from tests.ui.looking import live, press
from tests.ui.walking import until


@pytest.fixture
def page(qtbot, operations: Operations) -> PeoplePage:
    made = PeoplePage(operations)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    made.read()
    until(lambda: made.found, "people")
    return made


def said(page: PeoplePage) -> str:
    return page.header._hint.text()


def line(number: int) -> PersonLine:
    return PersonLine(str(number), f"SC-{number}", "Rose Désir", 30, "HT", date(2026, 1, 1))


def test_the_newest_come_first_and_the_rest_is_named(page: PeoplePage):
    assert len(page.found) == 50
    assert "50" in said(page)
    assert "60" in said(page)


def test_a_full_answer_says_that_there_may_be_more(page: PeoplePage):
    page.text = "rose"
    page._show(("rose", [line(n) for n in range(people.MOST)], 0))
    assert str(people.MOST) in said(page)
    assert "rose" in said(page)
    page._show(("rose", [line(1)], 0))
    assert said(page).startswith("1 persona encontrada")


def test_nobody_found_offers_a_way_on(page: PeoplePage):
    page.look_for("xyzzy")
    until(lambda: not page.found, "none")
    live(80)
    words = " ".join(text.text() for text in page.panel.findChildren(Text) if not text.isHidden())
    assert "letras" in words
    assert page.register.isVisible()


def test_a_search_marks_what_it_matched(page: PeoplePage):
    name = page.found[0].name.split()[0]
    page.look_for(fold_same_length(name)[:4])
    until(lambda: page.list.rows.row(0).found, "hits")
    row = page.list.rows.row(0)
    start, length = row.found[0]
    assert fold_same_length(row.title[start : start + length]) == fold_same_length(name)[:4]


def test_the_list_opens_a_case_by_keys(page: PeoplePage):
    opened: list[str] = []
    page.case_wanted.connect(opened.append)
    page.activateWindow()
    live(30)
    page.take_focus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert opened == [page.found[2].id]


@given(st.text(max_size=20), st.text(max_size=8))
def test_spans_lie_inside_the_name_and_hold_what_was_typed(name: str, typed: str):
    folded = fold_same_length(name)
    assert len(folded) == len(name)
    for start, length in spans(name, typed):
        assert 0 <= start < start + length <= len(name)
        assert folded[start : start + length] in fold_same_length(typed).split()
