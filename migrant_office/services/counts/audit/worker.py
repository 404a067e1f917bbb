"""The audit in a process of its own: the window stays free, and stopping it ends the process with nothing half-done."""

from __future__ import annotations

import multiprocessing
import os
import queue
import sys
import time
from typing import Any

from migrant_office.errors import UserError
from migrant_office.i18n import N_
from migrant_office.progress import Progress
from migrant_office.services.counts.audit.auditing import Job, audit
from migrant_office.services.counts.audit.report import AuditReport

_LOOK = 0.1  # seconds between two looks at the queue and at the wish to stop
_TELL = 0.05  # seconds between two words about how far it is


class AuditFailed(UserError):
    """The process ended without an answer: nothing was audited, so nothing may leave."""

    def __init__(self) -> None:
        super().__init__(N_("The audit did not finish, so nothing was published. Close other programs and try again."))


def audit_apart(job: Job, progress: Progress | None = None) -> AuditReport:
    """Run the audit in a worker process; blocks this thread, not the interpreter.

    Raises `Cancelled` when the person asked to stop: the process is killed. Raises `AuditFailed` when it ended alone.
    """
    context = multiprocessing.get_context("spawn")  # a fork would copy locks, keys and the open office
    heard: Any = context.Queue()
    process = context.Process(target=_work, args=(job, heard), daemon=True)
    process.start()
    try:
        return _listen(process, heard, progress or Progress())
    finally:
        process.kill()
        process.join()
        process.close()
        heard.close()


def _listen(process: Any, heard: Any, progress: Progress) -> AuditReport:
    while True:
        try:
            kind, told = heard.get(timeout=_LOOK)
        except queue.Empty:
            progress.report(progress.done, progress.total)
            if not process.is_alive() and heard.empty():
                raise AuditFailed from None
            continue
        if kind == "done":
            return AuditReport.from_json(told)
        if kind == "failed":
            raise AuditFailed
        progress.report(*told)


def _work(job: Job, heard: Any) -> None:
    # The solver greets on the standard output, which belongs to whoever called.
    sys.stdout.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    said = 0.0

    def tell(done: int, total: int) -> None:
        nonlocal said
        if (now := time.monotonic()) - said > _TELL:
            said = now
            heard.put(("so far", (done, total)))

    try:
        heard.put(("done", audit(job, tell).to_json()))
    except Exception:
        # No traceback: it could show figures. The one outside says that nothing was audited.
        heard.put(("failed", None))
        raise SystemExit(1) from None
