"""A note as it was written: once, and never changed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from migrant_office.i18n import _
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.widgets.text import Text


class NoteDialog(Dialog):
    """Only to be read."""

    def __init__(self, title: str, note: str, parent: QWidget | None = None) -> None:
        super().__init__(title, _("Close"), parent=parent)
        self.cancel.hide()
        text = note or _("No note was written.")
        self.body.addWidget(Text(text, "body", "text" if note else "hint", wrap=True))
        self.first = self.primary
