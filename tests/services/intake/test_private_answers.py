"""What is sensitive stands in the compartment alone, also when it fits no question or echoes in another."""

from __future__ import annotations

import json

import pytest

from migrant_office.models.attachment import to_json
from migrant_office.models.missing import Missing
from migrant_office.models.office import Office
from migrant_office.models.reads.tables import dump
from migrant_office.models.vault.nouns import Home, Ref
from migrant_office.services import attachments, history, intake, people
from migrant_office.services import office_forms as forms
from tests.services.intake.an_own_form import blank, finished, load, reserved, said

OWN_LIST = """
| settings |
|  | form_title | form_id | version | default_language |
|  | Otra       | otra    | 1       | Español (es)     |
| survey |
|  | type | name | label::Español (es) |
|  | text | given | Nombre |
|  | select_one_from_file oficios.csv | trade | Oficio de las personas |
"""
BIRTH = "if(${age} != '', date(today() - ${age} * 365), '')"


def outside(office: Office, case: str) -> str:
    """All that somebody without the key of the compartment can read of a case."""
    return said(office, case) + str(dump(office.vault))


@pytest.mark.parametrize(
    ("row", "typed"),
    [
        ("integer | secret | S | | yes", "no sabe cuantas"),
        ("integer | secret | S | person.children | yes", "no sabe cuantas"),
        ("integer | age | Edad | | yes", "unos treinta y algo"),
        ("select_one orient | orientation | O |", "no sabe cuantas"),
        ("select_one orient | orientation | O |", "a"),
        ("select_one orient | orientation | O |", Missing.REFUSED),
        ("text | orientation_words | O |", "no sabe cuantas"),
        ("text | orientation_words | O |", Missing.UNKNOWN),
    ],
)
def test_a_sensitive_answer_is_nowhere_else(desk: Office, row: str, typed: str) -> None:
    birth = f"calculate | birth | | person.birth | | | {BIRTH}"
    load(desk, "text | given | N |", row, *([birth] if "age" in row else []))
    name = row.split(" | ")[1]
    case = finished(desk, {"/given": "Rose", f"/{name}": typed})
    words = {"a": "Palabra reservada"}.get(typed, typed)
    assert words not in outside(desk, case)
    assert f'"{name}' not in said(desk, case)
    assert typed in reserved(desk, [case])


def test_a_question_that_repeats_a_sensitive_answer_is_as_sensitive(desk: Office) -> None:
    load(desk, "text | given | N |", "text | secret | S | | yes", "calculate | echo | | | | | concat(${secret}, '!')",
         "text | more | ¿Más de ${echo}? |", "text | plain | ¿${given}? |")  # fmt: skip
    case = finished(desk, {"/given": "Rose", "/secret": "el río", "/more": "sí", "/plain": "no"})
    assert "el río" not in outside(desk, case)
    assert "¿Más de el río!?" in reserved(desk, [case])
    assert "¿Rose?" in said(desk, case)


def test_a_sign_in_the_block_of_a_member_takes_the_name_off_the_list_of_drafts(desk: Office) -> None:
    load(desk, "begin_repeat | members | M | household.member", "text | given | N | person.given",
         "select_multiple sign | signs | S | protection.signs", "end_repeat | | |", name="family")  # fmt: skip
    told = {"/members[1]/given": "Rose", "/members[2]/given": "Ana"}
    draft = intake.new_draft(desk, intake.FAMILY)
    assert intake.save_draft(desk, draft, blank(desk, told, use="family")).title == "Rose"
    marked = blank(desk, told | {"/members[2]/signs": ("danger",)}, use="family")
    assert intake.save_draft(desk, draft, marked).title == ""


def test_only_the_lists_that_a_form_names_come_in_with_it(desk: Office) -> None:
    survey = OWN_LIST.encode()
    files = {"oficios.csv": b"name,label\nbaker,Panadera\n", "personas.csv": "nombre\nSoledad Ibáñez\n".encode()}
    forms.load(desk, forms.INTAKE, survey, "md", files)
    (version,) = forms.loaded_versions(desk, forms.INTAKE)
    assert set(version.files or {}) == {"oficios.csv"}
    assert "Soledad" not in str(desk.vault.file(Ref(Home.FORM, forms.INTAKE)).cells)
    assert [choice.value for choice in blank(desk).choices("/trade")] == ["baker"]


def test_what_was_told_in_private_is_undone_and_done_again_with_the_rest(desk: Office) -> None:
    load(desk, "text | given | N |", "select_multiple sign | signs | S |", "text | secret | S | | yes")
    case = finished(desk, {"/given": "Rose", "/signs": ("danger",), "/secret": "eso"})
    kept = reserved(desk, [case])
    assert "eso" in kept
    history.undo(desk)
    assert "eso" not in reserved(desk, [case])
    history.redo(desk)
    assert json.loads(reserved(desk, [case])) == json.loads(kept)
    draft, filling = intake.begin(desk, case=case)
    filling.set("/signs", ("danger",))
    intake.complete(desk, draft, filling)
    history.undo(desk)
    assert people.read_case(desk, case).person.restricted


def test_the_name_of_a_sensitive_file_is_nowhere_else(desk: Office) -> None:
    load(desk, "text | given | N |", "file | proof | Carta | | yes")
    file = attachments.keep(desk, b"%PDF-1.4 x", "informe delicado.pdf")
    filling = blank(desk, {"/given": "Rose", "/proof": file.id})
    beside = {intake.ATTACHMENTS: {file.id: to_json(file)}}
    _, case = intake.complete(desk, intake.new_draft(desk), filling, beside)
    assert attachments.read(desk, case, file.id) == b"%PDF-1.4 x"
    assert "delicado" not in outside(desk, case)
    assert "proof" not in outside(desk, case)
    assert file.id in reserved(desk, [case])
