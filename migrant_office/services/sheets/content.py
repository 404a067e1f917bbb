"""What a sheet says, in which order and in both languages: everything but where the ink goes."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from xml.sax.saxutils import escape

from migrant_office.i18n import Translator
from migrant_office.services.sheets.calendar_code import Matrix

Pair = tuple[str, str]  # the same meaning in the left and in the right column, as reportlab markup
Columns = tuple[Translator, Translator]
HEAD, TICK, STEP, PLAIN, RULE, CARD, CALL, SIGN = "head", "tick", "step", "plain", "rule", "card", "call", "sign"


@dataclass(frozen=True)
class Budget:
    """How much of a very long text is printed, so that a sheet never has a third page."""

    letters: int = 400  # of an item of a list
    facts: int = 200  # letters of a single fact: a name, an address
    first_documents: int = 99  # on page one; the others follow on page two
    documents: int = 99
    steps: int = 99
    notes: bool = True
    room: bool = True  # for rows that only repeat what the card says


@dataclass(frozen=True)
class Line:
    """One row of the sheet. When both texts are equal it is printed once, across both columns."""

    icon: str
    texts: Pair
    look: str = PLAIN
    number: int = 0

    @property
    def spans(self) -> bool:
        return self.texts[0] == self.texts[1]


@dataclass(frozen=True)
class Picture:
    """An appointment for who does not read: calendar leaf, clock, code for the telephone."""

    day: date
    at: time | None
    month: str
    weekday: str
    before: str
    part: str
    beside: Pair
    caption: Pair
    code: Matrix


@dataclass(frozen=True)
class Block:
    section: str
    lines: tuple[Line, ...]
    picture: Picture | None = None


@dataclass(frozen=True)
class Content:
    """The whole sheet in words: the large title, lines in bold under it, for whom it is ("" for nobody), the blocks."""

    title: Line
    under: tuple[str, ...]
    person: str
    blocks: tuple[Block, ...]


def clean(text: str) -> str:
    """Text from outside without control characters, on one line."""
    return " ".join("".join(c if unicodedata.category(c)[0] != "C" else " " for c in text).split())


def clip(text: str, letters: int) -> str:
    """The beginning of a long text, cut at a word where there is one, with a visible ellipsis."""
    text = clean(text)
    if len(text) <= letters:
        return text
    head = text[: letters - 1]
    return (head.rsplit(" ", 1)[0] if " " in head[letters // 2 :] else head).rstrip(" ,.;") + "…"


def marked(template: str, values: Mapping[str, str]) -> str:
    """A wording with its facts filled in, as reportlab markup: `**bold**`, everything else taken literally."""
    pieces = escape(template).split("**")
    text = "".join(f"<b>{piece}</b>" if index % 2 else piece for index, piece in enumerate(pieces))
    return text.format(**{name: escape(value) for name, value in values.items()})
