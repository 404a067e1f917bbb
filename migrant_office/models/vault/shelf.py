"""Documents on disk and the one road of a changed document into the store."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from migrant_office.errors import NotAllowed
from migrant_office.i18n import N_
from migrant_office.models.vault import search
from migrant_office.models.vault.attachments import Files
from migrant_office.models.vault.cells import Cells, Touched, Value
from migrant_office.models.vault.documents import Document, Write
from migrant_office.models.vault.groups import Groups
from migrant_office.models.vault.keys import Keys
from migrant_office.models.vault.log import Applied, seal, unseal
from migrant_office.models.vault.nouns import File, Home, Ref
from migrant_office.models.vault.projection import project, tables

if TYPE_CHECKING:
    from migrant_office.models.vault.connection import Connection


JOINABLE = (Home.CASE, Home.RESTRICTED)


class Shelf:
    """Reads and writes `document`, `conflict`, `field_change`, `erased`, the projections and the search index."""

    def __init__(self, conn: Connection, keys: Keys, files: Files) -> None:
        self.sql, self.many, self.keys, self.files = conn.execute, conn.executemany, keys, files
        self.groups = Groups(conn.execute, self.cells_of, self.is_erased)

    def load(self, ref: Ref) -> Document:
        """The document, empty when nobody wrote it yet. Raises `NotAllowed` when erased or closed to this officer."""
        wrapping = self.keys.wrapping(ref.home, self.keys.epoch)  # first: a closed one must not read as an empty one
        if self.is_erased(ref.id):
            raise NotAllowed(N_("This file was erased at the person's request and cannot be opened."))
        row = self.sql("SELECT snapshot FROM document WHERE home = ? AND doc = ?", ref).fetchone()
        snapshot = row and (unseal(row[0], wrapping, of(ref)) if ref.home is Home.RESTRICTED else row[0])
        return Document(self.keys.peer, snapshot)

    def file(self, ref: Ref) -> File:
        """A document as it is seen: with those of the same subject, under the name of the one that is kept."""
        group = self.groups.of(ref.id) if ref.home in JOINABLE else None
        if group is None:
            return File(ref, self.load(ref).cells())
        self.keys.wrapping(ref.home, self.keys.epoch)  # a closed one must not read as an empty one
        return self.groups.view(group, ref.home)

    def cells_of(self, ref: Ref) -> Cells | None:
        """The cells of one document as it is stored; None where there is none."""
        if self.is_erased(ref.id) or not self.has(ref):
            return None
        return self.load(ref).cells()

    def has(self, ref: Ref) -> bool:
        return self.sql("SELECT 1 FROM document WHERE home = ? AND doc = ?", ref).fetchone() is not None

    def keep(self, ref: Ref, document: Document, before: File, *, merged: bool = False) -> tuple[File, Touched]:
        """Snapshot, conflicts, tables and search index, all from the document: own edit, undo, merge and rebuild."""
        snapshot = document.snapshot()
        if ref.home is Home.RESTRICTED:  # no conflict rows either: the keys of cells tell things too
            snapshot = seal(snapshot, self.keys.wrapping(ref.home, self.keys.epoch), of(ref))
        elif merged or self.has_conflicts(ref):
            self.list_conflicts(ref, document)
        self.sql(
            "INSERT INTO document VALUES (?, ?, ?) ON CONFLICT(home, doc) DO UPDATE SET snapshot = excluded.snapshot",
            (*ref, snapshot),
        )
        after = File(ref, document.cells())
        touched = self.groups.keep(before, after) if ref.home is Home.CASE else self.project(before, after)
        return after, touched if ref.home is not Home.RESTRICTED else {noun: set() for noun in touched}

    def project(self, before: File, after: File) -> Touched:
        touched = project(self.sql, before, after)
        if search.is_concerned(touched):
            search.find_again(self.sql, after)
        return touched

    # conflicts: derived, so that a screen can list them without opening documents

    def has_conflicts(self, ref: Ref) -> bool:
        row = self.sql("SELECT 1 FROM conflict WHERE doc = ? AND home = ? LIMIT 1", (ref.id, ref.home)).fetchone()
        return row is not None

    def list_conflicts(self, ref: Ref, document: Document) -> None:
        for table in ("conflict", "field_change"):
            self.sql(f"DELETE FROM {table} WHERE doc = ? AND home = ?", (ref.id, ref.home))  # noqa: S608
        for (noun, key), writes in document.conflicts().items():
            self.sql("INSERT INTO conflict VALUES (?, ?, ?, ?, NULL)", (ref.id, ref.home, noun, key))
            self.many(
                "INSERT OR IGNORE INTO field_change VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
                [(ref.id, ref.home, *change_row(write)) for write in writes],
            )

    # erasure

    def is_erased(self, id: str) -> bool:
        return self.sql("SELECT 1 FROM erased WHERE doc = ?", (id,)).fetchone() is not None

    def forget(self, id: str) -> None:
        """Empty every body and drop every key, document, row, word and file of a subject; the chain stays gapless.

        What came under a tag that no erasure names yet stays sealed until a supervisor's device has met it: emptied
        here, nobody could prove there any more that it was the subject's.
        """
        self.files.doom_of(id)
        self.groups.forget(id)
        self.sql("INSERT OR IGNORE INTO erased VALUES (?)", (id,))
        mine = "tag IN (SELECT tag FROM document_key WHERE doc = ?)"
        named = f"{mine} AND tag IN (SELECT tag FROM erasure)"  # noqa: S608
        self.sql(f"UPDATE envelope SET applied = ? WHERE kind = 'U' AND {mine}", (Applied.ERASED, id))  # noqa: S608
        self.sql(f"UPDATE envelope SET body = x'', wrapped = x'' WHERE kind = 'U' AND {named}", (id,))  # noqa: S608
        self.sql("DELETE FROM document_key WHERE doc = ? AND tag IN (SELECT tag FROM erasure)", (id,))
        search.forget_document(self.sql, id)
        for table in ("document", "conflict", "field_change", *tables()):
            self.sql(f"DELETE FROM {table} WHERE doc = ?", (id,))  # noqa: S608 - table names are ours
        self.sql("DELETE FROM draft WHERE subject = ?", (id,))
        self.sql("DELETE FROM likely_pair WHERE one = ? OR other = ?", (id, id))


def of(ref: Ref) -> bytes:
    """Whose snapshot it is, so that two rows cannot be exchanged."""
    return f"{ref.home}/{ref.id}".encode()


def change_row(write: Write) -> tuple[Value, ...]:
    value = json.dumps(write.value, ensure_ascii=False)
    return (
        write.noun,
        write.key,
        write.peer,
        write.counter,
        write.lamport,
        write.said.get("at"),
        write.said.get("by"),
        value,
    )
