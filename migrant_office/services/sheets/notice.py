"""The notice on paper: what is told on the first page, what is decided and signed on the next.

Both languages side by side, the same row the same meaning. No name is printed: whoever wants writes hers.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from xml.sax.saxutils import escape

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from migrant_office.i18n import Translator
from migrant_office.models.notice import Notice, Purpose
from migrant_office.models.sheet import Paper
from migrant_office.models.spoken import Spoken
from migrant_office.services.sheets import drawing
from migrant_office.services.sheets.content import HEAD, Block, Columns, Line, Pair
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
    Grid,
    measure,
    paragraph,
)
from migrant_office.services.sheets.notice_rows import (
    Boxes,
    Decision,
    Piece,
    Place,
    Signatures,
    SmallPrint,
    Told,
    highest,
)

STEP = 0.02
TITLE = 19.5


@dataclass(frozen=True)
class NoticeData:
    """What one printed notice says besides the notice: `answers` by purpose, True for a yes; empty to fill by hand."""

    office: str
    office_ht: str
    printed_on: date
    answers: Mapping[str, bool] = field(default_factory=dict)
    demo: bool = False


def render_notice(data: NoticeData, notice: Notice, paper: Paper, columns: Columns | None = None) -> bytes:
    """The notice as PDF bytes, the same for the same input, usually two pages: both sides of one leaf.

    `columns` are the languages from left to right with the country's way of writing dates.
    """
    drawing.register_fonts()
    return _Sheet(data, notice, paper, columns or (Translator("es"), Translator("ht"))).pdf()


class _Sheet:
    def __init__(self, data: NoticeData, notice: Notice, paper: Paper, columns: Columns) -> None:
        self.data, self.notice, self.columns = data, notice, columns
        self.width, self.height = (side * mm for side in paper.value)
        self.room = self.height - TOP - BOTTOM - HEADER - FOOTER

    # -- words

    def pair(self, spoken: Spoken) -> Pair:
        return spoken.text(self.columns[0].lang), spoken.text(self.columns[1].lang)

    def joined(self, key: str) -> str:
        """Both languages on one line; once when they are the same word."""
        return " · ".join(dict.fromkeys(self.pair(self.notice.words[key])))

    # -- fitting

    def pdf(self) -> bytes:
        """Two per cent smaller until told and decided take a page each, never under 11 points."""
        steps = int((1 - SMALLEST_BODY / BODY) / STEP)
        scales = [*(1 - STEP * step for step in range(steps + 1)), SMALLEST_BODY / BODY]
        grids = [Grid(SIDE, self.width - 2 * SIDE, scale) for scale in scales]
        grids += [Grid(SIDE, self.width - 2 * SIDE, scales[-1], squeeze) for squeeze in (0.8, 0.6, 0.45)]
        told = self._smallest_that_fits(grids, self._told)
        decided = self._smallest_that_fits(grids, self._decided)
        return self._drawn([*told, *decided])

    def _smallest_that_fits(self, grids: list[Grid], made: Callable[[Grid], list[Piece]]) -> list[list[Piece]]:
        """The pages of one part, in the largest letters that keep it on one page."""
        pages: list[list[Piece]] = []
        for grid in grids:
            pages = self._pages(made(grid))
            if len(pages) == 1:
                break
        return pages

    def _pages(self, pieces: list[Piece]) -> list[list[Piece]]:
        pages: list[list[Piece]] = [[]]
        left = self.room
        for piece in pieces:
            if piece.height > left and pages[-1]:
                pages.append([])
                left = self.room
            pages[-1].append(piece)
            left -= piece.height
        return pages

    # -- contents

    def _told(self, grid: Grid) -> list[Piece]:
        pieces: list[Piece] = [_Title(self.pair(self.notice.words["kind"]), grid)]
        for number, each in enumerate(self.notice.paragraphs, 1):
            left, right = (f"<b>{number}.</b> {escape(text)}" for text in self.pair(each.spoken))
            pieces.append(self._row(Line(each.icon, (left, right)), grid))
        for purpose in self.notice.purposes:
            if not purpose.asked:
                left, right = (escape(text) for text in self.pair(purpose.question))
                pieces.append(self._row(Line(purpose.icon, (left, right)), grid))
        left, right = (f"<b>{escape(text)}</b>" for text in self.pair(self.notice.words["free"]))
        return [*pieces, self._row(Line("currency-dollar-off", (left, right)), grid)]

    def _row(self, line: Line, grid: Grid, *, ruled: bool = True) -> Piece:
        return Told(measure(Block("notice", (line,)), grid), grid, ruled=ruled)

    def _decided(self, grid: Grid) -> list[Piece]:
        head = Line("user-check", self.pair(self.notice.words["decide"]), HEAD)
        pieces: list[Piece] = [self._row(head, grid, ruled=False)]
        pieces += [self._decision(purpose, grid) for purpose in self.notice.asked]
        return [*pieces, self._signatures(grid), SmallPrint(self._law(), grid)]

    def _decision(self, purpose: Purpose, grid: Grid) -> Decision:
        line = self.joined("body") + ":" if purpose.each else ""
        boxes = Boxes(self.joined("yes"), self.joined("no"), self.data.answers.get(purpose.code), line)
        return Decision(purpose.icon, self.pair(purpose.question), self.pair(purpose.refused), boxes, grid)

    def _signatures(self, grid: Grid) -> Signatures:
        day = self.joined("day")
        return Signatures(
            (
                (Place(f"{self.joined('sign')}: {self.joined('person')}", 0, 0.8),),
                (Place(self.joined("guardian"), 0, 0.8),),
                (Place(self.joined("officer"), 0, 0.52), Place(day, 0.58, 0.8)),
            ),
            self.pair(self.notice.words["fingerprint"]),
            grid,
        )

    def _law(self) -> str:
        """Every basis the notice names, once: those that somebody verified, with the day, then the others."""
        named = [law for paragraph in self.notice.paragraphs for law in paragraph.laws]
        named += [law for purpose in self.notice.purposes for law in purpose.laws]
        laws = list({law.key: law for law in named}.values())
        sure = [f"{law.text} ({self.columns[0].date(law.verified_on)})" for law in laws if law.verified_on]
        open_ = [law.text for law in laws if not law.verified_on]
        parts = ((self.joined("law"), sure), (f"{self.joined('law')} ({self.joined('confirm')})", open_))
        return " ".join(f"<b>{escape(head)}:</b> {escape('. '.join(said))}." for head, said in parts if said)

    # -- drawing

    def _drawn(self, pages: list[list[Piece]]) -> bytes:
        target = io.BytesIO()
        left = self.columns[0]
        lang = f"{left.lang}-{left.region}".rstrip("-")
        canvas = new_canvas(target, (self.width, self.height), lang, self.joined("kind"), self.data.office)
        grid = Grid(SIDE, self.width - 2 * SIDE)
        for number, pieces in enumerate(pages, start=1):
            draw_around(canvas, grid, self.height, self._around(number, len(pages)))
            top = self.height - TOP - HEADER
            for piece in pieces:
                piece.draw(canvas, top)
                top -= piece.height
            canvas.showPage()
        canvas.save()
        return target.getvalue()

    def _around(self, number: int, pages: int) -> Around:
        draft = "ht" in {column.lang for column in self.columns} and not self.notice.reviewer
        day = self.columns[0].date(self.notice.date)
        said = (
            f"{self.joined('printed')}: {self.columns[0].date(self.data.printed_on)}",
            f"{self.joined('version')}: {self.notice.edition} ({day})",
        )
        return Around(
            office=(self.data.office, self.data.office_ht),
            kind=self.joined("kind"),
            under=self.joined("sample") if self.data.demo else "",
            columns=self.pair(self.notice.words["column"]),
            foot="    ".join(said),
            page=self.joined("page").format(page=number, pages=pages),
            mark=self.joined("unreviewed") if draft else "",
        )


class _Title:
    """The name of the sheet, large, in both columns."""

    def __init__(self, texts: Pair, grid: Grid) -> None:
        self.grid = grid
        self.texts = tuple(paragraph(escape(text), TITLE * grid.scale, bold=True) for text in texts)
        self.wrapped = highest(self.texts, grid.column - 2 * GUTTER)

    @property
    def height(self) -> float:
        return self.wrapped + 6

    def draw(self, canvas: Canvas, top: float) -> None:
        grid = self.grid
        drawing.draw_icon(canvas, "shield-check", grid.left + ICONS / 2, top - self.wrapped / 2, 30 * grid.scale)
        for text, x in zip(self.texts, (grid.left + ICONS, grid.middle + GUTTER), strict=True):
            text.drawOn(canvas, x, top - text.height)
