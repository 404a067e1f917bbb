"""Looks for slips in Haitian Creole text: French or Spanish words, lost accents, letters Creole does not have.

It finds what a reader would stumble over, not bad style: a named person still has to read every text. The spelling is
that of 1979 as kept by the Akademi Kreyòl Ayisyen (no apostrophe, no hyphen, grave accents alone). The page *Hojas*
shows it while somebody types; `packaging/creole_lint.py` runs it over files.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from migrant_office import paths
from migrant_office.i18n import N_

# What stands in a text without being a word of it: placeholders, tags, entities, addresses, keys, file names.
_NOT_WORDS = re.compile(
    r"\S+@\S+|https?://\S+|\{[^}]*\}|%[sdn1-9]|%\(\w+\)s|</?[a-z][^>]*>|&[a-z]+;|\*?\.[a-z]{2,4}\b|#\w+|\b[Nn]\.?[º°]"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:cl|mx|com|org|net|int)\b(?:/\S*)?"
    r"|[\w:-]+\(\)|\b\w+_\w+\b|--[\w-]+|\b\w+(?:[:,]\w+){3,}"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’‑-][^\W\d_]+)*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:…\n|(«“\"]\s*|[-–—•]\s+)$")

_LETTERS = frozenset("abcdefghijklmnoprstuvwyzèòà")
_PATTERNS = (
    (re.compile(r"c(?!h)"), N_("c without h")),
    (re.compile(r"(?<!o)u(?!i)"), N_("u alone")),
    (re.compile(r"([bcdfghjklmprstvwz])\1"), N_("double consonant")),
    (re.compile(r"ph|th|gn|eau|oi|ai|au|eu|ck|sh|wh"), N_("foreign pair of letters")),
    (re.compile(r"[st]ion"), N_("-tion is -syon")),
    (re.compile(r"i[aeoèò]"), N_("i before a vowel is y")),
    (re.compile(r"à(?!n)"), N_("à stands before n alone")),
)
_FOREIGN = frozenset(
    """
    le les des du une et est dans pour avec que qui vous votre vos nous notre sont sur par ce cette ces il elle
    ils aux au mais donc être avoir faire toute toutes
    el los las del con por para una su sus al es y como más sin cuando donde usted hay este esta estos no
    and is are this that with for you your not
    """.split()  # a list to read, by language: French, Spanish, English
)
_OWN_WORDS = frozenset(("ale", "soti", "pre", "ede"))  # words, though the glossary has a twin with an accent
_PREFERRED = {  # one form for one idea, as in the glossary
    "oubyen": "oswa",
    "paspo": "paspò",
    "sove": "anrejistre",
    "konsève": "anrejistre",
    "itilizatè": "moun ki konekte a",
}
_NEVER = {
    "erè": N_("the glossary says: say what happened"),
    "ilegal": N_("the glossary says: never of a person"),
}


@dataclass(frozen=True, slots=True)
class Slip:
    """A word that looks wrong, "" for the whole text; `reason` is a message id, `instead` fills its place."""

    word: str
    reason: str
    instead: str = ""

    def __str__(self) -> str:
        reason = self.reason.format(instead=self.instead)
        return f"{self.word}: {reason}" if self.word else reason


def findings(text: str) -> Iterator[str]:
    """What looks wrong in one Creole text, a line each: "word: reason"."""
    return map(str, slips(text))


def slips(text: str) -> Iterator[Slip]:
    """What looks wrong in one Creole text, word by word."""
    if text != unicodedata.normalize("NFC", text):
        yield Slip("", N_("the text is not in NFC"))
    plain = _NOT_WORDS.sub(lambda m: " " * len(m.group()), text).replace("&", "")
    for phrase in allowed():
        plain = plain.replace(phrase, phrase.upper()) if " " in phrase else plain
    for match in _WORD.finditer(plain):
        word = match.group()
        if not _is_a_name(word, plain[: match.start()]) and (found := _reason(word.lower())):
            yield Slip(word, *found)


def _is_a_name(word: str, before: str) -> bool:
    """All capitals, or a capital in the middle of a sentence, or on the list."""
    if word in allowed() or word.lower() in allowed() or (len(word) > 1 and word.isupper()):
        return True
    return word[0].isupper() and not _SENTENCE_START.search(before)


def _reason(word: str) -> tuple[str, str] | None:
    """The reason against one word in small letters, and what fills its place."""
    if any(mark in word for mark in "'’‑-"):
        return N_("no apostrophe and no hyphen: write the words apart"), ""
    if word in _FOREIGN:
        return N_("French, Spanish or English"), ""
    if word in _NEVER:
        return _NEVER[word], ""
    if word in _PREFERRED:
        return N_("the glossary says: {instead}"), _PREFERRED[word]
    if outside := set(word) - _LETTERS:
        return N_("not a Creole letter: {instead}"), "".join(sorted(outside))
    if word in lost_accents():
        return N_("accent lost: {instead}"), lost_accents()[word]
    return next(((name, "") for pattern, name in _PATTERNS if pattern.search(word)), None)


@cache
def allowed() -> frozenset[str]:
    """Names, foreign words and whole phrases that may stand in Creole text, one a line."""
    file = paths.resources() / "i18n" / "creole_allowed.txt"
    lines = file.read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


@cache
def lost_accents() -> dict[str, str]:
    """Words of the glossary without their accents -> as they are written; what is a word by itself is left out."""
    with (paths.resources() / "i18n" / "glossary.csv").open(encoding="utf-8", newline="") as file:
        words = {word.lower() for row in csv.DictReader(file) for word in _WORD.findall(row["ht"])}
    bare = {"".join(c for c in unicodedata.normalize("NFD", w) if not unicodedata.combining(c)): w for w in words}
    known = words | _OWN_WORDS
    return {plain: word for plain, word in bare.items() if plain != word and plain not in known and len(plain) > 2}
