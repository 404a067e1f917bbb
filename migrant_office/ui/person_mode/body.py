"""What stands under a question and takes its answer; the screen asks every kind of it the same things."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from migrant_office.models.forms.answers import Cell
from migrant_office.ui.widgets.themed import Painted


class Body(Painted):
    """`answered` carries an answer for the form, or None when it was taken back.

    `types` is True where keys are letters of an answer: digits, Backspace and Space belong to the field then.
    """

    answered = Signal(object)
    types = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_cell(self, cell: Cell) -> None:
        """Show what the form holds; what is being typed is left alone."""

    def press(self, event: QKeyEvent) -> bool:
        """Take a key that the screen does not know; False when it means nothing here."""
        return False

    def enter(self) -> bool:
        """Take Enter before the screen goes on; False when there is nothing to take."""
        return False

    def take_focus(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)
