"""Reads of the search index: whole answers to what was typed, and the spellings that a reader does not know yet."""

from __future__ import annotations

from typing import NamedTuple

from migrant_office.models.names.vocabulary import Vocabulary
from migrant_office.models.reads.people import seen
from migrant_office.models.vault.reading import Readable
from migrant_office.models.vault.search import COLUMNS


class Found(NamedTuple):
    """One document that the index met: its number there (the newest highest), the case, and its words by kind."""

    rid: int
    case: str
    spelled: str
    names: str
    phones: str
    papers: str
    codes: str
    texts: str


def found(vault: Readable, expression: str, limit: int) -> list[Found]:
    """The newest cases that an FTS5 expression meets, of those that may be seen."""
    columns = ", ".join(f"f.{column}" for column in ("rid", "doc", "spelled", *COLUMNS.split(", ")))
    rows = vault.read(
        f"SELECT {columns} FROM findable_fts JOIN findable f ON f.rid = findable_fts.rowid "
        "JOIN person p ON p.doc = f.doc AND p.id = f.doc "
        f"WHERE findable_fts MATCH ? AND f.home = 'case' AND {seen(vault)} ORDER BY findable_fts.rowid DESC LIMIT ?",
        (expression, limit),
    )
    return [Found(*row) for row in rows]


def refresh(vault: Readable, vocabulary: Vocabulary) -> Vocabulary:
    """The vocabulary with the spellings that came since; made anew after an erasure or a rebuild."""
    newest, erased = vault.read("SELECT (SELECT max(rid) FROM spelling), (SELECT count(*) FROM erased)")[0]
    if (newest or 0) < vocabulary.newest or erased != vocabulary.erased:
        vocabulary.clear()
        vocabulary.erased = erased
    if (newest or 0) > vocabulary.newest:
        vocabulary.add(vault.read("SELECT rid, word, sounds, people FROM spelling WHERE rid > ?", (vocabulary.newest,)))
    return vocabulary
