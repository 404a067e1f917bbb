"""Lists of people in which it is known who stands twice, and the score of what a duplicate check finds in them."""

from __future__ import annotations

from collections.abc import Collection
from random import Random

from benchmarks.people import Someone, people, registered_again, sibling

Pair = tuple[int, int]
SIBLINGS = 0.03


def planted(count: int, share: float, seed: int) -> tuple[list[Someone], set[Pair]]:
    """So many people, a share of them registered a second time, and brothers and sisters of 3 %, who are nobody's
    duplicates; shuffled. With them the pairs of indexes (i < j) of the same person.
    """
    rng = Random(f"planted {seed}")
    first = list(people(count, seed))
    doubles = rng.sample(range(count), round(count * share))
    everyone = first + [registered_again(first[at], rng) for at in doubles]
    everyone += [sibling(first[at], rng) for at in rng.sample(range(count), round(count * SIBLINGS))]
    order = list(range(len(everyone)))
    rng.shuffle(order)
    place = {old: new for new, old in enumerate(order)}
    pairs = {ordered(place[at], place[count + n]) for n, at in enumerate(doubles)}
    return [everyone[old] for old in order], pairs


def ordered(one: int, other: int) -> Pair:
    """Both indexes, the smaller first."""
    return (one, other) if one < other else (other, one)


def score(found: Collection[Pair], truth: Collection[Pair]) -> tuple[float, float, float]:
    """Precision, recall and F1 of the found pairs; nothing found is as precise as nothing is wrong."""
    right = len(set(found) & set(truth))
    precision = right / len(found) if found else 1.0
    recall = right / len(truth) if truth else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0
