"""Hoy: what waits. Follow-ups due, drafts to finish, cases opened today, services nobody has confirmed."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from migrant_office import clock
from migrant_office.i18n import _, ngettext, translator
from migrant_office.models.vault.drafts import Draft
from migrant_office.services import today
from migrant_office.services.today import Today
from migrant_office.ui import words
from migrant_office.ui.operations import Operations
from migrant_office.ui.page import ScrolledPage
from migrant_office.ui.theme.metrics import CARD_GAP, COLUMN_GAP
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.card import Card
from migrant_office.ui.widgets.empty_state import EmptyState
from migrant_office.ui.widgets.marks import MarkSpec
from migrant_office.ui.widgets.page_header import PageHeader
from migrant_office.ui.widgets.row import ListRow, RowSpec, RowStyle

DENSE = RowStyle(dense=True)
ALL = 500
NOON, EVENING = 12, 19


class TodayPage(ScrolledPage):
    """The first page of the day."""

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        self.shown: Today | None = None
        self.header = PageHeader("")
        self.start = Button("", "primary", icon="user-plus", shortcut="F9")
        self.start.clicked.connect(lambda: self.intake_wanted.emit(None))
        self.header.add(self.start)
        self.due, self.opened = Card(flush=True), Card(flush=True)
        self.drafts, self.stale = Card(flush=True), Card(flush=True)
        self.whole = False
        self.due.link_clicked.connect(self._turn)
        self.stale.link_clicked.connect(lambda: self.place_wanted.emit("services"))
        columns = QHBoxLayout()
        columns.setSpacing(COLUMN_GAP)
        for cards, stretch in (((self.due, self.opened), 58), ((self.drafts, self.stale), 42)):
            column = QVBoxLayout()
            column.setSpacing(CARD_GAP)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
            columns.addLayout(column, stretch)
        self.rows.addWidget(self.header)
        self.rows.addLayout(columns)
        self.rows.addStretch(1)
        self.setFocusProxy(self.start)
        self.retranslate()

    def read(self) -> None:
        limit = ALL if self.whole else today.SHOWN
        self.operations.ask(self, lambda office: today.read_today(office, limit), self.show_today, key="today")

    def _turn(self) -> None:
        """All follow-ups, or the first few again."""
        self.whole = not self.whole
        self.read()

    def retranslate(self) -> None:
        self.start.setText(_("Attend a new person"))
        self.due.setToolTip("")
        if self.shown:
            self.show_today(self.shown)

    def show_today(self, shown: Today) -> None:
        self.shown = shown
        told = ngettext("{count} attention yesterday", "{count} attentions yesterday", shown.attended_yesterday)
        self.header.set_texts(greeting(clock.now()), "  ·  ".join((
            words.capital(translator().long_date(shown.day)), told.format(count=shown.attended_yesterday))))
        self._fill_due(shown)
        self._fill_drafts(shown)
        self._fill_opened(shown)
        self._fill_stale(shown)

    def _fill_due(self, shown: Today) -> None:
        self.due.clear()
        self.due.set_title(_("Follow-ups"), shown.due_count)
        self.due.set_link(_("See fewer") if self.whole else _("See all") if shown.due_count > today.SHOWN else "")
        for item in shown.due:
            marks = [words.due_mark(item.due, shown.day)]
            if item.contact_rule and item.contact_rule != "any":
                marks.insert(0, MarkSpec(words.coded(item.contact_rule), "warn", "shield-check"))
            self._row(self.due, RowSpec(item.case, item.name or _("No name noted"), item.service, marks=tuple(marks)))
        if not shown.due:
            self.due.add(EmptyState(_("Nobody waits for a follow-up"),
                                    _("Referrals appear here on the day you promised to ask."), icon="calendar-check"))

    def _fill_drafts(self, shown: Today) -> None:
        self.drafts.clear()
        self.drafts.set_title(_("Drafts to finish"), len(shown.drafts))
        for draft in shown.drafts[:6]:
            title = _("Intake of {name}").format(name=draft.title) if draft.title else _("Intake without a name")
            spec = RowSpec(draft, title, _("Saved {when}").format(when=saved_at(draft)), anchor_icon="file-pencil")
            self._row(self.drafts, spec)
        if not shown.drafts:
            self.drafts.add(EmptyState(_("No draft waits"),
                                       _("What you type is saved by itself and appears here until it is finished."), icon="file-check"))

    def _fill_opened(self, shown: Today) -> None:
        self.opened.clear()
        self.opened.setVisible(bool(shown.opened))
        self.opened.set_title(_("Opened today"), len(shown.opened))
        for case in shown.opened:
            self._row(self.opened, RowSpec(case.case, case.name or _("No name noted"), case.number,
                                           anchor_icon="files"))

    def _fill_stale(self, shown: Today) -> None:
        self.stale.clear()
        self.stale.set_title(_("Services to confirm"), shown.stale_count)
        self.stale.set_link(_("See all") if shown.stale_count else "")
        self.stale.setVisible(bool(shown.stale_count))
        for service in shown.stale:
            mark = words.confirmed_mark(service.confirmed, shown.day)
            self._row(self.stale, RowSpec(None, service.name, anchor_icon="building-community", marks=(mark,)),
                      goes=False)

    def _row(self, card: Card, spec: RowSpec, *, goes: bool = True) -> None:
        row = ListRow(spec, DENSE)
        if goes:
            row.opened.connect(self._open)
        row.setEnabled(goes)
        card.add(row)

    def _open(self, key: object) -> None:
        if isinstance(key, Draft):
            self.intake_wanted.emit(key)
        elif isinstance(key, str):
            self.case_wanted.emit(key)


def greeting(moment: datetime) -> str:
    """By the hour on the wall."""
    hour = moment.astimezone().hour
    return _("Good morning") if hour < NOON else _("Good afternoon") if hour < EVENING else _("Good evening")


def saved_at(draft: Draft) -> str:
    moment = datetime.fromisoformat(draft.saved_at).astimezone()
    return _("{day} at {time}").format(day=translator().ago(moment.date(), clock.today()),
                                       time=translator().time(moment.time()))
