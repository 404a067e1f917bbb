"""An invented person, and how births, phones and documents of such people are written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

from stdnum.cl import rut
from stdnum.mx import curp

LATEST = 2026
MILLION = 1_000_000
SERIALS = 100 * MILLION
UNTIDY = 0.15  # of the phones with a country's number, and as many with spaces


@dataclass(frozen=True, slots=True)
class Someone:
    """A person as one officer wrote them down."""

    given: str
    surname: str
    second_surname: str
    birth: str  # ISO or ""
    sex: str  # "woman" | "man"
    nationality: str  # ISO alpha-2
    phone: str
    document: str  # "" when there is none


@cache
def days() -> tuple[str, ...]:
    """The days of births in ISO, each age as often as people of that age come: most are between 18 and 45."""
    found: list[str] = []
    for year in range(LATEST - 80, LATEST):
        age = LATEST - year
        times = 6 if 18 <= age <= 35 else 4 if age <= 45 else 2 if age <= 60 or age < 18 else 1
        first = date(year, 1, 1)
        length = (date(year + 1, 1, 1) - first).days
        found += times * [(first + timedelta(day)).isoformat() for day in range(length)]
    return tuple(found)


def birth(rng: Random) -> str:
    """A day of birth; one in ten people was written down with 1 January, one in five without a day."""
    chance = rng.random()
    if chance < 0.2:
        return ""
    every = days()
    day = every[int(rng.random() * len(every))]
    return day[:4] + "-01-01" if chance < 0.3 else day


def phone(rng: Random) -> str:
    """A mobile phone of Chile or of Mexico City, mostly as its eight or ten digits."""
    chance = rng.random()
    number = int(rng.random() * SERIALS)
    place, country = ("9", "+56") if chance < 0.5 else ("55", "+52")
    style = rng.random()
    if style < UNTIDY:
        return f"{country}{place}{number:08}"
    if style < 2 * UNTIDY:
        first, second = divmod(number, 10_000)
        return f"{place} {first:04} {second:04}"
    return f"{place}{number:08}"


DOCUMENTS = {  # the identity document of the country, then its passport
    "VE": ("V{:08}", "{:09}"),
    "CO": ("1{:09}", "AT{:06}"),
    "PE": ("{:08}", "{:09}"),
    "HT": ("R{:08}", "{:010}"),
    "EC": ("{:010}", "A{:07}"),
    "BO": ("{:08}", "{:07}"),
    "BR": ("{:011}", "FX{:06}"),
    "HN": ("0801{:09}", "F{:07}"),
    "SV": ("{:09}", "B{:08}"),
    "GT": ("{:013}", "{:09}"),
}
ANY_DOCUMENT = ("{:09}", "PA{:07}")


def document(rng: Random, serial: int, who: Someone) -> str:
    """A document of the person's country; no two serials below SERIALS share one."""
    number = serial * 7_368_787 % SERIALS  # a permutation: odd, and no multiple of five
    if who.nationality == "CL":
        body = str(5 * MILLION + number % (25 * MILLION))
        return f"{body}-{rut.calc_check_digit(body)}"
    if who.nationality == "MX":
        return _curp(number, who)
    identity, passport = DOCUMENTS.get(who.nationality, ANY_DOCUMENT)
    return (identity if rng.random() < 0.7 else passport).format(number)


def _curp(number: int, who: Someone) -> str:
    """A Mexican key of the usual shape, with a right last digit; seven letters and signs come from the number."""
    letters = []
    for _ in range(5):
        number, left = divmod(number, 21)
        letters.append("BCDFGHJKLMNPQRSTVWXYZ"[left])
    day = who.birth or "1990-01-01"
    sex = "M" if who.sex == "woman" else "H"
    century = "0" if day < "2000" else "A"
    head = f"{letters[0]}A{letters[1]}{'AEIOU'[number % 5]}{day[2:4]}{day[5:7]}{day[8:]}"
    body = f"{head}{sex}DF{''.join(letters[2:])}{century}"
    return body + curp.calc_check_digit(body)
