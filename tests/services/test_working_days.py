from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office.models.city import Ask, cities, load_city
from migrant_office.models.follow_up import Question
from migrant_office.services.follow_ups.making import spread
from migrant_office.services.working_days import is_working_day, national, working_day

COUNTRIES = st.sampled_from(["CL", "MX"])
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
CLOSED = {
    "CL": [(1, 1), (5, 1), (5, 21), (9, 18), (9, 19), (12, 8), (12, 25)],  # Ley 2.977, Ley 19.973 and others
    "MX": [(1, 1), (5, 1), (9, 16), (12, 25)],  # Ley Federal del Trabajo, art. 74
}


@given(COUNTRIES, DAYS)
def test_a_day_is_never_a_weekend_nor_a_holiday_and_never_before_the_promised_one(country: str, day: date) -> None:
    found = working_day(country, day)
    assert found >= day
    assert found.weekday() < 5
    assert (found.month, found.day) not in CLOSED[country]
    assert is_working_day(country, found)
    assert not any(is_working_day(country, day + timedelta(days=n)) for n in range((found - day).days))


@given(COUNTRIES, DAYS, st.lists(st.integers(1, 400), min_size=1, max_size=6, unique=True).map(sorted))
def test_what_is_asked_keeps_its_order_and_never_comes_early(country: str, begin: date, days: list[int]) -> None:
    found = spread(country, begin, [Ask(n, Question.OUTCOME) for n in days])
    assert found == sorted(found)
    assert all(day >= begin + timedelta(days=n) for day, n in zip(found, days, strict=True))
    assert all(is_working_day(country, day) for day in found)


@pytest.mark.parametrize("country", ["CL", "MX"])
def test_the_holidays_of_every_year_are_those_of_the_law(country: str) -> None:
    for year in range(2024, 2031):
        assert {date(year, month, day) for month, day in CLOSED[country]} <= national(country, year)


def test_a_country_that_nobody_knows_has_weekends_only() -> None:
    assert working_day("XX", date(2026, 12, 25)) == date(2026, 12, 25)
    assert working_day("XX", date(2026, 12, 26)) == date(2026, 12, 28)


@pytest.mark.parametrize("city", cities())
def test_every_city_says_what_is_asked_after_a_job_was_found(city: str) -> None:
    asks = load_city(city).afterwards["job_found"]
    assert asks == (Ask(90, Question.JOB_KEPT),)
