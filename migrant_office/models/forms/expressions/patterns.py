"""Patterns of `regex()`, with a guard against those that would hang the desk."""

from __future__ import annotations

import re
from functools import lru_cache

LONGEST_PATTERN = 500
LONGEST_TEXT = 2_000
_ENDLESS = re.compile(r"[*+]|\{\d*,\}")
_COUNTED = re.compile(r"\{(?:\d+,)?(\d+)\}")
FEW = 4  # a group repeated so often at most stays quick


class BadPattern(Exception):  # noqa: N818 - a finding, not a failure
    """The pattern is too long, not a pattern, or could take for ever."""


@lru_cache(maxsize=512)
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, checked. Raises BadPattern."""
    if len(pattern) > LONGEST_PATTERN or _could_hang(pattern):
        raise BadPattern
    try:
        return re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise BadPattern from error


def found(text: str, pattern: str) -> bool:
    """Whether the pattern occurs in the text: not anchored, as the specification says. False for a bad pattern."""
    try:
        return len(text) <= LONGEST_TEXT and compiled(pattern).search(text) is not None
    except BadPattern:
        return False


def anchored(pattern: str) -> bool:
    return pattern.startswith("^") and pattern.endswith("$")


def _could_hang(pattern: str) -> bool:
    """Whether a repeated group holds a repetition or a choice itself, as in `(a+)+`: time may grow exponentially."""
    stack: list[bool] = []  # for each open group: does it hold an endless repetition or a choice?
    place, in_class = 0, False
    while place < len(pattern):
        sign = pattern[place]
        if sign == "\\":
            place += 2
            continue
        if in_class:
            in_class = sign != "]"
        elif sign == "[":
            in_class = True
            place += pattern[place + 1 : place + 2] == "^"
            place += pattern[place + 1 : place + 2] == "]"
        elif sign == "(":
            stack.append(False)
        elif sign == ")" and stack:
            inner, repeated = stack.pop(), _often_repeated(pattern, place + 1)
            if inner and repeated:
                return True
            if stack and (inner or repeated):
                stack[-1] = True
        elif stack and (sign == "|" or _often_repeated(pattern, place)):
            stack[-1] = True
        place += 1
    return False


def _often_repeated(pattern: str, place: int) -> bool:
    if _ENDLESS.match(pattern, place):
        return True
    counted = _COUNTED.match(pattern, place)
    return counted is not None and int(counted.group(1)) > FEW
