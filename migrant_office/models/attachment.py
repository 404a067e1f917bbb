"""A file kept with a case: what a document says of it. Its bytes lie sealed beside the database."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import PurePath, PureWindowsPath
from typing import Any

from migrant_office.models.vault.attachments import TABLE
from migrant_office.models.vault.nouns import Home, Sensitivity, noun, scalar

LARGEST = 20 * 1024 * 1024  # bytes of one file
LONGEST_NAME = 120  # letters
JPEG, PNG, PDF, TEXT, OTHER = "image/jpeg", "image/png", "application/pdf", "text/plain", "application/octet-stream"
SHOWN = frozenset({JPEG, PNG, PDF})  # what the program itself can show
SIGNS = (
    (JPEG, re.compile(rb"\xff\xd8\xff")),
    (PNG, re.compile(rb"\x89PNG\r\n\x1a\n")),
    (PDF, re.compile(rb"\s{0,64}%PDF-")),
    ("image/gif", re.compile(rb"GIF8[79]a")),
    ("image/webp", re.compile(rb"RIFF....WEBP", re.DOTALL)),
    ("image/tiff", re.compile(rb"II\*\0|MM\0\*")),
    ("image/heic", re.compile(rb"....ftyp(heic|heix|mif1|msf1)", re.DOTALL)),
    ("application/zip", re.compile(rb"PK\x03\x04")),  # the office documents of today too
    ("application/x-ole-storage", re.compile(rb"\xd0\xcf\x11\xe0")),  # and those of yesterday
)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
UNSAFE = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")  # and signs that turn a name around


@noun(TABLE, Home.CASE, once=True)
class Attachment:
    """One file. `kind` is its media type by its bytes, `size` in bytes, `digest` the BLAKE2b-128 of its content;
    `key` opens it (hexadecimal), so that erasing the document erases the file wherever a copy of it lies; `about` is
    the id of what it belongs to (a held document, a question), or empty.
    """

    id: str
    made: date = scalar(index=True)
    officer: str = scalar(default="")
    kind: str = scalar(default=OTHER)
    name: str = scalar(default="", column=False, sensitivity=Sensitivity.SENSITIVE)
    size: int = scalar(default=0)
    digest: str = scalar(default="", column=False)
    key: str = scalar(default="", column=False, sensitivity=Sensitivity.SENSITIVE)
    about: str = scalar(default="", index=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A file on disk that perhaps no case names yet; fields as in `Attachment`. Whoever holds it can open the file."""

    id: str
    key: str
    kind: str
    name: str
    size: int
    digest: str


def kept_of(attachment: Attachment) -> Kept:
    return Kept(**{f.name: getattr(attachment, f.name) for f in fields(Kept)})


def to_json(kept: Kept) -> dict[str, Any]:
    """What a draft holds of a file, in its encrypted body: under `attachments`, by the id of the file."""
    return asdict(kept)


def from_json(told: object) -> Kept:
    """The way back. Raises ValueError for what `to_json` never wrote."""
    names = {f.name: int if f.name == "size" else str for f in fields(Kept)}
    if not isinstance(told, dict) or {k: type(v) for k, v in told.items()} != names:
        raise ValueError("not what a draft holds of a file")
    return Kept(**told)


def kind_of(data: bytes) -> str:
    """The media type that the bytes say; a name says nothing, it can be written by anybody."""
    found = next((kind for kind, sign in SIGNS if sign.match(data)), "")
    return found or (TEXT if data and is_text(data) else OTHER)


def is_text(data: bytes) -> bool:
    try:
        return CONTROL.search(data.decode()) is None
    except UnicodeDecodeError:
        return False


def plain_name(name: str) -> str:
    """A file name without the folders it lay in, of a length that can be shown; its ending stays."""
    bare = UNSAFE.sub("", name).strip()
    while (inner := PureWindowsPath(PurePath(bare).name).name.strip()) != bare:  # what is left may look like a drive
        bare = inner
    if len(bare) <= LONGEST_NAME:
        return bare
    ending = PurePath(bare).suffix[-12:]
    return bare[: LONGEST_NAME - len(ending)] + ending
