"""Whether a named person has approved a Creole text for exactly the Spanish that it translates.

The approval belongs to the pair of texts and not to the place they stand in: the same sentence on two sheets is read
once, and any change of the Spanish or of the Creole makes it a draft again by itself.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Review:
    """That `reviewer` approved, on a day, the Creole with one hash for the Spanish with the other (`text_hash`)."""

    es_hash: str
    ht_hash: str
    reviewer: str
    on: date


class Reviews:
    """What was approved, by pair of texts."""

    def __init__(self, reviews: Iterable[Review] = ()) -> None:
        self._by_pair = {(review.es_hash, review.ht_hash): review for review in reviews}

    def __len__(self) -> int:
        return len(self._by_pair)

    def __iter__(self) -> Iterator[Review]:
        return iter(self._by_pair.values())

    def of(self, es: str, ht: str) -> Review | None:
        """The approval of a pair; None for a draft."""
        return self._by_pair.get((text_hash(es), text_hash(ht))) if self._by_pair else None


def text_hash(text: str) -> str:
    """Twelve hexadecimal digits of a wording; spacing and Unicode composition do not count."""
    return hashlib.sha256(unicodedata.normalize("NFC", " ".join(text.split())).encode()).hexdigest()[:12]
