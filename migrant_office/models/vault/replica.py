"""Meeting the envelopes of other devices, erasing, and making everything again from the log."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import cbor2

from migrant_office import clock
from migrant_office.errors import NotAllowed
from migrant_office.i18n import N_
from migrant_office.models.names import folding as names
from migrant_office.models.names import sounds
from migrant_office.models.vault import search
from migrant_office.models.vault.cells import Touched
from migrant_office.models.vault.documents import DamagedDocument, Document
from migrant_office.models.vault.ledger import COLUMNS, DocumentKey, Name
from migrant_office.models.vault.log import Applied, Envelope, Forged, about, digest, unseal
from migrant_office.models.vault.merging import Edge, edge_of
from migrant_office.models.vault.nouns import File, Home, Ref
from migrant_office.models.vault.projection import project, projected_nouns, schema, schema_digest
from migrant_office.models.vault.schema import STORE_TABLES
from migrant_office.progress import Progress

if TYPE_CHECKING:
    from migrant_office.models.vault.connection import Connection
    from migrant_office.models.vault.vault import Vault

ALL = f"SELECT {COLUMNS} FROM envelope ORDER BY device, seq"  # noqa: S608 - names of columns
WAITING = f"SELECT {COLUMNS} FROM envelope WHERE kind = 'U' AND applied = ?"  # noqa: S608


@dataclass(slots=True)
class Met:
    """What a meeting brought: documents changed, envelopes that wait, names signed twice, subjects erased."""

    changed: dict[Ref, Touched] = field(default_factory=dict)
    forked: list[Name] = field(default_factory=list)
    refused: list[Name] = field(default_factory=list)
    erased: list[str] = field(default_factory=list)


def receive(vault: Vault, envelopes: Iterable[Envelope]) -> Met:
    """Check every signature first, then take erasures, then merge each document once. Raises `Forged`."""
    met, ledger = Met(), vault.ledger
    tags: dict[bytes, None] = {}
    checked = [e.checked(vault.keys.known) for e in envelopes]
    for e in sorted(checked, key=lambda e: e.kind != "E"):
        ours = ledger.find((e.device, e.seq))
        if ledger.is_fork(e):
            met.forked.append((e.device, e.seq))
        elif ours is None or is_restored(ours, e):
            take(vault, e, met, tags)
        elif ours.body and e.wrapped not in (b"", ours.wrapped):  # the key on its way was not signed: try this one
            ledger.take_key(e)
            tags[e.tag] = None
    for tag in tags:
        merge(vault, tag, met)
    advance(vault)
    ledger.regain()
    return met


def is_restored(ours: Envelope, e: Envelope) -> bool:
    """An empty body without its erasure counts as missing: another replica may bring it back."""
    return ours.kind == "U" and not ours.body and bool(e.body)


def take(vault: Vault, e: Envelope, met: Met, tags: dict[bytes, None]) -> None:
    ledger = vault.ledger
    if e.kind == "E":
        take_erasure(vault, e, met)
    elif e.kind != "U":  # a kind of a newer program: kept and passed on, not understood here
        ledger.store(e, Applied.NEW, "met")
    elif ledger.sql("SELECT 1 FROM erasure WHERE tag = ?", (e.tag,)).fetchone():
        replace(vault, e._replace(body=b"", wrapped=b""), Applied.ERASED)
    elif e.body:
        replace(vault, e, Applied.WAITS)
        ledger.take_key(e)
        tags[e.tag] = None


def replace(vault: Vault, e: Envelope, applied: Applied) -> None:
    vault.ledger.sql("DELETE FROM envelope WHERE device = ? AND seq = ?", (e.device, e.seq))
    vault.ledger.store(e, applied, "met")


def merge(vault: Vault, tag: bytes, met: Met) -> None:
    """Merge all that waits for the documents of one tag; nothing while a key or a dependency is missing."""
    ref = document_of(vault, tag, met)
    if ref is None:
        return
    vault.ledger.sql("UPDATE document_key SET home = ?, doc = ? WHERE tag = ?", (*ref, tag))
    if vault.shelf.is_erased(ref.id):
        forget(vault, ref.id, met)
    else:
        try:
            with vault.transaction():  # a part of the meeting: one document's trouble is not the others'
                met.changed[ref] = merge_document(vault, ref, met)
        except (DamagedDocument, LookupError, ValueError, TypeError):
            set_aside(vault, ref, met)


def document_of(vault: Vault, tag: bytes, met: Met) -> Ref | None:
    """Whose tag this is: the document it is known to belong to, else what the first body that opens says."""
    row = vault.ledger.sql("SELECT home, doc FROM document_key WHERE tag = ? AND home IS NOT NULL", (tag,)).fetchone()
    if row:
        return Ref(Home(row[0]), row[1])
    found = vault.ledger.sql(f"{WAITING} AND tag = ? ORDER BY device, seq", (Applied.WAITS, tag)).fetchall()
    return next((inside[0] for e in found if (inside := opened(vault, Envelope(*e), met))), None)


def opened(vault: Vault, e: Envelope, met: Met, ref: Ref | None = None) -> tuple[Ref, int, bytes] | None:
    """What waits inside an envelope, or None while it cannot be opened.

    One that is damaged, or speaks of another document than its tag, is set aside: it may not stop all the others.
    """
    try:
        inside = vault.ledger.opened(e)
        if inside is None or (inside[0] == (ref or inside[0]) and Document.is_update(inside[2])):
            return inside
    except Forged:
        pass
    vault.ledger.sql(
        "UPDATE envelope SET applied = ? WHERE device = ? AND seq = ?", (Applied.QUARANTINED, e.device, e.seq)
    )
    met.refused.append((e.device, e.seq))
    return None


def merge_document(vault: Vault, ref: Ref, met: Met) -> Touched:
    """One import of everything that waits for a document, whatever tag it came under."""
    found = vault.ledger.sql(
        f"{WAITING} AND tag IN (SELECT tag FROM document_key WHERE doc = ? AND home = ?) ORDER BY device, seq",  # noqa: S608
        (Applied.WAITS, ref.id, ref.home),
    ).fetchall()
    inside = {e: told for e in map(Envelope._make, found) if (told := opened(vault, e, met, ref))}
    if not inside:
        return {}
    document = vault.shelf.load(ref)
    before = File(ref, document.cells())
    complete = document.receive([update for _, _, update in inside.values()])
    if complete:  # else all of it stays waiting: a snapshot would leave out what is pending
        vault.shelf.many(
            "UPDATE envelope SET applied = ? WHERE device = ? AND seq = ?",
            [(Applied.MERGED, e.device, e.seq) for e in inside],
        )
    vault.ledger.hear(max(at for _, at, _ in inside.values()))
    return vault.shelf.keep(ref, document, before, merged=True)[1]


def set_aside(vault: Vault, ref: Ref, met: Met) -> None:
    """Quarantine what waits for a document when merging it fails: kept as proof, tried by nobody again."""
    found = vault.ledger.sql(
        f"{WAITING} AND tag IN (SELECT tag FROM document_key WHERE doc = ? AND home = ?)",  # noqa: S608 - our columns
        (Applied.WAITS, ref.id, ref.home),
    ).fetchall()
    for e in map(Envelope._make, found):
        vault.ledger.sql(
            "UPDATE envelope SET applied = ? WHERE device = ? AND seq = ?", (Applied.QUARANTINED, e.device, e.seq)
        )
        met.refused.append((e.device, e.seq))


def advance(vault: Vault) -> None:
    """Bring the version vector to the last number without a gap, per foreign device."""
    for device, known in vault.ledger.sql(
        "SELECT DISTINCT e.device, coalesce(v.max_seq, 0) FROM envelope e "
        "LEFT JOIN version_vector v ON v.device_id = e.device"
    ).fetchall():
        seq = known
        for (found,) in vault.ledger.sql(
            "SELECT seq FROM envelope WHERE device = ? AND seq > ? ORDER BY seq", (device, known)
        ):
            if found != seq + 1:
                break
            seq = found
        if seq > known:
            vault.ledger.sql(
                "INSERT INTO version_vector VALUES (?, ?) ON CONFLICT DO UPDATE SET max_seq = excluded.max_seq",
                (device, seq),
            )


# erasure


def erase(vault: Vault, id: str) -> None:
    if not vault.keys.may_erase(vault.keys.device):
        raise NotAllowed(N_("Only a supervisor can erase a file."))
    group = vault.shelf.groups.of(id)
    for one in group.members if group else (id,):  # a person is erased with all that was joined to her
        forget(vault, one, Met())


def forget(vault: Vault, id: str, met: Met) -> None:
    """Drop a subject here; a supervisor's device names every tag of hers that no erasure has named yet."""
    if vault.keys.may_erase(vault.keys.device):
        for (tag,) in vault.ledger.sql(
            "SELECT tag FROM document_key WHERE doc = ? AND tag NOT IN (SELECT tag FROM erasure)", (id,)
        ).fetchall():
            append_erasure(vault, id, tag)
    vault.shelf.forget(id)
    met.erased.append(id)


def append_erasure(vault: Vault, id: str, tag: bytes) -> None:
    keys = vault.keys
    office = DocumentKey(tag, b"", keys.epoch, keys.epochs[keys.epoch], b"")
    name = vault.ledger.append("E", office, cbor2.dumps(id), vault.ledger.tick())
    e = vault.ledger.find(name)
    if e is not None:
        note_erasure(vault, e)


def take_erasure(vault: Vault, e: Envelope, met: Met) -> None:
    """Only a supervisor's device may erase; another's erasure is kept aside and changes nothing."""
    key = vault.keys.epochs.get(e.epoch)
    if not e.body or key is None:  # counts as missing
        return
    try:
        id = cbor2.loads(unseal(e.body, key, about(e.tag, e.kid))) if vault.keys.may_erase(e.device) else None
    except (Forged, cbor2.CBORError):
        id = None
    if not isinstance(id, str):
        vault.ledger.store(e, Applied.QUARANTINED, "met")
        met.refused.append((e.device, e.seq))
        return
    vault.ledger.store(e, Applied.MERGED, "met")
    note_erasure(vault, e)
    vault.ledger.sql(
        "UPDATE envelope SET body = x'', wrapped = x'', applied = ? WHERE tag = ? AND kind = 'U'",
        (Applied.ERASED, e.tag),
    )
    forget(vault, id, met)


def note_erasure(vault: Vault, e: Envelope) -> None:
    vault.ledger.sql(
        "INSERT OR IGNORE INTO erasure VALUES (?, ?, ?, ?)", (e.tag, clock.now().isoformat(), e.device, e.sig)
    )


# making again


def tables_digest() -> str:
    """What the tables and the index were made by."""
    keyed = (getattr(noun.cls, rule) for noun in projected_nouns() for rule in noun.keyed)
    rules = (
        *keyed,
        search.keys_of,
        search.words_of,
        search.spellings_of,
        search.told,
        search.searchable,
        search.numbers,
    )
    return (
        schema_digest(
            *keyed, *rules, *map(unwrapped, (names.fold, names.spelled, names.joined, sounds.keys, sounds.respelt))
        )
        + digest(sounds.table_text().encode()).hex()
    )


def unwrapped(rule: Any) -> Any:
    """The rule behind its memory."""
    return getattr(rule, "__wrapped__", rule)


def make_tables(conn: Connection) -> None:
    """Drop and make the projections and the search index, empty, as the nouns say today."""
    for statement in search.DROP:
        conn.execute(statement)
    for (name,) in conn.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall():
        if name not in STORE_TABLES:  # a newer program's nouns too: an erasure here would not reach their rows
            conn.execute(f'DROP TABLE "{name}"')
    for statement in (*schema(), *search.SCHEMA):
        conn.execute(statement)
    conn.execute("UPDATE local_state SET projection = ?", (tables_digest(),))


def rebuild(vault: Vault, progress: Progress, *, replay: bool) -> None:
    sql = vault.ledger.sql
    make_tables(vault.conn)
    source = "document_key WHERE home IS NOT NULL AND doc NOT IN (SELECT doc FROM erased)" if replay else "document"
    found = sql(f"SELECT DISTINCT home, doc FROM {source}").fetchall()  # noqa: S608 - table names are ours
    refs = [Ref(Home(home), doc) for home, doc in found]
    edges: dict[str, Edge] = {}
    if replay:
        unmerge(vault)
    for done, ref in enumerate(refs):
        if done % 100 == 0:
            progress.report(done, len(refs))
        if replay and vault.keys.may_open(ref.home):
            merge_document(vault, ref, Met())
        elif not replay and ref.home is not Home.RESTRICTED:
            file = File(ref, vault.shelf.load(ref).cells())
            project(sql, File(ref, {}), file)
            search.find_again(sql, file, meets=False)
            if edge := edge_of(file.cells):
                edges[ref.id] = edge
    if not replay:
        search.meet_all(sql)
    vault.shelf.groups.rebuild(edges)
    left = "SELECT DISTINCT tag FROM envelope WHERE kind = 'U' AND applied = ?"
    for (tag,) in sql(left, (Applied.WAITS,)).fetchall():
        merge(vault, tag, Met())  # perhaps this program knows documents that the last one did not
    progress.report(len(refs), len(refs))


def unmerge(vault: Vault) -> None:
    """Take every document that this officer may open back to nothing; its envelopes wait again."""
    for home in filter(vault.keys.may_open, Home):
        for table in ("document", "conflict", "field_change"):
            vault.ledger.sql(f"DELETE FROM {table} WHERE home = ?", (home,))  # noqa: S608 - table names are ours
        vault.ledger.sql(
            "UPDATE envelope SET applied = ? WHERE kind = 'U' AND applied = ? AND tag IN "
            "(SELECT tag FROM document_key WHERE home = ?)",
            (Applied.WAITS, Applied.MERGED, home),
        )
