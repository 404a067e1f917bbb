"""*Mi ruta* on paper: one page with the stations, the services that answer the needs, and the papers to get.

Nothing on it says why a verdict was given: whoever finds the paper learns no status and no condition of the person.
"""

from __future__ import annotations

import io
from xml.sax.saxutils import escape

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from migrant_office.i18n import Translator
from migrant_office.models.sheet import Paper, RouteData, RouteLine, SheetDefinition, SheetText
from migrant_office.services.sheets import drawing
from migrant_office.services.sheets.content import HEAD, Block, Columns, Line, Pair, clip
from migrant_office.services.sheets.definition import load_words
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
from migrant_office.services.sheets.notice_rows import Piece, Told, highest

TITLE = 19.5
MOST = (8, 6, 5, 4, 3, 2, 1)  # services printed under a need, until the page is full
LETTERS = (200, 120, 80, 60)


def render_route(data: RouteData, definition: SheetDefinition, paper: Paper, columns: Columns | None = None) -> bytes:
    """The sheet as PDF bytes, always one page and never under 11 points; what has no room is said to be more."""
    drawing.register_fonts()
    return _Sheet(data, definition, paper, columns or (Translator("es"), Translator("ht"))).pdf()


class _Sheet:
    def __init__(self, data: RouteData, definition: SheetDefinition, paper: Paper, columns: Columns) -> None:
        self.data, self.columns = data, columns
        self.width, self.height = (side * mm for side in paper.value)
        self.room = self.height - TOP - BOTTOM - HEADER - FOOTER
        self.words: dict[str, SheetText] = {row.key: row for row in definition.rows if row.section == "frame"}
        self.words |= load_words("route")

    def pair(self, key: str) -> Pair:
        row = self.words[key]
        return row.text(self.columns[0].lang), row.text(self.columns[1].lang)

    def joined(self, key: str) -> str:
        """Both languages on one line; once when they are the same word."""
        return " · ".join(dict.fromkeys(self.pair(key)))

    # -- fitting

    def pdf(self) -> bytes:
        """Smaller letters first, then fewer services, then shorter texts."""
        for letters in LETTERS:
            for most in MOST:
                for grid in self._grids():
                    pieces = self._pieces(grid, most, letters)
                    if sum(piece.height for piece in pieces) <= self.room:
                        return self._drawn(pieces, grid)
        return self._drawn(self._cut(pieces), grid)

    def _cut(self, pieces: list[Piece]) -> list[Piece]:
        """As much as one page takes."""
        kept, left = [], self.room
        for piece in pieces:
            if piece.height > left:
                break
            kept.append(piece)
            left -= piece.height
        return kept

    def _grids(self) -> list[Grid]:
        smallest = SMALLEST_BODY / BODY
        sizes = [(1.0, 1.0), (0.95, 1.0), (smallest, 1.0), (smallest, 0.6), (smallest, 0.3)]
        return [Grid(SIDE, self.width - 2 * SIDE, scale, squeeze) for scale, squeeze in sizes]

    # -- contents

    def _pieces(self, grid: Grid, most: int, letters: int) -> list[Piece]:
        pieces: list[Piece] = [_Title(self.pair("kind"), clip(self.data.person, 90), grid)]
        pieces += [self._head("stations", grid), *(self._row(line, grid, letters) for line in self.data.stations)]
        if self.data.papers:
            papers = self.data.papers[: max(most, 3)]
            pieces += [self._head("papers", grid), *(self._row(line, grid, letters) for line in papers)]
        if self.data.groups:
            pieces.append(self._head("services", grid))
        for group in self.data.groups:
            left, right = (f"<b>{escape(text)}</b>" for text in group.title)
            pieces.append(self._told(Line(group.icon, (left, right)), grid))
            pieces += [self._row(line, grid, letters) for line in group.lines[:most]]
        if any(len(group.lines) > most for group in self.data.groups):
            pieces.append(self._told(Line(self.words["more"].icon, self.pair("more")), grid))
        return [*pieces, self._told(Line(self.words["note"].icon, self.pair("note")), grid)]

    def _head(self, key: str, grid: Grid) -> Piece:
        return self._told(Line(self.words[key].icon, self.pair(key), HEAD), grid)

    def _told(self, line: Line, grid: Grid) -> Piece:
        return Told(measure(Block("route", (line,)), grid), grid, ruled=line.look != HEAD)

    def _row(self, line: RouteLine, grid: Grid, letters: int) -> Piece:
        """The fact in bold and how it stands, in each column."""
        texts, icon, how = [], "file-text", ("", "")
        if line.state in self.words:  # a paper has no state: it is to be got
            icon, how = self.words[line.state].icon, self.pair(line.state)
        for text, hint, said in zip(line.texts, line.hints, how, strict=True):
            after = " · ".join(escape(clip(part, letters)) for part in (said, hint) if part)
            texts.append(f"<b>{escape(clip(text, letters))}</b> {after}")
        return self._told(Line(icon, (texts[0], texts[1])), grid)

    # -- drawing

    def _drawn(self, pieces: list[Piece], grid: Grid) -> bytes:
        target, left = io.BytesIO(), self.columns[0]
        lang = f"{left.lang}-{left.region}".rstrip("-")
        canvas = new_canvas(target, (self.width, self.height), lang, self.joined("kind"), self.data.office)
        draw_around(canvas, grid, self.height, self._around())
        top = self.height - TOP - HEADER
        for piece in pieces:
            piece.draw(canvas, top)
            top -= piece.height
        canvas.showPage()
        canvas.save()
        return target.getvalue()

    def _around(self) -> Around:
        draft = any(not row.reviewed for row in self.words.values())
        return Around(
            office=(self.data.office, self.data.office_ht),
            kind=self.joined("kind"),
            under=self.joined("sample") if self.data.demo else "",
            columns=self.pair("column"),
            foot=f"{self.joined('printed')}: {self.columns[0].date(self.data.printed_on)}",
            page=self.joined("page").format(page=1, pages=1),
            mark=self.joined("unreviewed") if draft else "",
        )


class _Title:
    """The name of the sheet, large, in both columns, and whose it is."""

    def __init__(self, texts: Pair, person: str, grid: Grid) -> None:
        self.grid = grid
        self.texts = tuple(paragraph(escape(text), TITLE * grid.scale, bold=True) for text in texts)
        self.wrapped = highest(self.texts, grid.column - 2 * GUTTER)
        self.who = paragraph(f"<b>{escape(person)}</b>", grid.body * 1.06) if person else None
        self.named = float(self.who.wrap(2 * grid.column, 10_000)[1]) + 3 if self.who else 0.0

    @property
    def height(self) -> float:
        return self.wrapped + self.named + 8

    def draw(self, canvas: Canvas, top: float) -> None:
        grid = self.grid
        drawing.draw_icon(canvas, "route", grid.left + ICONS / 2, top - self.wrapped / 2, 30 * grid.scale)
        for text, x in zip(self.texts, (grid.left + ICONS, grid.middle + GUTTER), strict=True):
            text.drawOn(canvas, x, top - text.height)
        if self.who is not None:
            self.who.drawOn(canvas, grid.left + ICONS, top - self.wrapped - self.named)
