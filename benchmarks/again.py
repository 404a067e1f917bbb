"""The same person written a second time, by another officer on another day."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from random import Random

from benchmarks.mistakes import misspelt
from benchmarks.names import unaccented
from benchmarks.someone import LATEST, Someone, phone

Change = Callable[[Someone, Random], Someone]


def registered_again(someone: Someone, rng: Random) -> Someone:
    """The person with one to three differences."""
    left = rng.randint(1, 3)
    second = someone
    order = sorted(CHANGES, key=lambda change: -(rng.random() ** (1 / CHANGES[change])))
    for change in order:
        changed = change(second, rng)
        if changed != second:
            second = changed
            left -= 1
        if left == 0:
            break
    return second


def _misspelt(who: Someone, rng: Random) -> Someone:
    """One part of the name with an error or two, by the keys or by the sound."""
    fields = [field for field in ("given", "surname", "second_surname") if getattr(who, field)]
    field = rng.choice(fields)
    errors = 1 if rng.random() < 0.85 else 2
    return replace(who, **{field: misspelt(getattr(who, field), rng, errors, "any")})


def _without_accents(who: Someone, _rng: Random) -> Someone:
    given, surname, second = map(unaccented, (who.given, who.surname, who.second_surname))
    return replace(who, given=given, surname=surname, second_surname=second)


def _second_surname(who: Someone, rng: Random) -> Someone:
    """The second surname left out, or written first."""
    if not who.second_surname:
        return who
    if rng.random() < 0.75:
        return replace(who, second_surname="")
    return replace(who, surname=who.second_surname, second_surname=who.surname)


def _one_given_name(who: Someone, rng: Random) -> Someone:
    """One of two given names left out, mostly the second."""
    names = who.given.split()
    if len(names) < 2:
        return who
    return replace(who, given=names[0] if rng.random() < 0.75 else names[-1])


def _hyphens(who: Someone, rng: Random) -> Someone:
    """Marie-Ange as Marie Ange or Marieange; Jean Baptiste as Jean-Baptiste."""
    fields = [field for field in ("given", "surname") if "-" in getattr(who, field)]
    if fields:
        field = rng.choice(fields)
        first, _, rest = getattr(who, field).partition("-")
        return replace(who, **{field: f"{first} {rest}" if rng.random() < 0.7 else first + rest.lower()})
    if who.nationality == "HT" and " " in who.given:
        return replace(who, given=who.given.replace(" ", "-"))
    return who


def _birth(who: Someone, rng: Random) -> Someone:
    """Made up as 1 January, left out, day and month swapped, or one digit off; one that was unknown is told now."""
    year = who.birth[:4] or str(LATEST - rng.randint(18, 60))
    kind = rng.random()
    if not who.birth:
        return replace(
            who, birth=f"{year}-01-01" if kind < 0.5 else f"{year}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        )
    if kind < 0.3:
        return replace(who, birth=f"{year}-01-01")
    if kind < 0.5:
        return replace(who, birth="")
    month, day = who.birth[5:7], who.birth[8:]
    if kind < 0.7 and day <= "12":
        return replace(who, birth=f"{year}-{day}-{month}")
    return replace(who, birth=_one_digit_off(who.birth, rng))


def _one_digit_off(day: str, rng: Random) -> str:
    while True:
        at = rng.choice((2, 3, 5, 6, 8, 9))
        wrong = day[:at] + rng.choice("0123456789") + day[at + 1 :]
        try:
            if wrong != day and date.fromisoformat(wrong).year < LATEST:
                return wrong
        except ValueError:
            continue


def _phone(who: Someone, rng: Random) -> Someone:
    """Another one, none, or the same with or without the country's number and with spaces."""
    kind = rng.random()
    if not who.phone or kind < 0.4:
        return replace(who, phone=phone(rng))
    if kind < 0.6:
        return replace(who, phone="")
    digits = re.sub(r"\D", "", who.phone)
    if who.phone.startswith("+"):
        return replace(who, phone=digits[2:])
    country = "+56 " if len(digits) == 9 else "+52 "
    return replace(who, phone=f"{country}{digits[:-4]} {digits[-4:]}")


def _document(who: Someone, rng: Random) -> Someone:
    """Not brought along, or written with other points, strokes and spaces."""
    if not who.document:
        return who
    if rng.random() < 0.5:
        return replace(who, document="")
    bare = re.sub(r"\W", "", who.document)
    if bare != who.document:
        return replace(who, document=bare)
    digits = bare.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    letters = bare[: len(bare) - len(digits)]
    if not digits.isdigit():
        return replace(who, document=f"{bare[:4]} {bare[4:10]} {bare[10:]}")
    grouped = f"{int(digits):,}".replace(",", ".") if digits[0] != "0" else f"{digits[:4]}-{digits[4:]}"
    return replace(who, document=f"{letters}-{grouped}" if letters else grouped)


def _names_swapped(who: Someone, rng: Random) -> Someone:
    """Given and family names in each other's place: rare, also where little else can go wrong."""
    return replace(who, given=who.surname, surname=who.given) if rng.random() < 0.2 else who


CHANGES: dict[Change, float] = {  # how often each comes, by and by
    _misspelt: 10,
    _phone: 5,
    _birth: 4,
    _one_given_name: 4,
    _second_surname: 4,
    _without_accents: 3,
    _document: 3,
    _hyphens: 2,
    _names_swapped: 0.5,
}
