"""How far a long task has come, and the wish to stop it: written by a worker, read by a window."""

from __future__ import annotations


class Cancelled(Exception):
    """The person asked to stop; the task leaves nothing half-done."""


class Progress:
    """Shared between one worker and one window: the worker reports, the window polls and may cancel.

    `done` and `total` are plain numbers of whatever the task counts; `total` 0 means "not known yet".
    """

    def __init__(self) -> None:
        self.done = 0
        self.total = 0
        self.cancelled = False

    def report(self, done: int, total: int) -> None:
        """Say how far the task is. Raises `Cancelled` when the person asked to stop."""
        self.done, self.total = done, total
        if self.cancelled:
            raise Cancelled

    def cancel(self) -> None:
        self.cancelled = True
