"""The store of one device: the one way in for operations, undo, reading, meeting others and making tables again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import cbor2

from migrant_office.errors import NotAllowed
from migrant_office.i18n import N_
from migrant_office.models.vault import replica
from migrant_office.models.vault.attachments import Files
from migrant_office.models.vault.connection import errors_mapped, mapped
from migrant_office.models.vault.keys import Keys
from migrant_office.models.vault.ledger import Ledger, Name
from migrant_office.models.vault.log import Envelope
from migrant_office.models.vault.nouns import File, Ref
from migrant_office.models.vault.operation import Done, Operation
from migrant_office.models.vault.replica import Met
from migrant_office.models.vault.shelf import Shelf
from migrant_office.progress import Progress

if TYPE_CHECKING:
    from migrant_office.models.vault.connection import Connection


Guard = Callable[[Operation, Any, str], None]  # the operation, the thing, and the document; raises NotAllowed
CHECKPOINTS = 5  # tries, each as patient as the connection (2 s)
WHOLE = ("BEGIN IMMEDIATE", "COMMIT", ("ROLLBACK",))
PART = ("SAVEPOINT part", "RELEASE part", ("ROLLBACK TO part", "RELEASE part"))  # refused alone, its batch may go on


class Vault:
    """Owned by one thread. Every write is one operation; every read is SQL over the tables or one document's file."""

    def __init__(self, conn: Connection, keys: Keys) -> None:
        self.conn, self.keys = conn, keys
        self.files = Files(conn)
        self.ledger, self.shelf = Ledger(conn, keys), Shelf(conn, keys, self.files)
        self.current: Operation | None = None
        self.guards: dict[type, Guard] = {}  # what an office asks before a thing of this noun is written
        self.depth = 0  # of transactions inside each other

    def close(self) -> None:
        with errors_mapped():
            self.conn.close()

    # writing

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """BEGIN IMMEDIATE, or part of the batch already open: a batch is taken whole or not at all."""
        begin, end, back = PART if self.depth else WHOLE
        with errors_mapped():
            if self.depth and not self.conn.in_transaction:  # a full disk took the batch back under its caller
                raise mapped("SQLITE_FULL")
            self.conn.execute(begin)
            self.depth += 1
            try:
                yield
                self.conn.execute(end)
            except BaseException:  # a kill of the program included: nothing in memory is ahead of the disk
                if self.conn.in_transaction:  # a full disk has already rolled back
                    for statement in back:
                        self.conn.execute(statement)
                raise
            finally:
                self.depth -= 1
            if not self.depth:
                self.files.bury()

    @contextmanager
    def operation(self, op: str, id: str) -> Iterator[Operation]:
        """One named act on the documents of subject `id`. Raises `NotAllowed` inside another operation."""
        if self.current is not None:
            raise NotAllowed(N_("This change came too late and was not saved. Do it again."))
        with self.transaction():
            self.current = operation = Operation(self, op, id)
            try:
                yield operation
            finally:
                self.current = None
            operation.done = self._finish(operation)

    def _finish(self, operation: Operation) -> Done:
        names: list[Name] = []
        changed = {}
        group, at = self.ledger.next()[0], self.ledger.tick()
        said = {"op": operation.op, "by": self.keys.officer, "at": at, "n": group}
        for ref, opened in operation.open.items():
            update = opened.document.commit(said)
            if update is not None:
                body = cbor2.dumps([ref.home.value, ref.id, at, update])
                names.append(self.ledger.append("U", self.ledger.key_of(ref), body, at))
                changed[ref] = self.shelf.keep(ref, opened.document, opened.before)[1]
        return Done(operation.op, tuple(names), changed)

    def undo(self, done: Done) -> tuple[Done, list[tuple[str, str]]]:
        """A new operation putting back what `done` wrote; redo is its undo.

        Returns it with the (noun, key) of cells left alone because somebody has changed them since.
        """
        kept: list[tuple[str, str]] = []
        with self.operation("undo", "") as op:
            for name in done.envelopes:
                opened = self._update(name)
                if opened is None:
                    continue
                ref, update = opened
                document = op.exact(ref).document
                cells = document.cells()
                for noun, key, wrote, was in list(document.inverse(update)):
                    if cells.get(noun, {}).get(key) == wrote:
                        op.cells(ref, noun, [(key, was)])
                    else:
                        kept.append((noun, key))
        return op.done, kept

    def _update(self, name: Name) -> tuple[Ref, bytes] | None:
        envelope = self.ledger.find(name)
        if envelope is None or not envelope.body:  # erased since
            return None
        opened = self.ledger.opened(envelope)
        return opened and (opened[0], opened[2])

    # reading

    def file(self, ref: Ref) -> File:
        """One document as dataclasses. Raises `NotAllowed` when it was erased or is closed to this officer."""
        with errors_mapped():
            return self.shelf.file(ref)

    def who(self, id: str) -> str:
        """The case that an id leads to: its own, or the one that it was joined to."""
        with errors_mapped():
            group = self.shelf.groups.of(id)
        return group.root if group else id

    def names_of(self, id: str) -> tuple[str, ...]:
        """Every id under which a case was ever known: its own, and those of the files that are joined with it."""
        with errors_mapped():
            group = self.shelf.groups.of(id)
        return group.members if group else (id,)

    def apart(self, id: str, *, without: str) -> File:
        """A case as it will be seen once `without` is not joined to anything any more."""
        with errors_mapped():
            return self.shelf.groups.apart(id, without)

    def read(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
        """Rows of a named read (models/reads). Never writes."""
        with errors_mapped():
            return list(self.conn.execute(sql, parameters))

    def write(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        """One statement on what is no document: drafts, releases, the access log, secrets (models/vault only)."""
        with self.transaction():
            self.conn.execute(sql, parameters)

    # meeting others

    def envelopes(self) -> list[Envelope]:
        """All that this device holds, of every device, oldest first within a device."""
        return [Envelope(*row) for row in self.read(replica.ALL)]

    def receive(self, envelopes: Iterable[Envelope]) -> Met:
        """Take envelopes in any order, any number of times; merge each document once."""
        with self.transaction():
            met = replica.receive(self, envelopes)
        if met.erased:
            self.checkpoint()
        return met

    def erase(self, id: str) -> None:
        """Forget a subject for good, in all its documents. Raises `NotAllowed` unless a supervisor's device."""
        with self.transaction():
            replica.erase(self, id)
        self.checkpoint()

    def rebuild(self, progress: Progress | None = None, *, replay: bool = False) -> None:
        """Make the tables again from the documents; with `replay` the documents too, from nothing but the log."""
        with self.transaction():
            replica.rebuild(self, progress or Progress(), replay=replay)

    def damage(self) -> list[str]:
        """What the database says of its own pages and index; empty when it is whole."""
        told = [row[0] for row in self.read("PRAGMA cipher_integrity_check")]
        return told + [row[0] for row in self.read("PRAGMA integrity_check") if row[0] != "ok"]

    def checkpoint(self) -> None:
        """Bring the log file into the database, so that erased bytes are gone from both; not inside a batch."""
        if self.depth:
            return
        with errors_mapped():
            for _try in range(CHECKPOINTS):  # somebody who only looks may hold it up for the time of one read
                ((busy, *_pages),) = self.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                if not busy:
                    return
