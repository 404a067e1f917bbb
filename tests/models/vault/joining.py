"""Three cases, and the redirects that merges write."""

from __future__ import annotations

from datetime import date

from migrant_office.models.vault.merging import MERGE
from migrant_office.models.vault.nouns import Home, Ref
from migrant_office.models.vault.operation import Done
from migrant_office.models.vault.vault import Vault
from tests.factories import DAY

A, B, C, D = (f"0000000{n}-0000-7000-8000-000000000000" for n in "1234")


def join(vault: Vault, kept: str, other: str, *taken: str, both: tuple[str, ...] = (), made: date = DAY) -> Done:
    """The redirect that a merge writes."""
    with vault.operation("merge", other) as op:
        told = {"/into": kept, "/taken": list(taken), "/both": list(both), "/made": made.isoformat()}
        op.cells(Ref(Home.CASE, other), MERGE, told.items())
    return op.done


def part(vault: Vault, other: str) -> None:
    with vault.operation("unmerge", other) as op:
        keys = op.exact(Ref(Home.CASE, other)).before.cells[MERGE]
        op.cells(Ref(Home.CASE, other), MERGE, [(key, None) for key in keys])
