"""Offices of invented people and nothing else, for the search and the duplicate check; kept in the temporary folder.

They are written by the operations that the desk uses, two thousand at once. A million takes an hour or more.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import date
from itertools import islice
from pathlib import Path

from benchmarks.office import CHEAP, PASSPHRASE, opens
from benchmarks.people import Someone, people
from migrant_office.models.likeness.facts import Facts
from migrant_office.models.mobility import HeldDocument
from migrant_office.models.office import Office, new_id, unlock
from migrant_office.models.operations import Op
from migrant_office.models.person import Person, Sex
from migrant_office.services import offices
from migrant_office.services.people import put_case

AT_ONCE = 2_000
SEED = 7


def registered(count: int) -> Path:
    """The folder of an office of so many people."""
    return office_of(f"people-{count}", lambda: people(count, SEED), count)


def office_of(name: str, listed: Callable[[], Iterable[Someone]], count: int) -> Path:
    """The folder of an office of these people, in their order; made once. `listed` is called for them."""
    folder = Path(tempfile.gettempdir()) / f"migrant-office-bench-{name}"
    done = folder / "made"
    if done.exists() and opens(folder):
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    offices.create_office(folder, city="santiago", passphrase=PASSPHRASE, demo=True, cost=CHEAP)
    office, start = unlock(folder, PASSPHRASE), time.perf_counter()
    coming = iter(listed())
    while register_some(office, islice(coming, AT_ONCE)):
        pass
    office.close()
    done.touch()
    seconds = time.perf_counter() - start
    print(f"  registered {count:,} people in {seconds:.0f} s ({count / seconds:.0f} a second)")
    return folder


def register_some(office: Office, some: Iterable[Someone]) -> int:
    """Open a case for each, all in one transaction; answers how many."""
    people = list(some)
    with office.batch():
        for someone in people:
            person = person_of(someone)
            with office.operation(Op.OPEN_CASE, person.id) as op:
                put_case(office, op, person)
                if someone.document:
                    op.put(HeldDocument(id=new_id(), kind="passport", number=someone.document), on=person.id)
    return len(people)


def person_of(someone: Someone) -> Person:
    return Person(
        id=new_id(),
        given=someone.given,
        surname=someone.surname,
        second_surname=someone.second_surname,
        birth=date.fromisoformat(someone.birth) if someone.birth else None,
        sex=Sex(someone.sex),
        nationality=someone.nationality,
        phone=someone.phone,
    )


def facts_of(someone: Someone) -> Facts:
    return Facts(
        given=someone.given,
        surname=someone.surname,
        second_surname=someone.second_surname,
        birth=date.fromisoformat(someone.birth) if someone.birth else None,
        sex=someone.sex,
        nationality=someone.nationality,
        phone=someone.phone,
        documents=(someone.document,) if someone.document else (),
    )


def cases_in_order(office: Office) -> list[str]:
    """The ids of the cases in the order in which they were registered."""
    return [id for (id,) in office.vault.read("SELECT id FROM person ORDER BY rid")]
