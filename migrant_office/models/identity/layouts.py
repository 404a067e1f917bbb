"""Where each thing stands in a machine-readable zone (ICAO Doc 9303, parts 4 to 7), and its check digit (part 3).

Written here because no library fits: the one that reads such lines without a picture is GPL-3.0 only and has had no
release since 2020, the others want an image and an engine to recognise its letters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FILLER = "<"
_WEIGHTS = (7, 3, 1)
_VALUES = {FILLER: 0} | {c: n for n, c in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}


def check_digit(text: str) -> str:
    """The digit that ICAO computes for capitals, figures and fillers. Raises KeyError for any other character."""
    return str(sum(_VALUES[c] * _WEIGHTS[i % 3] for i, c in enumerate(text)) % 10)


@dataclass(frozen=True)
class Place:
    """A piece of one line: from `start` up to, not including, `end`; all counted from 0."""

    line: int
    start: int
    end: int

    def of(self, lines: Sequence[str]) -> str:
        return lines[self.line][self.start : self.end]


@dataclass(frozen=True)
class Layout:
    """One of the five forms of the zone. `begins` are the first letters of its document codes; `whole` are the pieces
    that the last check digit covers, none where the form has no such digit.
    """

    name: str
    lines: int
    width: int
    begins: str
    places: Mapping[str, Place]
    whole: tuple[Place, ...] = ()

    def piece(self, name: str, lines: Sequence[str]) -> str:
        """What stands at a place; '' where this layout has none of that name."""
        return self.places[name].of(lines) if name in self.places else ""

    def covered(self, lines: Sequence[str]) -> str:
        return "".join(place.of(lines) for place in self.whole)


def _two_lines(width: int, **own: Place) -> dict[str, Place]:
    return {
        "code": Place(0, 0, 2),
        "country": Place(0, 2, 5),
        "names": Place(0, 5, width),
        "number": Place(1, 0, 9),
        "number_digit": Place(1, 9, 10),
        "nationality": Place(1, 10, 13),
        "birth": Place(1, 13, 19),
        "birth_digit": Place(1, 19, 20),
        "sex": Place(1, 20, 21),
        "expiry": Place(1, 21, 27),
        "expiry_digit": Place(1, 27, 28),
        **own,
    }


_THREE_LINES = {
    "code": Place(0, 0, 2),
    "country": Place(0, 2, 5),
    "number": Place(0, 5, 14),
    "number_digit": Place(0, 14, 15),
    "optional": Place(0, 15, 30),
    "birth": Place(1, 0, 6),
    "birth_digit": Place(1, 6, 7),
    "sex": Place(1, 7, 8),
    "expiry": Place(1, 8, 14),
    "expiry_digit": Place(1, 14, 15),
    "nationality": Place(1, 15, 18),
    "more": Place(1, 18, 29),
    "whole_digit": Place(1, 29, 30),
    "names": Place(2, 0, 30),
}

TD1 = Layout(
    "TD1", 3, 30, "ACIP", _THREE_LINES, (Place(0, 5, 30), Place(1, 0, 7), Place(1, 8, 15), Place(1, 18, 29))
)  # P stands on cards that replace a passport at some borders
TD2 = Layout(
    "TD2",
    2,
    36,
    "ACIP",
    _two_lines(36, optional=Place(1, 28, 35), whole_digit=Place(1, 35, 36)),
    (Place(1, 0, 10), Place(1, 13, 20), Place(1, 21, 35)),
)
TD3 = Layout(
    "TD3",
    2,
    44,
    "P",
    _two_lines(44, optional=Place(1, 28, 42), optional_digit=Place(1, 42, 43), whole_digit=Place(1, 43, 44)),
    (Place(1, 0, 10), Place(1, 13, 20), Place(1, 21, 43)),
)
MRV_A = Layout("MRV-A", 2, 44, "V", _two_lines(44, optional=Place(1, 28, 44)))
MRV_B = Layout("MRV-B", 2, 36, "V", _two_lines(36, optional=Place(1, 28, 36)))
LAYOUTS = (TD3, TD1, TD2, MRV_A, MRV_B)
