"""Answers that no field holds, and forms an office made its own."""

from __future__ import annotations

from datetime import date

import pytest

from migrant_office.errors import UserError
from migrant_office.models.form_record import Answer, FormRecord
from migrant_office.models.form_version import FormVersion
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import FormRefused
from migrant_office.models.household import Household, Member, Role
from migrant_office.models.missing import Missing
from migrant_office.models.mobility import DocumentState, HeldDocument
from migrant_office.models.office import Office, new_id, unlock
from migrant_office.models.operations import Op
from migrant_office.models.reads.tables import dump
from migrant_office.models.restricted import PrivateAnswer, Protection
from migrant_office.models.vault.nouns import Home, Ref
from migrant_office.models.work import Experience, Occupation
from migrant_office.services import history, intake, papers, people
from migrant_office.services import office_forms as forms
from tests.factories import DAY, PASSPHRASE

OWN = """
| settings |
|  | form_title | form_id | version | default_language |
|  | Propia     | propia  | {version} | Español (es)     |
| survey |
|  | type                 | name     | label::Español (es) | label::Kreyòl (ht) | maps_to | sensitive | relevant |
|  | begin_group          | contact  | Contacto            | Kontak             |         |           |          |
|  | text                 | given    | Nombres             | Non                | person.given |      |          |
|  | text                 | surname  | Apellido            | Siyati             | person.surname |    |          |
|  | select_multiple bar  | barriers | ¿Qué le frena?      | Kisa ki bloke ou?  | person.barriers |   |          |
|  | select_one meal      | meal     | ¿Comió hoy?         | Èske ou manje?     |         |           |          |
|  | text                 | shelter  | ¿Dónde duerme?      | Ki kote ou dòmi?   |         |           |          |
|  | text                 | fear     | ¿Qué teme?          | Kisa ou pè?        |         | yes       |          |
|  | end_group            |          |                     |                    |         |           |          |
|  | begin_repeat         | papers   | Papeles             | Papye              | held_document |     |          |
|  | select_one paper     | paper    | ¿Qué papel?         | Ki papye?          | held_document.kind | |          |
|  | select_one state     | state    | ¿Cómo está?         | Kijan li ye?       | held_document.state | |         |
|  | text                 | paper_no | ¿Qué número?        | Ki nimewo?         | held_document.number | |        |
|  | date                 | expires  | ¿Cuándo vence?      | Kilè l ap ekspire? | held_document.expires | |       |
|  | end_repeat           |          |                     |                    |         |           |          |
|  | begin_repeat         | jobs     | Trabajos            | Travay             | experience |        |          |
|  | text                 | job      | ¿En qué?            | Nan kisa?          | experience.words | |            |
|  | select_one isco      | group    | Grupo               | Gwoup              | experience.group | |            |
|  | integer              | years    | ¿Cuántos años?      | Konbyen ane?       | experience.years | |            |
|  | select_one yes_no    | proof    | ¿Se puede probar?   | Èske gen prèv?     | experience.provable | |         |
|  | end_repeat           |          |                     |                    |         |           |          |
| choices |
|  | list_name | name       | label::Español (es) | label::Kreyòl (ht) |
|  | bar       | transport  | Pasaje              | Transpò            |
|  | bar       | health     | Salud               | Sante              |
|  | meal      | yes        | Sí, comió           | Wi                 |
|  | meal      | no         | No                  | Non                |
|  | paper     | passport   | Pasaporte           | Paspò              |
|  | paper     | run_card   | Cédula              | Kat                |
|  | state     | has        | Lo tiene            | Genyen l           |
|  | state     | expired    | Vencido             | Ekspire            |
|  | isco      | 5          | Servicios           | Sèvis              |
|  | yes_no    | yes        | Sí                  | Wi                 |
|  | yes_no    | no         | No                  | Non                |
"""
FAMILY = """
| settings |
|  | form_title | form_id | version | default_language |
|  | Familia    | familia | 7       | Español (es)     |
| survey |
|  | type              | name    | label::Español (es) | maps_to |
|  | begin_group       | home    | Hogar               |         |
|  | text              | address | ¿Dónde viven?       | household.address |
|  | text              | arrived | ¿Cuándo llegaron?   | household.arrived |
|  | text              | phone   | Teléfono            | person.phone |
|  | end_group         |         |                     |         |
|  | begin_repeat      | members | Personas            | household.member |
|  | text              | given   | Nombres             | person.given |
|  | text              | surname | Apellido            | person.surname |
|  | select_one role   | role    | Parentesco          | member.role |
|  | select_one yes_no | minor   | ¿Responde por ella? | member.guardian |
|  | text              | school  | ¿Va a la escuela?   |         |
|  | end_repeat        |         |                     |         |
| choices |
|  | list_name | name    | label::Español (es) |
|  | role      | speaker | Habla               |
|  | role      | child   | Hija o hijo         |
|  | yes_no    | yes     | Sí                  |
|  | yes_no    | no      | No                  |
"""


def own_form(office: Office, version: str = "1", old: str = "", new: str = "") -> forms.Loaded:
    text = OWN.format(version=version).replace(old, new) if old else OWN.format(version=version)
    return forms.load(office, forms.INTAKE, text.encode(), "md")


def filled(office: Office, **answers: object) -> FormFilling:
    filling = FormFilling(intake.intake_form(office))
    for name, answer in answers.items():
        filling.set(filling.form.question(name).addr, answer)  # type: ignore[arg-type]  # what a screen may give
    return filling


def answers(office: Office, case: str) -> dict[str, Answer]:
    return {one.question: one for one in office.case(case).all(Answer).values()}


def test_what_no_field_holds_is_kept_with_the_case_under_its_version(desk: Office) -> None:
    own_form(desk)
    _, case = intake.complete(
        desk, intake.new_draft(desk), filled(desk, given="Rose", meal="no", shelter="en la feria")
    )
    record = desk.case(case).one(FormRecord)
    assert record is not None
    assert (record.form, record.version, record.digest) == ("propia", "1", intake.intake_form(desk).digest)
    assert (record.answered, record.asked) == (3, 6)
    found = answers(desk, case)
    assert (found["meal"].value, found["meal"].words, found["meal"].label) == ("no", "No", "¿Comió hoy?")
    assert (found["shelter"].value, found["shelter"].text) == ("", "en la feria")
    assert {one.record for one in found.values()} == {record.id}
    assert set(found) == {"meal", "shelter"}


def test_free_text_is_found_and_codes_are_counted(desk: Office) -> None:
    own_form(desk)
    _, case = intake.complete(
        desk, intake.new_draft(desk), filled(desk, given="Rose", meal="no", shelter="en la feria")
    )
    assert [line.id for line in people.search(desk, "feria")] == [case]
    assert desk.vault.read("SELECT question, value FROM answer WHERE value <> ''") == [("meal", "no")]


def test_a_sensitive_answer_lies_in_the_compartment_alone(desk: Office) -> None:
    own_form(desk)
    _, case = intake.complete(desk, intake.new_draft(desk), filled(desk, given="Rose", fear="la pieza de atrás"))
    assert answers(desk, case) == {}
    kept = desk.vault.file(Ref(Home.RESTRICTED, case)).all(PrivateAnswer)
    assert [(one.question, one.text) for one in kept.values()] == [("fear", "la pieza de atrás")]
    assert people.search(desk, "pieza") == []
    assert "pieza" not in str(dump(desk.vault))


@pytest.mark.parametrize("why", [Missing.REFUSED, Missing.UNKNOWN])
def test_a_set_and_a_text_remember_why_they_are_empty(desk: Office, why: Missing) -> None:
    own_form(desk)
    _, case = intake.complete(desk, intake.new_draft(desk), filled(desk, given=why, barriers=why, meal=why))
    assert {name: one.value for name, one in answers(desk, case).items()} == dict.fromkeys(
        ("given", "barriers", "meal"), why.value
    )


def test_papers_and_work_told_in_repeats_become_records(desk: Office) -> None:
    own_form(desk)
    filling = filled(desk, given="Rose")
    for addr, rows in {
        "/papers": [
            {"paper": "passport", "state": "expired", "expires": "2025-01-31", "paper_no": "P12"},
            {"paper": "run_card"},
        ],
        "/jobs": [{"job": "cocinera", "group": "5", "years": "4", "proof": "no"}],
    }.items():
        while len(filling.instances(addr)) < len(rows):
            filling.add(addr)
        for instance, row in zip(filling.instances(addr), rows, strict=True):
            for name, answer in row.items():
                filling.set(f"{instance}/{name}", answer)
    _, case = intake.complete(desk, intake.new_draft(desk), filling)
    file = desk.case(case)
    papers = sorted(file.all(HeldDocument).values(), key=lambda one: one.id)
    assert [(one.kind, one.state, one.expires, one.number) for one in papers] == [
        ("passport", DocumentState.EXPIRED, date(2025, 1, 31), "P12"),
        ("run_card", Missing.NOT_ASKED, None, ""),
    ]
    (job,) = file.all(Experience).values()
    assert (job.words, job.group, job.years, job.provable) == ("cocinera", Occupation.SERVICE_SALES, 4, False)
    assert answers(desk, case) == {}


def test_a_new_version_keeps_old_answers_and_their_words(desk: Office) -> None:
    own_form(desk)
    _, case = intake.complete(desk, intake.new_draft(desk), filled(desk, given="Rose", meal="yes"))
    draft = intake.save_draft(desk, intake.new_draft(desk), filled(desk, given="Eva", meal="yes"))
    own_form(desk, "2", "|  | meal      | yes        | Sí, comió           | Wi                 |\n", "")
    found = answers(desk, case)["meal"]
    record = desk.case(case).all(FormRecord)[found.record]
    assert (found.value, found.words, record.version) == ("yes", "Sí, comió", "1")
    kept = next(one for one in forms.loaded_versions(desk, forms.INTAKE) if one.digest == record.digest)
    assert forms.built(kept).lists["meal"].by_value["yes"].label.get("es") == "Sí, comió"
    again = intake.resume(desk, draft)
    assert again.form.version == "2"
    assert again.answer_text("/contact/meal", "es") == "Sí, comió"


def test_a_draft_follows_a_question_that_was_renamed(desk: Office) -> None:
    own_form(desk)
    draft = intake.save_draft(desk, intake.new_draft(desk), filled(desk, given="Rose", shelter="en la feria"))
    own_form(desk, "2", "|  | text                 | given    |", "|  | text                 | first    |")
    again = intake.resume(desk, draft)
    assert again.cell("/contact/first").value == "Rose"
    assert again.mapped()["person.given"] == "Rose"
    assert again.cell("/contact/shelter").value == "en la feria"


def test_a_form_comes_in_once_and_with_a_new_version_alone(desk: Office) -> None:
    own_form(desk)
    with pytest.raises(UserError, match="in use already"):
        own_form(desk)
    with pytest.raises(UserError, match="still says version"):
        own_form(desk, "1", "¿Comió hoy?", "¿Ha comido?")
    with pytest.raises(FormRefused):
        forms.load(desk, forms.INTAKE, b"| survey |\n|  | type | name |\n|  | tekst | a |\n", "md")
    with pytest.raises(UserError, match="loaded as one of"):
        forms.load(desk, "survey", OWN.format(version="1").encode(), "md")
    assert [one.version for one in forms.loaded_versions(desk, forms.INTAKE)] == ["1"]
    history.undo(desk)
    assert intake.intake_form(desk).id == "intake_santiago"


def test_a_loaded_form_is_there_after_the_next_start(desk: Office) -> None:
    own_form(desk)
    digest = intake.intake_form(desk).digest
    desk.close()
    again = unlock(desk.folder, PASSPHRASE)
    try:
        assert intake.intake_form(again).digest == digest
    finally:
        again.close()


def test_a_family_shares_what_was_told_once(desk: Office) -> None:
    forms.load(desk, forms.FAMILY, FAMILY.encode(), "md")
    filling = FormFilling(intake.intake_form(desk, intake.FAMILY))
    filling.set("/home/address", "Calle Dos 4")
    filling.set("/home/arrived", "2026-02")
    filling.set("/home/phone", "+56 9 5555 0123")
    while len(filling.instances("/members")) < 3:
        filling.add("/members")
    for number, (given, role, minor) in enumerate(
        [("Rose", "speaker", ""), ("Ana", "child", "yes"), ("Eva", "child", "no")], 1
    ):
        filling.set(f"/members[{number}]/given", given)
        filling.set(f"/members[{number}]/surname", "Désir")
        filling.set(f"/members[{number}]/role", role)
        filling.set(f"/members[{number}]/minor", minor or None)
    filling.set("/members[2]/school", "segundo básico")
    draft = intake.save_draft(desk, intake.new_draft(desk, intake.FAMILY), filling)
    assert (draft.title, draft.form) == ("Rose Désir", "family")
    before = people.count(desk)
    _, case = intake.complete(desk, draft, filling)
    assert people.count(desk) == before + 3
    rose = people.read_case(desk, case).person
    household = desk.vault.file(Ref(Home.HOUSEHOLD, rose.household))
    home = household.one(Household)
    assert home is not None
    assert (home.address, home.arrived, home.made) == ("Calle Dos 4", "2026-02", DAY)
    members = household.all(Member)
    cases = {people.read_case(desk, id).person.given: people.read_case(desk, id).person for id in members}
    assert {one.household for one in cases.values()} == {home.id}
    assert {one.address for one in cases.values()} == {"Calle Dos 4"}
    assert [cases[name].phone for name in ("Rose", "Ana", "Eva")] == ["+56 9 5555 0123", "", ""]
    assert {cases[name].given: members[cases[name].id].role for name in cases} == {
        "Rose": Role.SPEAKER,
        "Ana": Role.CHILD,
        "Eva": Role.CHILD,
    }
    assert [members[cases[name].id].guardian for name in ("Ana", "Eva")] == [case, ""]
    assert [one.text for one in answers(desk, cases["Ana"].id).values()] == ["segundo básico"]
    assert answers(desk, case) == {}
    with pytest.raises(UserError, match="is finished"):
        intake.complete(desk, draft, filling)
    history.undo(desk)
    assert people.count(desk) == before


def test_a_known_person_is_not_asked_again_and_only_changes_are_written(desk: Office) -> None:
    own_form(desk)
    _, case = intake.complete(
        desk, intake.new_draft(desk), filled(desk, given="Rose", surname="Jean", barriers=("transport",))
    )
    draft, filling = intake.begin(desk, case=case)
    assert (draft.form, draft.subject, draft.title) == (intake.COMPLETION, case, "Rose Jean")
    assert filling.cell("/contact/given").value == "Rose"
    assert filling.cell("/contact/barriers").selected == ("transport",)
    draft = intake.save_draft(desk, draft, filling)
    person = people.read_case(desk, case).person
    people.edit_person(desk, person, surname="Jean-Baptiste")  # a colleague, meanwhile
    again = intake.resume(desk, draft)
    again.set("/contact/barriers", ("transport", "health"))
    again.set("/contact/given", None)
    done, shown = intake.complete(desk, draft, again)
    found = people.read_case(desk, case).person
    assert shown == case
    assert done.op == "complete-intake"
    assert found.given == ""
    assert {str(one) for one in found.barriers} == {"transport", "health"}
    assert intake.waiting(desk) == []


def test_completing_a_case_that_is_gone_is_told(desk: Office) -> None:
    own_form(desk)
    _, case = intake.complete(desk, intake.new_draft(desk), filled(desk, given="Rose"))
    draft, filling = intake.begin(desk, case=case)
    history.undo(desk)
    with pytest.raises(UserError, match="not here any more"):
        intake.save_draft(desk, draft, filling)


def test_the_compartment_holds_what_was_told_in_private(desk: Office) -> None:
    own_form(desk, "3", "| fear     | ¿Qué teme?          | Kisa ou pè?        |         |",
             "| fear     | ¿Qué teme?          | Kisa ou pè?        | protection.orientation_words |")  # fmt: skip
    _, case = intake.complete(desk, intake.new_draft(desk), filled(desk, given="Rose", fear="lo dijo así"))
    kept = desk.vault.file(Ref(Home.RESTRICTED, case)).one(Protection)
    assert kept == Protection(id=case, kept=True, orientation_words="lo dijo así")
    assert "lo dijo" not in str(dump(desk.vault))


def test_a_version_that_only_a_newer_program_reads_keeps_nobody_waiting(desk: Office) -> None:
    own_form(desk)
    before = intake.intake_form(desk)
    newer = FormVersion(id=new_id(), name="intake", form="propia", version="9", digest="d", made=DAY, source="?")
    with desk.operation(Op.LOAD_FORM, "intake") as op:
        op.put(newer)
    assert intake.intake_form(desk).digest == before.digest
    intake.complete(desk, intake.new_draft(desk), filled(desk, given="Rose"))


def test_the_kinds_of_papers_are_those_of_every_form_the_office_used(desk: Office) -> None:
    row = "|  | paper     | passport   | Pasaporte           | Paspò              |\n"
    own_form(desk, "4", row, row + "|  | document | consular | Carnet consular | Kat konsila |\n")
    kinds = papers.kinds(desk)
    assert next(iter(kinds)) == "consular"
    assert kinds["consular"]["es"] == "Carnet consular"
    assert "run_card" in kinds, "what the city's form offers keeps its words"
