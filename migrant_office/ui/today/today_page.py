"""Hoy: what waits. Follow-ups due, drafts to finish, cases opened today, services nobody has confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from migrant_office import clock
from migrant_office.i18n import _, ngettext, translator
from migrant_office.models.vault.drafts import Draft
from migrant_office.services import intake, today
from migrant_office.services.agenda import AppointmentLine
from migrant_office.services.follow_ups.listing import Line
from migrant_office.services.today import NewCase, PendingPath, Today
from migrant_office.ui import words
from migrant_office.ui.booking.appointment_dialog import show_appointment
from migrant_office.ui.booking.booking_words import person_title
from migrant_office.ui.operations import Operations
from migrant_office.ui.page import IntakeWish, ScrolledPage
from migrant_office.ui.theme.metrics import CARD_GAP, COLUMN_GAP
from migrant_office.ui.today.agenda_card import AgendaCard
from migrant_office.ui.today.discard_dialog import DiscardDialog
from migrant_office.ui.today.draft_words import draft_hint, draft_title, saved_at
from migrant_office.ui.today.expiring_card import ExpiringCard
from migrant_office.ui.today.queue_card import QueueCard
from migrant_office.ui.widgets.button import Button, IconButton
from migrant_office.ui.widgets.card import Card
from migrant_office.ui.widgets.empty_state import EmptyState
from migrant_office.ui.widgets.marks import MarkSpec
from migrant_office.ui.widgets.page_header import PageHeader
from migrant_office.ui.widgets.row import ListRow, RowSpec, RowStyle
from migrant_office.ui.widgets.text import Text

DENSE = RowStyle(dense=True)
DRAFTS = 6
NOON, EVENING = 12, 19


class TodayPage(ScrolledPage):
    """The first page of the day."""

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        self.shown: Today | None = None
        self.header = PageHeader("")
        self.start = Button("", "primary", icon="user-plus", shortcut="F9")
        self.start.clicked.connect(self._start)
        self.family = Button("", icon="users-group", shortcut="Ctrl+Shift+R")
        self.family.clicked.connect(lambda: self.intake_wanted.emit(IntakeWish(intake.FAMILY)))
        self.header.add(self.family)
        self.header.add(self.start)
        self.queue, self.agenda = QueueCard(operations), AgendaCard(operations)
        self.due, self.opened = Card(flush=True), Card(flush=True)
        self.drafts, self.begun, self.stale = Card(flush=True), Card(flush=True), Card(flush=True)
        self.expiring = ExpiringCard(operations)
        self.expiring.opened.connect(self._open)
        self._connect_day()
        self.due.link_clicked.connect(lambda: self.place_wanted.emit("follow_ups"))
        self.stale.link_clicked.connect(lambda: self.place_wanted.emit("services"))
        self._lay_out()
        self.first = self.start
        self.retranslate()

    def _lay_out(self) -> None:
        columns = QHBoxLayout()
        columns.setSpacing(COLUMN_GAP)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column, cards in (
            (left, (self.queue, self.agenda, self.opened)),
            (right, (self.due, self.drafts, self.begun, self.expiring, self.stale)),
        ):
            column.setSpacing(CARD_GAP)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
        columns.addLayout(left, 58)
        columns.addLayout(right, 42)
        self.rows.addWidget(self.header)
        self.rows.addLayout(columns)
        self.rows.addStretch(1)

    def read(self) -> None:
        self.operations.ask(self, today.read_today, self.show_today, key="today")
        for card in (self.expiring, self.queue, self.agenda):
            card.read()

    def _connect_day(self) -> None:
        """What the queue and the agenda of today wish goes up as the page's own wishes."""
        self.queue.next_changed.connect(lambda _number: self._name_start())
        self.queue.said.connect(self.said)
        self.queue.case_wanted.connect(self.case_wanted)
        self.queue.intake_wanted.connect(self.intake_wanted)
        self.agenda.link_clicked.connect(lambda: self.place_wanted.emit("agenda"))
        self.agenda.opened.connect(self._open_appointment)

    def _open_appointment(self, line: AppointmentLine) -> None:
        title = person_title(line.name, line.number, restricted=line.restricted)
        show_appointment(self, line.case, line.id, title, line.service_name)

    def _start(self) -> None:
        """The next in the queue, or somebody new while nobody waits."""
        if self.queue.next:
            self.queue.call_next()
        else:
            self.intake_wanted.emit(IntakeWish())

    def _name_start(self) -> None:
        line = self.queue.next
        text = _("Attend the next: {number}").format(number=line.number) if line else _("Attend a new person")
        self.start.set_icon("player-play" if line else "user-plus")
        self.start.setText(text)

    def retranslate(self) -> None:
        self._name_start()
        self.queue.retranslate()
        self.agenda.retranslate()
        self.family.setText(_("Register a family"))
        if self.shown:
            self.show_today(self.shown)
            self.expiring.read()

    def show_today(self, shown: Today) -> None:
        self.shown = shown
        told = ngettext("{count} attention yesterday", "{count} attentions yesterday", shown.attended_yesterday)
        self.header.set_texts(
            greeting(clock.now()),
            "  ·  ".join(
                (words.capital(translator().long_date(shown.day)), told.format(count=shown.attended_yesterday))
            ),
        )
        self._fill_due(shown)
        self._fill_drafts(shown)
        self._fill_cases(self.opened, _("Opened today"), shown.opened, len(shown.opened))
        self._fill_cases(self.begun, _("Registered, to be completed"), shown.begun, shown.begun_count)
        self.opened.setVisible(bool(shown.opened))
        self._fill_stale(shown)

    def _fill_due(self, shown: Today) -> None:
        self.due.clear()
        self.due.set_title(_("Follow-ups"), shown.due_count)
        self.due.set_link(_("See all"))
        rows = [*map(path_row, shown.paths), *(due_row(item, shown) for item in shown.due)]
        for spec in rows:
            self._row(self.due, spec)
        if not rows:
            self.due.add(
                EmptyState(
                    _("Nobody waits for a follow-up"),
                    _("Referrals appear here on the day you promised to ask."),
                    icon="calendar-check",
                )
            )

    def _fill_drafts(self, shown: Today) -> None:
        self.drafts.clear()
        self.drafts.set_title(_("Drafts to finish"), len(shown.drafts))
        for draft in shown.drafts[:DRAFTS]:
            spec = RowSpec(
                draft, draft_title(draft), draft_hint(draft, self.operations.officer), anchor_icon="file-pencil"
            )
            self._draft_row(draft, spec)
        if len(shown.drafts) > DRAFTS:
            more = len(shown.drafts) - DRAFTS
            text = ngettext(
                "{count} older draft appears when these are finished",
                "{count} older drafts appear when these are finished",
                more,
            )
            self.drafts.add(Text(text.format(count=more), "hint", "hint", wrap=True))
        if not shown.drafts:
            self.drafts.add(
                EmptyState(
                    _("No draft waits"),
                    _("What you type is saved by itself and appears here until it is finished."),
                    icon="file-check",
                )
            )

    def _fill_cases(self, card: Card, title: str, cases: Sequence[NewCase], count: int) -> None:
        card.clear()
        card.setVisible(bool(cases))
        card.set_title(title, count)
        for case in cases:
            self._row(card, opened_row(case))

    def _fill_stale(self, shown: Today) -> None:
        self.stale.clear()
        self.stale.set_title(_("Services to confirm"), shown.stale_count)
        self.stale.set_link(_("See all") if shown.stale_count else "")
        self.stale.setVisible(bool(shown.stale_count))
        for service in shown.stale:
            mark = words.confirmed_mark(service.confirmed, shown.day)
            spec = RowSpec(None, service.name, anchor_icon="building-community", marks=(mark,))
            self.stale.add(ListRow(spec, DENSE, openable=False))

    def _row(self, card: Card, spec: RowSpec) -> None:
        row = ListRow(spec, DENSE)
        row.opened.connect(self._open)
        card.add(row)

    def _draft_row(self, draft: Draft, spec: RowSpec) -> None:
        row, discard = ListRow(spec, DENSE), IconButton("trash", _("Discard: {draft}").format(draft=spec.title))
        row.opened.connect(self._open)
        discard.clicked.connect(lambda: self._ask_discard(draft, spec.title))
        line = QHBoxLayout()
        line.setSpacing(0)
        line.addWidget(row, 1)
        line.addWidget(discard)
        self.drafts.body.addLayout(line)

    def _ask_discard(self, draft: Draft, title: str) -> None:
        dialog = DiscardDialog(title, saved_at(draft), self)
        dialog.accepted.connect(lambda: self._discard(draft))
        dialog.open()

    def _discard(self, draft: Draft) -> None:
        def done(_nothing: None) -> None:
            self.said.emit(_("The draft is discarded."))
            self.read()

        self.operations.run(self, lambda office: intake.discard(office, draft), done)

    def panels(self) -> Sequence[QWidget]:
        rows = (card.findChild(ListRow) for card in (self.queue, self.agenda, self.due, self.drafts))
        return [self.start, *(row for row in rows if row is not None)]

    def _open(self, key: object) -> None:
        if isinstance(key, Draft):
            self.intake_wanted.emit(key)
        elif isinstance(key, str):
            self.case_wanted.emit(key)


def path_row(path: PendingPath) -> RowSpec:
    """A rapid path without its referral; by folio, for the person at the desk may read it too."""
    since = _("since {day}").format(day=translator().day_month(path.opened))
    mark = MarkSpec(_("Rapid path pending"), "ask", "shield-lock", strong=True)
    return RowSpec(path.case, _("Case file {number}").format(number=path.number), since, marks=(mark,))


def due_row(item: Line, shown: Today) -> RowSpec:
    marks = [words.due_mark(item.due, shown.day)]
    if rule := words.contact_text(item.contact_rule):
        marks.insert(0, MarkSpec(rule, "warn", "shield-check"))
    elif item.contact_words:
        marks.insert(0, MarkSpec(_("Safe contact"), "warn", "shield-check"))
    hint = "  ·  ".join(part for part in (words.asked(item.question, item.service), item.contact_words) if part)
    if item.restricted:
        marks.insert(0, words.restricted_mark())
    return RowSpec(item.case, title(item.name, item.number, restricted=item.restricted), hint, marks=tuple(marks))


def opened_row(case: NewCase) -> RowSpec:
    marks = (words.restricted_mark(),) if case.restricted else ()
    hint = "" if case.restricted else case.number
    name = title(case.name, case.number, restricted=case.restricted)
    return RowSpec(case.case, name, hint, anchor_icon="files", marks=marks)


def title(name: str, number: str, *, restricted: bool) -> str:
    """A name, or the folio of a restricted case."""
    return person_title(name, number, restricted=restricted)


def greeting(moment: datetime) -> str:
    """By the hour on the wall."""
    hour = clock.local(moment).hour
    return _("Good morning") if hour < NOON else _("Good afternoon") if hour < EVENING else _("Good evening")
