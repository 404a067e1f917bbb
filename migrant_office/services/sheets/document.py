"""A sheet ready for the pen: pages of measured pieces with what stands around them; and the file made of such sheets.

Every kind of sheet ends here, so that one sheet and five hundred are written by the same few lines.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from migrant_office.i18n import Translator
from migrant_office.models.sheet import Paper
from migrant_office.services.sheets import drawing, tagging
from migrant_office.services.sheets.content import Columns
from migrant_office.services.sheets.frame import BOTTOM, FOOTER, HEADER, SIDE, TOP, Around, draw_around, new_canvas
from migrant_office.services.sheets.layout import BODY, SMALLEST_BODY, Grid
from migrant_office.services.sheets.pieces import Piece

STEP = 0.02
SQUEEZES = (0.8, 0.6, 0.45)


@dataclass(frozen=True)
class Form:
    """The paper of a sheet and the languages of its columns. `only_reviewed`: where it is printed, no Creole leaves
    that nobody approved (`making.refuse_unreviewed`).
    """

    paper: Paper
    columns: Columns
    only_reviewed: bool = False

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        width, height = self.paper.value
        return width * mm, height * mm

    @property
    def room(self) -> float:
        """Points from the header to the footer."""
        return float(self.size[1] - TOP - BOTTOM - HEADER - FOOTER)

    @property
    def lang(self) -> str:
        left = self.columns[0]
        return f"{left.lang}-{left.region}".rstrip("-")

    def grid(self, scale: float = 1.0, squeeze: float = 1.0) -> Grid:
        return Grid(SIDE, self.size[0] - 2 * SIDE, scale, squeeze)

    def grids(self) -> list[Grid]:
        """From full size to the smallest: letters first, two per cent a step and never under 11 points, then gaps."""
        smallest = SMALLEST_BODY / BODY
        scales = [*(1 - STEP * step for step in range(int((1 - smallest) / STEP) + 1)), smallest]
        return [*map(self.grid, scales), *(self.grid(smallest, squeeze) for squeeze in SQUEEZES)]


def columns_of(languages: tuple[str, str], country: str) -> Columns:
    """The languages of a sheet with the country's way of writing dates and figures."""
    left, right = languages
    return Translator(f"{left}_{country}"), Translator(f"{right}_{country}")


@dataclass(frozen=True)
class Page:
    pieces: tuple[Piece, ...]
    around: Around


@dataclass(frozen=True)
class Document:
    """One sheet, fitted. `title` is the kind of sheet and never a name: titles show in lists of windows and in queues
    of printers. `draft`: some Creole on it was approved by nobody.
    """

    form: Form
    title: str
    office: str
    pages: tuple[Page, ...]
    draft: bool
    version: str


def paged(pieces: Iterable[Piece], room: float, gap: float = 0.0) -> list[list[Piece]]:
    """The pieces of each page; one that no page takes stands alone on one. `gap`: what a piece leaves free at its end,
    which the foot of a page need not keep.
    """
    pages: list[list[Piece]] = [[]]
    left = room
    for piece in pieces:
        if piece.height - gap > left + 0.01 and pages[-1]:
            pages.append([])
            left = room
        pages[-1].append(piece)
        left -= piece.height
    return pages


def write(documents: Iterable[Document], tagged: bool = False, *, both_sides: bool = False) -> bytes:
    """One PDF with all sheets, the same bytes for the same sheets; the first one says language and title. Typefaces are
    stored once, however many sheets there are. `tagged`: with reading order and languages, for who reads it on a screen
    or hears it. `both_sides`: an empty page after an odd number of them, so that no sheet begins on another's back.

    Raises ValueError without any sheet.
    """
    target, canvas = io.BytesIO(), None
    for document in documents:
        if canvas is None:
            drawing.register_fonts()
            form = document.form
            canvas = new_canvas(target, form.size, form.lang, document.title, document.office, tagged=tagged)
        draw(canvas, document)
        if both_sides and len(document.pages) % 2:
            canvas.showPage()
    if canvas is None:
        raise ValueError("no sheet")
    canvas.save()
    return target.getvalue()


def draw(canvas: Canvas, document: Document) -> None:
    """The pages of one sheet, each finished."""
    size = document.form.size
    canvas.setPageSize(size)
    tagging.sheet(canvas, (document.form.lang, document.form.columns[1].lang))
    for page in document.pages:
        with tagging.around_page(canvas):
            draw_around(canvas, document.form.grid(), size[1], page.around)
        top = size[1] - TOP - HEADER
        for piece in page.pieces:
            piece.draw(canvas, top)
            top -= piece.height
        canvas.showPage()
