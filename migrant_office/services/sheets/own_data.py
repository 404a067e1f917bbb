"""What the office keeps about one person, for her to read, correct and keep: one to three pages.

Long lists flow from page to page, row by row; what has no room on three is counted, never dropped in silence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape

from reportlab.pdfgen.canvas import Canvas

from migrant_office.models.sheet import SheetDefinition, SheetText
from migrant_office.services.sheets.composing import Facts, compose
from migrant_office.services.sheets.content import Block, Content, Line, Pair, clip
from migrant_office.services.sheets.document import Document, Form, paged
from migrant_office.services.sheets.fitting import Printing, finished
from migrant_office.services.sheets.kinds import WORDINGS
from migrant_office.services.sheets.layout import Grid, measure
from migrant_office.services.sheets.own_facts import Entry, Hint, OwnData
from migrant_office.services.sheets.pieces import Piece, Title, Told
from migrant_office.services.sheets.words import Words

PAGES = 3
MOST = (99, 60, 40, 30, 24, 20, 16, 12, 10, 8, 6, 5, 4, 3, 2, 1)  # rows of one list
LONGEST = 120  # letters of one fact
_INSIDE_NUMBERS = re.compile(r"(?<=\d) (?=\d)")
WHOLE = frozenset({"correct"})
"""Sections that stand on one page: the lines to write on stay under their heading."""


def own_data_document(data: OwnData, definition: SheetDefinition, form: Form, printing: Printing) -> Document:
    """The sheet: as few pages as the smallest letters need, in the largest letters that need no more."""
    grids = form.grids()[:-1]  # with the last gaps the icons would touch

    def smallest(most: int) -> int:
        words, content = _content(data, definition, form, most)
        return len(_pages(content, grids[-1], form, words))

    fits = bisect_left(MOST, True, key=lambda most: smallest(most) <= PAGES)
    most = MOST[min(fits, len(MOST) - 1)]
    words, content = _content(data, definition, form, most)
    fewest = smallest(most)
    for grid in grids:
        pages = _pages(content, grid, form, words)
        if len(pages) <= fewest:
            break
    return finished(pages, words, form, printing)


def _content(data: OwnData, definition: SheetDefinition, form: Form, most: int) -> tuple[Words, Content]:
    words = Words(definition, form.columns)
    for row in data.borrowed:
        words.use(row)
    facts = {name: (_short(left), _short(right)) for name, (left, right) in data.facts.items()}
    flags = {name for name, told in facts.items() if any(told)} | data.flags
    flags |= {name for name, entries in data.lists.items() if entries}
    unknown: dict[str, Pair] = dict.fromkeys(WORDINGS[definition.name].words, ("", ""))  # whatever an office says
    values = {**unknown, **facts, **data.told}
    left, right = ({name: told[index] for name, told in values.items()} for index in (0, 1))
    items = {name: tuple(_listed(entries, words, most)) for name, entries in data.lists.items()}
    items["rights"] = tuple(_right(row, words) for row in data.rights)
    return words, replace(compose(words, Facts(frozenset(flags), (left, right), items)), person=data.person)


def _short(text: str) -> str:
    """A fact as far as a row takes it; a telephone number is never torn apart at the end of a line."""
    return _INSIDE_NUMBERS.sub("\u00a0", clip(text, LONGEST))


def _right(row: SheetText, words: Words) -> Line:
    left, right = (escape(text) for text in words.texts(row))
    return Line(row.icon, (left, right))


def _listed(entries: tuple[Entry, ...], words: Words, most: int) -> Iterator[Line]:
    """The first rows, and how many more there are; the one row that would be left out is printed instead."""
    shown = entries if len(entries) <= most + 1 else entries[:most]
    yield from (_row(entry, words) for entry in shown)
    if rest := len(entries) - len(shown):
        yield Line(words.frame["more"].icon, _said(words, Hint((str(rest), str(rest)), "more")))


def _row(entry: Entry, words: Words) -> Line:
    texts = []
    hints = [_said(words, hint) for hint in entry.hints if any(hint.texts)]
    for index, text in enumerate(entry.texts):
        after = "".join(f"\u00a0· {hint[index]}" for hint in hints if hint[index])
        texts.append(f"<b>{escape(clip(text, LONGEST))}</b>{after}")
    return Line(entry.icon, (texts[0], texts[1]))


def _said(words: Words, hint: Hint) -> Pair:
    left, right = (escape(clip(text, LONGEST)) for text in hint.texts)
    if not hint.key:
        return left, right
    one, other = words.pair(hint.key)
    return escape(one).format(what=left), escape(other).format(what=right)


# -- pages


@dataclass(frozen=True)
class _Gap:
    """The room between two blocks."""

    height: float

    def draw(self, canvas: Canvas, top: float) -> None:
        """Nothing."""


def _pages(content: Content, grid: Grid, form: Form, words: Words) -> list[list[Piece]]:
    who = f"{escape(words.joined('for'))}: <b>{escape(content.person)}</b>" if content.person else ""
    pieces: list[Piece] = [Title(content.title.icon, content.title.texts, grid, person=who)]
    for block in content.blocks:
        pieces += _flowing(block, grid, form.room)
        pieces.append(_Gap(grid.gap))
    return paged(pieces[:-1], form.room)


def _flowing(block: Block, grid: Grid, room: float) -> Iterator[Piece]:
    """A block as pieces: its heading never stands alone at the foot of a page, and none is higher than a page."""
    whole = block.section in WHOLE and measure(block, grid).height <= room
    first = len(block.lines) if whole else 2
    yield Told(measure(Block(block.section, block.lines[:first]), grid), grid)
    for line in block.lines[first:]:
        yield Told(measure(Block(block.section, (line,)), grid), grid)
