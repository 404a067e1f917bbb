"""The body of a page: scrolls when it must, keeps the page's edges, and stops growing where lines get too long."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from migrant_office.ui.theme.metrics import BODY_WIDTH, CARD_GAP, PAGE, WIDE


class ScrollPage(QScrollArea):
    """Put things into `column`, top down. On a very wide window the body stays left and 1320 px wide."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outside, body = QFrame(), QWidget()
        outside.setProperty("plate", "window")
        body.setMaximumWidth(BODY_WIDTH)
        row = QHBoxLayout(outside)
        row.setContentsMargins(PAGE, WIDE, PAGE, WIDE)
        row.addWidget(body, 1)
        row.addStretch(0)
        self.column = QVBoxLayout(body)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(CARD_GAP)
        self.setWidget(outside)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        self.column.addWidget(widget, stretch)
