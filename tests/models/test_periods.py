"""Quarters and years beside months: written, read, following each other, and holding whole months."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office.errors import UserError
from migrant_office.models.counts.month import Month, Period, Quarter, Year, parse_period

days = st.dates(date(1901, 1, 1), date(2198, 12, 31))
kinds = st.sampled_from([Month, Quarter, Year])


@given(days, kinds)
def test_a_period_is_written_and_read_back(day: date, kind: type[Period]) -> None:
    period = kind.of(day)
    assert parse_period(str(period)) == period
    assert type(parse_period(str(period))) is kind


@given(days, kinds)
def test_periods_follow_each_other_without_a_gap(day: date, kind: type[Period]) -> None:
    period = kind.of(day)
    assert day in period
    assert period.last + timedelta(days=1) == period.next().first
    assert period.next().previous() == period
    assert period.next().first not in period


@given(days)
def test_months_nest_in_quarters_and_quarters_in_years(day: date) -> None:
    month, quarter, year = Month.of(day), Quarter.of(day), Year.of(day)
    for inner, outer in ((month, quarter), (quarter, year)):
        assert inner.first in outer
        assert inner.last in outer
    assert {month.year, quarter.year, year.year} == {day.year}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Quarter, "2026"), (Quarter, "2026-Q0"), (Quarter, "2026-Q5"), (Quarter, "2026-q1"), (Quarter, "2026-4"),
        (Quarter, "２０２６-Q1"), (Quarter, ""), (Quarter, "2026-10"),
        (Year, "26"), (Year, "1899"), (Year, "2026-Q1"), (Year, "２０２６"), (Year, ""), (Year, " 2026"),
    ],
)  # fmt: skip
def test_other_texts_are_refused_with_a_sentence(kind: type[Quarter | Year], text: str) -> None:
    with pytest.raises(UserError) as refused:
        kind.parse(text)
    assert refused.value.data == {"text": text}


def test_a_period_that_does_not_exist_is_refused() -> None:
    for made in (lambda: Quarter(2026, 0), lambda: Quarter(1800, 1), lambda: Year(2200)):
        with pytest.raises(UserError):
            made()
