"""The button that puts on paper what the office keeps about a person."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from migrant_office.i18n import _
from migrant_office.models.office import Office
from migrant_office.models.person import Person
from migrant_office.models.sheet import Choice, MadeSheet
from migrant_office.services import own_data_sheet
from migrant_office.ui.operations import Operations
from migrant_office.ui.paper.paper_dialog import PaperDialog
from migrant_office.ui.widgets.button import Button


class OwnDataButton(Button):
    """Says why not where nothing is printed."""

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__("", "quiet", icon="id-badge-2", parent=parent)
        self.operations = operations
        self.person: Person | None = None
        self.clicked.connect(self._show_sheet)

    def show_person(self, person: Person) -> None:
        self.person = person
        self.setText(_("Print own data"))
        self.set_available(not person.restricted, _("Nothing of this case is printed.") if person.restricted else "")

    def _show_sheet(self) -> None:
        if self.person is None:
            return
        id = self.person.id

        def make(office: Office, choice: Choice) -> MadeSheet:
            return own_data_sheet.own_data_sheet(office, id, choice)

        PaperDialog(self.operations, make, _("Summary of own data"), self.window()).open()
