"""The service that is chosen: verdict, what is missing and how to get it, why, and what else to ask."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from migrant_office import clock
from migrant_office.i18n import _, translator
from migrant_office.models.eligibility.book import Paper
from migrant_office.services.route import Route, RouteNeed, RouteService
from migrant_office.ui import verdict_words, words
from migrant_office.ui.route.asking_panel import AskingPanel, Lists
from migrant_office.ui.theme.metrics import MEDIUM, SMALL, TINY
from migrant_office.ui.theme.tokens import Tone
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.card import Card, empty
from migrant_office.ui.widgets.marks import Chip
from migrant_office.ui.widgets.text import IconLabel, Text

WIDTH, NARROW = 384, 336  # px


class ServicePanel(Card):
    """`answered` a fact and its answer · `refer_wanted`, `change_wanted` and `print_wanted` the service shown ·
    `service_wanted` the code of the one that gives a missing paper.
    """

    answered = Signal(str, str)
    refer_wanted = Signal()
    change_wanted = Signal()
    print_wanted = Signal()
    service_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(width=WIDTH, parent=parent)
        self.shown: RouteService | None = None
        self.own = ""  # the code of whoever reads
        self.asking = AskingPanel()
        self.asking.answered.connect(self.answered)
        self.column, self.below = QVBoxLayout(), QVBoxLayout()
        inside = QWidget()
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(0, 0, SMALL, 0)
        whole.setSpacing(MEDIUM)
        for column in (self.column, self.below):
            column.setSpacing(MEDIUM)
        whole.addLayout(self.column)
        whole.addWidget(self.asking)
        whole.addLayout(self.below)
        whole.addStretch(1)
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setWidget(inside)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside.setAutoFillBackground(False)
        self.area.viewport().setAutoFillBackground(False)
        self.refer, self.change = Button("", "primary", shortcut="Ctrl+D"), Button("")
        self.refer.clicked.connect(self.refer_wanted)
        self.change.clicked.connect(self.change_wanted)
        foot = QHBoxLayout()
        foot.setSpacing(SMALL)
        foot.addWidget(self.refer, 1)
        foot.addWidget(self.change)
        self.add(self.area, 1)
        self.body.addLayout(foot)

    def set_narrow(self, narrow: bool) -> None:
        """Leave more room to the list beside it."""
        if self._width != (width := NARROW if narrow else WIDTH):
            self._width = width
            self.restyle()

    def set_words(self, refer: str) -> None:
        self.area.setAccessibleName(_("About the service"))
        self.refer.setText(refer)
        self.change.setText(_("Change verdict"))

    def show_service(self, route: Route, service: RouteService | None, lists: Lists) -> None:
        """One service; None leaves the panel with a hint."""
        self.shown = service
        self._clear()
        for button in (self.refer, self.change):
            button.setVisible(service is not None)
        self.asking.setVisible(False)
        self.area.verticalScrollBar().setValue(0)
        if service is None:
            hint = _("Choose a service of the list to see why and how.")
            self.column.addWidget(Text(hint, "hint", "hint", wrap=True))
            return
        self._add_head(route, service)
        self._add_papers(route, service)
        self._add_rule(route, service)
        rule = service.verdict.rule
        if rule and rule.advice:
            self._add("info-circle", rule.advice.text(translator().lang), tone="blue", below=True)
        if today := words.today_words(service.hours):
            self._add("clock", today, below=True)
        self._add_age(service)
        self.asking.show_questions(service.asks, lists)

    def show_need(self, need: RouteNeed) -> None:
        """What a rule says of the need itself."""
        self.shown = None
        self._clear()
        self.asking.setVisible(False)
        for button in (self.refer, self.change):
            button.setVisible(False)
        self.column.addWidget(Text(words.coded(need.kind), "card", wrap=True))
        for rule in need.notes:
            self._add("info-circle", rule.words.text(translator().lang), verdict_words.source_words(rule))
        if not need.services:
            self._add("flag", _("Nothing in the catalogue answers this need"), _("Write it down as an unmet need."))

    def _clear(self) -> None:
        empty(self.column)
        empty(self.below)

    # parts

    def _add_head(self, route: Route, service: RouteService) -> None:
        self.column.addWidget(Text(service.line.name, "card", wrap=True))
        if service.line.owner:
            self.column.addWidget(Text(service.line.owner, "hint", "hint", wrap=True))
        mark = verdict_words.verdict_mark(service.code)
        row = QHBoxLayout()
        row.addWidget(Chip(mark.text, mark.tone, mark.icon))
        row.addStretch(1)
        if not route.case.person.restricted:
            sheet = Button(_("Print its sheet"), "link", icon="printer")
            sheet.clicked.connect(self.print_wanted)
            row.addWidget(sheet)
        self.column.addLayout(row)
        if service.change is not None:
            rules = words.coded(service.verdict.code)
            self._add(
                "user-check",
                _("Changed: {reason}").format(reason=service.change.reason),
                verdict_words.changed_by(service.change, self.own),
                _("The rules say: {words}").format(words=rules),
            )

    def _add_papers(self, route: Route, service: RouteService) -> None:
        verdict = service.verdict
        for papers, icon, title in (
            (verdict.missing, "file-x", _("What is missing and how to get it")),
            (verdict.unknown, "help", _("It asks for")),
        ):
            if papers:
                lines = self._add(icon, title)
                for paper in papers:
                    self._add_paper(lines, route, paper)

    def _add_paper(self, lines: QVBoxLayout, route: Route, paper: Paper) -> None:
        lang = translator().lang
        lines.addWidget(Text(paper.words.text(lang), "body", wrap=True))
        if paper.how:
            lines.addWidget(Text(paper.how.text(lang), "hint", "hint", wrap=True))
        if name := route.names.get(paper.service, ""):
            giver = Button(_("Given by: {service}").format(service=short(name)), "link")
            giver.setToolTip(name)
            giver.setEnabled(any(s.line.id == paper.service for s in route.services))
            giver.clicked.connect(lambda: self.service_wanted.emit(paper.service))
            lines.addWidget(giver, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_rule(self, route: Route, service: RouteService) -> None:
        rule, lang = service.verdict.rule, translator().lang
        if rule is None:
            self._add("phone-call", _("No source says who can have it: ask the institution"))
            return
        hints = [verdict_words.source_words(rule, route.collected)]
        if service.verdict.clash:
            hints.insert(0, _("Two rules disagree: ask the institution"))
        self._add("scale", rule.words.text(lang), *hints)

    def _add_age(self, service: RouteService) -> None:
        mark = words.confirmed_mark(service.line.confirmed, clock.today())
        known = service.line.confirmed is not None
        title = _("Checked: {when}").format(when=mark.text.lower()) if known else _("Nobody has checked it yet")
        day = service.line.confirmed
        when = translator().long_date(day) if isinstance(day, date) else ""
        who = words.officer(service.checked_by, self.own) if service.checked_by else ""
        told = "  ·  ".join(part for part in (when, who) if part)
        self._add(mark.icon, title, told, tone=mark.tone, below=True)

    def _add(self, icon: str, title: str, *hints: str, tone: Tone = "hint", below: bool = False) -> QVBoxLayout:
        """An icon, a line in bold and grey lines under it; answers where more can be put."""
        row, lines = QHBoxLayout(), QVBoxLayout()
        row.setSpacing(MEDIUM)
        row.addWidget(IconLabel(icon, tone, size=20), 0, Qt.AlignmentFlag.AlignTop)
        lines.setSpacing(TINY)
        lines.addWidget(Text(title, "body_bold", wrap=True))
        for hint in hints:
            if hint:
                lines.addWidget(Text(hint, "hint", "hint", wrap=True))
        row.addLayout(lines, 1)
        (self.below if below else self.column).addLayout(row)
        return lines


def short(name: str, most: int = 24) -> str:
    """A name for one line of the panel."""
    return name if len(name) <= most else name[: most - 1].rsplit(" ", 1)[0] + "…"
