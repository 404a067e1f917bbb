"""*Mi ruta* on paper: one page with the stations, the services that answer the needs, and the papers to get.

Nothing on it says why a verdict was given: whoever finds the paper learns no status and no condition of the person.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

from migrant_office.models.sheet import RouteData, RouteLine, SheetDefinition, SheetText, known
from migrant_office.services.sheets.content import HEAD, Block, Line, Pair, clip, marked
from migrant_office.services.sheets.document import Document, Form, Page
from migrant_office.services.sheets.frame import Around
from migrant_office.services.sheets.layout import BODY, SMALLEST_BODY, Grid, measure
from migrant_office.services.sheets.pieces import Gap, Piece, Title, Told
from migrant_office.services.sheets.reach import reached

MOST = (8, 6, 5, 4, 3, 2, 1)  # services printed under a need, until the page is full
LETTERS = (200, 120, 80, 60)


def route_document(data: RouteData, definition: SheetDefinition, form: Form) -> Document:
    """The sheet, always one page and never under 11 points; what has no room is said to be more."""
    return _Sheet(data, definition, form).document()


class _Sheet:
    def __init__(self, data: RouteData, definition: SheetDefinition, form: Form) -> None:
        self.data, self.definition, self.form, self.columns = data, definition, form, form.columns
        self.words: dict[str, SheetText] = {row.key: row for row in definition.rows}
        approved = not data.draft and all(row.reviewed for row in definition.rows)
        self.draft = "ht" in {c.lang for c in self.columns} and not approved

    def pair(self, key: str) -> Pair:
        row = self.words[key]
        return row.text(self.columns[0].lang), row.text(self.columns[1].lang)

    def joined(self, key: str) -> str:
        """Both languages on one line; once when they are the same word."""
        return " · ".join(dict.fromkeys(self.pair(key)))

    # -- fitting

    def document(self) -> Document:
        page = Page(tuple(self._fitted()), self._around())
        title, version = self.joined("kind"), self.definition.version
        return Document(self.form, title, self.data.office, (page,), self.draft, version)

    def _fitted(self) -> list[Piece]:
        """Smaller letters first, then fewer services, then shorter texts."""
        for letters in LETTERS:
            for most in MOST:
                for grid in self._grids():
                    pieces = self._pieces(grid, most, letters)
                    if sum(piece.height for piece in pieces) <= self.form.room:
                        return pieces
        return self._cut(pieces)

    def _cut(self, pieces: list[Piece]) -> list[Piece]:
        """As much as one page takes."""
        kept, left = [], self.form.room
        for piece in pieces:
            if piece.height > left:
                break
            kept.append(piece)
            left -= piece.height
        return kept

    def _grids(self) -> list[Grid]:
        smallest = SMALLEST_BODY / BODY
        sizes = [(1.0, 1.0), (0.95, 1.0), (smallest, 1.0), (smallest, 0.6), (smallest, 0.3)]
        return [self.form.grid(scale, squeeze) for scale, squeeze in sizes]

    # -- contents

    def _pieces(self, grid: Grid, most: int, letters: int) -> list[Piece]:
        who = (f"<b>{escape(clip(self.data.person, 90))}</b>",) if self.data.person else ()
        pieces: list[Piece] = [Title("route", self.pair("kind"), grid, under=who)]
        pieces += [self._head("stations", grid), *(self._row(line, grid, letters) for line in self.data.stations)]
        if self.data.papers:
            papers = self.data.papers[: max(most, 3)]
            pieces += [Gap(grid), self._head("papers", grid), *(self._row(line, grid, letters) for line in papers)]
        if self.data.groups:
            pieces += [Gap(grid), self._head("services", grid)]
        for group in self.data.groups:
            left, right = (f"<b>{escape(text)}</b>" for text in group.title)
            pieces.append(self._told(Line(group.icon, (left, right)), grid))
            pieces += [self._row(line, grid, letters) for line in group.lines[:most]]
        if any(len(group.lines) > most for group in self.data.groups):
            pieces.append(self._told(Line(self.words["more"].icon, self.pair("more")), grid))
        ends = ("note", "free", "call" if known(self.data.contact) else "back")
        return [*pieces, Gap(grid), *(self._told(Line(self.words[key].icon, self._ending(key)), grid) for key in ends)]

    def _ending(self, key: str) -> Pair:
        left, right = (
            marked(self.words[key].text(column.lang), {"contact": reached(self.data.contact, column)})
            for column in self.columns
        )
        return left, right

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

    def _around(self) -> Around:
        return Around(
            office=(self.data.office, self.data.office_ht if self.columns[1].lang == "ht" else ""),
            kind=self.joined("kind"),
            under=self.joined("sample") if self.data.demo else "",
            columns=self.pair("column"),
            foot=f"{self.joined('printed')}: {self.columns[0].date(self.data.printed_on)}    "
            f"{self.joined('version')}: {self.definition.version}",
            page=self.joined("page").format(page=1, pages=1),
            mark=self.joined("unreviewed") if self.draft else "",
        )
