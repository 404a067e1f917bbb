"""Mes: exact figures for management beside what may leave, and the act that freezes a month."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout, QVBoxLayout, QWidget

from migrant_office import clock
from migrant_office.errors import UserError
from migrant_office.i18n import _, translator
from migrant_office.models.counts.month import Month
from migrant_office.services import month as months
from migrant_office.services import month_sheet
from migrant_office.services.month import Overview
from migrant_office.ui import words
from migrant_office.ui.month import findings
from migrant_office.ui.month.close_card import CloseCard
from migrant_office.ui.month.close_dialog import CloseDialog
from migrant_office.ui.month.surveys_card import SurveysCard
from migrant_office.ui.operations import Operations
from migrant_office.ui.page import ScrolledPage
from migrant_office.ui.paper.paper_dialog import PaperDialog
from migrant_office.ui.theme.metrics import CARD_GAP, PAGE
from migrant_office.ui.widgets.bar_chart import BarChart
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.card import Card
from migrant_office.ui.widgets.line_chart import LineChart
from migrant_office.ui.widgets.marks import Chip, MarkSpec
from migrant_office.ui.widgets.page_header import PageHeader
from migrant_office.ui.widgets.protected_table import ProtectedTable
from migrant_office.ui.widgets.pyramid import Pyramid

COLUMN = 330  # px at 100 %; a chart needs as much to be read
MOST_COLUMNS = 3


class MonthPage(ScrolledPage):
    """One month; the newest complete one first."""

    columns = 0
    cards: list[QWidget] = []  # noqa: RUF012 - empty while the page is being made, then its own

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        self.month = Month.of(clock.today()).previous()
        self.overview: Overview | None = None
        self.as_tables = False
        self.header, self.internal = PageHeader(""), Chip("", "neutral")
        self.header.add(self.internal)
        self.before, self.after = Button("", "link"), Button("", "link")
        self.tables_button, self.pathways_button = Button("", icon="table"), Button("", icon="route")
        self.pathways_button.clicked.connect(lambda: self.place_wanted.emit("pathways"))
        self.before.clicked.connect(lambda: self.show_month(self.month.previous()))
        self.after.clicked.connect(lambda: self.show_month(self.month.next()))
        self.tables_button.clicked.connect(self._turn)
        self.charts, self.tables = QWidget(), QWidget()
        self.line, self.pyramid = LineChart("", ""), Pyramid("", "", "", "")
        self.outcomes, self.unmet = BarChart("", ""), BarChart("", "", labels_above=True)
        self.leaving = ProtectedTable("")
        self.close_card, self.surveys = CloseCard(), SurveysCard(operations)
        self.close_card.close_wanted.connect(self._ask)
        self.close_card.report_wanted.connect(self._print)
        self._lay_out()
        self.first = self.tables_button
        self.retranslate()

    def _lay_out(self) -> None:
        self.grid = QGridLayout(self.charts)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setSpacing(CARD_GAP)
        self.cards = []
        for chart in (self.line, self.pyramid, self.leaving, self.outcomes, self.unmet):
            card = Card()
            card.add(chart, 1)
            self.cards.append(card)
        self.cards += [self.close_card, self.surveys]
        self.table_grid = QGridLayout(self.tables)
        self.table_grid.setContentsMargins(0, 0, 0, 0)
        self.table_grid.setSpacing(CARD_GAP)
        self.tables.hide()
        self.rows.addWidget(self.header)
        self.rows.addWidget(self.charts)
        self.rows.addWidget(self.tables)
        self.rows.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def restyle(self) -> None:
        self._arrange()

    def _arrange(self) -> None:
        """As many columns as can be read: three on the office's screens, fewer on small ones or with large letters."""
        room = self.width() - 2 * PAGE
        columns = max(1, min(MOST_COLUMNS, room // self.metrics_.px(COLUMN)))
        if columns == self.columns or not self.cards:
            return
        self.columns = columns
        for number, card in enumerate(self.cards):
            self.grid.addWidget(card, number // columns, number % columns)
        for column in range(MOST_COLUMNS):
            self.grid.setColumnStretch(column, 1 if column < columns else 0)
        if self.as_tables and self.overview:
            self._show_tables(self.overview)

    def tools(self) -> Sequence[QWidget]:
        return (self.before, self.after, self.pathways_button, self.tables_button)

    def watched(self) -> tuple[str, ...]:
        return ("encounter", "referral", "referral_step", "need", "person", "survey", "knowledge_check")

    def show_month(self, month: Month) -> None:
        self.month = month
        self.read()

    def read(self) -> None:
        month = self.month
        self.operations.ask(self, lambda office: months.overview(office, month), self._show, key="month")
        self.surveys.show_month(month)

    def retranslate(self) -> None:
        if self.overview:
            self._show(self.overview)
            self.surveys.show_month(self.month)

    def _show(self, overview: Overview) -> None:
        self.overview = overview
        tr = translator()
        name = tr.month(overview.month.year, overview.month.month)
        self.header.set_texts(words.capital(name), self.operations.about.name)
        self.internal.set_spec(
            MarkSpec(_("Exact charts: internal use, not to be passed on"), "neutral", "eye-off", plate=True)
        )
        before, after = overview.month.previous(), overview.month.next()
        self.before.setText("‹  " + words.capital(tr.month_name(before.month)))
        self.after.setText(words.capital(tr.month_name(after.month)) + "  ›")
        self.after.setVisible(after.first <= clock.today())
        self.pathways_button.setText(_("Pathways"))
        self.tables_button.setText(_("See charts") if self.as_tables else _("See tables"))
        self._show_charts(overview)
        if self.as_tables:
            self._show_tables(overview)
        self.close_card.show_month(overview, name)
        for one, other in pairwise(self._last_stops()):
            QWidget.setTabOrder(one, other)  # the button is made anew with each month

    def _show_charts(self, overview: Overview) -> None:
        title, measure, points = findings.line(overview)
        self.line.set_texts(title, measure)
        self.line.set_points(points)
        title, left, right, bands = findings.pyramid(overview)
        self.pyramid.set_names(left, right)
        self.pyramid.set_texts(title, _("People by sex and age"))
        self.pyramid.set_bands(bands)
        title, bars = findings.outcomes(overview)
        self.outcomes.set_texts(title, _("Referrals recorded in the month"))
        self.outcomes.set_bars(bars)
        title, bars = findings.unmet(overview)
        self.unmet.set_texts(title, _("Needs that nothing could serve"))
        self.unmet.set_bars(bars)
        self.leaving.set_texts(_("What leaves and what stays"), "")
        self.leaving.set_rows(findings.leaving(overview), note())

    def _turn(self) -> None:
        self.as_tables = not self.as_tables
        self.charts.setVisible(not self.as_tables)
        self.tables.setVisible(self.as_tables)
        if self.overview:
            self._show(self.overview)

    def _show_tables(self, overview: Overview) -> None:
        while self.table_grid.count():
            item = self.table_grid.takeAt(0)
            if item and (old := item.widget()):
                old.deleteLater()
        lang = translator().lang
        columns = [QVBoxLayout() for _column in range(self.columns)]
        heights = [0] * self.columns
        for exact in overview.tables:
            rows = findings.both(overview, exact)
            if not rows or exact.code == "total":
                continue
            card = Card()
            card.add(ProtectedTable(exact.label.get(lang), rows, measure=exact.indicator_label.get(lang)))
            shortest = heights.index(min(heights))
            heights[shortest] += len(rows) + 3
            columns[shortest].addWidget(card)
        for number, column in enumerate(columns):
            column.setSpacing(CARD_GAP)
            column.addStretch(1)
            holder = QWidget()
            holder.setLayout(column)
            column.setContentsMargins(0, 0, 0, 0)
            self.table_grid.addWidget(holder, 0, number)
        for number in range(MOST_COLUMNS):
            self.table_grid.setColumnStretch(number, 1 if number < self.columns else 0)

    # closing

    def _ask(self) -> None:
        """Freezing cannot be taken back, so it is said first; writing the files of a frozen month again can."""
        if self.overview is None:
            return
        tr, month = translator(), self.overview.month  # the one that was named is the one that is frozen
        if self.overview.frozen:
            self._choose_folder(month)
            return
        demo = self.overview.release.office.demo
        dialog = CloseDialog(tr.month(month.year, month.month), demo=demo, parent=self)
        dialog.accepted.connect(lambda: self._choose_folder(month, dialog.second.text()))
        dialog.open()

    def _print(self) -> None:
        """The report of the month that is shown, as it was released."""
        month = self.month if self.overview is None else self.overview.month
        PaperDialog(
            self.operations,
            lambda office, choice: month_sheet.month_sheet(office, month, choice),
            _("Report of the month"),
            self,
        ).open()

    def _last_stops(self) -> Sequence[QWidget]:
        return (self.close_card.button, self.close_card.report, self.surveys.span, self.surveys.more)

    def panels(self) -> Sequence[QWidget]:
        return (self.tables_button, self.close_card.button, self.surveys.more)

    def _choose_folder(self, month: Month, second: str = "") -> None:
        folder = QFileDialog.getExistingDirectory(self, _("Folder for the published files"), str(Path.home()))
        if folder:
            self.close_month(month, Path(folder), second)

    def close_month(self, month: Month, folder: Path, second: str = "") -> None:
        """Freeze a month, approved by a second person, and write its files; closing it again writes the same bytes."""
        self.close_card.set_working(working=True)
        self.operations.run(
            self,
            lambda office: months.close_and_publish(office, month, folder, second),
            self._closed,
            failed=self._not_closed,
        )

    def _closed(self, folder: Path) -> None:
        self.close_card.set_working(working=False)
        self.said.emit(_("The month is closed. Its files are in: {folder}").format(folder=folder))
        self.read()

    def _not_closed(self, error: UserError) -> None:
        self.close_card.set_working(working=False)
        self.said.emit(error.text(translator()))
        self.read()  # it may be closed although its files could not be written


def note() -> str:
    return _("c: fewer than 10 people, or protected. Multiples of 5 are published, so sums do not agree.")
