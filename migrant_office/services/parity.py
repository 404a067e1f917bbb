"""Who approved which Creole text: the approvals that the program ships with, and those of the office."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path
from weakref import WeakKeyDictionary

from migrant_office import clock, paths
from migrant_office.errors import UserError
from migrant_office.i18n import N_
from migrant_office.models.office import Office, new_id
from migrant_office.models.operations import Op
from migrant_office.models.parity import Pair, Registered, Review, Reviews, needs_review, pair_of, read_registry
from migrant_office.models.reads import text_reviews as reads
from migrant_office.models.text_review import TextReview, latest
from migrant_office.models.vault.nouns import Home, Ref
from migrant_office.models.vault.operation import Done

DOCUMENT = "reviews"
LONGEST_NAME = 60  # letters of a reviewer: it stands in the footer of sheets
REGISTRY = Path("i18n") / "reviews.csv"
_standing: WeakKeyDictionary[Office, tuple[object, Reviews]] = WeakKeyDictionary()


def standing(office: Office) -> Reviews:
    """The approvals that hold in this office: those the program ships with and its own; its withdrawals take out both.

    Read again only after something was written or met, or the registry was exchanged.
    """
    registry = shipped()
    seen = (reads.mark(office.vault), registry)
    kept = _standing.get(office)
    if kept is None or kept[0] != seen:
        kept = _standing[office] = (seen, _joined(registry, own(office)))
    return kept[1]


def shipped() -> tuple[Registered, ...]:
    """The approvals of `resources/i18n/reviews.csv`. Raises `UserError` when it cannot be used."""
    path = paths.resources() / REGISTRY
    try:
        return _registry(path, path.stat().st_mtime_ns)
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(N_("The reviews of the Creole cannot be read: {file}. Restore it."), file=path.name) from error


@lru_cache(maxsize=4)
def _registry(path: Path, _changed: int) -> tuple[Registered, ...]:
    return read_registry(path.read_text(encoding="utf-8"))


def own(office: Office) -> dict[Pair, TextReview]:
    """The last word of this office on each pair that it spoke of."""
    return latest(office.vault.file(Ref(Home.FORM, DOCUMENT)).all(TextReview).values())


def _joined(registry: tuple[Registered, ...], entries: dict[Pair, TextReview]) -> Reviews:
    mine = [Review(*pair, e.reviewer, e.made) for pair, e in entries.items() if e.approved]
    return Reviews([*(each.review for each in registry if _pair(each.review) not in entries), *mine])


def _pair(review: Review) -> Pair:
    return review.es_hash, review.ht_hash


def approve(office: Office, pairs: Iterable[tuple[str, str]], reviewer: str, on: date | None = None) -> Done:
    """Say that a named person read these (Spanish, Creole) and approves them, `on` a day, today's if none is given: one
    operation for all. What she approved already is not written again.

    Raises `UserError` as `checked`, and for a text that is empty or no translation.
    """
    name, day = checked(reviewer, on or clock.today())
    told = _hashed(pairs)
    known, before = standing(office), own(office)
    with office.operation(Op.APPROVE_TEXTS, DOCUMENT) as op:
        for pair in told:
            review = known.by_hash(pair)
            if review is None or review.reviewer != name:
                op.put(_entry(office, pair, before, approved=True, reviewer=name, made=day))
    return op.done


def checked(reviewer: str, on: date) -> tuple[str, date]:
    """Name and day of a reading. Raises `UserError` without a name and for a day to come."""
    name = " ".join(reviewer.split())
    if not name:
        raise UserError(N_("Write the name of the person who read the Creole: no text is approved without it."))
    if len(name) > LONGEST_NAME:
        raise UserError(N_("A name has at most {most} letters."), most=LONGEST_NAME)
    if on > clock.today():
        raise UserError(N_("The day of the reading lies in the future. Correct it."))
    return name, on


def withdraw(office: Office, pairs: Iterable[tuple[str, str]]) -> Done:
    """Take back that these (Spanish, Creole) are approved, whoever did it, the program's own approvals too: they are
    drafts in this office from now on. What is a draft already is passed over. Raises `UserError` as `approve`.
    """
    told = _hashed(pairs)
    known, before = standing(office), own(office)
    with office.operation(Op.WITHDRAW_TEXTS, DOCUMENT) as op:
        for pair in told:
            if known.by_hash(pair):
                op.put(_entry(office, pair, before, approved=False, made=clock.today()))
    return op.done


def _hashed(pairs: Iterable[tuple[str, str]]) -> list[Pair]:
    """The pairs once each, in their order."""
    told = list(pairs)
    if not all(needs_review(es, ht) for es, ht in told):
        raise UserError(N_("Only a text in Spanish with its translation into Creole can be approved."))
    return list(dict.fromkeys(pair_of(es, ht) for es, ht in told))


def _entry(
    office: Office, pair: Pair, before: dict[Pair, TextReview], *, approved: bool, made: date, reviewer: str = ""
) -> TextReview:
    return TextReview(
        id=new_id(),
        es_hash=pair[0],
        ht_hash=pair[1],
        approved=approved,
        turn=before[pair].turn + 1 if pair in before else 1,
        reviewer=reviewer,
        made=made,
        officer=office.officer,
    )
