"""Ids of everything stored, in one place, so that a demo office gives the same ones every time it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uuid_utils  # UUIDv7 in Rust; Python has it from 3.14 on


def random_id() -> str:
    """A time-ordered random id (UUIDv7) as 32 hexadecimal digits."""
    return uuid_utils.uuid7().hex


_make: Callable[[], str] = random_id


def new_id() -> str:
    """An id never given before. Ids of one device sort by the time they were made."""
    return _make()


@contextmanager
def source(make: Callable[[], str]) -> Iterator[None]:
    """Take ids from `make` inside the block; it answers 32 hexadecimal digits, never the same twice."""
    global _make
    before, _make = _make, make
    try:
        yield
    finally:
        _make = before
