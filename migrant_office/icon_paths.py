"""The icons as path operators, for whoever paints them: Qt on the screen, reportlab on paper.

Tabler Icons (MIT, notice in `resources/icons/`), turned by `packaging/make_icons.py`. No SVG library at run time.
"""

from __future__ import annotations

import json
from functools import cache

from migrant_office import paths

BOX = 24.0  # every icon lies in a box of 24 x 24 units, y grows downwards

Operator = tuple[str, tuple[float, ...]]
"""("M", (x, y)), ("L", (x, y)), ("C", (x1, y1, x2, y2, x, y)) or ("Z", ())."""


@cache
def _all() -> dict[str, list[list[str | float]]]:
    text = (paths.resources() / "icons" / "tabler.json").read_text(encoding="utf-8")
    icons: dict[str, list[list[str | float]]] = json.loads(text)
    return icons


def names() -> tuple[str, ...]:
    """Every icon there is, sorted."""
    return tuple(sorted(_all()))


@cache
def operators(name: str) -> tuple[Operator, ...]:
    """The path of one icon. Raises KeyError for a name that is not in the file (a slip of the programmer)."""
    return tuple((str(step[0]), tuple(float(value) for value in step[1:])) for step in _all()[name])


def is_filled(name: str) -> bool:
    """Whether the icon is to be filled (even holes by winding); every other one is stroked with round ends."""
    return name.endswith("-filled")
