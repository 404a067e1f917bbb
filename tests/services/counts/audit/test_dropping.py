from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.simulated import menu, people, released, shipped, visits
from migrant_office.i18n import Translator
from migrant_office.models.counts.catalogue import Table
from migrant_office.models.counts.terms import Label
from migrant_office.services.counts.audit.auditing import Job, audit
from migrant_office.services.counts.audit.dropping import NothingPasses, coarser, fitted
from migrant_office.services.counts.audit.knowledge import Structure
from migrant_office.services.counts.audit.report import AuditReport, Finding


def attacker(catalogue):
    return lambda release: audit(Job(releases=(release,), structure=Structure.of(catalogue)))


def test_a_release_that_passes_stays_whole():
    catalogue, records = shipped(), visits(60, 1)
    found = fitted(catalogue, "month", lambda own: released(records, own), attacker(catalogue))
    assert found.report.dropped == ()
    assert found.release == released(records, catalogue)


def test_tables_that_give_too_much_away_stay_in_the_office_and_the_reason_is_kept():
    """A month of MENU that the attacker narrows to two values (one in 120 is): the finest table goes."""
    catalogue, records = menu(), people(1_000, 27)
    whole = released(records, catalogue)
    assert not attacker(catalogue)(whole).finding("A1").passed
    found = fitted(catalogue, "month", lambda own: released(records, own), attacker(catalogue))
    assert found.report.passed
    assert found.release.parameters == whole.parameters
    gone = [one.table for one in found.report.dropped]
    assert gone[0] == "nationality_one_age"  # 16 lines by 5
    assert {t.code for t in found.release.tables} == {t.code for t in whole.tables} - set(gone)
    assert "nationality_one_age" in found.report.dropped[0].words(Translator("es"))
    assert AuditReport.from_json(found.report.to_json()) == found.report
    kept = {(t.code, c.codes): c for t in whole.tables for c in t.cells}
    assert all(kept[t.code, c.codes] == c for t in found.release.tables for c in t.cells)


def test_nationality_is_grouped_before_it_goes():
    shipped_one = shipped()
    dimension = shipped_one.dimensions["nationality"]
    single = replace(dimension, schemes={**dimension.schemes, "year": dimension.schemes["month"]})
    label = Label("x", "x", "x")
    table = Table(code="fine", label=label, dimensions=("nationality:year",), indicators=("persons_attended",))
    catalogue = replace(
        shipped_one, dimensions={**shipped_one.dimensions, "nationality": single}, tables={"year": (table,)}
    )
    grouped, reason = coarser(catalogue, "year", "A1") or pytest.fail("nothing was made coarser")
    assert grouped.tables["year"][0].dimensions == ("nationality:month",)
    assert "fine" in reason.words(Translator("en"))
    gone, _reason = coarser(grouped, "year", "A1") or pytest.fail("nothing was made coarser")
    assert gone.tables["year"] == ()
    assert coarser(gone, "year", "A1") is None


@pytest.mark.parametrize("attack", ["A4", "A8", "A10"])
def test_what_detail_does_not_mend_is_refused(attack):
    catalogue, calls = shipped(), []

    def finds(release):
        calls.append(release)
        return AuditReport((release.name,), (Finding(attack, False, 1, "-"),))

    with pytest.raises(NothingPasses) as refused:
        fitted(catalogue, "month", lambda own: released([], own), finds)
    assert len(calls) == 1
    assert not refused.value.report.passed


def test_when_not_even_the_totals_pass_nothing_leaves():
    catalogue = shipped()

    def finds(release):
        return AuditReport((release.name,), (Finding("A1", False, 1, "-"),))

    with pytest.raises(NothingPasses) as refused:
        fitted(catalogue, "month", lambda own: released([], own), finds)
    assert len(refused.value.report.dropped) == len(catalogue.tables["month"]) - 1
