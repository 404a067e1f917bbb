"""The referral sheet as a PDF: fits itself to two pages, draws frame, title and blocks."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from xml.sax.saxutils import escape

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from migrant_office.i18n import Translator
from migrant_office.models.sheet import Paper, SheetData, SheetDefinition
from migrant_office.services.sheets import drawing
from migrant_office.services.sheets.calendar_code import Matrix, calendar_entry, qr_matrix
from migrant_office.services.sheets.content import Budget, Columns, Composer, Content, clip
from migrant_office.services.sheets.frame import (
    BOTTOM,
    FOOTER,
    HEADER,
    SIDE,
    TOP,
    Around,
    draw_around,
    new_canvas,
)
from migrant_office.services.sheets.layout import (
    BODY,
    GUTTER,
    ICONS,
    SMALLEST_BODY,
    Box,
    Grid,
    draw,
    measure,
    paragraph,
)
from migrant_office.services.sheets.stub import Stub

STEP = 0.02
PAGES = 2

_SHORT = {"notes": False, "room": False}
BUDGETS = (
    Budget(),
    Budget(notes=False),
    Budget(first_documents=8),
    Budget(first_documents=5),
    Budget(first_documents=8, notes=False),
    Budget(first_documents=5, notes=False),
    Budget(first_documents=5, **_SHORT),
    Budget(letters=120, first_documents=6, documents=24, steps=16, **_SHORT),
    Budget(letters=120, first_documents=4, documents=24, steps=12, **_SHORT),
    Budget(letters=90, first_documents=4, documents=16, steps=10, **_SHORT),
    Budget(letters=90, first_documents=4, documents=12, steps=8, **_SHORT),
    Budget(letters=90, first_documents=3, documents=10, steps=5, **_SHORT),
    Budget(letters=60, first_documents=4, documents=9, steps=5, **_SHORT),
    Budget(letters=60, first_documents=4, documents=8, steps=4, **_SHORT),
    Budget(letters=40, facts=120, first_documents=4, documents=8, steps=4, **_SHORT),
    Budget(letters=40, facts=90, first_documents=3, documents=7, steps=4, **_SHORT),
    Budget(letters=24, facts=60, first_documents=2, documents=6, steps=4, **_SHORT),
    Budget(letters=24, facts=30, first_documents=2, documents=6, steps=4, **_SHORT),
)
"""From the whole text down to what fits whatever was typed; the first that fits is printed."""


def render_referral(
    data: SheetData, definition: SheetDefinition, paper: Paper, columns: Columns | None = None
) -> bytes:
    """The sheet as PDF bytes, the same for the same input: one page, or two with the telephone box on the first; and
    one more with the slip for the institution where the referral has a code.

    `columns` are the languages from left to right with the country's way of writing dates; plain Spanish and Creole
    when left out. Long texts are cut visibly rather than given a third page.
    """
    drawing.register_fonts()
    sheet = _Sheet(data, definition, paper, columns or (Translator("es"), Translator("ht")))
    return sheet.pdf()


def is_draft(data: SheetData, definition: SheetDefinition) -> bool:
    """Whether any Creole that this sheet prints has not been reviewed."""
    sheet = _Sheet(data, definition, Paper.A4, (Translator("es"), Translator("ht")))
    stub = sheet.stub()
    return sheet.composer.compose().draft or (stub is not None and stub.draft)


class _Sheet:
    def __init__(self, data: SheetData, definition: SheetDefinition, paper: Paper, columns: Columns) -> None:
        self.data, self.definition, self.columns = data, definition, columns
        self.width, self.height = (side * mm for side in paper.value)
        self.room = self.height - TOP - BOTTOM - HEADER - FOOTER
        self.composer = Composer(data, definition, columns, Budget())

    # -- fitting

    def pdf(self) -> bytes:
        """Two per cent smaller until it fits, never under 11 points; then less text, then the same again."""
        for budget in BUDGETS:
            self.composer = Composer(self.data, self.definition, self.columns, budget)
            content = self.composer.compose()
            if self._pages(content, self._grids()[-1]) is None and budget is not BUDGETS[-1]:
                continue
            for grid in self._grids():
                pages = self._pages(content, grid)
                if pages is not None:
                    return self._drawn(content, grid, pages)
        raise AssertionError("the shortest text always fits")

    def _grids(self) -> list[Grid]:
        """From full size to the smallest."""
        scales = [1 - STEP * step for step in range(60) if BODY * (1 - STEP * step) >= SMALLEST_BODY]
        scales.append(SMALLEST_BODY / BODY)
        grids = [Grid(SIDE, self.width - 2 * SIDE, scale) for scale in scales]
        return [*grids, *(Grid(SIDE, self.width - 2 * SIDE, scales[-1], squeeze) for squeeze in (0.8, 0.6, 0.45))]

    def _pages(self, content: Content, grid: Grid) -> list[list[Box]] | None:
        """The blocks of each page, or None when they do not fit: all up to the telephone box on the first."""
        boxes = [measure(block, grid) for block in content.blocks]
        pages: list[list[Box]] = [[]]
        left = self.room - self._title_height(content, grid)
        for box in boxes:
            need = box.height + (grid.gap if pages[-1] else 0)
            if need > left + 0.01:
                if not any(each.block.section == "help" for each in pages[0]) or len(pages) == PAGES:
                    return None
                pages.append([])
                left, need = self.room, box.height
            pages[-1].append(box)
            left -= need
        return pages if left > -0.02 else None

    # -- the title

    def _title(self, content: Content, grid: Grid) -> Iterator[tuple[tuple[Paragraph, ...], float, float]]:
        """Lines of the title: paragraphs side by side, the height of the line, the left edge."""
        texts = content.title.texts[:1] if content.title.spans else content.title.texts
        room = 2 * grid.column if content.title.spans else grid.column - 2 * GUTTER
        size = 19.5 * grid.scale
        titles = tuple(paragraph(text, size, bold=True) for text in texts)
        yield titles, max(each.wrap(room, 10_000)[1] for each in titles) + 3, grid.left + ICONS
        lines = [] if content.title.spans else [f"<b>{content.service}</b>"]
        person = escape(clip(self.data.person, min(self.composer.budget.facts, 120)))
        yield from (
            ((each,), each.wrap(2 * grid.column, 10_000)[1] + 3 * grid.squeeze, grid.left + ICONS)
            for each in (paragraph(text, grid.body) for text in lines)
        )
        if person:
            who = paragraph(f"{escape(self.composer.joined('for'))}: <b>{person}</b>", grid.body * 1.06)
            yield (who,), who.wrap(grid.width, 10_000)[1] + 2 * grid.squeeze, grid.left

    def _title_height(self, content: Content, grid: Grid) -> float:
        return sum(height for _, height, _ in self._title(content, grid)) + grid.gap * 0.8

    def _draw_title(self, canvas: Canvas, content: Content, grid: Grid, top: float) -> float:
        for index, (texts, height, left) in enumerate(self._title(content, grid)):
            if index == 0:
                drawing.draw_icon(canvas, content.title.icon, grid.left + ICONS / 2, top - height / 2, 32 * grid.scale)
            for text, x in zip(texts, (left, grid.middle + GUTTER), strict=False):
                text.drawOn(canvas, x, top - text.height)
            top -= height
        return top - grid.gap * 0.8

    # -- drawing

    def _drawn(self, content: Content, grid: Grid, pages: list[list[Box]]) -> bytes:
        target = io.BytesIO()
        left = self.columns[0]
        lang = f"{left.lang}-{left.region}".rstrip("-")
        canvas = new_canvas(target, (self.width, self.height), lang, self.composer.joined("kind"), self.data.office)
        matrix, stub = self._matrix(), self.stub()
        many = len(pages) + (stub is not None)
        for number, boxes in enumerate(pages, start=1):
            draw_around(canvas, grid, self.height, self._around(content, number, many))
            top = self.height - TOP - HEADER
            if number == 1:
                top = self._draw_title(canvas, content, grid, top)
            for box in boxes:
                draw(canvas, box, top, grid, matrix)
                top -= box.height + grid.gap
            canvas.showPage()
        if stub is not None:
            draw_around(canvas, grid, self.height, self._around(replace(content, draft=stub.draft), many, many))
            stub.draw(canvas, self.height - TOP - HEADER)
            canvas.showPage()
        canvas.save()
        return target.getvalue()

    def stub(self) -> Stub | None:
        """The slip that the institution sends back; none without a code."""
        if not self.data.slip or not self.definition.stub:
            return None
        return Stub(self.data, self.definition.stub, self.columns, (Grid(SIDE, self.width - 2 * SIDE), self.room))

    def _matrix(self) -> Matrix | None:
        data = self.data
        day = data.appointment_on or data.due_on
        if day is None:
            return None
        at = data.appointment_at if data.appointment_on else None
        title = " / ".join(self.composer.frame("qr_title" if data.appointment_on else "qr_due_title"))
        return qr_matrix(calendar_entry(title, day, at, clip(self.composer.place(), 90)))

    def _around(self, content: Content, number: int, pages: int) -> Around:
        joined = self.composer.joined
        under = [f"{joined('slip')} {clip(self.data.slip, 40)}"] if self.data.slip else []
        under += [joined("sample")] if self.data.demo else []
        said = [
            f"{joined('printed')}: {self.columns[0].date(self.data.printed_on)}",
            f"{joined('version')}: {self.definition.version}",
        ]
        if content.reviewers and not content.draft:
            said.append(f"{joined('reviewed')}: {', '.join(content.reviewers)}")
        return Around(
            office=(self.data.office, self.data.office_ht),
            kind=joined("kind"),
            under="    ".join(under),
            columns=self.composer.frame("column"),
            foot="    ".join(said),
            page=joined("page").format(page=number, pages=pages),
            mark=joined("unreviewed") if content.draft else "",
        )
