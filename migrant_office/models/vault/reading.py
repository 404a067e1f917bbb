"""A second way into an open office that only reads, for a thread of its own: search goes on while others write."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from migrant_office.models.vault.connection import connect, errors_mapped
from migrant_office.models.vault.keys import Keys

if TYPE_CHECKING:
    from migrant_office.models.vault.connection import Connection


class Readable(Protocol):
    """What a named read (models/reads) needs: the store itself, or a reader beside it."""

    @property
    def keys(self) -> Keys: ...

    def read(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[tuple[Any, ...]]: ...


class Reader:
    """One read-only connection. It sees what was committed; what another thread writes meanwhile does not stop it."""

    def __init__(self, conn: Connection, keys: Keys) -> None:
        self.conn, self.keys = conn, keys

    def read(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
        """Rows of a named read. Raises `StorageFailed`, and `Cancelled` when it was interrupted."""
        with errors_mapped():
            return list(self.conn.execute(sql, parameters))

    def interrupt(self) -> None:
        """Stop the read under way, from another thread: nobody waits for its answer any more."""
        self.conn.interrupt()

    def close(self) -> None:
        with errors_mapped():
            self.conn.close()


def open_reader(path: Path, data_key: bytes, keys: Keys) -> Reader:
    """Raises as `connect`."""
    return Reader(connect(path, data_key, read_only=True), keys)
