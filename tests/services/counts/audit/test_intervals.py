"""The attacker against a slow one who tries every table there is."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.simulated import menu, people, released, shipped, visits, year_to_date
from migrant_office.models.counts.release import ReleasedCell, ReleasedTable
from migrant_office.models.counts.terms import TOTAL
from migrant_office.services.counts.audit.equations import Equations, sums
from migrant_office.services.counts.audit.intervals import MOST_EXISTENCE, work_out
from migrant_office.services.counts.audit.knowledge import Method, Shape, Structure, key_of
from migrant_office.services.counts.audit.selftest import weak_release
from migrant_office.services.counts.audit.truth import truth_of

SHAPES = Structure({"one:x": Shape(True, True, False), "two:x": Shape(True, True, False)})


@pytest.fixture(scope="module")
def empty():
    return released([], shipped())


def small_release(empty, counts, base, threshold, up):
    """A table of two by two; `up` says of each figure whether it goes up."""
    table = dict(zip([("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")], counts, strict=True))
    for i, one in enumerate("ab"):
        table[one, TOTAL] = counts[2 * i] + counts[2 * i + 1]
    for j, two in enumerate("xy"):
        table[TOTAL, two] = counts[j] + counts[2 + j]
    table[TOTAL, TOTAL] = sum(counts)
    cells = []
    for (codes, n), lifted in zip(table.items(), up, strict=True):
        value = n // base * base + (base if lifted and n % base else 0)
        cells.append(ReleasedCell(codes, value, "A") if n >= threshold else ReleasedCell(codes, None, "Q"))
    weak = weak_release(empty)
    made = ReleasedTable("weak", weak.tables[0].label, "weak", ("one:x", "two:x"), tuple(cells))
    return replace(weak, tables=(made,)), table


def by_hand(release, method):
    """Least and most of every cell over all tables of whole numbers that agree with the release."""
    table = release.tables[0]

    def fits(codes, n):
        cell = table.cell(*codes)
        if cell.value is None:
            return 0 <= n < method.threshold
        return max(cell.value - method.base + 1, method.threshold) <= n <= cell.value + method.base - 1

    inner = [("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")]
    values = [[n for n in range(40) if fits(codes, n)] for codes in inner]
    found: dict[tuple[str, ...], tuple[int, int]] = {}
    for p, q, r, s in itertools.product(*values):
        whole = {("a", TOTAL): p + q, ("b", TOTAL): r + s, (TOTAL, "x"): p + r, (TOTAL, "y"): q + s}
        whole |= {(TOTAL, TOTAL): p + q + r + s, **dict(zip(inner, (p, q, r, s), strict=True))}
        if all(fits(codes, n) for codes, n in whole.items()):
            for codes, n in whole.items():
                low, high = found.get(codes, (n, n))
                found[codes] = min(low, n), max(high, n)
    return {key_of(table, codes): bounds for codes, bounds in found.items()}


@settings(max_examples=25)
@given(
    counts=st.tuples(*[st.integers(0, 24)] * 4),
    up=st.tuples(*[st.booleans()] * 9),
    method=st.sampled_from([(1, 5), (1, 10), (5, 10), (3, 6)]),
)
def test_the_attacker_finds_what_trying_every_table_finds(empty, counts, up, method):
    believed = Method(*method)
    release, exact = small_release(empty, counts, believed.base, believed.threshold, up)
    known = work_out([release], SHAPES, methods=[believed], whole=True)
    slow = by_hand(release, believed)
    assert {one.cell[2]: (one.low, one.high) for one in known.intervals} == slow
    for codes, n in exact.items():
        low, high = slow[key_of(release.tables[0], codes)]
        assert low <= n <= high


@pytest.mark.parametrize("city", ["santiago", "cdmx"])
@pytest.mark.parametrize("persons", [60, 300])
@pytest.mark.parametrize("seed", range(3))
def test_a_simulated_month_keeps_three_values_everywhere(city, persons, seed):
    catalogue, records = shipped(city), visits(persons, seed)
    release = released(records, catalogue)
    truth = truth_of(records, catalogue, release)
    known = work_out([release], Structure.of(catalogue), truths=[truth])
    units = {one.code: one.unit for one in release.indicators}
    certain, small = known.existence([truth], units)
    assert known.exact == 0
    assert known.fewest >= 3
    assert certain <= max(1, 0.04 * small)  # the note: 1 to 4 %
    for one in known.intervals:
        exact = truth.at(*one.cell[1:])
        assert one.low <= (exact.persons if units[one.cell[1]] == "persons" else exact.events) <= one.high


@pytest.mark.parametrize("persons", [60, 300])
def test_nine_linked_tables_leak_no_more_than_the_note_says(persons):
    records = people(persons, 1)
    release = released(records, menu())
    truth = truth_of(records, menu(), release)
    known = work_out([release], Structure.of(menu()), truths=[truth])
    certain, small = known.existence([truth], {"cases_opened": "persons"})
    assert (known.exact, known.fewest >= 3) == (0, True)
    assert small > 100
    assert certain <= 0.04 * small


def test_quick_and_whole_agree_on_what_matters():
    records = people(300, 4)
    release = released(records, menu())
    truth = truth_of(records, menu(), release)
    quick, whole = (work_out([release], Structure.of(menu()), truths=[truth], whole=every) for every in (False, True))
    assert quick.fewest == whole.fewest
    for known in (quick, whole):
        assert known.let_go == 0
    units = {"cases_opened": "persons"}
    assert quick.existence([truth], units) == whole.existence([truth], units)


def test_a_month_between_two_years_to_date_stays_protected():
    trio = year_to_date(menu(3), 300, 30, 0)
    releases, truths = [r for _records, r in trio], [truth_of(records, menu(3), r) for records, r in trio]
    assert list(sums(releases)) == [(2, (0, 1))]
    known = work_out(releases, Structure.of(menu(3)), truths=truths)
    certain, small = known.existence(truths, {"cases_opened": "persons"})
    assert known.exact == 0
    assert known.fewest >= 3
    assert certain <= MOST_EXISTENCE["several"] * small


def test_a_belief_that_is_contradicted_goes_alone():
    """Some grew older between the year to date before and after: ages do not add up any more, all else still does."""
    before, month, _after = year_to_date(menu(3), 300, 60, 0)
    grown = [replace(r, age=50) if r.nationality == "PE" else r for r in before[0]]
    after = replace(released(grown + month[0], menu(3)), start=before[1].start, period="2026-01/2026-10")
    releases = [before[1], month[1], after]
    truths = [truth_of(rs, menu(3), r) for rs, r in zip((before[0], month[0], grown + month[0]), releases, strict=True)]
    known = work_out(releases, Structure.of(menu(3)), truths=truths)
    assert not known.wrong
    ties = [row for row in Equations(releases, Structure.of(menu(3))).system.rows if row.soft]
    assert 0 < known.let_go < len(ties) / 4
    without = work_out([month[1]], Structure.of(menu(3)), truths=truths[1:2])
    together = [one for one in known.intervals if one.cell[0] == 1]
    units = {"cases_opened": "persons"}
    # What is left of the ties still tells more than the month alone, so the attack did not fall apart.
    assert replace(known, intervals=tuple(together)).existence(truths, units) > without.existence(truths[1:2], units)


def test_figures_that_nobody_can_have_are_told(empty):
    release, _exact = small_release(empty, (20, 20, 20, 20), 1, 10, (False,) * 9)
    cells = tuple(replace(c, value=5_000) if c.codes == ("a", "x") else c for c in release.tables[0].cells)
    known = work_out([replace(release, tables=(replace(release.tables[0], cells=cells),))], SHAPES)
    assert known.wrong
