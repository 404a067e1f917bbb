"""Pieces of a page: a told row, a decision with its boxes, the place to sign, small print.

Each is measured when it is made and draws itself downwards from `top`, in points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from xml.sax.saxutils import escape

from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from migrant_office.services.sheets import drawing
from migrant_office.services.sheets.content import Pair
from migrant_office.services.sheets.frame import draw_left
from migrant_office.services.sheets.layout import GUTTER, HAIRLINE, ICONS, SMALL, Box, Grid, draw, paragraph, place
from migrant_office.services.sheets.tagging import FIGURE, H1, P, section, tag

FAR = 10_000.0  # no text is as high
TITLE = 19.5
HINT = 10.5
TINY = 7.2  # the law, for who wants to check it
BOXES = 22.0
SIGNING = 44.0  # above one line, in points: room for a hand
LABEL = 13.0
FINGER = 22 * mm


class Piece(Protocol):
    """Something on the page that is never cut in two."""

    @property
    def height(self) -> float: ...

    def draw(self, canvas: Canvas, top: float) -> None: ...


@dataclass(frozen=True)
class Told:
    """A block of the common layout, with a hairline under it where `ruled`."""

    box: Box
    grid: Grid
    ruled: bool = True

    @property
    def height(self) -> float:
        return self.box.height

    def draw(self, canvas: Canvas, top: float) -> None:
        draw(canvas, self.box, top, self.grid)
        if self.ruled:
            canvas.setLineWidth(HAIRLINE)
            canvas.line(self.grid.left, top - self.height, self.grid.right, top - self.height)


@dataclass(frozen=True)
class Gap:
    """White between two blocks."""

    grid: Grid

    @property
    def height(self) -> float:
        return self.grid.gap

    def draw(self, canvas: Canvas, top: float) -> None:
        """Nothing is drawn."""


class Title:
    """The large title with its icon, lines under it, and for whom the sheet is. Texts are markup."""

    def __init__(self, icon: str, texts: Pair, grid: Grid, *, under: tuple[str, ...] = (), person: str = "") -> None:
        self.icon, self.grid = icon, grid
        self.texts = tuple(paragraph(text, TITLE * grid.scale, bold=True) for text in dict.fromkeys(texts))
        across = 2 * grid.column if len(self.texts) == 1 else grid.column - 2 * GUTTER
        self.titled = highest(self.texts, across) + 3
        self.lines = [(paragraph(f"<b>{text}</b>", grid.body), 3.0, grid.left + ICONS) for text in under]
        if person:
            self.lines.append((paragraph(person, grid.body * 1.06), 2.0, grid.left))
        self.heights = [text.wrap(2 * grid.column, FAR)[1] + after * grid.squeeze for text, after, _ in self.lines]

    @property
    def height(self) -> float:
        return float(self.titled + sum(self.heights) + self.grid.gap * 0.8)

    def draw(self, canvas: Canvas, top: float) -> None:
        grid = self.grid
        section(canvas, "title", begins=True)
        if self.icon:
            drawing.draw_icon(canvas, self.icon, grid.left + ICONS / 2, top - self.titled / 2, 32 * grid.scale)
        for column, (text, x) in enumerate(zip(self.texts, (grid.left + ICONS, grid.middle + GUTTER), strict=False)):
            place(canvas, text, x, top - text.height, column, H1)
        top -= self.titled
        for (text, _, x), height in zip(self.lines, self.heights, strict=True):
            place(canvas, text, x, top - text.height)
            top -= height


@dataclass(frozen=True)
class Boxes:
    """Yes and no in both languages; `chosen` is what was answered, None for nobody asked; `line` a name to write."""

    yes: str
    no: str
    chosen: bool | None = None
    line: str = ""


class Decision:
    """One purpose: question and what a no means, side by side, and under them one pair of boxes for both columns."""

    def __init__(self, icon: str, question: Pair, refused: Pair, boxes: Boxes, grid: Grid) -> None:
        self.icon, self.boxes, self.grid = icon, boxes, grid
        alike = question[0] == question[1]
        width = (2 * grid.column if alike else grid.column) - 2 * GUTTER
        self.questions = tuple(paragraph(f"<b>{escape(text)}</b>", grid.body) for text in dict.fromkeys(question))
        self.refused = tuple(
            paragraph(escape(text), max(HINT * grid.scale, HINT - 0.7)) for text in refused[: 1 if alike else 2]
        )
        self.asked = highest(self.questions, width)
        self.words = self.asked + 2 + highest(self.refused, width)

    @property
    def height(self) -> float:
        return self.words + BOXES + 2 * self.grid.pad

    def draw(self, canvas: Canvas, top: float) -> None:
        grid, y = self.grid, top - self.grid.pad
        for texts, start in ((self.questions, y), (self.refused, y - self.asked - 2)):
            for column, (text, x) in enumerate(zip(texts, (grid.left + ICONS, grid.middle + GUTTER), strict=False)):
                place(canvas, text, x, start - text.height, column)
        drawing.draw_icon(canvas, self.icon, grid.left + ICONS / 2, y - 14, 24 * grid.scale)
        canvas.setLineWidth(HAIRLINE)
        if len(self.questions) > 1:
            canvas.line(grid.middle, top, grid.middle, y - self.words)
        self._draw_boxes(canvas, y - self.words - BOXES / 2 - 2)
        canvas.line(grid.left, top - self.height, grid.right, top - self.height)

    def _draw_boxes(self, canvas: Canvas, y: float) -> None:
        grid, size = self.grid, 15.0
        x = grid.left + ICONS
        for words, chosen in ((self.boxes.yes, self.boxes.chosen is True), (self.boxes.no, self.boxes.chosen is False)):
            drawing.draw_tick_box(canvas, x + size / 2, y, size)
            if chosen:
                with tag(canvas, FIGURE, alt=f"X {words}"):
                    drawing.draw_icon(canvas, "x", x + size / 2, y, size + 3)
            with tag(canvas, P):
                draw_left(canvas, words, x + size + 6, y - 4.4, drawing.BOLD, grid.body, 100)
            x += size + 6 + pdfmetrics.stringWidth(words, drawing.BOLD, grid.body) + 26
        canvas.setLineWidth(HAIRLINE)
        if self.boxes.line:
            start = max(grid.middle, x)
            used = min(pdfmetrics.stringWidth(self.boxes.line, drawing.REGULAR, SMALL + 1), grid.column * 0.6)
            with tag(canvas, P):
                draw_left(canvas, self.boxes.line, start, y - 4.4, drawing.REGULAR, SMALL + 1, used)
            canvas.line(start + used + 5, y - 6, grid.right, y - 6)


def highest(texts: tuple[Paragraph, ...], width: float) -> float:
    return float(max(text.wrap(width, FAR)[1] for text in texts))


@dataclass(frozen=True)
class Place:
    """A line to sign on; `left` and `right` are shares of the sheet's width."""

    label: str
    left: float
    right: float


@dataclass(frozen=True)
class Signatures:
    """Lines to sign on, two in a row, and at the right of the first row a square for who signs with a finger."""

    rows: tuple[tuple[Place, ...], ...]
    finger: Pair
    grid: Grid

    @property
    def each(self) -> float:
        """From one line to the next; a full sheet leaves the hand a little less room."""
        return SIGNING * (0.55 + 0.45 * self.grid.squeeze) + LABEL

    @property
    def height(self) -> float:
        return len(self.rows) * self.each + 4

    def draw(self, canvas: Canvas, top: float) -> None:
        canvas.setLineWidth(0.8)
        for number, row in enumerate(self.rows, 1):
            y = top - number * self.each + LABEL
            for line in row:
                start, end = (self.grid.left + share * self.grid.width for share in (line.left, line.right))
                canvas.line(start, y, end, y)
                with tag(canvas, P):
                    draw_left(canvas, line.label, start, y - 11, drawing.REGULAR, SMALL + 0.5, end - start)
        left = self.grid.right - FINGER
        canvas.rect(left, top - 8 - FINGER, FINGER, FINGER)
        drawing.draw_icon(canvas, "fingerprint", left + FINGER / 2, top - 8 - FINGER / 2, 16)
        for number, words in enumerate(self.finger, 1):
            y = top - 8 - FINGER - number * 10
            with tag(canvas, P, number - 1):
                drawing.draw_centred(canvas, words, left + FINGER / 2, y, drawing.REGULAR, SMALL, FINGER)


class SmallPrint:
    """A text in the smallest letters, across both columns."""

    def __init__(self, markup: str, grid: Grid) -> None:
        self.text, self.grid = paragraph(markup, TINY), grid
        self.wrapped = float(self.text.wrap(grid.width, FAR)[1])

    @property
    def height(self) -> float:
        return self.wrapped + 8

    def draw(self, canvas: Canvas, top: float) -> None:
        place(canvas, self.text, self.grid.left, top - self.height + 2)
