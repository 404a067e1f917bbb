"""One cell of a spreadsheet as a value of an office."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from types import NoneType
from typing import Any, TypeVar, get_args

from migrant_office.i18n import N_, countries
from migrant_office.models.coded import Coded
from migrant_office.models.missing import Missing
from migrant_office.models.person import Person
from migrant_office.models.vault.nouns import NOUNS
from migrant_office.services.imports.mapping import Cell
from migrant_office.services.imports.refusals import CellRefused
from migrant_office.services.imports.table import Row, folded

C = TypeVar("C", bound=Coded)
LONGEST_TEXT = 200
OLDEST = 120
MOST_CHILDREN = 30
COUNTRY_FIELDS = ("nationality", "served_in")
MID_YEAR = (7, 1)  # where only the age is known, as in the intake
TRUTHS = {"yes": True, "no": False}
NOT_LISTED = N_("“{found}” is not in the map's list.")


def written(row: Row, cell: Cell) -> str:
    """What stands in the cell, translated by the map's codes where it has some."""
    text = cell.constant or row.cells.get(folded(cell.column), "")
    return cell.codes.get(folded(text), text)



def day_in(row: Row, cell: Cell) -> date:
    """The day in a cell. Raises `CellRefused`."""
    text = written(row, cell)
    for form in cell.dates:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise CellRefused(N_("This is not a day in a form that the map names."))


def member_in(row: Row, cell: Cell, kind: type[C]) -> C | None:
    """The member of a coded list, None for an empty cell. Raises `CellRefused`."""
    text = written(row, cell)
    if not text:
        return None
    try:
        return kind(text)
    except ValueError:
        raise CellRefused(NOT_LISTED, found=text[:40]) from None


def person_value(name: str, row: Row, cell: Cell, today: date = date.max) -> Any:
    """A field of the person, None where the cell says nothing. `today` is the day the person came.

    Raises `CellRefused`.
    """
    text = written(row, cell)
    if not text:
        return None
    kinds = kinds_of(name)
    if text.startswith("?"):
        if Missing in kinds and text in set(Missing):
            return Missing(text)
        raise CellRefused(N_("This field cannot hold a missing answer."))
    if name == "birth":
        return born(row, cell, today)
    for kind, read in READERS.items():
        if kind in kinds:
            return read(text)
    if name in COUNTRY_FIELDS:
        return country(text)
    if str in kinds:
        return short(text)
    value = NOUNS[Person].readers[name](text)
    if not isinstance(value, Coded):
        raise CellRefused(NOT_LISTED, found=text[:40])
    return value


@cache
def kinds_of(name: str) -> tuple[type, ...]:
    hint = NOUNS[Person].hints[name]
    return tuple(kind for kind in get_args(hint) or (hint,) if kind is not NoneType)


def born(row: Row, cell: Cell, today: date) -> date:
    """A birth date, or the middle of the year in which somebody of that age was born."""
    if cell.age:
        age = whole(written(row, cell), OLDEST)
        turned = (today.month, today.day) >= MID_YEAR
        return date(today.year - age - (not turned), *MID_YEAR)
    birth = day_in(row, cell)
    if birth > today:
        raise CellRefused(N_("The birth date is after the day the person came."))
    if today.year - birth.year > OLDEST:
        raise CellRefused(N_("The person would be more than {most} years old."), most=OLDEST)
    return birth


def whole(text: str, most: int) -> int:
    if text.isascii() and text.isdigit() and int(text) <= most:
        return int(text)
    raise CellRefused(N_("This is not a whole number from 0 to {most}."), most=most)


def truth(text: str) -> bool:
    if text not in TRUTHS:
        raise CellRefused(NOT_LISTED, found=text[:40])
    return TRUTHS[text]


def country(text: str) -> str:
    if text not in countries():
        raise CellRefused(NOT_LISTED, found=text[:40])
    return text


def short(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise CellRefused(N_("The text is longer than {most} characters."), most=LONGEST_TEXT)
    return text


READERS: dict[type, Callable[[str], Any]] = {bool: truth, int: lambda text: whole(text, MOST_CHILDREN)}
