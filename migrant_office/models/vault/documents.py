"""Documents that several desks may change at once. The only module that sees Loro, and the one that maps its errors.

A document is a flat set of root maps (one a noun): nested containers created by two desks under one key would make one
side disappear. Loro's own errors are bare BaseExceptions; none of them leaves this module.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple, cast

from loro import ID, Diff, ExportMode, Frontiers, LoroDoc, VersionVector

from migrant_office.errors import StorageFailed
from migrant_office.i18n import N_
from migrant_office.models.vault.cells import Cells, Value


class Write(NamedTuple):
    """One write of one cell, as the history of a document tells it. `said` is {op, by, at, n} of its operation."""

    noun: str
    key: str
    value: Value
    peer: int
    counter: int
    lamport: int
    said: dict[str, Any]
    head: bool = False


@contextmanager
def mapped() -> Iterator[None]:
    """Turn Loro's errors, which `except Exception` would miss, into ours."""
    try:
        yield
    except ValueError as error:
        raise DamagedDocument from error
    except BaseException as error:
        # its errors are bare BaseExceptions, its panics live in a module of pyo3
        if type(error) is BaseException or type(error).__module__.startswith(("loro", "pyo3")):
            raise DamagedDocument from error
        raise


class DamagedDocument(StorageFailed):
    """Bytes that are no document, or that do not belong to this one."""

    def __init__(self) -> None:
        super().__init__(N_("A case file is damaged. Restore the last backup, or ask for help."))


class Document:
    """Opened for one operation and thrown away with it: a cache would have to be rolled back."""

    def __init__(self, peer: int, snapshot: bytes | None = None) -> None:
        with mapped():
            self.doc = LoroDoc()  # type: ignore[no-untyped-call]  # its stub has no annotation
            if snapshot:
                self.doc.import_(snapshot)
            self.doc.peer_id = peer  # after the import, which leaves a random one
            self.start = self.doc.oplog_vv

    @mapped()
    def cells(self) -> Cells:
        told = cast("dict[str, Value]", self.doc.get_deep_value())
        return {name: cells for name, cells in told.items() if isinstance(cells, dict)}  # other roots are nobody's

    @mapped()
    def write(self, noun: str, key: str, value: Value) -> None:
        """Write one cell; None takes it away. An equal value makes no change."""
        cells = self.doc.get_map(noun)
        if value is not None:
            cells.insert(key, value)
        elif cells.get(key) is not None:
            cells.delete(key)

    @mapped()
    def commit(self, said: dict[str, Any]) -> bytes | None:
        """The update of what was written, or None when nothing changed. `said` must never be equal twice."""
        self.doc.set_next_commit_message(json.dumps(said, separators=(",", ":")))
        self.doc.commit()
        return None if self.doc.oplog_vv == self.start else self.doc.export(ExportMode.Updates(self.start))

    @mapped()
    def snapshot(self) -> bytes:
        return self.doc.export(ExportMode.Snapshot())

    @mapped()
    def receive(self, updates: list[bytes]) -> bool:
        """Merge; False while something waits for an update not seen yet, which a snapshot would silently leave out."""
        return self.doc.import_batch(updates).pending is None

    def inverse(self, update: bytes) -> Iterator[tuple[str, str, Value, Value]]:
        """(noun, key, written, before) for every cell that one of our updates wrote."""
        with mapped():
            meta = LoroDoc.decode_import_blob_meta(update, False)
            after, before = meta.partial_end_vv.get_frontiers(), meta.start_frontiers
            was = maps(self.doc.diff(after, before))
            written = maps(self.doc.diff(before, after))
        for name, keys in written.items():
            yield from ((name, key, value, was[name][key]) for key, value in keys.items())

    @staticmethod
    def is_update(update: bytes) -> bool:
        """Whether these bytes are whole."""
        try:
            with mapped():
                LoroDoc.decode_import_blob_meta(update, True)
        except DamagedDocument:
            return False
        return True

    @mapped()
    def history(self) -> list[Write]:
        """Every write, oldest first; `head` marks those that no later write of the cell had seen."""
        start = VersionVector()  # type: ignore[no-untyped-call]  # its stub has no annotation
        told = json.loads(self.doc.export_json_updates(start, self.doc.oplog_vv))
        peers = [int(p) for p in told["peers"]]
        writes: list[Write] = []
        heads: dict[tuple[str, str], list[Write]] = {}
        for change in sorted(told["changes"], key=lambda c: (c["lamport"], peers[int(c["id"].split("@")[1])])):
            seen = self.doc.frontiers_to_vv(Frontiers.from_ids([named(d, peers) for d in change["deps"]]))
            for write in writes_of(change, named(change["id"], peers)):
                cell = (write.noun, write.key)
                older = [h for h in heads.get(cell, []) if h.peer != write.peer and not is_seen(seen, h)]
                heads[cell] = [*older, write]
                writes.append(write)
        return [w._replace(head=w in heads[w.noun, w.key]) for w in writes]

    def conflicts(self) -> dict[tuple[str, str], list[Write]]:
        """Cells whose last writers had not seen each other and do not agree."""
        heads: dict[tuple[str, str], list[Write]] = {}
        for write in self.history():
            if write.head:
                heads.setdefault((write.noun, write.key), []).append(write)
        return {cell: ws for cell, ws in heads.items() if any(w.value != ws[0].value for w in ws)}


def named(text: str, peers: list[int]) -> ID:
    counter, peer = text.split("@")
    return ID(peers[int(peer)], int(counter))


def is_seen(seen: Any, write: Write) -> bool:
    return bool(seen) and bool(seen.includes_id(ID(write.peer, write.counter)))


def writes_of(change: dict[str, Any], first: ID) -> Iterator[Write]:
    """The writes of one change of the exported history."""
    said = message_of(change["msg"])
    for op in change["ops"]:
        noun, content = op["container"].removeprefix("cid:root-").removesuffix(":Map"), op["content"]
        if not op["container"].endswith(":Map") or "key" not in content:
            continue  # not a cell: no program of ours writes it
        lamport = change["lamport"] + op["counter"] - first.counter
        yield Write(noun, content["key"], content.get("value"), first.peer, op["counter"], lamport, said)


def message_of(text: str | None) -> dict[str, Any]:
    """What a commit says of itself; nothing for a message that is not ours."""
    try:
        told = json.loads(text or "{}")
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def maps(batch: Any) -> dict[str, dict[str, Value]]:
    """A Loro difference of root maps as plain dicts; None is a cell taken away."""
    return {
        cid.name: {key: now.value if now else None for key, now in cast("Any", change).diff.updated.items()}
        for cid, change in batch.get_diff()
        if isinstance(change, Diff.Map)
    }
