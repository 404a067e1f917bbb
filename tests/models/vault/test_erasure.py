"""Erasing a person's file for good: who may, what is left, and what arrives too late."""

from __future__ import annotations

import ctypes
import ctypes.util
from collections.abc import Iterator
from pathlib import Path

import pytest

from migrant_office.errors import NotAllowed
from migrant_office.ids import new_id
from migrant_office.models.person import Person
from migrant_office.models.restricted import Protection
from migrant_office.models.vault import drafts
from migrant_office.models.vault.folder import DATABASE, Opened
from migrant_office.models.vault.log import Applied
from migrant_office.models.vault.nouns import Home, Ref
from migrant_office.models.vault.vault import Vault
from tests.factories import a_person, a_referral, case, edit, exchange, make_replicas, office_keys, person, put, replica

NAME, TOLD = "Zwyxandrée", "Vlaggetjesdag"
PAGE, RESERVED = 4096, 80  # SQLCipher 4: 16 bytes of start value and 64 of HMAC end each page


@pytest.fixture
def three(tmp_path: Path) -> Iterator[list[Vault]]:
    """Three devices of an office; only the first may erase."""
    keys, images = make_replicas(tmp_path / "office")
    vaults = [replica(tmp_path / f"{n}.db", image, keys) for n, image in enumerate(images)]
    yield vaults
    for vault in vaults:
        vault.close()


def open_case(vault: Vault, id: str, name: str = NAME) -> None:
    with vault.operation("open", id) as op:
        op.put(a_person(id, given=name, phone="+56 9 8181 7272"))
        op.put(Protection(id=id, told=TOLD, kept=True))
        op.put(a_referral(note=f"for {name}"))
    drafts.save(vault, drafts.Draft(id=new_id(), form="f", subject=id, title=name, body=name, officer="1"))


def bodies(vault: Vault) -> list[int]:
    return [size for (size,) in vault.read("SELECT length(body) FROM envelope WHERE kind = 'U' ORDER BY device, seq")]


def everything(vault: Vault) -> str:
    """Every value of every table, and every word of the search index."""
    found = []
    vault.conn.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab('main', 'findable_fts', 'row')")
    names = [name for (name,) in vault.read("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for name in (*names, "temp.words"):
        found += [repr(row) for row in vault.read(f"SELECT * FROM {name}")]
    vault.conn.execute("DROP TABLE temp.words")
    return "\n".join(found).casefold()


def test_only_a_supervisor_erases(three: list[Vault]) -> None:
    put(three[1], a_person("case-a"))
    with pytest.raises(NotAllowed):
        three[1].erase("case-a")
    assert person(three[1], "case-a").given == "Rose"


def test_an_erasure_signed_by_a_desk_is_kept_aside_and_changes_nothing(three: list[Vault]) -> None:
    a, b, c = three
    put(a, a_person("case-a"))
    exchange(*three)
    b.keys.roles[b.keys.device] = "supervisor"  # it only believes so
    b.erase("case-a")
    mine = [e for e in b.envelopes() if e.kind == "E"]
    assert c.receive(mine).refused == [(b.keys.device, 1)]
    assert person(c, "case-a").given == "Rose"
    assert c.read("SELECT applied FROM envelope WHERE kind = 'E'") == [(Applied.QUARANTINED,)]
    assert c.read("SELECT count(*) FROM erasure") == [(0,)]
    a.receive(c.envelopes())
    assert person(a, "case-a").given == "Rose"


def test_an_erased_file_can_neither_be_read_nor_written(vault: Vault) -> None:
    id = new_id()
    open_case(vault, id)
    vault.erase(id)
    for home in (Home.CASE, Home.RESTRICTED):
        with pytest.raises(NotAllowed):
            vault.file(Ref(home, id))
    with pytest.raises(NotAllowed):
        put(vault, a_person(id))
    assert vault.read("SELECT count(*) FROM draft") == [(0,)]
    assert bodies(vault) == [0, 0]


def test_an_undo_of_what_was_erased_does_nothing(vault: Vault) -> None:
    id = new_id()
    done = put(vault, a_person(id))
    vault.erase(id)
    again, kept = vault.undo(done)
    assert (again.envelopes, kept) == ((), [])


def test_erasing_reaches_everybody_and_leaves_no_gap(three: list[Vault]) -> None:
    a, b, _ = three
    open_case(b, "case-a")
    open_case(b, "case-b", "Rose")
    exchange(*three)
    a.erase("case-a")
    exchange(*three)
    for vault in three:
        assert NAME.casefold() not in everything(vault)
        assert person(vault, "case-b").given == "Rose"
        assert vault.ledger.broken_link() is None
        assert vault.read("SELECT max_seq FROM version_vector WHERE device_id = ?", (b.keys.device,)) == [(4,)]
        vault.rebuild(replay=True)
        assert vault.read("SELECT id FROM person") == [("case-b",)]


def test_what_comes_late_for_an_erased_file_is_emptied(three: list[Vault]) -> None:
    a, b, c = three
    put(a, a_person("case-a"))
    exchange(*three)
    edit(b, person(b, "case-a"), phone="late")
    a.erase("case-a")
    c.receive(a.envelopes())
    late = [e for e in b.envelopes() if e.device == b.keys.device]
    c.receive(late)
    assert bodies(c) == [0, 0]
    assert c.read("SELECT count(*) FROM envelope WHERE applied = ?", (Applied.WAITS,)) == [(0,)]


def test_a_desk_that_made_the_same_file_unseen_is_erased_too(three: list[Vault]) -> None:
    """Its tag is in no erasure: the supervisor's device names it as soon as it meets it."""
    a, b, _ = three
    put(a, a_person("case-a"))
    put(b, a_person("case-a", given="Zwyx"))  # the same subject, another tag, never met
    a.erase("case-a")
    b.receive(a.envelopes())  # before anybody else has seen what it wrote
    assert b.read("SELECT count(*) FROM person") == [(0,)]
    with pytest.raises(NotAllowed):
        case(b, "case-a")
    exchange(*three)
    for vault in three:
        assert bodies(vault) == [0, 0]
        assert vault.read("SELECT count(*) FROM document_key") == [(0,)]
        assert vault.read("SELECT max_seq FROM version_vector WHERE device_id = ?", (b.keys.device,)) == [(1,)]
        assert vault.read("SELECT count(*) FROM envelope WHERE applied = ?", (Applied.WAITS,)) == [(0,)]


def test_an_empty_body_without_its_erasure_counts_as_missing(three: list[Vault]) -> None:
    a, b, _ = three
    put(a, a_person("case-a"))
    (e,) = a.envelopes()
    b.receive([e._replace(body=b"", wrapped=b"")])
    assert b.envelopes() == []
    b.receive([e])
    assert person(b, "case-a").given == "Rose"
    a.erase("case-a")
    emptied = [e._replace(body=b"") if e.kind == "E" else e for e in a.envelopes()]
    b.receive(emptied)  # an erasure that says not whom is none
    assert person(b, "case-a").given == "Rose"
    b.receive(a.envelopes())
    assert b.read("SELECT count(*) FROM person") == [(0,)]


def test_a_body_lost_without_an_erasure_is_brought_back_by_others(three: list[Vault]) -> None:
    a, b, _ = three
    put(a, a_person("case-a"))
    b.receive(a.envelopes())
    b.conn.execute("UPDATE envelope SET body = x''")
    b.receive(a.envelopes())
    assert bodies(b) == bodies(a)


def test_an_erased_name_is_in_no_row_and_no_word(vault: Vault) -> None:
    id, other = new_id(), new_id()
    open_case(vault, id)
    open_case(vault, other, "Rose")
    edit(vault, person(vault, id), given=f"{NAME}-Ana")
    edit(vault, person(vault, id), given=NAME)
    assert everything(vault).count(NAME.casefold()) >= 3
    vault.erase(id)
    left = everything(vault)
    assert "zwyxandr" not in left
    assert TOLD.casefold() not in left
    assert "81817272" not in left.replace(" ", "").replace(id, "") or other in left
    assert vault.read("SELECT doc FROM person") == [(other,)]
    vault.conn.execute("INSERT INTO findable_fts(findable_fts, rank) VALUES('integrity-check', 1)")


def test_an_erased_name_is_in_no_page_of_the_file_for_whoever_holds_the_key(opened: Opened, folder: Path) -> None:
    library = ctypes.util.find_library("crypto")
    if library is None:
        pytest.skip("no libcrypto here to open the pages with")
    key, vault, id = office_keys(folder).data, opened.vault, new_id()
    for n in range(60):
        open_case(vault, new_id(), f"Rose{n}")
    open_case(vault, id)
    for n in range(40):
        edit(vault, person(vault, id), given=f"{NAME}{n}", surname=f"{NAME}-{n}")
    vault.checkpoint()
    assert hits(library, key, folder) > 0
    vault.erase(id)
    assert hits(library, key, folder) == 0
    assert not (folder / f"{DATABASE}-wal").read_bytes()
    assert vault.read("SELECT count(*) FROM person") == [(60,)]


def hits(library: str, key: bytes, folder: Path) -> int:
    text = b"".join(decrypted(ctypes.CDLL(library), key, (folder / DATABASE).read_bytes())).lower()
    assert text.count(b"rose") > 0  # the pages were truly opened
    return text.count(b"zwyxandr")


def decrypted(crypto: ctypes.CDLL, key: bytes, data: bytes) -> Iterator[bytes]:
    """The pages as SQLite sees them; AES-256-CBC with each page's own start value."""
    crypto.EVP_CIPHER_CTX_new.restype = crypto.EVP_aes_256_cbc.restype = ctypes.c_void_p
    for at in range(0, len(data), PAGE):
        first = 16 if at == 0 else 0  # the salt of the file
        page = data[at + first : at + PAGE - RESERVED]
        start = data[at + PAGE - RESERVED : at + PAGE - RESERVED + 16]
        context = ctypes.c_void_p(crypto.EVP_CIPHER_CTX_new())
        out, size = ctypes.create_string_buffer(PAGE + 16), ctypes.c_int()
        crypto.EVP_DecryptInit_ex(context, ctypes.c_void_p(crypto.EVP_aes_256_cbc()), None, key, start)
        crypto.EVP_CIPHER_CTX_set_padding(context, 0)
        crypto.EVP_DecryptUpdate(context, out, ctypes.byref(size), page, len(page))
        yield out.raw[: size.value]
        crypto.EVP_CIPHER_CTX_free(context)


def test_erasing_inside_a_batch_is_part_of_it(vault: Vault) -> None:
    id = new_id()
    put(vault, a_person(id))
    with vault.transaction():
        vault.erase(id)
    assert vault.read("SELECT count(*) FROM person") == [(0,)]
    assert Person(id=id) is not None
