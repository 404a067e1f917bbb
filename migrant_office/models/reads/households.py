"""Reads over households."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from migrant_office.models.vault.vault import Vault


def people(vault: Vault, cases: Sequence[str]) -> list[tuple[Any, ...]]:
    """(case, number, restricted, birth, given, surname, second surname, chosen name) of those that are still there."""
    marks = ", ".join("?" * len(cases))
    return vault.read(
        "SELECT id, number, restricted, birth, given, surname, second_surname, chosen_name FROM person "  # noqa: S608
        f"WHERE doc = id AND id IN ({marks})",
        cases,
    )
