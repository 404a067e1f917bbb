"""Puts what is known of a case into the words of a definition: rows in their order, those whose condition holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from migrant_office.models.sheet import SheetText
from migrant_office.services.sheets.content import (
    CALL,
    CARD,
    HEAD,
    PLAIN,
    RULE,
    SIGN,
    STEP,
    TICK,
    Block,
    Content,
    Line,
    Picture,
)
from migrant_office.services.sheets.definition import holds
from migrant_office.services.sheets.words import Words

LINES = 3  # empty ones to write on
LOOKS = {"head": HEAD, "step": STEP, "card": CARD, "call": CALL, "tick": TICK, "sign": SIGN}
Values = tuple[Mapping[str, str], Mapping[str, str]]


@dataclass(frozen=True)
class Facts:
    """What is known of one case: flags that conditions ask for, values of the braces in each language, the lines that
    stand where a section says `items`, the picture of an appointment.
    """

    flags: frozenset[str] = frozenset()
    values: Values = field(default_factory=lambda: ({}, {}))
    items: Mapping[str, tuple[Line, ...]] = field(default_factory=dict)
    picture: Picture | None = None
    person: str = ""


def compose(words: Words, facts: Facts, title: Line | None = None, under: tuple[str, ...] = ()) -> Content:
    """The whole sheet. Blocks stand in the order of their first row. `title` where no row of the sheet says it."""
    sections = dict.fromkeys(row.section for row in words.rows if row.section != "title")
    blocks = tuple(_block(section, words, facts) for section in sections)
    return Content(
        title=title or _title(words, facts),
        under=under,
        person=facts.person,
        blocks=tuple(block for block in blocks if block.lines or block.picture),
    )


def _title(words: Words, facts: Facts) -> Line:
    row = next(row for row in words.rows if row.section == "title" and holds(row.condition, facts.flags))
    return Line(row.icon, words.filled(row, facts.values))


def _block(section: str, words: Words, facts: Facts) -> Block:
    rows = [row for row in words.rows if row.section == section and holds(row.condition, facts.flags)]
    picture = facts.picture if any(row.key == "picture" for row in rows) else None
    return Block(section, tuple(_numbered(rows, words, facts)), picture)


def _numbered(rows: list[SheetText], words: Words, facts: Facts) -> Iterator[Line]:
    number = 0
    for row in rows:
        for line in _lines(row, words, facts):
            number += line.look == STEP
            yield Line(line.icon, line.texts, line.look, number if line.look == STEP else 0)


def _lines(row: SheetText, words: Words, facts: Facts) -> Iterator[Line]:
    if row.key == "items":
        for line in facts.items.get(row.section, ()):
            yield Line(line.icon or row.icon, line.texts, line.look)
    elif row.key == "lines":
        yield from (Line("", ("", ""), RULE) for _ in range(LINES))
    elif row.key != "picture":
        yield Line(row.icon, words.filled(row, facts.values), LOOKS.get(row.key, PLAIN))
