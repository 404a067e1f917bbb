"""No readable word of a person on the disk: the database, its log, temporary files, the files beside it."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from migrant_office.models.vault import access, drafts, releases
from migrant_office.models.vault.folder import ABOUT, DATABASE, KEYS, LOCK, Opened
from migrant_office.models.vault.vault import Vault
from tests.factories import PASSPHRASE, a_person, a_referral, edit, office_keys, person, put

MARK = "Zwyxandree"
FORMS = [encode(MARK) for encode in (str.encode, lambda s: s.lower().encode(), lambda s: s.encode("utf-16-le"))]


def write_much(vault: Vault) -> None:
    with vault.transaction():
        for n in range(300):
            put(vault, a_person(f"case-{n}", given=f"{MARK} {n}", surname=MARK), a_referral(note=MARK * 3))
    for n in range(40):
        edit(vault, person(vault, f"case-{n}"), chosen_name=f"{MARK}-{n}")
        drafts.save(vault, drafts.Draft(id=str(n), form="f", subject=str(n), title=MARK, body=MARK * 50, officer="1"))
    access.note(vault, "case", MARK)
    releases.freeze(vault, "2026-03", 1, MARK * 50, "sum")


BIG_SORT = f"""
    WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 120000)
    SELECT '{MARK} ' || (x * 7919 % 120007) || hex(zeroblob(60)) AS name FROM n ORDER BY name
"""


def held_open() -> Iterator[bytes]:
    """What lies in files this process has open that no folder shows any more."""
    for number in os.listdir("/proc/self/fd"):
        try:
            target = os.readlink(f"/proc/self/fd/{number}")
            if "(deleted)" in target or "etilqs" in target:
                yield Path(f"/proc/self/fd/{number}").read_bytes()
        except OSError:
            continue


def hits(*texts: bytes) -> int:
    return sum(text.count(form) for text in texts for form in FORMS)


def on_disk(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_no_name_can_be_read_in_any_file_of_the_office(opened: Opened, folder: Path, tmp_path: Path) -> None:
    vault = opened.vault
    write_much(vault)
    with vault.transaction():  # and in the middle of a transaction too large for the cache
        put(vault, a_person("case-x", given=MARK))
        during = on_disk(folder)
    vault.checkpoint()
    after = on_disk(folder)
    for files in (during, after):
        assert {ABOUT, DATABASE, KEYS, LOCK, f"{DATABASE}-wal"} <= files.keys()
        assert {name: hits(text) for name, text in files.items() if hits(text)} == {}
        assert not any(b"SQLite format 3" in text for text in files.values())
    assert len(after[DATABASE]) > 500_000
    assert hits(*on_disk(tmp_path).values()) == 0


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux shows open files without a name")
@pytest.mark.parametrize(("where", "readable"), [("MEMORY", False), ("FILE", True)])
def test_a_big_sort_leaves_nothing_in_temporary_files(vault: Vault, where: str, readable: bool) -> None:
    """The second row proves that the search would find it: SQLCipher does not encrypt temporary files."""
    if readable:
        vault.conn.execute(f"PRAGMA temp_store={where}")
        vault.conn.execute("PRAGMA cache_size=-200")
    cursor = vault.conn.execute(BIG_SORT)
    cursor.fetchone()
    assert (hits(*held_open()) > 0) is readable
    cursor.close()


def test_no_key_lies_in_any_file(opened: Opened, folder: Path) -> None:
    keys = office_keys(folder)
    put(opened.vault, a_person("case-a"))
    secrets = [keys.data, keys.compartment or b"", bytes(opened.vault.keys.signing), *opened.vault.keys.epochs.values()]
    for text in on_disk(folder).values():
        for secret in secrets:
            assert secret
            assert secret not in text
            assert secret.hex().encode() not in text.lower()
        assert PASSPHRASE.encode() not in text


def test_nothing_of_a_person_is_logged_or_printed(
    opened: Opened, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    put(opened.vault, a_person("case-a", given=MARK))
    opened.vault.rebuild(replay=True)
    opened.vault.erase("case-a")
    out = capfd.readouterr()
    assert MARK.lower() not in (caplog.text + out.out + out.err).lower()


def test_an_envelope_on_its_way_tells_no_name(vault: Vault) -> None:
    write_much(vault)
    assert sum(hits(e.body, e.wrapped, e.tag) for e in vault.envelopes()) == 0
    assert all(e.body for e in vault.envelopes())
