"""A code brings up its referral, or one clear sentence says why not."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migrant_office.models import slip as codes
from migrant_office.models.consent import ConsentState
from migrant_office.models.office import Office, new_id
from migrant_office.models.operations import Op
from migrant_office.models.person import Person
from migrant_office.models.referral import Cancellation, Referral, State
from migrant_office.models.restricted import Sign
from migrant_office.models.vault.nouns import changed
from migrant_office.services import catalogue, consents, history, people, protection, referrals, slips
from migrant_office.services.consents import Said
from migrant_office.services.referrals import Heard, record_step
from migrant_office.services.slips import SlipRefused
from tests.factories import a_referral
from tests.services import test_restricted_sight as restricted

closed = restricted.closed
PRIVATE, PUBLIC = "scl-udp", "scl-omil"


@pytest.fixture
def case(desk: Office) -> str:
    person = Person(id=new_id(), given="Rose")
    people.open_case(desk, person)
    return person.id


@pytest.fixture
def made(desk: Office, case: str) -> Referral:
    return referrals.refer(desk, case, catalogue.service(desk, PUBLIC))[1]


def said(office: Office, text: str) -> str:
    with pytest.raises(SlipRefused) as refused:
        slips.find(office, text)
    return refused.value.message


def end(desk: Office, case: str, heard: Heard) -> None:
    record_step(desk, case, people.read_case(desk, case).referrals[0], heard)


def test_a_code_brings_its_referral_up_however_it_is_typed(desk: Office, case: str, made: Referral):
    shown = codes.grouped(made.slip)
    for typed in (made.slip, shown, shown.lower(), shown.replace("-", " "), f" {shown} ", shown.replace("-", "'")):
        found = slips.find(desk, typed)
        assert (found.case, found.followed.referral.id) == (case, made.id)


def test_each_trouble_has_its_own_sentence(desk: Office, case: str, made: Referral):
    wrong = made.slip[:-1] + next(symbol for symbol in codes.SYMBOLS if symbol != made.slip[-1])
    other = next(c for n in range(9) if not (c := codes.new_code(f"x{n}", "r")).startswith(made.slip[:2]))
    told = {
        "none": said(desk, "K7X"),
        "wrong": said(desk, wrong),
        "other": said(desk, other),
        "unknown": said(desk, codes.new_code(desk.about.id, "nobody's")),
    }
    end(desk, case, Heard(state=State.CANCELLED, cancellation=Cancellation.WISH))
    told["cancelled"] = said(desk, made.slip)
    mistaken = referrals.refer(desk, case, catalogue.service(desk, PUBLIC))[1]
    end(desk, case, Heard(state=State.MISTAKE))
    told["mistake"] = said(desk, mistaken.slip)
    _, private = consents.refer(desk, case, catalogue.service(desk, PRIVATE), agreed=Said())
    consents.withdraw(desk, case, "share_private", PRIVATE)
    told["withdrawn"] = said(desk, private.slip)
    _, again = consents.refer(desk, case, catalogue.service(desk, PRIVATE), agreed=Said())
    given_ = max(people.read_case(desk, case).consents, key=consents.when)
    with desk.case_operation(Op.CONSENT, case) as op:  # another device's withdrawal, which closed nothing here
        op.put(changed(given_, id=new_id(), state=ConsentState.WITHDRAWN))
    told["unfounded"] = said(desk, again.slip)
    assert len(set(told.values())) == len(told)


def test_what_was_undone_is_unknown(desk: Office, made: Referral):
    history.undo(desk)
    assert said(desk, made.slip) == slips.UNKNOWN


def test_two_devices_that_gave_one_code_bring_up_nobody(desk: Office, case: str, made: Referral):
    with desk.case_operation(Op.REFER, case) as op:
        op.put(a_referral(slip=made.slip))
    assert said(desk, made.slip) == slips.TWICE


def test_an_old_slip_is_still_found(desk: Office, case: str):
    with desk.case_operation(Op.REFER, case) as op:
        old = op.put(a_referral(slip="AC3K79QT"))
    for typed in ("AC3K79QT", "ac3k-79qt", "AC3K 79QT"):
        assert slips.find(desk, typed).followed.referral.id == old.id
    assert said(desk, "AC3K79QU") == slips.UNKNOWN


def test_an_ended_one_that_was_sent_again_is_answered(desk: Office, case: str, made: Referral):
    end(desk, case, Heard(state=State.CANCELLED, cancellation=Cancellation.LOST))
    end(desk, case, Heard(state=State.REQUESTED, due=made.due))
    assert slips.find(desk, made.slip).followed.state is State.REQUESTED


def test_a_case_at_risk_reads_like_an_unknown_code_to_whoever_has_no_key(
    desk: Office, case: str, made: Referral, closed: restricted.Closed
):
    protection.open_path(desk, case, {Sign.GENDER_VIOLENCE})
    assert slips.find(desk, made.slip).case == case
    office = closed()
    unknown = codes.new_code(office.about.id, "nobody's")
    assert said(office, made.slip) == said(office, unknown) == slips.UNKNOWN


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=30))
def test_anything_may_be_typed_and_nothing_but_a_sentence_comes(desk: Office, text: str):
    with pytest.raises(SlipRefused):
        slips.find(desk, text)
