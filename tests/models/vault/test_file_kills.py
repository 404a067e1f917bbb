"""Killed at any moment: what a case or a draft names is there and opens, and nothing else stays."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import settings

from migrant_office.models.attachment import Attachment
from migrant_office.models.vault import drafts
from migrant_office.models.vault.folder import open_office
from migrant_office.models.vault.vault import Vault
from tests.factories import PASSPHRASE, case, make_office

ROOT = Path(__file__).resolve().parents[3]
KILLS = 60 if settings().max_examples > 20 else 15
pytestmark = pytest.mark.skipif(os.name == "nt", reason="kill -9 is a signal")


def run_and_kill(folder: Path, start: int, after: float | None) -> list[list[str]]:
    """What the writer called durable before it was killed; with None it kills itself between file and draft."""
    extra = [] if after is not None else ["between"]
    command = [sys.executable, "-m", "tests.models.vault.file_writer", str(folder), str(start), *extra]
    writer = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
    assert writer.stdout is not None
    assert writer.stdout.readline() == b"ready\n"
    if after is not None:
        time.sleep(after)
        writer.kill()
    told = [line.split() for line in writer.stdout.read().decode().splitlines(keepends=True) if line.endswith("\n")]
    writer.stdout.close()
    assert writer.wait() == -9
    return told


def named(vault: Vault) -> dict[str, bytes]:
    """Every file that a case or a draft names, with its key."""
    found: dict[str, bytes] = {}
    for (doc,) in vault.read("SELECT doc FROM attachment"):
        found |= {a.id: bytes.fromhex(a.key) for a in case(vault, doc).all(Attachment).values()}
    for draft in drafts.all_drafts(vault):
        found |= {id: bytes.fromhex(told["key"]) for id, told in json.loads(draft.body)["attachments"].items()}
    return found


def test_a_kill_loses_no_file_that_is_named_and_leaves_none_that_is_not(tmp_path: Path) -> None:
    folder, start, chance, acknowledged = make_office(tmp_path / "o"), 0, random.Random(20260302), set()
    for _kill in range(KILLS):
        told = run_and_kill(folder, start, chance.uniform(0.0, 0.06))
        acknowledged |= {id for _kind, _n, id in told}
        opened = open_office(folder, PASSPHRASE)
        files = named(opened.vault)
        assert acknowledged <= files.keys()
        for id, key in files.items():
            assert opened.vault.files.read(id, key).startswith(b"file ")
        opened.vault.files.sweep(age=0)
        assert {p.name for p in opened.vault.files.folder.glob("*")} == files.keys()
        cases = [int(id[1:]) for (id,) in opened.vault.read("SELECT id FROM person")]
        start = max([*cases, *(int(d.id[1:]) for d in drafts.all_drafts(opened.vault))], default=-1) + 1
        opened.close()
    assert len(acknowledged) > KILLS // 3, "the writer was killed before it could write"


def test_a_kill_between_file_and_draft_leaves_an_orphan_that_a_later_start_drops(tmp_path: Path) -> None:
    folder = make_office(tmp_path / "o")
    assert run_and_kill(folder, 0, None) == []
    opened = open_office(folder, PASSPHRASE)
    files = opened.vault.files
    (orphan,) = files.folder.iterdir()
    assert files.sweep() == 0, "it may be on its way"
    os.utime(orphan, (time.time() - 90_000,) * 2)
    assert files.sweep() == 1
    opened.close()
