"""The parts of one thing, as a row of words: the chosen one is blue, bold and underlined."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QTabBar, QWidget

from migrant_office.ui.theme.metrics import MEDIUM
from migrant_office.ui.widgets.themed import Themed


class Tabs(Themed, QTabBar):
    """`chosen` carries the key of the tab that came to the front by hand or by key, not by `set_current`."""

    chosen = Signal(str)

    def __init__(self, name: str, tabs: Sequence[tuple[str, str]] = (), *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(True)
        self._keys: list[str] = []
        self.restyle()
        self.set_tabs(tabs)
        self.currentChanged.connect(lambda index: self.chosen.emit(self._keys[index]) if index >= 0 else None)

    def set_tabs(self, tabs: Sequence[tuple[str, str]]) -> None:
        """(key, text) pairs; the chosen key stays if it is still there, and nothing is emitted."""
        current = self.current()
        self.blockSignals(True)
        while self.count():
            self.removeTab(0)
        self._keys = [key for key, _text in tabs]
        for _key, text in tabs:
            self.addTab(text)
        self.blockSignals(False)
        self.set_current(current or (self._keys[0] if self._keys else ""))

    def current(self) -> str:
        return self._keys[self.currentIndex()] if 0 <= self.currentIndex() < len(self._keys) else ""

    def set_current(self, key: str) -> None:
        if key in self._keys:
            self.blockSignals(True)
            self.setCurrentIndex(self._keys.index(key))
            self.blockSignals(False)

    def restyle(self) -> None:
        self.setFont(self.font_of("body"))

    def tabSizeHint(self, index: int) -> QSize:
        """Wide enough for bold, which the chosen tab is written in; Qt measures the plain face."""
        hint = super().tabSizeHint(index)
        bold = QFontMetrics(self.font_of("body_bold")).horizontalAdvance(self.tabText(index))
        plain = QFontMetrics(self.font()).horizontalAdvance(self.tabText(index))
        return QSize(hint.width() + max(bold - plain, 0) + MEDIUM // 3, hint.height())
