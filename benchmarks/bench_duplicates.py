"""The search through a whole office beside Splink, dedupe and recordlinkage, on the same people in the same run.

100,000 people (BENCH_PEOPLE), 5 % of them registered twice, 3 % brothers and sisters. The peers come with
`pip install -e '.[bench]'`; one that is not there is said.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from benchmarks.office import PASSPHRASE, PEOPLE
from benchmarks.peers import Pairs, Unavailable, dedupe_pairs, dedupe_taught, recordlinkage_pairs, splink_pairs
from benchmarks.people import Someone
from benchmarks.registry import cases_in_order, office_of
from benchmarks.truth import Pair, ordered, planted, score
from migrant_office.models.office import unlock
from migrant_office.services import pairs

SHARE, SEED = 0.05, 43


def main() -> None:
    listed, truth = planted(PEOPLE, SHARE, SEED)
    print(f"  {len(listed):,} records, {len(truth):,} pairs of one person")
    start = time.perf_counter()
    tell("ours", set(ours(listed)), truth, time.perf_counter() - start)
    for name, peer, least in (
        ("Splink", splink_pairs, 0.9),
        ("dedupe", taught_before(dedupe_pairs), 0.9),
        ("recordlinkage", recordlinkage_pairs, 0.7),
    ):
        try:
            start = time.perf_counter()
            found = peer(listed)
        except Unavailable as why:
            print(f"  {name}: {why}")
            continue
        took = time.perf_counter() - start
        tell(name, {pair for pair, chance in found.items() if chance >= least}, truth, took)


def taught_before(peer: Callable[[list[Someone]], Pairs]) -> Callable[[list[Someone]], Pairs]:
    """The lesson is not part of its time."""

    def run(listed: list[Someone]) -> Pairs:
        dedupe_taught()
        return peer(listed)

    return run


def ours(listed: list[Someone]) -> list[Pair]:
    """The pairs that the office's own search finds, by place in the list; making the office is not measured."""
    office = unlock(office_of(f"planted-{PEOPLE}-{SEED}", lambda: iter(listed), len(listed)), PASSPHRASE)
    places = {case: at for at, case in enumerate(cases_in_order(office))}
    reading, weighed, after = office.reading(), set[int](), pairs.FIRST_KEY
    found: list[Pair] = []
    start = time.perf_counter()
    while not (step := pairs.stretch(reading, after, weighed)).ended:
        found += [ordered(places[pair.one], places[pair.other]) for pair in step.found]
        after = step.after
    print(f"  ours searched in {time.perf_counter() - start:.0f} s")
    reading.close()
    office.close()
    return found


def tell(name: str, found: set[Pair], truth: set[Pair], seconds: float) -> None:
    precision, recall, f1 = score(found, truth)
    print(f"  {name:14} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}  {seconds:.0f} s with all it needs")


if __name__ == "__main__":
    main()
