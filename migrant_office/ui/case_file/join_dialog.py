"""Name the second case file of a person, where nothing made the two look alike; the two are compared before joining."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from migrant_office.i18n import _
from migrant_office.ui.booking.case_finder import CaseFinder
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.operations import Operations


class JoinDialog(Dialog):
    """`found` carries the id of the other case."""

    found = Signal(str)

    def __init__(self, operations: Operations, case: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Join with another case file"), _("Compare the two"), width=620, parent=parent)
        self.finder = CaseFinder(
            operations,
            {case},
            _("The second case file of the same person. Nothing is joined before you have compared."),
        )
        self.body.addWidget(self.finder)
        self.first = self.finder.search

    def written(self) -> bool:
        return self.finder.chosen is not None

    def agree(self) -> None:
        other = self.finder.answer()
        if other is not None:
            self.accept()
            self.found.emit(other.id)
