from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from migrant_office import clock
from migrant_office.errors import NotAllowed, UserError
from migrant_office.models.encounter import Channel
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.missing import Missing
from migrant_office.models.need import NeedKind
from migrant_office.models.office import Office, unlock
from migrant_office.models.operations import Op
from migrant_office.models.person import ContactRule, Gender, Language, Person, Schooling, Sex, Situation
from migrant_office.models.reads.tables import dump
from migrant_office.models.vault import drafts
from migrant_office.services import history, intake, people
from tests.factories import DAY, PASSPHRASE

FULL = {
    "given": "Rose-Andrée",
    "surname": "Jean",
    "second_surname": "Désir",
    "chosen_name": "Andy",
    "language": "ht",
    "interpreter": "yes",
    "contact_rule": "no_messages",
    "phone": "+56 9 5555 0123",
    "place": "quinta_normal",
    "birth_date": "1990-03-03",
    "sex": "woman",
    "gender": "trans_woman",
    "nationality": "HT",
    "children": "2",
    "childcare": "yes",
    "schooling": "technical",
    "situation": "looking",
    "occupation": "cocinera",
    "needs": ("work", "childcare"),
}


def filled(office: Office, **answers: Any) -> FormFilling:
    """The city's form with answers by the names of its questions."""
    filling = FormFilling(intake.intake_form(office))
    for name, answer in answers.items():
        filling.set(filling.form.question(name).addr, answer)
    return filling


def completed(office: Office, **answers: Any) -> Person:
    _, case = intake.complete(office, intake.new_draft(office), filled(office, **answers))
    return people.read_case(office, case).person


def test_every_answer_reaches_the_case(desk: Office) -> None:
    draft = intake.new_draft(desk)
    done, case = intake.complete(desk, draft, filled(desk, **FULL))
    found = people.read_case(desk, case)
    assert case == draft.subject
    assert done.op == Op.OPEN_CASE
    assert found.person == Person(
        id=case,
        number=found.person.number,
        given="Rose-Andrée",
        surname="Jean",
        second_surname="Désir",
        chosen_name="Andy",
        birth=date(1990, 3, 3),
        sex=Sex.WOMAN,
        gender=Gender.TRANS_WOMAN,
        nationality="HT",
        language=Language.HT,
        interpreter=True,
        phone="+56 9 5555 0123",
        contact_rule=ContactRule.NO_MESSAGES,
        commune="Quinta Normal",
        children=2,
        childcare=True,
        schooling=Schooling.TECHNICAL,
        situation=Situation.LOOKING,
        occupation="cocinera",
        opened=DAY,
    )
    assert {need.kind for need in found.needs} == {NeedKind.WORK, NeedKind.CHILDCARE}
    assert [(e.channel, e.note) for e in found.encounters] == [(Channel.IN_PERSON, "")]


def test_an_empty_form_opens_a_case(desk: Office) -> None:
    person = completed(desk)
    assert person == Person(id=person.id, number=person.number, opened=DAY)


@pytest.mark.parametrize("why", list(Missing))
def test_why_an_answer_is_missing_is_kept(desk: Office, why: Missing) -> None:
    person = completed(
        desk,
        **dict.fromkeys(
            [
                "given",
                "language",
                "contact_rule",
                "birth_date",
                "sex",
                "gender",
                "nationality",
                "children",
                "schooling",
                "situation",
                "occupation",
                "needs",
                "phone",
                "place",
            ],
            why,
        ),
    )
    told = {
        person.language,
        person.contact_rule,
        person.birth,
        person.sex,
        person.gender,
        person.nationality,
        person.children,
        person.schooling,
        person.situation,
    }
    assert told == {why}
    assert (person.given, person.phone, person.occupation) == ("", "", "")  # never a reason as a name
    assert person.commune == ""
    assert people.read_case(desk, person.id).needs == ()


def test_an_age_gives_an_estimated_birth_date_of_that_age(desk: Office) -> None:
    person = completed(desk, age="40")
    assert person.birth_estimated
    assert person.age_on(DAY) == 40
    assert isinstance(person.birth, date)
    assert (person.birth.month, person.birth.day) != (1, 1)


def test_a_birth_date_is_not_estimated(desk: Office) -> None:
    person = completed(desk, birth_date="1990-03-03")
    assert not person.birth_estimated


def test_words_for_other_are_kept(desk: Office) -> None:
    person = completed(
        desk,
        language="other",
        language_other="quechua",
        gender="other",
        gender_words="muxe",
        nationality="other",
        nationality_words="Guyana",
        place="other",
        place_other="Lampa",
        needs=("other", "food"),
        needs_other="una silla de ruedas",
    )
    assert (person.language, person.language_words) == (Language.OTHER, "quechua")
    assert (person.gender, person.gender_words) == (Gender.OTHER, "muxe")
    assert (person.nationality, person.nationality_words) == ("other", "Guyana")
    assert person.commune == "Lampa"
    assert {need.kind: need.words for need in people.read_case(desk, person.id).needs} == {
        NeedKind.OTHER: "una silla de ruedas",
        NeedKind.FOOD: "",
    }


def test_words_that_were_refused_are_no_words(desk: Office) -> None:
    person = completed(
        desk,
        gender="other",
        gender_words=Missing.REFUSED,
        nationality="other",
        nationality_words=Missing.UNKNOWN,
        language="other",
        language_other=Missing.REFUSED,
        needs=("other",),
        needs_other=Missing.REFUSED,
    )
    assert (person.gender_words, person.nationality_words, person.language_words) == ("", "", "")
    assert people.read_case(desk, person.id).needs[0].words == ""


def test_what_stopped_being_asked_does_not_count(desk: Office) -> None:
    person = completed(desk, gender="other", gender_words="muxe", children="2", childcare="yes")
    assert person.gender_words == "muxe"
    filling = filled(desk, gender="other", gender_words="muxe", children="2", childcare="yes")
    filling.set(filling.form.question("gender").addr, "woman")
    filling.set(filling.form.question("children").addr, "0")
    _, case = intake.complete(desk, intake.new_draft(desk), filling)
    person = people.read_case(desk, case).person
    assert (person.gender_words, person.children, person.childcare) == ("", 0, None)


@pytest.mark.parametrize(
    "answers",
    [
        {"children": "dos o tres"},
        {"children": "99999999999999999999"},
        {"birth_date": "31/02/1990"},
        {"age": "joven"},
        {"birth_date": "2990-01-01"},
        {"age": "-4"},
        {"birth_date": "9999-12-31"},
        {"children": "-1"},
        {"needs": ("no-such-need", "work")},
        {"language": "xx"},
        {"sex": "?"},
        {"nationality": "no-such-country"},
        {"phone": "no tiene"},
        {"given": "A" * 5000},
    ],
)
def test_whatever_was_typed_the_case_is_opened_and_nothing_typed_is_lost(desk: Office, answers: dict[str, Any]) -> None:
    person = completed(desk, surname="Jean", **answers)
    found = people.read_case(desk, person.id)
    assert person.surname == "Jean"
    assert people.search(desk, "jean")[0].id == person.id
    typed = next(iter(answers.values()))
    kept = f"{person} {found.needs} {found.encounters[0].note}"
    assert all(part in kept for part in ([typed] if isinstance(typed, str) else typed))


@pytest.mark.parametrize(
    "answers", [{"age": "-5"}, {"age": "130"}, {"birth_date": "9999-12-31"}, {"birth_date": "1890-01-01"}]
)
def test_a_birth_that_cannot_be_is_not_stored(desk: Office, answers: dict[str, Any]) -> None:
    person = completed(desk, given="Rose", **answers)
    assert (person.birth, person.birth_estimated) == (None, False)


def test_the_draft_goes_with_the_case_that_it_opened(desk: Office) -> None:
    filling, other = filled(desk, given="Rose"), intake.save_draft(desk, intake.new_draft(desk), filled(desk))
    draft = intake.save_draft(desk, intake.new_draft(desk), filling)
    intake.complete(desk, draft, filling)
    assert intake.waiting(desk) == [other]


def test_a_case_that_cannot_be_opened_keeps_its_draft(desk: Office) -> None:
    filling = filled(desk, given="Rose")
    draft = intake.save_draft(desk, intake.new_draft(desk), filling)
    desk.vault.erase(draft.subject)
    draft = intake.save_draft(desk, draft, filling)
    with pytest.raises(UserError):
        intake.complete(desk, draft, filling)
    assert intake.waiting(desk) == [draft]
    assert people.count(desk) == 0


def test_a_finished_intake_is_not_written_a_second_time(desk: Office) -> None:
    filling = filled(desk, given="Rose")
    draft = intake.save_draft(desk, intake.new_draft(desk), filling)
    intake.complete(desk, draft, filling)
    for again in (intake.save_draft, intake.complete):
        with pytest.raises(NotAllowed, match="is finished"):
            again(desk, draft, filling)
    assert (people.count(desk), intake.waiting(desk)) == (1, [])


def test_intake_is_undone_and_done_again_as_a_whole(desk: Office) -> None:
    before = dump(desk.vault)
    completed(desk, **FULL)
    after = dump(desk.vault)
    history.undo(desk)
    assert dump(desk.vault) == before
    history.redo(desk)
    assert dump(desk.vault) == after


# drafts


def test_a_draft_waits_as_it_was_left_after_the_next_start(desk: Office) -> None:
    saved = intake.save_draft(
        desk, intake.new_draft(desk), filled(desk, **FULL | {"children": "dos o tres", "surname": Missing.REFUSED})
    )
    desk.close()
    again = unlock(desk.folder, PASSPHRASE)
    try:
        (draft,) = intake.waiting(again)
        filling = intake.resume(again, draft)
    finally:
        again.close()
    assert draft == saved
    assert draft.title == "Rose-Andrée"
    question = filling.form.question
    assert filling.cell(question("children").addr).value == "dos o tres"
    assert filling.cell(question("surname").addr).missing is Missing.REFUSED
    assert filling.cell(question("needs").addr).selected == ("work", "childcare")


def test_saving_again_keeps_one_draft_and_its_case(desk: Office) -> None:
    draft = intake.new_draft(desk)
    for given in ("R", "Ro", "Rose"):
        intake.save_draft(desk, draft, filled(desk, given=given))
    (found,) = intake.waiting(desk)
    assert (found.id, found.subject, found.title) == (draft.id, draft.subject, "Rose")
    envelopes = len(desk.vault.envelopes())
    intake.save_draft(desk, draft, filled(desk, given="Rosa"))
    assert len(desk.vault.envelopes()) == envelopes  # autosave never fills the log


def test_the_newest_draft_comes_first_and_each_can_be_discarded(desk: Office) -> None:
    first = intake.save_draft(desk, intake.new_draft(desk), filled(desk, given="Ana"))
    with clock.at(datetime(2026, 3, 2, 13).astimezone()):
        second = intake.save_draft(desk, intake.new_draft(desk), filled(desk, given="Eva"))
    assert intake.waiting(desk) == [second, first]
    intake.discard(desk, second)
    intake.discard(desk, second)
    assert intake.waiting(desk) == [first]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "no json",
        "[]",
        "{}",
        "null",
        "5",
        '{"moment": 5, "lang": "es"}',
        "[" * 100_000,
        '{"moment": "2026-03-02T12:00:00-03:00", "lang": "es", "answers": [], "missing": {}}',
        '{"moment": "2026-03-02T12:00:00-03:00", "lang": "es", "answers": {}, "missing": {"/contact/given": "?what"}}',
    ],
)
def test_a_damaged_draft_is_told_and_kept(desk: Office, body: str) -> None:
    draft = drafts.save(desk.vault, replace(intake.new_draft(desk), body=body))
    with pytest.raises(UserError, match="draft"):
        intake.resume(desk, draft)
    assert intake.waiting(desk) == [draft]


def test_answers_to_a_question_that_the_form_lost_stay_in_the_draft(desk: Office) -> None:
    draft = intake.save_draft(desk, intake.new_draft(desk), filled(desk, given="Rose"))
    older = replace(draft, body=draft.body.replace('"/contact/given"', '"/contact/gone": "x", "/contact/given"'))
    filling = intake.resume(desk, older)
    assert '"/contact/gone": "x"' in intake.save_draft(desk, older, filling).body
