"""The one module that opens the encrypted database, and the one that maps its errors.

sqlcipher3 is taken because it ships wheels for every platform and is a DB-API driver; it is registered before
sqlite-utils is imported, which otherwise half-works and leaves transactions open (docs/decisions/002).
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3
import sqlcipher3.dbapi2 as driver

from migrant_office.errors import NotAnOffice, OfficeInUse, StorageFailed
from migrant_office.i18n import N_
from migrant_office.progress import Cancelled

sys.modules["pysqlite3"], sys.modules["pysqlite3.dbapi2"] = sqlcipher3, driver
import sqlite_utils  # noqa: E402 - after the driver
from sqlite_utils import Database, Migrations  # noqa: E402

if vars(sqlite_utils.db)["sqlite3"] is not sqlcipher3:
    raise ImportError("sqlite-utils was imported before the encrypted driver")

__all__ = ["Connection", "Database", "Migrations", "connect", "errors_mapped"]

Connection = Any  # sqlcipher3 has no stubs
DriverError: type[Exception] = driver.Error

PAGE_SIZE = 4096  # bytes, SQLCipher's own

ROOM = 65_536  # bytes on the disk, below which no office opens
PRAGMAS = (
    "temp_store=MEMORY",  # temp files are not encrypted
    "secure_delete=ON",
    "foreign_keys=ON",
    "recursive_triggers=ON",  # else INSERT OR REPLACE walks past the append-only guards
    "journal_mode=WAL",
    "synchronous=FULL",  # NORMAL lost acknowledged commits in power cuts
    "busy_timeout=2000",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "cache_size=-65536",
    "mmap_size=0",
)


def connect(path: Path, key: bytes, *, create: bool = False, read_only: bool = False) -> Connection:
    """An open, keyed, verified connection in autocommit mode. `key` is the raw 32-byte key.

    Raises `NotAnOffice` for a wrong key or damaged file, `StorageFailed` when the folder or disk refuses.
    """
    with errors_mapped():
        if create:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))  # private from the first second
        elif not path.is_file():
            raise NotAnOffice(N_("This folder holds no office. Choose another folder or make a new office."))
        size = 0 if holds_log(path) else path.stat().st_size  # pages still in the log may be beyond the file's end
        conn = sqlcipher3.connect(str(path), check_same_thread=False, isolation_level=None)
        try:
            conn.execute("PRAGMA cipher_log_level=NONE")  # else a wrong key prints on stderr
            conn.set_key(f"x'{key.hex()}'")  # the raw form; `PRAGMA key` would show in traces
            (found,) = conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if not create:  # a file cut short opens as an empty or smaller one; leave it as it is
                ((pages,),) = conn.execute("PRAGMA page_count")
                if not found or (size and size < pages * PAGE_SIZE):
                    raise mapped("SQLITE_NOTADB")
            for pragma in PRAGMAS:
                conn.execute(f"PRAGMA {pragma}")
            if read_only:
                conn.execute("PRAGMA query_only=ON")
        except BaseException as error:
            conn.close()
            failed = getattr(error, "sqlite_errorname", "") == "SQLITE_IOERR"
            if failed and shutil.disk_usage(path.parent).free < ROOM:  # the driver says so of the WAL's index
                raise mapped("SQLITE_FULL") from error
            raise
        return conn


def holds_log(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


@contextmanager
def errors_mapped() -> Iterator[None]:
    """Turn the driver's and the system's errors into one sentence each."""
    try:
        yield
    except DriverError as error:
        raise mapped(getattr(error, "sqlite_errorname", "") or "") from error
    except OSError as error:
        raise mapped_system(error) from error


def mapped(name: str) -> Exception:
    """Our error for a name such as SQLITE_FULL; `Cancelled` when somebody stopped a read."""
    if name == "SQLITE_INTERRUPT":
        return Cancelled()
    if name.startswith("SQLITE_FULL"):
        return StorageFailed(N_("The disk is full. Nothing was half-saved. Free some space and try again."))
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_IOERR_SHORT_READ")):
        return NotAnOffice(N_("The office file is damaged or belongs to another key. Restore the last backup."))
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return OfficeInUse(N_("This office is already open in another window. Close it there first."))
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return StorageFailed(N_("The office folder cannot be written. Ask who administers this computer."))
    if name.startswith("SQLITE_IOERR"):
        return StorageFailed(N_("The disk does not answer. Check it, then open the office again."))
    return StorageFailed(N_("The office could not be read or written ({code})."), code=name or "-")


def mapped_system(error: OSError) -> Exception:
    """Our error for what the system refuses."""
    import errno

    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return mapped("SQLITE_FULL")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return mapped("SQLITE_PERM")
    if error.errno == errno.EEXIST:
        return NotAnOffice(N_("This folder already holds an office. Open it, or choose an empty folder."))
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.EISDIR):
        return NotAnOffice(N_("This folder holds no office. Choose another folder or make a new office."))
    return mapped("SQLITE_IOERR")
