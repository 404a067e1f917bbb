"""The field for the lines of a document: typed with care, or poured in by a reader that believes it is a keyboard."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QKeyEvent, QTextOption
from PySide6.QtWidgets import QWidget

from migrant_office.ui.theme.metrics import MEDIUM
from migrant_office.ui.widgets import painting
from migrant_office.ui.widgets.field import NoteField

_LINES = 4  # three of a card, and the one that the reader's last Enter begins
_BURST = 0.06  # seconds; nobody types the next key sooner, every reader does


class ZoneField(NoteField):
    """Letters of one width, so that lines can be compared by eye. A Tab, Ctrl+J or Ctrl+M out of a reader is the end of
    a line; a Tab from a hand leaves the field as ever.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        self._last_key = 0.0
        super().__init__(lines=_LINES, parent=parent)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhUppercaseOnly
            | Qt.InputMethodHint.ImhSensitiveData
        )

    def restyle(self) -> None:
        made = QFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        made.setPointSizeF(self.metrics_.points("body"))
        self.setFont(made)
        self.setFixedHeight(painting.line_height(made) * _LINES + 2 * MEDIUM)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ends_line = event.key() in (Qt.Key.Key_J, Qt.Key.Key_M)
        if ends_line and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.insertPlainText("\n")
        elif event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        else:
            event.ignore()
        self._last_key = time.monotonic()

    def focusNextPrevChild(self, forward: bool) -> bool:
        if forward and time.monotonic() - self._last_key < _BURST:
            self.insertPlainText("\n")
            self._last_key = time.monotonic()
            return True
        return super().focusNextPrevChild(forward)
