"""What the tests of the rapid path share: a case, its compartment, and who looked."""

from __future__ import annotations

from collections.abc import Callable

from migrant_office import clock
from migrant_office.models.office import Office, new_id
from migrant_office.models.person import Person
from migrant_office.models.service import Service
from migrant_office.models.vault import access
from migrant_office.models.vault.nouns import File, Home, Ref
from migrant_office.models.vault.operation import Operation
from migrant_office.services import catalogue, consents, people


def a_case(office: Office, **told: object) -> str:
    usual: dict[str, object] = {"given": "Rose", "surname": "Désir", "phone": "+56 9 5555 0101"}
    person = Person(id=new_id(), **(usual | told))  # type: ignore[arg-type]  # whatever a test tells
    people.open_case(office, person)
    return person.id


def compartment(office: Office, case: str) -> File:
    return office.vault.file(Ref(Home.RESTRICTED, case))


def person_of(office: Office, case: str) -> Person:
    found = office.case(case).one(Person)
    assert found is not None
    return found


def a_service(office: Office, code: str = "scl-1455") -> Service:
    return catalogue.service(office, code)


def looks(office: Office) -> list[tuple[str, str]]:
    return [(entry.act, entry.subject) for entry in access.entries(office.vault)]


def referring(desk: Office, service: Service) -> Callable[[Operation], object]:
    """What opening a path takes along: a referral of today to this service, without a yes to hand data over."""
    return lambda op: consents.put_referral(desk, op, service, None, due=clock.today())
