"""Quarters and years are closed as months are: by their own records, once, by two people."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from migrant_office import clock
from migrant_office.errors import NotAllowed, UserError
from migrant_office.i18n import Translator
from migrant_office.models.counts.month import Month, Period, Quarter, Year
from migrant_office.models.counts.release import Release
from migrant_office.models.diversity import Difficulty
from migrant_office.models.encounter import Channel
from migrant_office.models.office import Office
from migrant_office.models.person import Sex
from migrant_office.models.referral import Outcome, State
from migrant_office.models.vault import releases
from migrant_office.services import merging, people
from migrant_office.services.month import exact
from migrant_office.services.periods import checks, closing, groups
from migrant_office.services.periods.checks import CheckKind
from migrant_office.services.periods.records import records
from migrant_office.services.referrals import Heard
from tests.services.a_month import APRIL, MARCH, SECOND, a_case, hear, on, refer

Q1, YEAR = Quarter(2026, 1), Year(2026)
PERIODS = [MARCH, Q1, YEAR]
LATER = date(2027, 1, 4)


def crowd(office: Office, many: int, **told: object) -> list[str]:
    return [
        a_case(office, **{"sex": Sex.WOMAN, "birth": date(1990, 1, 1), "nationality": "VE"} | told) for _ in range(many)
    ]


@pytest.mark.parametrize("period", PERIODS)
def test_a_period_is_closed_when_it_is_over(desk: Office, period: Period) -> None:
    with on(period.last), pytest.raises(NotAllowed, match="not over"):
        closing.close(desk, period, SECOND)
    with on(period.next().first):
        release = closing.close(desk, period, SECOND)
    assert (release.period, release.start, release.end) == (str(period), period.first, period.last)
    assert {(t.code, t.dimensions) for t in release.tables} == {("total", ())}, "too few people for more"


@pytest.mark.parametrize("period", PERIODS)
def test_the_tables_of_the_catalogue_are_those_of_the_period(desk: Office, period: Period) -> None:
    crowd(desk, 45)
    with on(LATER):
        release = closing.close(desk, period, SECOND)
    told = {table.code for table in release.tables}
    assert told == {table.code for table in groups.catalogue_of(desk, period).tables[period.kind]}
    total = release.table("total", "persons_attended").total.value
    assert total is not None
    assert abs(total - 45) < 5


def test_a_quarter_is_no_sum_of_its_months(desk: Office) -> None:
    """A person who comes in two months is one person of the quarter."""
    cases = crowd(desk, 40)
    with on(date(2026, 2, 3)):
        crowd(desk, 3)
    with on(date(2026, 1, 8)):
        for case in cases:
            people.add_encounter(desk, case, Channel.PHONE)
    (found,) = (t for t in exact(desk, Q1) if (t.code, t.indicator) == ("total", "persons_attended"))
    assert (found.total.persons, found.total.events) == (43, 83)


def test_every_indicator_has_its_stream(desk: Office) -> None:
    case = a_case(desk, sex=Sex.WOMAN)
    refer(desk, case)
    hear(desk, case, Heard(state=State.COMPLETED, outcome=Outcome.ATTENDED))
    hear(desk, case, Heard(state=State.COMPLETED, outcome=Outcome.JOB_FOUND))
    found = {(r.indicator, r.extra.get("outcome", "")) for r in records(desk, MARCH)}
    assert ("openings", "") in found
    assert ("attentions", "") in found
    assert {outcome for stream, outcome in found if stream == "outcomes"} == {"job_found"}, "the last one only"


def test_status_and_disability_are_counted_without_asylum(desk: Office) -> None:
    a_case(desk, status="refuge_application", seeing=Difficulty.CANNOT)
    a_case(desk, status="irregular")
    told = {record.extra["status"] for record in records(desk, MARCH)}
    assert told == {"protection", "irregular"}
    assert "refuge_application" not in json.dumps([dict(r.extra) for r in records(desk, MARCH)])
    (status,) = (t for t in exact(desk, MARCH) if (t.code, t.indicator) == ("status", "persons_attended"))
    assert {c.codes[0]: c.persons for c in status.cells if c.persons} == {"IRR": 1, "_O": 1, "_T": 2}
    (disability,) = (t for t in exact(desk, Q1) if (t.code, t.indicator) == ("disability", "persons_attended"))
    assert disability.cell("YES").persons == 1


def test_of_disability_only_yes_leaves(desk: Office) -> None:
    crowd(desk, 40, **dict.fromkeys(("seeing", "hearing", "walking", "remembering"), Difficulty.NONE))
    crowd(desk, 30, seeing=Difficulty.CANNOT)
    with on(LATER):
        table = closing.close(desk, Q1, SECOND).table("disability", "persons_attended")
    assert {cell.codes for cell in table.cells} == {("YES",), ("_T",)}
    assert table.cell("YES").value in (25, 30, 35)


# two people


@pytest.mark.parametrize("second", ["", "   ", "1", " １ ", "x" * 61])
def test_nobody_closes_alone(desk: Office, second: str) -> None:
    with on(date(2026, 4, 1)):
        with pytest.raises(NotAllowed):
            closing.close(desk, MARCH, second)
        assert releases.frozen(desk.vault, str(MARCH)) is None
        assert desk.vault.read("SELECT count(*) FROM nationality_groups") == [(0,)], "nothing is half-done"


def test_the_ledger_says_who_approved_and_what_was_looked_at(desk: Office) -> None:
    crowd(desk, 31)
    with on(date(2026, 4, 1)):
        shown = closing.preview(desk, MARCH)
        with clock.at(datetime(2026, 4, 1, 13).astimezone()):
            release = closing.close(desk, MARCH, f" {SECOND} ", audit={"passed": True, "narrowest": 3}, shown=shown)
    (entry,) = releases.entries(desk.vault)
    assert release == shown
    assert (entry.approved_by, entry.second) == ("1", SECOND)
    assert json.loads(entry.audit) == {"passed": True, "narrowest": 3}
    assert json.loads(entry.parameters)["threshold"] == 10
    assert (entry.catalogue, entry.sha256) == (release.catalogue_version, release.sha256)
    assert SECOND not in entry.body, "who approved it does not leave"
    assert len(entry.snapshot) == 31 * 16


def test_what_was_not_looked_at_is_not_frozen(desk: Office) -> None:
    crowd(desk, 31)
    shown = closing.preview(desk, MARCH)
    crowd(desk, 20)
    with on(date(2026, 4, 1)):
        with pytest.raises(NotAllowed, match="have changed"):
            closing.close(desk, MARCH, SECOND, shown=shown)
        with pytest.raises(NotAllowed, match="have changed"):
            closing.close(desk, MARCH, SECOND, shown=replace(shown, tables=shown.tables[:1]))
    assert releases.entries(desk.vault) == []


def test_a_demo_needs_no_second_person(desk: Office) -> None:
    desk.about = replace(desk.about, demo=True)
    with on(date(2026, 4, 1)):
        assert closing.close(desk, MARCH).period == "2026-03"


# what makes closing impossible


def test_a_clock_set_back_is_seen(desk: Office) -> None:
    with on(date(2026, 5, 20)):
        a_case(desk)
    with on(date(2026, 4, 1)):
        assert _found(desk, MARCH, CheckKind.CLOCK) == 1
        with pytest.raises(NotAllowed, match="clock"):
            closing.close(desk, MARCH, SECOND)
    with on(date(2026, 5, 20)):
        assert closing.close(desk, MARCH, SECOND)


def test_a_clock_behind_the_last_release_is_seen(desk: Office) -> None:
    with on(date(2026, 5, 2)):
        closing.close(desk, APRIL, SECOND)
    with on(date(2026, 4, 3)):
        with pytest.raises(NotAllowed, match="clock"):
            closing.close(desk, MARCH, SECOND)
        assert closing.close(desk, APRIL, SECOND).period == "2026-04", "what is frozen can still be printed"


def test_a_lost_secret_stops_closing_and_nothing_else(desk: Office, tmp_path: Path) -> None:
    crowd(desk, 31)
    with on(date(2026, 4, 1)):
        march = closing.close(desk, MARCH, SECOND)
    desk.vault.write("DELETE FROM secret WHERE name = ?", (releases.COUNTS,))
    with on(date(2026, 5, 1)):
        assert _found(desk, APRIL, CheckKind.SECRET) == 1
        with pytest.raises(NotAllowed, match="secret"):
            closing.close(desk, APRIL, SECOND)
        assert closing.publish(desk, march, tmp_path).is_dir()
    assert desk.vault.read("SELECT count(*) FROM secret WHERE name = ?", (releases.COUNTS,)) == [(0,)]


def test_an_edited_ledger_stops_everything(desk: Office, tmp_path: Path) -> None:
    crowd(desk, 31)
    with on(date(2026, 4, 1)):
        release = closing.close(desk, MARCH, SECOND)
    with desk.vault.transaction():
        desk.vault.conn.execute("DROP TRIGGER release_no_update")
        desk.vault.conn.execute("UPDATE release SET second = 'nobody'")
    with on(date(2026, 5, 1)):
        assert _found(desk, APRIL, CheckKind.LEDGER) == 1
        for act in (lambda: closing.close(desk, APRIL, SECOND), lambda: closing.publish(desk, release, tmp_path)):
            with pytest.raises(NotAllowed, match="by hand") as refused:
                act()
            assert refused.value.data == {"number": 1}
    assert not list(tmp_path.glob("release*"))


def test_a_record_without_a_readable_day_stops_closing(desk: Office) -> None:
    a_case(desk)
    with desk.vault.transaction():
        desk.vault.write("UPDATE encounter SET recorded = '2026-03-99'")
    with on(date(2026, 4, 1)):
        assert _found(desk, MARCH, CheckKind.UNREADABLE) == 1
        with pytest.raises(NotAllowed, match="readable"):
            closing.close(desk, MARCH, SECOND)


def test_what_is_told_before_closing(desk: Office) -> None:
    a_case(desk)
    a_case(desk, sex=Sex.WOMAN, birth=date(1990, 1, 1), nationality="VE")
    refer(desk, a_case(desk))
    with on(date(2026, 6, 1)):
        told = {check.kind: check for check in checks.checks(desk, MARCH)}
        assert (told[CheckKind.MISSING].count, told[CheckKind.MISSING].of) == (3, 3)
        assert told[CheckKind.OVERDUE].count == 1
        assert told[CheckKind.DRAFTS].count == 0
        assert not any(check.stops for check in told.values())
        assert closing.close(desk, MARCH, SECOND)
        assert next(iter(told)) is CheckKind.NOT_OVER


def _found(office: Office, period: Period, kind: CheckKind) -> int:
    return next(check.count for check in checks.checks(office, period) if check.kind is kind)


# after closing


def test_people_joined_after_a_release_change_the_next_one_only(desk: Office) -> None:
    one, other, *_more = crowd(desk, 33)
    with on(date(2026, 4, 2)):
        march = closing.close(desk, MARCH, SECOND)
        merging.merge(desk, one, other, {})
        changed = closing.changed_since(desk, MARCH)
        assert changed is not None
        assert (changed.added, changed.gone, changed.other) == (0, 1, 1)
        for case in (one, other):
            people.add_encounter(desk, desk.vault.who(case), Channel.PHONE)
        assert closing.close(desk, MARCH, SECOND) == march
    (april,) = (t for t in exact(desk, APRIL) if (t.code, t.indicator) == ("total", "persons_attended"))
    assert (april.total.persons, april.total.events) == (1, 2), "one person from now on"
    (quarter,) = (t for t in exact(desk, Q1) if (t.code, t.indicator) == ("total", "persons_attended"))
    assert (quarter.total.persons, quarter.total.events) == (32, 33)
    assert releases.first_bad(desk.vault) is None


def test_a_case_that_moves_to_another_office_leaves_its_releases_as_they_were(desk: Office) -> None:
    """Here it is erased once the other office has it; there it comes in as of the day it comes."""
    case, *_more = crowd(desk, 33)
    with on(date(2026, 4, 2)):
        march = closing.close(desk, MARCH, SECOND)
        desk.vault.erase(case)
        changed = closing.changed_since(desk, MARCH)
        assert changed is not None
        assert (changed.added, changed.gone, changed.other) == (0, 1, 0)
        assert closing.close(desk, MARCH, SECOND) == march
        assert closing.preview(desk, MARCH) == march
    with on(LATER):
        year = closing.close(desk, YEAR, SECOND)
    assert year.table("total", "persons_attended").total.value in (30, 35)


def test_a_folder_without_room_leaves_the_period_closed_and_says_so(desk: Office, tmp_path: Path) -> None:
    (tmp_path / "full").write_text("")
    for period, said in ((Q1, "trimestre"), (YEAR, "año")):
        with on(LATER), pytest.raises(closing.NotPublished) as refused:
            closing.close_and_publish(desk, period, tmp_path / "full", SECOND)
        assert releases.frozen(desk.vault, str(period)) is not None
        assert isinstance(refused.value, UserError)
        assert said in refused.value.text(Translator("es")) or "closed" in refused.value.text(Translator("es"))


def test_every_kind_is_printed_again_with_the_same_bytes(desk: Office, tmp_path: Path) -> None:
    crowd(desk, 35)
    for period in PERIODS:
        with on(LATER):
            first = closing.close_and_publish(desk, period, tmp_path / "a", SECOND)
            a_case(desk)
        with on(date(2027, 3, 1)):
            again = closing.close_and_publish(desk, period, tmp_path / "b")
        assert {p.name: p.read_bytes() for p in first.iterdir()} == {p.name: p.read_bytes() for p in again.iterdir()}
        assert Release.from_json((releases.frozen(desk.vault, str(period)) or "").encode()).period == str(period)
    assert [entry.period for entry in releases.entries(desk.vault)] == [str(Month(2026, 3)), "2026-Q1", "2026"]
