"""Search as people type: who is found with errors, and the time from the key to the painted list.

Beside a bare full-text prefix query on the same encrypted file in the same run. BENCH_PEOPLE sets how many people the
office has; 1000000 takes an hour to make, once.
"""

from __future__ import annotations

import os
import random
import resource
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from benchmarks.office import PASSPHRASE, PEOPLE, median, p95
from benchmarks.people import misspelt
from benchmarks.registry import registered
from migrant_office.app import application
from migrant_office.models.names.folding import fold
from migrant_office.models.office import Office, Reading, unlock
from migrant_office.models.vault.search import match_expression
from migrant_office.services import finding
from migrant_office.ui.operations import Operations
from migrant_office.ui.people.people_page import PeoplePage
from migrant_office.ui.widgets.search_field import SearchField

QUERIES = int(os.environ.get("BENCH_QUERIES", "300"))
TYPED = 60  # names typed letter by letter
FIRST_TEN = 10
Name = tuple[str, str, str]
KINDS: tuple[tuple[str, int, str], ...] = (
    ("no error", 0, ""),
    ("one slip of the hand", 1, "typo"),
    ("one error of sound", 1, "sound"),
    ("one error of either kind", 1, "any"),
    ("two slips of the hand", 2, "typo"),
    ("two errors of sound", 2, "sound"),
    ("two errors of either kind", 2, "any"),
)


def main() -> None:
    folder = registered(PEOPLE)
    office = unlock(folder, PASSPHRASE)
    names = some_names(office)
    reading = office.reading()
    print(f"  {PEOPLE:,} people")
    vocabulary(reading)
    recall(reading, names)
    reading.close()
    painted(office, names)


def some_names(office: Office) -> dict[str, Name]:
    ((last,),) = office.vault.read("SELECT max(rid) FROM person")
    rng = random.Random(5)
    found: dict[str, Name] = {}
    while len(found) < QUERIES:
        rows = office.vault.read("SELECT id, given, surname, second_surname FROM person WHERE rid = ?",
                                 (rng.randrange(1, last + 1),))  # fmt: skip
        found.update({row[0]: row[1:] for row in rows if row[1] and row[2]})
    return found


def vocabulary(reading: Reading) -> None:
    before, start = memory(), time.perf_counter()
    finding.warm_up(reading)
    took = time.perf_counter() - start
    print(f"  names read in {took:.2f} s: {len(reading.vocabulary.heard):,} words, {memory() - before:.0f} MB")


def memory() -> float:
    """Megabytes in use (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


def recall(reading: Reading, names: dict[str, Name]) -> None:
    """The right person, or one of the same given name and surname, among the first ten."""
    rng = random.Random(5)
    for label, errors, kind in KINDS:
        right, times = 0, []
        for id, (given, surname, _second) in names.items():
            plain = f"{given} {surname}"
            typed = misspelt(plain, rng, errors, kind) if errors else plain
            start = time.perf_counter()
            hits = finding.find(reading, typed)[:FIRST_TEN]
            times.append(time.perf_counter() - start)
            right += any(hit.case == id or is_namesake(reading, hit.case, given, surname) for hit in hits)
        print(f"  {label:28} in the first ten {right / len(names):6.1%}   median {median(times) * 1e3:5.1f} ms, "
              f"p95 {p95(times) * 1e3:5.1f} ms")  # fmt: skip


def is_namesake(reading: Reading, case: str, given: str, surname: str) -> bool:
    ((g, s),) = reading.vault.read("SELECT given, surname FROM person WHERE doc = ? AND id = doc", (case,))
    return (fold(g), fold(s)) == (fold(given), fold(surname))


def painted(office: Office, names: dict[str, Name]) -> None:
    """From each key to the painted list, in the page of the window, one error in every second name."""
    app, rng = application(), random.Random(9)
    bare = [office_time(office, f"{g} {s}"[:4]) for g, s, _ in names.values()]
    operations = Operations(office)
    times = []
    with_page = Typing(app, operations)
    for at, (given, surname, _second) in enumerate(list(names.values())[:TYPED]):
        text = f"{given} {surname}"
        times += with_page.type(misspelt(text, rng, 1, "any") if at % 2 else text)
    operations.close()
    print(
        f"  key to painted list, {len(times)} keys: median {median(times) * 1e3:.1f} ms, p95 {p95(times) * 1e3:.1f} ms"
    )
    print(f"  bare prefix query of four letters: median {median(bare) * 1e3:.2f} ms, p95 {p95(bare) * 1e3:.2f} ms")
    print(f"  ratio of the medians {median(times) / median(bare):.1f}, of the p95 {p95(times) / p95(bare):.1f}")


def office_time(office: Office, text: str) -> float:
    start = time.perf_counter()
    office.vault.read(
        "SELECT rowid FROM findable_fts WHERE findable_fts MATCH ? ORDER BY rowid DESC LIMIT 100",
        (match_expression(text),),
    )
    return time.perf_counter() - start


class Painted(QObject):
    """Notes when the list was painted last."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 0.0
        self.seen: Callable[[], None] = lambda: None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self, self._note)  # behind the painting itself
        return super().eventFilter(watched, event)

    def _note(self) -> None:
        self.at = time.perf_counter()
        self.seen()


class Typing:
    """The search field and the list as they stand in the window."""

    def __init__(self, app: QApplication, operations: Operations) -> None:
        self.app, self.page, self.field = app, PeoplePage(operations), SearchField("")
        self.window = QWidget()
        column = QVBoxLayout(self.window)
        column.addWidget(self.field)
        column.addWidget(self.page)
        self.painted = Painted()
        self.page.list.viewport().installEventFilter(self.painted)
        self.field.searched.connect(self.page.look_for)
        self.window.resize(1100, 760)
        self.window.show()
        self.warm(operations, 0)
        self._until(lambda: False, 5_000)

    def warm(self, operations: Operations, begun: int) -> None:
        """As the window does after unlocking."""
        operations.look(
            self.page,
            lambda desk: finding.warm_up(desk, begun),
            lambda then: self.warm(operations, then) if then else None,
        )

    def type(self, text: str) -> list[float]:
        """Seconds from each key until the list answers it and is painted."""
        self.field.set_text("")
        self._until(lambda: self.page.shown == "", 5_000)
        times = []
        for letter in text:
            start = time.perf_counter()
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                key = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(self.field.edit, key)
            self._until(lambda: self.page.shown == self.field.text().strip(), 5_000)
            times.append(self.painted.at - start)
        return times

    def _until(self, ready: Callable[[], bool], most: int) -> None:
        """Let the window live until the list is painted and `ready`, as it does while somebody waits."""
        loop = QEventLoop()
        self.painted.seen = lambda: loop.quit() if ready() else None
        patience = QTimer(self.window, singleShot=True, interval=most)
        patience.timeout.connect(loop.quit)
        patience.start()
        loop.exec()
        patience.stop()


if __name__ == "__main__":
    main()
