"""Names as people misspell them: the wrong key, or the right sound in the wrong letters (`data/sounds.txt`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from random import Random
from typing import NamedTuple

from benchmarks.names import folded, french_words, read_lines, unaccented

WORD = re.compile(r"[^\W\d_]+")
SHORTEST = 3  # words that are misspelt while there are any
KEYS = ("qwertyuiop", "asdfghjklñ", "zxcvbnm")
PLACES = {key: (row, column + row * 0.4) for row, keys in enumerate(KEYS) for column, key in enumerate(keys)}


def misspelt(name: str, rng: Random, errors: int, kind: str) -> str:
    """The text with so many errors in all, each in a random word of it; kind is "typo", "sound" or "any".

    Every error shows without accents and capitals, and none takes an earlier one back. A text in which nothing can be
    written otherwise by sound comes back with fewer errors, or as it is.
    """
    seen = {_plain(name)}
    for _ in range(errors):
        one = kind if kind != "any" else "typo" if rng.random() < 0.5 else "sound"
        worse = _once_more(name, rng, one, seen)
        if worse is None and kind == "any":
            worse = _once_more(name, rng, "typo", seen)
        if worse is not None:
            name = worse
            seen.add(_plain(name))
    return name


def _plain(text: str) -> str:
    return unaccented(text.casefold())


def _once_more(text: str, rng: Random, kind: str, seen: set[str]) -> str | None:
    """The text with one error more, in a word that allows it."""
    words = [found for found in WORD.finditer(text) if len(found[0]) >= SHORTEST] or list(WORD.finditer(text))
    for found in rng.sample(words, len(words)):
        word = found[0].lower()
        for wrong in _typos(word, rng) if kind == "typo" else _sounds(word, rng):
            worse = text[: found.start()] + _in_case(wrong, found[0]) + text[found.end() :]
            if wrong and _plain(worse) not in seen:
                return worse
    return None


def _in_case(wrong: str, word: str) -> str:
    if word.isupper() and len(word) > 1:
        return wrong.upper()
    return wrong[:1].upper() + wrong[1:] if word[0].isupper() else wrong


def _typos(word: str, rng: Random) -> Iterator[str]:
    """Twenty slips of the fingers, in random order of kind and place; the first letter is right more often."""
    for _ in range(20):
        at = rng.randrange(len(word))
        if at == 0 and rng.random() < 0.5:
            continue
        slip = rng.random()
        if slip < 0.35:
            yield word[:at] + rng.choice(_beside(folded(word[at]))) + word[at + 1 :]
        elif slip < 0.65:
            yield word[:at] + word[at + 1 :]
        elif slip < 0.8:
            yield word[: at + 1] + word[at:]
        else:
            yield word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]


@cache
def _beside(key: str) -> tuple[str, ...]:
    """The letters around one on a Spanish keyboard."""
    row, column = PLACES.get(key, PLACES["n"])
    return tuple(
        other
        for other, (at_row, at_column) in PLACES.items()
        if other != key and abs(at_row - row) <= 1 and abs(at_column - column) <= 1
    )


def _sounds(word: str, rng: Random) -> Iterator[str]:
    """Every other writing of the word by one rule at one place, in random order of the rules."""
    rules = sorted(_writings(word), key=lambda rule: -(rng.random() ** (1 / rule[0])))
    for _often, writings in rules:
        yield from rng.sample(writings, len(writings))


@lru_cache(maxsize=50_000)
def _writings(word: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """For each rule that fits, how often it is broken, and what it makes of the word."""
    plain = folded(word)
    is_french = plain in french_words()
    made = []
    for rule in _rules():
        if is_french or not rule.french:
            places = [found.span() for found in rule.pattern.finditer(plain)]
            one = tuple(word[:start] + other + word[end:] for start, end in places for other in rule.others)
            if one:
                made.append((rule.often, one))
    return tuple(made)


class _Rule(NamedTuple):
    french: bool  # only for French and Creole names
    often: int
    pattern: re.Pattern[str]
    others: tuple[str, ...]


@cache
def _rules() -> tuple[_Rule, ...]:
    rules: list[_Rule] = []
    head = ""
    for line in read_lines("sounds"):
        if line.startswith("["):
            head = line
            continue
        pattern, *others = line.split()
        writings = tuple(other if other != "-" else "" for other in others)
        rules.append(_Rule("french" in head, 4 if "often" in head else 1, re.compile(pattern), writings))
    return tuple(rules)
