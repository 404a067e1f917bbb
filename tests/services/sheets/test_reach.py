"""The hours that an office typed in Spanish, in the column of who reads no Spanish."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office.i18n import Translator
from migrant_office.services.sheets.reach import said_in


@pytest.mark.parametrize(
    ("typed", "ht", "en"),
    [
        ("lunes a viernes, 9:00 a 14:00", "lendi rive vandredi, 9:00 rive 14:00", "Monday to Friday, 9:00 to 14:00"),
        (
            "Lunes a viernes de 9:00 a 14:00 hrs",
            "Lendi rive vandredi, 9:00 rive 14:00",
            "Monday to Friday, 9:00 to 14:00",
        ),
        ("miercoles y sábado 9 a 13", "mèkredi ak samdi 9 rive 13", "Wednesday and Saturday 9 to 13"),
        ("de martes a jueves, 9.00-17.00", "madi rive jedi, 9.00-17.00", "Tuesday to Thursday, 9.00-17.00"),
    ],
)
def test_days_and_times_are_said_in_the_language_of_the_column(typed: str, ht: str, en: str) -> None:
    assert said_in(f"+56 2 0000 0123; {typed}", Translator("ht_CL")) == f"+56 2 0000 0123; {ht}"
    assert said_in(typed, Translator("en")) == en
    assert said_in(typed, Translator("es_CL")) == typed


@pytest.mark.parametrize(
    "typed",
    [
        "800 000 000",
        "Calle 5 a 3 cuadras",
        "lunes a viernes, salvo feriados",
        "oficina@ejemplo.cl",
        "pregunte el lunes",
        "",
    ],
)
def test_what_is_more_than_days_and_times_stays_as_it_was_written(typed: str) -> None:
    assert said_in(typed, Translator("ht")) == typed


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=60))
def test_any_text_is_taken_and_its_figures_stay(typed: str) -> None:
    figures = [letter for letter in typed if letter.isdigit()]
    assert [letter for letter in said_in(typed, Translator("ht")) if letter.isdigit()] == figures
