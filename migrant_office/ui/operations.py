"""The only thread that touches the office: screens hand it closures and get frozen values back on their own thread."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import TypeVar, cast

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from migrant_office import log
from migrant_office.errors import UserError
from migrant_office.i18n import N_
from migrant_office.models.city import City
from migrant_office.models.office import About, Desk, Office, Reading
from migrant_office.models.vault.operation import Done
from migrant_office.progress import Cancelled, Progress

T = TypeVar("T")
UNEXPECTED = N_("Something unexpected happened. What you had saved is safe; close the program and open it again.")


@dataclass(slots=True)
class Answer:
    """A finished closure on its way back to the window."""

    owner: QObject
    deliver: Callable[[], None]


class Worker(QObject):
    """One thread of its own and the way back from it; `refused` carries errors nobody else took."""

    _woken = Signal()
    refused = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="office")
        self._answers: deque[Answer] = deque()
        self._lock = Lock()
        self._closed = False
        self._newest: dict[str, int] = {}
        self._woken.connect(self._drain, Qt.ConnectionType.QueuedConnection)

    def submit(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[UserError], None] | None = None,
    ) -> None:
        """Do `work` on the thread; `done` or `failed` comes on the window's, unless `owner` has gone meanwhile.

        Without `failed` the error goes to `refused`.
        """
        if not self._closed:
            self._thread.submit(self._work, owner, work, done, failed or self.refused.emit)

    def submit_newest(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None],
        key: str,
        failed: Callable[[UserError], None] | None = None,
    ) -> None:
        """As `submit`; with a `key`, one that has been asked again meanwhile is not done, or not answered."""
        number = self._newest[key] = self._newest.get(key, 0) + 1

        def is_stale() -> bool:
            return bool(key) and self._newest[key] != number

        def still_wanted() -> T:
            if is_stale():
                raise Cancelled
            return work()

        self.submit(owner, still_wanted, lambda value: None if is_stale() else done(value), failed)

    def settle(self) -> None:
        """Wait until everything handed in so far is on disk: before locking or closing."""
        if not self._closed:
            self._thread.submit(lambda: None).result()

    def stop(self, last: Callable[[], None] = lambda: None) -> None:
        """Finish what was handed in, then `last`, then the thread."""
        if not self._closed:
            self._closed = True
            self._thread.submit(last)
            self._thread.shutdown(wait=True)
            self._drain()  # an office that was just opened must reach whoever closes it

    def _work(
        self, owner: QObject, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[UserError], None]
    ) -> None:
        try:
            value = work()
        except UserError as error:
            refusal = error  # the name of an except clause is gone after it
            self._answer(owner, lambda: failed(refusal))
        except Cancelled:
            self._answer(owner, lambda: None)
        except Exception as error:
            log.crash(error)
            self._answer(owner, lambda: failed(UserError(UNEXPECTED)))
        else:
            self._answer(owner, lambda: done(value))

    def _answer(self, owner: QObject, deliver: Callable[[], None]) -> None:
        with self._lock:
            self._answers.append(Answer(owner, deliver))
        self._woken.emit()

    def _drain(self) -> None:
        while True:
            with self._lock:
                answer = self._answers.popleft() if self._answers else None
            if answer is None:
                return
            if shiboken6.isValid(answer.owner):
                answer.deliver()


class Onlooker(Worker):
    """A thread that only looks, with a way of its own into the office: it answers while another one writes."""

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office, self._reading = office, cast("Reading | None", None)
        self._busy = ""

    def look(
        self,
        owner: QObject,
        read: Callable[[Desk], T],
        done: Callable[[T], None],
        *,
        key: str = "",
        failed: Callable[[UserError], None] | None = None,
    ) -> None:
        """Read; a newer question of the same key stops this one where it is."""

        def work() -> T:
            self._busy = key
            try:
                return read(self._desk())
            finally:
                self._busy = ""

        if key and self._busy == key and self._reading is not None:
            self._reading.vault.interrupt()
        self.submit_newest(owner, work, done, key, failed)

    def _desk(self) -> Desk:
        if self._reading is None:
            self._reading = self._office.reading()
        return self._reading

    def close(self) -> None:
        if self._reading is not None:
            self._reading.vault.interrupt()
        self.stop(lambda: self._reading.close() if self._reading else None)


class Operations(Worker):
    """The worker that owns the office. `ask` reads, `run` writes, `long` reports progress and can be cancelled; `look`
    reads on a thread beside it, for what must answer while something is saved.

    `changed` carries the `Done` of every write, for screens to decide whether to read again; `saving` how many writes
    are not on disk yet.
    """

    changed = Signal(object)
    saving = Signal(int)

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._unsaved = 0
        self._looking, self._searching = Onlooker(office, self), Onlooker(office, self)
        for onlooker in (self._looking, self._searching):
            onlooker.refused.connect(self.refused)

    @property
    def about(self) -> About:
        """What may be known without unlocking: the office's name, city and language."""
        return self._office.about

    @property
    def city(self) -> City:
        return self._office.city

    @property
    def officer(self) -> str:
        """The code of whoever unlocked the office."""
        return self._office.officer

    def ask(
        self,
        owner: QObject,
        read: Callable[[Office], T],
        done: Callable[[T], None],
        *,
        key: str = "",
        failed: Callable[[UserError], None] | None = None,
    ) -> None:
        """Read. With a `key`, a newer question of the same key makes this one pointless: not asked, or not answered."""
        self.submit_newest(owner, lambda: read(self._office), done, key, failed)

    def run(
        self,
        owner: QObject,
        write: Callable[[Office], T],
        done: Callable[[T], None] | None = None,
        *,
        failed: Callable[[UserError], None] | None = None,
    ) -> None:
        """Write; every screen then hears what changed, `done` after them."""

        def deliver(value: T) -> None:
            if (change := done_of(value)) is not None:
                self.changed.emit(change)
            if done and shiboken6.isValid(owner):
                done(value)

        def work() -> T:
            try:
                return write(self._office)
            finally:
                self._answer(self, lambda: self._count(-1))

        self._count(1)
        self.submit(self, work, deliver, failed)  # a write is told to all screens, even when its own has gone

    def _count(self, step: int) -> None:
        self._unsaved += step
        self.saving.emit(self._unsaved)

    def long(
        self,
        owner: QObject,
        work: Callable[[Office, Progress], T],
        done: Callable[[T], None],
        progress: Progress,
        *,
        failed: Callable[[UserError], None] | None = None,
    ) -> None:
        """A task over a second: the window polls `progress` and may cancel it; a cancelled task answers nothing."""
        self.submit(owner, lambda: work(self._office, progress), done, failed)

    def look(
        self,
        owner: QObject,
        read: Callable[[Desk], T],
        done: Callable[[T], None],
        *,
        key: str = "",
        failed: Callable[[UserError], None] | None = None,
    ) -> None:
        """Read what was saved, without waiting for what is being saved; one under way of the same key stops."""
        self._looking.look(owner, read, done, key=key, failed=failed)

    def search_through(
        self,
        owner: QObject,
        read: Callable[[Desk], T],
        done: Callable[[T], None],
        failed: Callable[[UserError], None] | None = None,
    ) -> None:
        """One stretch of a task through the whole office, on a third thread: looking stays quick meanwhile."""
        self._searching.look(owner, read, done, failed=failed)

    def settle(self) -> None:
        super().settle()
        self._looking.settle()
        self._searching.settle()

    def stop(self, last: Callable[[], None] = lambda: None) -> None:
        self._looking.close()
        self._searching.close()
        super().stop(last)

    def close(self) -> None:
        """Finish what was handed in, then close the office."""
        self.stop(self._office.close)


def done_of(value: object) -> Done | None:
    """The change inside what a service returned: alone, first of a tuple, or in a step of the history."""
    if isinstance(value, tuple) and value:
        value = value[0]
    found = value if isinstance(value, Done) else getattr(value, "done", None)
    return found if isinstance(found, Done) else None
