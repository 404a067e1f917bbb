"""Whatever an office asks, wherever it asks it: what no record takes is kept beside the records."""

from __future__ import annotations

import pytest

from migrant_office.i18n import Translator
from migrant_office.models.household import Member
from migrant_office.models.missing import Missing
from migrant_office.models.mobility import HeldDocument
from migrant_office.models.need import NeedKind
from migrant_office.models.office import Office
from migrant_office.models.vault.nouns import Home, Ref
from migrant_office.services import history, intake, people
from migrant_office.services.intake.tally import asked, tally
from tests.services.intake.an_own_form import finished, load, reserved, said
from tests.services.intake.test_kept import filled, own_form

GIVEN = "text | given | Nombres |"
PAPERS = ("begin_repeat | papers | P | held_document", "text | number | N | held_document.number",
          "date | expires | V | held_document.expires", "text | issued | Lugar |", "end_repeat | | |")  # fmt: skip


def members(office: Office, case: str) -> list[str]:
    household = people.read_case(office, case).person.household
    return list(office.vault.file(Ref(Home.HOUSEHOLD, household)).all(Member))


def test_a_paper_and_a_job_asked_once_outside_a_repeat_become_records(desk: Office) -> None:
    load(desk, GIVEN, "text | document_number | N |", "text | experience_words | T |")
    found = people.read_case(desk, finished(desk, {"/document_number": "A1234567", "/experience_words": "panadera"}))
    assert [one.number for one in found.papers] == ["A1234567"]
    assert [one.words for one in found.experiences] == ["panadera"]


def test_what_a_record_of_a_repeat_cannot_hold_is_kept_beside_it(desk: Office) -> None:
    load(desk, GIVEN, *PAPERS)
    answers = {
        "/papers[1]/number": "A1234567",
        "/papers[1]/issued": "Caracas",
        "/papers[1]/expires": "en mayo",
        "/papers[2]/number": Missing.REFUSED,
        "/papers[3]/issued": "Lima",
    }
    case = finished(desk, answers)
    told = said(desk, case)
    assert all(words in told for words in ("A1234567", "Caracas", "en mayo", "?refused", "Lima"))
    assert len(desk.case(case).all(HeldDocument)) == 1  # nothing told is no paper


def test_fields_of_other_records_are_kept_as_answers(desk: Office) -> None:
    load(desk, GIVEN, "text | home | Hogar | household.address", "text | role_x | R | member.role",
         "begin_repeat | others | O | household.member", "text | name | N | person.given",
         "end_repeat | | |")  # fmt: skip
    case = finished(desk, {"/given": "Rose", "/home": "Calle 5", "/role_x": "tía", "/others[1]/name": "Ana Sol"})
    assert all(words in said(desk, case) for words in ("Calle 5", "tía", "Ana Sol"))


def test_codes_that_a_field_does_not_know_are_no_silent_no(desk: Office) -> None:
    load(desk, GIVEN, "select_one si_no | interpreter | I |", "acknowledge | ack | A | person.indigenous",
         "decimal | kids | K | person.children", "text | older | M | person.childcare")  # fmt: skip
    case = finished(desk, {"/interpreter": "si", "/ack": "OK", "/kids": "2.5", "/older": "9" * 40})
    answers = {one.question: one.value or one.text for one in people.read_case(desk, case).answers}
    assert answers == {"interpreter": "si", "kids": "2.5", "older": "9" * 40}
    assert people.read_case(desk, case).person.indigenous is True


def test_words_of_a_need_are_a_need(desk: Office) -> None:
    load(desk, GIVEN, "select_multiple need | needs | Q |", "text | needs_other | Otra |")
    case = finished(desk, {"/needs_other": "un kayak azul"})
    for codes, words in ((("health", "kayak"), "uno rojo"), (("other", "sewing", "health"), "uno rojo")):
        draft, filling = intake.begin(desk, case=case)
        filling.set("/needs", codes)
        filling.set("/needs_other", words)
        intake.complete(desk, draft, filling)
    told = [(need.kind, need.words) for need in people.read_case(desk, case).needs]
    other = ("un kayak azul", "kayak", "uno rojo", "sewing")
    assert sorted(told) == sorted([*((NeedKind.OTHER, words) for words in other), (NeedKind.HEALTH, "")])


FAMILY = (
    "text | how | ¿Cómo supo? |",
    "select_multiple need | all_need | Q | need.kind",
    *PAPERS,
    "begin_repeat | members | M | household.member",
    "text | given | N | person.given",
    "select_one role | role | R | member.role",
    "text | school | E |",
    "select_multiple need | needs | Q | need.kind",
    "begin_repeat | jobs | J | experience",
    "text | job | T | experience.words",
    "end_repeat | | |",
    "select_one yes_no | consent_contact | C | consent.contact",
    "end_repeat | | |",
)


def test_what_a_family_told_once_and_in_blocks_reaches_the_case_it_belongs_to(desk: Office) -> None:
    load(desk, *FAMILY, name="family")
    answers = {
        "/how": "por la radio",
        "/all_need": ("health",),
        "/papers[1]/number": "A1234567",
        "/members[1]/given": "Ana",
        "/members[1]/role": "child",
        "/members[1]/needs": ("kayak",),
        "/members[1]/jobs[1]/job": "panadera",
        "/members[2]/given": "Rose",
        "/members[2]/role": "speaker",
        "/members[2]/consent_contact": "yes",
        "/members[3]/school": "segundo",
    }
    before = people.count(desk)
    case = finished(desk, answers, "family")
    rose = people.read_case(desk, case)
    (ana,) = (people.read_case(desk, one) for one in members(desk, case) if one != case)
    assert (rose.person.given, ana.person.given) == ("Rose", "Ana")
    assert [one.number for one in rose.papers] == ["A1234567"]
    assert ([one.words for one in ana.experiences], rose.experiences) == (["panadera"], ())
    assert [consent.purpose for consent in rose.consents] == ["contact"]
    assert {(one.question, one.text) for one in rose.answers} == {("how", "por la radio"), ("school", "segundo")}
    assert {need.kind for need in rose.needs} == {NeedKind.HEALTH}
    assert {(need.kind, need.words) for need in ana.needs} == {(NeedKind.HEALTH, ""), (NeedKind.OTHER, "kayak")}
    history.undo(desk)
    assert people.count(desk) == before
    history.redo(desk)
    assert people.read_case(desk, case) == rose


def test_a_family_of_fifty(desk: Office) -> None:
    load(desk, *FAMILY, name="family")
    case = finished(desk, {f"/members[{n}]/given": f"Nombre{n}" for n in range(1, 51)}, "family")
    assert len(members(desk, case)) == 50
    history.undo(desk)
    assert people.count(desk) == 0


def test_all_instances_of_the_last_form_stand_and_count(desk: Office) -> None:
    load(desk, GIVEN, "begin_repeat | kids | K |", "text | kid | N |", "select_one si_no | goes | E |",
         "begin_repeat | toys | T |", "text | toy | J |", "end_repeat | | |", "end_repeat | | |")  # fmt: skip
    answers = {"/given": "Rose", "/kids[1]/kid": "Ana", "/kids[2]/kid": "Eva", "/kids[1]/toys[1]/toy": "trompo"}
    case = finished(desk, answers | {"/kids[1]/goes": "si", "/kids[2]/goes": "no"})
    assert {one.text or one.value for one in people.read_case(desk, case).latest_answers} == {
        "Ana",
        "Eva",
        "trompo",
        "si",
        "no",
    }
    assert dict(asked(desk))["goes"] == 1
    assert {(one.words, one.people) for one in tally(desk, "goes", Translator("es"))} == {("Sí", 1), ("No", 1)}
    draft, filling = intake.begin(desk, case=case)
    filling.add("/kids")
    filling.set("/kids[1]/kid", "Sol")
    intake.complete(desk, draft, filling)
    kept = people.read_case(desk, case).latest_answers
    assert {one.text for one in kept if one.question == "kid"} == {"Sol"}


@pytest.mark.parametrize(("kind", "typed"), [("integer", "con su primo Luis"), ("select_one bar", "lo que diga Luis")])
def test_what_was_written_where_something_is_chosen_is_not_counted(desk: Office, kind: str, typed: str) -> None:
    load(desk, GIVEN, f"{kind} | rooms | Piezas |")
    case = finished(desk, {"/rooms": typed})
    assert [one.text for one in people.read_case(desk, case).answers] == [typed]
    assert [one.people for one in tally(desk, "rooms", Translator("es"))] == [1]
    assert "Luis" not in str(tally(desk, "rooms", Translator("es")))


def test_answers_to_questions_that_a_newer_form_has_not_go_into_the_compartment(desk: Office) -> None:
    own_form(desk)
    filling = filled(desk, given="Rose", shelter="bajo el puente", meal="yes", fear="el vecino")
    filling.add("/papers")
    filling.set("/papers[1]/paper_no", "A1234567")
    draft = intake.save_draft(desk, intake.new_draft(desk), filling)
    load(desk, "begin_group | contact | C |", GIVEN, "end_group | | |", version="9")
    _, case = intake.complete(desk, draft, intake.resume(desk, draft))
    told = reserved(desk, [case])
    assert all(words in told for words in ("bajo el puente", "Sí, comió", "el vecino", "A1234567"))
    assert "el vecino" not in said(desk, case)


@pytest.mark.parametrize(
    ("roles", "speaks"), [(("child", None), "B"), (("child", "speaker"), "B"), ((None, None), "A"), (("child",), "A")]
)
def test_somebody_speaks_for_every_family(desk: Office, roles: tuple[str | None, ...], speaks: str) -> None:
    load(desk, *FAMILY, name="family")
    told: dict[str, str | None] = {}
    for number, (letter, role) in enumerate(zip("AB", roles, strict=False), 1):
        told |= {f"/members[{number}]/given": letter, f"/members[{number}]/role": role}
    assert people.read_case(desk, finished(desk, told, "family")).person.given == speaks


def test_questions_of_other_kinds_than_their_fields_break_nothing(desk: Office) -> None:
    told: dict[str, str | tuple[str, ...]] = {
        "text | birth | B | person.birth": "ayer",
        "select_multiple bar | nationality | N | person.nationality": ("transport", "health"),
        "text | barriers | B | person.barriers": "perro/gato",
        "time | arrived | A | person.arrived": "14:30",
        "file | address | D | person.address": "00ff",
        "text | sex | S | person.sex": "quién sabe",
        "text | need | N | need.kind": "pan / leche",
        "integer | words | W | need.words": "5",
        "text | signs | S | protection.signs": "miedo / x",
        "text | agrees | C | consent.contact": "tal vez",
        "text | by | C | consent.by": "abuela",
        "date | ends | E | held_document.expires": "2027-01-01",
        "text | years | Y | experience.years": "muchos",
    }
    load(desk, "text | given | N |", *told)
    answers = {f"/{row.split(' | ')[1]}": answer for row, answer in told.items()}
    case = finished(desk, {"/given": "R/o\x00se \u202e", **answers})
    kept = said(desk, case) + reserved(desk, [case])
    for answer in answers.values():
        pieces = answer.split() if isinstance(answer, str) else answer
        assert all(piece in kept for piece in pieces), answer
    before = dict(desk.case(case).cells["person"])
    draft, filling = intake.begin(desk, case=case)
    intake.complete(desk, draft, filling)
    assert desk.case(case).cells["person"] == before
    desk.vault.rebuild(replay=True)
    assert people.read_case(desk, case).person.given.startswith("R/o")
