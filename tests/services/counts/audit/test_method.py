"""A5 and A11 as properties of the method, and the ONS package as a second opinion on every figure."""

from __future__ import annotations

import random
from itertools import pairwise
from statistics import mean

import pandas as pd
import pytest
from cell_key_perturbation.create_perturbed_table import create_perturbed_table

from benchmarks.simulated import SECRET, people, released, shipped, visits
from migrant_office.services.counts.audit.knowledge import method_of
from migrant_office.services.counts.audit.revisions import TOGETHER, expected, guessing, published
from migrant_office.services.counts.audit.truth import truth_of
from migrant_office.services.counts.cell_key import SPACE, record_keys, rounded


def test_over_ten_thousand_cells_the_rounding_leans_nowhere():
    rnd = random.Random(5)
    keys = record_keys(SECRET, "persons", "2026-10", 1, map(str, range(4_000)))
    errors = []
    for _cell in range(10_000):
        count = rnd.randrange(10, 60)
        errors.append(rounded(count, rnd.sample(keys, count), 5) - count)
    assert abs(mean(errors)) < 0.1
    assert max(map(abs, errors)) < 5


def test_every_bit_of_a_key_is_a_coin():
    keys = record_keys(SECRET, "persons", "2026-10", 1, map(str, range(20_000)))
    for bit in range(32):
        ones = sum(key >> bit & 1 for key in keys)
        assert abs(ones - 10_000) < 5 * 71  # five standard errors
    tied = sum(a >> 31 == b >> 31 for a, b in pairwise(keys))
    assert abs(tied - 10_000) < 5 * 71


@pytest.mark.parametrize("persons", [60, 300, 1_000])
def test_ten_people_who_come_late_are_hardly_guessed(persons):
    records = visits(persons, 1)
    release = released(records, shipped())
    truth = truth_of(records, shipped(), release)
    for table in release.tables:
        if table.indicator == "persons_attended" and len(table.dimensions) == 1:
            found = guessing(table, method_of(release), truth, seed=3)
            assert found.base <= found.revised + 0.1  # the attacker is no worse than always saying the commonest
            assert found.revised <= found.base + 0.2


def test_who_keeps_the_keys_gives_a_single_change_away():
    """The attacker knows better where an unmoved line can only mean that nobody came."""
    method = method_of(released([], shipped()))
    moved, unmoved = (expected(50, two, 0.3, method, redrawn=False) for two in (55, 50))
    redrawn_unmoved = expected(50, 50, 0.3, method, redrawn=True)
    assert unmoved < redrawn_unmoved < moved
    assert unmoved >= 0
    assert moved <= TOGETHER


def test_published_is_what_the_office_does():
    method = method_of(released([], shipped()))
    rnd = random.Random(2)
    for _time in range(500):
        count, key = rnd.randrange(200), rnd.randrange(SPACE)
        office = rounded(count, [key], 5) if count >= 10 else None
        assert published(count, key / SPACE, method) == office


def test_the_ons_package_gives_the_same_figures_with_our_table():
    """`cell-key-perturbation` 3.1.0 with our p-table; its keys have ten bits here, the top ones of our 32."""
    bits = 10
    keys = 1 << bits
    table = pd.DataFrame(
        [
            (count, key, (count // 5 + (key * 5 < count % 5 * keys)) * 5 - count)
            for count in range(1, 751)
            for key in range(keys)
        ],
        columns=["pcv", "ckey", "pvalue"],
    )
    rnd = random.Random(8)
    records = people(1_500, 8)
    own = {record.person: rnd.randrange(keys) for record in records}
    own[records[0].person], own[records[1].person] = 0, keys - 1  # the package wants both ends of the range
    data = pd.DataFrame(
        [(r.nationality, r.sex, r.extra["outcome"], own[r.person]) for r in records],
        columns=["nationality", "sex", "outcome", "key"],
    )
    compared = 0
    for by in (["nationality"], ["sex"], ["nationality", "outcome"], ["sex", "outcome"]):
        # Its own threshold counts after rounding, ours before: it is switched off, and small cells are ours to hide.
        theirs = create_perturbed_table(data, table, [], by, "key", threshold=0)
        for _at, row in theirs.iterrows():
            mine = [own[r.person] for r in records if all(_value(r, name) == row[name] for name in by)]
            assert row["pre_sdc_count"] == len(mine)
            if len(mine) >= 10:
                compared += 1
                assert row["count"] == rounded(len(mine), [key << (32 - bits) for key in mine], 5)
    assert compared >= 48


def _value(record, name):
    return record.extra[name] if name == "outcome" else getattr(record, name)
