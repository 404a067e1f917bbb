"""What every page of every sheet has around its contents: margins, room for header and footer, the mark of a draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from reportlab.lib.colors import black
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from migrant_office.services.sheets import drawing, scripts
from migrant_office.services.sheets.canvas import SheetCanvas
from migrant_office.services.sheets.content import Pair, clip
from migrant_office.services.sheets.layout import GUTTER, HAIRLINE, ICONS, SMALL, Grid
from migrant_office.services.sheets.tagging import P, TaggedCanvas, section, tag

SIDE, TOP, BOTTOM = 15 * mm, 11 * mm, 10 * mm
HEADER, FOOTER = 49.0, 31.0  # points kept free for them on every page


def new_canvas(
    target: BinaryIO, size: tuple[float, float], lang: str, title: str, office: str, *, tagged: bool = False
) -> Canvas:
    """A canvas of `size` points that gives equal bytes for an equal sheet. `title` is the kind of sheet and never a
    name: titles show in the lists of windows and in print queues. `tagged`: with reading order and languages.
    """
    canvas = (TaggedCanvas if tagged else SheetCanvas)(
        target,
        pagesize=size,
        invariant=1,  # no date, no random id: the same sheet is the same file
        initialFontName=drawing.REGULAR,  # else an un-embedded Helvetica slips in
        lang=lang,
    )
    canvas.setTitle(title)
    canvas.setAuthor(clip(office, 60))
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What stands around the contents of one page: the office in two languages, the kind of sheet and what is said
    under it, the names of the two columns, the foot with its page, and the mark of a draft ("" for none).
    """

    office: Pair
    kind: str
    under: str
    columns: Pair
    foot: str
    page: str
    mark: str = ""


def draw_around(canvas: Canvas, grid: Grid, height: float, around: Around) -> None:
    """Header and footer of one page of `height` points, the same on every sheet."""
    y, half = height - TOP, grid.width / 2 - 6
    draw_left(canvas, clip(around.office[0], 90), grid.left, y - 9, drawing.BOLD, 11, half)
    draw_left(canvas, clip(around.office[1], 90), grid.left, y - 21, drawing.REGULAR, 9.5, half)
    draw_right(canvas, around.kind, grid.right, y - 9, drawing.BOLD, 10.5, half)
    draw_right(canvas, around.under, grid.right, y - 21, drawing.REGULAR, 9.5, half)
    canvas.setLineWidth(1.2)
    canvas.line(grid.left, y - 27, grid.right, y - 27)
    for name, x in zip(dict.fromkeys(around.columns), (grid.left + ICONS, grid.middle + GUTTER), strict=False):
        draw_left(canvas, name, x, y - 38, drawing.BOLD, SMALL, grid.column)
    canvas.setLineWidth(HAIRLINE)
    canvas.line(grid.left, BOTTOM + 9, grid.right, BOTTOM + 9)
    draw_left(canvas, around.foot, grid.left, BOTTOM, drawing.REGULAR, SMALL, grid.width * 0.68)
    draw_right(canvas, around.page, grid.right, BOTTOM, drawing.REGULAR, SMALL, grid.width * 0.3)
    if around.mark:
        draw_mark(canvas, around.mark, grid.right, BOTTOM + 13)


def draw_mark(canvas: Canvas, mark: str, right: float, y: float) -> None:
    """What every reader must see at once, and hear: a text that nobody reviewed."""
    width = scripts.width(mark, drawing.BOLD, SMALL) + 10
    canvas.setLineWidth(1)
    canvas.rect(right - width, y, width, 12.5)
    section(canvas, "mark", begins=True)
    with tag(canvas, P):
        drawing.draw_centred(canvas, mark, right - width / 2, y + 3.4, drawing.BOLD, SMALL)


def draw_left(canvas: Canvas, text: str, x: float, y: float, font: str, size: float, width: float) -> None:
    """Text from `x` to the right, shrunk to fit `width`."""
    _write(canvas, text, x, y, font, size, width, 0)


def draw_right(canvas: Canvas, text: str, x: float, y: float, font: str, size: float, width: float) -> None:
    """Text that ends at `x`, shrunk to fit `width`."""
    _write(canvas, text, x, y, font, size, width, 1)


def _write(canvas: Canvas, text: str, x: float, y: float, font: str, size: float, width: float, before: float) -> None:
    """`before`: the share of the text that stands left of `x`."""
    room = scripts.width(text, font, size)
    shrunk = min(1, width / room) if room else 1
    canvas.setFillColor(black)
    scripts.write(canvas, text, x - before * room * shrunk, y, font, size * shrunk)
