"""Invented people for measuring, the same ones for the same seed.

About 40 % come from Spanish-speaking South America and the Caribbean, 35 % from Haiti, 15 % from Mexico, Central
America and Chile, 10 % from elsewhere (`data/origins.txt`). They have nothing to do with anyone alive.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from random import Random

from benchmarks.again import registered_again
from benchmarks.mistakes import misspelt
from benchmarks.names import Origin, origins, unaccented
from benchmarks.someone import LATEST, SERIALS, Someone, birth, document, phone

__all__ = ["Someone", "misspelt", "people", "registered_again", "sibling"]

TWO_GIVEN = {"spanish": 0.6, "haitian": 0.3, "french": 0.2, "portuguese": 0.35}
TWO_SURNAMES = {"spanish": 0.85, "haitian": 0.03, "french": 0.02, "portuguese": 0.45}
RARE_SURNAME = {"spanish": 0.12, "haitian": 0.15, "french": 0.05, "portuguese": 0.02}
UNACCENTED, WITH_PHONE, WITH_DOCUMENT = 0.15, 0.6, 0.35
OWN_SERIALS = SERIALS // 2  # siblings' documents begin here, those of `people` end here
YEARS_BETWEEN = 14


def people(count: int, seed: int) -> Iterator[Someone]:
    """So many people, one after the other."""
    rng = Random(seed)
    chance = rng.random
    countries = _countries()
    begin = seed * 2_654_435_761
    for number in range(begin, begin + count):
        yield _somebody(rng, number % OWN_SERIALS, countries[int(chance() * len(countries))])


def sibling(someone: Someone, rng: Random) -> Someone:
    """Another person with the same surnames, of about the same age, often with the same phone."""
    _share, origin = origins()[someone.nationality]
    sex = "woman" if rng.random() < 0.5 else "man"
    given = someone.given
    while set(given.split()) & set(someone.given.split()):
        given = _given(rng, origin, sex)
    number = someone.phone if rng.random() < 0.65 else phone(rng) if rng.random() < WITH_PHONE else ""
    other = replace(someone, given=given, sex=sex, phone=number, birth=_birth_beside(someone.birth, rng), document="")
    if rng.random() < WITH_DOCUMENT:
        serial = OWN_SERIALS + rng.randrange(OWN_SERIALS)
        other = replace(other, document=document(rng, serial, other))
    return other


@cache
def _countries() -> tuple[Origin, ...]:
    """Every country as often as its share, in thousandths."""
    return tuple(origin for share, origin in origins().values() for _ in range(round(share * 10)))


def _somebody(rng: Random, serial: int, origin: Origin) -> Someone:
    chance = rng.random
    sex = "woman" if chance() < 0.5 else "man"
    given = _given(rng, origin, sex)
    surname = _surname(rng, origin)
    second = _surname(rng, origin) if chance() < TWO_SURNAMES[origin.habit] else ""
    if chance() < UNACCENTED:
        given, surname, second = unaccented(given), unaccented(surname), unaccented(second)
    number = phone(rng) if chance() < WITH_PHONE else ""
    who = Someone(given, surname, second, birth(rng), sex, origin.country, number, "")
    if chance() < WITH_DOCUMENT:
        paper = document(rng, serial, who)
        return Someone(given, surname, second, who.birth, sex, origin.country, number, paper)
    return who


def _given(rng: Random, origin: Origin, sex: str) -> str:
    """One given name or two different ones."""
    chance = rng.random
    if sex == "woman":
        known, invented = origin.women, origin.invented_women
    else:
        known, invented = origin.men, origin.invented_men
    share = origin.invented
    first = (invented if chance() < share else known).draw(chance())
    if chance() >= TWO_GIVEN[origin.habit] or " " in first:
        return first
    second = (invented if chance() < share else known).draw(chance())
    return first if second in first or first in second or " " in second else f"{first} {second}"


def _surname(rng: Random, origin: Origin) -> str:
    chance = rng.random
    return (origin.rare if chance() < RARE_SURNAME[origin.habit] else origin.surnames).draw(chance())


def _birth_beside(day: str, rng: Random) -> str:
    """The birth of a brother or sister; one in twenty is a twin's."""
    if not day or rng.random() < 0.05:
        return day
    own = birth(rng)
    if not own:
        return ""
    away = rng.choice((-1, 1)) * rng.randint(1, YEARS_BETWEEN)
    year = min(int(day[:4]) + away, LATEST - 1)
    return f"{year}{own[4:]}" if own[5:] != "02-29" else f"{year}-02-28"
