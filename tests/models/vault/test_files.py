"""Files beside the database: sealed, whole or not there, and gone when nothing names them."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrant_office.errors import StorageFailed
from migrant_office.models.attachment import Attachment
from migrant_office.models.vault import attachments, drafts
from migrant_office.models.vault.attachments import DAY, STEP, DamagedFile, MissingFile
from migrant_office.models.vault.folder import Opened
from migrant_office.models.vault.vault import Vault
from tests.factories import DAY as TODAY
from tests.factories import a_person, make_replicas, put, replica

MARK = b"Zwyxandree 12.345.678-9 "


def on_disk(vault: Vault) -> set[str]:
    return {p.name for p in vault.files.folder.iterdir()} if vault.files.folder.exists() else set()


def a_draft(*ids: str, id: str = "d", subject: str = "s") -> drafts.Draft:
    return drafts.Draft(id=id, form="f", subject=subject, title="", body=f'{{"a": "{" ".join(ids)}"}}', officer="1")


def attach(vault: Vault, case: str, id: str, key: bytes) -> None:
    put(vault, Attachment(id=id, made=TODAY, key=key.hex()), on=case)


@contextmanager
def taken_back(vault: Vault) -> Iterator[None]:
    """A transaction that ends badly."""
    with suppress(ZeroDivisionError), vault.transaction():
        yield
        raise ZeroDivisionError


def age(vault: Vault, seconds: float = DAY + 60) -> None:
    then = time.time() - seconds
    for path in vault.files.folder.iterdir():
        os.utime(path, (then, then))


@settings(max_examples=15)
@given(data=st.binary(max_size=3 * STEP))
def test_what_is_kept_comes_back(opened_once: Vault, data: bytes) -> None:
    id, key = opened_once.files.keep(data)
    assert opened_once.files.read(id, key) == data


@pytest.fixture(scope="module")
def opened_once(tmp_path_factory: pytest.TempPathFactory) -> Vault:
    keys, images = make_replicas(tmp_path_factory.mktemp("once") / "o", 1)
    return replica(tmp_path_factory.mktemp("once") / "o.db", images[0], keys)


def test_the_disk_tells_neither_content_nor_name_nor_exact_size(opened: Opened, folder: Path) -> None:
    files = opened.vault.files
    made = [files.keep(MARK * n) for n in (1, 2, 300)]
    attach(opened.vault, "c", *made[0])
    opened.vault.checkpoint()
    sizes = {path.stat().st_size for path in files.folder.iterdir()}
    assert len(sizes) == 1
    for path in folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert MARK.strip() not in data
            assert not any(key in data or key.hex().encode() in data for _id, key in made)
    if os.name != "nt":
        assert {path.stat().st_mode & 0o777 for path in files.folder.iterdir()} == {0o600}
        assert files.folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("spoil", ["cut", "flip", "empty", "swap"])
def test_a_damaged_file_is_told_and_never_half_read(vault: Vault, spoil: str) -> None:
    (id, key), (other, _key) = vault.files.keep(MARK), vault.files.keep(MARK)
    path = vault.files.folder / id
    data = path.read_bytes()
    path.write_bytes(
        {
            "cut": data[:-1],
            "flip": data[:40] + bytes([data[40] ^ 1]) + data[41:],
            "empty": b"",
            "swap": (vault.files.folder / other).read_bytes(),
        }[spoil]
    )
    with pytest.raises(DamagedFile):
        vault.files.read(id, key)


def test_a_file_that_is_not_there_and_a_name_that_leads_elsewhere(vault: Vault) -> None:
    with pytest.raises(MissingFile):
        vault.files.read("0" * 32, bytes(32))
    for name in ("../office.db", "", "/etc/passwd", "0" * 31 + "/"):
        with pytest.raises(DamagedFile):
            vault.files.read(name, bytes(32))


def test_a_disk_that_refuses_leaves_nothing(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    vault.files.keep(MARK)
    before = on_disk(vault)

    def full(_handle: int) -> None:
        raise OSError(28, "")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageFailed, match="disk is full"):
        vault.files.keep(MARK)
    assert on_disk(vault) == before


# going away


def test_a_discarded_draft_leaves_no_file(vault: Vault) -> None:
    id, _key = vault.files.keep(MARK)
    drafts.save(vault, a_draft(id))
    assert on_disk(vault) == {id}
    drafts.discard(vault, "d")
    assert on_disk(vault) == set()


def test_a_draft_that_became_a_case_leaves_its_file_there(vault: Vault) -> None:
    id, key = vault.files.keep(MARK)
    drafts.save(vault, a_draft(id))
    with vault.operation("open", "c") as op:
        op.put(a_person("c"))
        op.put(Attachment(id=id, made=TODAY, key=key.hex()))
        drafts.discard(vault, "d")
    assert vault.files.read(id, key) == MARK
    assert vault.files.doomed == set()


def test_a_refused_operation_drops_no_file(vault: Vault) -> None:
    id, _key = vault.files.keep(MARK)
    drafts.save(vault, a_draft(id))
    with taken_back(vault):
        drafts.discard(vault, "d")
    drafts.save(vault, a_draft(id="other"))
    assert on_disk(vault) == {id}


def test_a_file_taken_out_of_a_draft_goes_once_the_draft_says_so(vault: Vault) -> None:
    id, _key = vault.files.keep(MARK)
    drafts.save(vault, a_draft(id))
    vault.files.doom([id])
    vault.files.bury()
    assert on_disk(vault) == {id}, "a kill now would leave a draft that names it"
    drafts.save(vault, a_draft())
    assert on_disk(vault) == set()


def test_a_file_of_two_drafts_stays_with_the_second(vault: Vault) -> None:
    id, _key = vault.files.keep(MARK)
    drafts.save(vault, a_draft(id))
    drafts.save(vault, a_draft(id, id="e"))
    drafts.discard(vault, "d")
    assert on_disk(vault) == {id}


def test_an_erased_subject_leaves_no_file_and_no_key(vault: Vault) -> None:
    (mine, key), (draft, _key), (other, _other) = (vault.files.keep(MARK) for _ in range(3))
    put(vault, a_person("c"))
    attach(vault, "c", mine, key)
    drafts.save(vault, a_draft(draft, subject="c"))
    drafts.save(vault, a_draft(other, id="e"))
    vault.erase("c")
    assert on_disk(vault) == {other}
    assert vault.read("SELECT count(*) FROM attachment") == [(0,)]


def test_an_erasure_that_is_taken_back_drops_nothing(vault: Vault) -> None:
    id, key = vault.files.keep(MARK)
    put(vault, a_person("c"))
    attach(vault, "c", id, key)
    with taken_back(vault):
        vault.erase("c")
    put(vault, a_person("d"))
    assert vault.files.read(id, key) == MARK


def test_a_device_that_meets_an_erasure_drops_its_files(tmp_path: Path) -> None:
    keys, images = make_replicas(tmp_path / "office", 2)
    vaults = []
    for number, image in enumerate(images):
        (tmp_path / str(number)).mkdir()
        vaults.append(replica(tmp_path / str(number) / "office.db", image, keys))
    first, second = vaults
    id, key = second.files.keep(MARK)
    put(second, a_person("c"))
    attach(second, "c", id, key)
    first.receive(second.envelopes())
    first.erase("c")
    second.receive(first.envelopes())
    assert on_disk(second) == set()
    for vault in vaults:
        vault.close()


# what a kill leaves


def test_a_start_drops_what_a_kill_left_and_only_when_it_is_old(vault: Vault) -> None:
    orphan, _key = vault.files.keep(MARK)
    (vault.files.folder / ".new-abc").write_bytes(b"half")
    (vault.files.folder / "notes.txt").write_bytes(b"somebody else's")
    assert vault.files.sweep() == 0
    age(vault)
    assert vault.files.sweep() == 2
    assert on_disk(vault) == {"notes.txt"}
    assert orphan not in on_disk(vault)


def test_a_start_leaves_what_a_case_or_a_draft_names(vault: Vault) -> None:
    (mine, key), (draft, _key) = vault.files.keep(MARK), vault.files.keep(MARK)
    attach(vault, "c", mine, key)
    drafts.save(vault, a_draft(draft))
    age(vault)
    assert vault.files.sweep() == 0
    assert on_disk(vault) == {mine, draft}


def test_nothing_is_dropped_while_an_update_waits(vault: Vault) -> None:
    vault.files.keep(MARK)
    put(vault, a_person("c"))
    age(vault)
    vault.write("UPDATE envelope SET applied = 2")
    assert vault.files.sweep() == 0
    vault.write("UPDATE envelope SET applied = 1")
    assert vault.files.sweep() == 1


def test_nothing_is_dropped_where_no_table_can_tell(vault: Vault) -> None:
    vault.files.keep(MARK)
    age(vault)
    vault.write("DROP TABLE attachment")
    assert vault.files.sweep() == 0


def test_the_files_are_those_of_the_open_office(opened: Opened, folder: Path) -> None:
    id, _key = opened.vault.files.keep(MARK)
    assert (folder / attachments.FOLDER / id).is_file()
