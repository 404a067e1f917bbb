"""Ids for a demo office: time-ordered like all others, and the same every time the office is made."""

from __future__ import annotations

from datetime import UTC
from random import Random

from migrant_office import clock

LOCAL_TIME_AS_UTC = UTC  # ids go by the clock on the wall, or they would differ from one time zone to the next


class SeededIds:
    """Answers ids in the shape of UUIDv7, from the time of `clock` and a seeded source."""

    def __init__(self, seed: int | str) -> None:
        self.rng = Random(f"ids {seed}")  # noqa: S311 - invented data, no secret
        self.last = (0, 0)

    def __call__(self) -> str:
        """Later ids are greater, also within one millisecond."""
        wall = clock.local(clock.now()).replace(tzinfo=LOCAL_TIME_AS_UTC)
        moment, nth = max((int(wall.timestamp() * 1000), 0), (self.last[0], self.last[1] + 1))
        self.last = (moment + (nth >> 12), nth & 0xFFF)
        bits = (self.last[0] << 80) | (7 << 76) | (self.last[1] << 64) | (2 << 62) | self.rng.getrandbits(62)
        return f"{bits:032x}"
