"""The panel beside the list: what is known of one service, how old it is, and what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from migrant_office import clock
from migrant_office.i18n import _, ngettext, translator
from migrant_office.models.city import City
from migrant_office.models.directory.hours import Hours
from migrant_office.models.directory.procedure import Procedure
from migrant_office.models.eligibility.book import Rule
from migrant_office.services.directory.editing import Sheet
from migrant_office.ui import verdict_words, words
from migrant_office.ui.catalogue import telling
from migrant_office.ui.theme.metrics import LARGE, MEDIUM, SMALL
from migrant_office.ui.widgets.banner import Banner
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.card import Card, empty
from migrant_office.ui.widgets.flow_layout import FlowLayout
from migrant_office.ui.widgets.marks import Chip
from migrant_office.ui.widgets.text import Text

PANEL = 420


@dataclass(frozen=True, slots=True)
class Shown:
    """A service as the panel shows it."""

    sheet: Sheet
    hours: Hours
    kinds: telling.Kinds
    rules: tuple[Rule, ...] = ()


class ServicePanel(Card):
    """`confirm_wanted`, `edit_wanted`, `steps_wanted`, `check_wanted` and `sheet_wanted` ask the page for a dialog
    or an act.
    """

    confirm_wanted = Signal()
    edit_wanted = Signal()
    steps_wanted = Signal()
    check_wanted = Signal()
    sheet_wanted = Signal()

    def __init__(self, city: City, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.city = city
        self.setMinimumWidth(self.metrics_.px(PANEL))
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.facts = QWidget()
        self.column = QVBoxLayout(self.facts)
        self.column.setContentsMargins(0, 0, MEDIUM, 0)
        self.column.setSpacing(0)
        self.area.setWidget(self.facts)
        self.facts.setAutoFillBackground(False)  # the card's own ground
        self.area.viewport().setAutoFillBackground(False)
        self.banner = Banner("warn", "")
        self.banner.hide()
        self.confirm = Button("", "primary", icon="phone-call")
        self.edit, self.steps, self.check = Button("", icon="pencil"), Button("", icon="list-numbers"), Button("")
        self.sheet = Button("", icon="printer")
        self.confirm.clicked.connect(self.confirm_wanted)
        self.edit.clicked.connect(self.edit_wanted)
        self.steps.clicked.connect(self.steps_wanted)
        self.check.clicked.connect(self.check_wanted)
        self.sheet.clicked.connect(self.sheet_wanted)
        foot = QWidget()
        foot.setAutoFillBackground(False)
        row = FlowLayout(foot, gap=SMALL, fill=True)
        for button in (self.sheet, self.edit, self.steps, self.check):
            row.addWidget(button)
        self.add(self.banner)
        self.add(self.area, 1)
        self.add(foot)
        self.add(self.confirm)

    def retranslate_words(self) -> None:
        self.area.setAccessibleName(_("About the service"))  # it takes the focus, so that keys scroll it
        self.confirm.setText(_("Confirm with the institution…"))
        self.sheet.setText(_("Print sheet"))
        self.edit.setText(_("Edit…"))
        self.steps.setText(_("Steps of the office…"))
        self.check.setText(_("Ask for a check"))

    def show_service(self, shown: Shown) -> None:
        service, today = shown.sheet.service, clock.today()
        self.set_title(service.name)
        title, hint = telling.warning(service, self.city, today)
        self.banner.set_tone("neutral" if not service.offered else "warn")
        self.banner.set_texts(title, hint)
        self.banner.setVisible(bool(title))
        empty(self.column)
        self.column.addWidget(self._chips(shown))
        if steps := shown.sheet.procedures:
            self._put(_("Steps of the office"), steps_words(steps[0]))
        for label, text in telling.told(service, shown.sheet, shown.kinds):
            self._put(label, text)
        self._put(_("Who can have it, by the rules of the city"), verdict_words.rules_words(shown.rules))
        if shown.sheet.finer:
            count = shown.sheet.finer
            more = ngettext(
                "{count} schedule more, which is not the same every week",
                "{count} schedules more, which are not the same every week",
                count,
            )
            self.column.addWidget(Text(more.format(count=count), "hint", "hint", wrap=True))
        self.column.addStretch(1)
        self.area.verticalScrollBar().setValue(0)
        self.confirm.setVisible(not service.closed)
        self.sheet.setVisible(service.offered)  # nobody is sent there with a paper of ours otherwise
        self.check.setVisible(not title)  # where the facts are doubted already there is nothing to ask for

    def _chips(self, shown: Shown) -> QWidget:
        holder = QWidget()
        holder.setAutoFillBackground(False)
        row = FlowLayout(holder, gap=SMALL)
        for mark in telling.chips(shown.sheet.service, self.city, clock.today()):
            row.addWidget(Chip(mark.text, mark.tone, mark.icon))
        if today := words.today_words(shown.hours):
            row.addWidget(Chip(today, "neutral" if shown.hours.closed else "ok", "clock"))
        return holder

    def _put(self, label: str, text: str) -> None:
        self.column.addSpacing(LARGE - SMALL // 2)
        self.column.addWidget(Text(label, "hint", "hint"))
        self.column.addWidget(Text(text, "body", wrap=True))


def steps_words(procedure: Procedure) -> str:
    """The newest version of the office's own steps, with its number and day."""
    lines = [f"{i}. {step}" for i, step in enumerate(procedure.steps, 1)]
    day = translator().date(procedure.made)
    said = _("version {number}, {day}").format(number=procedure.version, day=day)
    return "\n".join([*lines, said])
