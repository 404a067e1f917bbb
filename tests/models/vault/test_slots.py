"""Passphrases and the recovery code."""

from __future__ import annotations

import inspect
import json
import unicodedata
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office.errors import NewerOffice, NotAllowed, NotAnOffice, WrongPassphrase
from migrant_office.models.vault import slots
from tests.factories import CHEAP

KEYS = slots.new_keys()
CODE = slots.recovery_code()
PASSPHRASE = slots.new_slot("o", KEYS, "Ñandú 12", officer="1", cost=CHEAP)
RECOVERY = slots.new_slot("o", KEYS, CODE, kind="recovery", officer="1", cost=CHEAP)
BOTH = [PASSPHRASE, RECOVERY]


def test_each_way_opens_the_same_keys() -> None:
    assert slots.opened("o", BOTH, "Ñandú 12") == (KEYS, PASSPHRASE)
    assert slots.opened("o", BOTH, CODE) == (KEYS, RECOVERY)


@pytest.mark.parametrize("typed", ["ñandú 12", "Ñandú12", "", " Ñandú 12", "Nandu 12", "half a code", "\ud800"])
def test_anything_else_opens_nothing(typed: str) -> None:
    typed = CODE[:-1] if typed == "half a code" else typed  # random: not in the name of a test
    with pytest.raises(WrongPassphrase):
        slots.opened("o", BOTH, typed)
    with pytest.raises(WrongPassphrase):
        slots.opened("o", [], typed)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_an_accent_opens_from_every_keyboard(form: Any) -> None:
    assert slots.opened("o", BOTH, unicodedata.normalize(form, "Ñandú 12"))[0] == KEYS
    made = slots.new_slot("o", KEYS, unicodedata.normalize(form, "año"), cost=CHEAP)
    assert slots.opened("o", [made], "año")[0] == KEYS


MANGLED = st.tuples(
    st.sampled_from(["-", " ", "", " - ", "\n", "."]),
    st.sampled_from([str.upper, str.lower, str.title]),
    st.sampled_from([("O", "0"), ("I", "1"), ("B", "8"), ("A", "A")]),
)


@given(mangled=MANGLED)
def test_the_recovery_code_opens_however_it_is_typed(mangled: Any) -> None:
    between, case, (letter, mistaken) = mangled
    typed = case(f" {CODE} ".replace("-", between).replace(letter, mistaken))
    assert slots.opened("o", [RECOVERY], typed)[0] == KEYS


def test_a_recovery_code_holds_160_bits_and_is_never_the_same() -> None:
    codes = {slots.recovery_code() for _ in range(50)}
    assert len(codes) == 50
    assert all(len(c.replace("-", "")) == 32 and slots.normal_code(c) == c for c in codes)


def test_a_passphrase_is_taken_as_it_is_and_not_as_a_code() -> None:
    made = slots.new_slot("o", KEYS, "abcd-0188", cost=CHEAP)
    with pytest.raises(WrongPassphrase):
        slots.opened("o", [made], "ABCD-OIBB")


@pytest.mark.parametrize(
    "change",
    [{"memory": 64}, {"passes": 2}, {"lanes": 2}, {"officer": "2"}, {"label": "x"}, {"kind": "recovery"},
     {"id": "other"}, {"salt": slots.b64(bytes(16))}, {"wrapped": RECOVERY.wrapped}, {"wrapped": ""}],
)  # fmt: skip
def test_a_slot_that_was_tampered_with_opens_nothing(change: dict[str, Any]) -> None:
    with pytest.raises(WrongPassphrase):
        slots.opened("o", [replace(PASSPHRASE, **change)], "Ñandú 12")


def test_a_slot_of_another_office_opens_nothing() -> None:
    with pytest.raises(WrongPassphrase):
        slots.opened("other", BOTH, "Ñandú 12")


def test_the_last_passphrase_cannot_be_removed() -> None:
    for left in ([], [RECOVERY]):
        with pytest.raises(NotAllowed):
            slots.to_json("o", left)


def test_the_file_comes_back_as_it_was_written_and_holds_no_key() -> None:
    text = slots.to_json("o", BOTH)
    assert slots.from_json(text) == ("o", BOTH)
    for secret in (KEYS.data, KEYS.compartment or b"", CODE.encode(), "Ñandú".encode()):
        assert secret not in text
        assert secret.hex().encode() not in text
        assert slots.b64(secret).encode() not in text


def changed(**told: Any) -> bytes:
    whole = json.loads(slots.to_json("o", BOTH))
    whole["slots"][0] |= told
    return json.dumps(whole).encode()


HEAD = b'{"format": 1, "office": "o"'
OUT_OF_BOUNDS: list[dict[str, Any]] = [
    {"memory": 0},
    {"memory": 2**40},
    {"memory": "x"},
    {"passes": 10**9},
    {"lanes": 0},
]
NO_TEXT: list[dict[str, Any]] = [{"salt": ""}, {"salt": "!"}, {"salt": 5}, {"wrapped": None}, {"wrapped": "a"}]
BROKEN: list[dict[str, Any]] = [{"unknown": 1}, {"memory": None}, *OUT_OF_BOUNDS, *NO_TEXT]
NONE = [b"", b"{", b"[]", b"5", b"null", b"\xff\xfe", b"[" * 100_000, HEAD + b"}", HEAD + b', "slots": 5}']


@pytest.mark.parametrize(
    "text", [*NONE, b'{"format": "1", "office": "o", "slots": []}', *(changed(**b) for b in BROKEN)]
)
def test_a_key_file_that_is_none_says_so(text: bytes) -> None:
    with pytest.raises(NotAnOffice):
        slots.from_json(text)


def test_a_key_file_of_a_newer_program_says_so() -> None:
    with pytest.raises(NewerOffice):
        slots.from_json(b'{"format": 2, "everything": "else"}')


def test_a_new_slot_costs_what_the_decision_says() -> None:
    assert slots.STRONG == (128 * 1024, 3, 2)
    assert inspect.signature(slots.new_slot).parameters["cost"].default == slots.STRONG
