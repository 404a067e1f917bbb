"""The duplicate warning: on the published list of pairs, and at the desk of an office of 100,000 (BENCH_PEOPLE)."""

from __future__ import annotations

import random
import time
from collections import Counter

from benchmarks.office import PASSPHRASE, PEOPLE, median, p95
from benchmarks.people import people, registered_again, sibling
from benchmarks.registry import SEED, cases_in_order, facts_of, registered
from migrant_office.models.likeness.facts import Facts
from migrant_office.models.office import Reading, unlock
from migrant_office.services import duplicates
from tests.models.likeness.test_name_pairs import judged

NEW, AGAIN = 2_000, 800


def main() -> None:
    on_the_list()
    at_the_desk()


def on_the_list() -> None:
    """How many pairs of each kind are told, by the rules alone."""
    told, all_of, by_language = Counter[tuple[str, str]](), Counter[tuple[str, str]](), Counter[tuple[str, str, bool]]()
    for row, likeness, _met in judged():
        key = (row["same"], row["kind"])
        all_of[key] += 1
        told[key] += likeness.is_possible
        by_language[row["same"], row["language"], likeness.is_possible] += 1
    for same, words in (("yes", "same person, told"), ("no", "another person, told all the same")):
        number = sum(count for key, count in all_of.items() if key[0] == same)
        found = sum(count for key, count in told.items() if key[0] == same)
        print(f"  {words}: {found} of {number} ({found / number:.1%})")
        for key in sorted(key for key in all_of if key[0] == same):
            print(f"    {key[1]:28} {told[key]:3} of {all_of[key]}")
    for language in sorted({key[1] for key in by_language}):
        found, missed = (by_language["yes", language, said] for said in (True, False))
        print(f"  {language:5} same person told {found} of {found + missed}")


def at_the_desk() -> None:
    """People who come for the first time, brothers and sisters, and people who come again."""
    office = unlock(registered(PEOPLE), PASSPHRASE)
    cases, reading, rng = cases_in_order(office), office.reading(), random.Random(3)
    known = list(people(PEOPLE, SEED))
    chosen = rng.sample(range(len(known)), AGAIN)
    duplicates.alike(reading, facts_of(known[0]))
    alarms(reading, "new people", [facts_of(someone) for someone in people(NEW, SEED + 1)])
    alarms(reading, "brothers and sisters", [facts_of(sibling(known[at], rng)) for at in chosen])
    found = 0
    for at in chosen:
        suspects = duplicates.alike(reading, facts_of(registered_again(known[at], rng)))
        found += any(suspect.case == cases[at] for suspect in suspects)
    print(f"  registered a second time, told: {found / len(chosen):.1%}")
    reading.close()
    office.close()


def alarms(reading: Reading, label: str, listed: list[Facts]) -> None:
    times, number = [], 0
    for facts in listed:
        start = time.perf_counter()
        number += bool(duplicates.alike(reading, facts))
        times.append(time.perf_counter() - start)
    share = f"1 in {len(listed) / number:.0f}" if number else "none"
    print(f"  {label}: {number} false alarms of {len(listed)} ({share}); median {median(times) * 1e3:.1f} ms, "
          f"p95 {p95(times) * 1e3:.1f} ms")  # fmt: skip


if __name__ == "__main__":
    main()
