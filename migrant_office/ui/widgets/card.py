"""Plates that hold other things: the card, the sunken panel and the hairline."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from migrant_office.ui.theme.metrics import CARD_INSET, LARGE, LINE_GAP, MEDIUM, SMALL
from migrant_office.ui.theme.tokens import Tone
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.text import IconLabel, Text
from migrant_office.ui.widgets.themed import Themed


class Line(QFrame):
    """A hairline."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("plate", "line")
        self.setFixedHeight(1)


class _Plate(Themed, QFrame):
    """A plate of a fixed width (pixels at 100 %), or as wide as its place when `width` is 0."""

    def __init__(self, plate: str, width: int, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._width = width
        self.setProperty("plate", plate)
        self.restyle()

    def restyle(self) -> None:
        if self._width:
            self.setFixedWidth(self.metrics_.px(self._width))


class Card(_Plate):
    """A white plate with a title, a grey count and at most one link at the right; `body` takes the contents.

    `flush` narrows the sides by 12 px for lists, whose rows bring that much themselves.
    """

    link_clicked = Signal()

    def __init__(
        self,
        title: str = "",
        *,
        count: int | None = None,
        link: str = "",
        flush: bool = False,
        width: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("card", width, parent)
        self._title = Text(title, "card", wrap=True)
        self._count = Text("", "count", "hint")
        self._link = Button(link, "link")
        self._link.clicked.connect(self.link_clicked)
        head = QHBoxLayout()
        head.setSpacing(SMALL)
        head.addWidget(self._title)
        head.addWidget(self._count, 1)
        head.addWidget(self._link)
        inset = CARD_INSET - 12 if flush else CARD_INSET
        head.setContentsMargins(CARD_INSET - inset, 0, CARD_INSET - inset, 0)
        self._flush = flush
        outer = QVBoxLayout(self)
        outer.setContentsMargins(inset, LARGE, inset, LARGE)
        outer.setSpacing(SMALL)
        outer.addLayout(head)
        self.body = QVBoxLayout()
        self.body.setSpacing(SMALL)
        outer.addLayout(self.body, 1)
        self.set_title(title, count)
        self.set_link(link)

    def set_title(self, title: str, count: int | None = None) -> None:
        self._title.setText(title)
        self._title.setWordWrap(count is None)  # beside a count the title keeps its width
        self._title.setSizePolicy(
            QSizePolicy.Policy.Expanding if count is None else QSizePolicy.Policy.Maximum,
            self._title.sizePolicy().verticalPolicy(),
        )
        self._count.setText("" if count is None else str(count))
        self._count.setVisible(count is not None)
        self._title.setVisible(bool(title))
        inset = CARD_INSET - 12 if self._flush else CARD_INSET
        edge = SMALL if self._flush and not title else LARGE
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(inset, edge, inset, SMALL if self._flush else LARGE)
        self.setAccessibleName(title)

    def set_link(self, text: str) -> None:
        self._link.setText(text)
        self._link.setVisible(bool(text))

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        self.body.addWidget(widget, stretch)

    def clear(self) -> None:
        """Take out and delete what the body holds."""
        empty(self.body)


class SunkenPanel(_Plate):
    """A quiet plate beside the work: why a question is asked, what to ask besides."""

    def __init__(
        self,
        title: str = "",
        *,
        icon: str = "info-circle",
        tone: Tone = "blue",
        width: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("sunken", width, parent)
        self._icon = IconLabel(icon, tone, size=22)
        self._title = Text("", "card", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(SMALL)
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._title, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(CARD_INSET, LARGE, CARD_INSET, LARGE)
        outer.setSpacing(SMALL)
        outer.addLayout(head)
        self.body = QVBoxLayout()
        self.body.setSpacing(LINE_GAP)
        outer.addLayout(self.body)
        outer.addStretch(1)
        self.set_title(title)

    def set_title(self, title: str) -> None:
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._icon.setVisible(bool(title))
        self.setAccessibleName(title)

    def set_sections(self, sections: Sequence[tuple[str, str]]) -> None:
        """Fill the panel with (bold heading or "", text) pairs, in reading order."""
        empty(self.body)
        for heading, text in sections:
            if self.body.count():
                self.body.addSpacing(MEDIUM)
            if heading:
                self.body.addWidget(Text(heading, "body_bold", wrap=True))
            if text:
                self.body.addWidget(Text(text, "body", wrap=True))

    def add(self, widget: QWidget) -> None:
        self.body.addWidget(widget)


class Column(_Plate):
    """Panels of one width, one over another; the last takes what room is left."""

    def __init__(self, width: int, *panels: QWidget, parent: QWidget | None = None) -> None:
        super().__init__("none", width, parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(MEDIUM)
        for panel in panels:
            column.addWidget(panel, panel is panels[-1])


def centred(card: QWidget) -> QHBoxLayout:
    """A card of fixed width in the middle. (An alignment would ask its height for the width of the whole row.)"""
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(card)
    row.addStretch(1)
    return row


def empty(layout: QLayout) -> None:
    """Delete what a layout holds, rows inside it included."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            empty(inner)
            inner.deleteLater()
