"""How many numbers are printed beforehand; and the paper of one number."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from migrant_office.i18n import _, ngettext
from migrant_office.models.office import Office
from migrant_office.models.sheet import Choice as SheetChoice
from migrant_office.models.sheet import MadeSheet
from migrant_office.services import queue_sheet
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.paper.paper_dialog import PaperDialog
from migrant_office.ui.widgets.field import Choice, LabelledField
from migrant_office.ui.widgets.text import Text

EACH = 8  # on a page
PAGES = (1, 2, 3, 5, 10)
USUAL = 3  # pages: a morning


class NumbersDialog(Dialog):
    """Asks for a number of pages and goes on to the paper."""

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(_("Print numbers"), _("See the pages"), width=520, parent=parent)
        self.operations = operations
        self.pages = Choice()
        choices = [(str(pages), told(pages)) for pages in PAGES]
        self.pages.set_choices(choices, str(USUAL))
        self.body.addWidget(
            Text(
                _("The next numbers of this machine. Printing gives none: hand them out in order, and take each one."),
                "body",
                wrap=True,
            )
        )
        self.body.addWidget(LabelledField(_("How many"), self.pages))
        self.first = self.pages

    def agree(self) -> None:
        count, parent = int(self.pages.value()) * EACH, self.parentWidget()

        def make(office: Office, choice: SheetChoice) -> MadeSheet:
            return queue_sheet.numbers_sheet(office, count, choice)

        dialog = PaperDialog(self.operations, make, _("Numbers of the queue"), parent)
        self.accept()
        dialog.open()


def told(pages: int) -> str:
    """A choice of the dialog."""
    text = ngettext("{count} numbers on {pages} page", "{count} numbers on {pages} pages", pages)
    return text.format(count=pages * EACH, pages=pages)


def show_number(operations: Operations, ticket: str, parent: QWidget | None) -> None:
    """The paper of one number before it is printed."""

    def make(office: Office, choice: SheetChoice) -> MadeSheet:
        return queue_sheet.ticket_sheet(office, ticket, choice)

    PaperDialog(operations, make, _("Number of the queue"), parent).open()
