"""Invented names: first names and surnames common in a country, put together at random."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import NamedTuple

from migrant_office.services.demo.draw import Draw, falling
from migrant_office.services.demo.profile import told


class Name(NamedTuple):
    given: str
    surname: str
    second_surname: str


class Country(NamedTuple):
    """The names of one country, and how often people write a second one."""

    woman: Draw[str]
    man: Draw[str]
    surname: Draw[str]
    two_given: float
    two_surnames: float


@cache
def countries() -> dict[str, Country]:
    """By nationality (ISO alpha-2); "other" for countries that the file does not list."""
    file = told("names")
    like: dict[str, str] = file.pop("like")
    found = {
        code: Country(
            falling(t["woman"].split()),
            falling(t["man"].split()),
            falling(t["surname"].split("|")),
            t["two_given"],
            t["two_surnames"],
        )
        for code, t in file.items()
    }
    return found | {code: found[model] for code, model in like.items()}


def invented_name(rng: Random, nationality: str, *, woman: bool) -> Name:
    """A name as people of that nationality carry it. Takes the same number of draws whatever comes out."""
    country = countries().get(nationality) or countries()["other"]
    given = country.woman if woman else country.man
    first, second = given(rng), given(rng)
    surname, other = country.surname(rng), country.surname(rng)
    two_given, two_surnames = rng.random() < country.two_given, rng.random() < country.two_surnames
    compound = two_given and second != first and "-" not in first + second
    return Name(f"{first} {second}" if compound else first, surname, other if two_surnames else "")
