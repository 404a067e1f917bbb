"""The telephone and hours that an office typed in Spanish, with the hours in the language of a column."""

from __future__ import annotations

import re
from datetime import date, timedelta

from migrant_office.i18n import Translator
from migrant_office.models.sheet import known
from migrant_office.services.sheets.content import clip
from migrant_office.services.sheets.phrases import fold

JOINED = {"ht": {"a": "rive", "hasta": "rive", "y": "ak"}, "en": {"a": "to", "hasta": "to", "y": "and"}}
DROPPED = frozenset("de desde h hrs horas".split())
_PARTS = re.compile(r"(\s*[;·]\s*)")
_WORDS = re.compile(r"[^\W\d_]+")
_HOURS = re.compile(r"[\w\s:.,–-]+")
_BETWEEN = re.compile(r"(?<=\d) (?=\d)")
LONGEST = 90
MONDAY = date(2024, 1, 1)


def said_in(contact: str, column: Translator) -> str:
    """A contact such as "+56 2 0000; lunes a viernes, 9:00 a 14:00" for who reads the column: "…; lendi rive…".

    Only a part that is days and times alone is said otherwise; all else stays as the office wrote it.
    """
    if column.lang not in JOINED:
        return contact
    return "".join(_hours(part, column) for part in _PARTS.split(contact))


def reached(contact: str, column: Translator) -> str:
    """The same where it is printed large: cut at `LONGEST` letters, and a number is never torn apart."""
    return _BETWEEN.sub("\u00a0", clip(said_in(known(contact), column), LONGEST))


def _hours(part: str, column: Translator) -> str:
    days = _days(column)
    said = JOINED[column.lang] | days
    words = [fold(word) for word in _WORDS.findall(part)]
    if (
        not _HOURS.fullmatch(part)
        or not days.keys() & words
        or any(word not in said.keys() | DROPPED for word in words)
    ):
        return part

    def word(found: re.Match[str]) -> str:
        told = said.get(fold(found[0]), "")
        return told[:1].upper() + told[1:] if found[0][0].isupper() else told

    parted = re.sub(r"(?<=[^\W\d_])\s+(?:de|desde)\s+(?=\d)", ", ", part, flags=re.IGNORECASE)
    return re.sub(r"\s+(?=,|$)|^\s+", "", re.sub(r"\s+", " ", _WORDS.sub(word, parted)))


def _days(column: Translator) -> dict[str, str]:
    """A day of the week in Spanish, without its accent → its name in the column."""
    spanish = Translator("es")
    week = [MONDAY + timedelta(days=number) for number in range(7)]
    return {fold(spanish.weekday(day)): column.weekday(day) for day in week}
