"""Keys under which records that may be of one person meet, so that nobody is compared with everybody.

Each key joins two or three facts that duplicates keep: measured, eleven keys a person find 96 % of them
(docs/decisions/023).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import product

from migrant_office.models.likeness.facts import Facts
from migrant_office.models.names import sounds

MOST_GIVEN = 2  # given names that are looked at


def keys(facts: Facts) -> frozenset[int]:
    """The keys of one record, as signed 64-bit numbers: they tell nothing of whom they were made."""
    return frozenset(number(key) for key in texts(facts))


def texts(facts: Facts) -> Iterator[str]:
    """The keys before they are made numbers."""
    yield from (f"paper {paper}" for paper in facts.document_numbers)
    if phone := facts.phone_digits:
        yield f"phone {phone}"
    given = sorted(heard([*facts.given_words[:MOST_GIVEN], "".join(facts.given_words)]))
    surnames = [sorted(heard([word])) for word in facts.surname_words[:3]]
    first = sorted({*(surnames[0] if surnames else ()), *heard([facts.surname_whole])})
    everybody = sorted({*given, *first})
    yield from (f"name {name}" for name in everybody)
    yield from (f"surnames {' '.join(sorted(two))}" for name in surnames[1:2] for two in product(first, name))
    if facts.birth:
        day = facts.birth.isoformat()
        yield from (f"day {day} {name}" for name in {*everybody, *(s for name in surnames[1:] for s in name)})
        turned = "-".join(sorted((f"{facts.birth.month:02}", f"{facts.birth.day:02}")))
        for one, other in product(given, first):
            pair = " ".join(sorted((one, other)))
            yield f"year {facts.birth.year} {pair}"
            yield f"turned {turned} {pair}"
    for one in given:
        for other in surnames[1:]:
            for pair in product(first, other):
                yield f"names {one} {' '.join(sorted(pair))}"
        if len(surnames) < 2:
            yield from (f"two {' '.join(sorted((one, name)))}" for name in first)


def heard(words: Iterable[str]) -> set[str]:
    """How words sound as they are spelled; the other spellings of `sounds.keys` would double the keys for little."""
    return {key for word in words for ear in ("es", "ht") if (key := sounds.skeleton(sounds.respelt(word, ear)))}


def number(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), signed=True)
