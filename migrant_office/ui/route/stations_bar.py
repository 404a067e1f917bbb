"""The stations side by side: done, now, later, in three shapes and three kinds of line, so that it reads in grey."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from migrant_office.ui.theme import icons
from migrant_office.ui.theme.metrics import SMALL, TINY, Role
from migrant_office.ui.widgets import painting
from migrant_office.ui.widgets.themed import Painted

_SIGN = 24  # px at 100 %
_STROKE = 2


@dataclass(frozen=True)
class StationSpec:
    """`state` is "done", "now" or "later"; `hint` a date, or what it waits for; `spoken` all of it in words."""

    title: str
    hint: str
    state: str
    spoken: str


class StationsBar(Painted):
    """A row of stations of equal width; nothing to press, read as one sentence by screen readers."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stations: tuple[StationSpec, ...] = ()
        self._name = name
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_stations(self, name: str, stations: Sequence[StationSpec]) -> None:
        self._name, self._stations = name, tuple(stations)
        self.setAccessibleName(name)
        self.setAccessibleDescription(". ".join(station.spoken for station in stations))
        self.setToolTip("")
        self.updateGeometry()
        self.update()

    def stations(self) -> tuple[StationSpec, ...]:
        return self._stations

    # size

    def hasHeightForWidth(self) -> bool:
        return True

    def _each(self, width: int) -> float:
        return width / max(len(self._stations), 1)

    def _words(self, station: StationSpec, width: float) -> tuple[int, int]:
        room = int(width) - SMALL
        bold: Role = "hint_bold" if station.state == "now" else "hint"
        title = painting.wrapped_height(self.font_of(bold), station.title, room)
        return title, painting.wrapped_height(self.font_of("hint"), station.hint, room)

    def heightForWidth(self, width: int) -> int:
        each = self._each(width)
        tallest = max((sum(self._words(station, each)) for station in self._stations), default=0)
        return self.metrics_.px(_SIGN) + SMALL + tallest + TINY

    def sizeHint(self) -> QSize:
        width = self.metrics_.px(900)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        width = max(self.width(), self.metrics_.px(420))
        return QSize(self.metrics_.px(420), self.heightForWidth(width))

    # paint

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        each, side = self._each(self.width()), self.metrics_.px(_SIGN)
        for number, station in enumerate(self._stations):
            left = number * each
            if number + 1 < len(self._stations):
                self._paint_way(painter, left + side + TINY, left + each - TINY, station.state)
            self._paint_sign(painter, QRectF(left, 0, side, side), station.state)
            self._paint_words(painter, station, left, side + SMALL / 2, each)

    def _paint_way(self, painter: QPainter, start: float, end: float, state: str) -> None:
        tokens = self.tokens
        style = Qt.PenStyle.SolidLine if state == "done" else Qt.PenStyle.DashLine
        pen = QPen(QColor(tokens.ok if state == "done" else tokens.edge), _STROKE if state == "done" else 1, style)
        painter.setPen(pen)
        y = self.metrics_.px(_SIGN) / 2
        painter.drawLine(QPointF(start, y), QPointF(end, y))

    def _paint_sign(self, painter: QPainter, box: QRectF, state: str) -> None:
        tokens = self.tokens
        if state == "done":
            icons.paint(painter, "circle-check-filled", box, tokens.ok)
        elif state == "now":
            painting.plate(painter, box, box.width() / 2, fill=tokens.surface, edge=tokens.blue, width=_STROKE)
            third = box.width() / 3
            painting.plate(painter, box.adjusted(third, third, -third, -third), third / 2, fill=tokens.blue)
        else:
            painting.plate(painter, box, box.width() / 2, edge=tokens.edge, dashed=True)

    def _paint_words(self, painter: QPainter, station: StationSpec, left: float, top: float, each: float) -> None:
        tokens = self.tokens
        title, hint = self._words(station, each)
        now = station.state == "now"
        colour = tokens.hint if station.state == "later" else tokens.text
        room = QRectF(left, top, each - SMALL, title + 1)
        painting.wrapped(painter, room, station.title, self.font_of("hint_bold" if now else "hint"), colour)
        room = QRectF(left, top + title, each - SMALL, hint + 1)
        painting.wrapped(painter, room, station.hint, self.font_of("hint"), tokens.blue if now else tokens.hint)
