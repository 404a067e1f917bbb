"""The files that were joined to a case; each leads to its separation. And the way to join one that nobody suspected."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from migrant_office.i18n import _, translator
from migrant_office.models.case_file import CaseFile
from migrant_office.services import merging
from migrant_office.services.merging import JoinedFile
from migrant_office.ui.case_file.join_dialog import JoinDialog
from migrant_office.ui.case_file.rows_card import RowsCard
from migrant_office.ui.merging import field_words
from migrant_office.ui.merging.merge_dialog import MergeDialog
from migrant_office.ui.merging.separate_dialog import SeparateDialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.widgets.row import RowSpec


class JoinedCard(RowsCard):
    """`joined` says that another file is part of the case shown from now on."""

    joined = Signal()

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.operations, self.case = operations, ""
        self.opened.connect(self._separate)
        self.add_wanted.connect(self._find)

    def show_case(self, case: CaseFile) -> None:
        id = self.case = case.person.id
        self.operations.ask(self, lambda office: merging.joined_files(office, id), self._show, key="joined-files")

    def _show(self, files: tuple[JoinedFile, ...]) -> None:
        self.show_rows(
            _("Joined case files"),
            [row_of(file) for file in files],
            empty=_("A second case file of the same person can be joined to this one."),
            add=_("Join with another case file…"),
        )

    def _find(self) -> None:
        dialog = JoinDialog(self.operations, self.case, self)
        dialog.found.connect(self._compare)
        dialog.open()

    def _compare(self, other: str) -> None:
        older, newer = sorted((self.case, other))
        dialog = MergeDialog(self.operations, older, newer, self)
        dialog.joined.connect(lambda _id: self.joined.emit())
        dialog.open()

    def _separate(self, joined: object) -> None:
        SeparateDialog(self.operations, self.case, str(joined), self).open()


def row_of(file: JoinedFile) -> RowSpec:
    day = translator().long_date(file.made) if file.made else ""
    told = [_("joined {day}").format(day=day) if day else "", field_words.counts(file.counts)]
    return RowSpec(
        file.id,
        f"{file.person.number}  ·  {file.person.name or _('No name noted')}",
        "  ·  ".join(part for part in told if part),
        chevron=True,
    )
