"""A job on its way to the printer, on a thread of its own: it can be stopped, and says what became of it."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject, QTimer, Signal

from migrant_office.errors import UserError
from migrant_office.progress import Cancelled, Progress
from migrant_office.ui import printing
from migrant_office.ui.operations import Worker
from migrant_office.ui.printing import Job, Printer

LOOK_MS = 150  # between two looks at how far it is


@cache
def printer_thread() -> Worker:
    """One thread for whatever waits on a printer: never the window's, never the office's."""
    return Worker()


@cache
def file_thread() -> Worker:
    """One for files: saving does not wait for a printer."""
    return Worker()


class Sender(QObject):
    """`sent` and `stopped` end a job, `failed` with its reason; `moved` tells page and pages where they are known."""

    sent = Signal(object)
    stopped = Signal()
    failed = Signal(object)
    moved = Signal(int, int)
    found = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._progress: Progress | None = None
        self._clock = QTimer(self)
        self._clock.setInterval(LOOK_MS)
        self._clock.timeout.connect(self._look)

    @property
    def busy(self) -> bool:
        return self._progress is not None

    def look_for_printers(self) -> None:
        """`found` carries the printers there are, `failed` why nobody knows."""
        printer_thread().submit(self, lambda: printing.spooler().printers(), self.found.emit, self.failed.emit)

    def send(self, job: Job, printer: Printer) -> None:
        progress = self._progress = Progress()

        def work() -> bool:
            try:
                printing.spooler().send(job, printer.name, progress)
            except Cancelled:
                return False
            return True

        self._clock.start()
        printer_thread().submit(self, work, lambda sent: self._end(job, sent=sent), self._fail)

    def stop(self) -> None:
        """Ask for it; `stopped` comes unless everything was handed over already."""
        if self._progress is not None:
            self._progress.cancel()

    def _end(self, job: Job, *, sent: bool) -> None:
        self._rest()
        if sent:
            self.sent.emit(job)
        else:
            self.stopped.emit()

    def _fail(self, error: UserError) -> None:
        self._rest()
        self.failed.emit(error)

    def _rest(self) -> None:
        self._progress = None
        self._clock.stop()

    def _look(self) -> None:
        if self._progress is not None and self._progress.total:
            self.moved.emit(self._progress.done + 1, self._progress.total)
