"""What day and time it is, in one place, so that a demo office or a test can live in another month."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

_now: Callable[[], datetime] = lambda: datetime.now(UTC)  # noqa: E731 - replaced as a whole by `at`


def now() -> datetime:
    """The present moment, with its zone (UTC)."""
    return _now()


def today() -> date:
    """The local date: what an officer would write on paper."""
    return _now().astimezone().date()


@contextmanager
def at(moment: datetime | Callable[[], datetime]) -> Iterator[None]:
    """Live at another moment inside the block. `moment` carries its zone, or is a function that answers one."""
    global _now
    before, _now = _now, moment if callable(moment) else lambda: moment
    try:
        yield
    finally:
        _now = before
