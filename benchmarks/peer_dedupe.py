"""dedupe's model of two records of one person, taught on labelled pairs of other invented people."""

from __future__ import annotations

import io
import logging
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import dedupe
import numpy
from dedupe import serializer, variables

from benchmarks.lesson import SEED
from benchmarks.truth import Pair, ordered

# Asked for much recall, dedupe looks at every pair of one surname: ten million and more at 100,000 people. So it is
# asked for as much as keeps it below so many pairs among CROWD people, which is half a million at 100,000.
RECALLS = (0.9, 0.85, 0.8, 0.7, 0.6)
CROWD, PAIRS = 20_000, 20_000

Records = dict[int, dict[str, Any]]


def records(rows: Iterable[dict[str, Any]]) -> Records:
    """What dedupe is given of each cleaned person."""
    fields = ("given", "surname", "birth", "phone", "document", "sex", "nationality")
    name = ("given", "surname", "second")
    return {
        row["unique_id"]: {field: row[field] for field in fields}
        | {"name": " ".join(row[part] for part in name if row[part])}
        for row in rows
    }


def scored(people: Records, taught: Any) -> list[tuple[Pair, float]]:
    """The pairs that dedupe looks at, with its probability."""
    found = taught.score(taught.pairs(people))
    return [(ordered(int(one), int(other)), float(chance)) for (one, other), chance in found]


def taught(people: Records, same: Sequence[Pair], different: Sequence[Pair], crowd: Records) -> Any:
    """A model that learnt its blocks and weights from these pairs, with blocks that are small enough in the crowd."""
    for name in ("dedupe.api", "dedupe.training", "dedupe.canopy_index", "dedupe.labeler", "rlr.crossvalidation"):
        logging.getLogger(name).setLevel(logging.ERROR)
    random.seed(SEED)
    numpy.random.seed(SEED)
    labels: Any = {
        label: [(people[one], people[other]) for one, other in pairs]
        for label, pairs in (("match", same), ("distinct", different))
    }
    written = io.StringIO()
    serializer.write_training(labels, written)
    written.seek(0)
    model = dedupe.Dedupe(_fields(), num_cores=0, in_memory=True)
    model.prepare_training(people, training_file=written)
    for recall in RECALLS:
        model.train(recall=recall, index_predicates=False)
        if _pairs_in_blocks(model, crowd) <= PAIRS:
            break
    model.cleanup_training()
    return model


def _pairs_in_blocks(model: Any, people: Records) -> int:
    blocks = Counter(
        (number, key)
        for person in people.values()
        for number, predicate in enumerate(model.predicates)
        for key in set(predicate(person))
    )
    return sum(size * (size - 1) // 2 for size in blocks.values())


def _fields() -> list[Any]:
    return [
        variables.String("name"),
        variables.ShortString("given"),
        variables.ShortString("surname"),
        variables.ShortString("birth", has_missing=True),
        variables.Exact("phone", has_missing=True),
        variables.Exact("document", has_missing=True),
        variables.Exact("sex"),
        variables.Exact("nationality"),
    ]
