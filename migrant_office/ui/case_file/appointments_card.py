"""The appointments of a person: those to come first, then the last ones, and a way to give another."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from migrant_office.i18n import _, translator
from migrant_office.models.appointment import Appointment
from migrant_office.models.case_file import CaseFile
from migrant_office.services import agenda
from migrant_office.ui import words
from migrant_office.ui.booking.appointment_dialog import show_appointment
from migrant_office.ui.booking.book_dialog import BookDialog
from migrant_office.ui.booking.booking_words import state_mark
from migrant_office.ui.case_file.rows_card import RowsCard
from migrant_office.ui.operations import Operations
from migrant_office.ui.page import Page
from migrant_office.ui.widgets.row import RowSpec

SHOWN = 5
Held = tuple[tuple[Appointment, str], ...]


class AppointmentsCard(RowsCard):
    """Reads the appointments of the case it is told to show. `page` is where dialogs and sentences go."""

    def __init__(self, operations: Operations, page: Page, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.operations, self.page = operations, page
        self.case, self.title = "", ""
        self.held: Held = ()
        self.opened.connect(self._open)
        self.add_wanted.connect(self._book)

    def show_case(self, case: CaseFile) -> None:
        id = self.case = case.person.id
        self.title = _("Appointment of {name}").format(name=case.person.name or case.person.number)
        self.operations.ask(self, lambda office: agenda.of_case(office, id), self._show, key="appointments")

    def _show(self, held: Held) -> None:
        self.held = held
        self.show_rows(
            _("Appointments"),
            [row_of(one, service, self.operations.officer) for one, service in held[:SHOWN]],
            empty=_("An hour at this office, or at the service of an institution."),
            add=_("Give an appointment"),
        )

    def _open(self, id: object) -> None:
        service = next((name for one, name in self.held if one.id == id), "")
        show_appointment(self.page, self.case, str(id), self.title, service, here=True)

    def _book(self) -> None:
        dialog = BookDialog(self.operations, self.case, self.page)
        dialog.booked.connect(lambda: self.page.said.emit(_("The appointment is given. Ctrl Z takes it back.")))
        dialog.open()


def row_of(one: Appointment, service: str, own: str = "") -> RowSpec:
    day = words.capital(translator().long_date(one.on)) if one.on else ""
    about = words.coded(one.about) if one.about else ""
    told = "  ·  ".join(part for part in (service or words.officer(one.officer, own), about) if part)
    title = "  ·  ".join(part for part in (day, one.hour) if part)
    return RowSpec(one.id, title, told, marks=(state_mark(one.state),))
