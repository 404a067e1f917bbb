"""recordlinkage's logistic regression, taught on the same pairs as dedupe, on pairs that agree on two fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas
import recordlinkage
from recordlinkage.index import Block

from benchmarks.truth import Pair

BLOCKS = [
    ["document"], ["phone"], ["surname", "first"], ["surname", "second"], ["surname", "birth"], ["first", "birth"],
    ["first", "second"], ["birth", "sex", "nationality"], ["surname", "year", "sex"], ["first", "year", "nationality"],
]  # fmt: skip
UNKNOWN = 0.3  # how alike a missing field is to any other


def taught(rows: list[dict[str, Any]], same: Sequence[Pair], different: Sequence[Pair]) -> Any:
    """A classifier that learnt from these pairs."""
    people = _frame(rows)
    pairs = _index([*same, *different])
    classifier = recordlinkage.LogisticRegressionClassifier()
    classifier.fit(_comparison().compute(pairs, people), _index(same))
    return classifier


def probable(rows: list[dict[str, Any]], classifier: Any, at_least: float) -> dict[Pair, float]:
    """The pairs with their probability."""
    people = _frame(rows)
    pairs = _index([])
    for fields in BLOCKS:
        pairs = pairs.union(Block(fields).index(people.dropna(subset=fields)))  # it blocks on what is missing too
    chances = classifier.prob(_comparison().compute(pairs, people))
    likely = chances[chances >= at_least]
    return {(int(one), int(other)): float(chance) for (one, other), chance in likely.items()}


def _frame(rows: list[dict[str, Any]]) -> Any:
    return pandas.DataFrame(rows).set_index("unique_id")


def _index(pairs: Sequence[Pair]) -> Any:
    return pandas.MultiIndex.from_tuples(pairs, names=["unique_id_1", "unique_id_2"])


def _comparison() -> Any:
    compare = recordlinkage.Compare()
    for name in ("given", "first", "surname", "second"):
        compare.string(name, name, method="jarowinkler", missing_value=UNKNOWN, label=name)
    compare.string("birth", "birth", method="levenshtein", missing_value=UNKNOWN, label="birth")
    for field in ("phone", "document"):
        compare.exact(field, field, missing_value=UNKNOWN, label=field)
    for field in ("birth", "sex", "nationality"):
        compare.exact(field, field, missing_value=UNKNOWN, label=f"same {field}")
    return compare
