"""Consent at the desk: what was said stays as it was said, the last word holds, and a no closes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office.errors import NotAllowed, UserError
from migrant_office.models.consent import ConsentState, Manner, SaidBy
from migrant_office.models.missing import Missing
from migrant_office.models.notice import ASKED, load_notice, parse_notice
from migrant_office.models.office import Office, new_id
from migrant_office.models.operations import Op
from migrant_office.models.person import Person
from migrant_office.models.referral import State
from migrant_office.models.service import Service
from migrant_office.services import catalogue, consents, history, merging, people, referrals
from migrant_office.services.consents import Said, UseKind, from_answers, standing
from tests.factories import DAY, table_rows

GIVEN, REFUSED, WITHDRAWN = ConsentState.GIVEN, ConsentState.REFUSED, ConsentState.WITHDRAWN
PRIVATE, PUBLIC = "scl-udp", "scl-omil"
CHILD = date(DAY.year - 10, 1, 1)


def opened_case(desk: Office, **told: Any) -> str:
    person = Person(id=new_id(), given="Rose", **told)
    people.open_case(desk, person)
    return person.id


@pytest.fixture
def case(desk: Office) -> str:
    return opened_case(desk, phone="+56 9 5555 0000")


def held(desk: Office, case: str) -> dict[tuple[str, str], ConsentState]:
    return {key: c.state for key, c in standing(people.read_case(desk, case)).items()}


def service(desk: Office, code: str) -> Service:
    return catalogue.service(desk, code)


# recording


def test_an_answer_keeps_the_words_it_was_given_to(desk: Office, case: str):
    consents.record(desk, case, {"contact": GIVEN}, manner=Manner.SIGNED, language="ht")
    (entry,) = people.read_case(desk, case).consents
    notice = consents.notice_of(desk)
    assert (entry.notice, entry.version, entry.language, entry.manner, entry.by) == (
        "cl-santiago",
        notice.edition,
        "ht",
        Manner.SIGNED,
        SaidBy.SELF,
    )
    assert (entry.made, entry.recorded, entry.officer) == (DAY, DAY, desk.officer)


def test_the_same_answer_again_writes_nothing_and_another_one_does(desk: Office, case: str):
    consents.record(desk, case, {"contact": GIVEN, "sensitive": REFUSED})
    assert consents.record(desk, case, {"contact": GIVEN, "sensitive": REFUSED}).envelopes == ()
    assert consents.record(desk, case, {"contact": GIVEN}, manner=Manner.SIGNED).envelopes, "now on paper too"
    consents.record(desk, case, {"contact": REFUSED})
    assert len(people.read_case(desk, case).consents) == 4
    assert held(desk, case) == {("contact", ""): REFUSED, ("sensitive", ""): REFUSED}


def test_a_new_notice_is_asked_again(desk: Office, case: str, monkeypatch: pytest.MonkeyPatch):
    consents.record(desk, case, {"contact": GIVEN})
    later = replace(consents.notice_of(desk), version=2)
    monkeypatch.setattr(consents, "load_notice", lambda _city: later)
    consents.record(desk, case, {"contact": GIVEN})
    assert [c.version[:2] for c in people.read_case(desk, case).consents] == ["2-", "1-"]


def test_the_words_that_were_agreed_to_can_always_be_read_again(
    desk: Office, case: str, monkeypatch: pytest.MonkeyPatch
):
    first = consents.notice_of(desk)
    consents.record(desk, case, {"contact": GIVEN})
    assert consents.record(desk, opened_case(desk), {"contact": GIVEN}).touches("form_version") is False, "kept once"
    later = parse_notice(first.source.replace("No necesita visa", "Usted no necesita visa"))
    monkeypatch.setattr(consents, "load_notice", lambda _city: later)
    consents.record(desk, case, {"contact": GIVEN})
    old, new = sorted(people.read_case(desk, case).consents, key=consents.when)
    assert consents.notice_said(desk, old.version) == first
    assert consents.notice_said(desk, new.version) == later
    assert consents.notice_said(desk, "1-0") is None
    assert old.version != new.version


def test_a_purpose_that_nobody_asks_is_never_recorded(desk: Office, case: str):
    assert consents.record(desk, case, {"attention": GIVEN, "marketing": GIVEN}).envelopes == ()


def test_a_consent_is_for_a_case_that_is_there(desk: Office):
    with pytest.raises(UserError):
        consents.record(desk, new_id(), {"contact": GIVEN})


def test_a_child_is_not_asked_alone(desk: Office):
    case = opened_case(desk, birth=CHILD)
    for told in ({}, {"by": SaidBy.GUARDIAN}, {"by": SaidBy.GUARDIAN, "guardian": "  "}):
        with pytest.raises(NotAllowed):
            consents.record(desk, case, {"contact": GIVEN}, **told)
    consents.record(desk, case, {"contact": GIVEN}, by=SaidBy.GUARDIAN, guardian=" Su madre ")
    (entry,) = people.read_case(desk, case).consents
    assert (entry.by, entry.guardian) == (SaidBy.GUARDIAN, "Su madre")


@pytest.mark.parametrize(("years", "alone"), [(17, False), (18, True), (40, True)])
def test_who_is_eighteen_today_answers_alone(desk: Office, years: int, alone: bool):
    case = opened_case(desk, birth=date(DAY.year - years, DAY.month, DAY.day))
    try:
        consents.record(desk, case, {"contact": GIVEN})
    except NotAllowed:
        assert not alone
    else:
        assert alone


def test_an_unknown_age_counts_as_grown_up(desk: Office):
    for birth in (None, Missing.REFUSED):
        consents.record(desk, opened_case(desk, birth=birth), {"contact": GIVEN})


# taking back


def test_taking_back_leaves_what_was_said_and_can_be_undone(desk: Office, case: str):
    consents.record(desk, case, {"contact": GIVEN})
    before = people.read_case(desk, case).consents
    consents.withdraw(desk, case, "contact")
    after = people.read_case(desk, case).consents
    assert set(before) < set(after)
    assert consents.may_contact(people.read_case(desk, case)) is False
    step = history.undo(desk)
    assert step is not None
    assert step.op is Op.CONSENT
    assert people.read_case(desk, case).consents == before
    assert consents.may_contact(people.read_case(desk, case)) is True


def test_what_was_never_given_cannot_be_taken_back(desk: Office, case: str):
    assert consents.withdraw(desk, case, "contact").envelopes == ()
    consents.record(desk, case, {"contact": REFUSED})
    assert consents.withdraw(desk, case, "contact").envelopes == ()


def test_a_child_may_take_back_what_a_guardian_gave(desk: Office):
    case = opened_case(desk, birth=CHILD)
    consents.record(desk, case, {"contact": GIVEN}, by=SaidBy.GUARDIAN, guardian="Su padre")
    consents.withdraw(desk, case, "contact")
    assert held(desk, case) == {("contact", ""): WITHDRAWN}


def test_taking_back_lists_and_closes_what_rests_on_it_in_one_act(desk: Office, case: str):
    _, private = consents.refer(desk, case, service(desk, PRIVATE), agreed=Said())
    _, other = consents.refer(desk, case, service(desk, "scl-sjm"), agreed=Said())
    consents.refer(desk, case, service(desk, PUBLIC))
    consents.refer(desk, case, service(desk, "scl-incami"))  # for orientation: it rests on nothing
    found = people.read_case(desk, case)
    touched = consents.uses(desk, found, "share_private", PRIVATE)
    assert [u.followed.referral.id for u in touched if u.followed] == [private.id]
    every = consents.uses(desk, found, "share_private")
    assert {u.followed.referral.id for u in every if u.followed} == {private.id, other.id}
    assert [u.name for u in consents.uses(desk, found, "share_public")] == [service(desk, PUBLIC).name]

    consents.withdraw(desk, case, "share_private", PRIVATE)
    states = {f.referral.id: f.state for f in people.read_case(desk, case).referrals}
    assert (states[private.id], states[other.id]) == (State.CANCELLED, State.REQUESTED)
    assert held(desk, case) == {("share_private", PRIVATE): WITHDRAWN, ("share_private", "scl-sjm"): GIVEN}
    assert consents.uses(desk, people.read_case(desk, case), "share_private", PRIVATE) == ()
    history.undo(desk)
    assert {f.state for f in people.read_case(desk, case).referrals} == {State.REQUESTED}
    assert held(desk, case)["share_private", PRIVATE] is GIVEN


def test_taking_back_the_whole_purpose_ends_every_single_yes(desk: Office, case: str):
    consents.record(desk, case, {"share_private": GIVEN})
    consents.refer(desk, case, service(desk, PRIVATE), agreed=Said())
    consents.withdraw(desk, case, "share_private")
    assert set(held(desk, case).values()) == {WITHDRAWN}
    assert not consents.may_share(desk, people.read_case(desk, case), service(desk, PRIVATE)).allowed


def test_what_contact_and_sensitive_answers_rest_on(desk: Office, case: str):
    found = people.read_case(desk, case)
    assert [u.kind for u in consents.uses(desk, found, "contact")] == [UseKind.PHONE]
    assert consents.uses(desk, found, "sensitive") == ()
    other = people.read_case(desk, opened_case(desk, gender_words="x", indigenous_people="y", status=Missing.REFUSED))
    assert [u.count for u in consents.uses(desk, other, "sensitive")] == [2]


# sharing


def test_a_private_body_needs_a_yes_for_itself(desk: Office, case: str):
    def answer(code: str) -> bool:
        return consents.may_share(desk, people.read_case(desk, case), service(desk, code)).allowed

    assert not answer(PRIVATE)
    consents.record(desk, case, {"share_private": GIVEN})
    assert not answer(PRIVATE), "a general yes is asked again"
    consents.record(desk, case, {"share_private": GIVEN}, recipient=PRIVATE)
    assert answer(PRIVATE)
    assert not answer("scl-sjm"), "another body was not agreed to"
    consents.record(desk, case, {"share_private": REFUSED})
    assert not answer(PRIVATE), "a later no to all is the last word"
    consents.record(desk, case, {"share_private": GIVEN}, recipient=PRIVATE, manner=Manner.SIGNED)
    assert answer(PRIVATE)


def test_a_public_body_follows_the_general_answer(desk: Office, case: str):
    def answer() -> consents.ShareAnswer:
        return consents.may_share(desk, people.read_case(desk, case), service(desk, PUBLIC))

    assert answer().allowed, "in Chile the municipal function allows it until somebody says no"
    assert answer().standing is None
    consents.record(desk, case, {"share_public": REFUSED})
    assert not answer().allowed
    consents.record(desk, case, {"share_public": GIVEN})
    assert answer().allowed


def test_in_mexico_a_public_body_needs_a_yes_too(desk: Office, case: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(consents, "load_notice", lambda _city: load_notice("cdmx"))
    sibiso = Service(id="s", name="Padrón", owner="SIBISO, Subdirección de Migrantes", needs=frozenset())
    answer = consents.may_share(desk, people.read_case(desk, case), sibiso)
    assert (answer.private, answer.allowed, answer.purpose.code) == (False, False, "share_public")
    consents.record(desk, case, {"share_public": GIVEN})
    assert consents.may_share(desk, people.read_case(desk, case), sibiso).allowed


def test_a_referral_without_a_yes_hands_nothing_over(desk: Office, case: str):
    done, referral = consents.refer(desk, case, service(desk, PRIVATE), note="  va sola ")
    assert done.op == Op.REFER
    assert referral.orientation
    assert referral.note == "va sola"
    assert held(desk, case) == {}
    _, public = consents.refer(desk, case, service(desk, PUBLIC))
    assert not public.orientation


def test_a_yes_at_the_referral_is_written_with_it(desk: Office, case: str):
    done, referral = consents.refer(desk, case, service(desk, PRIVATE), agreed=Said(language="ht"))
    assert not referral.orientation
    (entry,) = people.read_case(desk, case).consents
    assert (entry.purpose, entry.recipient, entry.referral, entry.language) == (
        "share_private",
        PRIVATE,
        referral.id,
        "ht",
    )
    assert done.touches("consent")
    assert done.touches("referral")
    _, again = consents.refer(desk, case, service(desk, PRIVATE))
    assert not again.orientation, "agreed once for this body"
    history.undo(desk)
    history.undo(desk)
    assert people.read_case(desk, case).referrals == ()
    assert people.read_case(desk, case).consents == ()


def test_a_child_alone_cannot_agree_to_a_referral_but_can_be_oriented(desk: Office):
    case = opened_case(desk, birth=CHILD)
    with pytest.raises(NotAllowed):
        consents.refer(desk, case, service(desk, PRIVATE), agreed=Said())
    assert people.read_case(desk, case).referrals == ()
    assert consents.refer(desk, case, service(desk, PRIVATE))[1].orientation
    told = Said(by=SaidBy.GUARDIAN, guardian="Su madre")
    assert not consents.refer(desk, case, service(desk, PRIVATE), agreed=told)[1].orientation


def test_the_rules_of_a_referral_hold(desk: Office, case: str):
    with pytest.raises(NotAllowed):
        consents.refer(desk, case, service(desk, PUBLIC), due=date(2020, 1, 1))
    with pytest.raises(UserError):
        consents.refer(desk, new_id(), service(desk, PUBLIC))


# the intake


def test_answers_of_a_form_become_consents(desk: Office):
    told = {
        "consent.contact": "yes",
        "consent.share_public": "no",
        "consent.share_private": Missing.NOT_ASKED,
        "consent.sensitive": Missing.REFUSED,
        "consent.manner": "interpreted",
        "consent.by": Missing.NOT_ASKED,
        "consent.guardian": "Su tía",
        "person.given": "yes",
    }
    answers, said = from_answers(told, "ht")
    assert answers == {"contact": GIVEN, "share_public": REFUSED}
    assert said == Said(by=SaidBy.GUARDIAN, manner=Manner.INTERPRETED, guardian="Su tía", language="ht")
    assert from_answers({}) == ({}, Said())
    assert from_answers({"consent.by": "self", "consent.guardian": "x"})[1].by is SaidBy.SELF


def test_the_intake_writes_them_with_the_case(desk: Office):
    person = Person(id=new_id(), given="Rose")
    with desk.operation(Op.OPEN_CASE, person.id) as op:
        people.put_case(desk, op, person)
        made = consents.put_consents(desk, op, {"contact": GIVEN}, Said(), person=person)
    assert len(made) == 1
    assert held(desk, person.id) == {("contact", ""): GIVEN}
    child = Person(id=new_id(), given="Jean", birth=CHILD)
    with desk.operation(Op.OPEN_FAMILY, person.id) as op:  # an operation on another case
        op.put(child, on=child.id)
        assert consents.put_consents(desk, op, {"contact": GIVEN}, Said(), person=child) == ()
        told = Said(by=SaidBy.GUARDIAN, guardian="Rose")
        assert len(consents.put_consents(desk, op, {"contact": GIVEN}, told, person=child)) == 1
    assert held(desk, child.id) == {("contact", ""): GIVEN}
    assert held(desk, person.id) == {("contact", ""): GIVEN}


@given(st.dictionaries(st.text(max_size=20), st.one_of(st.none(), st.text(max_size=5), st.integers(), st.booleans())))
def test_any_answers_are_taken_without_complaint(told: dict[str, Any]):
    answers, said = from_answers({f"consent.{k}": v for k, v in told.items()} | told)
    assert set(answers) <= ASKED
    assert isinstance(said, Said)


def test_the_plain_way_to_refer_hands_over_only_what_was_agreed_to(desk: Office, case: str):
    _, referral = referrals.refer(desk, case, service(desk, PRIVATE))
    assert (referral.orientation, referral.consent) == (True, "")
    consents.record(desk, case, {"share_private": GIVEN}, recipient=PRIVATE)
    (given_,) = people.read_case(desk, case).consents
    _, again = referrals.refer(desk, case, service(desk, PRIVATE))
    assert (again.orientation, again.consent) == (False, given_.id)


@pytest.mark.parametrize("how", ["taken back", "refused"])
@pytest.mark.parametrize("yes", ["kept", "joined", "both"])
def test_a_no_said_of_joined_files_holds_for_both_when_they_are_separated(desk: Office, yes: str, how: str) -> None:
    kept, joined = (Person(id=new_id(), given=name) for name in ("Rose", "Roz"))
    for name, person in (("kept", kept), ("joined", joined)):
        people.open_case(desk, person)
        if yes in {name, "both"}:
            consents.record(desk, person.id, {"contact": GIVEN})
    merging.merge(desk, kept.id, joined.id, {})
    assert consents.may_contact(desk.case(kept.id)) is True
    before = table_rows(desk.vault)
    if how == "refused":
        consents.record(desk, kept.id, {"contact": REFUSED})
    else:
        consents.withdraw(desk, kept.id, "contact")
    assert consents.may_contact(desk.case(kept.id)) is False
    history.undo(desk)
    assert table_rows(desk.vault) == before
    history.redo(desk)
    merging.separate(desk, joined.id)
    assert True not in {consents.may_contact(desk.case(person.id)) for person in (kept, joined)}
