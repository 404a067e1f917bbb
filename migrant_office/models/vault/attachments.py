"""Files kept with a case: ciphertext beside the database, under names that tell nothing; their keys lie in documents.

A file is whole on disk before anything names it. One that nothing names any more goes after the transaction that took
the last name away; one whose document never came goes at a start a day later (docs/decisions/014).
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from nacl.utils import random

from migrant_office import paths
from migrant_office.errors import Gone, StorageFailed
from migrant_office.i18n import N_
from migrant_office.models.vault.connection import DriverError, errors_mapped
from migrant_office.models.vault.log import Applied, Forged, seal, unseal

if TYPE_CHECKING:
    from migrant_office.models.vault.connection import Connection

FOLDER = "attachments"
TABLE = "attachment"  # of the noun whose rows name the files
LENGTH = 8  # bytes before the content that say how long it is
STEP = 16_384  # bytes: sizes are told only in steps
DAY = 86_400  # seconds
NAME = re.compile(r"[0-9a-f]{32}")
UNFINISHED = ".new-"  # what a kill may leave of a file being written


class DamagedFile(StorageFailed):
    """A file that its key does not open: cut short, changed, or another one under its name."""

    def __init__(self) -> None:
        super().__init__(N_("This file is damaged. Restore it from the last backup."))


class MissingFile(Gone):
    """A file that a document names and the folder does not hold."""

    def __init__(self) -> None:
        super().__init__(N_("This file is not on this computer. Restore it from the last backup."))


class Files:
    """The folder `attachments` of one office. `doomed` are those that may have lost their last name."""

    def __init__(self, conn: Connection) -> None:
        self.sql = conn.execute
        (_number, _name, file), *_others = conn.execute("PRAGMA database_list").fetchall()
        self.folder = Path(file).parent / FOLDER
        self.doomed: set[str] = set()

    def keep(self, data: bytes) -> tuple[str, bytes]:
        """Seal and write a new file, durable when this returns; answers its id and its key, which nothing else holds.

        Raises `StorageFailed` when the disk refuses; nothing is left then.
        """
        id, key = random(16).hex(), random(32)
        padded = len(data).to_bytes(LENGTH) + data
        sealed = seal(padded + bytes(-len(padded) % STEP), key, about(id))
        with errors_mapped():
            if not self.folder.exists():
                self.folder.mkdir(mode=0o700)
                paths.sync_folder(self.folder.parent)
            paths.write_atomically(self.folder / id, sealed)
        return id, key

    def read(self, id: str, key: bytes) -> bytes:
        """The content of a file. Raises `MissingFile`, `DamagedFile`, `StorageFailed`."""
        if not NAME.fullmatch(id) or len(key) != 32:  # an id from elsewhere must not lead out of the folder
            raise DamagedFile
        with errors_mapped():
            try:
                sealed = (self.folder / id).read_bytes()
            except FileNotFoundError as error:
                raise MissingFile from error
        try:
            padded = unseal(sealed, key, about(id))
        except Forged as error:
            raise DamagedFile from error
        return padded[LENGTH : LENGTH + int.from_bytes(padded[:LENGTH])]

    # going away

    def doom(self, ids: Iterable[str]) -> None:
        """Drop these files after the transaction, those that nothing names then."""
        self.doomed.update(id for id in ids if NAME.fullmatch(id) and (self.folder / id).exists())

    def doom_of(self, subject: str) -> None:
        """Doom all files of a subject that is being erased, those of its drafts too."""
        if self._has_table():
            self.doom(id for (id,) in self.sql(f"SELECT id FROM {TABLE} WHERE doc = ?", (subject,)))  # noqa: S608
        for (body,) in self.sql("SELECT body FROM draft WHERE subject = ?", (subject,)).fetchall():
            self.doom(ids_in(body))

    def bury(self) -> None:
        """Drop the doomed files that nothing names; one that only a draft names is tried again after the next write.

        Never raises: what it serves is already on disk, and `sweep` comes by again.
        """
        with suppress(OSError, DriverError):
            for id in tuple(self.doomed):
                if self._in_document(id):
                    self.doomed.discard(id)
                elif not self._in_draft(id):
                    (self.folder / id).unlink(missing_ok=True)
                    self.doomed.discard(id)

    def sweep(self, age: float = DAY) -> int:
        """Drop the files older than `age` seconds that neither document nor draft names; answers how many.

        A younger one may be on its way into a draft. While an update waits for another, nobody knows yet what it names.
        """
        waits = "SELECT 1 FROM envelope WHERE applied IN (?, ?) AND kind = 'U' LIMIT 1"
        if not self._has_table() or self.sql(waits, (Applied.NEW, Applied.WAITS)).fetchone():
            return 0
        count = 0
        with suppress(OSError):
            named = self._named() if (old := [p for p in self._files() if is_older(p, age)]) else set()
            for path in old:
                if path.name not in named:
                    path.unlink()
                    count += 1
        return count

    def _named(self) -> set[str]:
        """Every id that a document or a draft names, read once: there may be thousands of files."""
        named = {id for (id,) in self.sql(f"SELECT id FROM {TABLE}")}  # noqa: S608
        for (body,) in self.sql("SELECT body FROM draft"):
            named |= ids_in(body)
        return named

    def _files(self) -> Iterator[Path]:
        """What this module writes; whatever else somebody put into the folder is not ours to drop."""
        if self.folder.is_dir():
            yield from (p for p in self.folder.iterdir() if NAME.fullmatch(p.name) or p.name.startswith(UNFINISHED))

    def _in_document(self, id: str) -> bool:
        """Whether a document names it; true as well where no table can tell."""
        return not self._has_table() or bool(self.sql(f"SELECT 1 FROM {TABLE} WHERE id = ?", (id,)).fetchone())  # noqa: S608

    def _in_draft(self, id: str) -> bool:
        return bool(self.sql("SELECT 1 FROM draft WHERE instr(body, ?) LIMIT 1", (id,)).fetchone())

    def _has_table(self) -> bool:
        return bool(self.sql("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (TABLE,)).fetchone())


def is_older(path: Path, age: float) -> bool:
    return time.time() - path.stat().st_mtime >= age


def about(id: str) -> bytes:
    """What a sealed file belongs to, so that two files cannot be exchanged."""
    return f"{TABLE}/{id}".encode()


def ids_in(body: str) -> set[str]:
    """Whatever in a draft may name a file; its shape is the form's business."""
    return set(NAME.findall(body))
