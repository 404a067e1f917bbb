"""The catalogue's free Spanish cut into items, and looked up."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office.services.sheets.definition import load_definition
from migrant_office.services.sheets.phrases import (
    Phrases,
    fold,
    institution_of,
    split_contact,
    split_documents,
    split_steps,
)

PHRASES = Phrases(load_definition("santiago").phrases)


@pytest.mark.parametrize(
    ("kind", "words", "creole"),
    [
        ("area", "empleo", "Chèche travay"),
        ("area", "Empleo", "Chèche travay"),
        ("area", "6. Salud", "Swen sante"),
        ("area", "2. Capacitación, Certificación y Educación", "Aprann epi jwenn yon sètifika"),
        ("document", "Cédula (RUN)", "Kat idantite"),
        ("document", "certificado de nacimiento", "Batistè"),
        ("document", "Comprobante de domicilio.", "Prèv adrès"),
    ],
)
def test_usual_words_have_a_translation(kind: str, words: str, creole: str):
    row = PHRASES.find(kind, words)
    assert row is not None
    assert row.ht == creole


def test_other_words_have_none():
    assert PHRASES.find("document", "cartola hogar") is None
    assert PHRASES.find("document", "") is None
    assert PHRASES.find("step", "empleo") is None


def test_the_title_of_help_against_violence_does_not_name_violence():
    row = PHRASES.find("area", "Violencia de género")
    assert row is not None
    assert "violencia" not in row.es.casefold()
    assert "vyolans" not in row.ht.casefold()


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("", None),
        ("por confirmar con la institución", None),
        ("por confirmar con la institución (documento de identidad)", None),
        ("no dicho en la fuente; por confirmar con la institución", None),
        ("ninguno dicho", None),
        ("ninguno", ()),
        ("ninguno para consultar", ()),
        ("ninguno nuevo", ()),
        ("Cédula (RUN), RSH, cotizaciones al día", ("Cédula (RUN)", "RSH", "Cotizaciones al día")),
        ("Formulario; prueba (contrato, cuenta)", ("Formulario", "Prueba (contrato, cuenta)")),
        ("Cédula (práctica de otra OMIL)", ("Cédula",)),
        ("ninguno; datos básicos", ("Datos básicos",)),
        ("Cédula; por confirmar con la institución", ("Cédula", "Por confirmar con la institución")),
    ],
)
def test_documents(text: str, items: tuple[str, ...] | None):
    assert split_documents(text) == items


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("", None),
        ("por confirmar con la institución", None),
        ("Llamar", ("Llamar",)),
        ("1) ir a la OMIL 2) registro 3) apresto y vacantes", ("Ir a la OMIL", "Registro", "Apresto y vacantes")),
        ("1) uno (a) 2) dos", ("Uno (a)", "Dos")),
    ],
)
def test_steps(text: str, items: tuple[str, ...] | None):
    assert split_steps(text) == items


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Calle Una 130, piso 8; 600 000 000; ejemplo.cl", ("Calle Una 130, piso 8", "600 000 000; ejemplo.cl")),
        ("Calle 10 No. 167, Barrio; 55 0000", ("Calle 10 No. 167, Barrio", "55 0000")),
        ("600 450 4000, lunes a viernes 09:00-17:00", ("", "600 450 4000, lunes a viernes 09:00-17:00")),
        ("*765; 55 5658 1111 opción 1", ("", "*765; 55 5658 1111 opción 1")),
        ("por confirmar con la institución; Aló 800 20", ("", "Aló 800 20")),
        ("ver mx-comar", ("", "")),
        ("ejemplo.cl; dirección por confirmar con la institución", ("", "ejemplo.cl")),
    ],
)
def test_contacts(text: str, parts: tuple[str, str]):
    assert split_contact(text) == parts


@given(st.text(alphabet="abcdñé ,;()", max_size=60))
def test_no_word_of_a_list_is_lost(text: str):
    items = split_documents(text)
    letters = re.findall(r"[a-zñé]+", text)
    assert re.findall(r"[a-zñé]+", " ".join(items or ()).lower()) == letters


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str):
    assert fold(fold(text).upper()) == fold(fold(text))


@pytest.mark.parametrize(
    ("owner", "said"),
    [
        ("SIBISO (desde 2024-25 la prensa habla de otra secretaría); padrón digital anunciado en 2025", "SIBISO"),
        ("Municipalidad de Santiago (Dirección de Desarrollo Comunitario)",) * 2,
        ("", ""),
    ],
)
def test_an_institution_is_named_without_the_notes_of_who_wrote_the_catalogue(owner: str, said: str):
    assert institution_of(owner) == said
