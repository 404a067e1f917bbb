"""The one search field of the window: icon, the key that leads to it, and a button to empty it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from migrant_office.i18n import _
from migrant_office.ui.theme.metrics import CONTROL_RADIUS, MEDIUM, RING, TINY
from migrant_office.ui.widgets import painting
from migrant_office.ui.widgets.button import IconButton
from migrant_office.ui.widgets.keys import KeyPlate, key_words
from migrant_office.ui.widgets.text import IconLabel
from migrant_office.ui.widgets.themed import Painted


class SearchField(Painted):
    """`searched` comes with every letter, `moved` with -1 or +1 on the arrow keys, `entered` on Enter.

    Esc empties the field; Esc in an empty field emits `left`, and the window returns to where it was.
    """

    searched = Signal(str)
    moved = Signal(int)
    entered = Signal()
    left = Signal()

    def __init__(self, placeholder: str, *, shortcut: str = "Ctrl+K", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shortcut = shortcut
        self.edit = QLineEdit()
        self.edit.setProperty("bare", "true")
        self.edit.installEventFilter(self)
        self._icon = IconLabel("search", "text")
        self._key = KeyPlate(key_words(shortcut))
        self._clear = IconButton("x", _("Clear the search"), size=18)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Esc does the same
        row = QHBoxLayout(self)
        row.setContentsMargins(MEDIUM, RING, TINY + 2, RING)
        row.setSpacing(MEDIUM - 2)
        row.addWidget(self._icon)
        row.addWidget(self.edit, 1)
        row.addWidget(self._key)
        row.addWidget(self._clear)
        self._clear.clicked.connect(self.clear)
        self.edit.textChanged.connect(self._changed)
        self.edit.returnPressed.connect(self.entered)
        self.setFocusProxy(self.edit)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        QShortcut(QKeySequence(shortcut), self, self.take_focus)
        self.set_placeholder(placeholder)
        self._changed("")

    def set_placeholder(self, text: str) -> None:
        self.edit.setPlaceholderText(text)
        self.edit.setAccessibleName(text)

    def text(self) -> str:
        return self.edit.text()

    def set_text(self, text: str) -> None:
        self.edit.setText(text)

    def clear(self) -> None:
        self.edit.clear()
        self.edit.setFocus()

    def take_focus(self) -> None:
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()

    def retranslate(self) -> None:
        self._key.set_text(key_words(self._shortcut))
        self._clear.set_name(_("Clear the search"))

    def sizeHint(self) -> QSize:
        return QSize(self.metrics_.px(480), self.metrics_.control + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.metrics_.px(220), self.metrics_.control + 2)

    def _changed(self, text: str) -> None:
        self._key.setVisible(not text)
        self._clear.setVisible(bool(text))
        self.searched.emit(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._icon.set_icon("search", "blue" if event.type() == QEvent.Type.FocusIn else "text")
            self.update()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key_pressed(Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def _key_pressed(self, key: Qt.Key) -> bool:
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(-1 if key == Qt.Key.Key_Up else 1)
            return True
        if key == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.left.emit()
            return True
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, focus = QPainter(self), self.edit.hasFocus()
        edge = self.tokens.blue if focus else self.tokens.edge
        painting.plate(
            painter, self.rect(), CONTROL_RADIUS, fill=self.tokens.surface, edge=edge, width=RING if focus else 1
        )
