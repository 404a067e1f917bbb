"""Whether a named person has approved a Creole text for exactly the Spanish that it translates.

The approval belongs to the pair of texts and not to the place they stand in: the same sentence on two sheets is read
once, and any change of the Spanish or of the Creole makes it a draft again by itself.
"""

from __future__ import annotations

import csv
import hashlib
import io
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from migrant_office.errors import UserError
from migrant_office.i18n import N_

COLUMNS = ("es_hash", "ht_hash", "reviewer", "date", "es", "ht")
"""Of the registry of approvals; hashes bind, the texts stand there for people."""
Pair = tuple[str, str]


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
        return self.by_hash(pair_of(es, ht)) if self._by_pair else None

    def by_hash(self, pair: Pair) -> Review | None:
        """The approval of the hashes of a pair."""
        return self._by_pair.get(pair)


def text_hash(text: str) -> str:
    """Twelve hexadecimal digits of a wording; spacing and Unicode composition do not count."""
    return hashlib.sha256(normal(text).encode()).hexdigest()[:12]


def normal(text: str) -> str:
    """A wording without what does not count for a review: doubled spaces, line ends, how an accent is stored."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


def pair_of(es: str, ht: str) -> Pair:
    """The hashes of two texts, Spanish first: what a review belongs to."""
    return text_hash(es), text_hash(ht)


def needs_review(es: str, ht: str) -> bool:
    """Whether this is a translation: a name or figure alike in both is none, nor is half a pair."""
    es, ht = normal(es), normal(ht)
    return bool(es and ht) and es != ht


@dataclass(frozen=True, slots=True)
class Registered:
    """One line of a registry of approvals: what was approved, with its words."""

    review: Review
    es: str
    ht: str


def registered(es: str, ht: str, reviewer: str, on: date) -> Registered:
    return Registered(Review(*pair_of(es, ht), reviewer, on), normal(es), normal(ht))


def read_registry(content: str) -> tuple[Registered, ...]:
    """The approvals of a registry. Raises `UserError` with the first of `faults_in`."""
    for line, fault in faults_in(content):
        raise UserError(N_("The reviews of the Creole cannot be used: line {line}, {fault}."), line=line, fault=fault)
    return tuple(
        registered(row["es"], row["ht"], row["reviewer"].strip(), date.fromisoformat(row["date"]))
        for row in csv.DictReader(io.StringIO(content, newline=""))
    )


def faults_in(content: str) -> Iterator[tuple[int, str]]:
    """What is wrong with a registry: the line, and the offending word itself."""
    rows = csv.reader(io.StringIO(content, newline=""), strict=True)
    seen: set[Pair] = set()
    try:
        if tuple(next(rows, ())) != COLUMNS:
            yield 1, ",".join(COLUMNS)
            return
        for cells in rows:
            fault = _fault(cells, seen)
            if fault:
                yield rows.line_num, fault
    except csv.Error:
        yield rows.line_num, "csv"


def _fault(cells: list[str], seen: set[Pair]) -> str:
    """What is wrong with one line, "" when nothing is; remembers its pair in `seen`."""
    if len(cells) != len(COLUMNS):
        return f"{len(cells)} != {len(COLUMNS)}"
    es_hash, ht_hash, reviewer, on, es, ht = cells
    if not needs_review(es, ht):
        return "es, ht"
    if (es_hash, ht_hash) != pair_of(es, ht):
        return f"es_hash,ht_hash != {','.join(pair_of(es, ht))}"
    if (es_hash, ht_hash) in seen:
        return f"{es_hash},{ht_hash} x 2"
    seen.add((es_hash, ht_hash))
    if not reviewer.strip():
        return "reviewer"
    try:
        date.fromisoformat(on)
    except ValueError:
        return f"date={on}"
    return "" if len(on) == len("2026-01-31") else f"date={on}"


def write_registry(approvals: Iterable[Registered]) -> str:
    """A registry as text, in the order of the Spanish, so that a change shows as few lines."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for each in sorted(approvals, key=lambda a: (a.es, a.ht)):
        review = each.review
        writer.writerow((review.es_hash, review.ht_hash, review.reviewer, review.on.isoformat(), each.es, each.ht))
    return out.getvalue()
