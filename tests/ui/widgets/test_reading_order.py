"""Tab goes as one reads, also through parts that were made later; behind the last part it leaves."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.reading_order import go_on, reading_order
from migrant_office.ui.widgets.scrolled import Scrolled


class Sheet(QWidget):
    """A page with its foot made first and its middle made last."""

    def __init__(self) -> None:
        super().__init__()
        self.foot, self.head = Button("foot"), Button("head")
        self.inside = QWidget()
        self.rows = QVBoxLayout(self.inside)
        self.column = QVBoxLayout(self)
        self.column.addWidget(self.head)
        self.column.addWidget(Scrolled(self.inside))
        row = QHBoxLayout()
        row.addWidget(self.foot)
        self.column.addLayout(row)
        self.late = [QLineEdit() for _number in range(3)]
        for line in reversed(self.late):
            self.rows.insertWidget(0, line)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's own name
        return go_on(self, forward=forward) or super().focusNextPrevChild(forward)


@pytest.fixture
def sheet(qtbot):
    outer = QWidget()
    column = QVBoxLayout(outer)
    outer.before, outer.sheet, outer.after = QLineEdit(), Sheet(), QLineEdit()  # type: ignore[attr-defined]
    for part in (outer.before, outer.sheet, outer.after):  # type: ignore[attr-defined]
        column.addWidget(part)
    qtbot.addWidget(outer)
    outer.resize(300, 400)
    outer.show()
    with qtbot.waitActive(outer):
        outer.activateWindow()
    return outer


def test_the_order_is_that_of_the_layouts(sheet):
    page = sheet.sheet
    assert reading_order(page) == [page.head, *page.late, page.foot]
    page.late[1].hide()
    page.head.setEnabled(False)
    assert reading_order(page) == [page.late[0], page.late[2], page.foot]


def test_the_focus_goes_through_and_out_both_ways(sheet):
    page = sheet.sheet
    whole = [sheet.before, page.head, *page.late, page.foot, sheet.after]
    page.head.setFocus()
    for expected in whole[2:]:
        page.focusNextChild() if page.isAncestorOf(sheet.focusWidget()) else sheet.focusNextChild()
        assert sheet.focusWidget() is expected
    page.foot.setFocus()
    for expected in reversed(whole[:-2]):
        page.focusPreviousChild()
        assert sheet.focusWidget() is expected
