"""What a granted device could send to harm the others, and what a stolen file could be made to say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cbor2
import pytest
from loro import ExportMode, LoroDoc

from migrant_office.models.restricted import Protection
from migrant_office.models.vault import folder as office_folder
from migrant_office.models.vault.connection import connect
from migrant_office.models.vault.documents import Document
from migrant_office.models.vault.log import Applied, Forged
from migrant_office.models.vault.nouns import Home, Ref
from migrant_office.models.vault.projection import code_of
from migrant_office.models.vault.replica import tables_digest
from migrant_office.models.vault.vault import Vault
from tests.factories import (
    CHEAP,
    PASSPHRASE,
    a_person,
    an_about,
    an_update,
    make_office,
    make_replicas,
    office_keys,
    person,
    put,
    replica,
)

KEY, TAG = bytes(range(32)), b"\x02" * 16


@pytest.fixture
def two(tmp_path: Path) -> Iterator[list[Vault]]:
    keys, images = make_replicas(tmp_path / "office", 2)
    vaults = [replica(tmp_path / f"{n}.db", image, keys) for n, image in enumerate(images)]
    yield vaults
    for vault in vaults:
        vault.close()


def an_edit(build: Any, message: str = "{}") -> bytes:
    doc: Any = LoroDoc()
    build(doc)
    doc.set_next_commit_message(message)
    doc.commit()
    return bytes(doc.export(ExportMode.Updates(LoroDoc().oplog_vv)))


def sent(vault: Vault, plain: list[Any], seq: int = 1) -> Any:
    return an_update(vault.keys, seq, b"", cbor2.dumps(plain), TAG, KEY)


@pytest.mark.parametrize("clock", [2**63 - 1, 2**70, -(2**70)])
def test_a_wrong_clock_elsewhere_does_not_stop_this_desk(two: list[Vault], clock: int) -> None:
    a, b = two
    update = an_edit(lambda doc: doc.get_map("person").insert("/given", "Rose"))
    b.receive([sent(a, ["case", "case-a", clock, update])])
    assert person(b, "case-a").given == "Rose"
    put(b, a_person("case-b"))
    assert person(b, "case-b").given == "Rose"


@pytest.mark.parametrize("seq", [0, -1, 2**70])
def test_a_number_no_chain_has_is_refused(two: list[Vault], seq: int) -> None:
    with pytest.raises(Forged):
        two[1].receive([sent(two[0], ["case", "case-a", 1, b"x"], seq)])


@pytest.mark.parametrize("root", ["text", "list"])
def test_what_is_no_cell_is_passed_over(two: list[Vault], root: str) -> None:
    def build(doc: Any) -> None:
        doc.get_map("person").insert("/given", "Rose")
        if root == "text":
            doc.get_text("need").insert(0, "x")
        else:
            doc.get_list("need").insert(0, "x")

    two[1].receive([sent(two[0], ["case", "case-a", 1, an_edit(build)])])
    assert person(two[1], "case-a").given == "Rose"
    assert Document(1).history() == []


@pytest.mark.parametrize("message", ["not json", "[1]", '"x"'])
def test_a_message_of_another_program_is_no_trouble(two: list[Vault], message: str) -> None:
    update = an_edit(lambda doc: doc.get_map("person").insert("/given", "Rose"), message)
    two[1].receive([sent(two[0], ["case", "case-a", 1, update])])
    assert person(two[1], "case-a").given == "Rose"


def test_the_restricted_part_cannot_be_written_under_the_common_key(two: list[Vault]) -> None:
    update = an_edit(lambda doc: doc.get_map("protection").insert("/told", "x"))
    met = two[1].receive([sent(two[0], ["restricted", "case-a", 1, update])])
    assert met.refused == [(two[0].keys.device, 1)]
    assert two[1].read("SELECT applied FROM envelope") == [(Applied.QUARANTINED,)]
    assert two[1].file(Ref(Home.RESTRICTED, "case-a")).one(Protection) is None


def test_one_bad_document_does_not_stop_the_good_ones(two: list[Vault], monkeypatch: pytest.MonkeyPatch) -> None:
    a, b = two
    put(a, a_person("case-good"))
    good = a.envelopes()
    bad = sent(a, ["case", "case-bad", 1, an_edit(lambda doc: doc.get_map("person").insert("/given", "x"))], 50)
    real = Document.receive

    def receive(self: Document, updates: list[bytes]) -> bool:
        real(self, updates)
        if self.cells().get("person", {}).get("/given") == "x":
            raise KeyError("as if reading it failed")
        return True

    monkeypatch.setattr(Document, "receive", receive)
    met = b.receive([bad, *good])
    assert (a.keys.device, 50) in met.refused
    assert person(b, "case-good").given == "Rose"


def test_two_restricted_parts_cannot_be_exchanged(two: list[Vault]) -> None:
    vault = two[0]
    for id in ("case-a", "case-b"):
        put(vault, a_person(id), Protection(id=id, kept=True, told=id))
    for doc, other in (("case-a", "x"), ("case-b", "case-a"), ("x", "case-b")):
        vault.write("UPDATE document SET doc = ? WHERE doc = ? AND home = 'restricted'", (other, doc))
    with pytest.raises(Forged):
        vault.file(Ref(Home.RESTRICTED, "case-a"))


def test_a_changed_rule_makes_the_tables_anew(tmp_path: Path) -> None:
    folder = make_office(tmp_path / "office")
    keys = office_keys(folder)
    conn = connect(folder / office_folder.DATABASE, keys.data)
    conn.execute("UPDATE local_state SET projection = 'made by other rules'")
    conn.close()
    opened = office_folder.open_office(folder, PASSPHRASE)
    assert opened.vault.read("SELECT projection FROM local_state") == [(tables_digest(),)]
    opened.close()


def test_what_a_rule_does_is_told_apart_not_where_it_stands() -> None:
    def one(x: int) -> int:
        return x + 1

    def same(x: int) -> int:

        return x + 1

    def other(x: int) -> int:
        return x + 2

    def inner(x: int) -> int:
        return sum(y + 1 for y in (x,))

    def changed_inner(x: int) -> int:
        return sum(y + 2 for y in (x,))

    assert code_of(one) == code_of(same) != code_of(other)
    assert code_of(inner) != code_of(changed_inner)


@pytest.mark.parametrize("renamed", [(), ("office.db",), ("office.db", "keys.json")])
def test_an_office_cut_short_while_it_was_made_can_be_made_again(tmp_path: Path, renamed: tuple[str, ...]) -> None:
    folder = make_office(tmp_path / "office")
    half = folder / office_folder.UNFINISHED
    half.mkdir()
    for name in ("office.db", "keys.json", "office.json"):
        if name not in renamed:
            (folder / name).rename(half / name)
    assert office_folder.is_free(folder)
    office_folder.create(folder, an_about(), PASSPHRASE, cost=CHEAP)
    office_folder.open_office(folder, PASSPHRASE).close()
    assert not half.exists()


def test_a_folder_with_an_office_or_other_things_is_not_free(tmp_path: Path) -> None:
    folder = make_office(tmp_path / "office")
    assert not office_folder.is_free(folder)
    (tmp_path / "letter.txt").write_text("x")
    assert not office_folder.is_free(tmp_path)
    assert office_folder.is_free(tmp_path / "none")
