from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from migrant_office.models.counts.month import Month
from migrant_office.models.encounter import Channel
from migrant_office.models.need import NeedKind, UnmetReason
from migrant_office.models.office import Office, new_id
from migrant_office.models.person import Person
from migrant_office.models.reads import counts as reads
from migrant_office.models.vault.connection import Connection
from migrant_office.models.vault.nouns import NOUNS, Sensitivity
from migrant_office.services import catalogue, month, people, referrals
from tests.factories import DAY

READ, ALLOWED, DENIED = 20, 0, 1  # of SQLite's authorizer
TECHNICAL = {"doc", "id", "rid", "recorded", "made", ""}  # the last: a table read without any column
MARCH = Month.of(DAY)
SENSITIVITY = {noun.name: noun.sensitivity for noun in NOUNS.values()}

LOOKS: dict[str, Callable[[Office], Any]] = {
    "records": lambda office: month.records(office, MARCH),
    "exact": lambda office: month.exact(office, MARCH),
    "by": lambda office: month.exact(office, MARCH, ("sex", "age:survey", "children", "service", "outcome")),
    "preview": lambda office: month.preview(office, MARCH),
    "overview": lambda office: month.overview(office, MARCH),
    "months": month.months,
}


@contextmanager
def watched(conn: Connection) -> Iterator[set[tuple[str, str]]]:
    """Every (table, column) that is read meanwhile."""
    read: set[tuple[str, str]] = set()

    def authorize(action: int, table: str | None, column: str | None, *_rest: object) -> int:
        if action == READ:
            read.add((table or "", column or ""))
        return ALLOWED

    conn.set_authorizer(authorize)
    yield read
    conn.set_authorizer(None)


@pytest.fixture
def office(desk: Office) -> Office:
    person = Person(id=new_id(), given="Rose", phone="+56 9 5555 0001", commune="Santiago")
    people.open_case(desk, person, encounter=people.new_encounter(desk, Channel.PHONE))
    people.add_need(desk, person.id, NeedKind.FOOD, UnmetReason.NO_OFFER)
    referrals.refer(desk, person.id, catalogue.service(desk, catalogue.lines(desk, offered_only=True)[0].id))
    return desk


def uncounted(read: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Columns of nouns that no count may look at."""
    return {
        (table, column)
        for table, column in read
        if table in SENSITIVITY
        and column not in TECHNICAL
        and SENSITIVITY[table].get(column) is not Sensitivity.COUNTED
    }


@pytest.mark.parametrize("look", LOOKS)
def test_counting_looks_at_counted_columns_alone(office: Office, look: str) -> None:
    with watched(office.vault.conn) as read:
        LOOKS[look](office)
    assert {table for table, _ in read} & {"encounter", "referral"}
    assert uncounted(read) == set()
    assert not {table for table, _ in read} & {"document", "envelope", "findable", "findable_fts", "draft"}


def test_the_watch_sees_what_it_should(office: Office) -> None:
    with watched(office.vault.conn) as read:
        people.search(office, "rose")
    assert {("person", "given"), ("person", "surname")} <= uncounted(read)


def test_no_name_no_contact_and_no_place_is_counted() -> None:
    for column in (
        "given",
        "surname",
        "second_surname",
        "chosen_name",
        "phone",
        "number",
        "commune",
        "occupation",
        "gender",
        "gender_words",
    ):
        assert SENSITIVITY["person"][column] is not Sensitivity.COUNTED, column
    for noun in ("encounter", "referral", "referral_step", "need"):
        assert SENSITIVITY[noun].get("note", Sensitivity.PERSONAL) is not Sensitivity.COUNTED
        assert SENSITIVITY[noun].get("officer", Sensitivity.PERSONAL) is not Sensitivity.COUNTED
    assert not any(value is Sensitivity.COUNTED for value in SENSITIVITY["protection"].values())


def test_the_columns_of_a_person_that_are_counted_are_these() -> None:
    counted = {name for name, value in SENSITIVITY["person"].items() if value is Sensitivity.COUNTED}
    assert {*reads.PERSON, "opened"} == counted
