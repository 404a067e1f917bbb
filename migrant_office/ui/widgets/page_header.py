"""The title row of a page: title, one line of hint, tools and the one primary action at the right."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from migrant_office.ui.theme.metrics import LARGE, MEDIUM, TINY
from migrant_office.ui.widgets import painting
from migrant_office.ui.widgets.text import Text
from migrant_office.ui.widgets.themed import Painted

_TITLE_ROOM = 300  # px at 100 %; a longer title wraps beside the actions, with less they go below it


class PageHeader(Painted):
    """`add_before` puts something left of the title (an avatar), `add` at the right; the primary comes last.

    A name is never cut: the title wraps, and where it has no room the actions stand under it.
    """

    def __init__(self, title: str, hint: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Text("", "page", wrap=True)
        self._hint = Text("", "body", "hint", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(TINY)
        words.addWidget(self._title)
        words.addWidget(self._hint)
        self._left, self._right = QHBoxLayout(), QHBoxLayout()
        for row in (self._left, self._right):
            row.setSpacing(MEDIUM)
        self._left.addLayout(words, 1)
        self._left.setAlignment(words, Qt.AlignmentFlag.AlignVCenter)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(LARGE)
        self._row.addLayout(self._left, 1)
        self._right.addStretch(0)  # under the title the actions keep their width
        self._row.addLayout(self._right)
        self.set_texts(title, hint)

    def set_texts(self, title: str, hint: str = "") -> None:
        self._title.setText(title)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self.setAccessibleName(title)
        self._fit()

    def add(self, widget: QWidget) -> None:
        self._right.insertWidget(self._right.count() - 1, widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def add_before(self, widget: QWidget) -> None:
        self._left.insertWidget(0, widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def minimumSizeHint(self) -> QSize:
        parts = (self._left.minimumSize(), self._right.minimumSize())
        return QSize(max(part.width() for part in parts), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        title = painting.width_of(self.font_of("page"), self._title.text())
        hint = painting.width_of(self.font_of("body"), self._hint.text())
        words = min(max(title, hint), self.metrics_.px(_TITLE_ROOM))
        beside = self._left.sizeHint().width() - max(self._title.sizeHint().width(), self._hint.sizeHint().width())
        need = words + max(beside, 0) + LARGE + self._right.minimumSize().width()
        way = QBoxLayout.Direction.LeftToRight if need <= self.width() else QBoxLayout.Direction.TopToBottom
        if way != self._row.direction():
            self._row.setDirection(way)
