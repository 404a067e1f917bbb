"""What every page of every sheet has around its contents: margins, room for header and footer, the mark of a draft."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import BinaryIO

from reportlab.lib.colors import black
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFStream
from reportlab.pdfgen.canvas import Canvas

from migrant_office.services.sheets import drawing
from migrant_office.services.sheets.content import Pair, clip
from migrant_office.services.sheets.layout import GUTTER, HAIRLINE, ICONS, SMALL, Grid

SIDE, TOP, BOTTOM = 15 * mm, 11 * mm, 10 * mm
HEADER, FOOTER = 49.0, 31.0  # points kept free for them on every page


class SheetCanvas(Canvas):  # type: ignore[misc]  # reportlab has no types
    """A canvas that packs each page as soon as it is finished: reportlab keeps them as text until the file is whole,
    and five hundred sheets would take another 25 MB.
    """

    def showPage(self) -> None:  # noqa: N802 - reportlab's own name
        super().showPage()
        page = self._doc.Pages.pages[-1]
        if page.stream:
            code = page.stream if isinstance(page.stream, bytes) else page.stream.encode()
            page.Contents = PDFStream(PDFDictionary({"Filter": PDFName("FlateDecode")}), content=zlib.compress(code))
            page.stream = None


def new_canvas(target: BinaryIO, size: tuple[float, float], lang: str, title: str, office: str) -> Canvas:
    """A canvas of `size` points that gives equal bytes for an equal sheet. `title` is the kind of sheet and never a
    name: titles show in the lists of windows and in print queues.
    """
    canvas = SheetCanvas(
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
    """What every reader must see at once: a text that nobody reviewed."""
    width = pdfmetrics.stringWidth(mark, drawing.BOLD, SMALL) + 10
    canvas.setLineWidth(1)
    canvas.rect(right - width, y, width, 12.5)
    drawing.draw_centred(canvas, mark, right - width / 2, y + 3.4, drawing.BOLD, SMALL)


def draw_left(canvas: Canvas, text: str, x: float, y: float, font: str, size: float, width: float) -> None:
    """Text from `x` to the right, shrunk to fit `width`."""
    _set(canvas, text, font, size, width)
    canvas.drawString(x, y, text)


def draw_right(canvas: Canvas, text: str, x: float, y: float, font: str, size: float, width: float) -> None:
    """Text that ends at `x`, shrunk to fit `width`."""
    _set(canvas, text, font, size, width)
    canvas.drawRightString(x, y, text)


def _set(canvas: Canvas, text: str, font: str, size: float, width: float) -> None:
    room = pdfmetrics.stringWidth(text, font, size)
    canvas.setFillColor(black)
    canvas.setFont(font, size * min(1, width / room) if room else size)
