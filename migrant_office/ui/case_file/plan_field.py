"""What will be asked after a referral, and when: the city's questions, each of which can be left out."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtWidgets import QVBoxLayout, QWidget

from migrant_office.i18n import _, translator
from migrant_office.services.follow_ups.making import Planned
from migrant_office.ui import words
from migrant_office.ui.theme.metrics import TINY
from migrant_office.ui.widgets.card import empty
from migrant_office.ui.widgets.text import Text
from migrant_office.ui.widgets.themed import Painted
from migrant_office.ui.widgets.tick import Tick


class PlanField(Painted):
    """The later questions as ticks with their days; the first one has a field of its own. Later days move with it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan: Planned = ()
        self.ticks: list[Tick] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(TINY)
        self.hide()

    def show_plan(self, plan: Planned) -> None:
        empty(self._column)
        self._plan, self.ticks = plan, []
        if plan[1:]:
            self._column.addWidget(Text(_("And later also"), "body_bold"))
        for day, question in plan[1:]:
            told = f"{words.capital(translator().day_month(day))} {day.year}  ·  {words.coded(question)}"
            self.ticks.append(Tick(told, checked=True))
            self._column.addWidget(self.ticks[-1])
        self.setVisible(bool(plan[1:]))

    def plan(self, first: date | None) -> Planned | None:
        """The days and questions that were left ticked; None when nothing was changed, so that the rule decides."""
        if not self._plan or all(tick.isChecked() for tick in self.ticks):
            return None
        begin, question = self._plan[0]
        by = (first - begin) if first else timedelta(0)
        kept = [told for told, tick in zip(self._plan[1:], self.ticks, strict=True) if tick.isChecked()]
        return ((first or begin, question), *((day + max(by, timedelta(0)), asked) for day, asked in kept))
