"""Published and exact figures side by side, so that they can never be taken for one another.

What is published stands on green; what stays inside on hatched grey, with its own heading. A protected cell shows
`c`, explained under the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QSpacerItem, QWidget

from migrant_office.i18n import _
from migrant_office.ui.theme import icons
from migrant_office.ui.theme.metrics import CHIP_RADIUS, MEDIUM, SMALL, TINY
from migrant_office.ui.widgets import painting
from migrant_office.ui.widgets.chart import Chart, figure
from migrant_office.ui.widgets.text import Text

PROTECTED = "c"


@dataclass(frozen=True)
class Protected:
    """`published` None is a protected cell; `exact` None leaves the inner column empty (a reader without the right)."""

    label: str
    published: float | None
    exact: float | None = None


class ProtectedTable(Chart):
    """`note` explains the `c`, in the words of the release rule that was used."""

    def __init__(
        self,
        title: str,
        rows: Sequence[Protected] = (),
        *,
        measure: str = "",
        note: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self._rows: Sequence[Protected] = tuple(rows)
        super().__init__(title, measure, parent=parent)
        self._note = Text("", "hint", "hint", wrap=True)
        layout = self.layout()
        assert layout is not None  # noqa: S101 - made by Chart
        layout.addItem(QSpacerItem(0, SMALL))
        layout.addWidget(self._note)
        self.set_rows(rows, note)

    def set_rows(self, rows: Sequence[Protected], note: str = "") -> None:
        self._rows = tuple(rows)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        narrowest = self._longest_word()  # px; a column of figures may leave no more
        longest = max((painting.wrapped_height(self.font_of("hint"), row.label, narrowest) for row in rows), default=0)
        self.plot.set_height(36 + max(28, round(longest * 100 / self.metrics_.scale) + 6) * max(len(rows), 1))
        self.restyle()
        self.describe()

    def table(self) -> list[tuple[str, ...]]:
        return [("", _("Published"), _("Internal use")), *(self._cells(row) for row in self._rows)]

    def restyle(self) -> None:
        self.plot.set_least_width(self._longest_word() + SMALL + MEDIUM + sum(self._widths()))

    def _longest_word(self) -> int:
        words = [word for row in self._rows for word in row.label.split()]
        return max((painting.width_of(self.font_of("hint"), word) for word in words), default=0)

    def _widths(self) -> tuple[int, int]:
        """Of the published and of the inner column."""
        bold = self.font_of("hint_bold")
        published, inner = (painting.width_of(bold, head) + 2 * SMALL for head in (_("Published"), _("Internal use")))
        return published, inner + self.metrics_.icon_small + TINY

    def _cells(self, row: Protected) -> tuple[str, str, str]:
        published = PROTECTED if row.published is None else figure(row.published)
        return row.label, published, "" if row.exact is None else figure(row.exact)

    def draw(self, painter: QPainter, size: QSize) -> None:
        tokens = self.tokens
        heads = (_("Published"), _("Internal use"))
        bold, icon = self.font_of("hint_bold"), self.metrics_.icon_small
        widths = self._widths()
        inner = QRectF(size.width() - widths[1], 0, widths[1], size.height())
        outer = QRectF(inner.left() - MEDIUM - widths[0], 0, widths[0], size.height())
        edge = None if tokens.plates else tokens.ok
        painting.plate(painter, outer, CHIP_RADIUS, fill=tokens.ok_bg, edge=edge)
        painting.plate(painter, inner, CHIP_RADIUS, fill=tokens.neutral_bg)
        painting.hatching(painter, inner, tokens.line if tokens.plates else tokens.series_3, gap=8, outline=False)
        if not tokens.plates:
            painting.plate(painter, inner, CHIP_RADIUS, edge=tokens.edge, dashed=True)
        centre, head = Qt.AlignmentFlag.AlignHCenter, min(size.height() / (len(self._rows) + 1), self.metrics_.px(32))
        painting.line(painter, QRectF(outer.left(), 0, outer.width(), head), heads[0], bold, tokens.ok, centre)
        box = QRectF(inner.left() + SMALL, (head - icon) / 2, icon, icon)
        room = QRectF(box.right() + TINY, 0, inner.right() - box.right() - TINY, head)
        painting.plate(painter, QRectF(inner.left() + 3, 3, inner.width() - 6, head - 6), TINY, fill=tokens.surface)
        icons.paint(painter, "eye-off", box, tokens.neutral, strong=True)
        painting.line(painter, room, heads[1], bold, tokens.neutral)
        self._draw_rows(painter, outer, inner, head)

    def _draw_rows(self, painter: QPainter, outer: QRectF, inner: QRectF, head: float) -> None:
        tokens, body = self.tokens, self.font_of("hint")
        pitch = (outer.height() - head) / max(len(self._rows), 1)
        centre = Qt.AlignmentFlag.AlignHCenter
        for number, row in enumerate(self._rows):
            y = head + number * pitch
            label, published, exact = self._cells(row)
            room = QRectF(0, y, outer.left() - SMALL, pitch)
            tall = painting.wrapped_height(body, label, int(room.width()))
            painting.wrapped(painter, room.adjusted(0, (pitch - tall) / 2, 0, 0), label, body, tokens.text)
            painting.line(
                painter,
                QRectF(outer.left(), y, outer.width(), pitch),
                published,
                self.font_of("body_bold"),
                tokens.text,
                centre,
            )
            if exact:
                self._draw_exact(painter, QRectF(inner.left(), y, inner.width(), pitch), exact)
            if number:
                painter.setPen(QPen(QColor(tokens.line), 1))
                painter.drawLine(QPointF(0, y), QPointF(outer.left() - SMALL, y))

    def _draw_exact(self, painter: QPainter, cell: QRectF, exact: str) -> None:
        """A figure on hatching, with a clear ground under its digits so that it can be read."""
        font, tall = self.font_of("hint"), painting.line_height(self.font_of("hint"))
        wide = painting.width_of(font, exact) + SMALL
        ground = QRectF(cell.center().x() - wide / 2, cell.center().y() - tall / 2, wide, tall)
        painting.plate(painter, ground, TINY, fill=self.tokens.neutral_bg)
        painting.line(painter, cell, exact, font, self.tokens.neutral, Qt.AlignmentFlag.AlignHCenter)
