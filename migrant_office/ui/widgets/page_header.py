"""The title row of a page: title, one line of hint, tools and the one primary action at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from migrant_office.ui.theme.metrics import LARGE, MEDIUM, TINY
from migrant_office.ui.widgets.text import Text
from migrant_office.ui.widgets.themed import Painted


class PageHeader(Painted):
    """`add_before` puts something left of the title (an avatar), `add` at the right; the primary comes last."""

    def __init__(self, title: str, hint: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Text("", "page", elide=True)
        self._hint = Text("", "body", "hint", elide=True)
        words = QVBoxLayout()
        words.setSpacing(TINY)
        words.addWidget(self._title)
        words.addWidget(self._hint)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(MEDIUM)
        self._row.addLayout(words, 1)
        self._row.setAlignment(words, Qt.AlignmentFlag.AlignVCenter)
        self._row.addSpacing(LARGE - MEDIUM)
        self.set_texts(title, hint)

    def set_texts(self, title: str, hint: str = "") -> None:
        self._title.setText(title)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self.setAccessibleName(title)

    def add(self, widget: QWidget) -> None:
        self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def add_before(self, widget: QWidget) -> None:
        self._row.insertWidget(0, widget, 0, Qt.AlignmentFlag.AlignVCenter)
