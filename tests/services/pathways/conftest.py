"""A case to walk pathways on, and an office for properties."""

from __future__ import annotations

import shutil
from datetime import datetime

import pytest

from migrant_office import clock
from migrant_office.models.office import Office, new_id, unlock
from migrant_office.models.person import Person, Situation
from migrant_office.services import people
from tests.factories import DAY, PASSPHRASE


@pytest.fixture
def case(desk: Office) -> str:
    person = Person(id=new_id(), given="Rose", situation=Situation.LOOKING)
    people.open_case(desk, person)
    return person.id


@pytest.fixture(scope="session")
def one_office(tmp_path_factory: pytest.TempPathFactory, ready_office):
    """One office for all examples of a property, each with a new case."""
    folder = shutil.copytree(ready_office, tmp_path_factory.mktemp("rules") / "desk")
    office = unlock(folder, PASSPHRASE)
    yield office
    office.close()


@pytest.fixture
def desk_of(one_office: Office):
    def made() -> tuple[Office, str]:
        person = Person(id=new_id(), given="Rose", situation=Situation.LOOKING)
        people.open_case(one_office, person)
        return one_office, person.id

    with clock.at(datetime(DAY.year, DAY.month, DAY.day, 12).astimezone()):
        yield made
