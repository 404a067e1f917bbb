"""Who waits and what came of it: lists by the day, what of them may be seen, effects that are computed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

import pytest

from migrant_office import clock
from migrant_office.models.mobility import Category
from migrant_office.models.need import NeedKind
from migrant_office.models.office import Office, new_id
from migrant_office.models.pathway.kinds import Placement, Result, Stage, Stays
from migrant_office.models.person import Person, Sex, Situation
from migrant_office.models.referral import DropOut
from migrant_office.services import pathways, people, protection
from migrant_office.services.pathways import Next, reports
from tests.factories import DAY
from tests.services.pathways.telling import CENTRE, CERT, JOB, OWN, note, on_way, refer

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def somebody(office: Office, **told: object) -> str:
    person = Person(id=new_id(), **({"given": "Rose", "situation": Situation.LOOKING} | told))  # type: ignore[arg-type]
    people.open_case(office, person)
    return person.id


@contextmanager
def days_later(days: int) -> Iterator[None]:
    moment = datetime(DAY.year, DAY.month, DAY.day, 12).astimezone() + timedelta(days=days)
    with clock.at(moment):
        yield


def certified(office: Office, then: Next | None = None, **told: object) -> str:
    case = somebody(office, **told)
    note(office, case, on_way(office, case), Result.COMPETENT, then)
    return case


# lists


def test_certified_without_placement_is_listed_after_so_many_days(desk: Office) -> None:
    case = certified(desk)
    assert reports.unplaced(desk).count == 0
    with days_later(30):
        section = reports.unplaced(desk)
    assert (section.count, [row.case for row in section.rows]) == (1, [case])
    assert (section.rows[0].name, section.rows[0].centre, section.rows[0].placement) == (
        "Rose",
        "INACAP",
        Placement.CARE,
    )


@pytest.mark.parametrize("how", ["at once", "own desk", "later", "by hand"])
def test_whoever_is_placed_leaves_the_list(desk: Office, how: str) -> None:
    case = certified(desk, Next(placement=Placement.MADE) if how == "own desk" else None)
    if how == "at once":
        refer(desk, case, "scl-omil", NeedKind.WORK)
    with days_later(40):
        if how == "later":
            refer(desk, case, "scl-omil")
        if how == "by hand":
            on_way(desk, case, JOB)
        assert reports.unplaced(desk).count == 0


def test_placement_before_the_certificate_does_not_count(desk: Office) -> None:
    case = somebody(desk)
    job = on_way(desk, case, JOB)
    note(desk, case, job, Stage.DROPPED_OUT)
    with days_later(1):
        note(desk, case, on_way(desk, case), Result.COMPETENT)
    with days_later(60):
        assert reports.unplaced(desk).count == 1


def test_results_and_certificates_age_by_centre(desk: Office) -> None:
    pending, issued = somebody(desk), certified(desk)
    note(desk, pending, on_way(desk, pending), Result.PENDING)
    way = people.read_case(desk, issued).pathways[0].pathway.id
    with days_later(10):
        note(desk, issued, way, Stage.ISSUED)
    with days_later(19):  # its day to ask is the next one
        assert reports.section(desk, "pending").count == 0
    with days_later(20):
        assert [reports.section(desk, key).count for key in ("pending", "issued", "unissued")] == [1, 0, 0]
    with days_later(31):
        found = reports.section(desk, "issued")
        assert [(c.name, c.count, c.oldest) for c in found.centres] == [("INACAP", 1, DAY + timedelta(days=10))]
        note(desk, issued, way, Stage.DELIVERED)
        assert reports.section(desk, "issued").count == 0


def test_a_course_without_an_answer_is_found(desk: Office) -> None:
    case = somebody(desk)
    refer(desk, case, CENTRE)
    with days_later(59):
        assert reports.section(desk, "silent").count == 0
    with days_later(60):
        assert [row.case for row in reports.section(desk, "silent").rows] == [case]


def test_a_person_stands_once_on_a_list(desk: Office) -> None:
    case = somebody(desk)
    for _n in range(2):
        note(desk, case, on_way(desk, case), Result.COMPETENT)
    with days_later(40):
        assert (reports.unplaced(desk).count, len(reports.unplaced(desk).rows)) == (1, 1)


def test_a_restricted_case_is_not_named_and_without_the_key_not_counted(
    desk: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = certified(desk, given="Secreta")
    protection.open_path(desk, case, [])
    with days_later(40):
        (row,) = reports.unplaced(desk).rows
        assert (row.name, row.centre, row.profile, row.placement, row.restricted) == ("", "", "", None, True)
        monkeypatch.setattr(type(desk.vault.keys), "may_open", lambda _keys, _home: False)
        section = reports.unplaced(desk)
        assert (section.count, section.rows) == (0, ()), "a number without its row says that there is one"
        waiting = reports.section(desk, "unissued")
        assert (waiting.count, waiting.rows, waiting.centres) == (0, (), ())


# tables


def test_the_four_counts_of_certification(desk: Office) -> None:
    """Started, completed, competent, delivered apart; those of the programme's population beside ([002:3552])."""
    delivered = certified(desk, sex=Sex.WOMAN, category=Category.MIGRANT)
    note(desk, delivered, people.read_case(desk, delivered).pathways[0].pathway.id, Stage.DELIVERED)
    certified(desk, sex=Sex.MAN, category=Category.RETURNED)
    left = somebody(desk, sex=Sex.WOMAN, category=Category.REFUGEE)
    note(desk, left, on_way(desk, left), Stage.DROPPED_OUT)
    pending = somebody(desk)
    note(desk, pending, on_way(desk, pending), Result.PENDING)
    found = reports.funnel(desk, CERT, FIRST, LAST)
    counted = ("enrolled", "assessed", "competent", "delivered")
    assert [found.persons.get(name, 0) for name in counted] == [4, 3, 2, 1]
    assert [found.women.get(name, 0) for name in counted] == [2, 1, 1, 1]
    assert [found.target.get(name, 0) for name in counted] == [2, 1, 1, 1]
    assert reports.drop_outs(desk, FIRST, LAST).cells == {(DropOut.CARE, Sex.WOMAN): 1}


def test_supports_are_persons_and_events(desk: Office) -> None:
    case, other = somebody(desk), somebody(desk)
    way = on_way(desk, case, OWN)
    for spot in (Stage.ENROLLED, Stage.MENTORING, Stage.MENTORING, Stage.CAPITAL):
        note(desk, case, way, spot)
    note(desk, other, on_way(desk, other, OWN), Stage.FORMALISED)
    found = reports.supports(desk, FIRST, LAST)
    assert found.persons == {"any": 1, "course": 1, "mentoring": 1, "seed_capital": 1}
    assert found.events == {"course": 1, "mentoring": 2, "seed_capital": 1}


def test_a_milestone_that_was_taken_back_is_counted_nowhere(desk: Office) -> None:
    case = somebody(desk)
    way = on_way(desk, case, OWN)
    note(desk, case, way, Stage.CAPITAL)
    pathways.take_back(desk, case, way, people.read_case(desk, case).pathways[0].milestones[-1].id)
    assert reports.supports(desk, FIRST, LAST).events == {}
    assert reports.funnel(desk, OWN, FIRST, LAST).persons == {}


def test_the_effect_is_of_the_same_persons_twice(desk: Office) -> None:
    one, other, silent = somebody(desk), somebody(desk), somebody(desk)
    for case in (one, other, silent):
        way = on_way(desk, case, JOB)
        if case is not silent:
            hired = Situation.RELATED_JOB if case is one else Situation.LOOKING
            note(desk, case, way, Stage.HIRED, situation=hired)
    found = reports.before_and_after(desk, JOB)
    assert found.cells == {
        (Situation.LOOKING, Situation.RELATED_JOB): 1,
        (Situation.LOOKING, Situation.LOOKING): 1,
    }
    assert (found.persons, found.before(Situation.LOOKING), found.after(Situation.RELATED_JOB)) == (2, 2, 1)


def test_still_there_counts_the_last_answer(desk: Office) -> None:
    case = somebody(desk)
    way = on_way(desk, case, JOB)
    note(desk, case, way, Stage.HIRED)
    with days_later(95):
        assert reports.section(desk, "staying").count == 1
        note(desk, case, way, Stage.STAYED, stays=Stays.UNKNOWN)
        note(desk, case, way, Stage.STAYED, stays=Stays.YES)
        assert reports.section(desk, "staying").count == 0
    assert reports.stays(desk, FIRST, LAST) == {Stays.YES: 1}


def test_a_long_list_is_cut_and_its_count_is_not(desk: Office) -> None:
    with desk.batch():
        for _n in range(60):
            certified(desk)
    with days_later(40):
        section = reports.unplaced(desk, limit=10)
    assert (section.count, len(section.rows)) == (60, 10)
