"""Sizes: the type scale in points, spaces and heights in pixels, and the one setting that scales letters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal[
    "page",
    "card",
    "count",
    "question",
    "body",
    "body_bold",
    "hint",
    "hint_bold",
    "key",
    "axis",
    "facing_question",
    "facing_answer",
    "facing_answer_bold",
    "facing_help",
    "facing_help_bold",
    "facing_field",
]
"""What a text is. `facing_*` belong to the screen that is turned to the person."""
ROLES: tuple[Role, ...] = get_args(Role)

_TYPE: dict[Role, tuple[float, bool]] = {
    "page": (19, True),
    "card": (13, True),
    "count": (13, False),
    "question": (12, True),
    "body": (11, False),
    "body_bold": (11, True),
    "hint": (10, False),
    "hint_bold": (10, True),
    "key": (9.5, False),
    "axis": (9.5, False),
    "facing_question": (34, True),
    "facing_answer": (20, False),
    "facing_answer_bold": (20, True),
    "facing_help": (14.5, False),
    "facing_help_bold": (14.5, True),
    "facing_field": (28, False),
}
_SMALLEST: dict[Role, float] = {  # points, at every text scale: how far a long text may shrink
    "facing_question": 20,
    "facing_answer": 15,
    "facing_answer_bold": 15,
    "facing_help": 12,
    "facing_help_bold": 12,
}
_SHRINK = 0.88

SCALES = (100, 115, 130)

# spaces between things; they do not grow with the letters, so that a page keeps its proportions
TINY, SMALL, MEDIUM, LARGE, WIDE, PAGE = 4, 8, 12, 16, 20, 32
LINE_GAP = 2  # between a line and its hint
CARD_INSET = 20
COLUMN_GAP = 20
CARD_GAP = 16
FACING_EDGE = 56  # of the screen turned to the person
BODY_WIDTH = 1320  # over this the body stops and stays left

# corners
CARD_RADIUS, CONTROL_RADIUS, CHIP_RADIUS, FACING_RADIUS = 10, 8, 6, 15

# strokes
RING = 2  # focus, chosen
STROKE, STROKE_STRONG = 1.75, 2.0  # icons, in units of their 24 x 24 box


@dataclass(frozen=True)
class Metrics:
    """Sizes at one text scale (percent)."""

    scale: int = 100

    def points(self, role: Role) -> float:
        return _TYPE[role][0] * self.scale / 100

    def bold(self, role: Role) -> bool:
        return _TYPE[role][1]

    def steps(self, role: Role) -> tuple[float, ...]:
        """The sizes in points that a text of the turned screen may take: its own first, each a step smaller."""
        found, least = [self.points(role)], _SMALLEST.get(role, self.points(role))
        while found[-1] * _SHRINK > least:
            found.append(round(found[-1] * _SHRINK, 1))
        return tuple(found) if found[-1] <= least else (*found, least)

    def px(self, pixels: float) -> int:
        """A size that holds letters or stands beside them, grown with the text scale."""
        return round(pixels * self.scale / 100)

    # heights
    @property
    def control(self) -> int:
        """Buttons, fields, search."""
        return self.px(40)

    @property
    def answer(self) -> int:
        return self.px(48)

    @property
    def missing_answer(self) -> int:
        return self.px(42)

    @property
    def place(self) -> int:
        """One place of the navigation."""
        return self.px(44)

    @property
    def chip(self) -> int:
        return self.px(26)

    @property
    def top_bar(self) -> int:
        return self.px(64)

    # icons
    @property
    def icon_small(self) -> int:
        """In chips and marks."""
        return self.px(16)

    @property
    def icon(self) -> int:
        """In rows and buttons."""
        return self.px(20)

    @property
    def icon_large(self) -> int:
        """In the navigation and in banners."""
        return self.px(22)

    @property
    def icon_empty(self) -> int:
        return self.px(40)

    @property
    def icon_facing(self) -> int:
        return self.px(52)
