"""What is asked of whom, and when: once a service is over, 90 and 180 days after, and never of a restricted case."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from migrant_office.models.need import NeedKind
from migrant_office.models.office import Office
from migrant_office.models.referral import Outcome, State
from migrant_office.models.survey import Answered, Manner, Scale, SurveyKind
from migrant_office.services import protection, surveys
from tests.factories import DAY
from tests.services.asked_people import about_first, closed, due, opened

NEEDS = {"certification": NeedKind.CERTIFICATION, "entrepreneurship": NeedKind.ENTREPRENEURSHIP, "work": NeedKind.WORK}


@pytest.mark.parametrize(
    ("need", "outcome", "later"),
    [
        (NeedKind.CERTIFICATION, Outcome.COMPETENT, ["certification 90", "employment 180"]),
        (NeedKind.ENTREPRENEURSHIP, Outcome.FINISHED, ["entrepreneurship 90", "employment 180"]),
        (NeedKind.WORK, Outcome.JOB_FOUND, ["employment 90", "employment 180"]),
        (NeedKind.WORK, Outcome.ATTENDED, []),
        (NeedKind.HEALTH, Outcome.ATTENDED, None),
    ],
)
def test_what_is_asked_once_a_service_is_over(
    desk: Office, need: NeedKind, outcome: Outcome, later: list[str] | None
) -> None:
    case = opened(desk)
    closed(desk, case, need, outcome=outcome)
    expected = [] if later is None else [(SurveyKind.SATISFACTION, "")]
    assert due(desk, case) == expected
    found = {f"{kind} {part}" for kind, part in due(desk, case, DAY + timedelta(days=180))}
    assert found - {"satisfaction "} == set(later or [])
    assert due(desk, case, DAY + timedelta(days=600)) == []


@pytest.mark.parametrize(
    "step", [{"outcome": Outcome.RESULT_PENDING}, {"outcome": Outcome.NOT_SERVED}, {"state": State.ACCEPTED}]
)
def test_nothing_is_asked_of_whom_nobody_has_served_yet(desk: Office, step: dict[str, Any]) -> None:
    case = opened(desk)
    closed(desk, case, **({"outcome": None} | step))
    assert due(desk, case) == []
    assert surveys.due_now(desk) == []


def test_nobody_asks_in_a_restricted_case(desk: Office) -> None:
    case = opened(desk)
    closed(desk, case)
    assert [c for c, _about in surveys.due_now(desk)] == [case]
    protection.open_path(desk, case, [])
    assert due(desk, case) == []
    assert surveys.due_now(desk) == []


def test_the_list_of_the_office_agrees_with_each_case(desk: Office) -> None:
    cases = [opened(desk) for _ in range(3)]
    for case, need in zip(cases, NEEDS.values(), strict=True):
        closed(desk, case, need, on=DAY - timedelta(days=len(due(desk, case))))
        closed(desk, case, NeedKind.HEALTH)
    listed = surveys.due_now(desk)
    assert dict(listed) == {case: about_first(desk, case) for case in cases}
    surveys.satisfy(desk, cases[0], about_first(desk, cases[0]), Scale.HIGH)
    assert {case for case, _about in surveys.due_now(desk)} == set(cases[1:])


def test_who_could_not_be_reached_is_tried_three_times(desk: Office) -> None:
    case = opened(desk)
    closed(desk, case)
    for tries in range(3):
        about = about_first(desk, case)
        assert about.tries == tries
        assert surveys.due_now(desk) == [(case, about)]
        surveys.record_no_answer(desk, case, about, Answered.NOT_REACHED, Manner.PHONE)
    assert due(desk, case) == []
    assert surveys.due_now(desk) == []


def test_who_refuses_is_not_asked_again(desk: Office) -> None:
    case = opened(desk)
    closed(desk, case)
    surveys.record_no_answer(desk, case, about_first(desk, case), Answered.REFUSED)
    assert due(desk, case) == []
