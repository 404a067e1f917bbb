"""Reads over the queue of a day. All go by the index of the day, so that years of tickets cost nothing."""

from __future__ import annotations

from typing import Any

from migrant_office.models.vault.vault import Vault

TICKET = (
    't.id, t.number, t.taken, t.kind, t."case", t.hour, t.wanted, t.need, t.language, t.interpreter, t.state, '
    "t.calls, t.since, t.officer, t.desk, t.appointment"
)


def of_day(vault: Vault, day: str) -> list[tuple[Any, ...]]:
    """Rows of TICKET of one day, in the order in which the numbers were taken."""
    return vault.read(f"SELECT {TICKET} FROM ticket t WHERE t.day = ? ORDER BY t.taken, t.id", (day,))


def priorities(vault: Vault, ids: list[str]) -> set[str]:
    """Those of these tickets that go first."""
    marks = ", ".join("?" * len(ids))
    return {
        id
        for (id,) in vault.read(
            f"SELECT DISTINCT doc FROM flag WHERE noun = 'ticket' AND field = 'priority' AND doc IN ({marks})",
            ids,
        )
    }


def visits(vault: Vault, cases: list[str]) -> dict[str, int]:
    """How many attentions each of these cases has had."""
    marks = ", ".join("?" * len(cases))
    return dict(vault.read(f"SELECT doc, count(*) FROM encounter WHERE doc IN ({marks}) GROUP BY doc", cases))


def open_of_case(vault: Vault, day: str, cases: list[str]) -> list[tuple[str, str]]:
    """(ticket, number) of the tickets of a day that one of these cases still waits with."""
    marks = ", ".join("?" * len(cases))
    return vault.read(
        f'SELECT id, number FROM ticket WHERE day = ? AND "case" IN ({marks}) '
        "AND state IN ('waiting', 'called', 'served')",
        (day, *cases),
    )


def waited(vault: Vault, first: str, last: str) -> list[tuple[str, int]]:
    """(day, minutes) of everybody who was attended between two days."""
    return vault.read(
        "SELECT day, waited FROM ticket WHERE day BETWEEN ? AND ? AND waited IS NOT NULL ORDER BY day, waited",
        (first, last),
    )
