"""The acts that end a month, in their order, with the one button that freezes it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from migrant_office.i18n import _
from migrant_office.services.month import Overview
from migrant_office.ui.theme.metrics import LINE_GAP, MEDIUM
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.card import Card
from migrant_office.ui.widgets.text import IconLabel, Text


class CloseCard(Card):
    """`close_wanted` asks the page to choose a folder and freeze, `report_wanted` to print what was released."""

    close_wanted = Signal()
    report_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.button = Button("", "primary", icon="snowflake")
        self.button.clicked.connect(self.close_wanted)
        self.report = Button("", icon="printer")
        self.report.clicked.connect(self.report_wanted)

    def show_month(self, overview: Overview, name: str) -> None:
        for button in (self.button, self.report):
            button.setParent(None)
        self.clear()
        self.button = Button(self._words(overview, name), "primary", icon="snowflake")
        self.button.clicked.connect(self.close_wanted)
        self.set_title(
            _("{month} is closed").format(month=name.capitalize())
            if overview.frozen
            else _("Close {month}").format(month=name)
        )
        for done, title, hint in self._steps(overview):
            self.body.addLayout(step(title, hint, done=done))
        self.body.addStretch(1)
        self.button.set_available(
            overview.closable or overview.frozen, _("The month can be closed from the first day of the next one.")
        )
        self.report.setText(_("Print the report…"))
        self.report.set_available(overview.frozen, _("Only a closed month has a report. Close it first."))
        self.add(self.button)
        self.add(self.report)

    @staticmethod
    def _words(overview: Overview, name: str) -> str:
        return _("Write its files again…") if overview.frozen else _("Freeze {month}…").format(month=name)

    @staticmethod
    def _steps(overview: Overview) -> list[tuple[bool, str, str]]:
        return [
            (overview.closable, _("The month is over"), ""),
            (True, _("Counts protected"), _("Fewer than 10 people are never shown.")),
            (overview.frozen, _("Freeze"), _("It never changes after this; what comes late goes to its own month.")),
            (overview.frozen, _("Publish: workbook and open data"), ""),
        ]

    def set_working(self, *, working: bool) -> None:
        self.button.setEnabled(not working)
        if working:
            self.button.setText(_("Closing…"))


def step(title: str, hint: str, *, done: bool) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(MEDIUM)
    row.addWidget(IconLabel("circle-check" if done else "circle", "ok" if done else "hint", size=20))
    lines = QVBoxLayout()
    lines.setSpacing(LINE_GAP)
    lines.addWidget(Text(title, "body", wrap=True))
    if hint:
        lines.addWidget(Text(hint, "hint", "hint", wrap=True))
    row.addLayout(lines, 1)
    return row
