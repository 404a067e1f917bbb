"""Asks before a block of a repeated group goes with what was written in it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from migrant_office.i18n import _
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.widgets.text import Text


class RemoveDialog(Dialog):
    """The focus stands on Cancel, so that a hasty Enter keeps what was written."""

    def __init__(self, what: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Take this away?"), _("Take away"), kind="danger", width=480, parent=parent)
        told = _("{what}: what was written here goes away. The rest of the form stays.").format(what=what)
        self.body.addWidget(Text(told, "body", wrap=True))
        self.first = self.cancel
