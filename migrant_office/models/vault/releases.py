"""The ledger of frozen counts: an append-only chain of releases, each also a signed envelope; nobody may edit one."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import cbor2
from nacl.utils import random

from migrant_office import clock
from migrant_office.errors import NotAllowed
from migrant_office.i18n import N_
from migrant_office.models.counts.month import Month, Quarter, Year
from migrant_office.models.vault.ledger import new_key
from migrant_office.models.vault.log import Forged, digest
from migrant_office.models.vault.nouns import Home
from migrant_office.models.vault.schema import chained

if TYPE_CHECKING:
    from migrant_office.models.vault.vault import Vault

SECRET_BYTES = 32
MARK_BYTES = 8
COUNTS = "sdc"  # the name of the secret that the coins of the counts are tossed with
KIND = "A"  # a signed envelope of counts: it can travel where cases may not
LOST = N_(
    "The secret that protects this office's counts is not the one that its releases were made with. Restore the last "
    "backup; nothing can be closed without it."
)


class Entry(NamedTuple):
    """One release in the ledger. `body` is its canonical text; `parameters` and `audit` are JSON, "" where there was
    none; `snapshot` says with keyed marks who was counted and how, `snapshot_hash` is its SHA-256; `secret_mark` tells
    one secret from another; `approved_by` and `second` are the officers who answered for it.
    """

    number: int
    period: str
    revision: int
    body: str
    sha256: str
    catalogue: str
    parameters: str
    snapshot: bytes
    snapshot_hash: str
    audit: str
    secret_mark: bytes
    approved_by: str
    second: str
    created_at: str


COLUMNS = ", ".join(Entry._fields)


def freeze(
    vault: Vault,
    period: str,
    revision: int,
    body: str,
    sha256: str,
    *,
    catalogue: str = "",
    parameters: str = "",
    snapshot: bytes = b"",
    audit: str = "",
    secret_mark: bytes = b"",
    second: str = "",
) -> Entry:
    """Keep the canonical text of a release for ever, durable when this returns.

    Raises `StorageFailed` when this revision of the period is there already.
    """
    with vault.transaction():
        last = vault.read("SELECT number, hash FROM release ORDER BY number DESC LIMIT 1")
        number, prev = (last[0][0] + 1, last[0][1]) if last else (1, b"")
        snapshot_hash = _hash(snapshot) if snapshot else ""
        entry = Entry(
            *(number, period, revision, body, sha256, catalogue, parameters, snapshot, snapshot_hash, audit),
            *(secret_mark, vault.keys.officer, second, clock.now().isoformat()),
        )
        made = chained(entry, prev)
        text = cbor2.dumps([*entry, made])
        device, seq = vault.ledger.append(KIND, new_key(vault.keys, Home.CASE), text, vault.ledger.tick())
        marks = ", ".join("?" * (len(entry) + 4))
        vault.write(f"INSERT INTO release VALUES ({marks})", (*entry, prev, made, device, seq))  # noqa: S608 - marks
    return entry


# reading


def frozen(vault: Vault, period: str) -> str | None:
    """The text of the last revision of a period, or None while it is open."""
    rows = vault.read("SELECT body FROM release WHERE period = ? ORDER BY revision DESC LIMIT 1", (period,))
    return rows[0][0] if rows else None


def entries(vault: Vault, period: str = "") -> list[Entry]:
    """The ledger in its order; with a period its revisions, the first one first."""
    where = "WHERE period = ? " if period else ""
    rows = vault.read(f"SELECT {COLUMNS} FROM release {where}ORDER BY number", (period,) if period else ())  # noqa: S608
    return [Entry(*row) for row in rows]


def last_moment(vault: Vault) -> str:
    """The moment (ISO) of the newest release, "" without any."""
    return str(vault.read("SELECT max(created_at) FROM release")[0][0] or "")


def closed_on(vault: Vault, day: date) -> bool:
    """Whether a day lies in a month, a quarter or a year that is closed."""
    spans = [str(kind.of(day)) for kind in (Month, Quarter, Year)]
    return bool(vault.read("SELECT 1 FROM release WHERE period IN (?, ?, ?) LIMIT 1", spans))


def first_bad(vault: Vault) -> int | None:
    """The number of the first entry that was changed, taken out or put in by hand, or None.

    The chain finds a change; the signed envelope of each entry finds one whose chain was made anew, and their number
    the last ones when they are gone.
    """
    prev, expected = b"", 1
    for *values, was, found, device, seq in vault.read("SELECT * FROM release ORDER BY number"):
        entry = Entry(*values)
        whole = chained(entry, prev) == found and (not entry.snapshot or _hash(entry.snapshot) == entry.snapshot_hash)
        if entry.number != expected or was != prev or not whole:
            return expected
        # What was frozen before there was a ledger has an envelope of its text alone, and its name was not kept.
        if device and _sealed(vault, (device, seq)) != cbor2.dumps([*entry, found]):
            return expected
        prev, expected = found, expected + 1
    mine = vault.read("SELECT count(*) FROM envelope WHERE kind = ? AND device = ?", (KIND, vault.keys.device))[0][0]
    here = vault.read("SELECT count(*) FROM release WHERE device IN ('', ?)", (vault.keys.device,))[0][0]
    return expected if here < mine else None


def _sealed(vault: Vault, name: tuple[str, int]) -> bytes | None:
    """What a signed envelope of the ledger says, None when it is not there or not what was signed."""
    envelope = vault.ledger.find(name)
    try:
        return envelope and vault.ledger.plain(envelope.checked(vault.keys.known))
    except Forged:
        return None


def _hash(snapshot: bytes) -> str:
    return hashlib.sha256(snapshot).hexdigest()


# the secret


def secret(vault: Vault, name: str) -> bytes:
    """The office's own 32 random bytes of this name, made when first asked for; in its backup, never exported.

    Raises `NotAllowed` once something was released under this name's secret and it is gone or another: a new one in
    silence would toss the coins of later releases anew.
    """
    with vault.transaction():
        used = {row[0] for row in vault.read("SELECT DISTINCT secret_mark FROM release")}
        kept = vault.read("SELECT value FROM secret WHERE name = ?", (name,))
        marks = used - {b""}  # that of a release from before there was a ledger is not known
        if name == COUNTS and used and (not kept or (marks and mark(bytes(kept[0][0])) not in marks)):
            raise NotAllowed(LOST)
        vault.write("INSERT OR IGNORE INTO secret VALUES (?, ?)", (name, random(SECRET_BYTES)))
        return bytes(vault.read("SELECT value FROM secret WHERE name = ?", (name,))[0][0])


def mark(value: bytes) -> bytes:
    """What tells one secret from another and gives neither away."""
    return digest(b"mark of the secret of counts" + value)[:MARK_BYTES]


def set_secret(vault: Vault, name: str, value: bytes) -> None:
    """Give a demo office the 32 bytes that follow from its seed, so that equal demos publish equal figures.

    For a demo alone, whose people are invented: nobody could guess the secret of a real office. Raises ValueError for
    another length, when there is another secret of this name already, and after anything was frozen.
    """
    with vault.transaction():
        if len(value) != SECRET_BYTES or vault.read("SELECT 1 FROM release LIMIT 1"):
            raise ValueError(f"a secret has {SECRET_BYTES} bytes and is set before anything is frozen")
        vault.write("INSERT OR IGNORE INTO secret VALUES (?, ?)", (name, value))
        if secret(vault, name) != value:
            raise ValueError("there is another secret of this name")
