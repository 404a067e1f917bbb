from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from migrant_office import clock
from migrant_office.services.demo.days import Agenda, WorkingTime, arrivals, working_days
from migrant_office.services.demo.draw import Draw, carried_over
from migrant_office.services.demo.ids import SeededIds
from migrant_office.services.demo.persons import before

DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


def test_a_draw_follows_its_weights_and_never_gives_what_weighs_nothing() -> None:
    draw, rng = Draw([("a", 70), ("b", 30), ("c", 0)]), Random(1)
    counts = Counter(draw(rng) for _ in range(20_000))
    assert set(counts) == {"a", "b"}
    assert abs(counts["a"] / 20_000 - 0.7) < 0.02
    assert draw.share("b") == 0.3
    assert draw.share("c") == 0


def test_what_is_carried_over_ends_up_shared_as_after() -> None:
    then, now = Draw([("work", 62), ("look", 24), ("home", 16)]), Draw([("work", 63), ("look", 22), ("home", 19)])
    rng = Random(1)
    drawn = [then(rng) for _ in range(40_000)]
    later = [carried_over(rng, value, then, now) for value in drawn]
    for value in now.values:
        assert abs(later.count(value) / len(later) - now.share(value)) < 0.01
    assert sum(a != b for a, b in zip(drawn, later, strict=True)) < len(drawn) * 0.1


@given(st.integers(1, 36), DAYS)
def test_working_days_run_to_the_last_day_and_keep_the_one_before(months: int, until: date) -> None:
    days = working_days(months, until)
    assert days == sorted(set(days))
    assert days[-1] == until
    assert until.day == 1 or until - timedelta(days=1) in days
    assert (until.year - days[0].year) * 12 + until.month - days[0].month in (months - 1, *([0] if months == 1 else []))
    assert all(day.weekday() < 5 for day in days[:-2])


@given(st.integers(1, 500), st.integers(1, 24), DAYS, st.integers(0, 99))
def test_everybody_arrives_and_nobody_twice(people: int, months: int, until: date, seed: int) -> None:
    days = working_days(months, until)
    numbers = arrivals(Random(seed), days, people, 1.8)
    assert len(numbers) == len(days)
    assert min(numbers) >= 0
    assert sum(numbers) == people
    assert people < 20 or numbers[-1] >= 2


@given(DAYS, st.integers(0, 100))
def test_so_many_years_before_is_exactly_that_age(day: date, years: int) -> None:
    assert before(day, years).year == day.year - years


def test_seeded_ids_sort_by_time_and_repeat_themselves() -> None:
    def ids() -> list[str]:
        time, make = WorkingTime(date(2026, 5, 4)), SeededIds("x")
        with clock.at(time):
            found = [make() for _ in range(5_000)]
            time.begin(date(2026, 5, 5), 3)
            return [*found, make(), make()]

    first = ids()
    assert first == sorted(set(first))
    assert first == ids()
    assert all(len(id) == 32 and id[12] == "7" and id[16] in "89ab" for id in first)


def test_what_falls_on_a_closed_day_moves_to_the_next_open_one_and_nothing_passes_the_end() -> None:
    agenda, done = Agenda([date(2026, 5, 8), date(2026, 5, 11)]), []
    agenda.add(date(2026, 5, 9), lambda: done.append("saturday"))
    agenda.add(date(2026, 5, 12), lambda: done.append("never"))
    assert not agenda.take(date(2026, 5, 8))
    for thing in agenda.take(date(2026, 5, 11)):
        thing()
    assert done == ["saturday"]
    assert not agenda.things
