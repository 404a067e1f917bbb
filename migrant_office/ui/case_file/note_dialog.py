"""One attention as it was recorded: day, way, and the note, which is written once and never changed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from migrant_office.i18n import _, translator
from migrant_office.models.encounter import Encounter
from migrant_office.ui import words
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.widgets.text import Text


class NoteDialog(Dialog):
    """Only to be read."""

    def __init__(self, encounter: Encounter, parent: QWidget | None = None) -> None:
        title = f"{words.capital(translator().long_date(encounter.made))}  ·  {words.coded(encounter.channel)}"
        super().__init__(title, _("Close"), parent=parent)
        self.cancel.hide()
        note = encounter.note or _("No note was written.")
        self.body.addWidget(Text(note, "body", "text" if encounter.note else "hint", wrap=True))
        self.first = self.primary
