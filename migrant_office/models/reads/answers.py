"""Reads over answers that fill no field: what can be counted of them, never what was written freely."""

from __future__ import annotations

from migrant_office.models.vault.vault import Vault

LATEST = (
    "SELECT doc, question, value FROM (SELECT a.doc, a.question, a.value, row_number() OVER "
    "(PARTITION BY a.doc, a.question ORDER BY a.made DESC, a.id DESC) AS turn FROM answer a "
    "JOIN person p ON p.doc = a.doc) WHERE turn = 1"
)


def questions(vault: Vault) -> list[tuple[str, int]]:
    """(question, people who were asked it), most asked first."""
    return [
        (question, people)
        for question, people in vault.read(
            f"SELECT question, count(*) FROM ({LATEST}) GROUP BY question ORDER BY count(*) DESC, question"  # noqa: S608
        )
    ]


def values(vault: Vault, question: str) -> list[tuple[str, int]]:
    """(stored value, people whose latest answer it is); "" stands for a free text."""
    return [
        (value, people)
        for value, people in vault.read(
            f"SELECT value, count(*) FROM ({LATEST}) WHERE question = ? GROUP BY value",  # noqa: S608
            (question,),
        )
    ]
