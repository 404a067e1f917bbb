"""The slip that the institution sends back: five answers, the code for eye and scanner, and nobody's name."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migrant_office.errors import UserError
from migrant_office.models.sheet import Paper, SheetDefinition
from migrant_office.services.sheets import calendar_code, stub
from migrant_office.services.sheets.definition import lacking, load_definition
from tests.services.sheets.telephone import codes_read
from tests.services.sheets.test_referral import CDMX, DUE, FULL, SANTIAGO, SPARSE, letters, pages, pdf

CODE = "K7X-3F9-D2M4"
DATA = replace(FULL, slip=CODE, made_on=FULL.printed_on)


def last(content: bytes) -> str:
    return " ".join(pages(content)[-1].replace("\u2011", "-").split())


@pytest.mark.parametrize(
    ("definition", "title"),
    [(SANTIAGO, "Talón de contraderivación"), (CDMX, "Talón de respuesta a la canalización")],
    ids=["santiago", "cdmx"],
)
def test_five_answers_with_who_when_and_how_to_send_it_back(definition: SheetDefinition, title: str):
    text = last(pdf(DATA, definition=definition))
    for said in (
        (title, CODE, "Recorte aquí", "Aceptada. Se espera a la persona el día", "No aceptada. Motivo:"),
        ("la persona no quiso", "espera demasiado larga", "no cumple un requisito", "no corresponde"),
        ("sin cupo", "falta un documento:", "el servicio cerró o cambió", "otro:"),
        ("Asistió el día", "No asistió", "Concluida. Resultado:", "Nombre:", "Cargo:", "Fecha:"),
        ("en mano, con la persona; o por teléfono", "Oficina de Migrantes", "+56 2 0000 0123"),
        (DATA.service.name, "28 de octubre de 2026"),
    ):
        for piece in said:
            assert piece in text


def test_her_part_is_in_both_languages_and_says_the_code():
    text = last(pdf(DATA))
    assert "Entregue la parte de abajo" in text
    assert "Bay moun ki resevwa ou pati anba a." in text
    assert text.count(CODE) == 4  # the header, both columns, and in large letters


def test_nothing_on_it_is_about_the_person():
    text = last(pdf(replace(DATA, officer="Carolina", desk="4")))
    for piece in ("Marie", "Jean-Baptiste", "Carolina", "Cédula"):
        assert piece not in text


def test_without_a_phone_of_the_office_there_is_a_line_to_write_it_on():
    assert "por teléfono a Oficina de Migrantes, ____" in last(pdf(replace(DATA, office_contact="")))


def test_the_scanner_reads_the_code_and_nothing_else(monkeypatch: pytest.MonkeyPatch):
    asked: list[str] = []

    def coded(text: str) -> calendar_code.Matrix:
        asked.append(text)
        return calendar_code.qr_matrix(text)

    monkeypatch.setattr(stub, "qr_matrix", coded)
    pdf(DATA)
    assert asked == ["K7X3F9D2M4"]


@pytest.mark.parametrize("black", [False, True], ids=["grey", "black"])
@pytest.mark.parametrize("paper", Paper)
def test_a_telephone_reads_it_from_the_paper(paper: Paper, black: bool):
    assert codes_read(pdf(DATA, paper), -1, 150, black=black) == ["K7X3F9D2M4"]


def test_a_sheet_without_a_code_has_no_slip():
    assert "Recorte aquí" not in " ".join(pages(pdf(SPARSE)))


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("data", [DATA, replace(DUE, slip=CODE)], ids=["full", "due"])
def test_its_text_is_never_under_eleven_points(data: object, paper: Paper):
    content = pdf(data, paper)  # type: ignore[arg-type]
    page = len(pages(content)) - 1
    body = [(letter, size) for number, letter, size, box in letters(content) if number == page and box[1] > 60]
    small = "".join(letter for letter, size in body if size < 10.99)
    for piece in ("Aceptada", "requisito", "Resultado", "Nombre", "devolverlo", "Pidaquelallenen"):
        assert piece not in small


@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.tuples(*[st.text(max_size=300) | st.text(alphabet="WÑ", min_size=60, max_size=300)] * 4), st.sampled_from(Paper)
)
def test_whatever_is_typed_it_fits(texts: tuple[str, str, str, str], paper: Paper):
    office, contact, name, institution = texts
    service = replace(DATA.service, name=name, institution=institution, documents=None, steps=None)
    content = pdf(replace(DATA, office=office, office_contact=contact, service=service), paper)
    page = len(pages(content)) - 1
    width, height = (side / 25.4 * 72 for side in paper.value)
    for number, _, size, (left, bottom, right, top) in letters(content):
        if number == page:
            assert 36 < left <= right < width - 36
            assert 24 < bottom <= top < height - 24
            assert bottom > 55 or size < 10


def test_a_wording_that_lacks_a_row_is_refused():
    whole = load_definition("santiago", "stub")
    lacking(whole)
    with pytest.raises(UserError, match="lacks the row"):
        lacking(replace(whole, rows=tuple(row for row in whole.rows if row.key != "return")))
