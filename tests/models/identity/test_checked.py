"""Numbers: the usual form when all is well, as typed with a sentence when not; nothing is ever refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.mx import curp

from migrant_office.models.identity.births import birth_doubt
from migrant_office.models.identity.checked import WRONG_DIGIT, checked_curp, checked_phone, checked_run


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("12345678-5", "12.345.678-5"),
        ("12.345.678-5", "12.345.678-5"),
        (" RUN: 12 345 678 5 ", "12.345.678-5"),
        ("１２３４５６７８５", "12.345.678-5"),
        ("100.123.456-7", "100.123.456-7"),
        ("1000005-k", "1.000.005-K"),
        ("", ""),
    ],
)
def test_a_run_in_its_usual_form(typed: str, kept: str) -> None:
    assert (checked_run(typed).text, checked_run(typed).ok) == (kept, True)


@given(st.integers(100_000, 999_999_999), st.sampled_from("0123456789K"))
def test_of_eleven_last_digits_one_is_right(figures: int, last: str) -> None:
    right = [d for d in "0123456789K" if checked_run(f"{figures}-{d}").ok]
    assert len(right) == 1
    told = checked_run(f"{figures}-{last}")
    assert told.sentence == ("" if last in right else WRONG_DIGIT)


@given(st.text(max_size=40), st.sampled_from(["CL", "MX", "HT", ""]))
def test_a_doubtful_number_is_kept_as_typed(text: str, country: str) -> None:
    for told in (checked_run(text), checked_curp(text), checked_phone(text, country)):
        assert told.ok is not bool(told.sentence)
        assert told.ok or told.text == text


def made(start: str) -> str:
    return start + curp.calc_check_digit(start + "0")


@pytest.mark.parametrize(
    ("start", "birth", "sex", "state"),
    [
        ("BOXW310820HNERXN0", date(1931, 8, 20), "M", "NE"),
        ("PELM050229MDFRXRA", None, "F", "DF"),
        ("PELM040229MDFRXRA", date(2004, 2, 29), "F", "DF"),
        ("PELM040229XJCRXRA", date(2004, 2, 29), "X", "JC"),
    ],
)
def test_what_a_curp_says(start: str, birth: date | None, sex: str, state: str) -> None:
    told = checked_curp(made(start).lower())
    assert (told.birth, told.sex, told.state) == (birth, sex, state)
    assert told.ok is (birth is not None)


def test_a_curp_with_a_wrong_digit_still_says_it() -> None:
    told = checked_curp("BOXW310820HNERXN08")
    assert (told.ok, told.sentence, told.birth) == (False, WRONG_DIGIT, date(1931, 8, 20))


def test_a_curp_of_no_state() -> None:
    told = checked_curp(made("BOXW310820HXXRXN0"))
    assert (told.ok, told.state) == (False, "")


@pytest.mark.parametrize(
    ("typed", "country", "kept"),
    [
        ("987654321", "CL", "+56 9 8765 4321"),
        ("+56 (9) 8765-4321", "MX", "+56 9 8765 4321"),
        ("55 1234 5678", "MX", "+52 55 1234 5678"),
        ("+52 1 55 1234 5678", "CL", "+52 55 1234 5678"),
        ("044 55 1234 5678", "MX", "+52 55 1234 5678"),
        ("+509 34 12 3456", "CL", "+509 34 12 3456"),
    ],
)
def test_a_phone_in_international_form(typed: str, country: str, kept: str) -> None:
    told = checked_phone(typed, country)
    assert (told.text, told.ok) == (kept, True)


@pytest.mark.parametrize("typed", ["9 8765 4321 preguntar por la hermana", "casa: 22 345 6789"])
def test_words_around_a_phone_stay(typed: str) -> None:
    assert checked_phone(typed, "CL").text == typed
    assert checked_phone(typed, "CL").ok


@pytest.mark.parametrize("typed", ["123", "+", "no tiene", "9 8765 432", "0" * 200])
def test_what_is_no_phone_is_doubted(typed: str) -> None:
    assert not checked_phone(typed, "CL").ok


def test_a_birth_to_come_or_long_ago_is_doubted() -> None:
    today = date(2026, 11, 25)
    strange = [date(2026, 11, 26), date(1905, 11, 25), date(1896, 1, 1)]
    assert [bool(birth_doubt(day, today)) for day in strange] == [True] * 3
    assert [birth_doubt(day, today) for day in (today, date(1906, 11, 25), date(1990, 5, 5))] == [""] * 3
