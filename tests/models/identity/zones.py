"""Zones that are right, written from the printed rules: what the reader must give back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

WEIGHTS = (7, 3, 1)


def digit(text: str) -> str:
    total = 0
    for place, c in enumerate(text):
        value = 0 if c == "<" else int(c, 36)
        total += value * WEIGHTS[place % 3]
    return str(total % 10)


@dataclass(frozen=True)
class Told:
    """What a document says, in its own letters."""

    surnames: str = "ERIKSSON"
    given: str = "ANNA MARIA"
    number: str = "L898902C3"
    country: str = "UTO"
    nationality: str = "UTO"
    birth: date = date(1974, 8, 12)
    sex: str = "F"
    expiry: date = date(2012, 4, 15)
    optional: str = ""
    more: str = ""
    code: str = "P"

    @property
    def born(self) -> str:
        return self.birth.strftime("%y%m%d")

    @property
    def ends(self) -> str:
        return self.expiry.strftime("%y%m%d")

    def names(self, width: int) -> str:
        return f"{self.surnames}<<{self.given}".replace(" ", "<").ljust(width, "<")[:width]


def padded(text: str, width: int) -> str:
    return text.ljust(width, "<")[:width]


def two_lines(told: Told, width: int, *, visa: bool = False) -> tuple[str, str]:
    """TD3 and MRV-A (44), TD2 and MRV-B (36)."""
    first = padded(told.code, 2) + padded(told.country, 3) + told.names(width - 5)
    number = padded(told.number, 9)
    second = number + digit(number) + padded(told.nationality, 3) + told.born + digit(told.born)
    second += told.sex + told.ends + digit(told.ends)
    if visa:
        return first, padded(second + told.optional, width)
    if width == 44:
        optional = padded(told.optional, 14)
        second += optional + digit(optional)
    else:
        second += padded(told.optional, 7)
    return first, second + digit(second[:10] + second[13:20] + second[21:])


def three_lines(told: Told) -> tuple[str, str, str]:
    """TD1; a number of more than nine characters goes on in the optional data."""
    code, country = padded(told.code, 2), padded(told.country, 3)
    if len(told.number) > 9:
        upper = told.number[:9] + "<" + padded(told.number[9:] + digit(told.number), 15)
    else:
        number = padded(told.number, 9)
        upper = number + digit(number) + padded(told.optional, 15)
    dates = told.born + digit(told.born) + told.sex + told.ends + digit(told.ends)
    more = padded(told.more, 11)
    whole = digit(upper + dates[:7] + dates[8:] + more)
    return code + country + upper, dates + padded(told.nationality, 3) + more + whole, told.names(30)


def zone(told: Told, layout: str) -> tuple[str, ...]:
    if layout == "TD1":
        return three_lines(told)
    return two_lines(told, 44 if layout in {"TD3", "MRV-A"} else 36, visa=layout.startswith("MRV"))
