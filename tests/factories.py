"""Offices, replicas and things to put into them, made cheaply. All names are invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from nacl.signing import SigningKey

from migrant_office.ids import new_id
from migrant_office.models.everything import NOUNS_OF_AN_OFFICE
from migrant_office.models.person import Person
from migrant_office.models.referral import Referral, ReferralStep, State
from migrant_office.models.vault import slots
from migrant_office.models.vault.connection import connect
from migrant_office.models.vault.folder import DATABASE, KEYS, About, create, open_vault
from migrant_office.models.vault.keys import SUPERVISOR, Keys, peer_of
from migrant_office.models.vault.log import Envelope, about, digest, seal
from migrant_office.models.vault.nouns import File, Home, Ref
from migrant_office.models.vault.projection import tables
from migrant_office.models.vault.vault import Vault

CHEAP = slots.Cost(1024, 1, 1)  # Argon2id in a millisecond
PASSPHRASE = "siempre abierto"
DAY = date(2026, 3, 2)
NOUNS = NOUNS_OF_AN_OFFICE  # the tables of an office are those of every noun, whatever a test imports


def an_about(**told: Any) -> About:
    usual: dict[str, Any] = {"city": "santiago", "name": "Oficina", "language": "es", "paper": "letter"}
    return About(**(usual | {"id": new_id()} | told))


def make_office(folder: Path, passphrase: str = PASSPHRASE) -> Path:
    create(folder, an_about(), passphrase, cost=CHEAP)
    return folder


def office_keys(folder: Path, passphrase: str = PASSPHRASE) -> slots.OfficeKeys:
    office, ways = slots.from_json((folder / KEYS).read_bytes())
    return slots.opened(office, ways, passphrase)[0]


def make_replicas(folder: Path, count: int = 3) -> tuple[slots.OfficeKeys, list[bytes]]:
    """The databases of devices that share an office; the first alone is a supervisor's. To be opened by `replica`."""
    make_office(folder)
    keys, path = office_keys(folder), folder / DATABASE
    own = [(new_id(), SigningKey.generate()) for _ in range(count)]
    conn = connect(path, keys.data)
    conn.execute("DELETE FROM device")
    for at, (device, signing) in enumerate(own):
        role = SUPERVISOR if at == 0 else "desk"
        conn.execute("INSERT INTO device VALUES (?, NULL, '', '', ?, ?, NULL, ?, NULL, NULL, NULL)",
                     (device, role, bytes(signing.verify_key), peer_of(device)))  # fmt: skip
    images = []
    for device, signing in own:
        conn.execute("UPDATE local_state SET device_id = ?, signing = ?, loro_peer_id = ?",
                     (device, bytes(signing), peer_of(device)))  # fmt: skip
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        images.append(path.read_bytes())
    conn.close()
    return keys, images


def replica(path: Path, image: bytes, keys: slots.OfficeKeys, *, compartment: bool = True) -> Vault:
    """One of `make_replicas`, open. Without `compartment` the officer may not see the restricted part."""
    path.write_bytes(image)
    return open_vault(path, keys if compartment else keys._replace(compartment=None), "1")


def a_person(id: str, **told: Any) -> Person:
    usual: dict[str, Any] = {"given": "Rose", "surname": "Désir", "opened": DAY}
    return Person(id=id, **(usual | told))


def a_referral(**told: Any) -> Referral:
    usual: dict[str, Any] = {"service": "s1", "area": "employment", "made": DAY, "recorded": DAY, "due": DAY}
    usual["orientation"] = True  # else it needs the consent it rests on
    return Referral(**(usual | {"id": new_id()} | told))


def a_step(referral: str, **told: Any) -> ReferralStep:
    usual: dict[str, Any] = {"state": State.ACCEPTED, "made": DAY, "recorded": DAY}
    return ReferralStep(**(usual | {"id": new_id(), "referral": referral} | told))


def put(vault: Vault, *things: Any, on: str = "") -> Any:
    """One operation that writes whole things; returns what it did."""
    with vault.operation("test", on or things[0].id) as op:
        for thing in things:
            op.put(thing)
    return op.done


def edit(vault: Vault, thing: Any, **values: Any) -> Any:
    """One operation that changes fields of a record whose document carries its id."""
    with vault.operation("edit", thing.id) as op:
        op.set(thing, **values)
    return op.done


def case(vault: Vault, id: str) -> File:
    return vault.file(Ref(Home.CASE, id))


def person(vault: Vault, id: str) -> Person:
    found = case(vault, id).one(Person)
    assert found is not None
    return found


def exchange(*vaults: Vault) -> None:
    """Everybody hears everything of everybody, until there is nothing new to tell."""
    told = -1
    while told != (told := sum(len(v.envelopes()) for v in vaults)):
        for source in vaults:
            for target in vaults:
                if target is not source:
                    target.receive(source.envelopes())


def table_rows(vault: Vault) -> dict[str, list[str]]:
    """Every row that is made from documents, without the numbers SQLite gives them."""
    found = {}
    for table in (*tables(), "conflict", "field_change", "findable", "spelling"):
        names = [row[1] for row in vault.read(f"PRAGMA table_info({table})") if row[1] != "rid"]
        columns = ", ".join(f'"{name}"' for name in names)
        found[table] = sorted(map(repr, vault.read(f"SELECT {columns} FROM {table}")))
    return found


def an_update(writer: Keys, seq: int, prev: bytes, plain: bytes, tag: bytes, key: bytes) -> Envelope:
    """A signed update that no program of ours would write."""
    kid = digest(key)[:8]
    body = seal(plain, key, about(tag, kid))
    wrapped = seal(key, writer.wrapping(Home.CASE, writer.epoch), about(tag, kid))
    bare = Envelope(writer.device, seq, "U", tag, writer.epoch, kid, prev, digest(body), b"", wrapped, body)
    return bare.signed(writer.signing)
