"""What one operation costs beyond a bare durable write of the same content, in milliseconds.

The floor is a second encrypted database with the same tables, in which the same rows and the same words of the search
index are written by plain SQL in one transaction. Both write by turns, so that a slow disk slows both. Goal: an
operation (document, envelope, tables, search index, one fsync) adds at most 1 ms at the median.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from migrant_office.ids import new_id
from migrant_office.models.everything import NOUNS_OF_AN_OFFICE
from migrant_office.models.person import Person, Sex
from migrant_office.models.referral import Referral
from migrant_office.models.vault import slots
from migrant_office.models.vault.connection import Connection, connect
from migrant_office.models.vault.folder import About, create, open_office
from migrant_office.models.vault.nouns import File, Home, Ref
from migrant_office.models.vault.operation import Done
from migrant_office.models.vault.projection import project, schema
from migrant_office.models.vault.search import SCHEMA, find_again
from migrant_office.models.vault.vault import Vault

ROUNDS, FILLED, GOAL = 400, 300, 1.0
TODAY = date(2026, 3, 2)
Statement = tuple[str, tuple[object, ...]]


class Floor:
    """The bare writes: what projection and index would say, noted down first and then written as plain SQL."""

    def __init__(self, conn: Connection) -> None:
        self.conn = conn

    def statements(self, before: File, after: File) -> list[Statement]:
        """The statements of one change, taken in a transaction that is rolled back: thinking is not measured."""
        noted: list[Statement] = []

        def note(sql: str, parameters: tuple[object, ...] = ()) -> object:
            if not sql.startswith("SELECT"):
                noted.append((sql, parameters))
            return self.conn.execute(sql, parameters)

        self.conn.execute("BEGIN IMMEDIATE")
        project(note, before, after)
        find_again(note, after)
        self.conn.execute("ROLLBACK")
        return noted

    def write(self, statements: list[Statement]) -> float:
        start = time.perf_counter()
        self.conn.execute("BEGIN IMMEDIATE")
        for sql, parameters in statements:
            self.conn.execute(sql, parameters)
        self.conn.execute("COMMIT")
        return time.perf_counter() - start


class Bench:
    def __init__(self, vault: Vault, floor: Floor) -> None:
        self.vault, self.floor = vault, floor
        self.cases = [self.new(n) for n in range(FILLED)]

    def person(self, n: int) -> Person:
        names: dict[str, Any] = {"given": "Rose-Andrée", "surname": "Jean-Baptiste", "second_surname": "Désir"}
        return Person(id=new_id(), number=f"SC-{n:05}", sex=Sex.WOMAN, birth=date(1990, 1, 2), nationality="HT",
                      phone=f"+56 9 {n:08}", opened=TODAY, **names)  # fmt: skip

    def file(self, id: str) -> File:
        return self.vault.file(Ref(Home.CASE, id))

    def turn(self, id: str, act: Callable[[], object]) -> tuple[float, float]:
        """Seconds of the operation, and of the bare write of what it changed."""
        before = self.file(id)
        start = time.perf_counter()
        act()
        took = time.perf_counter() - start
        return took, self.floor.write(self.floor.statements(before, self.file(id)))

    def new(self, n: int) -> str:
        made = self.person(n)
        self.turn(made.id, lambda: self.put(made.id, made))
        return made.id

    def put(self, id: str, *things: object) -> object:
        with self.vault.operation("bench", id) as op:
            for thing in things:
                op.put(thing)
        return op.done

    def one_field(self, id: str, n: int) -> tuple[float, float]:
        shown = self.file(id).one(Person)
        assert shown is not None

        def act() -> None:
            with self.vault.operation("bench", id) as op:
                op.set(shown, commune=f"c{n}")

        return self.turn(id, act)

    def undo(self, id: str, n: int) -> tuple[float, float]:
        done = Done()

        def edit() -> None:
            nonlocal done
            with self.vault.operation("bench", id) as op:
                op.set(Person(id=id), commune=f"u{n}")
            done = op.done

        self.turn(id, edit)  # the floor must stand where the store stands
        return self.turn(id, lambda: self.vault.undo(done))

    def refer(self, id: str) -> tuple[float, float]:
        made = Referral(id=new_id(), service="s1", area="employment", made=TODAY, recorded=TODAY, due=TODAY)
        return self.turn(id, lambda: self.put(id, made))

    def measured(self) -> dict[str, list[tuple[float, float]]]:
        found: dict[str, list[tuple[float, float]]] = {"new person": [], "one field": [], "referral": [], "undo": []}
        for n in range(ROUNDS):
            id, made = self.cases[n % FILLED], self.person(FILLED + n)
            found["new person"].append(self.turn(made.id, partial(self.put, made.id, made)))
            found["one field"].append(self.one_field(id, n))
            found["referral"].append(self.refer(id))
            found["undo"].append(self.undo(id, n))
        return found


@contextmanager
def floor_in(folder: Path):
    conn = connect(folder / "floor.db", bytes(32), create=True)
    for statement in (*schema(), *SCHEMA):
        conn.execute(statement)
    try:
        yield Floor(conn)
    finally:
        conn.close()


def main() -> int:
    with tempfile.TemporaryDirectory() as name, floor_in(Path(name)) as floor:
        about = About(id=new_id(), city="santiago", name="Oficina", language="es", paper="letter")
        create(Path(name) / "office", about, "x", cost=slots.Cost(1024, 1, 1))
        opened = open_office(Path(name) / "office", "x")
        found = Bench(opened.vault, floor).measured()
        opened.close()
    told = f"{ROUNDS} rounds by turns on {FILLED} cases, {len(NOUNS_OF_AN_OFFICE)} nouns"
    print(f"{told}; medians in ms; goal: added <= {GOAL}")
    print(f"{'':12}{'operation':>11}{'bare write':>12}{'added':>8}{'ratio':>8}")
    met = True
    for act, pairs in found.items():
        took, bare = (1000 * median(side) for side in zip(*pairs, strict=True))
        added = 1000 * median(a - b for a, b in pairs)
        met &= added <= GOAL
        print(f"{act:12}{took:11.2f}{bare:12.2f}{added:8.2f}{took / bare:8.1f}")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
