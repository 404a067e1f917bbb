"""The verdicts on 200 services for one person, and the questions that would change one, in both cities.

The catalogue is gone through again until there are 200. The floor is reading the case file of that person from the
store, as any screen of the case does. Fails when the verdicts take 10 ms or more at the median.
Run: python benchmarks/bench_route.py
"""

from __future__ import annotations

import itertools
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from benchmarks.office import CHEAP, PASSPHRASE, median, p95
from migrant_office.models.case_file import case_file
from migrant_office.models.eligibility.asking import askings
from migrant_office.models.eligibility.library import city_rules
from migrant_office.models.mobility import DocumentState, HeldDocument
from migrant_office.models.need import NeedKind
from migrant_office.models.office import Office, new_id, unlock
from migrant_office.models.person import Person, Sex, Situation
from migrant_office.services import offices, papers, people
from migrant_office.services.catalogue import ServiceLine
from migrant_office.services.route.reading import facts, offered, read_route, verdicts

SERVICES, ROUNDS, GOAL = 200, 300, 10.0  # milliseconds at the median


def someone(office: Office) -> str:
    """A case with needs, papers, and much that nobody asked."""
    person = Person(
        id=new_id(),
        given="Rose",
        sex=Sex.WOMAN,
        birth=date(1990, 1, 2),
        situation=Situation.LOOKING,
        commune="Iztapalapa",
    )
    needs = [people.new_need(kind) for kind in (NeedKind.WORK, NeedKind.PAPERS, NeedKind.HEALTH, NeedKind.EDUCATION)]
    people.open_case(office, person, *needs)
    for kind in ("passport", "birth_certificate"):
        papers.put_paper(office, person.id, HeldDocument(id=new_id(), kind=kind, state=DocumentState.HAS))
    return person.id


def services_of(office: Office) -> list[ServiceLine]:
    """SERVICES lines that the rules know, the catalogue's again and again."""
    lines = offered(office, city_rules(office.city.id))
    return list(itertools.islice(itertools.cycle(lines), SERVICES))


def timed(act: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """Milliseconds of each round."""
    found = []
    for _round in range(rounds):
        started = time.perf_counter()
        act()
        found.append(1_000 * (time.perf_counter() - started))
    return found


def told(name: str, times: list[float]) -> float:
    middle = median(times)
    print(f"  {name:<46}{middle:8.3f} ms   p95 {p95(times):8.3f} ms")
    return middle


def measured(city: str) -> bool:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "office"
        offices.create_office(folder, city=city, passphrase=PASSPHRASE, demo=True, cost=CHEAP)
        office = unlock(folder, PASSPHRASE)
        try:
            id = someone(office)
            case = case_file(office.case(id))
            assert case is not None
            book, lines = city_rules(city), services_of(office)
            known, wanted = facts(case, date(2026, 11, 21)), {line.id: line.area for line in lines}
            print(f"{city}: {len(book.rules)} rules, {len(lines)} services, {len(known.known)} known facts")
            floor = told("floor: reading the case file", timed(lambda: case_file(office.case(id))))
            took = told("verdict on every service", timed(lambda: verdicts(book, known, lines)))
            told("facts and verdicts", timed(lambda: verdicts(book, facts(case, date(2026, 11, 21)), lines)))
            told("questions for the whole catalogue", timed(lambda: askings(book, known, wanted), 30))
            told("the whole Ruta of the person, from the store", timed(lambda: read_route(office, id), 30))
            print(f"  ratio to the floor{took / floor:35.2f}")
            return took < GOAL
        finally:
            office.close()


def main() -> int:
    met = all(list(map(measured, ("santiago", "cdmx"))))  # both, also when the first fails
    print("met" if met else "not met")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
