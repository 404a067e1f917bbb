"""Long lists: only what is seen is asked for; everything works by keyboard."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from migrant_office.ui.widgets.marks import MarkSpec
from migrant_office.ui.widgets.row import RowSpec, _parts
from migrant_office.ui.widgets.row_list import RowList


@pytest.fixture
def rows(qtbot):
    made = RowList("Personas", uniform=True)
    qtbot.addWidget(made)
    made.resize(500, 400)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_a_hundred_thousand_rows_ask_for_those_seen(rows, qtbot):
    asked: set[int] = set()

    def row_at(number: int) -> RowSpec:
        asked.add(number)
        return RowSpec(number, f"Persona {number}", "Santiago", marks=(MarkSpec("Hoy"),))

    started = time.perf_counter()
    rows.set_source(100_000, row_at)
    rows.grab()
    rows.scrollToBottom()
    rows.grab()
    taken = time.perf_counter() - started
    assert {0, 99_999} <= asked
    assert len(asked) < 60
    assert taken < 2  # measured 0.1 s; the bound only catches a list that reads every row


def test_arrows_and_enter(rows, qtbot):
    chosen: list[object] = []
    opened: list[object] = []
    rows.chosen.connect(chosen.append)
    rows.opened.connect(opened.append)
    rows.set_rows([RowSpec(key, f"Persona {key}") for key in "abc"])
    rows.step(1)
    QTest.keyClick(rows, Qt.Key.Key_Down)
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert chosen[-2:] == ["a", "b"]
    assert opened == ["b"]
    QTest.keyClicks(rows, "persona c")  # no type-ahead
    assert rows.chosen_key() == "b"


def test_headings_are_stepped_over(rows):
    rows.setUniformItemSizes(False)
    rows.set_rows(
        [
            RowSpec("h", "Trabajo", heading=True),
            RowSpec(1, "Uno"),
            RowSpec("i", "Salud", heading=True),
            RowSpec(2, "Dos"),
        ]
    )
    for expected in (1, 2, 2):
        rows.step(1)
        assert rows.chosen_key() == expected
    rows.step(-1)
    assert rows.chosen_key() == 1
    rows.step(-1)  # nothing above but a heading
    assert rows.chosen_key() == 1


def test_a_page_on_its_way_is_filled_in(rows):
    ready: dict[int, RowSpec] = {}
    rows.set_source(3, ready.get)
    assert rows.rows.data(rows.rows.index(0)) == "…"
    ready[0] = RowSpec(7, "Rose", "Haití")
    rows.rows.refresh(0, 2)
    assert rows.rows.data(rows.rows.index(0)) == "Rose. Haití"


def test_found_parts_tolerate_odd_spans():
    assert _parts("Jean Baptiste", ((5, 8),)) == [("Jean ", False), ("Baptiste", True)]
    assert _parts("Jean", ((2, 99), (0, 3), (50, 2))) == [("Jea", True), ("n", True)]
    assert "".join(part for part, _found in _parts("Jean", ())) == "Jean"
