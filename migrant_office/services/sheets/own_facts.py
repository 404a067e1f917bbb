"""What a summary of one's own data says, before it has a place on paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from migrant_office.models.sheet import SheetText

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Hint:
    """Something said after a fact: `texts` as they are, or in the words of the frame row `key`."""

    texts: Pair
    key: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a list: what it is, in bold, and what is said of it."""

    texts: Pair
    hints: tuple[Hint, ...] = ()
    icon: str = ""


@dataclass(frozen=True, slots=True)
class OwnData:
    """What the sheet says. `facts` are named as the braces of the wording are, "" is not known; `flags` what else its
    conditions ask for; `rights` rows of the notice; `borrowed` what else is said in words that stand in no row of
    the wording: labels of the screens, countries, papers.
    """

    facts: Mapping[str, Pair]
    flags: frozenset[str]
    lists: Mapping[str, tuple[Entry, ...]]
    rights: tuple[SheetText, ...] = ()
    person: str = ""
    told: Mapping[str, Pair] = field(default_factory=dict)
    borrowed: tuple[SheetText, ...] = ()
