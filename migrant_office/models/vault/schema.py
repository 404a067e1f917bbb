"""The tables that are not projections, as migrations in plain SQL; a migration is never edited after a release.

Envelopes, documents and keys are the truth; `conflict` and `field_change` are derived; `draft`, `release` and
`access_log` are the three things that are no documents (docs/decisions/008). `likely_pair` is what the last search for
duplicates found on this computer, and `pair_search` how far it came.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import cbor2

from migrant_office.models.vault.connection import Database, Migrations
from migrant_office.models.vault.log import digest

STORE_VERSION = 4

migrations = Migrations("migrant_office")

FIRST = """
CREATE TABLE local_state(one INTEGER PRIMARY KEY CHECK(one = 1), device_id TEXT NOT NULL, loro_peer_id INTEGER NOT NULL,
  next_seq INTEGER NOT NULL, prev BLOB NOT NULL, hlc INTEGER NOT NULL, schema_version INTEGER NOT NULL,
  projection TEXT NOT NULL, signing BLOB NOT NULL) STRICT;
CREATE TABLE device(device_id TEXT PRIMARY KEY, parent_id TEXT, office TEXT NOT NULL, label TEXT NOT NULL,
  role TEXT NOT NULL, sign_pub BLOB NOT NULL, box_pub BLOB, loro_peer_id INTEGER NOT NULL UNIQUE, granted_by TEXT,
  grant_sig BLOB, revoked_at TEXT) STRICT, WITHOUT ROWID;
CREATE TABLE version_vector(device_id TEXT PRIMARY KEY, max_seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE peer_ack(device_id TEXT NOT NULL, about_device TEXT NOT NULL, seq INTEGER NOT NULL, at TEXT NOT NULL,
  PRIMARY KEY(device_id, about_device)) STRICT, WITHOUT ROWID;
CREATE TABLE envelope(device TEXT NOT NULL, seq INTEGER NOT NULL, kind TEXT NOT NULL, tag BLOB NOT NULL,
  epoch INTEGER NOT NULL, kid BLOB NOT NULL, prev BLOB NOT NULL, digest BLOB NOT NULL, sig BLOB NOT NULL,
  wrapped BLOB NOT NULL, body BLOB NOT NULL, received_at TEXT, via TEXT, applied INTEGER NOT NULL,
  PRIMARY KEY(device, seq)) STRICT;
CREATE INDEX envelope_tag ON envelope(tag);
CREATE INDEX envelope_unapplied ON envelope(applied) WHERE applied IN (0, 2);
CREATE TABLE fork(device TEXT NOT NULL, seq INTEGER NOT NULL, digest BLOB NOT NULL, sig BLOB NOT NULL, at TEXT NOT NULL,
  PRIMARY KEY(device, seq, digest)) STRICT, WITHOUT ROWID;
CREATE TABLE document(home TEXT NOT NULL, doc TEXT NOT NULL, snapshot BLOB NOT NULL, PRIMARY KEY(home, doc)) STRICT;
CREATE TABLE document_key(tag BLOB PRIMARY KEY, home TEXT, doc TEXT, kid BLOB NOT NULL, epoch INTEGER NOT NULL,
  wrapped BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX document_key_doc ON document_key(doc, home);
CREATE TABLE office_key(epoch INTEGER PRIMARY KEY, key BLOB, made_at TEXT NOT NULL, destroyed_at TEXT) STRICT;
CREATE TABLE erasure(tag BLOB PRIMARY KEY, at TEXT NOT NULL, authority TEXT NOT NULL, sig BLOB NOT NULL)
  STRICT, WITHOUT ROWID;
CREATE TABLE erased(doc TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE redaction(tag BLOB NOT NULL, peer INTEGER NOT NULL, from_counter INTEGER NOT NULL,
  to_counter INTEGER NOT NULL, at TEXT NOT NULL, authority TEXT NOT NULL, sig BLOB NOT NULL,
  PRIMARY KEY(tag, peer, from_counter)) STRICT, WITHOUT ROWID;
CREATE TABLE conflict(doc TEXT NOT NULL, home TEXT NOT NULL, noun TEXT NOT NULL, key TEXT NOT NULL, resolved_by TEXT,
  PRIMARY KEY(doc, home, noun, key)) STRICT, WITHOUT ROWID;
CREATE TABLE field_change(doc TEXT NOT NULL, home TEXT NOT NULL, noun TEXT NOT NULL, key TEXT NOT NULL,
  peer INTEGER NOT NULL, counter INTEGER NOT NULL, lamport INTEGER NOT NULL, hlc INTEGER, officer TEXT, value TEXT,
  is_head INTEGER NOT NULL, PRIMARY KEY(doc, home, noun, key, peer, counter)) STRICT, WITHOUT ROWID;
CREATE TABLE draft(id TEXT PRIMARY KEY, form TEXT NOT NULL, subject TEXT NOT NULL, title TEXT NOT NULL,
  body TEXT NOT NULL, officer TEXT NOT NULL, saved_at TEXT NOT NULL) STRICT;
CREATE TABLE release(period TEXT NOT NULL, revision INTEGER NOT NULL, body TEXT NOT NULL, sha256 TEXT NOT NULL,
  closed_at TEXT NOT NULL, closed_by TEXT NOT NULL, PRIMARY KEY(period, revision)) STRICT;
CREATE TABLE access_log(seq INTEGER PRIMARY KEY, at TEXT NOT NULL, officer TEXT NOT NULL, device TEXT NOT NULL,
  act TEXT NOT NULL, subject TEXT NOT NULL, prev BLOB NOT NULL, hash BLOB NOT NULL) STRICT;
CREATE TABLE secret(name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE counter(name TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT, WITHOUT ROWID;
"""

THIRD = """
CREATE TABLE pair_search(one INTEGER PRIMARY KEY CHECK(one = 1), after INTEGER NOT NULL, share REAL NOT NULL,
  began TEXT NOT NULL, ended TEXT) STRICT;
CREATE TABLE likely_pair(one TEXT NOT NULL, other TEXT NOT NULL, points REAL NOT NULL, reasons TEXT NOT NULL,
  PRIMARY KEY(one, other)) STRICT, WITHOUT ROWID;
"""

FOURTH = """
ALTER TABLE release RENAME TO release_before;
DROP TRIGGER release_no_update;
DROP TRIGGER release_no_delete;
CREATE TABLE release(number INTEGER PRIMARY KEY, period TEXT NOT NULL, revision INTEGER NOT NULL, body TEXT NOT NULL,
  sha256 TEXT NOT NULL, catalogue TEXT NOT NULL, parameters TEXT NOT NULL, snapshot BLOB NOT NULL,
  snapshot_hash TEXT NOT NULL, audit TEXT NOT NULL, secret_mark BLOB NOT NULL, approved_by TEXT NOT NULL,
  second TEXT NOT NULL, created_at TEXT NOT NULL, prev BLOB NOT NULL, hash BLOB NOT NULL, device TEXT NOT NULL,
  seq INTEGER NOT NULL, UNIQUE(period, revision)) STRICT;
"""

STORE_TABLES = frozenset(re.findall(r"CREATE TABLE (\w+)", FIRST + THIRD)) | {"_sqlite_migrations"}

APPEND_ONLY = "".join(
    f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, 'append-only'); END;\n"
    for table in ("release", "access_log")
    for act in ("UPDATE", "DELETE")
)
LEDGER_APPEND_ONLY = APPEND_ONLY[: APPEND_ONLY.index("CREATE TRIGGER access_log")]


def chained(told: Sequence[object], prev: bytes) -> bytes:
    """The hash of an entry of a chain: of all it says and of the hash of the entry before."""
    return digest(cbor2.dumps([*told, prev]))


def statements(script: str) -> list[str]:
    """The statements of a script; a trigger's inner semicolons do not end it."""
    found, rest = [], ""
    for part in script.split(";"):
        rest = f"{rest};{part}" if rest else part
        if rest.strip() and ("BEGIN" not in rest or rest.strip().endswith("END")):
            found.append(rest.strip())
            rest = ""
    return found


SECOND = """
ALTER TABLE draft ADD COLUMN answered INTEGER NOT NULL DEFAULT 0;
ALTER TABLE draft ADD COLUMN asked INTEGER NOT NULL DEFAULT 0;
"""


@migrations()
def m0001_first(db: Database) -> None:
    for statement in statements(FIRST + APPEND_ONLY):
        db.conn.execute(statement)


@migrations()
def m0002_drafts_say_how_complete(db: Database) -> None:
    for statement in statements(SECOND):
        db.conn.execute(statement)


@migrations()
def m0003_pairs_that_look_alike(db: Database) -> None:
    for statement in statements(THIRD):
        db.conn.execute(statement)


@migrations()
def m0004_a_ledger_of_releases(db: Database) -> None:
    """What was frozen before keeps its text and its day; it is chained as it is taken over."""
    for statement in statements(FOURTH):
        db.conn.execute(statement)
    prev = b""
    rows = db.conn.execute(
        "SELECT period, revision, body, sha256, closed_at, closed_by FROM release_before ORDER BY 5, 1"
    )
    for number, (period, revision, body, sha256, at, by) in enumerate(rows.fetchall(), 1):
        told = [number, period, revision, body, sha256, "", "", b"", "", "", b"", by, "", at]
        made = chained(told, prev)
        db.conn.execute(f"INSERT INTO release VALUES (?{', ?' * 17})", (*told, prev, made, "", 0))  # noqa: S608 - marks
        prev = made
    for statement in statements("DROP TABLE release_before;" + LEDGER_APPEND_ONLY):
        db.conn.execute(statement)
