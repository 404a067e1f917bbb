"""How a name sounds to a Spanish and to a Haitian ear: equal keys for spellings that people mix up.

No kept library knows all three languages: double metaphone met 24 of 50 hard pairs, rules like these 49
(docs/decisions/020). The rules are data, `resources/names/sounds.csv`, each with an example and its reason.
"""

from __future__ import annotations

import csv
import re
from functools import cache

from migrant_office import paths
from migrant_office.models.names.folding import fold
from migrant_office.models.names.memory import remembered

_VOWELS = re.compile("[aeiouwy]")
_TWICE = re.compile(r"(.)\1+")
_PRONOUNCED = "·"  # after a last letter that is heard

Rules = tuple[tuple[re.Pattern[str], str], ...]


@cache
def rules() -> dict[str, Rules]:
    """By ear (`es`, `ht`), in the order in which they apply; `also` are other spellings of a word, each alone."""
    found: dict[str, list[tuple[re.Pattern[str], str]]] = {}
    with (paths.resources() / "names" / "sounds.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["ear"], []).append((re.compile(row["pattern"]), row["sound"]))
    return {ear: tuple(told) for ear, told in found.items()}


@cache
def table_text() -> str:
    """The rules as they stand in the file: a stored index must know by which it was made."""
    return (paths.resources() / "names" / "sounds.csv").read_text(encoding="utf-8")


@remembered
def respelt(word: str, ear: str) -> str:
    """A lower-case word, accents kept, as this ear (`es` or `ht`) would write it; vowels stay."""
    for pattern, sound in rules()[ear]:
        word = pattern.sub(sound, word)
    return word.replace(_PRONOUNCED, "") if word.strip(_PRONOUNCED) else word


EARS = ("es", "ht")


@remembered
def heard(word: str) -> tuple[str, ...]:
    """A lower-case word as either ear would write it."""
    return tuple(dict.fromkeys(respelt(word, ear) for ear in EARS))


@remembered
def keys(word: str) -> frozenset[str]:
    """What a lower-case word may sound like, as consonants behind the first sound; empty for what is no word."""
    if not word.isalpha():
        return frozenset()
    found = set()
    for spelling in spellings(word):
        for ear in EARS:
            if key := skeleton(respelt(spelling, ear)):
                found.add(key)
    return frozenset(found)


def spellings(word: str) -> set[str]:
    """The word and the other ways to write its start or its end."""
    others = (pattern.sub(other, word, count=1) for pattern, other in rules()["also"])
    return {word, *(other for other in others if fold(other))}


def skeleton(sound: str) -> str:
    """The first sound (any vowel counts as one) and the consonants after it."""
    if not sound:
        return ""
    first = "A" if sound[0] in "aeiou" else sound[0]
    return _TWICE.sub(r"\1", first + _VOWELS.sub("", sound[1:]))
