"""Reads over groups of people for whom the same sheet is printed."""

from __future__ import annotations

from migrant_office.models.reads.people import seen
from migrant_office.models.vault.reading import Readable

OPEN = "r.state IN ('requested', 'accepted', 'in-progress', 'on-hold')"


def referred(vault: Readable, service: str) -> list[tuple[str, bool]]:
    """(case, restricted) of whoever has an open referral to a service, each once, by surname; those that this officer
    may see.
    """
    found = vault.read(
        "SELECT p.doc, p.restricted FROM person p WHERE EXISTS "
        f"(SELECT 1 FROM referral r WHERE r.doc = p.doc AND r.service = ? AND {OPEN}) "
        f"AND {seen(vault)} ORDER BY p.surname, p.second_surname, p.given, p.rid",
        (service,),
    )
    return [(case, bool(restricted)) for case, restricted in found]
