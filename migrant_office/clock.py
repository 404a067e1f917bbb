"""What day and time it is, in one place, so that a demo office or a test can live in another month."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, tzinfo

_zone: tzinfo | None = None
_now: Callable[[], datetime] = lambda: datetime.now(UTC)  # noqa: E731 - replaced as a whole by `at`


def now() -> datetime:
    """The present moment, with its zone (UTC)."""
    return _now()


def local(moment: datetime) -> datetime:
    """A moment as the clock on the office's wall shows it: in the city's zone, else the computer's."""
    return moment.astimezone(_zone)


def on_the_wall(moment: datetime) -> datetime:
    """A naive time read off that clock, as a moment with its zone."""
    return moment.replace(tzinfo=_zone) if _zone else moment.astimezone()


def today() -> date:
    """The date on the office's wall: what an officer would write on paper."""
    return local(_now()).date()


def live_in(zone: tzinfo | None) -> None:
    """Let `local` and `today` speak of a city's zone; None is the computer's own."""
    global _zone
    _zone = zone


@contextmanager
def at(moment: datetime | Callable[[], datetime]) -> Iterator[None]:
    """Live at another moment inside the block. `moment` carries its zone, or is a function that answers one."""
    global _now
    before, _now = _now, moment if callable(moment) else lambda: moment
    try:
        yield
    finally:
        _now = before
