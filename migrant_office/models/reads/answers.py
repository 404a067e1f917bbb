"""Reads over answers that fill no field: what can be counted of them, never what was written freely."""

from __future__ import annotations

from migrant_office.models.reads.people import seen
from migrant_office.models.vault.vault import Vault


def latest(vault: Vault) -> str:
    """The answers of the form that asked each person last, of the people who may be seen."""
    return (
        "SELECT doc, question, value FROM (SELECT a.doc, a.question, a.value, a.record, first_value(a.record) OVER "
        "(PARTITION BY a.doc, a.question ORDER BY a.made DESC, a.id DESC) AS last FROM answer a "
        f"JOIN person p ON p.doc = a.doc AND p.id = a.doc WHERE {seen(vault)}) WHERE record = last"
    )


def questions(vault: Vault) -> list[tuple[str, int]]:
    """(question, people who were asked it), most asked first."""
    return [
        (question, people)
        for question, people in vault.read(
            f"SELECT question, count(DISTINCT doc) FROM ({latest(vault)}) GROUP BY question "
            "ORDER BY count(DISTINCT doc) DESC, question"
        )
    ]


def values(vault: Vault, question: str) -> list[tuple[str, str]]:
    """(case, stored value) of the latest answers; "" stands for a free text. A repeated group has several."""
    return [
        (case, value)
        for case, value in vault.read(
            f"SELECT DISTINCT doc, value FROM ({latest(vault)}) WHERE question = ?",
            (question,),
        )
    ]
