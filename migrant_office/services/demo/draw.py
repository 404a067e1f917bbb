"""Weighted draws from a seeded source: the same seed gives the same draws on every machine."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Draw(Generic[T]):
    """One of several values, each with its weight."""

    def __init__(self, weighted: Iterable[tuple[T, float]]) -> None:
        pairs = [(value, weight) for value, weight in weighted if weight > 0]
        self.values = tuple(value for value, _ in pairs)
        self._ends = tuple(accumulate(weight for _, weight in pairs))

    def __call__(self, rng: Random) -> T:
        return self.values[min(bisect(self._ends, rng.random() * self._ends[-1]), len(self.values) - 1)]

    def share(self, value: T) -> float:
        """The part of draws that give this value, between 0 and 1."""
        before = 0.0
        for found, end in zip(self.values, self._ends, strict=True):
            if found == value:
                return (end - before) / self._ends[-1]
            before = end
        return 0.0


def falling(values: Iterable[T]) -> Draw[T]:
    """A draw in which every value is rarer than the one before, as names are."""
    return Draw((value, 1 / (rank + 3)) for rank, value in enumerate(values))


def happens(rng: Random, percent: float) -> bool:
    """Whether something that happens in so many cases of a hundred happens now."""
    return rng.random() * 100 < percent


def carried_over(rng: Random, value: T, before: Draw[T], after: Draw[T]) -> T:
    """What a drawn value becomes, so that draws of `before` end up shared as `after`, with few changes."""
    was, now = before.share(value), after.share(value)
    if was == 0 or rng.random() * was < now:
        return value
    rising = Draw((v, max(0.0, after.share(v) - before.share(v))) for v in after.values)
    return rising(rng) if rising.values else value
