"""Where each page lies in front of the reader: side by side when there is room, else below each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

PER_POINT = 96 / 72  # px a point takes at 100 %: as large as on paper
READABLE = 520  # px: a page that is narrower is not put beside another
GAP = 12  # px between two pages
FIT = 0  # the zoom at which a page is as wide as there is room, and never larger than on paper
ZOOMS = (FIT, 100, 150)

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Spread:
    """Left, top, width and height of every page in pixels, and the size of all together."""

    boxes: tuple[Box, ...] = ()
    width: int = 0
    height: int = 0

    def between(self, top: int, bottom: int) -> list[int]:
        """The numbers of the pages that show somewhere between two heights."""
        return [n for n, (_x, y, _w, high) in enumerate(self.boxes) if y < bottom and y + high > top]


def spread(sizes: Sequence[tuple[float, float]], room: int, zoom: int) -> Spread:
    """Lay out pages of these sizes (points) in so many pixels of width at a zoom (percent, or `FIT`)."""
    if not sizes:
        return Spread()
    widest = max(width for width, _height in sizes)
    if zoom == FIT:
        columns = min(len(sizes), max(1, (room + GAP) // (READABLE + GAP)))
        each = min((room - GAP * (columns - 1)) // columns, round(widest * PER_POINT))
    else:
        each = round(widest * PER_POINT * zoom / 100)
        columns = min(len(sizes), max(1, (room + GAP) // (each + GAP)))
    scale = max(each, 1) / widest
    whole = columns * each + GAP * (columns - 1)
    left, top, boxes = max((room - whole) // 2, 0), 0, []
    for begin in range(0, len(sizes), columns):
        row = [(round(w * scale), round(h * scale)) for w, h in sizes[begin : begin + columns]]
        boxes += [(left + at * (each + GAP), top, width, height) for at, (width, height) in enumerate(row)]
        top += max(height for _width, height in row) + GAP
    return Spread(tuple(boxes), max(whole, room), top - GAP)
