"""Numbers of the queue on paper: one as a card to cut out, or the next ones, eight to a page.

No name stands on them. The number, the leaf with the day and the sign of calling aloud are read without letters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from migrant_office.models.sheet import SheetDefinition, SheetText
from migrant_office.services.sheets import drawing
from migrant_office.services.sheets.content import Pair, clip
from migrant_office.services.sheets.definition import holds
from migrant_office.services.sheets.document import Document, Form, Page
from migrant_office.services.sheets.fitting import Printing, around
from migrant_office.services.sheets.frame import draw_left, draw_mark
from migrant_office.services.sheets.layout import (
    GUTTER,
    HAIRLINE,
    ICONS,
    SMALL,
    SMALLEST_BODY,
    Grid,
    day_said,
    paragraph,
    place,
)
from migrant_office.services.sheets.tagging import FIGURE, H1, P, section, tag
from migrant_office.services.sheets.words import Words

ACROSS, DOWN = 2, 4
EACH = ACROSS * DOWN  # numbers on a page
HUGE, LARGE = 130.0, 74.0  # points of the number on the one card and on a small one
TOP = 64 * mm  # of the one card, above its words
TINY = 7.0  # the mark of a draft on a small card
ABOVE = 85.0  # of a small card, above its words
PAD = 5.0
EDGE = 9.0  # points from a cut to what is printed
FAR = 10_000.0


@dataclass(frozen=True, slots=True)
class TicketData:
    """`numbers` as they are called; `need` what one person comes for, in both languages with its icon; `borrowed` the
    same words as a row, for whether somebody approved them.
    """

    numbers: tuple[str, ...]
    day: date
    need: Pair = ("", "")
    need_icon: str = ""
    borrowed: tuple[SheetText, ...] = ()


def ticket_document(data: TicketData, definition: SheetDefinition, form: Form, printing: Printing) -> Document:
    """One number as a card on the upper part of the paper."""
    words = Words(definition, form.columns)
    for row in data.borrowed:
        words.use(row)
    card = _Card(data, words, form.grid(), printing.office)
    page = around(words, printing, 1, 1)
    return Document(form, words.joined("kind"), printing.office, (Page((card,), page),), words.draft, _version(words))


def numbers_document(data: TicketData, definition: SheetDefinition, form: Form, printing: Printing) -> Document:
    """Eight numbers to a page, in their order row by row; empty places at the end stay empty."""
    words = Words(definition, form.columns)
    parts = [data.numbers[at : at + EACH] for at in range(0, len(data.numbers), EACH)]
    boards = [_Board(replace(data, numbers=part), words, form, printing.office) for part in parts]
    pages = tuple(
        Page((board,), replace(around(words, printing, number, len(boards)), columns=("", "")))
        for number, board in enumerate(boards, 1)
    )
    return Document(form, words.joined("kind"), printing.office, pages, words.draft, _version(words))


def _version(words: Words) -> str:
    return words.definition.version


def _rows(words: Words, section: str, need: Pair = ("", "")) -> Iterator[tuple[SheetText, Pair]]:
    flags = frozenset({"need"} if any(need) else ())
    for row in words.rows:
        if row.section == section and holds(row.condition, flags):
            yield row, words.filled(row, ({"need": need[0]}, {"need": need[1]}))


class _Card:
    """One number, the day beside it, and under both what to do, in two columns."""

    def __init__(self, data: TicketData, words: Words, grid: Grid, office: str) -> None:
        self.data, self.words, self.grid, self.office = data, words, grid, office
        self.rows = [(row, texts, _wrapped(texts, grid)) for row, texts in _rows(words, "ticket", data.need)]

    @property
    def height(self) -> float:
        mark = EDGE if self.words.draft else 0
        return float(TOP + sum(height + 2 * PAD for _, _, (_, height) in self.rows) + 2 * EDGE + mark)

    def draw(self, canvas: Canvas, top: float) -> None:
        grid = self.grid
        section(canvas, "ticket", begins=True)
        _dashed(canvas, grid.left, top - self.height, grid.width, self.height)
        _scissors(canvas, self.words, grid.left + ICONS / 2, top - self.height, grid.width - ICONS)
        named = ((self.office, 18, drawing.BOLD), (self.words.joined("number"), 33, drawing.REGULAR))
        for text, down, font in named:
            with tag(canvas, P):
                draw_left(canvas, clip(text, 90), grid.left + EDGE, top - down, font, SMALLEST_BODY, grid.column)
        _number(
            canvas, self.data.numbers[0], grid.left + grid.width * 0.33, top - TOP / 2 - 17, HUGE, grid.width * 0.56
        )
        _leaf(canvas, self.data.day, self.words, grid.right - 68 - EDGE, top - TOP / 2 - 2, 3.35)
        y = top - TOP - EDGE / 2
        for row, _, (texts, height) in self.rows:
            canvas.setLineWidth(HAIRLINE)
            canvas.line(grid.left + EDGE, y, grid.right - EDGE, y)
            icon = row.icon or self.data.need_icon
            if icon:
                drawing.draw_icon(canvas, icon, grid.left + ICONS / 2, y - PAD - height / 2, 24)
            for column, (told, x) in enumerate(zip(texts, (grid.left + ICONS, grid.middle + GUTTER), strict=False)):
                place(canvas, told, x, y - PAD - told.height, column)
            y -= height + 2 * PAD
        if self.words.draft:  # on the card itself: the foot of the page is cut off
            draw_mark(canvas, self.words.joined("unreviewed"), grid.right - EDGE, top - self.height + 3)


class _Board:
    """A page of small cards, a cut between each two. It is higher than the page where the rows of a card have no place
    on it, and then the last ones are left out rather than written over the next card.
    """

    def __init__(self, data: TicketData, words: Words, form: Form, office: str) -> None:
        self.data, self.words, self.office = data, words, office
        self.grid, self.room = form.grid(), form.room - 4
        self.inner = self.grid.width / ACROSS - 2 * EDGE
        self.rows = [(row, *self._told(texts)) for row, texts in _rows(words, "short")]

    @property
    def height(self) -> float:
        return max(self.room, DOWN * (ABOVE + sum(map(self._high, self.rows)) + self._mark))

    @property
    def _mark(self) -> float:
        return TINY + 4 if self.words.draft else 0

    def _told(self, texts: Pair) -> tuple[list[Paragraph], list[float]]:
        told = [paragraph(text, SMALLEST_BODY) for text in dict.fromkeys(texts)]
        return told, [float(text.wrap(self.inner - 24, FAR)[1]) for text in told]

    def _high(self, row: tuple[SheetText, list[Paragraph], list[float]]) -> float:
        return sum(row[2]) + 3

    def draw(self, canvas: Canvas, top: float) -> None:
        wide, high = self.grid.width / ACROSS, self.room / DOWN
        for at, number in enumerate(self.data.numbers):
            left, upper = self.grid.left + at % ACROSS * wide, top - at // ACROSS * high
            self._small(canvas, number, left, upper, wide)
        used = -(-len(self.data.numbers) // ACROSS)
        _dashed(canvas, self.grid.left, top - used * high, self.grid.width, used * high)
        canvas.saveState()
        canvas.setDash(5, 3)
        canvas.line(self.grid.left + wide, top, self.grid.left + wide, top - used * high)
        for row in range(1, used):
            canvas.line(self.grid.left, top - row * high, self.grid.right, top - row * high)
        canvas.restoreState()
        _scissors(canvas, self.words, self.grid.left + wide, top, 0)

    def _small(self, canvas: Canvas, number: str, left: float, top: float, wide: float) -> None:
        inner, foot = self.inner, top - self.room / DOWN + self._mark
        section(canvas, number, begins=True)
        with tag(canvas, P):
            draw_left(canvas, clip(self.office, 90), left + EDGE, top - 14, drawing.BOLD, SMALL, inner)
        _number(canvas, number, left + EDGE + inner * 0.34, top - 51, LARGE, inner * 0.66)
        _leaf(canvas, self.data.day, self.words, left + wide - EDGE - 33, top - 50, 1.62)
        y = top - ABOVE
        for row, told, heights in self.rows:
            if y - sum(heights) < foot:
                break
            if row.icon:
                drawing.draw_icon(canvas, row.icon, left + EDGE + 8, y - sum(heights) / 2, 17)
            for column, (text, height) in enumerate(zip(told, heights, strict=True)):
                place(canvas, text, left + EDGE + 24, y - height, column)
                y -= height
            y -= 3
        if self.words.draft:
            mark = self.words.joined("unreviewed")
            with tag(canvas, P):
                drawing.draw_centred(canvas, mark, left + wide / 2, y - 7, drawing.BOLD, TINY, inner)


def _wrapped(texts: Pair, grid: Grid) -> tuple[Sequence[Paragraph], float]:
    """Both columns, or one text across them, and how high they are."""
    alike = texts[0] == texts[1]
    width = (2 * grid.column if alike else grid.column) - 2 * GUTTER
    told = tuple(paragraph(text, grid.body) for text in dict.fromkeys(texts))
    return told, max(float(text.wrap(width, FAR)[1]) for text in told)


def _number(canvas: Canvas, number: str, x: float, y: float, size: float, width: float) -> None:
    """Centred on `y`, as large as the width allows."""
    size = min(size, size * width / pdfmetrics.stringWidth(number, drawing.BOLD, size))
    with tag(canvas, H1):
        drawing.draw_centred(canvas, number, x, y - size * 0.36, drawing.BOLD, size)


def _leaf(canvas: Canvas, day: date, words: Words, x: float, y: float, unit: float) -> None:
    month = " · ".join(dict.fromkeys(column.month_name(day.month) for column in words.columns))
    weekday = " · ".join(dict.fromkeys(column.weekday(day) for column in words.columns))
    with tag(canvas, FIGURE, alt=day_said(day, ("", month, weekday))):
        drawing.draw_leaf(canvas, day, ("", month, weekday), x, y, unit)


def _dashed(canvas: Canvas, left: float, bottom: float, width: float, height: float) -> None:
    canvas.saveState()
    canvas.setDash(5, 3)
    canvas.setLineWidth(1)
    canvas.rect(left, bottom, width, height)
    canvas.restoreState()


def _scissors(canvas: Canvas, words: Words, x: float, y: float, room: float) -> None:
    """The sign on the line itself, and the words under it where there is room."""
    canvas.saveState()
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(x - 9, y - 8, 18, 16, stroke=0, fill=1)
    canvas.restoreState()
    drawing.draw_icon(canvas, "scissors", x, y, 15)
    if room:
        with tag(canvas, P):
            draw_left(canvas, words.joined("cut"), x + ICONS / 2, y - 12, drawing.REGULAR, SMALL + 1, room)
