"""Patterns of `regex()`, with a guard against those that would hang the desk.

Matched by the library `regex`, because `re` cannot be stopped; what its own dialect adds (recursion, fuzziness) is
refused, so that a form means the same in every reader.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import regex

LONGEST_PATTERN = 500
LONGEST_TEXT = 200  # characters of an answer; a name, a number, an e-mail address has fewer
SECONDS = 0.05  # for one answer
PATIENCE = 3  # answers that took too long before a pattern is not asked again
FEW = 4  # a group repeated so often at most stays quick
MOST_IN_A_ROW = 3  # endless repeats of the same signs, one behind the other: time grows by a power for each
MOST_COPIES = 2_000  # `regex` writes counted repeats out: nested ones could fill the memory

_PART = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?:\?(?:P<\w+>|P=\w+|<[=!]|[:=!#]|[a-zA-Z\-]+[:)]?))?|.", re.DOTALL
)
_REPEAT = re.compile(r"(?:(?P<sign>[*+?])|\{(?P<least>\d*)(?P<comma>,?)(?P<most>\d*)\})[?+]?")
_NO_WIDTH = frozenset({"^", "$", r"\b", r"\B", r"\A", r"\Z"})
_SIGNS = "aZé1 _-.,@/+'"


class BadPattern(Exception):
    """The pattern is too long, not a pattern, or could take for ever."""


class Unanswered(Exception):
    """Whether the pattern is found was not known in time: whoever asked goes on as if nothing had been asked."""


_slow: Counter[str] = Counter()


@lru_cache(maxsize=512)
def compiled(pattern: str) -> regex.Pattern[str]:
    """The pattern, checked. Raises BadPattern."""
    if len(pattern) > LONGEST_PATTERN:
        raise BadPattern
    try:
        re.compile(pattern)  # the common dialect
        _Guard(pattern).check()
        return regex.compile(pattern)
    except (re.error, regex.error, OverflowError, RecursionError) as error:
        raise BadPattern from error


def found(text: str, pattern: str) -> bool:
    """Whether the pattern occurs in the text: not anchored, as the specification says. False for a bad pattern, and
    for a text longer than any that patterns are written for. Raises Unanswered when it would take too long.
    """
    if len(text) > LONGEST_TEXT:
        return False
    if _slow[pattern] >= PATIENCE:
        raise Unanswered
    try:
        return compiled(pattern).search(text, timeout=SECONDS) is not None
    except BadPattern:
        return False
    except TimeoutError:
        _slow[pattern] += 1
        raise Unanswered from None


def slow(pattern: str) -> bool:
    """Whether some answer as long as allowed keeps the pattern busy for too long: measured, not reckoned."""
    one = compiled(pattern)
    try:
        for sign in dict.fromkeys(_SIGNS + pattern):
            one.search(sign * (LONGEST_TEXT - 1) + "\0", timeout=SECONDS)
    except TimeoutError:
        return True
    return False


def anchored(pattern: str) -> bool:
    return pattern.startswith("^") and pattern.endswith("$")


@dataclass
class _Group:
    """An open group: whether it repeats or chooses inside, and how many signs it is once written out."""

    varies: bool = False
    copies: int = 0


class _Guard:
    """Reads a pattern from left to right and refuses what could take for ever or fill the memory."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._groups = [_Group()]
        self._common: frozenset[str] = frozenset()  # signs that every endless repeat of the present row takes
        self._row = 0

    def check(self) -> None:
        """Raises BadPattern."""
        place = 0
        while place < len(self._pattern):
            found = _PART.match(self._pattern, place)
            assert found is not None  # noqa: S101 - its last case takes any sign
            least, most, place = self._repeat(found.end())
            self._take(found.group(), least, most)
        if self._groups[0].copies > MOST_COPIES:
            raise BadPattern

    def _repeat(self, place: int) -> tuple[int, int | None, int]:
        """(at least, at most or None for endless, where what follows begins)."""
        found = _REPEAT.match(self._pattern, place)
        if found is None:
            return 1, 1, place
        if sign := found["sign"]:
            return int(sign == "+"), {"?": 1}.get(sign), found.end()
        least = int(found["least"] or 0)
        most = int(found["most"]) if found["most"] else None if found["comma"] else least
        return least, most, found.end()

    def _take(self, part: str, least: int, most: int | None) -> None:
        if part == "{":
            raise BadPattern  # text to `re`, something else to other readers
        if part.startswith("(") and not part.endswith(")"):
            self._groups.append(_Group())
            return
        if part == "|":
            self._groups[-1].varies = True
            self._row = 0
            return
        often = most is None or most > FEW
        if part == ")" and len(self._groups) > 1:
            inner = self._groups.pop()
            if inner.varies and often:
                raise BadPattern
            self._count(inner.copies, most or max(1, least))
            self._groups[-1].varies |= inner.varies or often
            return
        self._count(1, most or max(1, least))
        self._groups[-1].varies |= often
        self._follow(part, least, endless=often and most != least)

    def _count(self, copies: int, times: int) -> None:
        self._groups[-1].copies += copies * times
        if self._groups[-1].copies > MOST_COPIES:
            raise BadPattern

    def _follow(self, part: str, least: int, *, endless: bool) -> None:
        """Count endless repeats that could share the same signs among them; a sign of its own between parts them."""
        if part in _NO_WIDTH or part.startswith("(?"):
            return
        signs = _signs(part, self._pattern)
        if endless:
            shared = signs & self._common
            self._row = self._row + 1 if shared and self._row else 1
            self._common = shared if self._row > 1 else signs
            if self._row > MOST_IN_A_ROW:
                raise BadPattern
        elif least and not signs & self._common:
            self._row = 0


def _signs(part: str, pattern: str) -> frozenset[str]:
    """Which signs, of a few common ones and those of the pattern, a part matches."""
    try:
        matched = re.compile(part, re.DOTALL)
    except re.error:  # a reference to a group
        return frozenset()
    return frozenset(sign for sign in _SIGNS + pattern if matched.fullmatch(sign))
