"""Three-valued logic (Kleene): True, False, and None for what nobody knows."""

from __future__ import annotations

from collections.abc import Iterable

Truth = bool | None


def every(truths: Iterable[Truth]) -> Truth:
    """False as soon as one is; else unknown as soon as one is."""
    unknown = False
    for truth in truths:
        if truth is False:
            return False
        unknown = unknown or truth is None
    return None if unknown else True


def some(truths: Iterable[Truth]) -> Truth:
    """True as soon as one is; else unknown as soon as one is."""
    unknown = False
    for truth in truths:
        if truth is True:
            return True
        unknown = unknown or truth is None
    return None if unknown else False
