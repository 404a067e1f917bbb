"""Two groups by age, back to back; the second is hatched with an outline, so that it reads in grey."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from migrant_office.i18n import _
from migrant_office.ui.theme.metrics import SMALL
from migrant_office.ui.widgets import painting
from migrant_office.ui.widgets.chart import Chart, figure


@dataclass(frozen=True)
class Band:
    """An age band ("29–44") with the figure of each group."""

    label: str
    left: float
    right: float


class Pyramid(Chart):
    """`bands` from the oldest down; `left_name` and `right_name` name the groups over their sides."""

    def __init__(
        self,
        title: str,
        measure: str,
        left_name: str,
        right_name: str,
        bands: Sequence[Band] = (),
        *,
        parent: QWidget | None = None,
    ) -> None:
        self._bands: Sequence[Band] = tuple(bands)
        self._names = (left_name, right_name)
        super().__init__(title, measure, parent=parent)
        self.set_bands(bands)

    def set_names(self, left: str, right: str) -> None:
        """Name the two groups anew, with their totals or in another language."""
        self._names = (left, right)
        self.describe()

    def set_bands(self, bands: Sequence[Band]) -> None:
        self._bands = tuple(bands)
        self.plot.set_height(30 + max(len(bands), 1) * 34)
        self.describe()

    def table(self) -> list[tuple[str, ...]]:
        rows = [(band.label, figure(band.left), figure(band.right)) for band in self._bands]
        return [(_("Age"), *self._names), *rows]

    def draw(self, painter: QPainter, size: QSize) -> None:
        if not self._bands:
            return
        tokens, bold, axis = self.tokens, self.font_of("hint_bold"), self.font_of("axis")
        middle = max(painting.width_of(axis, band.label) for band in self._bands) + 2 * SMALL
        values = [value for band in self._bands for value in (band.left, band.right)]
        figures = max(painting.width_of(axis, figure(value)) for value in values)
        side = (size.width() - middle) / 2
        top = painting.line_height(bold) + SMALL
        totals = [sum(band.left for band in self._bands), sum(band.right for band in self._bands)]
        heads = [f"{name} {figure(total)}" for name, total in zip(self._names, totals, strict=True)]
        right = Qt.AlignmentFlag.AlignRight
        painting.line(painter, QRectF(0, 0, side, top - SMALL), heads[0], bold, tokens.blue, right)
        painting.line(painter, QRectF(side + middle, 0, side, top - SMALL), heads[1], bold, tokens.warn)
        highest = max(values) or 1
        pitch = (size.height() - top) / len(self._bands)
        for number, band in enumerate(self._bands):
            row = QRectF(0, top + number * pitch, size.width(), pitch)
            unit = (side - figures - 2 * SMALL) / highest
            self._draw_band(painter, band, row, QRectF(side, row.top(), middle, pitch), unit)

    def _draw_band(self, painter: QPainter, band: Band, row: QRectF, middle: QRectF, unit: float) -> None:
        tokens, axis = self.tokens, self.font_of("axis")
        thick = min(self.metrics_.px(24), row.height() * 0.78)
        y = row.center().y() - thick / 2
        painting.line(painter, middle, band.label, axis, tokens.text, Qt.AlignmentFlag.AlignHCenter)
        left = QRectF(middle.left() - band.left * unit, y, band.left * unit, thick)
        right = QRectF(middle.right(), y, band.right * unit, thick)
        if band.left:
            painting.plate(painter, left, 2, fill=tokens.series_1)
        if band.right:
            painting.hatching(painter, right, tokens.series_2)
        room = QRectF(0, row.top(), left.left() - SMALL, row.height())
        painting.line(painter, room, figure(band.left), axis, tokens.text, Qt.AlignmentFlag.AlignRight)
        room = QRectF(right.right() + SMALL, row.top(), row.right() - right.right() - SMALL, row.height())
        painting.line(painter, room, figure(band.right), axis, tokens.text)
