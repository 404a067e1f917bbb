"""The folder of an office: what lies in it, making it, opening it, and letting nobody else in meanwhile."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import filelock  # the small, well-kept cross-platform lock
from nacl.signing import SigningKey, VerifyKey
from nacl.utils import random

from migrant_office import clock, paths
from migrant_office.errors import NewerOffice, NotAnOffice, OfficeInUse
from migrant_office.i18n import LANGUAGES, N_
from migrant_office.models.vault import slots
from migrant_office.models.vault.attachments import FOLDER
from migrant_office.models.vault.connection import Database, connect, errors_mapped
from migrant_office.models.vault.keys import SUPERVISOR, Keys, peer_of
from migrant_office.models.vault.reading import Reader, open_reader
from migrant_office.models.vault.replica import make_tables, tables_digest
from migrant_office.models.vault.schema import STORE_VERSION, migrations
from migrant_office.models.vault.vault import Vault

if TYPE_CHECKING:
    from migrant_office.models.vault.connection import Connection

DATABASE, KEYS, ABOUT, LOCK = "office.db", "keys.json", "office.json", "office.lock"
UNFINISHED = ".new-office"
FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What may be read before unlocking; nothing in it is about a person."""

    id: str
    city: str
    name: str
    language: str
    paper: str
    demo: bool = False
    format: int = FORMAT


SAMPLE = About(id="", city="", name="", language="", paper="")  # for the types of what a file says


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An office unlocked: its store, what it says of itself, who opened it, and the lock to give back."""

    vault: Vault
    about: About
    officer: str
    label: str
    lock: filelock.BaseFileLock
    path: Path
    data_key: bytes = field(repr=False)  # held while unlocked: SQLCipher holds it too

    def reader(self) -> Reader:
        """A second connection that only reads, for another thread. Raises `StorageFailed`."""
        return open_reader(self.path, self.data_key, self.vault.keys)

    def close(self) -> None:
        try:
            self.vault.close()
        finally:
            self.lock.release()


def is_free(folder: Path) -> bool:
    """Whether an office can be made here: nothing in it, or only what a power cut left of one that never was."""
    if not folder.exists():
        return True
    if not folder.is_dir() or (folder / ABOUT).exists():
        return False
    ours = {UNFINISHED, LOCK, "settings.json", "logs"}
    return (folder / UNFINISHED).exists() or all(p.name in ours for p in folder.iterdir())


def read_about(folder: Path) -> About:
    """What the office says of itself. Raises `NotAnOffice`, `NewerOffice`, `StorageFailed`."""
    with errors_mapped():
        data = (folder / ABOUT).read_bytes()
    try:
        told = json.loads(data)
        if told["format"] > FORMAT:
            raise NewerOffice(N_("A newer version of the program made this office. Update the program to open it."))
        about = About(**told)
        if any(type(value) is not type(getattr(SAMPLE, name)) for name, value in asdict(about).items()):
            raise TypeError
        return about if about.language in LANGUAGES else replace(about, language=LANGUAGES[0])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NotAnOffice(N_("This folder holds no office. Choose another folder or make a new office.")) from error


def create(folder: Path, about: About, passphrase: str, *, cost: slots.Cost = slots.STRONG, device: str = "") -> str:
    """Make an office in a folder that holds none; returns the recovery code, which is kept nowhere.

    `device` names the first device of a demo office, 32 hexadecimal digits; every other office gets a random one.
    Nothing is left behind when it cannot be made. Raises `NotAnOffice` when the folder is taken, `StorageFailed`.
    """
    with errors_mapped():
        made = not folder.exists()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        half = folder / UNFINISHED
        if half.exists() and not (folder / ABOUT).exists():  # a power cut between the renames: it never was an office
            unmake(folder, whole=False)
        if any((folder / name).exists() for name in (ABOUT, KEYS, DATABASE)):
            raise NotAnOffice(N_("This folder already holds an office. Open it, or choose an empty folder."))
        try:
            shutil.rmtree(half, ignore_errors=True)  # of a power cut: it was never an office
            half.mkdir(mode=0o700)
            code = fill(half, about, passphrase, cost, device or random(16).hex())
            for name in (DATABASE, KEYS, ABOUT):
                (half / name).rename(folder / name)
            half.rmdir()
            paths.sync_folder(folder)
            return code
        except BaseException:
            shutil.rmtree(folder if made else half, ignore_errors=True)
            raise


def unmake(folder: Path, *, whole: bool, kept: bool = False) -> None:
    """Take away an office that was not finished: its folder if it was made for it, else its own files; the folder of
    kept files too if `kept`, that is if it was not there before.
    """
    if whole:
        shutil.rmtree(folder, ignore_errors=True)
        return
    for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", KEYS, ABOUT, LOCK):
        (folder / name).unlink(missing_ok=True)
    if kept:
        shutil.rmtree(folder / FOLDER, ignore_errors=True)


def fill(folder: Path, about: About, passphrase: str, cost: slots.Cost, device: str) -> str:
    keys, code = slots.new_keys(), slots.recovery_code()
    ways = [
        slots.new_slot(about.id, keys, passphrase, officer="1", cost=cost),
        slots.new_slot(about.id, keys, code, kind="recovery", officer="1", cost=cost),
    ]
    conn = connect(folder / DATABASE, keys.data, create=True)
    try:
        migrations.apply(Database(conn, execute_plugins=False))
        conn.execute("BEGIN IMMEDIATE")
        first_rows(conn, about, device)
        make_tables(conn)
        conn.execute("COMMIT")
    finally:
        conn.close()
    paths.write_atomically(folder / KEYS, slots.to_json(about.id, ways))
    paths.write_atomically(folder / ABOUT, json.dumps(asdict(about), indent=1, ensure_ascii=False).encode())
    return code


def first_rows(conn: Connection, about: About, device: str) -> None:
    """The first device of the office, its signing key and the first epoch key."""
    signing, at = SigningKey.generate(), clock.now().isoformat()
    conn.execute(
        "INSERT INTO local_state VALUES (1, ?, ?, 1, x'', 0, ?, '', ?)",
        (device, peer_of(device), STORE_VERSION, bytes(signing)),
    )
    conn.execute(
        "INSERT INTO device VALUES (?, NULL, ?, '', ?, ?, NULL, ?, ?, NULL, NULL)",
        (device, about.id, SUPERVISOR, bytes(signing.verify_key), peer_of(device), device),
    )
    conn.execute("INSERT INTO office_key VALUES (1, ?, ?, NULL)", (random(32), at))
    conn.execute("INSERT INTO secret VALUES ('office', ?)", (identity(about),))


def identity(about: About) -> bytes:
    """What the file beside the database may not change: which office it is, of which city, and whether invented."""
    return json.dumps([about.id, about.city, about.demo]).encode()


def open_office(folder: Path, passphrase: str) -> Opened:
    """Unlock an office: 0.3 s of Argon2id, so not for the window's thread.

    Raises `NotAnOffice`, `NewerOffice`, `OfficeInUse`, `WrongPassphrase`, `StorageFailed`.
    """
    about = read_about(folder)
    with errors_mapped():
        office, ways = slots.from_json((folder / KEYS).read_bytes())
    lock = locked(folder)
    try:
        keys, slot = slots.opened(office, ways, passphrase)
        vault = open_vault(folder / DATABASE, keys, slot.officer)
        try:
            if vault.read("SELECT value FROM secret WHERE name = 'office'") != [(identity(about),)]:
                raise NotAnOffice(N_("The description of this office does not belong to it. Restore it from a backup."))
        except BaseException:
            vault.close()
            raise
    except BaseException:
        lock.release()
        raise
    return Opened(
        vault=vault,
        about=about,
        officer=slot.officer,
        label=slot.label,
        lock=lock,
        path=folder / DATABASE,
        data_key=keys.data,
    )


def check_passphrase(folder: Path, passphrase: str, officer: str) -> None:
    """That this officer knows a passphrase (or the recovery code); the open office is not touched.

    0.3 s of Argon2id for each slot tried. Raises `WrongPassphrase`, for another officer's too; `StorageFailed`.
    """
    with errors_mapped():
        office, ways = slots.from_json((folder / KEYS).read_bytes())
    slots.opened(office, [way for way in ways if way.officer == officer], passphrase)


def locked(folder: Path) -> filelock.BaseFileLock:
    with errors_mapped():
        if not os.access(folder, os.W_OK):
            raise PermissionError(13, "")
        # not of one thread: the window unlocks on one and closes on another
        lock = filelock.FileLock(folder / LOCK, mode=0o600, thread_local=False)
        try:
            lock.acquire(timeout=0)
        except filelock.Timeout as error:
            raise OfficeInUse(N_("This office is already open in another window. Close it there first.")) from error
        return lock


def open_vault(path: Path, keys: slots.OfficeKeys, officer: str) -> Vault:
    """The store behind the keys; brings tables up to date with the nouns when the program is newer."""
    conn = connect(path, keys.data)
    try:
        with errors_mapped():
            vault = Vault(conn, device_keys(conn, keys, officer))
            (stored,) = conn.execute("SELECT projection FROM local_state").fetchone()
            if stored != tables_digest():
                vault.rebuild()
            return vault
    except BaseException:
        conn.close()
        raise


def device_keys(conn: Connection, keys: slots.OfficeKeys, officer: str) -> Keys:
    migrate(conn)
    device, signing = conn.execute("SELECT device_id, signing FROM local_state").fetchone()
    devices = conn.execute("SELECT device_id, sign_pub, role FROM device WHERE revoked_at IS NULL").fetchall()
    epochs = conn.execute("SELECT epoch, key FROM office_key WHERE key IS NOT NULL").fetchall()
    return Keys(
        device=device,
        officer=officer,
        signing=SigningKey(signing),
        epochs=dict(epochs),
        compartment=keys.compartment,
        known={d: VerifyKey(pub) for d, pub, _ in devices},
        roles={d: role for d, _, role in devices},
    )


def migrate(conn: Connection) -> None:
    """Apply what is pending. Raises `NewerOffice` when a newer program wrote this file."""
    (version,) = conn.execute("SELECT schema_version FROM local_state").fetchone()
    if version > STORE_VERSION:
        raise NewerOffice(N_("A newer version of the program made this office. Update the program to open it."))
    migrations.apply(Database(conn, execute_plugins=False))
    if version < STORE_VERSION:
        conn.execute("UPDATE local_state SET schema_version = ?", (STORE_VERSION,))


def renew_recovery(folder: Path, passphrase: str, *, cost: slots.Cost = slots.STRONG) -> str:
    """A new recovery code in the place of the old one, for whoever lost the paper; the database is not touched.

    Raises as `open_office`.
    """
    read_about(folder)
    lock = locked(folder)
    try:
        with errors_mapped():
            office, ways = slots.from_json((folder / KEYS).read_bytes())
            keys, slot = slots.opened(office, ways, passphrase)
            code = slots.recovery_code()
            new = slots.new_slot(office, keys, code, kind="recovery", officer=slot.officer, cost=cost)
            kept = [way for way in ways if way.kind != "recovery"]
            paths.write_atomically(folder / KEYS, slots.to_json(office, [*kept, new]))
            return code
    finally:
        lock.release()
