"""Mes: exact beside protected, and a closing that says first what it does."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from migrant_office.app import Window
from migrant_office.models.counts.month import Month
from migrant_office.models.sheet_print import SheetKind
from migrant_office.ui.month import findings
from migrant_office.ui.month.close_dialog import CloseDialog
from migrant_office.ui.month.month_page import MonthPage
from migrant_office.ui.widgets.facts import Facts
from migrant_office.ui.widgets.protected_table import ProtectedTable
from tests.ui.conftest import NOON
from tests.ui.looking import live, press, settle
from tests.ui.walking import front, page_of, sheet_in_front, space_of, until


@pytest.fixture
def page(window: Window) -> MonthPage:
    space_of(window).go("month")
    made = page_of(window, MonthPage)
    until(lambda: made.overview is not None, "month")
    settle(window.operations)
    return made


def test_the_newest_complete_month_comes_first(page: MonthPage):
    assert page.month == Month.of(NOON.date()).previous()
    page.after.click()
    until(lambda: page.overview is not None and page.overview.month == Month.of(NOON.date()), "this month")
    assert not page.after.isVisible(), "no month of the future"
    assert not page.close_card.button.isEnabled()
    assert page.close_card.button.toolTip(), "it says why not"


def test_published_figures_are_never_the_small_ones(page: MonthPage):
    assert page.overview is not None
    for exact in page.overview.tables:
        for row in findings.both(page.overview, exact):
            assert row.published is None or row.published % 5 == 0


def test_closing_says_what_happens_and_can_still_be_left(page: MonthPage, monkeypatch: pytest.MonkeyPatch):
    asked: list[str] = []

    def nowhere(*_told: object) -> str:
        asked.append("folder")
        return ""

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", nowhere)
    page.close_card.button.click()
    dialog = front(CloseDialog)
    (facts,) = dialog.findChildren(Facts)
    assert len(facts._rows) == 4
    press(Qt.Key.Key_Escape)
    live(30)
    assert QApplication.activeModalWidget() is None
    assert asked == []
    page.close_card.button.click()
    front(CloseDialog).agree()
    until(lambda: asked, "folder")
    assert page.overview is not None
    assert not page.overview.frozen, "no folder, no closing"


def test_a_real_office_names_the_second_person(page: MonthPage):
    dialog = CloseDialog("octubre", parent=page)
    dialog.open()
    dialog.agree()
    assert dialog.isVisible(), "nobody approves alone"
    assert not dialog.trouble.isHidden()
    dialog.second.setText("Ana, de supervisión")
    dialog.agree()
    live(30)
    assert QApplication.activeModalWidget() is None


def test_a_month_is_closed_once_and_its_files_can_be_written_again(page: MonthPage, tmp_path: Path, window: Window):
    written = []
    for name in ("first", "again"):
        (tmp_path / name).mkdir()
        page.close_month(page.month, tmp_path / name)
        until(lambda: page.overview is not None and page.overview.frozen, "closing")
        settle(window.operations, 3)
        files = {p.name: p.read_bytes() for p in sorted((tmp_path / name).rglob("*")) if p.is_file()}
        written.append(files)
    assert written[0] == written[1]
    assert any(name.endswith(".xlsx") for name in written[0])
    assert "data.csv" in written[0]
    assert page.close_card.button.isEnabled()
    assert page.close_card.button.text()


def test_the_report_is_of_a_closed_month_alone(page: MonthPage, tmp_path: Path, window: Window):
    assert not page.close_card.report.isEnabled()
    assert page.close_card.report.toolTip(), "it says why not"
    page.close_month(page.month, tmp_path)
    until(lambda: page.overview is not None and page.overview.frozen, "closing")
    settle(window.operations, 3)
    assert page.close_card.report.isEnabled()
    page.close_card.report.click()
    sheet = sheet_in_front()
    assert sheet.made is not None
    assert sheet.made.kind is SheetKind.MONTH
    assert sheet.made.pages > 1


def test_a_folder_that_cannot_be_written_leaves_a_sentence_and_the_button(
    page: MonthPage, tmp_path: Path, window: Window
):
    target = tmp_path / "file"
    target.write_text("no folder")
    page.close_month(page.month, target)
    until(lambda: space_of(window).toast.isVisible(), "sentence")
    settle(window.operations, 3)
    assert page.close_card.button.isEnabled()


def test_tables_show_the_same_figures_as_the_charts(page: MonthPage, window: Window):
    page.tables_button.click()
    settle(window.operations)
    assert page.overview is not None
    tables = [t for t in page.tables.findChildren(ProtectedTable) if not t.isHidden()]
    wanted = sum(1 for t in page.overview.tables if t.code != "total" and findings.both(page.overview, t))
    assert len(tables) == wanted
    assert page.charts.isHidden()


@pytest.mark.parametrize(("width", "columns"), [(1366, 3), (1024, 2), (900, 2)])
def test_columns_follow_the_room(page: MonthPage, window: Window, width: int, columns: int):
    window.resize(width, 700)
    settle(window.operations)
    assert page.columns == columns
