"""Codes of slips: every wrong symbol and every swap of neighbours is found, proved over all of them."""

from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office.models import slip
from migrant_office.models.slip import DIGITS, LENGTH, LETTERS, OLD_SYMBOLS, SYMBOLS, Reading

OFFICE = "0190a1b2c3d4e5f60718293a4b5c6d7e"
IDS = st.uuids(version=4).map(lambda id: id.hex)


def test_the_check_is_over_a_prime_number_of_symbols():
    assert len(set(SYMBOLS)) == len(SYMBOLS) == 23
    assert not set(SYMBOLS) & set("AEIOU"), "no word comes out"
    assert not set(SYMBOLS) & set("OQILSZB"), "nothing that is mistaken for a digit"


def test_every_wrong_symbol_is_found_at_every_place():
    """Over all pairs of symbols and all places: the check is linear, so what stands elsewhere does not matter."""
    for ground in ("0" * (LENGTH - 1), "K7X3F9D2M", "YXTRPNMKJ"):
        code = slip.checked(ground)
        for place, symbol in product(range(LENGTH), SYMBOLS):
            other = code[:place] + symbol + code[place + 1 :]
            assert slip.is_valid(other) is (other == code)


def test_every_swap_of_neighbours_is_found_at_every_place():
    """Every pair of different symbols at every place, the check symbol among them."""
    for place, one, other in product(range(LENGTH - 2), SYMBOLS, SYMBOLS):
        code = slip.checked(("4" * place + one + other + "C" * LENGTH)[: LENGTH - 1])
        assert slip.is_valid(code)
        swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        assert slip.is_valid(swapped) is (swapped == code)
    for last, ground in product(SYMBOLS, SYMBOLS):
        code = slip.checked(f"C3{ground * 6}{last}")
        swapped = code[:-2] + code[-1] + code[-2]
        assert slip.is_valid(swapped) is (swapped == code)


@given(st.text(SYMBOLS, min_size=LENGTH - 1, max_size=LENGTH - 1), st.data())
def test_any_code_with_one_slip_of_the_hand_is_refused(body: str, data: st.DataObject):
    code = slip.checked(body)
    place = data.draw(st.integers(0, LENGTH - 1))
    wrong = code[:place] + data.draw(st.sampled_from(SYMBOLS)) + code[place + 1 :]
    next_place = data.draw(st.integers(0, LENGTH - 2))
    swapped = code[:next_place] + code[next_place + 1] + code[next_place] + code[next_place + 2 :]
    for other in (wrong, swapped):
        assert slip.is_valid(other) is (other == code)


@given(IDS, IDS)
def test_a_code_says_its_office_and_is_read_however_it_is_typed(office: str, referral: str):
    code = slip.new_code(office, referral)
    assert len(code) == LENGTH
    assert set(code) <= set(SYMBOLS)
    assert code.startswith(slip.office_tag(office))
    assert code[0] in LETTERS
    assert code[1] in DIGITS
    shown = slip.grouped(code)
    assert re.fullmatch(r"\w{3}-\w{3}-\w{4}", shown)
    confused = code.translate(str.maketrans("01528", "OISZB"))
    for typed in (code, shown, shown.lower(), f"  {shown.replace('-', ' ')} ", shown.replace("-", "'"), confused):
        assert slip.read(typed, office) == (Reading.SLIP, code)
        assert slip.may_be_slip(typed)
    assert slip.new_code(office, referral, 1) != code


def test_a_slip_of_another_office_is_known_as_one():
    others = [
        office for office in (f"{n:032x}" for n in range(400)) if slip.office_tag(office) != slip.office_tag(OFFICE)
    ]
    assert len({slip.office_tag(office) for office in others}) > 100
    for office in others:
        code = slip.new_code(office, "r")
        assert slip.read(code, OFFICE) == (Reading.OTHER, code)


@pytest.mark.parametrize(
    ("typed", "reading"),
    [
        ("", Reading.NONE),
        ("   ", Reading.NONE),
        ("K7X-3F9-D2", Reading.OLD if set("K7X3F9D2") <= OLD_SYMBOLS else Reading.NONE),
        ("K7X-3F9-D2MM7", Reading.NONE),
        ("K7X-3F9-D2GÑ", Reading.NONE),
        ("AC3K 79QT", Reading.OLD),
        ("ac3k-79qt", Reading.OLD),
    ],
)
def test_what_is_no_code_is_told_from_an_old_one(typed: str, reading: Reading):
    assert slip.read(typed, OFFICE)[0] is reading


def test_a_wrong_symbol_is_wrong_before_it_is_of_another_office():
    code = slip.new_code(OFFICE, "r")
    wrong = ("C" if code[0] != "C" else "D") + code[1:]
    assert slip.read(wrong, OFFICE)[0] is Reading.WRONG


@pytest.mark.parametrize(
    "text", ["5512345678", "+56 9 5555 0101", "SC-3F2-00417", "CM-3F2-00417", "Wilner Jean", "", "12345678-5"]
)
def test_a_phone_a_folio_and_a_name_are_no_slips(text: str):
    assert not slip.may_be_slip(text)


@given(st.text())
def test_anything_may_be_typed(text: str):
    reading, code = slip.read(text, OFFICE)
    assert (reading is Reading.NONE) is (code == "")
