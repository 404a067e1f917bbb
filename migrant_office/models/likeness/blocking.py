"""Keys under which records that may be of one person meet, so that nobody is compared with everybody.

Each key joins two or three facts that duplicates keep: measured, eleven keys a person find 96 % of them
(docs/decisions/021).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import blake2b
from itertools import product

from migrant_office.models.likeness.facts import Facts
from migrant_office.models.names import sounds
from migrant_office.models.names.sounds import EARS

MOST_GIVEN, MOST_SURNAMES = 2, 3  # names that are looked at


def keys(facts: Facts) -> frozenset[int]:
    """The keys of one record, as signed 64-bit numbers: they tell nothing of whom they were made."""
    return frozenset(number(key) for key in texts(facts))


def texts(facts: Facts) -> Iterator[str]:
    """The keys before they are made numbers."""
    yield from (f"paper {paper}" for paper in facts.document_numbers)
    if phone := facts.phone_digits:
        yield f"phone {phone}"
    for ear in EARS:
        given = heard(facts.given_words[:MOST_GIVEN], ear)
        first, *others = [heard([word], ear) for word in facts.surname_words[:MOST_SURNAMES]] or [[]]
        whole = heard([facts.surname_whole], ear)
        everybody = {*given, *heard(["".join(facts.given_words)], ear), *first, *whole}
        yield from (f"name {name}" for name in everybody)
        yield from together("surnames", first, [name for second in others for name in second])
        yield from together("names", given, [" ".join(sorted((*first, *second))) for second in others] or first)
        if facts.birth and facts.about:
            yield from together(f"year {facts.birth.year}", given, [*first, *whole])
        elif facts.birth:
            yield from with_birth(facts.birth, given, [*first, *whole], everybody)


def with_birth(birth: date, given: Iterable[str], surnames: Iterable[str], everybody: Iterable[str]) -> Iterator[str]:
    """The whole day with one name; the year, or day and month in any order, with two."""
    yield from (f"day {birth.isoformat()} {name}" for name in everybody)
    turned = "-".join(sorted((f"{birth.month:02}", f"{birth.day:02}")))
    yield from together(f"year {birth.year}", given, surnames)
    if (birth.month, birth.day) != (1, 1):  # the day of everybody whose day nobody knows
        yield from together(f"turned {turned}", given, surnames)


def together(kind: str, some: Iterable[str], others: Iterable[str]) -> Iterator[str]:
    """Every pair, whichever stands first: given names and surnames change places."""
    return (f"{kind} {' '.join(sorted(pair))}" for pair in product(some, others))


def heard(words: Iterable[str], ear: str) -> list[str]:
    """How words sound as they are spelled; the other spellings of `sounds.keys` would double the keys for little."""
    return [key for word in words if (key := sounds.skeleton(sounds.respelt(word, ear)))]


def number(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), signed=True)
