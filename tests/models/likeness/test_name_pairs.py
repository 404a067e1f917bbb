"""The published list of pairs: two records of one person, or of two whom a careless program would confuse."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

from migrant_office.models.likeness import blocking
from migrant_office.models.likeness.facts import Facts
from migrant_office.models.likeness.weighing import Likeness, compare
from migrant_office.models.names.folding import fold
from migrant_office.services.demo.names import countries

PAIRS = Path(__file__).resolve().parents[2] / "data" / "name_pairs.csv"
LEAST_MET, MOST_CONFUSED = 0.89, 0.02  # what the rules reach today; `bench_pairs` prints the figures by kind


def rows() -> list[dict[str, str]]:
    with PAIRS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def facts(row: dict[str, str], side: str) -> Facts:
    birth = row[f"birth_{side}"]
    return Facts(
        given=row[f"given_{side}"],
        surname=row[f"surname_{side}"],
        second_surname=row[f"second_surname_{side}"],
        birth=date.fromisoformat(birth) if birth else None,
        phone=row[f"phone_{side}"],
        documents=tuple(filter(None, (row[f"document_{side}"],))),
    )


def common_words() -> set[str]:
    """Names that everybody bears, by the lists of the demo offices."""
    found: set[str] = set()
    for country in countries().values():
        for draw in (country.woman, country.man, country.surname):
            found |= {word for name in draw.values for word in fold(name).split()}
    return found


def judged() -> list[tuple[dict[str, str], Likeness, bool]]:
    common = common_words()
    found = []
    for row in rows():
        one, other = facts(row, "a"), facts(row, "b")
        likeness = compare(one, other, lambda word: 0.3 if word in common else 0.85)
        found.append((row, likeness, bool(blocking.keys(one) & blocking.keys(other))))
    return found


def test_the_list_is_what_it_says() -> None:
    told = rows()
    assert len(told) >= 400
    assert {row["same"] for row in told} == {"yes", "no"}
    assert Counter(row["language"] for row in told).keys() == {"es", "fr", "ht", "mixed"}
    assert all(row["kind"] and row["source"] for row in told)
    assert len({row["id"] for row in told}) == len(told)


def test_most_of_the_same_are_told_and_hardly_any_other() -> None:
    told = judged()
    same = [likeness.is_possible for row, likeness, _met in told if row["same"] == "yes"]
    other = [likeness.is_possible for row, likeness, _met in told if row["same"] == "no"]
    assert sum(same) / len(same) >= LEAST_MET
    assert sum(other) / len(other) <= MOST_CONFUSED


def test_records_of_one_person_meet_under_some_key() -> None:
    apart = [row["id"] for row, _likeness, met in judged() if row["same"] == "yes" and not met]
    assert len(apart) <= 4, apart


def test_every_reason_of_an_alarm_is_in_words() -> None:
    for _row, likeness, _met in judged():
        if likeness.is_possible:
            assert likeness.reasons
            assert all(reason.label for reason in likeness.reasons)


def test_the_order_of_two_records_does_not_matter() -> None:
    for row in rows():
        one, other = facts(row, "a"), facts(row, "b")
        assert compare(one, other).points == compare(other, one).points, row["id"]
