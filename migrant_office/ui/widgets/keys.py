"""Keys in words, as they stand on the keyboard and on the buttons: "Ctrl K", "Ctrl Intro", "Mayús F6"."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from migrant_office.i18n import _
from migrant_office.ui.widgets import painting
from migrant_office.ui.widgets.themed import Painted


def key_words(shortcut: str) -> str:
    """A shortcut in Qt's portable notation ("Ctrl+Return") in the words of the keyboard, joined by spaces."""
    names = {
        "Shift": _("Shift"),
        "Return": _("Enter"),
        "Enter": _("Enter"),
        "Esc": _("Esc"),
        "Del": _("Delete"),
        "Space": _("Space"),
        "Backspace": _("Backspace"),
        "Left": "←",
        "Right": "→",
        "Up": "↑",
        "Down": "↓",
    }
    portable = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.PortableText)
    return " ".join(names.get(part, part) for part in portable.split("+"))


class KeyPlate(Painted):
    """A key in a small frame, as beside the search field. `text` is what is written on it."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def set_text(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        font = self.font_of("key")
        return QSize(painting.width_of(font, self._text) + 14, self.metrics_.px(22))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.plate(painter, self.rect(), 4, fill=self.tokens.surface, edge=self.tokens.edge)
        from_left = QRectF(self.rect()).adjusted(7, 0, -5, 0)
        painting.line(painter, from_left, self._text, self.font_of("key"), self.tokens.hint)
