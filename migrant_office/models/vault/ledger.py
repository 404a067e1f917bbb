"""This device's chain of envelopes on disk: the next number, appending, finding, and proof of a fork."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import cbor2
from nacl.utils import random

from migrant_office import clock
from migrant_office.models.vault.keys import Keys
from migrant_office.models.vault.log import Applied, Envelope, Forged, about, digest, seal, unseal
from migrant_office.models.vault.nouns import Home, Ref

if TYPE_CHECKING:
    from migrant_office.models.vault.connection import Connection

COLUMNS = ", ".join(Envelope._fields)
HOMES = {home.value for home in Home}
DAY = 86_400  # seconds
Name = tuple[str, int]  # (device, seq): what names an envelope


class DocumentKey(NamedTuple):
    """The key of a document as one device made it. Two desks may create one document: it then has two."""

    tag: bytes
    kid: bytes
    epoch: int
    key: bytes
    wrapped: bytes  # empty when it is already on disk


class Ledger:
    """Reads and writes the tables `envelope`, `document_key`, `fork` and `local_state`."""

    def __init__(self, conn: Connection, keys: Keys) -> None:
        self.sql, self.keys = conn.execute, keys

    # the clock and the chain

    def tick(self) -> int:
        """The next hybrid time: milliseconds in the high bits, a counter in the low 16; it never goes back."""
        (last,) = self.sql("SELECT hlc FROM local_state").fetchone()
        return max(int(last) + 1, int(clock.now().timestamp() * 1000) << 16)

    def hear(self, hlc: int) -> None:
        """Move this device's clock up to another's, but never more than a day ahead: a wrong clock elsewhere orders
        its own writes late, and must not drag every desk with it.
        """
        limit = int((clock.now().timestamp() + DAY) * 1000) << 16
        self.sql("UPDATE local_state SET hlc = max(hlc, ?)", (min(max(hlc, 0), limit),))

    def next(self) -> tuple[int, bytes]:
        """The next number of this device's chain and the hash it follows."""
        seq, prev = self.sql("SELECT next_seq, prev FROM local_state").fetchone()
        return seq, prev

    def append(self, kind: str, key: DocumentKey, plaintext: bytes, hlc: int) -> Name:
        """Seal, sign and chain one envelope of this device. Part of the caller's transaction."""
        seq, prev = self.next()
        body = seal(plaintext, key.key, about(key.tag, key.kid)) if plaintext else b""
        bare = Envelope(
            self.keys.device, seq, kind, key.tag, key.epoch, key.kid, prev, digest(body), b"", key.wrapped, body
        )
        signed = bare.signed(self.keys.signing)
        self.store(signed, Applied.MERGED)
        self.sql("UPDATE local_state SET next_seq = ?, prev = ?, hlc = ?", (seq + 1, digest(signed.sig), hlc))
        return self.keys.device, seq

    def store(self, e: Envelope, applied: Applied, via: str = "") -> None:
        at = clock.now().isoformat() if via else None
        self.sql(
            f"INSERT INTO envelope({COLUMNS}, received_at, via, applied) VALUES (?{', ?' * 13})",  # noqa: S608
            (*e, at, via or None, applied),
        )

    def find(self, name: Name) -> Envelope | None:
        row = self.sql(f"SELECT {COLUMNS} FROM envelope WHERE device = ? AND seq = ?", name).fetchone()  # noqa: S608
        return Envelope(*row) if row else None

    def is_fork(self, e: Envelope) -> bool:
        """Whether another envelope already stands under this name; if so the proof of both is kept."""
        row = self.sql("SELECT digest, sig FROM envelope WHERE device = ? AND seq = ?", (e.device, e.seq)).fetchone()
        if row is None or (row[0], row[1]) == (e.digest, e.sig):
            return False
        at = clock.now().isoformat()
        for found, sig in (row, (e.digest, e.sig)):
            self.sql("INSERT OR IGNORE INTO fork VALUES (?, ?, ?, ?, ?)", (e.device, e.seq, found, sig, at))
        return True

    def forks(self) -> list[Name]:
        """Names under which two different envelopes were signed: a restored backup or a cloned disk wrote on."""
        return [(d, s) for d, s in self.sql("SELECT DISTINCT device, seq FROM fork").fetchall()]

    def broken_link(self) -> Name | None:
        """The first envelope that does not follow the one before it in its device's chain, or None."""
        last: tuple[str, int, bytes] = ("", 0, b"")
        for device, seq, prev, sig in self.sql("SELECT device, seq, prev, sig FROM envelope ORDER BY device, seq"):
            follows = last[0] == device and last[1] == seq - 1
            if (follows and prev != last[2]) or (seq == 1 and prev):
                return device, seq
            last = (device, seq, digest(sig))
        return None

    def regain(self) -> None:
        """Go on behind our own envelopes that others kept: after a restored backup they hold more of our chain."""
        row = self.sql(
            "SELECT seq, sig FROM envelope WHERE device = ? ORDER BY seq DESC LIMIT 1", (self.keys.device,)
        ).fetchone()
        if row and row[0] >= self.next()[0]:
            self.sql("UPDATE local_state SET next_seq = ?, prev = ?", (row[0] + 1, digest(row[1])))

    # the keys of documents

    def key_of(self, ref: Ref) -> DocumentKey:
        """The key to write this document with; a new one, not yet on disk, for a new document."""
        row = self.sql(
            "SELECT tag, kid, epoch, wrapped FROM document_key WHERE doc = ? AND home = ? ORDER BY tag LIMIT 1",
            (ref.id, ref.home),
        ).fetchone()
        if row:
            tag, kid, epoch, wrapped = row
            key = unseal(wrapped, self.keys.wrapping(ref.home, epoch), about(tag, kid))
            return DocumentKey(tag, kid, epoch, key, b"")
        made = new_key(self.keys, ref.home)
        self.sql(
            "INSERT INTO document_key(tag, home, doc, kid, epoch, wrapped) VALUES (?, ?, ?, ?, ?, ?)",
            (made.tag, ref.home, ref.id, made.kid, made.epoch, made.wrapped),
        )
        return made

    def opened(self, e: Envelope) -> tuple[Ref, int, bytes] | None:
        """(document, hybrid time, update) inside an update.

        None while its key is missing or closed to us, or while only a newer program knows such documents. Raises
        `Forged` when a body is not what its key seals.
        """
        row = self.sql("SELECT wrapped, epoch FROM document_key WHERE tag = ?", (e.tag,)).fetchone()
        found = self._unwrapped(e, row[0], row[1]) if row else None
        if found is None:
            return None
        key, compartment = found
        try:
            home, doc, hlc, update = cbor2.loads(unseal(e.body, key, about(e.tag, e.kid)))
            if [*map(type, (home, doc, hlc, update))] != [str, str, int, bytes]:
                raise ValueError("not what an update holds")
            if (home == Home.RESTRICTED) != compartment:
                raise ValueError("sealed under the key of another kind of document")
        except (cbor2.CBORError, ValueError, TypeError) as error:
            raise Forged from error
        return (Ref(Home(home), doc), hlc, update) if home in HOMES else None

    def plain(self, e: Envelope) -> bytes | None:
        """What an envelope that carries its own key holds, or None while none of our keys opens it. Raises `Forged`."""
        found = self._unwrapped(e, e.wrapped, e.epoch)
        return unseal(e.body, found[0], about(e.tag, e.kid)) if found else None

    def _unwrapped(self, e: Envelope, wrapped: bytes, epoch: int) -> tuple[bytes, bool] | None:
        """The document's key by whichever of our keys opens it, and whether that was the compartment's: the header
        does not say which kind it is.
        """
        for outer, compartment in ((self.keys.epochs.get(epoch), False), (self.keys.compartment, True)):
            if outer is None:
                continue
            try:
                key = unseal(wrapped, outer, about(e.tag, e.kid))
            except Forged:
                continue
            if digest(key)[:8] == e.kid:
                return key, compartment
        return None

    def take_key(self, e: Envelope) -> None:
        """Keep a document's key that came with an envelope; whose document it is shows when a body is opened.

        The key is not signed, so one that opens takes the place of one that does not.
        """
        row = self.sql("SELECT wrapped, epoch FROM document_key WHERE tag = ?", (e.tag,)).fetchone()
        if e.wrapped and row is None:
            self.sql(
                "INSERT INTO document_key(tag, kid, epoch, wrapped) VALUES (?, ?, ?, ?)",
                (e.tag, e.kid, e.epoch, e.wrapped),
            )
        elif e.wrapped and self._unwrapped(e, *row) is None and self._unwrapped(e, e.wrapped, e.epoch) is not None:
            self.sql(
                "UPDATE document_key SET kid = ?, epoch = ?, wrapped = ? WHERE tag = ?",
                (e.kid, e.epoch, e.wrapped, e.tag),
            )
            self.sql("UPDATE envelope SET wrapped = ? WHERE device = ? AND seq = ?", (e.wrapped, e.device, e.seq))


def new_key(keys: Keys, home: Home) -> DocumentKey:
    tag, key = random(16), random(32)
    kid = digest(key)[:8]
    return DocumentKey(tag, kid, keys.epoch, key, seal(key, keys.wrapping(home, keys.epoch), about(tag, kid)))
