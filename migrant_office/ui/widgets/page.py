"""The body of a page: scrolls when it must, keeps the page's edges, and stops growing where lines get too long."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from migrant_office.ui.theme.metrics import BODY_WIDTH, CARD_GAP, PAGE, WIDE


class ScrollPage(QScrollArea):
    """Put things into `column`, top down. On a very wide window the body stays left and 1320 px wide.

    `inside=True` is for a part of a page that scrolls alone (the questions between the steps and the help): no edges,
    no ground of its own.
    """

    def __init__(self, *, inside: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        outside, body = QFrame(), QWidget()
        outside.setProperty("plate", "none" if inside else "window")
        body.setMaximumWidth(BODY_WIDTH)
        row = QHBoxLayout(outside)
        if inside:
            row.setContentsMargins(0, 0, 0, 0)
        else:
            row.setContentsMargins(PAGE, WIDE, PAGE, WIDE)
        row.addWidget(body, 1)
        row.addStretch(0)
        self.column = QVBoxLayout(body)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(CARD_GAP)
        self.setWidget(outside)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        self.column.addWidget(widget, stretch)
