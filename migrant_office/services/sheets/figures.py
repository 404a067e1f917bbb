"""Figures on paper: a table with its total and its legend, and bars that a one-bit printer and a copier keep apart.

They say what they are given: words and figures already protected. Measured when made, drawn downwards, in points.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlab.lib.colors import black
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from migrant_office.services.sheets import drawing
from migrant_office.services.sheets.content import HEAD, Block, Line, Pair
from migrant_office.services.sheets.frame import draw_left
from migrant_office.services.sheets.layout import (
    GUTTER,
    HAIRLINE,
    ICONS,
    SMALLEST_BODY,
    Grid,
    draw,
    measure,
    paragraph,
    place,
)
from migrant_office.services.sheets.pieces import FAR, highest
from migrant_office.services.sheets.tagging import P, tag

SIZE = SMALLEST_BODY
NOTE = 9.0  # what explains a table or a chart
PAD = 3.2  # above and below the words of a row
FEW = 4  # columns of figures beside which the labels stand under the words of the heading
NAMES_OF = {1: 0.8, 2: 0.5, 3: 0.4, 4: 0.34}
"""By columns of figures: the share of a table's width for the names of its rows."""
BAR, BAR_GAP, STRIPE = 13.0, 4.5, 4.0  # thickness, room between two, distance of the strokes that fill one
NAMES = 0.36  # share of the width for the names of the bars
FIGURE = 16 * mm  # beside the longest bar, for its figure
_Measured = tuple[Paragraph, tuple[Paragraph, ...], float]  # name, figures, height


@dataclass(frozen=True)
class FigureRow:
    """A line of a table: its name as markup, what stands in each column, and whether it is the total."""

    name: str
    figures: tuple[str, ...]
    total: bool = False


@dataclass(frozen=True)
class FigureTable:
    """A table in words: the heading in both languages, over the names ("" for nothing) and over each column, the
    rows, what explains the marks.
    """

    icon: str
    title: Pair
    heads: tuple[str, ...]
    rows: tuple[FigureRow, ...]
    legend: tuple[str, ...] = ()

    def piece(self, grid: Grid) -> TablePiece:
        return TablePiece(self, grid)

    def parts(self, grid: Grid, room: float) -> Iterator[TablePiece]:
        """The table whole, or as many pages of it as it takes, each with its headings."""
        whole = self.piece(grid)
        if whole.height <= room or len(self.rows) < 2:
            yield whole
            return
        half = len(self.rows) // 2
        for rows in (self.rows[:half], self.rows[half:]):
            part = FigureTable(self.icon, self.title, self.heads, rows, self.legend)
            yield from part.parts(grid, room)


class _Head:
    """The shaded heading over a table or a chart, as over every block of a sheet."""

    def __init__(self, icon: str, title: Pair, grid: Grid) -> None:
        self.box, self.grid = measure(Block("month", (Line(icon, title, HEAD),)), grid), grid
        self.height = self.box.height

    def draw(self, canvas: Canvas, top: float) -> None:
        draw(canvas, self.box, top, self.grid)


class TablePiece:
    """A measured table with the gap that follows it."""

    def __init__(self, told: FigureTable, grid: Grid) -> None:
        self.told, self.grid = told, grid
        self.head = _Head(told.icon, told.title, grid)
        many = len(told.heads) - 1
        self.start: float = grid.left + (ICONS if many <= FEW else GUTTER)
        room = grid.right - self.start
        self.names = room * NAMES_OF.get(many, 0.26)
        self.column = (room - self.names) / max(many, 1)
        self.heads = self._measured(FigureRow(told.heads[0], told.heads[1:])) if any(told.heads) else None
        self.rows = [self._measured(row) for row in told.rows]
        self.legend = tuple(paragraph(text, NOTE) for text in dict.fromkeys(told.legend))
        self.under = sum(text.wrap(room, FAR)[1] for text in self.legend) + (PAD if self.legend else 0)

    def _measured(self, row: FigureRow) -> _Measured:
        name = paragraph(row.name, SIZE, bold=row.total)
        cells = tuple(paragraph(text, SIZE, bold=row.total, right=True) for text in row.figures)
        height: float = highest((name,), self.names - GUTTER)
        if cells:
            height = max(height, highest(cells, self.column - GUTTER))
        return name, cells, height + 2 * PAD

    @property
    def height(self) -> float:
        rows = sum(height for _name, _cells, height in self.rows) + (self.heads[2] if self.heads else 0)
        return float(self.head.height + rows + self.under + self.grid.gap)

    def draw(self, canvas: Canvas, top: float) -> None:
        self.head.draw(canvas, top)
        top -= self.head.height
        if self.heads:
            top = self._draw_row(canvas, self.heads, top, low=True)
            self._line(canvas, top, 0.8)
        for row, measured in zip(self.told.rows, self.rows, strict=True):
            if row.total and row is not self.told.rows[0]:
                self._line(canvas, top, 0.8)
            top = self._draw_row(canvas, measured, top)
            self._line(canvas, top, HAIRLINE)
        top -= PAD
        for text in self.legend:
            place(canvas, text, self.start, top - text.height)
            top -= text.height

    def _draw_row(self, canvas: Canvas, measured: _Measured, top: float, *, low: bool = False) -> float:
        """One row; `low` lets short headings stand on the line under them. Answers where it ends."""
        name, cells, height = measured
        for text, x in ((name, self.start), *((cell, self._at(i)) for i, cell in enumerate(cells))):
            spare = height - 2 * PAD - text.height
            place(canvas, text, x, top - PAD - text.height - (spare if low else spare / 2) + 0.8)
        return float(top - height)

    def _at(self, column: int) -> float:
        return float(self.start + self.names + column * self.column)

    def _line(self, canvas: Canvas, y: float, width: float) -> None:
        canvas.setLineWidth(width)
        canvas.line(self.grid.left, y, self.grid.right, y)


@dataclass(frozen=True)
class Bar:
    """One bar: its name as markup, its length (None where there is no figure), and what is written beside it."""

    name: str
    value: int | None
    told: str


class BarsPiece:
    """Bars that begin at nothing and are as long as their figures, which stand beside them. Filled with strokes, so
    that neither a printer of one bit nor a copier takes them away.
    """

    def __init__(self, icon: str, title: Pair, note: str, bars: Sequence[Bar], grid: Grid) -> None:
        self.grid, self.bars = grid, tuple(bars)
        self.head = _Head(icon, title, grid)
        self.start = grid.left + ICONS
        self.names = (grid.right - self.start) * NAMES
        self.note = paragraph(note, NOTE)
        self.above = highest((self.note,), grid.right - self.start) + 2 * PAD
        self.texts = [paragraph(bar.name, SIZE, right=True) for bar in self.bars]
        self.heights = [max(highest((text,), self.names), BAR) + BAR_GAP for text in self.texts]
        self.most = max((bar.value or 0 for bar in self.bars), default=0)

    @property
    def height(self) -> float:
        return float(self.head.height + self.above + sum(self.heights) + BAR_GAP + self.grid.gap)

    def draw(self, canvas: Canvas, top: float) -> None:
        self.head.draw(canvas, top)
        top -= self.head.height
        place(canvas, self.note, self.start, top - PAD - self.note.height)
        top -= self.above
        left = self.start + self.names + GUTTER
        room = self.grid.right - left - FIGURE
        bottom = top - sum(self.heights)
        for bar, text, height in zip(self.bars, self.texts, self.heights, strict=True):
            middle = top - height / 2
            place(canvas, text, self.start, middle - text.height / 2 + 0.8)
            long = room * (bar.value or 0) / max(self.most, 1)
            if long:
                hatched(canvas, left, middle - BAR / 2, long, BAR)
            with tag(canvas, P):
                draw_left(canvas, bar.told, left + long + 5, middle - SIZE * 0.36, drawing.BOLD, SIZE, FIGURE - 5)
            top -= height
        canvas.setLineWidth(1)
        canvas.line(left, top + sum(self.heights), left, bottom)


def hatched(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    """A rectangle with a black edge, filled with slanting strokes."""
    canvas.saveState()
    edge = canvas.beginPath()
    edge.rect(x, y, width, height)
    canvas.saveState()
    canvas.clipPath(edge, stroke=0)
    canvas.setLineWidth(0.7)
    across = x - height
    while across < x + width:
        canvas.line(across, y, across + height, y + height)
        across += STRIPE
    canvas.restoreState()
    canvas.setStrokeColor(black)
    canvas.setLineWidth(1)
    canvas.rect(x, y, width, height)
    canvas.restoreState()
