"""A revision: once, after the year, for ten people at least, by two; and what it changed."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office.errors import NotAllowed
from migrant_office.models.counts.catalogue_file import read_catalogue
from migrant_office.models.counts.record import Record
from migrant_office.models.counts.release import Office as Publisher
from migrant_office.models.counts.release import Release, ReleasedCell
from migrant_office.models.office import Office
from migrant_office.models.person import Sex
from migrant_office.models.vault import releases
from migrant_office.paths import resources
from migrant_office.services import people
from migrant_office.services.counts.protect import protect
from migrant_office.services.periods import changes, closing
from migrant_office.services.periods.changes import Changes
from tests.services.a_month import MARCH, SECOND, a_case, on

CATALOGUE = read_catalogue(resources() / "forms" / "santiago" / "indicators.toml")
KEY = b"0123456789abcdef" * 2
NEW_YEAR = date(2027, 1, 1)
records = st.lists(
    st.builds(
        Record,
        person=st.sampled_from("abcdef"),
        event=st.sampled_from("123456"),
        indicator=st.sampled_from(["attentions", "referrals"]),
        sex=st.sampled_from(["woman", "man", "?refused"]),
        age=st.sampled_from([None, 3, 20, 21, 70]),
    ),
    max_size=12,
)


def closed(office: Office, persons: int = 40) -> list[str]:
    cases = [a_case(office, sex=Sex.WOMAN, birth=date(1990, 1, 1), nationality="VE") for _ in range(persons)]
    with on(date(2026, 4, 1)):
        closing.close(office, MARCH, SECOND)
    return cases


def change(office: Office, cases: list[str]) -> None:
    for case in cases:
        people.edit_person(office, people.read_case(office, case).person, sex=Sex.MAN)


def test_it_is_refused_until_everything_fits(desk: Office) -> None:
    with on(NEW_YEAR), pytest.raises(NotAllowed, match="Only a closed period"):
        closing.revise(desk, MARCH, SECOND)
    cases = closed(desk)
    with on(NEW_YEAR), pytest.raises(NotAllowed, match="Fewer than") as refused:
        closing.revise(desk, MARCH, SECOND)
    assert refused.value.data == {"least": 10}
    change(desk, cases[:9])
    with on(NEW_YEAR), pytest.raises(NotAllowed, match="Fewer than"):
        closing.preview_revision(desk, MARCH)
    change(desk, cases[9:10])
    with on(date(2026, 12, 31)), pytest.raises(NotAllowed, match="after the end of its year"):
        closing.revise(desk, MARCH, SECOND)
    with on(NEW_YEAR), pytest.raises(NotAllowed, match="second person"):
        closing.revise(desk, MARCH, "")
    assert len(releases.entries(desk.vault)) == 1


def test_both_stay_and_the_coins_are_tossed_anew(desk: Office, tmp_path_factory: pytest.TempPathFactory) -> None:
    change(desk, closed(desk, 60)[:25])
    with on(NEW_YEAR):
        old = closing.preview(desk, MARCH)
        shown = closing.preview_revision(desk, MARCH)
        new = closing.revise(desk, MARCH, SECOND, audit={"passed": True})
        assert (old.revision, new.revision, shown.revision) == (1, 2, 2)
        assert replace(shown, created_at=new.created_at) == new
        assert closing.close(desk, MARCH, SECOND) == new, "the last revision holds"
        with pytest.raises(NotAllowed, match="revised once"):
            closing.revise(desk, MARCH, SECOND)
        folders = {closing.publish(desk, one, tmp_path_factory.mktemp("out")).name for one in (old, new)}
    assert {name[-2:] for name in folders} == {"r1", "r2"}
    assert [(e.period, e.revision) for e in releases.entries(desk.vault)] == [("2026-03", 1), ("2026-03", 2)]
    found = changes.diff(old, new)
    by_sex = {one.codes: (one.old, one.new) for one in found if (one.table, one.indicator) == ("sex", "cases_opened")}
    assert ("M",) in by_sex, "25 men where nobody was shown"
    assert closing.changed_since(desk, MARCH) == Changes()


@given(records, st.randoms(use_true_random=False))
def test_a_snapshot_is_of_the_set_and_tells_who_changed(found: list[Record], shuffle: random.Random) -> None:
    mixed = found + found[:3]
    shuffle.shuffle(mixed)
    before = changes.snapshot(found, CATALOGUE, "month", KEY)
    assert changes.snapshot(mixed, CATALOGUE, "month", KEY) == before
    assert len(before) == 16 * len({r.person for r in found})
    assert changes.compare(before, before) == Changes()
    assert changes.compare(b"", before) == Changes(added=len(before) // 16)
    assert changes.compare(before, b"") == Changes(gone=len(before) // 16)
    aged = [replace(r, age=21 if r.age == 20 else r.age) for r in found]
    assert changes.snapshot(aged, CATALOGUE, "month", KEY) == before, "the same band is no change"
    grown = [replace(r, age=3) if r.person == "a" else r for r in found]
    moved = int(any(r.person == "a" and r.age != 3 for r in found))
    assert changes.compare(before, changes.snapshot(grown, CATALOGUE, "month", KEY)) == Changes(other=moved)


def test_a_snapshot_without_the_secret_says_nothing(desk: Office) -> None:
    case = closed(desk, 31)[0]
    (entry,) = releases.entries(desk.vault)
    assert case.encode() not in entry.snapshot
    assert changes.snapshot([], CATALOGUE, "month", KEY) == b""
    one = [Record(person="a", event="1", indicator="attentions")]
    assert changes.snapshot(one, CATALOGUE, "month", KEY) != changes.snapshot(one, CATALOGUE, "month", KEY[::-1])


@given(st.data())
def test_a_diff_lists_exactly_the_cells_that_differ(data: st.DataObject) -> None:
    old = _release()
    cells = [(t, c) for t in range(len(old.tables)) for c in range(len(old.tables[t].cells))]
    touched = data.draw(st.sets(st.sampled_from(cells), max_size=6))
    tables = list(old.tables)
    for t, c in touched:
        found = list(tables[t].cells)
        found[c] = ReleasedCell(found[c].codes, 995, "A")
        tables[t] = replace(tables[t], cells=tuple(found))
    differences = changes.diff(old, replace(old, tables=tuple(tables)))
    expected = {(old.tables[t].code, old.tables[t].indicator, old.tables[t].cells[c].codes) for t, c in touched}
    assert {(d.table, d.indicator, d.codes) for d in differences} == expected
    assert all(d.new is not None and d.new.value == 995 for d in differences)


def _release() -> Release:
    made = datetime(2026, 4, 1, tzinfo=UTC)
    rows = [Record(person=str(n), event=str(n), indicator="attentions", sex="woman", age=n % 80) for n in range(90)]
    about = Publisher("oficina", "Oficina", demo=False)
    return protect(rows, CATALOGUE, MARCH, 1, KEY, office=about, created_at=made, language="es_CL")
