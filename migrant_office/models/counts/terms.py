"""The words of a counted table: labels in three languages, lines, indicators, the parameters of the protection.

They travel inside a release, so that a file printed years later says what it said on the first day.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from migrant_office.i18n import countries

TOTAL = "_T"  # the code of "all" (SDMX); never the code of a line
UNKNOWN = "_U"

Unit = Literal["persons", "events"]


@dataclass(frozen=True, slots=True)
class Label:
    """A text in the three languages of the program; none is empty."""

    es: str
    en: str
    ht: str

    def get(self, lang: str) -> str:
        """The text in "es", "en" or "ht"; Spanish for any other language."""
        return {"en": self.en, "ht": self.ht}.get(lang, self.es)


def country_label(code: str) -> Label:
    """The name of a country by its ISO alpha-2 code; Spanish stands in where nobody has given another name yet.

    Raises KeyError for a code that the table of countries does not have.
    """
    names = countries()[code]
    return Label(names["es"], names.get("en") or names["es"], names.get("ht") or names["es"])


@dataclass(frozen=True, slots=True)
class Category:
    """One line of a dimension: its code in files and its label for readers."""

    code: str
    label: Label


@dataclass(frozen=True, slots=True)
class Lines:
    """A dimension in one of its schemes, as a table uses it: `id` is "age:month".

    `column` is the column of the long CSV in which its codes stand. The total is not among the categories.
    """

    id: str
    column: str
    label: Label
    categories: tuple[Category, ...]

    def label_of(self, code: str) -> Label:
        """The label of a line. Raises KeyError for a code that is not one of its lines."""
        for category in self.categories:
            if category.code == code:
                return category.label
        raise KeyError(code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """What is counted. `counts` names the stream of events; `unit` says whether persons or events are the figure."""

    code: str
    counts: str
    unit: Unit
    label: Label
    definition: Label
    source: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """The figures of the protection KR5-10; shown in every export.

    Whole numbers: `base` and `threshold` in persons, `top_*` in percent.
    """

    base: int
    threshold: int
    row_persons: int
    row_rest: int
    top_one_percent: int
    top_two_percent: int
    office_persons: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the office works: country (ISO 3166 alpha-3), official code and name, HXL tag of that level."""

    country: str
    code: str
    name: str
    hxl: str
