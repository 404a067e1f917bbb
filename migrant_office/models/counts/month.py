"""A month of a year: the period that an office closes and publishes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from migrant_office.errors import UserError
from migrant_office.i18n import N_

_TEXT = re.compile(r"((?:19|20|21)[0-9]{2})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One calendar month, ordered in time; written "2026-10". Raises UserError for a month that does not exist."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (1900 <= self.year <= 2199 and 1 <= self.month <= 12):
            raise _not_a_month(f"{self.year}-{self.month}")

    @classmethod
    def parse(cls, text: str) -> Month:
        """The month written as "YYYY-MM", years 1900 to 2199. Raises UserError for anything else."""
        found = _TEXT.fullmatch(text)
        if found is None:
            raise _not_a_month(text)
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> Month:
        """The month in which a day lies."""
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return (self.first + timedelta(days=31)).replace(day=1) - timedelta(days=1)

    def next(self) -> Month:
        return Month.of(self.last + timedelta(days=1))

    def previous(self) -> Month:
        return Month.of(self.first - timedelta(days=1))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


def _not_a_month(text: str) -> UserError:
    return UserError(N_("“{text}” is not a month. Write year and month, for example 2026-10."), text=text)
