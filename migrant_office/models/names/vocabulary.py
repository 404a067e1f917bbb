"""Every spelling of a name that an office holds, in memory: what a typed word may have meant.

A few ten thousand words for a million people, because new people bring few new names. rapidfuzz measures the distance
(MIT, in C, released every few months); how a name sounds comes with each spelling.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable
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
        self.by_sound: dict[str, list[str]] = defaultdict(list)
        self.by_length: dict[int, list[str]] = defaultdict(list)
        self.starts: dict[int, list[str]] = defaultdict(list)
        self.ordered: list[str] = []
        self._started: set[str] = set()
        self._meant: dict[tuple[str, bool], list[Meant]] = {}

    def add(self, rows: Iterable[tuple[int, str, str]]) -> None:
        """(number, spelling, its sounds): new spellings of an office."""
        fresh = []
        for number, spelling, keys in rows:
            self.newest = max(self.newest, number)
            for word in fold(spelling).split():
                spellings = self.heard.get(word)
                if spellings is None:
                    fresh.append(word)
                    spellings = self.heard[word] = set()
                    self.by_length[len(word)].append(word)
                    self._add_starts(word)
                spellings.add(spelling)
                for key in keys.split():
                    if word not in (met := self.by_sound[key]):
                        met.append(word)
        self._order(fresh)

    def _add_starts(self, word: str) -> None:
        for length in range(SHORT, min(len(word), LONGEST_START + 1)):
            if word[:length] not in self._started:
                self._started.add(word[:length])
                self.starts[length].append(word[:length])

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

    def _look(self, typed: str, *, far: bool) -> list[Meant]:
        word = fold(typed).replace(" ", "")
        if not word:
            return []
        found: dict[tuple[str, bool], Meant] = {}

        def note(one: Meant) -> None:
            key = (one.word, one.start)
            if key not in found or found[key].score < one.score:
                found[key] = one

        if word in self.heard:
            note(Meant(word, 1.0, How.SAME))
        if self.begins(word):
            note(Meant(word, 0.97, How.BEGINS, start=True))
        for other in variants().get(word, ()):
            if other in self.heard:
                note(Meant(other, 0.9, How.VARIANT))
        if len(word) >= SHORT:
            for one in (*self._sounding(typed, word), *self._near(word, far=far), *self._starting(word)):
                note(one)
        return sorted(found.values(), key=lambda m: (-m.score, m.how, m.word))[:MOST]

    def _sounding(self, typed: str, word: str) -> list[Meant]:
        others = {other for key in sounds.keys(typed) for other in self.by_sound.get(key, ())} - {word}
        found = []
        for other in others:
            alike = max(sound_alike(typed, spelling) for spelling in self.heard[other])
            if alike >= ALIKE:
                found.append(Meant(other, 0.6 + 0.34 * alike, How.SOUNDS))
        return sorted(found, key=lambda m: -m.score)[:MOST]

    def _near(self, word: str, *, far: bool) -> list[Meant]:
        """Words one letter away (added, left out, another, two changed about); for long ones with `far` two."""
        reach = 2 if far and len(word) >= LONG else 1
        found = []
        for length in range(len(word) - reach, len(word) + reach + 1):
            met = process.extract(
                word, self.by_length.get(length, ()), scorer=OSA.distance, score_cutoff=reach, limit=MOST
            )
            for other, distance, _ in met:
                if distance and len(other) >= SHORT:
                    how = How.ONE_LETTER if distance == 1 else How.TWO_LETTERS
                    found.append(Meant(other, 0.98 - distance * (0.6 / max(len(word), 4)), how))
        return found

    def _starting(self, word: str) -> list[Meant]:
        """Beginnings one letter away, for a word that is not finished."""
        found = []
        if len(word) > SHORT:
            for length in range(max(SHORT, len(word) - 1), min(len(word) + 1, LONGEST_START) + 1):
                met = process.extract(word, self.starts.get(length, ()), scorer=OSA.distance, score_cutoff=1, limit=12)
                for start, distance, _ in met:
                    if distance:
                        found.append(Meant(start, 0.9 - 0.6 / len(word), How.ONE_LETTER, start=True))
        return found


def sound_alike(one: str, other: str) -> float:
    """How alike two lower-case words sound, 0 to 1, to the ear that hears them closest."""
    pairs = (("es", "es"), ("ht", "ht"), ("es", "ht"), ("ht", "es"))
    return max(OSA.normalized_similarity(sounds.respelt(one, a), sounds.respelt(other, b)) for a, b in pairs)
