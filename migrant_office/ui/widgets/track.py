"""A line of stations across: done filled and checked, now a ring with a dot, later hollow on a dashed line.

Three shapes and two kinds of line, so that it reads in grey.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from migrant_office.ui.theme import icons
from migrant_office.ui.theme.metrics import LINE_GAP, SMALL, TINY
from migrant_office.ui.widgets import painting
from migrant_office.ui.widgets.themed import Painted

State = Literal["done", "now", "later"]


@dataclass(frozen=True)
class TrackStation:
    """`hint` is the day, or the result; `said` the state in words, for whoever does not see the shape."""

    title: str
    hint: str
    state: State
    said: str


class Track(Painted):
    """Painted and not for the keyboard: the row above it opens what it shows."""

    def __init__(self, name: str, stations: Sequence[TrackStation], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stations = tuple(stations)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(name)
        told = (", ".join(part for part in (s.title, s.said, s.hint) if part) for s in self.stations)
        self.setAccessibleDescription(". ".join(told))

    def _each(self, width: int) -> float:
        return width / max(len(self.stations), 1)

    def _sign(self) -> int:
        return self.metrics_.px(22)

    def _heights(self, width: int) -> tuple[int, int]:
        """The highest title and the highest hint, wrapped."""
        room = int(self._each(width)) - TINY
        titles = [painting.wrapped_height(self.font_of(self._role(s)), s.title, room) for s in self.stations]
        hints = [painting.wrapped_height(self.font_of("hint"), s.hint, room) for s in self.stations]
        return max(titles, default=0), max(hints, default=0)

    @staticmethod
    def _role(station: TrackStation) -> Literal["hint", "hint_bold"]:
        return "hint_bold" if station.state == "now" else "hint"

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        title, hint = self._heights(width)
        return SMALL + self._sign() + TINY + title + LINE_GAP + hint + SMALL

    def sizeHint(self) -> QSize:
        width = self.metrics_.px(460)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        words = (word for s in self.stations for word in s.title.split())
        widest = max((painting.width_of(self.font_of("hint_bold"), word) for word in words), default=0)
        return QSize((widest + TINY) * len(self.stations), self._sign())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        each, side = self._each(self.width()), self._sign()
        title, hint = self._heights(self.width())
        for number, station in enumerate(self.stations):
            box = QRectF(each * number + (each - side) / 2, SMALL, side, side)
            if number:
                self._paint_way(painter, box.left() - each + side, box.left(), box.center().y(), station.state)
            self._paint_sign(painter, station, box)
            room = QRectF(each * number + TINY / 2, box.bottom() + TINY, each - TINY, title + 2)
            centre = Qt.AlignmentFlag.AlignHCenter
            colour = self.tokens.text if station.state != "later" else self.tokens.hint
            painting.wrapped(painter, room, station.title, self.font_of(self._role(station)), colour, centre)
            below = QRectF(room.left(), room.top() + title + LINE_GAP, room.width(), hint + 2)
            painting.wrapped(painter, below, station.hint, self.font_of("hint"), self.tokens.hint, centre)

    def _paint_way(self, painter: QPainter, start: float, end: float, y: float, state: State) -> None:
        """The line from one station to this one."""
        pen = QPen(QColor(self.tokens.ok if state != "later" else self.tokens.edge), 2)
        if state == "later":
            pen.setDashPattern([2.0, 2.0])
        painter.setPen(pen)
        painter.drawLine(QPointF(start + 3, y), QPointF(end - 3, y))

    def _paint_sign(self, painter: QPainter, station: TrackStation, box: QRectF) -> None:
        tokens = self.tokens
        if station.state == "done":
            icons.paint(painter, "circle-check-filled", box, tokens.ok)
        elif station.state == "now":
            painting.plate(painter, box, box.width() / 2, edge=tokens.blue, width=2.5)
            dot = box.adjusted(*(box.width() * share for share in (0.3, 0.3, -0.3, -0.3)))
            painting.plate(painter, dot, dot.width() / 2, fill=tokens.blue)
        else:
            painting.plate(painter, box.adjusted(1, 1, -1, -1), box.width() / 2 - 1, edge=tokens.edge, width=1.5)
