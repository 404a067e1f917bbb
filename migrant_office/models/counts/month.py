"""The periods that an office closes and publishes: a month, a quarter, a year."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Self

from migrant_office.errors import UserError
from migrant_office.i18n import N_

MONTH, QUARTER, YEAR = "month", "quarter", "year"
KINDS = (MONTH, QUARTER, YEAR)
FIRST_YEAR, LAST_YEAR = 1900, 2199
_YEAR = "((?:19|20|21)[0-9]{2})"
_MONTH_TEXT = re.compile(_YEAR + "-(0[1-9]|1[0-2])")
_QUARTER_TEXT = re.compile(_YEAR + "-Q([1-4])")
_YEAR_TEXT = re.compile(_YEAR)


class Period(ABC):
    """Whole calendar days from `first` to `last`, both included. `kind` names its tables in the catalogue."""

    __slots__ = ()
    kind: ClassVar[str]
    year: int

    @classmethod
    @abstractmethod
    def of(cls, day: date) -> Self:
        """The period of this kind in which a day lies."""

    @property
    @abstractmethod
    def first(self) -> date: ...

    @property
    @abstractmethod
    def last(self) -> date: ...

    def next(self) -> Self:
        return self.of(self.last + timedelta(days=1))

    def previous(self) -> Self:
        return self.of(self.first - timedelta(days=1))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True, order=True)
class Month(Period):
    """One calendar month, ordered in time; written "2026-10". Raises UserError for a month that does not exist."""

    kind: ClassVar[str] = MONTH
    year: int
    month: int

    def __post_init__(self) -> None:
        if not (FIRST_YEAR <= self.year <= LAST_YEAR and 1 <= self.month <= 12):
            raise _not_a_month(f"{self.year}-{self.month}")

    @classmethod
    def parse(cls, text: str) -> Month:
        """The month written as "YYYY-MM", years 1900 to 2199. Raises UserError for anything else."""
        found = _MONTH_TEXT.fullmatch(text)
        if found is None:
            raise _not_a_month(text)
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return (self.first + timedelta(days=31)).replace(day=1) - timedelta(days=1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


@dataclass(frozen=True, slots=True, order=True)
class Quarter(Period):
    """Three calendar months, ordered in time; written "2026-Q4". Raises UserError for one that does not exist."""

    kind: ClassVar[str] = QUARTER
    year: int
    quarter: int

    def __post_init__(self) -> None:
        if not (FIRST_YEAR <= self.year <= LAST_YEAR and 1 <= self.quarter <= 4):
            raise _not_a_quarter(f"{self.year}-Q{self.quarter}")

    @classmethod
    def parse(cls, text: str) -> Quarter:
        """The quarter written as "YYYY-Q1" to "YYYY-Q4", years 1900 to 2199. Raises UserError for anything else."""
        found = _QUARTER_TEXT.fullmatch(text)
        if found is None:
            raise _not_a_quarter(text)
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> Quarter:
        return cls(day.year, (day.month + 2) // 3)

    @property
    def first(self) -> date:
        return date(self.year, 3 * self.quarter - 2, 1)

    @property
    def last(self) -> date:
        return Month(self.year, 3 * self.quarter).last

    def __str__(self) -> str:
        return f"{self.year:04d}-Q{self.quarter}"


@dataclass(frozen=True, slots=True, order=True)
class Year(Period):
    """One calendar year, written "2026". Raises UserError for one before 1900 or after 2199."""

    kind: ClassVar[str] = YEAR
    year: int

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise _not_a_year(str(self.year))

    @classmethod
    def parse(cls, text: str) -> Year:
        """The year written as "YYYY", 1900 to 2199. Raises UserError for anything else."""
        if _YEAR_TEXT.fullmatch(text) is None:
            raise _not_a_year(text)
        return cls(int(text))

    @classmethod
    def of(cls, day: date) -> Year:
        return cls(day.year)

    @property
    def first(self) -> date:
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        return date(self.year, 12, 31)

    def __str__(self) -> str:
        return f"{self.year:04d}"


def parse_period(text: str) -> Period:
    """The month, quarter or year that a release names. Raises UserError for anything else."""
    if _QUARTER_TEXT.fullmatch(text):
        return Quarter.parse(text)
    return Year.parse(text) if _YEAR_TEXT.fullmatch(text) else Month.parse(text)


def _not_a_month(text: str) -> UserError:
    return UserError(N_("“{text}” is not a month. Write year and month, for example 2026-10."), text=text)


def _not_a_quarter(text: str) -> UserError:
    return UserError(N_("“{text}” is not a quarter. Write year and quarter, for example 2026-Q4."), text=text)


def _not_a_year(text: str) -> UserError:
    return UserError(N_("“{text}” is not a year. Write four digits, for example 2026."), text=text)
