"""Every spelling of a name that an office holds, in memory: what a typed word may have meant.

A few ten thousand words for a million people, because new people bring few new names. rapidfuzz measures the distance
(MIT, in C, released every few months); how a name sounds comes with each spelling.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from migrant_office.models.names import sounds
from migrant_office.models.names.folding import fold
from migrant_office.models.names.variants import variants

MOST = 48  # words that one typed word may mean
SHORT = 3  # letters; below, only a beginning is met
LONG = 6  # letters; from here on two letters may be wrong
ALIKE = 0.62  # of two sounds written out; measured on pairs that nobody would call alike
MANY = 100  # new words at once, from which sorting all is quicker
KEPT = 2000  # answers
ALIKENESS = OSA.normalized_similarity
LONGEST_START = 9  # letters of an unfinished word that may hold an error


class How(IntEnum):
    """Why a stored word is met by a typed one; the smaller the surer."""

    SAME = 0
    BEGINS = 1
    VARIANT = 2
    SOUNDS = 3
    ONE_LETTER = 4
    TWO_LETTERS = 5


class Meant(NamedTuple):
    """A stored word (or with `start` the beginning of stored words) that a typed one may have meant; 0 < score ≤ 1."""

    word: str
    score: float
    how: How
    start: bool = False


class Vocabulary:
    """Words of names, folded. Grows with `add`; a word that went stays and meets nobody."""

    def __init__(self) -> None:
        self.erased = 0  # subjects that had been erased when it was read
        self.clear()

    def clear(self) -> None:
        self.newest = 0  # number of the last spelling added
        self.heard: dict[str, set[str]] = {}  # word → spellings with their accents
        self.bearers: dict[str, int] = {}  # word → about how many people, as it was when read
        self.by_sound: dict[str, list[str]] = defaultdict(list)
        self.by_length: dict[int, list[str]] = defaultdict(list)
        self.letters: set[str] = set()
        self.ordered: list[str] = []
        self._started: set[str] = set()
        self._written: dict[str, tuple[str, ...]] = {}  # word → how its spellings sound, written out
        self._meant: dict[tuple[str, bool], list[Meant]] = {}

    def add(self, rows: Iterable[tuple[int, str, str, int]]) -> None:
        """(number, spelling, its sounds, people who bear it): new spellings of an office."""
        fresh = []
        for number, spelling, keys, bearers in rows:
            self.newest = max(self.newest, number)
            for word in fold(spelling).split():
                self.bearers[word] = self.bearers.get(word, 0) + bearers
                spellings = self.heard.get(word)
                if spellings is None:
                    fresh.append(word)
                    spellings = self.heard[word] = set()
                    self.by_length[len(word)].append(word)
                    self.letters.update(word)
                    self._started.update(word[:length] for length in range(SHORT, min(len(word), LONGEST_START + 1)))
                spellings.add(spelling)
                self._written.pop(word, None)
                for key in keys.split():
                    if word not in (met := self.by_sound[key]):
                        met.append(word)
        self._order(fresh)

    def _order(self, fresh: list[str]) -> None:
        if len(fresh) > MANY:
            self.ordered = sorted(self.heard)
        else:
            for word in fresh:
                insort(self.ordered, word)
        if fresh:
            self._meant.clear()

    def begins(self, start: str) -> bool:
        """Whether a stored word begins so."""
        at = bisect_left(self.ordered, start)
        return at < len(self.ordered) and self.ordered[at].startswith(start)

    def knows(self, word: str) -> bool:
        """Whether a word, or one that sounds like it, is somebody's name."""
        return fold(word) in self.heard or any(key in self.by_sound for key in sounds.keys(word))

    def meant(self, typed: str, *, far: bool = False) -> list[Meant]:
        """What a typed word (lower case, accents kept) may have meant, the best first; `far`: two letters may be wrong.

        Asked again letter by letter while somebody types, so answers are kept.
        """
        known = self._meant.get((typed, far))
        if known is None:
            if len(self._meant) > KEPT:
                self._meant.clear()
            known = self._meant[typed, far] = self._look(typed, far=far)
        return known

    def write_out(self, word: str) -> tuple[str, ...]:
        """How the spellings of a stored word sound; kept, because rules for many words are slow."""
        known = self._written.get(word)
        if known is None:
            known = self._written[word] = tuple({t for spelling in self.heard[word] for t in sounds.heard(spelling)})
        return known

    def _look(self, typed: str, *, far: bool) -> list[Meant]:
        word = fold(typed).replace(" ", "")
        if not word:
            return []
        if far:
            near = self.meant(typed)
            return surest((*near, *self._slips_twice(word))) if len(word) >= LONG else near
        found = []
        if word in self.heard:
            found.append(Meant(word, 1.0, How.SAME))
        if self.begins(word):
            found.append(Meant(word, 0.97, How.BEGINS, start=True))
        found += [Meant(other, 0.9, How.VARIANT) for other in variants().get(word, ()) if other in self.heard]
        if len(word) >= SHORT:
            found += [*self._sounding(typed, word), *self._slips(word)]
        return surest(found)

    def _sounding(self, typed: str, word: str) -> list[Meant]:
        others = {other for key in sounds.keys(typed) for other in self.by_sound.get(key, ())} - {word}
        written = [(text, other) for other in others for text in self._written.get(other) or self.write_out(other)]
        texts = [text for text, _other in written]
        best: dict[str, float] = {}
        for ours in sounds.heard(typed):
            for _text, alike, at in process.extract(ours, texts, scorer=ALIKENESS, score_cutoff=ALIKE, limit=None):
                other = written[at][1]
                best[other] = max(best.get(other, 0.0), alike)
        found = [Meant(other, 0.6 + 0.34 * alike, How.SOUNDS) for other, alike in best.items()]
        return sorted(found, key=lambda m: -m.score)[:MOST]

    def _slips(self, word: str) -> Iterator[Meant]:
        """Words and beginnings one letter away: added, left out, another, or two changed about.

        There are some hundred such words for one typed; looking each up is quicker than measuring the vocabulary.
        """
        others = one_letter_away(word, self.letters)
        for other in self.heard.keys() & others:
            if len(other) >= SHORT:
                yield Meant(other, 0.98 - 0.6 / max(len(word), 4), How.ONE_LETTER)
        for other in self._started & others if len(word) > SHORT else ():
            yield Meant(other, 0.9 - 0.6 / len(word), How.ONE_LETTER, start=True)

    def _slips_twice(self, word: str) -> Iterator[Meant]:
        for length in range(len(word) - 2, len(word) + 3):
            same = self.by_length.get(length, ())
            for other, distance, _ in process.extract(word, same, scorer=OSA.distance, score_cutoff=2, limit=MOST):
                if distance == 2:
                    yield Meant(other, 0.98 - 1.2 / len(word), How.TWO_LETTERS)


def surest(found: Iterable[Meant]) -> list[Meant]:
    """Each once, with the surest of its reasons; the surest first."""
    once: dict[tuple[str, bool], Meant] = {}
    for one in found:
        known = once.setdefault((one.word, one.start), one)
        if known.score < one.score:
            once[one.word, one.start] = one
    return sorted(once.values(), key=lambda m: (-m.score, m.how, m.word))[:MOST]


def one_letter_away(word: str, letters: Iterable[str]) -> set[str]:
    """Every text at distance one from a word (optimal string alignment), over these letters."""
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    fewer = {head + tail[1:] for head, tail in halves if tail}
    about = {head + tail[1] + tail[0] + tail[2:] for head, tail in halves if len(tail) > 1}
    other = {head + letter + tail[1:] for head, tail in halves if tail for letter in letters}
    more = {head + letter + tail for head, tail in halves for letter in letters}
    return (fewer | about | other | more) - {word}


def sound_alike(one: str, other: str) -> float:
    """How alike two lower-case words sound, 0 to 1, to the ear that hears them closest."""
    mine, theirs = sounds.heard(one), sounds.heard(other)
    return 1.0 if set(mine) & set(theirs) else max(ALIKENESS(a, b) for a in mine for b in theirs)
