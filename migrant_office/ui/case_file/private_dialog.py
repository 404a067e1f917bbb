"""What was told in private, for whoever has the key of the compartment; that it was looked at is written down."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from migrant_office.errors import UserError
from migrant_office.i18n import _, translator
from migrant_office.services.intake.private import PrivateLine, read_private
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.widgets.banner import Banner
from migrant_office.ui.widgets.text import Text


class PrivateDialog(Dialog):
    """Asks before it looks: opening is an act of its own. Nothing here can be copied or printed."""

    def __init__(self, operations: Operations, case: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Answers told in private"), _("Open"), width=560, parent=parent)
        self.operations, self.case = operations, case
        self.lines: tuple[PrivateLine, ...] | None = None
        self.note = Banner(
            "ask", _("This is written down"), _("The access log keeps who opens it and when."), icon="lock"
        )
        self.body.addWidget(self.note)
        self.first = self.primary

    def agree(self) -> None:
        if self.lines is not None:
            self.accept()
            return
        case, lang = self.case, translator().lang
        self.primary.setEnabled(False)
        self.operations.run(self, lambda office: read_private(office, case, lang), self._show, failed=self._failed)

    def _show(self, lines: tuple[PrivateLine, ...]) -> None:
        self.lines = lines
        self.note.hide()
        for line in lines:
            self.body.addWidget(Text(line.label, "hint", "hint", wrap=True))
            self.body.addWidget(Text(line.words, "body", wrap=True))
        if not lines:
            self.body.addWidget(Text(_("Nothing was told in private."), "body", "hint", wrap=True))
        self.primary.setText(_("Close"))
        self.primary.setEnabled(True)
        self.cancel.hide()
        self.fit()

    def _failed(self, error: UserError) -> None:
        self.primary.setEnabled(True)
        self.tell_trouble(error.text(translator()))
