"""From what a keyboard or a reader sent to lines of the right length: every sensible way to cut it, none judged."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import product

from migrant_office.models.identity.layouts import FILLER, LAYOUTS, Layout

LONGEST = 2_000  # characters; a zone has 90, a reader that sends more sends something else
_BREAKS = re.compile(r"[\r\n\t\v\f\x1c-\x1f\x85\u2028\u2029]+")
_AS_FILLER = str.maketrans(dict.fromkeys("‹›>;_", FILLER))  # > and ; come from readers set to another keyboard
_RUN = re.compile(r"<+")
_OTHER = re.compile(r"[^A-Z0-9<]")
_SHORTEST = 5  # characters that can still be a line: its code and a country
_MOST_OFFSETS = 12
_MOST_LINES = 12


def zones(text: str) -> Iterator[tuple[Layout, tuple[str, ...], int]]:
    """Every layout with lines of its width that the text may mean, and by how many characters its length is another.
    May repeat itself.
    """
    for chunks in _spellings(text[:LONGEST]):
        length = sum(map(len, chunks))
        for layout in LAYOUTS:
            other = abs(length - layout.lines * layout.width)
            yield from ((layout, lines, other) for lines in _cut(layout, chunks))


def characters(text: str) -> int:
    """How many letters and figures there are; fillers do not count."""
    return len(re.sub(r"[^A-Z0-9]", "", _capitals(text[:LONGEST])))


def _capitals(text: str) -> str:
    """Capitals without accents; wide and small forms of letters become plain ones."""
    plain = unicodedata.normalize("NFKD", text.translate(_AS_FILLER).replace("«", "\0").upper())
    return plain.replace("\0", "«")


def _spellings(text: str) -> Iterator[tuple[str, ...]]:
    """The lines of the text, for each thing that a space and a « may stand for; without repeating."""
    told = [line.strip() for line in _BREAKS.split(_capitals(text)) if line.strip()][:_MOST_LINES]
    seen: set[tuple[str, ...]] = set()
    for quote, space in product((FILLER * 2, FILLER), ("", FILLER)):
        lines = (_OTHER.sub("", line.replace("«", quote).replace(" ", space)) for line in told)
        chunks = tuple(line for line in lines if line)
        if chunks not in seen:
            seen.add(chunks)
            yield chunks


def _cut(layout: Layout, chunks: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for first in range(len(chunks) - layout.lines + 1):
        alternatives = [_to_width(line, layout.width) for line in chunks[first : first + layout.lines]]
        yield from product(*alternatives)
    joined, total = "".join(chunks), layout.lines * layout.width
    missing = total - len(joined)
    if 0 < missing <= layout.width - _SHORTEST and layout.lines > 2:
        joined, missing = joined + FILLER * missing, 0  # the fillers at the end of the names were lost
    for offset in range(min(-missing, 4 * _MOST_OFFSETS) + 1):
        piece = joined[offset : offset + total]
        yield tuple(piece[at : at + layout.width] for at in range(0, total, layout.width))


def _to_width(line: str, width: int) -> tuple[str, ...]:
    """The ways to make a line as wide as it should be: as it is, cut out of rubbish, or its fillers counted anew."""
    if len(line) == width:
        return (line,)
    found: list[str] = []
    if len(line) > width:
        offsets = range(len(line) - width + 1)
        found += [line[at : at + width] for at in (*offsets[:_MOST_OFFSETS], *offsets[-2:])]
    elif len(line) >= _SHORTEST:
        found.append(line.ljust(width, FILLER))
    if runs := list(_RUN.finditer(line)):
        run = max(runs, key=lambda one: (len(one.group()), one.start()))
        length = len(run.group()) + width - len(line)
        if length > 0 and len(line) >= _SHORTEST:
            found.append(line[: run.start()] + FILLER * length + line[run.end() :])
    return tuple(dict.fromkeys(found))
