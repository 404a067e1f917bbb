"""Labelled pairs for the tools that must be taught, of other invented people than those measured."""

from __future__ import annotations

import random
from collections import defaultdict
from functools import cache
from itertools import pairwise

from benchmarks.someone import Someone
from benchmarks.truth import Pair, ordered, planted

COUNT, SHARE, SEED = 40_000, 0.02, 990_011
SAME, HARD, EASY = 400, 1_200, 300  # pairs: one person; who agree on something; any two


@cache
def lesson() -> tuple[list[Someone], tuple[Pair, ...], tuple[Pair, ...]]:
    """Other people than those measured, the pairs of them that are one person, and pairs that are two."""
    people, truth = planted(COUNT, SHARE, SEED)
    rng = random.Random(SEED)
    groups: dict[object, list[int]] = defaultdict(list)
    for at, who in enumerate(people):
        first, year = who.given.split()[0], who.birth[:4]
        for shared in (
            (who.phone,),
            (who.surname, first),
            (first, year, who.nationality),
            (who.birth, who.nationality),
        ):
            if all(shared):
                groups[shared].append(at)
    hard = [ordered(one, other) for group in groups.values() for one, other in pairwise(group)]
    easy = [ordered(*rng.sample(range(len(people)), 2)) for _ in range(EASY)]
    different = sorted(set(rng.sample(hard, HARD) + easy) - truth)
    same = rng.sample(sorted(truth), SAME)
    chosen = {at: new for new, at in enumerate(sorted({at for pair in same + different for at in pair}))}
    same, different = ([ordered(chosen[one], chosen[other]) for one, other in pairs] for pairs in (same, different))
    return [people[at] for at in chosen], tuple(same), tuple(different)
