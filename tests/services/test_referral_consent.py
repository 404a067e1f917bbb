"""Nobody's data reach a private body without her yes: every way around the desk's verb is tried, and refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from migrant_office import clock
from migrant_office.errors import NotAllowed
from migrant_office.models.consent import Consent, ConsentState, Manner
from migrant_office.models.office import Office, new_id
from migrant_office.models.operations import Op
from migrant_office.models.person import Person
from migrant_office.models.referral import Cancellation, Referral, State
from migrant_office.models.service import Service
from migrant_office.models.vault.nouns import changed
from migrant_office.models.vault.operation import Operation
from migrant_office.services import catalogue, consents, history, merging, people, referrals, sheet_prints
from migrant_office.services.consents import Said
from migrant_office.services.referral_sheet import referral_sheet
from migrant_office.services.referrals import Heard, record_step
from tests.factories import DAY, a_step

GIVEN, REFUSED = ConsentState.GIVEN, ConsentState.REFUSED
PRIVATE, PUBLIC = "scl-udp", "scl-omil"


@pytest.fixture
def case(desk: Office) -> str:
    person = Person(id=new_id(), given="Rose")
    people.open_case(desk, person)
    return person.id


def service(desk: Office, code: str = PRIVATE) -> Service:
    return catalogue.service(desk, code)


def bare(desk: Office, code: str = PRIVATE, **told: Any) -> Referral:
    return replace(referrals.new_referral(desk, service(desk, code)), **told)


def a_consent(**told: Any) -> Consent:
    usual: dict[str, Any] = {
        "notice": "n",
        "version": "1",
        "purpose": "share_private",
        "state": GIVEN,
        "recipient": PRIVATE,
        "made": DAY,
        "recorded": DAY,
    }
    return Consent(**(usual | {"id": new_id()} | told))


def put_bare(desk: Office, op: Operation) -> None:
    op.put(bare(desk))


def put_with_a_made_up_consent(desk: Office, op: Operation) -> None:
    op.put(bare(desk, consent=new_id()))


def put_with_a_yes_to_another(desk: Office, op: Operation) -> None:
    given = op.put(a_consent(recipient="scl-sjm"))
    op.put(bare(desk, consent=given.id))


def put_with_a_general_yes(desk: Office, op: Operation) -> None:
    given = op.put(a_consent(recipient=""))
    op.put(bare(desk, consent=given.id))


def put_with_a_no(desk: Office, op: Operation) -> None:
    refused = op.put(a_consent(state=REFUSED))
    op.put(bare(desk, consent=refused.id))


def put_with_a_yes_to_the_public(desk: Office, op: Operation) -> None:
    given = op.put(a_consent(purpose="share_public", recipient=""))
    op.put(bare(desk, consent=given.id))


def put_of_nobodys_service(desk: Office, op: Operation) -> None:
    op.put(bare(desk, PUBLIC, service="not in the catalogue"))


def put_as_a_draft(desk: Office, op: Operation) -> None:
    op.put(bare(desk, begun=State.DRAFT))


WAYS = [
    put_bare,
    put_with_a_made_up_consent,
    put_with_a_yes_to_another,
    put_with_a_general_yes,
    put_with_a_no,
    put_with_a_yes_to_the_public,
    put_of_nobodys_service,
    put_as_a_draft,
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("door", ["case", "office", "vault"])
def test_no_operation_writes_it(desk: Office, case: str, way: Callable[[Office, Operation], None], door: str):
    before = len(desk.vault.envelopes())
    doors = {
        "case": lambda: desk.case_operation(Op.REFER, case),
        "office": lambda: desk.operation(Op.IMPORT, case),
        "vault": lambda: desk.vault.operation("anything", case),
    }
    with pytest.raises(NotAllowed), doors[door]() as op:
        way(desk, op)
    assert len(desk.vault.envelopes()) == before, "nothing half-done: the yes is not kept either"
    assert people.read_case(desk, case).referrals == ()


def test_a_public_body_after_a_no_is_refused_too(desk: Office, case: str):
    consents.record(desk, case, {"share_public": REFUSED})
    with pytest.raises(NotAllowed), desk.case_operation(Op.REFER, case) as op:
        op.put(bare(desk, PUBLIC))
    assert referrals.refer(desk, case, service(desk, PUBLIC))[1].orientation


def test_whoever_says_the_service_is_public_is_not_believed(desk: Office, case: str):
    lie = changed(service(desk), owner="Municipalidad de Santiago")
    with pytest.raises(NotAllowed):
        referrals.refer(desk, case, lie)
    assert people.read_case(desk, case).referrals == ()


def test_it_is_written_with_the_consent_it_rests_on_or_for_orientation(desk: Office, case: str):
    _, oriented = referrals.refer(desk, case, service(desk))
    assert (oriented.orientation, oriented.consent) == (True, "")
    _, agreed = consents.refer(desk, case, service(desk), agreed=Said())
    (given,) = people.read_case(desk, case).consents
    assert (agreed.orientation, agreed.consent, given.referral) == (False, given.id, agreed.id)
    _, public = consents.refer(desk, case, service(desk, PUBLIC))
    assert (public.orientation, public.consent) == (False, ""), "the municipal function"


def test_a_yes_after_a_general_no_is_written_even_if_the_body_had_one_before(desk: Office, case: str):
    consents.refer(desk, case, service(desk), agreed=Said())
    consents.record(desk, case, {"share_private": REFUSED})
    assert referrals.refer(desk, case, service(desk))[1].orientation
    _, again = consents.refer(desk, case, service(desk), agreed=Said())
    assert not again.orientation
    assert len(people.read_case(desk, case).consents) == 3


def test_in_joined_files_the_yes_of_either_counts_and_goes_with_it(desk: Office, case: str):
    other = Person(id=new_id(), given="Rose")
    people.open_case(desk, other)
    consents.record(desk, other.id, {"share_private": GIVEN}, recipient=PRIVATE)
    merging.merge(desk, case, other.id, {})
    _, made = referrals.refer(desk, case, service(desk))
    assert not made.orientation
    assert not people.read_case(desk, case).referrals[0].unfounded
    merging.separate(desk, other.id)
    assert people.read_case(desk, case).referrals[0].unfounded, "this person never said so"


# taking back


def test_taking_back_closes_blocks_and_says_which_paper_is_out(desk: Office, case: str):
    _, made = consents.refer(desk, case, service(desk), agreed=Said())
    _, silent = consents.refer(desk, case, service(desk))
    with clock.at(datetime(DAY.year, DAY.month, DAY.day + 2, 12).astimezone()):
        seen = referral_sheet(desk, case, silent.id)
        assert seen.referral == silent.id, "a sheet that was only looked at is no paper that is out"
        sheet_prints.left(desk, referral_sheet(desk, case, made.id), copies=2)
        uses = consents.uses(desk, people.read_case(desk, case), "share_private", PRIVATE)
        assert {(use.followed.referral.id, use.printed) for use in uses if use.followed} == {
            (made.id, DAY + timedelta(days=2)),
            (silent.id, None),
        }
        consents.withdraw(desk, case, "share_private", PRIVATE)
        for found in people.read_case(desk, case).referrals:
            assert (found.state, found.steps[-1].cancellation) == (State.CANCELLED, Cancellation.CONSENT)
            assert found.unfounded
            with pytest.raises(NotAllowed, match="not printed"):
                referral_sheet(desk, case, found.referral.id)
            with pytest.raises(NotAllowed, match="has not agreed"):
                record_step(desk, case, found, Heard(state=State.REQUESTED, due=DAY + timedelta(days=9)))
        assert referrals.refer(desk, case, service(desk))[1].orientation
        assert not consents.uses(desk, people.read_case(desk, case), "share_private", PRIVATE)


def test_a_new_yes_lets_it_be_sent_again(desk: Office, case: str):
    consents.refer(desk, case, service(desk), agreed=Said())
    consents.withdraw(desk, case, "share_private", PRIVATE)
    consents.record(desk, case, {"share_private": GIVEN}, recipient=PRIVATE, manner=Manner.SIGNED)
    shown = people.read_case(desk, case).referrals[0]
    assert not shown.unfounded
    record_step(desk, case, shown, Heard(state=State.REQUESTED, due=DAY))
    assert people.read_case(desk, case).referrals[0].state is State.REQUESTED


def test_what_is_for_orientation_is_not_touched(desk: Office, case: str):
    _, oriented = referrals.refer(desk, case, service(desk, "scl-incami"))
    consents.refer(desk, case, service(desk), agreed=Said())
    consents.withdraw(desk, case, "share_private")
    states = {f.referral.id: (f.state, f.unfounded) for f in people.read_case(desk, case).referrals}
    assert states[oriented.id] == (State.REQUESTED, False)


def test_undoing_it_gives_everything_back(desk: Office, case: str):
    _, made = consents.refer(desk, case, service(desk), agreed=Said())
    consents.withdraw(desk, case, "share_private", PRIVATE)
    history.undo(desk)
    found = people.read_case(desk, case).referrals[0]
    assert (found.state, found.unfounded) == (State.REQUESTED, False)
    assert referral_sheet(desk, case, made.id)


def test_a_withdrawal_that_met_a_referral_of_another_device_is_shown(desk: Office, case: str):
    """Taken back on one machine while the other referred: the merge shows it and closes nothing alone."""
    _, made = consents.refer(desk, case, service(desk), agreed=Said())
    given = people.read_case(desk, case).consents[0]
    with desk.case_operation(Op.CONSENT, case) as op:  # what arrives is only the other machine's entry
        op.put(changed(given, id=new_id(), state=ConsentState.WITHDRAWN))
    found = people.read_case(desk, case).referrals[0]
    assert (found.referral.id, found.state, found.unfounded) == (made.id, State.REQUESTED, True)


def test_an_answer_to_an_open_one_is_still_written_down(desk: Office, case: str):
    consents.refer(desk, case, service(desk), agreed=Said())
    given = people.read_case(desk, case).consents[0]
    with desk.case_operation(Op.CONSENT, case) as op:
        op.put(changed(given, id=new_id(), state=ConsentState.WITHDRAWN))
    shown = people.read_case(desk, case).referrals[0]
    record_step(desk, case, shown, Heard(state=State.ACCEPTED, due=DAY))
    assert people.read_case(desk, case).referrals[0].state is State.ACCEPTED


def test_a_mistaken_order_of_two_devices_stands_in_the_history(desk: Office, case: str):
    _, made = referrals.refer(desk, case, service(desk, PUBLIC))
    with desk.case_operation(Op.STEP_REFERRAL, case) as op:
        op.put(a_step(made.id, state=State.MISTAKE))
        late = op.put(a_step(made.id, state=State.REJECTED))
    found = people.read_case(desk, case).referrals[0]
    assert (found.state, found.out, len(found.steps)) == (State.MISTAKE, frozenset({late.id}), 2)


def test_no_service_opens_an_operation_behind_the_office(request: pytest.FixtureRequest):
    package = Path(str(request.config.rootpath)) / "migrant_office" / "services"
    for path in package.rglob("*.py"):
        assert "vault.operation(" not in path.read_text(encoding="utf-8"), path.name
