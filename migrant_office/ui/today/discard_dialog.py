"""Asks before a draft goes for good: it is the one thing on Hoy that cannot be taken back."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from migrant_office.i18n import _
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.widgets.text import Text


class DiscardDialog(Dialog):
    """The focus stands on Cancel, so that a hasty Enter keeps the draft."""

    def __init__(self, title: str, saved: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Discard this draft?"), _("Discard the draft"), kind="danger", width=480, parent=parent)
        told = _("{draft}, saved {when}. What was typed goes away for good and no case file is opened.")
        self.body.addWidget(Text(told.format(draft=title, when=saved), "body", wrap=True))
        self.first = self.cancel
