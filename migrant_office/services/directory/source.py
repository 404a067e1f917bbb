"""Files of a package, from a folder or a zip. Nothing is ever unpacked to the disk, and no name leads out of it."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Protocol

from migrant_office.archives import Limits, is_too_much
from migrant_office.i18n import N_
from migrant_office.services.directory.refusals import FileRefused

MEGABYTE = 1 << 20
LARGEST = 512 * MEGABYTE  # of all that is read; 50,000 services with their rows are 90 MB as JSON
LIMITS = Limits(entries=1000, unpacked=LARGEST, ratio=200, small=16 * MEGABYTE, xml=LARGEST)
DESCRIPTOR = "datapackage.json"

NO_PACKAGE = N_("“{file}” is no directory: choose a .json file, a .zip, or a folder with its datapackage.json.")
NO_ZIP = N_("“{file}” is no zip archive, or it is damaged. Ask for the file again.")
NO_DESCRIPTOR = N_("There is no datapackage.json in “{file}”. A directory as CSV needs it beside its tables.")
LEADS_OUT = N_("“{file}” holds a name that leads out of the archive (“{name}”). It was not opened.")
LOCKED = N_("“{file}” is protected with a password. Ask for it without one.")
TOO_MUCH = N_("“{file}” unpacks to far too much. Check where the file comes from.")
TOO_LARGE = N_("“{file}” is larger than {size} MB. Ask for it in parts.")
NOT_UTF8 = N_("“{name}” is not written in UTF-8. Save it as UTF-8 and try again.")


class Source(Protocol):
    """Where the files of a package are. `read` raises KeyError for one that is not there."""

    def names(self) -> list[str]: ...
    def read(self, name: str) -> bytes: ...


class Folder:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def names(self) -> list[str]:
        return [p.relative_to(self.folder).as_posix() for p in sorted(self.folder.rglob("*")) if p.is_file()]

    def read(self, name: str) -> bytes:
        path = self.folder / name
        if not is_plain(name) or not path.is_file() or self.folder.resolve() not in path.resolve().parents:
            raise KeyError(name)
        check_size(path)
        return path.read_bytes()


class Archive:
    """A zip whose table of contents was looked over. What is inside one folder of it counts as being at its top."""

    def __init__(self, file: str, archive: zipfile.ZipFile) -> None:
        self.file, self.archive = file, archive
        entries = archive.infolist()
        if bad := next((e.filename for e in entries if not is_plain(e.filename.rstrip("/")) or is_link(e)), None):
            raise FileRefused(LEADS_OUT, file=file, name=bad[:80])
        if any(e.flag_bits & 1 for e in entries):
            raise FileRefused(LOCKED, file=file)
        if is_too_much(entries, LIMITS):
            raise FileRefused(TOO_MUCH, file=file)
        found = sorted((e.filename for e in entries if PurePosixPath(e.filename).name == DESCRIPTOR), key=len)
        self.top = found[0][: -len(DESCRIPTOR)] if found else ""

    def names(self) -> list[str]:
        kept = [n for n in self.archive.namelist() if n.startswith(self.top) and not n.endswith("/")]
        return [name[len(self.top) :] for name in kept]

    def read(self, name: str) -> bytes:
        entry = self.archive.getinfo(self.top + name)
        try:
            return self.archive.read(entry)  # never more than the table of contents says
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise FileRefused(NO_ZIP, file=self.file) from error


def is_plain(name: str) -> bool:
    """A name below here: relative, without `..`, drives or backslashes."""
    parts = name.split("/")
    return bool(name) and not {"", ".", ".."} & set(parts) and not any(c in name for c in "\\:\0")


def is_link(entry: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(entry.external_attr >> 16)


def check_size(path: Path) -> None:
    """Raises `FileRefused` for a file that is larger than what is ever read."""
    if path.stat().st_size > LARGEST:
        raise FileRefused(TOO_LARGE, file=path.name, size=LARGEST // MEGABYTE)


@contextmanager
def opened(path: Path) -> Iterator[Source]:
    """The files of a folder or of a zip. Raises `FileRefused`; OSError as the system gives it."""
    if path.is_dir():
        yield Folder(path)
        return
    check_size(path)
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError) as error:
        raise FileRefused(NO_ZIP, file=path.name) from error
    with archive:
        yield Archive(path.name, archive)


def decoded(data: bytes, name: str) -> str:
    """Text of a file. Raises `FileRefused` when it is no UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileRefused(NOT_UTF8, name=name) from error
