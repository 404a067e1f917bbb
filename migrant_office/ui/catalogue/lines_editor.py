"""Lines that can be added and taken away: spans of hours on days of the week, and telephones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from migrant_office.i18n import _
from migrant_office.models.directory.hours import DAYS, wall_time
from migrant_office.services.directory.editing import Telephone, WeekHours
from migrant_office.ui.catalogue.telling import day_name
from migrant_office.ui.theme.metrics import MEDIUM, SMALL
from migrant_office.ui.widgets.button import Button, IconButton
from migrant_office.ui.widgets.field import LineField
from migrant_office.ui.widgets.flow_layout import FlowLayout
from migrant_office.ui.widgets.themed import Painted
from migrant_office.ui.widgets.tick import Tick


class Line(Painted):
    """One line; `gone` asks its editor to take it away."""

    gone = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(MEDIUM)
        self.away = IconButton("x", name)
        self.away.clicked.connect(self.gone)


class HoursLine(Line):
    def __init__(self, told: WeekHours, parent: QWidget | None = None) -> None:
        super().__init__(_("Take these hours away"), parent)
        self.told = told
        self.days = {day: Tick(day_name(day, short=True), checked=day in told.days) for day in DAYS}
        for day, tick in self.days.items():
            tick.setAccessibleName(day_name(day))
        holder = QWidget()
        holder.setAutoFillBackground(False)
        flow = FlowLayout(holder, gap=SMALL)
        for tick in self.days.values():
            flow.addWidget(tick)
        self.opens, self.closes = clock_field(told.opens, _("Opens at")), clock_field(told.closes, _("Closes at"))
        self.row.addWidget(holder, 1)
        self.row.addWidget(self.opens)
        self.row.addWidget(self.closes)
        self.row.addWidget(self.away)

    def value(self) -> WeekHours:
        days = tuple(day for day in DAYS if self.days[day].isChecked())
        return WeekHours(
            id=self.told.id, days=days, opens=wall_time(self.opens.text()), closes=wall_time(self.closes.text())
        )

    def first(self) -> QWidget:
        return self.days[DAYS[0]]


def clock_field(value: time | None, name: str) -> LineField:
    field = LineField(f"{value:%H:%M}" if value else "", placeholder="09:00")
    field.setAccessibleName(name)
    field.setToolTip(name)
    field.setFixedWidth(field.metrics_.px(84))
    return field


class PhoneLine(Line):
    def __init__(self, told: Telephone, parent: QWidget | None = None) -> None:
        super().__init__(_("Take this telephone away"), parent)
        self.told = told
        self.number = LineField(told.number, placeholder=_("Telephone number"))
        self.words = LineField(told.description, placeholder=_("What it is for"))
        self.number.setAccessibleName(_("Telephone number"))
        self.words.setAccessibleName(_("What it is for"))
        self.row.addWidget(self.number, 2)
        self.row.addWidget(self.words, 3)
        self.row.addWidget(self.away)

    def value(self) -> Telephone:
        return Telephone(id=self.told.id, number=self.number.text(), description=self.words.text())

    def first(self) -> QWidget:
        return self.number


class LinesEditor(Painted):
    """`kind` is the class of a line, `blank` what a new one begins with."""

    def __init__(self, kind: Any, told: Sequence[Any], blank: Any, add: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind, self.blank = kind, blank
        self.lines: list[Any] = []
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(SMALL)
        self.add_button = Button(add, "quiet", icon="plus")
        self.add_button.clicked.connect(lambda: self.add(self.blank).first().setFocus())
        foot = QHBoxLayout()
        foot.addWidget(self.add_button)
        foot.addStretch(1)
        self.column.addLayout(foot)
        for one in told:
            self.add(one)

    def add(self, told: Any) -> Any:
        line = self.kind(told)
        line.gone.connect(lambda: self.remove(line))
        self.lines.append(line)
        self.column.insertWidget(len(self.lines) - 1, line)
        return line

    def remove(self, line: Any) -> None:
        self.lines.remove(line)
        self.column.removeWidget(line)
        line.hide()
        line.deleteLater()
        (self.lines[-1].first() if self.lines else self.add_button).setFocus()

    def value(self) -> tuple[Any, ...]:
        return tuple(line.value() for line in self.lines)
