"""Where the ink goes: rows on one fixed grid (icon column, two equal columns), blocks of rows, their measures.

Everything is in points. A block is measured first, so that the sheet can be fitted before anything is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from itertools import zip_longest

from reportlab.lib.colors import black
from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from migrant_office.services.sheets import drawing, scripts
from migrant_office.services.sheets.content import CALL, CARD, HEAD, RULE, SIGN, STEP, TICK, Block, Line, Picture
from migrant_office.services.sheets.tagging import FIGURE, H2, P, is_tagged, section, tag

BODY, SMALLEST_BODY = 12.2, 11.0
SMALL = 8.5  # captions, header and footer only
SIGNING = 24.0  # above and below a place to sign: room for a hand and a stamp
ICONS = 18 * mm
GUTTER = 2.4 * mm  # between the dividing line and the text
HAIRLINE, STRONG = 0.35, 1.5

_FAR = 10_000.0  # no text is as high
BOXED = frozenset({"when", "help"})


@dataclass(frozen=True)
class Grid:
    """The fixed columns of a page and how far text (`scale`) and gaps (`squeeze`) are shrunk, 1 is full size."""

    left: float
    width: float
    scale: float = 1.0
    squeeze: float = 1.0

    @property
    def body(self) -> float:
        return max(BODY * self.scale, SMALLEST_BODY)

    @property
    def pad(self) -> float:
        return 5.4 * self.scale * self.squeeze

    @property
    def gap(self) -> float:
        return 13 * self.scale * self.squeeze

    @property
    def column(self) -> float:
        return float(self.width - ICONS) / 2

    @property
    def middle(self) -> float:
        return float(self.left + ICONS + self.column)

    @property
    def right(self) -> float:
        return self.left + self.width


@dataclass(frozen=True)
class Row:
    line: Line
    texts: tuple[Paragraph, ...]  # one when it goes across both columns
    height: float


@dataclass(frozen=True)
class Box:
    """A measured block."""

    block: Block
    rows: tuple[Row, ...]
    picture: float
    height: float


def paragraph(text: str, size: float, *, bold: bool = False, right: bool = False) -> Paragraph:
    """Words wrap; a word longer than its column is cut, so nothing ever leaves the page. `right`: it ends there."""
    font = drawing.BOLD if bold else drawing.REGULAR
    style = ParagraphStyle(
        "sheet",
        fontName=font,
        fontSize=size,
        leading=size * 1.3,
        splitLongWords=1,
        bulletFontName=font,
        alignment=TA_RIGHT if right else TA_LEFT,
    )
    return scripts.paragraph(text, style)


def place(canvas: Canvas, text: Paragraph, x: float, y: float, column: int = 0, role: str = P) -> None:
    """A measured text with its lower left corner at `x, y`; whoever listens hears it in the language of its column."""
    with tag(canvas, role, column, said=scripts.spelt(text) if is_tagged(canvas) else ""):
        text.drawOn(canvas, x, y)


def measure(block: Block, grid: Grid) -> Box:
    rows = tuple(_measure_row(line, block.section, grid) for line in block.lines)
    picture = 46 * mm * grid.scale * (0.5 + 0.5 * grid.squeeze) if block.picture else 0.0
    height = sum(row.height for row in rows) + picture
    return Box(block, rows, picture, height + (2 * grid.pad if block.section == "help" else 0))


def _measure_row(line: Line, section: str, grid: Grid) -> Row:
    size, bold, pad = grid.body, False, grid.pad
    if line.look == HEAD:
        size, bold = grid.body * 1.1, True
    elif section == "card" and line.look != CARD:
        size, pad = SMALL + 1, grid.pad * 0.7
    elif line.look == CARD:
        size, pad = grid.body * 1.1, grid.pad * 1.4
    elif section == "help":
        size, pad = (grid.body * 1.08 if line.look == CALL else size), 0.8
    if line.look == RULE:
        return Row(line, (), grid.body * 1.9)
    if line.look == SIGN:
        pad = SIGNING * grid.scale
    width = grid.column - 2 * GUTTER
    texts = line.texts[:1] if line.spans else line.texts
    room = 2 * grid.column - 2 * GUTTER if line.spans else width
    paragraphs = tuple(paragraph(text, size, bold=bold) for text in texts)
    height: float = max(each.wrap(room, _FAR)[1] for each in paragraphs)
    return Row(line, paragraphs, height + 2 * pad)


def draw(canvas: Canvas, box: Box, top: float, grid: Grid) -> None:
    """Draw a measured block downwards from `top`."""
    name = box.block.section
    y = top - (grid.pad if name == "help" else 0)
    section(canvas, name, begins=bool(box.rows) and box.rows[0].line.look == HEAD)
    if name in BOXED:
        _shaded_frame(canvas, box, top, grid)
    for row in box.rows:
        if row.line.look == HEAD:
            y = _draw_head(canvas, row, y, grid, boxed=name in BOXED)
            if box.block.picture:
                _draw_picture(canvas, box.block.picture, y, box.picture, grid)
                y -= box.picture
                _hairline(canvas, y, grid)
            continue
        _draw_row(canvas, row, y, name, grid)
        y -= row.height
        if name not in {"help", "card"} and (row is not box.rows[-1] or row.line.look == RULE):
            _hairline(canvas, y, grid)
    if name == "help":
        _draw_icon(canvas, box.rows[0].line.icon, top - box.height / 2, grid, 26)
    if name == "card" and box.rows[-1].line.look == CARD:
        _cut_line(canvas, top - box.height, box.rows[-1].height, grid)


def _shaded_frame(canvas: Canvas, box: Box, top: float, grid: Grid) -> None:
    canvas.saveState()
    path = canvas.beginPath()
    path.roundRect(grid.left, top - box.height, grid.width, box.height, 5)
    if box.rows and box.rows[0].line.look == HEAD:
        canvas.saveState()
        canvas.clipPath(path, stroke=0)
        canvas.setFillColor(drawing.GREY)
        canvas.rect(grid.left, top - box.rows[0].height, grid.width, box.rows[0].height, stroke=0, fill=1)
        canvas.restoreState()
    canvas.setLineWidth(STRONG)
    canvas.drawPath(path)
    canvas.restoreState()


def _draw_head(canvas: Canvas, row: Row, top: float, grid: Grid, *, boxed: bool) -> float:
    bottom = top - row.height
    if not boxed:
        canvas.setFillColor(drawing.GREY)
        canvas.rect(grid.left, bottom, grid.width, row.height, stroke=0, fill=1)
        canvas.setFillColor(black)
        canvas.setLineWidth(1.2)
        canvas.line(grid.left, bottom, grid.right, bottom)
    _draw_icon(canvas, row.line.icon, bottom + row.height / 2, grid, 20)
    _draw_texts(canvas, row, bottom, grid)
    return bottom


def _draw_row(canvas: Canvas, row: Row, top: float, section: str, grid: Grid) -> None:
    middle, bottom = top - row.height / 2, top - row.height
    if row.line.look == TICK:
        drawing.draw_tick_box(canvas, grid.left + 9, middle, min(15 * grid.scale, row.height - 7))
        _draw_icon(canvas, row.line.icon, middle, grid, 19, 35)
    elif row.line.look == STEP:
        size = min(11.5 * grid.scale, (row.height - 5) / 1.6)
        with tag(canvas, P):
            drawing.draw_number(canvas, row.line.number, grid.left + ICONS / 2, middle, size)
    elif section != "help":
        _draw_icon(canvas, row.line.icon, middle, grid, 26 if row.line.look == CARD else 20)
    if row.line.look == RULE:
        return
    if not row.line.spans and section != "card":
        canvas.setLineWidth(HAIRLINE)
        canvas.line(grid.middle, bottom, grid.middle, top)
    _draw_texts(canvas, row, bottom, grid, top={"help": 0.0}.get(section, grid.pad if row.line.look == SIGN else None))


def _draw_texts(canvas: Canvas, row: Row, bottom: float, grid: Grid, *, top: float | None = None) -> None:
    """In the middle of the row, or `top` points under its upper edge."""
    role = H2 if row.line.look == HEAD else P
    for column, (text, x) in enumerate(zip(row.texts, (grid.left + ICONS, grid.middle + GUTTER), strict=False)):
        rest = row.height - text.height
        place(canvas, text, x, bottom + (rest / 2 if top is None else rest - top) + 0.8, column, role)


def _draw_icon(canvas: Canvas, name: str, y: float, grid: Grid, size: float, across: float = ICONS / 2) -> None:
    if name:
        drawing.draw_icon(canvas, name, grid.left + across, y, size * grid.scale)


def _hairline(canvas: Canvas, y: float, grid: Grid) -> None:
    canvas.setLineWidth(HAIRLINE)
    canvas.line(grid.left, y, grid.right, y)


def _cut_line(canvas: Canvas, bottom: float, height: float, grid: Grid) -> None:
    canvas.saveState()
    canvas.setDash(5, 3)
    canvas.setLineWidth(1)
    canvas.rect(grid.left, bottom, grid.width, height)
    canvas.restoreState()


def _draw_picture(canvas: Canvas, picture: Picture, top: float, height: float, grid: Grid) -> None:
    unit = height / 36
    middle = top - height / 2
    words = (picture.before, picture.month, picture.weekday)
    with tag(canvas, FIGURE, alt=day_said(picture.day, words)):
        drawing.draw_leaf(canvas, picture.day, words, grid.left + 24 * unit, middle, unit)
    centre = grid.left + grid.width * 0.52
    if picture.at is not None:
        _draw_hour(canvas, picture.at, picture.part, centre, top, unit)
    else:
        _draw_words(canvas, picture.beside, centre, middle, grid.width * 0.27, grid.body)
    across = grid.right - 21 * unit
    caption = tuple(dict.fromkeys(picture.caption))
    with tag(canvas, FIGURE, alt=f"QR: {' · '.join(caption)}"):
        drawing.draw_qr(canvas, picture.code, across, middle + 3.6 * unit, 24 * unit)
        for index, text in enumerate(caption):
            y = top - height + 5 * unit - index * 3.2 * unit
            drawing.draw_centred(canvas, text, across, y, drawing.REGULAR, SMALL, 38 * unit)


def day_said(day: date, words: tuple[str, str, str]) -> str:
    """The leaf for who hears it: "martes 3 noviembre 2026 · madi 3 novanm 2026"; `words`: before, month, weekday."""
    before, month, weekday = words
    both = zip_longest(weekday.split(" · "), month.split(" · "), fillvalue="")
    days = " · ".join(f"{name} {day.day} {of} {day.year}".strip() for name, of in both)
    return f"{before} {days}".strip()


def _draw_hour(canvas: Canvas, at: time, part: str, x: float, top: float, unit: float) -> None:
    with tag(canvas, FIGURE, alt=f"{at:%H:%M}, {part}"):
        drawing.draw_clock(canvas, at, x, top - 12.2 * unit, 9.4 * unit)
        drawing.draw_centred(canvas, f"{at:%H:%M}", x, top - 29.2 * unit, drawing.BOLD, 8.4 * unit)
        drawing.draw_centred(canvas, part, x, top - 33.6 * unit, drawing.REGULAR, SMALL + 0.5, 44 * unit)


def _draw_words(canvas: Canvas, texts: tuple[str, str], x: float, y: float, width: float, size: float) -> None:
    """Both languages, one under the other, centred on a point."""
    blocks = [paragraph(text, size, bold=True) for text in dict.fromkeys(texts)]
    heights = [block.wrap(width, _FAR)[1] for block in blocks]
    top = y + (sum(heights) + 5 * (len(blocks) - 1)) / 2
    for column, (block, height) in enumerate(zip(blocks, heights, strict=True)):
        place(canvas, block, x - width / 2, top - height, column)
        top -= height + 5
