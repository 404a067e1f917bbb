"""Fits a sheet to its pages: smaller letters first, then less text, then the same again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from xml.sax.saxutils import escape

from reportlab.pdfgen.canvas import Canvas

from migrant_office.services.sheets.content import Block, Budget, Content, clip
from migrant_office.services.sheets.document import Document, Form, Page, paged
from migrant_office.services.sheets.frame import Around
from migrant_office.services.sheets.layout import Grid, draw, measure
from migrant_office.services.sheets.pieces import Piece, Title
from migrant_office.services.sheets.words import Words

PAGES = 2
FIRST = "help"
"""The block with the telephone stands on the first page: that page alone is enough."""


@dataclass(frozen=True)
class Printing:
    """What the frame of a sheet says beside its wording. `under` stands below the kind of sheet: a code."""

    office: str
    office_ht: str
    printed_on: date
    demo: bool = False
    under: str = ""


def fitted(
    make: Callable[[Budget], tuple[Words, Content]], budgets: Sequence[Budget], form: Form, printing: Printing
) -> Document:
    """The first budget and the largest letters with which everything has its place; the last budget is printed in any
    case, on as many pages as it takes.
    """
    for budget in budgets:
        words, content = make(budget)
        grids = form.grids()
        if not _fits(_pages(content, grids[-1], form, words), form, grids[-1]):
            continue
        for grid in grids:
            pages = _pages(content, grid, form, words)
            if _fits(pages, form, grid):
                return finished(pages, words, form, printing)
    content = _broken(content, grids[-1], form.room)
    return finished(_pages(content, grids[-1], form, words), words, form, printing)


def _broken(content: Content, grid: Grid, room: float) -> Content:
    """With every block that no page takes in parts: two desks that write at once can fill one so far."""
    return replace(content, blocks=tuple(part for block in content.blocks for part in _parts(block, grid, room)))


def _parts(block: Block, grid: Grid, room: float) -> Iterator[Block]:
    if measure(block, grid).height <= room or len(block.lines) < 2:
        yield block
        return
    half = len(block.lines) // 2
    yield from _parts(replace(block, lines=block.lines[:half]), grid, room)
    yield from _parts(replace(block, lines=block.lines[half:], picture=None), grid, room)


def finished(pages: list[list[Piece]], words: Words, form: Form, printing: Printing, more: int = 0) -> Document:
    """The pages with header and footer. `more`: further pages that somebody else will add."""
    version = words.definition.version
    return Document(
        form=form,
        title=words.joined("kind"),
        office=printing.office,
        pages=tuple(
            Page(tuple(pieces), around(words, printing, number, len(pages) + more))
            for number, pieces in enumerate(pages, 1)
        ),
        draft=words.draft,
        version=version,
    )


def around(words: Words, printing: Printing, number: int, pages: int, *, draft: bool | None = None) -> Around:
    """Header and footer of one page of a sheet."""
    under = [printing.under] if printing.under else []
    under += [words.joined("sample")] if printing.demo else []
    draft = words.draft if draft is None else draft
    said = [
        f"{words.joined('printed')}: {words.columns[0].date(printing.printed_on)}",
        f"{words.joined('version')}: {words.definition.version}",
    ]
    if words.reviewers and not draft:
        said.append(f"{words.joined('reviewed')}: {'; '.join(words.reviewers)}")
    second = printing.office_ht if words.languages[1] == "ht" else ""
    return Around(
        office=(printing.office, second),
        kind=words.joined("kind"),
        under="    ".join(under),
        columns=words.pair("column"),
        foot="    ".join(said),
        page=words.joined("page").format(page=number, pages=pages),
        mark=words.joined("unreviewed") if draft else "",
    )


# -- pages of blocks


class BlockPiece:
    """A measured block with the gap that follows it."""

    def __init__(self, box_of: Content, index: int, grid: Grid) -> None:
        self.box, self.grid = measure(box_of.blocks[index], grid), grid
        self.first = self.box.block.section == FIRST

    @property
    def height(self) -> float:
        return self.box.height + self.grid.gap

    def draw(self, canvas: Canvas, top: float) -> None:
        draw(canvas, self.box, top, self.grid)


def _pieces(content: Content, grid: Grid, words: Words) -> list[Piece]:
    who = f"{escape(words.joined('for'))}: <b>{escape(clip(content.person, 200))}</b>" if content.person else ""
    blocks = [BlockPiece(content, index, grid) for index in range(len(content.blocks))]
    title = Title(content.title.icon, content.title.texts, grid, under=content.under, person=who)
    return [title, *blocks]


def _pages(content: Content, grid: Grid, form: Form, words: Words) -> list[list[Piece]]:
    return paged(_pieces(content, grid, words), form.room, grid.gap)


def _fits(pages: list[list[Piece]], form: Form, grid: Grid) -> bool:
    """Two pages at most, nothing cut by the foot, and the telephone on the first."""
    within = all(sum(piece.height for piece in page) - grid.gap <= form.room + 0.02 for page in pages)
    late = any(isinstance(piece, BlockPiece) and piece.first for page in pages[1:] for piece in page)
    return len(pages) <= PAGES and within and not late
