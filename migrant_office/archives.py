"""Workbooks and directories from outside are archives: what they unpack to is known before anything is unpacked."""

from __future__ import annotations

import io
import zipfile
from typing import NamedTuple

from migrant_office.i18n import N_

OLD = N_("This is an old or protected workbook. Save it as .xlsx, without a password, and try again.")
NO_WORKBOOK = N_("This file is not a workbook.")
TOO_MUCH = N_("This workbook unpacks to far too much. Check where the file comes from.")
OLD_SIGN = b"\xd0\xcf\x11\xe0"


class Limits(NamedTuple):
    """`unpacked`, `small` and `xml` in bytes. Under `small` any ratio is harmless: repeated rows pack well. `xml` is
    the size of the sheets alone, without pictures.
    """

    entries: int
    unpacked: int
    ratio: int
    small: int
    xml: int


def fault_of(data: bytes, limits: Limits) -> str:
    """Why a workbook is not opened, as a message id; "" for one that may be.

    Judged by the archive's table of contents: what Python unpacks never exceeds what that table says.
    """
    if data[:4] == OLD_SIGN:
        return OLD
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return NO_WORKBOOK
    return TOO_MUCH if is_too_much(entries, limits) else ""


def is_too_much(entries: list[zipfile.ZipInfo], limits: Limits) -> bool:
    """Whether what an archive's table of contents promises is more than anybody means to send."""
    whole = sum(entry.file_size for entry in entries)
    xml = sum(entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels", ".vml")))
    ratio = whole / max(1, sum(entry.compress_size for entry in entries))
    dense = whole > limits.small and ratio > limits.ratio
    return dense or len(entries) > limits.entries or whole > limits.unpacked or xml > limits.xml
