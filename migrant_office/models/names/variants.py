"""Other names for one name: short forms of registers, familiar names, one name in four languages."""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache

from migrant_office import paths
from migrant_office.models.names.folding import fold


@cache
def variants() -> dict[str, frozenset[str]]:
    """For a folded word, the folded words that may stand for it (`resources/names/variants.csv`), itself not."""
    found: dict[str, set[str]] = defaultdict(set)
    with (paths.resources() / "names" / "variants.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            words = {fold(word) for word in row["words"].split()}
            for word in words:
                found[word] |= words - {word}
    return {word: frozenset(others) for word, others in found.items()}


def are_variants(one: str, other: str) -> bool:
    """Whether two folded words are forms of one name."""
    return other in variants().get(one, ())
