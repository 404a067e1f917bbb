"""Search as people type, at 100,000 people, against a bare full-text query on the same file in the same run."""

from __future__ import annotations

import random
import time

from benchmarks.office import PASSPHRASE, large_office, median, p95
from migrant_office.models.office import unlock
from migrant_office.models.vault.search import match_expression
from migrant_office.services import people

ROUNDS = 300


def main() -> None:
    office = unlock(large_office(), PASSPHRASE)
    names = [row[0].split() for row in office.vault.read("SELECT words FROM findable WHERE home = 'case' LIMIT 5000")]
    rng = random.Random(3)
    typed = [
        " ".join(word[: rng.choice((3, 4, 6))] for word in rng.sample(words, min(len(words), rng.choice((1, 2)))))
        for words in rng.choices(names, k=ROUNDS)
    ]
    ours: list[float] = []
    bare: list[float] = []
    for text in typed:
        start = time.perf_counter()
        office.vault.read(
            "SELECT rowid FROM findable_fts WHERE findable_fts MATCH ? ORDER BY rowid DESC LIMIT 200",
            (match_expression(text),),
        )
        middle = time.perf_counter()
        people.search(office, text)
        ours.append(time.perf_counter() - middle)
        bare.append(middle - start)
    office.close()
    print(f"  search with lines for the screen: median {median(ours) * 1e3:.2f} ms, p95 {p95(ours) * 1e3:.2f} ms")
    print(f"  bare full-text query:             median {median(bare) * 1e3:.2f} ms, p95 {p95(bare) * 1e3:.2f} ms")
    print(f"  ratio of the medians {median(ours) / median(bare):.1f}, of the p95 {p95(ours) / p95(bare):.1f}")


if __name__ == "__main__":
    main()
