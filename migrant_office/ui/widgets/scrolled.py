"""Something that scrolls when the window is lower than it: up and down alone, without a frame and without a focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from migrant_office.ui.theme.metrics import LARGE, SMALL

_LAID_OUT = 60  # ms until what was just added has its place


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

    def show_whole(self, part: QWidget) -> None:
        """Bring all of a part into sight once it is laid out; one higher than the window from its top."""
        for wait in (0, _LAID_OUT):
            QTimer.singleShot(wait, part, lambda: self._bring(part))

    def _bring(self, part: QWidget) -> None:
        inside = self.widget()
        if inside is None or not inside.isAncestorOf(part):
            return
        bar, room = self.verticalScrollBar(), self.viewport().height()
        top = part.mapTo(inside, QPoint(0, 0)).y() - SMALL
        end = top + min(part.height() + 2 * SMALL, room)
        focus = QApplication.focusWidget()
        inner = focus if focus is not None and part.isAncestorOf(focus) else inside
        if inner is not inside and inner.mapTo(inside, QPoint(0, inner.height())).y() > end:
            return  # further down in a part higher than the window: Qt has brought it into sight
        if top < bar.value():
            bar.setValue(top)
        elif end > bar.value() + room:
            bar.setValue(end - room)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide):
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        if self._content is not None:
            bar = self.verticalScrollBar()
            self.setFixedWidth(self._content.minimumWidth() + (LARGE if bar.isVisibleTo(self) else 0))
