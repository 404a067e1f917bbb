"""Ids of everything stored, in one place, so that a demo office gives the same ones every time it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID, uuid5

import uuid_utils  # UUIDv7 in Rust; Python has it from 3.14 on

NAMESPACE = UUID("6f1c1c34-7a0e-5d0b-9a55-3f2d8f0b7a11")


def random_id() -> str:
    """A time-ordered random id (UUIDv7) as 32 hexadecimal digits."""
    return uuid_utils.uuid7().hex


_make: Callable[[], str] = random_id


def new_id() -> str:
    """An id never given before. Ids of one device sort by the time they were made."""
    return _make()


def made_id(*parts: str) -> str:
    """The id that these words always have, on every machine: UUIDv5 of them. For what is named by a code of ours."""
    return str(uuid5(NAMESPACE, "/".join(parts)))


@contextmanager
def source(make: Callable[[], str]) -> Iterator[None]:
    """Take ids from `make` inside the block; it answers 32 hexadecimal digits, never the same twice."""
    global _make
    before, _make = _make, make
    try:
        yield
    finally:
        _make = before
