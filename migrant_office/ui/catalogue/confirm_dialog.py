"""The institution was asked: who answered, and that the facts still hold."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from migrant_office.errors import UserError
from migrant_office.i18n import _, translator
from migrant_office.models.service import Service
from migrant_office.models.vault.operation import Done
from migrant_office.services import catalogue
from migrant_office.ui.catalogue.telling import told
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.theme.metrics import LARGE, SMALL
from migrant_office.ui.widgets.field import LabelledField, LineField
from migrant_office.ui.widgets.text import Text

READ_OUT = 10  # of the facts, from the first: what is read out on the telephone


class ConfirmDialog(Dialog):
    """Shows what is to be read out, and writes today's date with who answered."""

    def __init__(self, operations: Operations, service: Service, phones: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Confirm with the institution"), _("Confirmed today"), width=640, parent=parent)
        self.operations, self.service = operations, service
        self.body.addWidget(Text(service.name, "body_bold", wrap=True))
        reach = phones or catalogue.known(service.contact) or _("To be confirmed with the institution")
        self.body.addWidget(Text(reach, "body", wrap=True))
        hint = _("Read the facts out. Where one has changed, close this and edit the service first.")
        self.body.addWidget(Text(hint, "hint", "hint", wrap=True))
        self.body.addLayout(read_out(told(service)[1:READ_OUT]))
        self.who = LineField(placeholder=_("Name or desk of whoever answered"))
        self.body.addWidget(LabelledField(_("Who at the institution answered"), self.who, optional=_("optional")))
        self.first = self.who

    def written(self) -> bool:
        return bool(self.who.text().strip())

    def agree(self) -> None:
        who, service = self.who.text(), self.service
        self.primary.setEnabled(False)
        self.operations.run(
            self, lambda office: catalogue.confirm(office, service, answered_by=who), self._saved, failed=self._failed
        )

    def _saved(self, _done: Done) -> None:
        self.accept()

    def _failed(self, error: UserError) -> None:
        self.primary.setEnabled(True)
        self.tell_trouble(error.text(translator()))


def read_out(facts: Sequence[tuple[str, str]]) -> QGridLayout:
    """Labels in grey at the left, what is read out beside them."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(LARGE)
    grid.setVerticalSpacing(SMALL)
    for column, share in enumerate((2, 3)):
        grid.setColumnStretch(column, share)
    for row, (label, text) in enumerate(facts):
        grid.addWidget(Text(label, "hint", "hint", wrap=True), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Text(text, "body", wrap=True), row, 1)
    return grid
