"""Names: any is accepted, particles stay small, two surnames come apart only where they can."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office.models.identity.names import kept_name, two_surnames, written_name


@pytest.mark.parametrize(
    ("capitals", "written"),
    [
        ("MARIA DE LOS ANGELES", "Maria de los Angeles"),
        ("DE LA CRUZ SOTO", "de la Cruz Soto"),
        ("JEAN BAPTISTE", "Jean Baptiste"),
        ("NUNXXEZ", "Nuñez"),
        ("GUXXIRALDES", "Güiraldes"),
        ("X", "X"),
        ("", ""),
    ],
)
def test_capitals_become_a_name(capitals: str, written: str) -> None:
    assert written_name(capitals) == written


@pytest.mark.parametrize(
    ("surnames", "split"),
    [
        ("Soto Vera", ("Soto", "Vera")),
        ("de la Cruz Soto", ("de la Cruz", "Soto")),
        ("Soto de la Cruz", ("Soto", "de la Cruz")),
        ("Ortega y Gasset", ("Ortega", "Gasset")),
        ("Soto", ("Soto", "")),
        ("de la", ("de la", "")),
        ("Soto y", ("Soto", "y")),
        ("Castro da Silva Rojas", ("Castro", "da Silva Rojas")),
        ("", ("", "")),
    ],
)
def test_two_surnames(surnames: str, split: tuple[str, str]) -> None:
    assert two_surnames(surnames) == split


@given(st.text("ABC de la y", max_size=40))
def test_nothing_of_a_surname_is_lost_but_its_y(surnames: str) -> None:
    one, other = two_surnames(surnames)
    assert [w for w in f"{one} {other}".split() if w != "y"] == [w for w in surnames.split() if w != "y"]


@pytest.mark.parametrize("name", ["A", "Ó", "Jwèn", "محمد", "אברהם", "李", "O'Higgins", "N" * 3_000, "Nuño-Paz"])
def test_every_name_is_kept(name: str) -> None:
    assert kept_name(f" {name} ") == name


@given(st.text(max_size=80))
def test_a_name_is_kept_composed_and_twice_the_same(text: str) -> None:
    kept = kept_name(text)
    assert unicodedata.is_normalized("NFC", kept)
    assert kept_name(kept) == kept
    assert kept_name(unicodedata.normalize("NFD", text)) == kept
