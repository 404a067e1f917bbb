"""Agenda: one day, officer by officer, with the hours that are free."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from migrant_office import clock
from migrant_office.i18n import _, ngettext, translator
from migrant_office.models.appointment import hour_of
from migrant_office.services import agenda
from migrant_office.services.agenda import AppointmentLine, Day, OfficerDay
from migrant_office.services.sheet_batches import Whom
from migrant_office.ui import words
from migrant_office.ui.batches.batch_dialog import BatchDialog
from migrant_office.ui.booking.appointment_dialog import show_appointment
from migrant_office.ui.booking.book_dialog import BookDialog
from migrant_office.ui.booking.booking_words import clash_mark, line_hint, person_title, state_mark
from migrant_office.ui.operations import Operations
from migrant_office.ui.page import Page
from migrant_office.ui.widgets.banner import Banner
from migrant_office.ui.widgets.button import Button, IconButton
from migrant_office.ui.widgets.card import Card
from migrant_office.ui.widgets.marks import MarkSpec
from migrant_office.ui.widgets.page_header import PageHeader
from migrant_office.ui.widgets.row import RowSpec, RowStyle
from migrant_office.ui.widgets.row_list import RowList

STYLE = RowStyle(anchor=66, dense=True)


class AgendaPage(Page):
    """A list of one day; Enter opens an appointment, or gives the free hour that is chosen."""

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        self.day = clock.today()
        self.shown: Day | None = None
        self.header = PageHeader("")
        self.before, self.after = Button("", icon="arrow-left", shortcut="Alt+Left"), Button("", shortcut="Alt+Right")
        self.now = Button("", shortcut="Alt+Up")
        self.book = Button("", "primary", icon="plus", shortcut="Ctrl+N")
        self.paper = IconButton("printer", "")
        for button in (self.before, self.now, self.after, self.paper, self.book):
            self.header.add(button)
        self.closed, self.unsaid = Banner("info", "", icon="calendar"), Banner("ask", "", icon="clock")
        self.list = RowList("", STYLE, uniform=False)
        self.list.opened.connect(self._open)
        self.list.clicked.connect(lambda _index: self._open(self.list.chosen_key()))
        card = Card(flush=True)
        card.add(self.list, 1)
        for widget in (self.header, self.closed, self.unsaid):
            self.column.addWidget(widget)
        self.column.addWidget(card, 1)
        self.before.clicked.connect(lambda: self._go(-1))
        self.after.clicked.connect(lambda: self._go(1))
        self.now.clicked.connect(lambda: self.show_day(clock.today()))
        self.book.clicked.connect(lambda: self._book(""))
        self.paper.clicked.connect(self._print)
        self.first = self.list
        self.retranslate()

    def watched(self) -> tuple[str, ...]:
        return ("appointment", "person", "merge", "service")

    def panels(self) -> Sequence[QWidget]:
        return (self.before, self.list)

    def come_forward(self) -> None:
        if self.shown is not None and self.day < clock.today():
            self.day = clock.today()
        self.read()

    def show_day(self, day: date) -> None:
        self.day = day
        self.read()

    def _go(self, by: int) -> None:
        self.show_day(agenda.next_working_day(self.operations.city, self.day, by))

    def read(self) -> None:
        day = self.day
        self.operations.ask(self, lambda office: agenda.day_of(office, day), self._show, key="agenda")

    def retranslate(self) -> None:
        self.before.setText(_("Previous day"))
        self.after.setText(_("Next day"))
        self.now.setText(_("Today"))
        self.book.setText(_("Give an appointment"))
        self.paper.set_name(_("Print for many…"))
        self.list.setAccessibleName(_("Agenda"))
        if self.shown:
            self._show(self.shown)

    def _show(self, shown: Day) -> None:
        again = self.shown is not None and self.shown.day == shown.day
        self.shown = shown
        kept = self.list.chosen_key() if again else None
        rows = [*rows_of(shown, self.operations.officer)]
        self.list.set_rows(rows, choose=kept)
        if self.list.chosen_key() is None:
            self.list.step(1)
        count = len([*every(shown)])
        told = ngettext("{count} appointment", "{count} appointments", count).format(count=count)
        self.header.set_texts(_("Agenda"), f"{words.capital(translator().long_date(shown.day))}  ·  {told}")
        self.closed.set_texts(closed_text(shown), _("An appointment can be given all the same."))
        self.closed.setVisible(not shown.is_open)
        self.unsaid.set_texts(
            _("The hours of this office are to be confirmed"),
            _("They are a usual day, not yours. Whoever looks after the computer can write yours."),
        )
        self.unsaid.setVisible(not shown.hours_confirmed)
        self.book.set_available(
            shown.day >= clock.today(), _("This day has passed already. Choose today or a later day.")
        )

    # acting

    def _open(self, key: object) -> None:
        if isinstance(key, str) and self.shown:
            line = self.shown.line(key)
            if line:
                title = person_title(line.name, line.number, restricted=line.restricted)
                show_appointment(self, line.case, line.id, title, line.service_name)
        elif isinstance(key, tuple) and key[0] == "free":
            self._book(key[2], key[1])

    def _print(self) -> None:
        BatchDialog(self.operations, self, whom=Whom.EXPECTED, day=self.day).open()

    def _book(self, hour: str, officer: str = "") -> None:
        dialog = BookDialog(self.operations, "", self, day=self.day, hour=hour, officer=officer)
        dialog.booked.connect(lambda: self.said.emit(_("The appointment is given. Ctrl Z takes it back.")))
        dialog.open()


def every(day: Day) -> Iterator[AppointmentLine]:
    yield from (line for one in day.officers for line in one.lines)
    yield from day.elsewhere


def rows_of(day: Day, own: str = "") -> Iterator[RowSpec]:
    """Officer by officer (`own`: whoever reads): appointments and free hours in their order; then what people have
    at institutions.
    """
    for one in day.officers:
        free = ngettext("{count} free hour", "{count} free hours", len(one.free)).format(count=len(one.free))
        yield RowSpec(("officer", one.officer), words.officer(one.officer, own), note=free, heading=True)
        yield from hours_of(one, day)
    if day.elsewhere:
        yield RowSpec(("elsewhere",), _("At institutions"), heading=True)
        yield from map(line_row, day.elsewhere)


def hours_of(one: OfficerDay, day: Day) -> Iterator[RowSpec]:
    """What is given and what is free, by hour. Free hours of an officer carry her code and the hour as their key."""
    given = [(line.hour, line_row(line)) for line in one.lines]
    open_ = [(hour, free_row(one.officer, hour, day.slot)) for hour in one.free]
    yield from (row for _hour, row in sorted([*given, *open_], key=lambda pair: pair[0]))


def line_row(line: AppointmentLine) -> RowSpec:
    marks = (clash_mark(),) if line.clash else ()
    until = hour_of(line.span.stop)
    return RowSpec(
        line.id,
        person_title(line.name, line.number, restricted=line.restricted),
        "" if line.restricted else line_hint(line),
        anchor=line.hour,
        note=_("until {hour}").format(hour=until),
        marks=(*marks, state_mark(line.state)),
    )


def free_row(officer: str, hour: str, slot: int) -> RowSpec:
    mark = MarkSpec(_("Free: {count} min").format(count=slot), "hint", "plus")
    return RowSpec(("free", officer, hour), "", anchor=hour, marks=(mark,))


def closed_text(day: Day) -> str:
    if day.is_holiday:
        return _("That day is a public holiday.")
    return _("The office gives no appointments on that day of the week.")
