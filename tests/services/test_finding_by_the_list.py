"""The published list of pairs as a search: one spelling is registered, the other one typed."""

from __future__ import annotations

from migrant_office.models.office import Office, new_id
from migrant_office.models.person import Person
from migrant_office.services import finding, people
from tests.models.likeness.test_name_pairs import rows

LEAST_FOUND = 0.98  # in the first ten of an office that holds every name of the list


def test_nearly_everybody_on_the_list_is_found(desk: Office) -> None:
    registered: dict[str, str] = {}
    with desk.batch():
        for row in rows():
            person = Person(
                id=new_id(),
                given=row["given_b"],
                surname=row["surname_b"],
                second_surname=row["second_surname_b"],
            )
            people.open_case(desk, person)
            registered[row["id"]] = person.id
    same = [row for row in rows() if row["same"] == "yes"]
    missed = []
    for row in same:
        typed = " ".join(filter(None, (row["given_a"], row["surname_a"], row["second_surname_a"])))
        if registered[row["id"]] not in [hit.case for hit in finding.find(desk, typed)[:10]]:
            missed.append((row["kind"], typed, row["given_b"], row["surname_b"]))
    assert len(missed) <= len(same) * (1 - LEAST_FOUND), missed
