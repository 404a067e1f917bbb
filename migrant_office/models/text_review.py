"""What an office itself approved or took back of the Creole on its sheets, and which word is the last."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from migrant_office.models.parity import Pair
from migrant_office.models.vault.nouns import Home, noun, scalar


@noun("text_review", Home.FORM, once=True)
class TextReview:
    """That `reviewer` approved the Creole of one pair of texts on a day, or that somebody took an approval back.

    `turn` is one more than the highest this device knew of the pair: who answers an entry comes after it, whatever the
    clocks of the two devices say.
    """

    id: str
    es_hash: str = scalar(column=False)
    ht_hash: str = scalar(column=False)
    approved: bool = scalar(column=False)
    turn: int = scalar(column=False)
    reviewer: str = scalar(default="", column=False)
    made: date = scalar()
    officer: str = scalar(default="")

    @property
    def pair(self) -> Pair:
        return self.es_hash, self.ht_hash


def latest(entries: Iterable[TextReview]) -> dict[Pair, TextReview]:
    """The entry that holds for each pair, the same on every device: the highest turn, and of two desks that spoke at
    once the withdrawal, so that nothing in doubt is printed as approved.
    """
    found: dict[Pair, TextReview] = {}
    for entry in entries:
        before = found.get(entry.pair)
        if before is None or _weight(before) < _weight(entry):
            found[entry.pair] = entry
    return found


def _weight(entry: TextReview) -> tuple[int, bool, str]:
    return entry.turn, not entry.approved, entry.id
