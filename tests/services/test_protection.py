"""The rapid path and the story told once: what is written, what undo takes back, and what every look leaves."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office import clock
from migrant_office.errors import NotAllowed, UserError
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import Question
from migrant_office.models.missing import Missing
from migrant_office.models.office import Office, new_id, unlock
from migrant_office.models.operations import Op
from migrant_office.models.person import ContactRule, Person
from migrant_office.models.restricted import Protection, RapidStep, Sign, Story
from migrant_office.models.vault import access
from migrant_office.models.vault.nouns import File, Home, Ref
from migrant_office.services import catalogue, history, intake, people, protection, today
from migrant_office.services.protection import Look
from tests.factories import DAY, PASSPHRASE
from tests.services.a_restricted_case import a_case, a_service, compartment, looks, person_of, referring

# what it writes


def test_the_path_is_one_operation_and_undo_takes_all_of_it_back(desk: Office) -> None:
    case = a_case(desk)
    before = person_of(desk, case)
    done = protection.open_path(
        desk,
        case,
        {Sign.GENDER_VIOLENCE},
        ContactRule.ONLY_IN_PERSON,
        " solo de 9 a 12 ",
        steps=("alone", "safe_contact"),
        refer=referring(desk, a_service(desk)),
    )
    assert done.op == Op.PROTECT
    person, file = person_of(desk, case), compartment(desk, case)
    assert (person.restricted, person.path_opened) == (True, DAY)
    assert (person.contact_rule, person.contact_words) == (ContactRule.ONLY_IN_PERSON, "solo de 9 a 12")
    assert file.one(Protection) == Protection(id=case, kept=True, signs=frozenset({Sign.GENDER_VIOLENCE}), opened=DAY)
    assert {made.step for made in file.all(RapidStep).values()} == {"alone", "safe_contact"}
    (followed,) = people.read_case(desk, case).referrals
    assert (followed.due, followed.referral.service) == (DAY, "scl-1455")

    history.undo(desk)
    assert person_of(desk, case) == before
    assert compartment(desk, case).one(Protection) == Protection(id=case, kept=True)
    assert compartment(desk, case).all(RapidStep) == {}
    assert people.read_case(desk, case).referrals == ()

    history.redo(desk)
    assert person_of(desk, case) == person
    assert protection.read_protection(desk, case).is_open


def test_the_signs_can_change_and_the_day_stays(desk: Office) -> None:
    case = a_case(desk, contact_rule=ContactRule.WHATSAPP_ONLY, contact_words="de noche no")
    protection.open_path(desk, case, {Sign.DANGER, Sign.EXPLOITATION})
    with clock.at(datetime(DAY.year, DAY.month, DAY.day + 3, 12).astimezone()):
        protection.open_path(desk, case, {Sign.DANGER, Sign.CHILD_AT_RISK})
    found = compartment(desk, case).one(Protection)
    assert found is not None
    assert (found.signs, found.opened) == (frozenset({Sign.DANGER, Sign.CHILD_AT_RISK}), DAY)
    person = person_of(desk, case)
    assert (person.contact_rule, person.contact_words) == (ContactRule.WHATSAPP_ONLY, "de noche no"), (
        "None asks nothing"
    )
    assert person.path_opened == DAY


def test_fear_without_a_name_is_reason_enough(desk: Office) -> None:
    case = a_case(desk)
    protection.open_path(desk, case, ())
    shown = protection.read_protection(desk, case)
    assert shown.is_open
    assert shown.protection.signs == frozenset()
    assert [s.step.code for s in shown.steps][:2] == ["alone", "interpreter"]
    assert person_of(desk, case).restricted


def test_a_step_is_written_once_and_again_only_with_a_note(desk: Office) -> None:
    case = a_case(desk)
    protection.open_path(desk, case, {Sign.CHILD_ALONE}, steps=("alone",))
    assert protection.step(desk, case, "alone").envelopes == ()
    assert protection.step(desk, case, "child_body").envelopes
    assert protection.step(desk, case, "child_body", "contestó Ana").envelopes
    shown = protection.read_protection(desk, case)
    assert {s.step.code for s in shown.steps if s.taken} == {"alone", "child_body"}
    assert "child_body" not in {s.code for s in shown.remaining}
    assert next(s.taken for s in shown.steps if s.step.code == "child_body").made == DAY  # type: ignore[union-attr]
    with pytest.raises(NotAllowed):
        protection.step(desk, case, "no_such_step")


def test_a_refused_step_or_service_writes_nothing(desk: Office) -> None:
    case = a_case(desk)
    shut = next(line.id for line in catalogue.lines(desk) if line.closed)
    with pytest.raises(NotAllowed):
        protection.open_path(desk, case, {Sign.DANGER}, steps=("alone", "no_such_step"))
    with pytest.raises(NotAllowed):
        protection.open_path(desk, case, {Sign.DANGER}, refer=referring(desk, a_service(desk, shut)))
    assert not person_of(desk, case).restricted
    assert compartment(desk, case).one(Protection) == Protection(id=case, kept=True)


def test_a_closed_path_keeps_the_case_restricted_unless_said_otherwise(desk: Office) -> None:
    case = a_case(desk)
    protection.open_path(desk, case, {Sign.DANGER})
    protection.close_path(desk, case)
    assert not protection.read_protection(desk, case).is_open
    assert (person_of(desk, case).restricted, person_of(desk, case).path_opened) == (True, None)
    protection.open_path(desk, case, {Sign.DANGER})
    assert protection.read_protection(desk, case).is_open
    protection.close_path(desk, case, stays_restricted=False)
    assert not person_of(desk, case).restricted
    history.undo(desk)
    assert person_of(desk, case).restricted


def test_a_path_opened_again_begins_anew(desk: Office) -> None:
    case = a_case(desk)
    protection.open_path(desk, case, {Sign.DANGER}, steps=("alone", "offer"))
    protection.close_path(desk, case)
    assert not any(state.taken for state in protection.read_protection(desk, case).steps)
    with clock.at(datetime(DAY.year, DAY.month, DAY.day + 1, 12).astimezone()):
        protection.open_path(desk, case, {Sign.DANGER}, steps=("alone",))
        taken = [state.taken for state in protection.read_protection(desk, case).steps if state.taken]
    assert [(made.step, made.made) for made in taken] == [("alone", DAY + timedelta(days=1))]
    assert len(compartment(desk, case).all(RapidStep)) == 3, "nothing of the first path is lost"


def test_the_intake_opens_it_inside_its_own_operation(desk: Office) -> None:
    id = new_id()
    with desk.operation(Op.COMPLETE_INTAKE, id) as op:
        person = people.put_case(desk, op, Person(id=id, given="Ana"))
        person = protection.put_protection(
            op, person, {Sign.CHILD_AT_RISK}, contact_rule=ContactRule.NO_MESSAGES, orientation="x", entry="y"
        )
    assert (person.restricted, person.path_opened) == (True, DAY)
    assert person_of(desk, id) == person
    found = compartment(desk, id).one(Protection)
    assert found is not None
    assert (found.kept, found.orientation, found.entry, found.opened) == (True, "x", "y", DAY)
    assert len(desk.undoable) == 1
    history.undo(desk)
    assert not people.exists(desk, id)


def test_the_intake_of_a_family_protects_one_of_it(desk: Office) -> None:
    first, second = new_id(), new_id()
    with desk.operation(Op.OPEN_FAMILY, first) as op:
        op.put(Person(id=first, given="Ana"))
        child = op.put(Person(id=second, given="Luz"), on=second)
        protection.put_protection(op, child, {Sign.CHILD_AT_RISK})
    assert not person_of(desk, first).restricted
    assert person_of(desk, second).restricted
    assert protection.read_protection(desk, second).is_open


def test_signs_told_in_a_later_form_are_added_to_those_before(desk: Office) -> None:
    case = a_case(desk)
    protection.open_path(desk, case, {Sign.DANGER})
    with desk.case_operation(Op.COMPLETE_INTAKE, case) as op:
        protection.put_protection(op, person_of(desk, case), {Sign.CHILD_AT_RISK})
    assert protection.read_protection(desk, case).protection.signs == {Sign.DANGER, Sign.CHILD_AT_RISK}


def sign_question(filling: FormFilling) -> Question:
    return next(
        item
        for item in filling.form.by_addr.values()
        if isinstance(item, Question) and item.maps_to == "protection.signs"
    )


def test_a_sign_marked_in_the_intake_takes_the_name_off_hoy_and_opens_the_path(desk: Office) -> None:
    draft, filling = intake.begin(desk)
    for name, told in (("given", "Rose"), ("surname", "Désir")):
        filling.set(filling.form.question(name).addr, told)
    assert intake.save_draft(desk, draft, filling).title == "Rose Désir"
    filling.set(sign_question(filling).addr, Sign.GENDER_VIOLENCE.value)
    kept = intake.save_draft(desk, draft, filling)
    assert [waiting.title for waiting in today.read_today(desk).drafts] == [""]
    case = intake.complete(desk, kept, filling)[1]
    case = case if isinstance(case, str) else case[0]
    assert person_of(desk, case).restricted
    assert protection.read_protection(desk, case).protection.signs == {Sign.GENDER_VIOLENCE}
    assert [path.case for path in today.read_today(desk).paths] == [case]
    assert [new.name for new in today.read_today(desk).opened] == [""]


def test_answers_without_a_sign_are_kept_and_restrict_nobody(desk: Office) -> None:
    id = new_id()
    with desk.operation(Op.COMPLETE_INTAKE, id) as op:
        person = people.put_case(desk, op, Person(id=id, given="Ana"))
        assert protection.put_protection(op, person, (), orientation="x") == person
        with pytest.raises(TypeError):
            protection.put_protection(op, person, (), told="x")
    assert not person_of(desk, id).restricted
    assert compartment(desk, id).one(Protection) == Protection(id=id, kept=True, orientation="x")


@given(
    acts=st.lists(
        st.one_of(
            st.tuples(st.just("open"), st.sets(st.sampled_from(Sign))),
            st.tuples(st.just("close"), st.booleans()),
            st.tuples(st.just("step"), st.sampled_from(("alone", "offer", "next"))),
            st.tuples(st.just("tell"), st.text(min_size=1, max_size=20).filter(str.strip)),
        ),
        max_size=6,
    )
)
def test_any_walk_is_undone_step_by_step(ready_office: Path, tmp_path_factory, acts: list[tuple[str, object]]) -> None:
    folder = Path(shutil.copytree(ready_office, tmp_path_factory.mktemp("walk") / "o"))
    office = unlock(folder, PASSPHRASE)
    try:
        case = a_case(office)
        states = [(person_of(office, case), compartment(office, case).cells)]
        for act, told in acts:
            if act == "open":
                protection.open_path(office, case, told)  # type: ignore[arg-type]
            elif act == "close":
                protection.close_path(office, case, stays_restricted=bool(told))
            elif act == "step":
                protection.step(office, case, str(told))
            else:
                protection.tell(office, case, str(told))
            states.append((person_of(office, case), compartment(office, case).cells))
            assert person_of(office, case).told_once == bool(compartment(office, case).all(Story))
        while len(office.undoable) > 1:
            history.undo(office)
        person, cells = states[0]
        assert person_of(office, case) == person
        assert File(Ref(Home.RESTRICTED, case), compartment(office, case).cells).one(Protection) == File(
            Ref(Home.RESTRICTED, case), cells
        ).one(Protection)
        assert compartment(office, case).all(Story) == {}
    finally:
        office.close()


# told once


def test_a_story_is_written_once_and_marks_the_case_for_everybody(desk: Office) -> None:
    case = a_case(desk)
    assert protection.tell(desk, case, "  lo que contó  ").op == Op.ADD_STORY
    assert person_of(desk, case).told_once
    assert not person_of(desk, case).restricted
    (story,) = protection.read_stories(desk, case, Look.ASKED)
    assert (story.words, story.made, story.officer) == ("lo que contó", DAY, desk.officer)
    protection.tell(desk, case, "corrección")
    assert [s.words for s in protection.read_stories(desk, case, Look.CORRECTION)] == ["lo que contó", "corrección"]
    with pytest.raises(NotAllowed):
        protection.tell(desk, case, " \n ")
    history.undo(desk)
    history.undo(desk)
    assert not person_of(desk, case).told_once
    assert protection.read_stories(desk, case, Look.ASKED) == ()


def test_every_look_is_written_down_with_its_reason_as_a_code(desk: Office) -> None:
    case = a_case(desk)
    protection.open_path(desk, case, {Sign.DANGER})
    protection.tell(desk, case, "lo que contó")
    before = len(looks(desk))
    protection.read_protection(desk, case)
    for reason in Look:
        protection.read_stories(desk, case, reason)
    assert looks(desk)[before:] == [("protection", case), *((f"story-{reason.value}", case) for reason in Look)]
    assert access.first_bad(desk.vault) is None


def test_a_case_that_is_not_there_leaves_no_look(desk: Office) -> None:
    before = looks(desk)
    for read in (
        lambda: protection.read_stories(desk, "nobody", Look.ASKED),
        lambda: protection.tell(desk, "nobody", "x"),
    ):
        with pytest.raises(UserError):
            read()
    assert looks(desk) == before


def test_a_missing_rule_is_kept_apart_from_none(desk: Office) -> None:
    case = a_case(desk, contact_rule=ContactRule.ANY)
    protection.open_path(desk, case, {Sign.DANGER}, Missing.REFUSED)
    assert person_of(desk, case).contact_rule is Missing.REFUSED


def test_a_broken_checklist_keeps_nobody_from_being_protected(desk: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_folder: object) -> None:
        raise UserError("broken")

    monkeypatch.setattr(protection, "load_checklist", broken)
    case = a_case(desk)
    protection.open_path(desk, case, {Sign.DANGER}, ContactRule.ONLY_IN_PERSON, refer=referring(desk, a_service(desk)))
    assert person_of(desk, case).restricted
    with pytest.raises(UserError):
        protection.step(desk, case, "alone")
    protection.close_path(desk, case)
