"""One series over time, its last point written out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from migrant_office.i18n import _
from migrant_office.ui.theme.metrics import SMALL
from migrant_office.ui.widgets import painting
from migrant_office.ui.widgets.chart import Chart, figure, grid_steps


@dataclass(frozen=True)
class Point:
    """`label` is short, for the axis ("N"); `name` is whole, for the table ("noviembre de 2025")."""

    label: str
    value: float
    name: str = ""


class LineChart(Chart):
    def __init__(
        self, title: str, measure: str, points: Sequence[Point] = (), *, parent: QWidget | None = None
    ) -> None:
        self._points: Sequence[Point] = tuple(points)
        super().__init__(title, measure, parent=parent)

    def set_points(self, points: Sequence[Point]) -> None:
        self._points = tuple(points)
        self.describe()

    def table(self) -> list[tuple[str, ...]]:
        return [("", _("Number")), *((point.name or point.label, figure(point.value)) for point in self._points)]

    def draw(self, painter: QPainter, size: QSize) -> None:
        if not self._points:
            return
        axis = self.font_of("axis")
        steps = grid_steps(max(point.value for point in self._points))
        left = max(painting.width_of(axis, figure(step)) for step in steps) + SMALL
        last = painting.width_of(self.font_of("question"), figure(self._points[-1].value))
        tall = painting.line_height(axis)
        area = QRectF(left, tall / 2, size.width() - left - last - 2 * SMALL, size.height() - tall * 2)
        self._draw_grid(painter, area, steps)
        wide = area.width() / max(len(self._points) - 1, 1)
        spots = [
            QPointF(area.left() + number * wide, area.bottom() - area.height() * point.value / steps[-1])
            for number, point in enumerate(self._points)
        ]
        self._draw_series(painter, area, spots)
        self._draw_labels(painter, area, spots)
        end = QRectF(spots[-1].x() + SMALL + 2, spots[-1].y() - tall, last + SMALL, 2 * tall)
        painting.line(painter, end, figure(self._points[-1].value), self.font_of("question"), self.tokens.text)

    def _draw_grid(self, painter: QPainter, area: QRectF, steps: Sequence[float]) -> None:
        axis, tall = self.font_of("axis"), painting.line_height(self.font_of("axis"))
        for step in steps:
            y = area.bottom() - area.height() * step / steps[-1]
            painter.setPen(QPen(QColor(self.tokens.line), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            room = QRectF(0, y - tall, area.left() - SMALL, 2 * tall)
            painting.line(painter, room, figure(step), axis, self.tokens.hint, Qt.AlignmentFlag.AlignRight)

    def _draw_series(self, painter: QPainter, area: QRectF, spots: list[QPointF]) -> None:
        line = QPainterPath(spots[0])
        for spot in spots[1:]:
            line.lineTo(spot)
        under = QPainterPath(line)
        under.lineTo(spots[-1].x(), area.bottom())
        under.lineTo(spots[0].x(), area.bottom())
        if self.tokens.plates:
            shade = QColor(self.tokens.series_1)
            shade.setAlphaF(0.11)
            painter.fillPath(under, shade)
        pen = QPen(QColor(self.tokens.series_1), 2.2)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(line, pen)
        painter.setPen(QPen(QColor(self.tokens.surface), 2))
        painter.setBrush(QColor(self.tokens.series_1))
        painter.drawEllipse(spots[-1], 6, 6)

    def _draw_labels(self, painter: QPainter, area: QRectF, spots: list[QPointF]) -> None:
        axis, bold = self.font_of("axis"), self.font_of("hint_bold")
        widest = max(painting.width_of(axis, point.label) for point in self._points) + SMALL
        wide = area.width() / max(len(spots) - 1, 1)
        every = max(1, -(-widest // max(int(wide), 1)))  # fewer labels rather than labels one over another
        for number in range(len(spots) - 1, -1, -every):  # counted from the last, which always has its label
            ends = number == len(spots) - 1
            room = QRectF(spots[number].x() - widest / 2, area.bottom(), widest, painting.line_height(axis) * 1.5)
            colour = self.tokens.text if ends else self.tokens.hint
            centre = Qt.AlignmentFlag.AlignHCenter
            painting.line(painter, room, self._points[number].label, bold if ends else axis, colour, centre)
