from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from migrant_office.errors import UserError
from migrant_office.models.counts.month import Month
from migrant_office.models.encounter import Channel
from migrant_office.models.need import NeedKind, UnmetReason
from migrant_office.models.office import Office, new_id
from migrant_office.models.operations import Op
from migrant_office.models.person import Sex
from migrant_office.models.referral import Outcome, State
from migrant_office.models.vault import access
from migrant_office.services import catalogue, history, month, people
from migrant_office.services.counts.exact import ExactTable
from migrant_office.services.referrals import Heard
from tests.factories import DAY, a_referral
from tests.services.a_month import APRIL, MARCH, SECOND, a_case, hear, on, refer, total


def table(office: Office, by: str, indicator: str = "persons_attended") -> ExactTable:
    return next(t for t in month.exact(office, MARCH, (by,)) if t.indicator == indicator)


def lines(found: ExactTable) -> dict[str, int]:
    return {cell.codes[0]: cell.persons for cell in found.cells if cell.persons}


def test_persons_and_events_are_counted_apart(desk: Office) -> None:
    rose = a_case(desk, given="Rose")
    a_case(desk, given="Ana")
    people.add_encounter(desk, rose, Channel.PHONE)
    refer(desk, rose)
    refer(desk, rose)
    assert total(desk, "persons_attended") == total(desk, "attentions") == (2, 3)
    assert total(desk, "referrals") == (1, 2)


def test_only_what_was_recorded_in_the_month(desk: Office) -> None:
    for day in (date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1)):
        with on(day):
            refer(desk, a_case(desk))
    assert total(desk, "attentions") == total(desk, "referrals") == (2, 2)
    assert total(desk, "attentions", APRIL) == (1, 1)


def test_what_is_written_down_late_counts_late(desk: Office) -> None:
    """So that a closed month never changes."""
    case = a_case(desk)
    with on(date(2026, 4, 2)), desk.case_operation(Op.ADD_ENCOUNTER, case) as op:
        op.put(people.new_encounter(desk, Channel.FIELD, made=date(2026, 3, 30)))
    assert total(desk, "attentions") == (1, 1)
    assert total(desk, "attentions", APRIL) == (1, 1)


def test_a_referral_written_by_mistake_is_not_counted(desk: Office) -> None:
    case = a_case(desk)
    refer(desk, case)
    hear(desk, case, Heard(state=State.MISTAKE))
    assert total(desk, "referrals") == (0, 0)
    assert month.overview(desk, MARCH).outcomes == ()
    history.undo(desk)
    assert total(desk, "referrals") == (1, 1)


def test_undone_and_erased_things_vanish(desk: Office) -> None:
    case = a_case(desk, sex=Sex.WOMAN)
    refer(desk, case)
    people.add_need(desk, case, NeedKind.WORK, UnmetReason.NO_OFFER)
    before = month.records(desk, MARCH)
    assert sorted(r.indicator for r in before) == ["attentions", "openings", "referrals"]
    history.undo(desk)
    assert month.overview(desk, MARCH).unmet == ()
    history.undo(desk)
    assert [r.indicator for r in month.records(desk, MARCH)] == ["attentions", "openings"]
    history.undo(desk)
    assert month.records(desk, MARCH) == []
    for _ in range(3):
        history.redo(desk)
    assert month.records(desk, MARCH) == before
    desk.vault.erase(case)
    assert month.records(desk, MARCH) == []


def test_what_belongs_to_nobody_is_not_counted(desk: Office) -> None:
    """It may come from another desk, for a case undone here."""
    with desk.operation(Op.REFER, new_id()) as op:
        op.put(a_referral(recorded=DAY))
        op.put(people.new_encounter(desk, Channel.PHONE))
        op.put(people.new_need(NeedKind.WORK, UnmetReason.NO_OFFER))
    shown = month.overview(desk, MARCH)
    assert month.records(desk, MARCH) == []
    assert (shown.outcomes, shown.unmet) == ((), ())


def test_age_is_that_of_the_day(desk: Office) -> None:
    a_case(desk, birth=date(2008, 3, 2))  # 18 today
    a_case(desk, birth=date(2008, 3, 3))  # tomorrow
    a_case(desk)
    assert lines(table(desk, "age")) == {"Y18T29": 1, "Y0T17": 1, "_U": 1, "_T": 3}


def test_dimensions_by_name(desk: Office) -> None:
    service = refer(desk, case := a_case(desk, sex=Sex.WOMAN, nationality="HT", children=2, served_in="CL"))
    hear(desk, case, Heard(state=State.COMPLETED, outcome=Outcome.JOB_FOUND))
    for by, code in (
        ("sex", "F"),
        ("nationality:each", "HT"),
        ("children", "2"),
        ("served_in", "CL"),
        ("language", "_U"),
        ("schooling:each", "_U"),
    ):
        assert lines(table(desk, by)) == {code: 1, "_T": 1}, by
    assert lines(table(desk, "service", "persons_referred")) == {service: 1, "_T": 1}
    assert lines(table(desk, "outcome", "referrals")) == {"job_found": 1, "_T": 1}
    assert lines(table(desk, "service_type", "referrals")) == {"WORK": 1, "_T": 1}


@pytest.mark.parametrize(
    "by", ["given", "name", "phone", "age:nonsense", "sex:", ":each", "", "sex age", "schooling:month"]
)
def test_nobody_counts_by_something_else(desk: Office, by: str) -> None:
    a_case(desk, given="Rose")
    if by == "sex:":
        assert lines(table(desk, by))
        return
    with pytest.raises(UserError, match="cannot be counted"):
        month.exact(desk, MARCH, (by,))
    assert [e.act for e in access.entries(desk.vault)] == []


def test_every_look_at_exact_figures_is_logged(desk: Office) -> None:
    month.exact(desk, MARCH)
    month.exact(desk, APRIL, ("sex",))
    month.overview(desk, MARCH)
    assert [(e.act, e.subject, e.officer) for e in access.entries(desk.vault)] == [
        ("counts", "2026-03", desk.officer),
        ("counts", "2026-04", desk.officer),
        ("counts", "2026-03", desk.officer),
    ]
    assert access.first_bad(desk.vault) is None


def test_what_the_page_shows(desk: Office) -> None:
    case = a_case(desk)
    refer(desk, case)
    hear(desk, case, Heard(state=State.COMPLETED, outcome=Outcome.ATTENDED))
    people.add_need(desk, case, NeedKind.WORK, UnmetReason.NO_OFFER)
    people.add_need(desk, case, NeedKind.FOOD, UnmetReason.NO_PLACES)
    people.add_need(desk, case, NeedKind.FOOD, UnmetReason.NO_PLACES)
    people.add_need(desk, case, NeedKind.FOOD)
    for day in (date(2025, 3, 5), date(2025, 4, 5), date(2026, 4, 5)):
        with on(day):
            a_case(desk)
    shown = month.overview(desk, MARCH)
    assert shown.outcomes == (("completed", "attended", 1),)
    assert shown.unmet == (("food", "no_places", 2), ("work", "no_offer", 1))
    assert shown.persons_by_month == (("2025-04", 1), ("2026-03", 1))  # twelve months, this one the last
    assert (shown.frozen, shown.closable) == (False, False)
    assert month.months(desk) == [Month(2025, 3), Month(2025, 4), MARCH, APRIL]


@pytest.mark.parametrize(
    "birth",
    ["1990-13-45", "1990-02-30", "", "?", "?unknown", "yesterday", "1990", "9999-12-31", "0001-01-01", "1871-01-01"],
)
def test_a_birth_that_cannot_be_is_an_unknown_age(desk: Office, birth: str) -> None:
    """One damaged row must not take the month's counts from everybody else."""
    a_case(desk, birth=date(1990, 5, 1))
    with desk.vault.transaction():
        desk.vault.write("UPDATE person SET birth = ? WHERE id = ?", (birth, a_case(desk)))
    assert lines(table(desk, "age")) == {"Y30T44": 1, "_U": 1, "_T": 2}
    with on(date(2026, 4, 1)):
        assert month.close(desk, MARCH, SECOND).period == "2026-03"


def test_single_values_are_shown_in_words(desk: Office) -> None:
    service = refer(desk, a_case(desk, nationality="HT"))
    assert [c.label.es for c in table(desk, "nationality:each").dimensions[0].categories] == ["Haití"]
    a_case(desk)
    missing = table(desk, "nationality:each").dimensions[0].categories[-1]
    assert (missing.code, missing.label.es, missing.label.ht) == ("_U", "Sin dato", "San enfòmasyon")
    names = {line.id: line.name for line in catalogue.lines(desk)}
    named = month.exact(desk, MARCH, ("service",), services=names)
    (shown,) = next(t for t in named if t.indicator == "referrals").dimensions[0].categories
    assert shown.label.es == names[service]


def test_a_changed_list_of_indicators_is_seen_without_a_restart(desk: Office, tmp_path: Path) -> None:
    file = tmp_path / "indicators.toml"
    shutil.copy(desk.city.folder / "indicators.toml", file)
    assert month.catalogue_at(tmp_path) is month.catalogue_at(tmp_path)
    before = month.catalogue_at(tmp_path).version
    file.write_text(file.read_text(encoding="utf-8").replace(f'"{before}"', '"another"'), encoding="utf-8")
    assert month.catalogue_at(tmp_path).version == "another"
    file.unlink()
    with pytest.raises(UserError, match="list of indicators"):
        month.catalogue_at(tmp_path)
