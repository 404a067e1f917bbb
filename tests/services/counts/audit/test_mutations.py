"""A12: each way of weakening the protection turns the audit red."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.simulated import SECRET, menu, people, released, shipped, visits, year_to_date
from migrant_office.models.counts.terms import TOTAL
from migrant_office.services.counts import protect
from migrant_office.services.counts.audit.auditing import Job, audit
from migrant_office.services.counts.audit.intervals import work_out
from migrant_office.services.counts.audit.knowledge import Method, Structure
from migrant_office.services.counts.audit.truth import truth_of

SANTIAGO = shipped()


def attack(records, catalogue, *releases, methods=()):
    truths = tuple(truth_of(records, catalogue, release) for release in releases)
    return audit(Job(releases=releases, structure=Structure.of(catalogue), truths=truths, methods=methods))


def loosened(catalogue, **parameters):
    return replace(catalogue, parameters=replace(catalogue.parameters, **parameters))


def failed(report):
    return {finding.attack for finding in report.findings if not finding.passed}


@pytest.fixture(scope="module")
def month():
    return visits(300, 1)


def test_as_it_is_every_attack_fails(month):
    report = attack(month, SANTIAGO, released(month, SANTIAGO))
    assert report.passed
    assert [finding.attack for finding in report.findings] == [f"A{n}" for n in range(1, 13)]


def test_rounding_off(month):
    exact = loosened(SANTIAGO, base=1)
    assert {"A1", "A8"} <= failed(attack(month, exact, released(month, exact)))


def test_rounding_off_gives_hidden_cells_of_linked_tables_away():
    """Threshold alone: the same attacker that fails on the rounded release works hidden figures out."""
    records, exact = people(300, 1), loosened(menu(), base=1)
    known = work_out([released(records, exact)], Structure.of(exact), whole=True)
    assert known.exact > 0


def test_threshold_of_five_with_zeros_shown(month):
    weak = loosened(SANTIAGO, base=1, threshold=5)
    release, truth = released(month, weak), truth_of(month, weak, released(month, weak))
    tables = tuple(
        replace(
            table,
            cells=tuple(
                replace(cell, value=0, obs_status="A") if persons == 0 else cell
                for cell in table.cells
                for persons in [truth.at(table.indicator, protect_key(table, cell)).persons]
            ),
        )
        for table in release.tables
    )
    shown = replace(release, tables=tables)
    known = work_out([shown], Structure.of(weak), truths=[truth], whole=True)
    certain, small = known.existence([truth], {one.code: one.unit for one in shown.indicators})
    assert certain == small > 0  # the note: 100 %
    assert {"A1", "A8"} <= failed(attack(month, weak, shown))


def protect_key(table, cell):
    return frozenset(pair for pair in zip(table.dimensions, cell.codes, strict=True) if pair[1] != TOTAL)


def test_exact_year_to_date():
    exact = loosened(menu(3), base=1)
    rounded, bare = year_to_date(menu(3), 100, 30, 1), year_to_date(exact, 100, 30, 1)
    chosen = [bare[0], rounded[1], bare[2]]
    truths = tuple(truth_of(records, menu(3), release) for records, release in chosen)
    job = Job(releases=tuple(r for _records, r in chosen), structure=Structure.of(menu(3)), truths=truths)
    report = audit(job)
    assert {"A1", "A2"} <= failed(report)
    assert report.finding("A1").figure == 1
    assert report.finding("A2").figure == 1


def test_no_freeze(month):
    late = [replace(one, person="late", event=f"late-{one.event}") for one in month[:3]]
    report = attack(month, SANTIAGO, released(month, SANTIAGO), released(month + late, SANTIAGO))
    assert "A4" in failed(report)


def test_fresh_noise(month):
    exports = [released(month, SANTIAGO, secret=bytes([n]) * 32) for n in range(3)]
    assert {"A4", "A6"} <= failed(attack(month, SANTIAGO, *exports))


def test_a_revision_with_the_old_keys(month):
    late = [replace(one, person=f"l{one.person}", event=f"l{one.event}") for one in visits(10, 2)]
    more = month + [one for one in late if one.indicator == "attentions"]
    first, kept = released(month, SANTIAGO), replace(released(more, SANTIAGO), revision=2)
    drawn = replace(released(more, SANTIAGO, secret=bytes(32)), revision=2)  # as another revision in the salt does
    structure, truths = Structure.of(SANTIAGO), (truth_of(month, SANTIAGO, first), truth_of(more, SANTIAGO, kept))
    assert failed(audit(Job(releases=(first, kept), structure=structure, truths=truths))) == {"A5"}
    assert audit(Job(releases=(first, drawn), structure=structure, truths=truths)).passed


def test_threshold_on_rows(month, monkeypatch):
    def by_rows(self, behind):
        if len(behind.events) < 10:
            return None
        return len(behind.events) // 5 * 5

    monkeypatch.setattr(protect._Protector, "_figure", by_rows)
    assert "A8" in failed(attack(month, SANTIAGO, released(month, SANTIAGO)))


def test_row_rule_off(monkeypatch):
    """A group of which everybody has one status: the row rule hides it, and without the rule it is told."""
    catalogue = menu()
    records = [
        replace(one, extra={**one.extra, "status": "irregular"}) if one.nationality == "HT" else one
        for one in people(600, 1)
    ]
    assert "A7" not in failed(attack(records, catalogue, released(records, catalogue)))
    monkeypatch.setattr(protect, "row_is_open", lambda *_told: True)
    report = attack(records, catalogue, released(records, catalogue))
    assert "A7" in failed(report)
    assert "HT" in report.finding("A7").data["cell"]


def test_threshold_off():
    """Caught by the existence of somebody in small cells."""
    open_to_all, records = loosened(menu(), threshold=0), people(300, 1)
    report = attack(records, open_to_all, released(records, open_to_all))
    assert {"A1", "A8"} <= failed(report)
    told = report.finding("A1").data
    assert float(told["certain"]) > 0.3 * float(told["hidden"])  # the note: 49 %


def test_nearest_five(monkeypatch):
    """Caught by existence once a year to date stands beside a month."""
    monkeypatch.setattr(protect, "rounded", lambda count, _keys, base: (count + base // 2) // base * base)
    trio = year_to_date(menu(3), 300, 30, 0, secret=SECRET)
    truths = tuple(truth_of(records, menu(3), release) for records, release in trio)
    methods = (Method(5, 10, nearest=True),) * 3
    job = Job(releases=tuple(r for _rec, r in trio), structure=Structure.of(menu(3)), truths=truths, methods=methods)
    report = audit(job)
    assert "A2" in failed(report)
    told = report.finding("A2").data
    assert float(told["certain"]) > 0.125 * float(told["hidden"])
