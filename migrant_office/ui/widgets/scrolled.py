"""Something that scrolls when the window is lower than it: up and down alone, without a frame and without a focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from migrant_office.ui.theme.metrics import LARGE


class Scrolled(QScrollArea):
    """With `content` a column of fixed width: as wide as that, with room for the bar only while there is one."""

    def __init__(self, content: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the focus scrolls it
        self.viewport().setAutoFillBackground(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._content = content
        if content is not None:
            self.setWidget(content)
            content.setAutoFillBackground(False)
            content.installEventFilter(self)
            self.verticalScrollBar().installEventFilter(self)
            self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide):
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        if self._content is not None:
            bar = self.verticalScrollBar()
            self.setFixedWidth(self._content.minimumWidth() + (LARGE if bar.isVisibleTo(self) else 0))
