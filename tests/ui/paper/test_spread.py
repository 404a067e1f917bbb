"""Where the pages lie: in order, none over another, as wide as asked."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from migrant_office.ui.paper.spread import FIT, GAP, PER_POINT, ZOOMS, Spread, spread

LETTER = (612.0, 792.0)
SIZES = st.lists(st.tuples(st.floats(150, 900), st.floats(150, 1300)), min_size=1, max_size=9)


@given(SIZES, st.integers(100, 3000), st.sampled_from(ZOOMS))
def test_pages_are_in_reading_order_and_never_over_one_another(sizes, room: int, zoom: int):
    found = spread(sizes, room, zoom)
    assert len(found.boxes) == len(sizes)
    for (left, top, width, high), (next_left, next_top, _w, _h) in pairwise(found.boxes):
        assert (next_top == top and next_left >= left + width + GAP) or next_top >= top + high + GAP
    for (left, _top, width, high), (points, tall) in zip(found.boxes, sizes, strict=True):
        assert 0 <= left <= left + width <= found.width
        assert abs(high - width * tall / points) <= 1 + tall / points, "never stretched, but for whole pixels"
        if zoom == FIT:
            assert width <= max(room, 1)
            assert width <= points * PER_POINT + 1, "never larger than on paper"


def test_two_pages_stand_side_by_side_when_there_is_room():
    assert len({top for _l, top, _w, _h in spread([LETTER] * 2, 1240, FIT).boxes}) == 1
    assert len({top for _l, top, _w, _h in spread([LETTER] * 2, 900, FIT).boxes}) == 2
    assert len({top for _l, top, _w, _h in spread([LETTER] * 2, 1240, 100).boxes}) == 2


def test_only_what_shows_is_between_two_heights():
    found = spread([LETTER] * 100, 900, 100)
    assert found.between(0, 500) == [0]
    top, high = found.boxes[40][1], found.boxes[40][3]
    assert found.between(top + 1, top + high - 1) == [40]


def test_nothing_takes_no_room():
    assert spread([], 900, FIT) == Spread()
