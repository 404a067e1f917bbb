from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office.models.city import load_city
from migrant_office.models.directory.contact import HsdsPhone
from migrant_office.models.office import Office
from migrant_office.models.operations import Op
from migrant_office.models.referral import Rejection, State
from migrant_office.models.service import CheckReason, Service
from migrant_office.models.vault.nouns import changed
from migrant_office.services import catalogue, freshness, people, referral_sheet, referrals
from migrant_office.services.referrals import Heard
from tests.factories import DAY
from tests.services.test_today import a_case, on, refer

SANTIAGO = load_city("santiago")


@given(st.integers(0, 400), st.none() | st.integers(1, 300), st.sampled_from([a.code for a in SANTIAGO.areas]))
def test_an_answer_holds_for_the_days_of_the_service_else_of_its_area(age: int, own: int | None, area: str) -> None:
    service = Service(id="a", area=area, confirmed=DAY - timedelta(days=age), check_days=own, needs=frozenset())
    assert freshness.is_stale(SANTIAGO, service, DAY) == (age > (own or SANTIAGO.days_to_check(area)))


def test_never_confirmed_or_asked_for_is_stale() -> None:
    never = Service(id="a", needs=frozenset())
    wanted = Service(id="a", confirmed=DAY, check_wanted=DAY, needs=frozenset())
    assert freshness.is_stale(SANTIAGO, never, DAY)
    assert freshness.is_stale(SANTIAGO, wanted, DAY)


def test_closed_and_withheld_ones_are_nobodys_to_call(desk: Office) -> None:
    due = {one.id for one in freshness.to_check(desk)}
    assert due == {line.id for line in catalogue.lines(desk, offered_only=True)}


def test_the_list_begins_with_what_went_wrong_then_the_most_used_then_the_oldest(desk: Office) -> None:
    lines = [line.id for line in catalogue.lines(desk, offered_only=True)]
    used, wrong, old, older = lines[1], lines[2], lines[3], lines[4]
    for days, id in ((400, older), (300, old)):
        with on(DAY - timedelta(days=days)):
            catalogue.confirm(desk, catalogue.service(desk, id))
    case = a_case(desk, "Rose")
    referrals.refer(desk, case, catalogue.service(desk, used))
    freshness.want_check(desk, wrong)
    found = [one.id for one in freshness.to_check(desk)]
    assert found[:2] == [wrong, used]
    assert found[-2:] == [older, old]  # the never confirmed stand before them
    first = freshness.to_check(desk)[0]
    assert (first.wanted, first.why, first.since) == (True, CheckReason.ASKED, DAY)


def test_a_call_has_its_phone_and_what_the_catalogue_says(desk: Office) -> None:
    freshness.want_check(desk, "scl-alo-santiago")
    with desk.operation(Op.EDIT_SERVICE, "scl-alo-santiago") as op:
        op.put(HsdsPhone(id="6f1c1c34-7a0e-7d0b-9a55-3f2d8f0b7a11", number="800 20 30 11"))
    call = freshness.call_list(desk, limit=1)[0]
    assert (call.due.id, call.phone) == ("scl-alo-santiago", "800 20 30 11")
    assert "1406" in call.contact


@pytest.mark.parametrize("rejection", [None, *Rejection])
def test_a_refusal_that_says_the_catalogue_is_wrong_asks_for_a_check(desk: Office, rejection: Rejection | None) -> None:
    refer(desk, a_case(desk, "Rose"), DAY)
    case = people.recent(desk)[0].id
    followed = people.read_case(desk, case).referrals[0]
    service = followed.referral.service
    catalogue.confirm(desk, catalogue.service(desk, service))
    done = referrals.record_step(
        desk, case, followed, Heard(state=State.REJECTED if rejection else State.ACCEPTED, rejection=rejection, due=DAY)
    )
    found = catalogue.service(desk, service)
    why = freshness.AFTER.get(rejection) if rejection else None
    assert (found.check_wanted, found.check_why) == ((DAY, why) if why else (None, None))
    assert (service in {one.id for one in freshness.to_check(desk)}) == (why is not None)
    desk.vault.undo(done)
    assert catalogue.service(desk, service).check_wanted is None


def test_a_check_that_is_asked_for_keeps_its_day_and_reason(desk: Office) -> None:
    freshness.want_check(desk, "scl-omil", CheckReason.CLOSED)
    with on(DAY + timedelta(days=3)):
        assert freshness.want_check(desk, "scl-omil", CheckReason.NO_ANSWER).envelopes == ()
    assert catalogue.service(desk, "scl-omil").check_wanted == DAY


def test_the_sheet_says_how_old_the_facts_are(desk: Office) -> None:
    refer(desk, a_case(desk, "Rose"), DAY)
    case = people.recent(desk)[0].id
    referral = people.read_case(desk, case).referrals[0].referral

    def dates() -> tuple[object, object]:
        told = referral_sheet.sheet_data(desk, case, referral.id).service
        return told.assured_on, told.checked_on

    assert dates() == (None, None)
    catalogue.confirm(desk, catalogue.service(desk, referral.service))
    assert dates() == (DAY, DAY)
    with on(DAY + timedelta(days=200)):
        assert dates() == (None, DAY)


@pytest.mark.parametrize(("code", "days", "printed"), [("scl-chilevalora", None, True), ("scl-chilevalora", 7, False)])
def test_an_address_that_moves_goes_on_paper_only_after_a_call_that_week(
    desk: Office, code: str, days: int | None, printed: bool
) -> None:
    case = a_case(desk, "Rose")
    service = catalogue.service(desk, code)
    with desk.operation(Op.EDIT_SERVICE, code) as op:
        op.put(changed(service, check_days=days))
    made = referrals.refer(desk, case, catalogue.service(desk, code))[1]

    def address() -> str:
        return referral_sheet.sheet_data(desk, case, made.id).service.address

    assert bool(address()) is printed
    catalogue.confirm(desk, catalogue.service(desk, code))
    assert address().startswith("Miraflores 130")
    with on(DAY + timedelta(days=8)):
        assert bool(address()) is printed


def test_comar_is_asked_for_every_week() -> None:
    """It moved five times from 2023 to 2025 (services.md 3.5)."""
    assert load_city("cdmx").days_to_check("international_protection") == freshness.WEEK
