"""Answers about names, kept while an office is open and forgotten when it is locked: they hold people's names."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")
MOST = 200_000  # answers of each rule; some ten megabytes

_memories: list[Any] = []


def remembered(rule: Callable[P, R]) -> Callable[P, R]:
    """Keep the answers of a pure rule about words."""
    kept = lru_cache(MOST)(rule)
    _memories.append(kept)
    return cast("Callable[P, R]", kept)


def forget() -> None:
    """Drop every answer kept."""
    for memory in _memories:
        memory.cache_clear()


def size() -> int:
    """How many answers are kept now."""
    return sum(memory.cache_info().currsize for memory in _memories)
