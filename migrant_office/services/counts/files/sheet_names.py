"""Names of sheets that Excel takes, each once in a workbook."""

from __future__ import annotations

import re

_LONGEST = 31  # characters, says Excel
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_RESERVED = "history"  # Excel keeps it for itself
_NAMELESS = "-"


class SheetNames:
    """Gives out names for the sheets of one workbook."""

    def __init__(self) -> None:
        self._given = {_RESERVED}

    def of(self, label: str) -> str:
        """A label as a name: none of the characters that Excel forbids, at most 31, cut between words, with a number
        where another sheet has it already (capital letters make no difference).
        """
        wanted = " ".join(_FORBIDDEN.sub(" ", label).split()).strip("' ") or _NAMELESS
        number, name = 1, _cut(wanted, "")
        while name.casefold() in self._given:
            number += 1
            name = _cut(wanted, f" {number}")
        self._given.add(name.casefold())
        return name


def _cut(text: str, end: str) -> str:
    room = _LONGEST - len(end)
    if len(text) <= room:
        return text + end
    whole, _space, rest = text[:room].rpartition(" ")  # the mark of what is missing takes a place itself
    kept = whole if whole and len(rest) < room // 2 else text[: room - 1]
    return kept.rstrip("' ")[: room - 1] + "…" + end
