"""Hoy and Seguimientos of an office of 20,000 people and 60,000 follow-ups: from `read()` until the page is painted.

The floor, in the same run: the plainest question to the same encrypted file (a count and eight rows by their index),
and painting the page as it stands. Goal: Hoy within 100 ms at the median.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.following import ELEVEN, TODAY, followed
from benchmarks.office import PASSPHRASE, median, p95
from migrant_office import clock
from migrant_office.app import application
from migrant_office.models.office import Office, unlock
from migrant_office.services import supervision, today
from migrant_office.services.follow_ups import listing
from migrant_office.services.follow_ups.listing import Wanted
from migrant_office.ui.follow_ups.follow_ups_page import ALL, MINE, SUPERVISION, FollowUpsPage
from migrant_office.ui.operations import Operations
from migrant_office.ui.page import Page
from migrant_office.ui.today.today_page import TodayPage

ROUNDS, GOAL = 25, 0.100
FLOOR = (
    "SELECT count(*) FROM follow_up WHERE asked_on <= ?",
    "SELECT id, doc, question, asked_on FROM follow_up WHERE asked_on <= ? ORDER BY asked_on LIMIT 8",
)


def main() -> int:
    folder = followed()
    with clock.at(clock.on_the_wall(datetime.combine(TODAY, ELEVEN))):
        app = application()
        office = unlock(folder, PASSPHRASE)
        say(office)
        reads(office)
        operations = Operations(office)
        hoy = Shown(app, TodayPage(operations))
        bare = hoy.floor(office, operations)
        took = {"Hoy": hoy.times()}
        page = FollowUpsPage(operations)
        listed = Shown(app, page)
        for view in (ALL, MINE, SUPERVISION):
            page.tabs.set_current(view)
            took[f"Seguimientos, {view}"] = listed.times()
        for name, times in took.items():
            middle = median(times)
            print(f"  {name:26} {middle * 1e3:6.1f} ms   p95 {p95(times) * 1e3:6.1f} ms   ratio {middle / bare:4.1f}")
        print(f"  {'floor':26} {bare * 1e3:6.1f} ms   a count and eight rows, and painting what is there")
        operations.close()
    return 0 if median(took["Hoy"]) <= GOAL else 1


def say(office: Office) -> None:
    rows = [office.vault.read(f"SELECT count(*) FROM {table}")[0][0] for table in ("person", "follow_up")]
    print(f"  {rows[0]:,} people, {rows[1]:,} follow-ups")


def reads(office: Office) -> None:
    """What the reading takes, without any window."""
    wanted = (
        ("read of Hoy", lambda: today.read_today(office)),
        ("read of all", lambda: listing.read_list(office, Wanted())),
        ("read of mine", lambda: listing.read_list(office, Wanted(officer="1"))),
        ("a page far down", lambda: listing.page(office, Wanted(), 15_000)),
        ("read of the supervision", lambda: supervision.sections(office)),
    )
    for name, read in wanted:
        times = [taken(read) for _round in range(7)]
        print(f"  {name:26} {median(times) * 1e3:6.1f} ms")


def taken(does: Callable[[], object]) -> float:
    start = time.perf_counter()
    does()
    return time.perf_counter() - start


class Shown:
    """A page in a window of its own."""

    def __init__(self, app: QApplication, page: Page) -> None:
        self.app, self.page = app, page
        page.resize(1130, 700)
        page.show()

    def times(self) -> list[float]:
        """Seconds from `read()` until the answer is painted; the first two rounds warm up."""
        return [self.once() for _round in range(ROUNDS + 2)][2:]

    def once(self) -> float:
        loop = QEventLoop()
        start = time.perf_counter()
        self.page.read()
        # behind everything that the page has asked: the same thread answers in turn
        self.page.operations.ask(self.page, lambda _office: None, lambda _nothing: QTimer.singleShot(0, loop.quit))
        loop.exec()
        self.page.repaint()
        self.app.processEvents()
        return time.perf_counter() - start

    def floor(self, office: Office, operations: Operations) -> float:
        """The plainest question and a painting, at the median."""
        self.once()

        def plain(_office: Office) -> None:
            for sql in FLOOR:
                office.vault.read(sql, (TODAY.isoformat(),))

        def once() -> None:
            loop = QEventLoop()
            operations.ask(self.page, plain, lambda _nothing: loop.quit())
            loop.exec()
            self.page.repaint()
            self.app.processEvents()

        return median([taken(once) for _round in range(ROUNDS)])


if __name__ == "__main__":
    sys.exit(main())
