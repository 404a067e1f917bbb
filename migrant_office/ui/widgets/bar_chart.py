"""Horizontal bars with their figures at the end: no axis, no legend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from migrant_office.i18n import _
from migrant_office.ui.theme.metrics import MEDIUM, SMALL
from migrant_office.ui.widgets import painting
from migrant_office.ui.widgets.chart import Chart, figure

_THICK = 32


@dataclass(frozen=True)
class Bar:
    """`note` stands grey after the figure ("71 %"); `decisive` is the bar the title speaks of."""

    label: str
    value: float
    note: str = ""
    decisive: bool = False


class BarChart(Chart):
    """`labels_above` puts long names over thin bars on a track; else short names stand at the left of thick bars."""

    def __init__(
        self,
        title: str,
        measure: str,
        bars: Sequence[Bar] = (),
        *,
        labels_above: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self._bars: Sequence[Bar] = tuple(bars)
        self._above = labels_above
        super().__init__(title, measure, parent=parent)
        self.set_bars(bars)

    def set_bars(self, bars: Sequence[Bar]) -> None:
        self._bars = tuple(bars)
        self.plot.set_height(max(len(bars), 1) * (48 if self._above else 46))
        self.describe()

    def table(self) -> list[tuple[str, ...]]:
        rows = [(bar.label, " ".join(filter(None, (figure(bar.value), bar.note)))) for bar in self._bars]
        return [("", _("Number")), *rows]

    def draw(self, painter: QPainter, size: QSize) -> None:
        if not self._bars:
            return
        highest = max(max(bar.value for bar in self._bars), 1)
        pitch = size.height() / len(self._bars)
        for number, bar in enumerate(self._bars):
            area = QRectF(0, number * pitch, size.width(), pitch)
            if self._above:
                self._draw_thin(painter, bar, area, highest)
            else:
                self._draw_thick(painter, bar, area, highest)

    def _draw_thick(self, painter: QPainter, bar: Bar, area: QRectF, highest: float) -> None:
        hint, bold = self.font_of("hint"), self.font_of("body_bold")
        longest = max(painting.width_of(hint, each.label) for each in self._bars)
        left = min(longest + MEDIUM, area.width() * 0.4)
        notes = max(painting.width_of(hint, each.note) for each in self._bars)
        figures = max(painting.width_of(bold, figure(each.value)) for each in self._bars)
        room = max(area.width() - left - figures - notes - 3 * SMALL, 10)
        thick = min(self.metrics_.px(_THICK), area.height() * 0.72)
        colour = self.tokens.series_1 if bar.decisive else self.tokens.series_3
        box = QRectF(left, area.center().y() - thick / 2, max(room * bar.value / highest, 2), thick)
        painting.plate(painter, box, 3, fill=colour)
        label = QRectF(0, area.top(), left - SMALL, area.height())
        painting.line(painter, label, bar.label, hint, self.tokens.text)
        x = box.right() + SMALL
        width = painting.width_of(bold, figure(bar.value))
        painting.line(painter, QRectF(x, area.top(), width, area.height()), figure(bar.value), bold, self.tokens.text)
        rest = QRectF(x + width + SMALL, area.top(), notes + 4, area.height())
        painting.line(painter, rest, bar.note, hint, self.tokens.hint)

    def _draw_thin(self, painter: QPainter, bar: Bar, area: QRectF, highest: float) -> None:
        hint, bold = self.font_of("hint"), self.font_of("body_bold")
        tall, thin = painting.line_height(hint), self.metrics_.px(7)
        figures = max(painting.width_of(bold, figure(each.value)) for each in self._bars) + MEDIUM
        top = area.center().y() - (tall + 4 + thin) / 2
        label = QRectF(0, top, area.width(), tall)
        painting.line(painter, label, " · ".join(filter(None, (bar.label, bar.note))), hint, self.tokens.text)
        track = QRectF(0, top + tall + 4, area.width() - figures, thin)
        edge = None if self.tokens.plates else self.tokens.edge
        painting.plate(painter, track, thin / 2, fill=self.tokens.sunken, edge=edge)
        filled = QRectF(track.left(), track.top(), max(track.width() * bar.value / highest, thin), thin)
        painting.plate(painter, filled, thin / 2, fill=self.tokens.series_2)
        end = QRectF(track.right() + MEDIUM, track.center().y() - tall, figures - MEDIUM, 2 * tall)
        painting.line(painter, end, figure(bar.value), bold, self.tokens.text)
