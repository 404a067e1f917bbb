"""The peers of the program's duplicate check: Splink, dedupe and recordlinkage on the same people.

Each function gives the pairs of indexes (i < j) that its tool takes for the same person, with the tool's probability,
from `at_least` on. What they need comes with `pip install -e '.[bench]'`. The caller measures the time.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from functools import cache
from typing import Any

from benchmarks.lesson import lesson
from benchmarks.names import unaccented
from benchmarks.people import Someone, people
from benchmarks.truth import ordered

Pairs = dict[tuple[int, int], float]
SEED = 20260301  # where a tool draws samples


class Unavailable(Exception):
    """A peer that cannot run on this machine, and why."""


def cleaned(listed: Sequence[Someone]) -> list[dict[str, Any]]:
    """The people as the tools' handbooks ask for: small letters, digits of phones, None for what is not known."""
    return [_cleaned(at, who) for at, who in enumerate(listed)]


def _cleaned(at: int, who: Someone) -> dict[str, Any]:
    given, surname, second = map(_plain, (who.given, who.surname, who.second_surname))
    return {
        "unique_id": at,
        "given": given,
        "first": given.split()[0] if given else None,
        "surname": surname,
        "second": second,
        "birth": who.birth or None,
        "year": who.birth[:4] or None,
        "sex": who.sex,
        "nationality": who.nationality,
        "phone": re.sub(r"\D", "", who.phone)[-8:] or None,
        "document": re.sub(r"\W", "", who.document).casefold() or None,
    }


def _plain(name: str) -> str | None:
    return unaccented(name.casefold()).replace("-", " ") or None


def splink_pairs(listed: Sequence[Someone], at_least: float = 0.5) -> Pairs:
    """Splink on DuckDB, which learns without labels; 0.9 is a good threshold."""
    try:
        import pyarrow

        from benchmarks.peer_splink import predicted
    except ImportError as error:
        raise Unavailable(f"Splink is not installed: {error}") from error
    found = predicted(pyarrow.Table.from_pylist(cleaned(listed)), at_least, SEED)
    columns = (found[name].to_pylist() for name in ("unique_id_l", "unique_id_r", "match_probability"))
    return {ordered(one, other): chance for one, other, chance in zip(*columns, strict=True)}


def dedupe_pairs(listed: Sequence[Someone], at_least: float = 0.5) -> Pairs:
    """dedupe in one process, taught by `dedupe_taught` (call it first to leave that out of the time); 0.9 is a good
    threshold.
    """
    model = dedupe_taught()
    from benchmarks.peer_dedupe import records, scored

    found = scored(records(cleaned(listed)), model)
    return {pair: chance for pair, chance in found if chance >= at_least}


@cache
def dedupe_taught() -> Any:
    """dedupe's model after a lesson of labelled pairs of other people; a minute or two, once."""
    try:
        from BTrees.IFBTree import IFBucket

        from benchmarks.peer_dedupe import CROWD, records, taught
    except ImportError as error:
        raise Unavailable(f"dedupe is not installed: {error}") from error
    if not hasattr(IFBucket, "byValue"):
        raise Unavailable(
            "dedupe 3.0.3 cannot run with BTrees 6.5 or newer, which took away byValue: install BTrees<6.5"
        )
    others, same, different = lesson()
    crowd = list(people(CROWD, SEED))
    return taught(records(cleaned(others)), same, different, records(cleaned(crowd)))


def recordlinkage_pairs(listed: Sequence[Someone], at_least: float = 0.5) -> Pairs:
    """recordlinkage with logistic regression, taught on the same pairs as dedupe; 0.7 is a good threshold."""
    try:
        from benchmarks.peer_recordlinkage import probable, taught
    except ImportError as error:
        raise Unavailable(f"recordlinkage is not installed: {error}") from error
    others, same, different = lesson()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # it is older than its pandas
        found = probable(cleaned(listed), taught(cleaned(others), same, different), at_least)
    return {ordered(*pair): chance for pair, chance in found.items()}
