from __future__ import annotations

import pytest

from migrant_office.models.office import Office, new_id
from migrant_office.models.person import Person
from migrant_office.models.vault import access
from migrant_office.services import checking, people


@pytest.fixture
def used(desk: Office) -> Office:
    people.open_case(desk, Person(id=new_id(), given="Rose"))
    access.note(desk.vault, "counts", "2026-01")
    return desk


def wrong(office: Office) -> list[str]:
    return [finding.what for finding in checking.check(office) if finding.sentence]


def test_an_office_in_use_is_whole(used: Office) -> None:
    assert wrong(used) == []


def test_a_changed_link_of_the_chain_is_found(used: Office) -> None:
    used.vault.write("UPDATE envelope SET prev = x'00' WHERE seq = 3")
    found = next(f for f in checking.check(used) if f.sentence)
    assert (found.what, found.place.split(":")[1]) == ("The chain of changes", "3")


def test_a_changed_entry_of_the_access_log_is_found(used: Office) -> None:
    used.vault.write("DROP TRIGGER access_log_no_update")
    used.vault.write("UPDATE access_log SET officer = 'nobody'")
    assert wrong(used) == ["The log of who looked"]


def test_a_row_that_no_document_says_is_found_and_put_right(used: Office) -> None:
    used.vault.write("UPDATE person SET given = 'Otra'")
    assert wrong(used) == ["The tables"]
    assert wrong(used) == []


def test_an_envelope_signed_twice_is_found(used: Office) -> None:
    used.vault.write("INSERT INTO fork VALUES ('x', 1, x'00', x'00', '2026-01-01')")
    assert wrong(used) == ["Copies of this office"]
