"""Killed at any moment, an office opens again whole, with everything it had acknowledged."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from migrant_office.models.restricted import Protection
from migrant_office.models.vault import drafts
from migrant_office.models.vault.folder import open_office
from migrant_office.models.vault.nouns import Home, Ref
from migrant_office.models.vault.vault import Vault
from tests.factories import PASSPHRASE, make_office, table_rows

ROOT = Path(__file__).resolve().parents[3]
KILLS = 100 if settings().max_examples > 20 else 25  # a hundred with Hypothesis's profile "ci"


@dataclass
class Told:
    """The last operation and the last draft that the writer called durable."""

    op: int = -1
    draft: int = -1


def run_and_kill(folder: Path, start: int, after: float) -> Told:
    command = [sys.executable, "-m", "tests.models.vault.kill_writer", str(folder), str(start)]
    writer = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
    assert writer.stdout is not None
    told = Told()
    assert writer.stdout.readline() == b"ready\n"
    time.sleep(after)
    writer.kill()
    for line in writer.stdout.read().decode().splitlines(keepends=True):
        if line.endswith("\n"):
            kind, number = line.split()
            setattr(told, kind, int(number))
    writer.stdout.close()
    assert writer.wait() == -9
    return told


def check_whole(vault: Vault, told: Told, written: int) -> int:
    """Nothing acknowledged is lost, nothing is half there; returns how many cases there are."""
    assert vault.read("PRAGMA cipher_integrity_check") == []
    assert vault.read("PRAGMA integrity_check") == [("ok",)]
    vault.conn.execute("INSERT INTO findable_fts(findable_fts, rank) VALUES('integrity-check', 1)")
    ids = [int(id.removeprefix("case-")) for (id,) in vault.read("SELECT id FROM person")]
    assert sorted(ids) == list(range(len(ids)))
    assert len(ids) in (max(written, told.op + 1), max(written, told.op + 1) + 1)
    phones = {id for (id,) in vault.read("SELECT id FROM person WHERE phone <> ''")}
    assert phones >= {f"case-{n}" for n in range(written, told.op + 1)}
    assert {id for (id,) in vault.read("SELECT id FROM referral")} == {f"r-{n}" for n in ids}
    for n in ids[-2:]:  # the operation's second document came with its first
        assert vault.file(Ref(Home.RESTRICTED, f"case-{n}")).one(Protection) == Protection(id=f"case-{n}", kept=True)
    assert vault.ledger.broken_link() is None
    kept = drafts.all_drafts(vault)
    if told.draft >= 0:
        assert kept[0].body in (str(told.draft) * 400, str(told.draft + 1) * 400)
    return len(ids)


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a signal")
@pytest.mark.timeout(300)
def test_an_office_killed_a_hundred_times_loses_nothing_it_had_acknowledged(tmp_path: Path) -> None:
    folder, written, chance = make_office(tmp_path / "o"), 0, random.Random(20260302)
    for at in range(KILLS):
        told = run_and_kill(folder, written, chance.uniform(0.0, 0.06))
        opened = open_office(folder, PASSPHRASE)
        written = check_whole(opened.vault, told, written)
        if at % 10 == 9 or at == KILLS - 1:
            before = table_rows(opened.vault)
            opened.vault.rebuild()
            assert table_rows(opened.vault) == before
            opened.vault.rebuild(replay=True)
            assert table_rows(opened.vault) == before
        opened.close()
    assert written > KILLS // 2, "the writer was killed before it could write"
