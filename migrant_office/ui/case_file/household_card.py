"""With whom the person lives: each member leads to her own case."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from migrant_office.i18n import _, translator
from migrant_office.models.case_file import CaseFile
from migrant_office.models.missing import Missing
from migrant_office.services import households
from migrant_office.services.households import HouseholdView, MemberLine
from migrant_office.ui import words
from migrant_office.ui.case_file.member_dialog import AddMemberDialog, MemberDialog
from migrant_office.ui.case_file.rows_card import RowsCard, said
from migrant_office.ui.operations import Operations
from migrant_office.ui.widgets.marks import MarkSpec
from migrant_office.ui.widgets.row import RowSpec


class HouseholdCard(RowsCard):
    """Reads the household of the case it is told to show; one that nobody noted yet can be begun here."""

    case_wanted = Signal(str)

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.operations = operations
        self.case: CaseFile | None = None
        self.view: HouseholdView | None = None
        self.opened.connect(self._open)
        self.add_wanted.connect(self._add)

    def show_case(self, case: CaseFile) -> None:
        self.case = case
        home = case.person.household
        if home:
            self.operations.ask(
                self, lambda office: households.read_household(office, home), self._show, key="household"
            )
        else:
            self.operations.ask(self, lambda _office: None, self._show, key="household")

    def _show(self, view: HouseholdView | None) -> None:
        self.view = view
        lines = view.members if view else ()
        here = self.case.person.id if self.case else ""
        self.show_rows(
            _("Household"),
            [row_of(line, here) for line in lines],
            empty=_("Who lives with the person. Each one keeps a case file of their own."),
            add=_("Add a person to the household"),
        )
        if view and (where := shared(view)):
            self.body.insertWidget(0, said(where))

    def _open(self, id: object) -> None:
        line = next((m for m in self.view.members if m.case == id), None) if self.view else None
        if line and self.view and self.case:
            dialog = MemberDialog(self.operations, self.view, line, self.case.person.id, self)
            dialog.case_wanted.connect(self.case_wanted)
            dialog.open()

    def _add(self) -> None:
        if self.case:
            AddMemberDialog(self.operations, self.case.person, self.view, self).open()


def shared(view: HouseholdView) -> str:
    """Address and commune that the members share."""
    return ", ".join(t for t in (view.household.address, view.household.commune) if t)


def row_of(line: MemberLine, here: str) -> RowSpec:
    """Name over role and age; a minor for whom nobody answers is marked."""
    age = translator().age(line.age) if line.age is not None else ""
    guardian = _("{name} answers for this minor").format(name=line.guardian) if line.guardian else ""
    marks = (MarkSpec(_("Nobody answers for this minor yet"), "warn", "alert-circle"),) if line.alone else ()
    note = _("this case file") if line.case == here else ""
    told = "  ·  ".join(t for t in (role_of(line), age, guardian) if t)
    return RowSpec(line.case, line.name or _("No name noted"), told, marks=marks, note=note)


def role_of(line: MemberLine) -> str:
    return "" if isinstance(line.member.role, Missing) else words.coded(line.member.role)
