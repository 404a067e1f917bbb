"""One cell of a spreadsheet as a value of an office."""

from __future__ import annotations

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
FIRST_DAY = date(1900, 1, 1)  # nothing that offices hold is older
SHOWN = 20  # characters of a coded answer
FIGURES = 4  # an answer with more of them may be a person's number

NOT_LISTED = N_("“{found}” is not in the map's list.")
NOT_KNOWN = N_("What stands here is in no list of this field. Translate it in the map.")


def unlisted(row: Row, cell: Cell) -> CellRefused:
    """A cell that is in no list. It is shown only where the map says that the column is coded: others hold names."""
    text = row.cells.get(folded(cell.column), "")
    if not cell.codes or sum(sign.isdigit() for sign in text) > FIGURES:
        return CellRefused(NOT_KNOWN)
    return CellRefused(NOT_LISTED, found=text if len(text) <= SHOWN else text[:SHOWN] + "…")


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
        raise unlisted(row, cell) from None


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
    if int in kinds and bool not in kinds:
        return whole(text, MOST_CHILDREN)
    if str in kinds and name not in COUNTRY_FIELDS:
        return short(text)
    value = listed(name, kinds, text)
    if value is None:
        raise unlisted(row, cell)
    return value


def listed(name: str, kinds: tuple[type, ...], text: str) -> Any:
    """A truth, a country or a code; None for a text that is none."""
    if bool in kinds:
        return TRUTHS.get(text)
    if name in COUNTRY_FIELDS:
        return text if text in countries() else None
    value = NOUNS[Person].readers[name](text)
    return value if isinstance(value, Coded) else None


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


def short(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise CellRefused(N_("The text is longer than {most} characters."), most=LONGEST_TEXT)
    return text
