"""En espera: who waits, the next one first, and whom this office is calling or attending now."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from migrant_office import clock
from migrant_office.i18n import _, translator
from migrant_office.models.queue import TicketState
from migrant_office.services import queue
from migrant_office.services.queue import Queue, TicketLine
from migrant_office.ui import words
from migrant_office.ui.booking.booking_words import language_mark, person_title
from migrant_office.ui.operations import Operations
from migrant_office.ui.page import IntakeWish
from migrant_office.ui.theme.metrics import SMALL
from migrant_office.ui.today.call_dialog import CallDialog
from migrant_office.ui.today.numbers_dialog import NumbersDialog, show_number
from migrant_office.ui.today.take_dialog import TakeDialog
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.card import Card
from migrant_office.ui.widgets.flow_layout import FlowLayout
from migrant_office.ui.widgets.marks import MarkSpec
from migrant_office.ui.widgets.row import ListRow, RowSpec, RowStyle
from migrant_office.ui.widgets.text import Text

LONG = 15  # minutes of waiting, from which on they stand in bold
TOO_LONG = 120  # minutes, from which on hours are told
EVERY = 30_000  # ms: minutes go by while nothing is written
SHOWN = 8  # whoever waits longer is told by the count
S = TicketState


class QueueCard(Card):
    """`next_changed` carries the number that is called next, "" while nobody waits; the others go up to the page."""

    next_changed = Signal(str)
    said = Signal(str)
    case_wanted = Signal(str)
    intake_wanted = Signal(object)

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(flush=True, parent=parent)
        self.operations = operations
        self.queue: Queue | None = None
        self.row_widgets: list[ListRow] = []
        self.take = Button("", "quiet", icon="plus", shortcut="Ctrl+T")
        self.take.clicked.connect(self._take)
        self.without = Button("", "quiet", icon="user-plus", shortcut="Shift+F9")
        self.without.clicked.connect(lambda: self.intake_wanted.emit(IntakeWish()))
        self.body.setSpacing(0)
        self.numbers = Button("", "quiet", icon="printer")
        self.numbers.clicked.connect(lambda: NumbersDialog(self.operations, self.window()).open())
        self.median = Text("", "hint", "hint", elide=True)
        foot = QWidget()
        flow = FlowLayout(foot, gap=SMALL)  # in Creole the two and the minutes are wider than half a small screen
        for part in (self.take, self.without, self.numbers, self.median):
            flow.addWidget(part)
        whole = self.layout()
        if isinstance(whole, QVBoxLayout):
            whole.addWidget(foot)
        self.clock = QTimer(self, interval=EVERY)
        self.clock.timeout.connect(self._tick)
        self.clock.start()

    def read(self) -> None:
        self.operations.ask(self, queue.today, self._show, key="queue")

    def retranslate(self) -> None:
        self.take.setText(_("Take a number"))
        self.without.setText(_("Attend without a number"))
        self.numbers.setText(_("Print numbers"))
        if self.queue:
            self._show(self.queue)

    @property
    def next(self) -> TicketLine | None:
        return self.queue.next if self.queue else None

    def _tick(self) -> None:
        """The minutes alone: the rows stay, and with them the focus."""
        if self.queue is None or not self.isVisible():
            return
        for row in self.row_widgets:
            if line := self.queue.line(row.spec().key):
                row.set_spec(row_of(line, queue.now(), first=line is self.next))

    def _show(self, shown: Queue) -> None:
        here = self.window().focusWidget()
        kept = here.spec().key if isinstance(here, ListRow) and here in self.row_widgets else None
        self.queue = shown
        self.clear()
        self.set_title(_("Waiting"), len(shown.waiting))
        self.row_widgets = []
        for line in (*shown.at_desks, *shown.waiting[:SHOWN]):
            row = ListRow(row_of(line, queue.now(), first=line is self.next), STYLE, line_above=bool(self.row_widgets))
            row.setAccessibleDescription(_("Goes first") if line.priority else "")
            row.opened.connect(self.open)
            self.row_widgets.append(row)
            self.add(row)
            if line.id == kept:
                row.setFocus()
        if not self.row_widgets:
            self.add(quiet(_("Nobody waits. Who arrives takes a number here.")))
        told = "" if shown.median is None else _("Waited today: {count} min").format(count=shown.median)
        self.median.setText(told)
        self.without.setVisible(bool(shown.waiting))  # else it is what F9 does
        self.next_changed.emit(shown.next.number if shown.next else "")

    # acting

    def _take(self) -> None:
        dialog = TakeDialog(self.operations, self.window())
        dialog.said.connect(self.said)
        dialog.print_wanted.connect(lambda id: show_number(self.operations, id, self.window()))
        dialog.open()

    def call_next(self) -> None:
        """Call the first who waits, and ask whether she is there."""
        if self.next:
            self.call(self.next.id)

    def call(self, id: str) -> None:
        """Call a number, and ask whether the person is there."""

        def called(_done: object) -> None:
            self.operations.ask(self, queue.today, lambda found: self._ask_there(found, id), key="queue-called")

        self.operations.run(self, lambda office: queue.call(office, id), called)

    def _ask_there(self, found: Queue, id: str) -> None:
        self._show(found)
        self.open(id)

    def open(self, id: object) -> None:
        line = self.queue.line(id) if self.queue else None
        if line is None:
            return
        marks = [mark for mark in (language_mark(line.language, interpreter=line.interpreter),) if mark]
        if line.priority:
            marks.append(MarkSpec(_("Goes first"), "blue", "star-filled"))
        dialog = CallDialog(self.operations, line, (title_of(line), hint_of(line)), marks, self.window())
        dialog.call_wanted.connect(self.call)
        dialog.print_wanted.connect(lambda id: show_number(self.operations, id, self.window()))
        dialog.case_wanted.connect(self.case_wanted)
        dialog.intake_wanted.connect(self.intake_wanted)
        dialog.open()


STYLE = RowStyle(anchor=66)


def row_of(line: TicketLine, moment: datetime, *, first: bool) -> RowSpec:
    """A row: the number on a plate, who and what for; at the right language, priority and minutes."""
    language = language_mark(line.language, interpreter=line.interpreter)
    priority = MarkSpec("", "blue", "star-filled") if line.priority else None  # why is nobody's business in the room
    marks = (priority, language, state_mark(line, moment))
    return RowSpec(
        line.id,
        title_of(line),
        hint_of(line),
        anchor=line.number,
        anchor_plate=True,
        anchor_tone="blue" if first else "hint",
        strong=first,
        marks=tuple(mark for mark in marks if mark),
    )


def title_of(line: TicketLine) -> str:
    if not line.case:
        return _("Person not registered")
    return person_title(line.name, line.number_of_case, restricted=line.restricted)


def hint_of(line: TicketLine) -> str:
    """What for, and which visit this is or the hour of the appointment; of a restricted case nothing."""
    if line.restricted:
        return ""
    need = words.coded(line.need).lower() if line.need else ""
    if line.hour:
        told = (_("Appointment at {hour}").format(hour=hour_text(line.hour)), need)
    else:
        visit = _("first visit") if line.visit == 1 else _("visit {number}").format(number=line.visit)
        told = (_("Comes for: {need}").format(need=need) if need else "", visit if line.visit else "")
    return "  ·  ".join(part for part in told if part) or _("Prefers to say it at the desk")


def hour_text(hour: datetime) -> str:
    return translator().time(clock.local(hour).time())


def state_mark(line: TicketLine, moment: datetime) -> MarkSpec:
    """Minutes of waiting, in bold when they are many; or at which desk the person is."""
    if line.state is S.CALLED:
        return MarkSpec(words.coded(line.state), "blue", "speakerphone", strong=True)
    if line.state is S.SERVED:
        where = f": {line.desk}" if line.desk else ""
        return MarkSpec(words.coded(line.state) + where, "ok", "user-check")
    minutes = line.minutes(moment)
    long = minutes >= LONG
    hours = minutes // 60
    text = _("{count} h").format(count=hours) if minutes >= TOO_LONG else _("{count} min").format(count=minutes)
    return MarkSpec(text, "warn" if long else "hint", "clock", strong=long)


def quiet(text: str) -> Text:
    """A quiet sentence with the inset that rows bring themselves."""
    made = Text(text, "hint", "hint", wrap=True)
    made.setContentsMargins(12, 0, 12, 0)
    return made
