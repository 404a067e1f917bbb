"""All projected rows of an office, for comparing: two replicas, or before and after a rebuild."""

from __future__ import annotations

from typing import Any

from migrant_office.models.vault.projection import projected_nouns
from migrant_office.models.vault.search import COLUMNS
from migrant_office.models.vault.vault import Vault


def dump(vault: Vault) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but its local number, and the words of the search index, sorted."""
    found = {
        "flag": vault.read("SELECT * FROM flag ORDER BY doc, id"),
        "findable": vault.read(f"SELECT home, doc, spelled, {COLUMNS} FROM findable ORDER BY home, doc"),
        "meeting": vault.read(
            "SELECT f.home, f.doc, m.key FROM meeting m JOIN findable f USING (rid) ORDER BY 1, 2, 3"
        ),
        "spelling": vault.read("SELECT word, people, sounds FROM spelling ORDER BY word"),
    }
    for noun in projected_nouns():
        columns = ", ".join(f'"{c}"' for c in ["doc", "id", *noun.columns, *noun.rules])
        found[noun.name] = vault.read(f"SELECT {columns} FROM {noun.name} ORDER BY doc, id")
    return found
