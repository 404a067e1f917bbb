"""Reads over households."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from migrant_office.models.reads.people import seen
from migrant_office.models.vault.vault import Vault


def people(vault: Vault, cases: Sequence[str]) -> list[tuple[Any, ...]]:
    """(case, household, number, birth, and the four parts of the name) of those that are there and may be seen."""
    marks = ", ".join("?" * len(cases))
    return vault.read(
        "SELECT p.id, p.household, p.number, p.birth, p.given, p.surname, p.second_surname, p.chosen_name "
        f"FROM person p WHERE p.doc = p.id AND p.id IN ({marks}) AND {seen(vault)}",
        cases,
    )
