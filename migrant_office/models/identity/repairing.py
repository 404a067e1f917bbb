"""Letters and figures that look alike, put right where the place of the character or its check digit says which it is.

A figure cannot stand in a name nor a letter in a date. In a number either may, so there another spelling is taken only
when the check digits accept that one alone: a guess that nobody sees would be worse than a doubt that everybody sees.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from migrant_office.models.identity.layouts import FILLER, check_digit

_DIGITS = str.maketrans("OQDILZASGTB", "00011245678")
_LETTERS = str.maketrans("012345678", "OIZEASGTB")
_TWINS = {"O": "0", "0": "O", "I": "1", "1": "I", "B": "8", "8": "B", "S": "5", "5": "S", "Z": "2", "2": "Z"} | {
    "Q": "0",
    "D": "0",
    "L": "1",
    "G": "6",
    "6": "G",
}
_USUAL = re.compile(r"[A-Z]{0,3}[0-9]+[A-Z]?<*\Z")  # how most states number: a few letters, then figures
_ODD = 1.5  # a spelling that no state uses costs this much more than one that many do
_MOST_CHANGES = 3
_MOST_PLACES = 14


def digits(text: str) -> str:
    """A place that holds only figures: letters that look like one become it."""
    return text.translate(_DIGITS)


def letters(text: str) -> str:
    """A place that holds only letters: figures that look like one become it."""
    return text.translate(_LETTERS)


def fits(text: str, digit: str) -> bool | None:
    """Whether a check digit agrees; None when there is none to agree."""
    return None if digit in ("", FILLER) else check_digit(text) == digit


@dataclass(frozen=True)
class Spelling:
    """One way to read a piece; `cost` is 0 as it stands and grows with what was changed."""

    text: str
    cost: float = 0.0


def spellings(text: str, digit: str) -> tuple[Spelling, ...]:
    """The ways to read a piece that its own check digit accepts: as it stands when that agrees, else what looks like
    it; none when the digit accepts nothing.
    """
    if fits(text, digit) is not False:
        return (Spelling(text),)
    return tuple(
        Spelling(other, count + (0 if _USUAL.match(other) else _ODD))
        for count, other in _changed(text)
        if check_digit(other) == digit
    )


def _changed(text: str) -> Iterator[tuple[int, str]]:
    places = [at for at, c in enumerate(text) if c in _TWINS][:_MOST_PLACES]
    for count in range(1, min(_MOST_CHANGES, len(places)) + 1):
        for chosen in combinations(places, count):
            yield count, "".join(_TWINS[c] if at in chosen else c for at, c in enumerate(text))


def agreed(
    number: Sequence[Spelling], optional: Sequence[Spelling], whole: Callable[[str, str], bool]
) -> tuple[str, str] | None:
    """The one pair of spellings that the digit over the whole accepts at the least cost; None when none or several."""
    pairs = sorted(
        (one.cost + other.cost, one.text, other.text)
        for one in number
        for other in optional
        if whole(one.text, other.text)
    )
    if not pairs or (len(pairs) > 1 and pairs[1][0] == pairs[0][0]):
        return None
    return pairs[0][1:]
