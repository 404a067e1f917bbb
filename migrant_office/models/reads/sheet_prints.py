"""Reads over what was printed."""

from __future__ import annotations

from migrant_office.models.vault.vault import Vault


def copies(vault: Vault, first: str, last: str) -> list[tuple[str, str, str, int, int]]:
    """(sheet, languages, version, copies printed, files saved) between two days, most copies first."""
    return [
        (sheet, languages, version, printed, saved)
        for sheet, languages, version, printed, saved in vault.read(
            "SELECT sheet, languages, version, sum(iif(way = 'printed', copies, 0)), sum(way = 'saved') "
            "FROM sheet_print WHERE recorded BETWEEN ? AND ? GROUP BY sheet, languages, version "
            "ORDER BY sum(copies) DESC, sheet, version",
            (first, last),
        )
    ]
