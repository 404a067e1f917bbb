"""What the search for people registered twice has found on this computer, and how far it came: it can be stopped."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from migrant_office import clock
from migrant_office.models.vault.reading import Readable

if TYPE_CHECKING:
    from migrant_office.models.vault.vault import Vault


class Search(NamedTuple):
    """`after` is the last key looked at, `share` how much of the office that is (0 to 1), `ended` an ISO moment."""

    after: int
    share: float
    began: str
    ended: str | None


class LikelyPair(NamedTuple):
    """Two cases that look alike; the reasons are codes, a blank between."""

    one: str
    other: str
    points: float
    reasons: str


def search(vault: Readable) -> Search | None:
    """The last search, finished or not; None when there was none."""
    rows = vault.read("SELECT after, share, began, ended FROM pair_search")
    return Search(*rows[0]) if rows else None


def begin(vault: Vault, first: int) -> None:
    """A new search: what the last one found is forgotten."""
    with vault.transaction():
        vault.write("DELETE FROM likely_pair")
        vault.write(
            "INSERT INTO pair_search VALUES (1, ?, 0, ?, NULL) ON CONFLICT(one) DO UPDATE SET after = excluded.after, "
            "share = 0, began = excluded.began, ended = NULL",
            (first, clock.now().isoformat()),
        )


def keep(vault: Vault, found: Iterable[LikelyPair], after: int, share: float, *, ended: bool) -> None:
    """What one stretch found, and how far it came, at once."""
    with vault.transaction():
        for pair in found:
            vault.write(
                "INSERT INTO likely_pair VALUES (?, ?, ?, ?) ON CONFLICT(one, other) DO UPDATE SET "
                "points = excluded.points, reasons = excluded.reasons",
                tuple(pair),
            )
        moment = clock.now().isoformat() if ended else None
        vault.write("UPDATE pair_search SET after = ?, share = ?, ended = ?", (after, share, moment))


def found(vault: Readable) -> list[LikelyPair]:
    """All pairs, the likeliest first."""
    return [LikelyPair(*row) for row in vault.read("SELECT * FROM likely_pair ORDER BY points DESC, one, other")]
