"""Citas de hoy: hour, who, what about, and whether she is here already."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from migrant_office.i18n import _
from migrant_office.services import agenda
from migrant_office.services.agenda import AppointmentLine
from migrant_office.ui.booking.booking_words import clash_mark, line_hint, person_title, state_mark
from migrant_office.ui.operations import Operations
from migrant_office.ui.today.queue_card import quiet
from migrant_office.ui.widgets.card import Card
from migrant_office.ui.widgets.row import ListRow, RowSpec, RowStyle

SHOWN = 6
STYLE = RowStyle(anchor=66)


class AgendaCard(Card):
    """`opened` carries the line that was chosen; the link at the right leads to the whole agenda."""

    opened = Signal(object)

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(flush=True, parent=parent)
        self.operations = operations
        self.lines: tuple[AppointmentLine, ...] | None = None
        self.row_widgets: list[ListRow] = []
        self.body.setSpacing(0)

    def read(self) -> None:
        self.operations.ask(self, agenda.today, self._show, key="agenda-today")

    def retranslate(self) -> None:
        self.set_link(_("See the agenda"))
        if self.lines is not None:
            self._show(self.lines)

    def _show(self, lines: tuple[AppointmentLine, ...]) -> None:
        """Those to come first: what took place needs nobody's eye, and is in the agenda."""
        here = self.window().focusWidget()
        kept = here.spec().key if isinstance(here, ListRow) and here in self.row_widgets else None
        self.lines = lines
        self.clear()
        self.set_title(_("Appointments of today"), len(lines))
        self.set_link(_("See the agenda"))
        self.row_widgets = []
        open_ = [line for line in lines if line.is_open]
        for line in (open_ or list(lines))[:SHOWN]:
            row = ListRow(row_of(line), STYLE, line_above=bool(self.row_widgets))
            row.opened.connect(self._open)
            self.row_widgets.append(row)
            self.add(row)
            if line.id == kept:
                row.setFocus()
        if not self.row_widgets:
            self.add(quiet(_("No appointments today.")))

    def _open(self, id: object) -> None:
        line = next((line for line in self.lines or () if line.id == id), None)
        if line is not None:
            self.opened.emit(line)


def row_of(line: AppointmentLine) -> RowSpec:
    marks = (clash_mark(),) if line.clash else ()
    return RowSpec(
        line.id,
        person_title(line.name, line.number, restricted=line.restricted),
        "" if line.restricted else line_hint(line),
        anchor=line.hour,
        marks=(*marks, state_mark(line.state)),
    )
