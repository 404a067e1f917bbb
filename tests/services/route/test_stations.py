"""The stations of the Ruta, from what a case holds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from migrant_office.models.case_file import CaseFile, FollowedReferral
from migrant_office.models.city import load_city
from migrant_office.models.form_record import FormRecord
from migrant_office.models.mobility import DocumentState, HeldDocument
from migrant_office.models.need import Need, NeedKind, UnmetReason
from migrant_office.models.person import Person
from migrant_office.models.referral import Outcome, State
from migrant_office.services.route.stations import (
    ANSWER,
    ASK,
    GET_PAPERS,
    INTAKE,
    REFER,
    TELL_NEEDS,
    Progress,
    StationCode,
    next_station,
    stations,
)
from tests.factories import DAY, a_referral, a_step

CITY = load_city("santiago")
DONE, NOW, LATER = Progress


def a_case(*needs: NeedKind, referrals: tuple[FollowedReferral, ...] = (), **told: Any) -> CaseFile:
    made = tuple(Need(id=str(n), kind=kind, made=DAY, recorded=DAY) for n, kind in enumerate(needs))
    return CaseFile(person=Person(id="p", opened=DAY), encounters=(), needs=made, referrals=referrals, **told)


def a_followed(state: State, outcome: Outcome | None = None, due: date | None = DAY, **told: Any) -> FollowedReferral:
    referral = a_referral(**({"area": "employment", "need": NeedKind.WORK} | told))
    return FollowedReferral(referral, (a_step(referral.id, state=state),), state, outcome, due)


def seen(case: CaseFile, missing: tuple[str, ...] = ()) -> dict[StationCode, tuple[Progress, str]]:
    return {s.code: (s.progress, s.waits) for s in stations(case, missing, CITY, DAY)}


def test_all_six_in_their_order() -> None:
    assert [s.code for s in stations(a_case(), (), CITY, DAY)] == list(StationCode)


def test_a_new_case_waits_for_its_needs() -> None:
    found = seen(a_case())
    assert found[StationCode.REGISTERED] == (DONE, "")
    assert found[StationCode.ORIENTED] == (NOW, TELL_NEEDS)
    assert {found[code] for code in list(StationCode)[2:]} == {(LATER, "")}


def test_a_quick_registration_waits_for_the_intake() -> None:
    quick = FormRecord(id="f", form="quick", version="1", digest="", made=DAY, recorded=DAY, use="quick")
    assert seen(a_case(records=(quick,)))[StationCode.REGISTERED] == (NOW, INTAKE)


@pytest.mark.parametrize(
    ("state", "missing", "wanted"),
    [
        (DocumentState.HAS, (), (DONE, "")),
        (DocumentState.HAS, ("run_card",), (NOW, GET_PAPERS)),
        (DocumentState.EXPIRED, (), (NOW, GET_PAPERS)),
        (DocumentState.LOST, (), (NOW, GET_PAPERS)),
    ],
)
def test_documents(state: DocumentState, missing: tuple[str, ...], wanted: tuple[Progress, str]) -> None:
    case = a_case(NeedKind.WORK, papers=(HeldDocument(id="d", kind="passport", state=state),))
    assert seen(case, missing)[StationCode.PAPERS] == wanted


def test_work_waits_for_a_referral_then_for_its_answer_and_is_done_with_a_result() -> None:
    work = StationCode.LIVELIHOOD
    assert seen(a_case(NeedKind.WORK))[work] == (NOW, REFER)
    assert seen(a_case(NeedKind.WORK, referrals=(a_followed(State.REQUESTED),)))[work] == (NOW, ANSWER)
    done = a_followed(State.COMPLETED, Outcome.JOB_FOUND, None)
    assert seen(a_case(NeedKind.WORK, referrals=(done,)))[work] == (DONE, "")
    dropped = a_followed(State.COMPLETED, Outcome.DROPPED_OUT, None)
    assert seen(a_case(NeedKind.WORK, referrals=(dropped,)))[work] == (NOW, REFER)
    assert seen(a_case(NeedKind.WORK, referrals=(a_followed(State.MISTAKE, None, None),)))[work] == (NOW, REFER)


def test_other_needs_are_another_station() -> None:
    case = a_case(NeedKind.HEALTH, referrals=(a_followed(State.ACCEPTED, need=None, area="health"),))
    found = seen(case)
    assert found[StationCode.LIVELIHOOD] == (LATER, "")
    assert found[StationCode.PROTECTION] == (NOW, ANSWER)


def test_an_unmet_need_waits_for_nobody() -> None:
    unmet = Need(id="n", kind=NeedKind.HOUSING, made=DAY, recorded=DAY, unmet=UnmetReason.NO_OFFER)
    case = CaseFile(person=Person(id="p"), encounters=(), needs=(unmet,), referrals=())
    assert seen(case)[StationCode.PROTECTION] == (LATER, "")


def test_the_next_step_is_a_due_follow_up_before_anything_else() -> None:
    late = a_followed(State.REQUESTED, due=DAY - timedelta(days=3))
    found = stations(a_case(NeedKind.WORK, referrals=(late,)), ("run_card",), CITY, DAY)
    first = next_station(found, DAY)
    assert first is not None
    assert first.due == DAY - timedelta(days=3)
    soon = a_followed(State.REQUESTED, due=DAY + timedelta(days=3))
    other = next_station(stations(a_case(NeedKind.WORK, referrals=(soon,)), ("run_card",), CITY, DAY), DAY)
    assert other is not None
    assert (other.code, other.waits) == (StationCode.PAPERS, GET_PAPERS)
    nothing = a_case(NeedKind.WORK, referrals=(a_followed(State.COMPLETED, Outcome.JOB_FOUND, None),))
    assert next_station(stations(nothing, (), CITY, DAY), DAY) is None
    assert seen(nothing)[StationCode.FOLLOWED] == (DONE, "")
    assert seen(a_case(referrals=(late,)))[StationCode.FOLLOWED] == (NOW, ASK)
