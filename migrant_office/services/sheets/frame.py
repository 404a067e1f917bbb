"""What every page of every sheet has around its contents: margins, room for header and footer, the mark of a draft."""

from __future__ import annotations

from typing import BinaryIO

from reportlab.lib.colors import black
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from migrant_office.services.sheets import drawing
from migrant_office.services.sheets.content import clip
from migrant_office.services.sheets.layout import SMALL

SIDE, TOP, BOTTOM = 15 * mm, 11 * mm, 10 * mm
HEADER, FOOTER = 49.0, 31.0  # points kept free for them on every page


def new_canvas(target: BinaryIO, size: tuple[float, float], lang: str, title: str, office: str) -> Canvas:
    """A canvas of `size` points that gives equal bytes for an equal sheet. `title` is the kind of sheet and never a
    name: titles show in the lists of windows and in print queues.
    """
    canvas = Canvas(
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
