"""Traps 1 to 11 of the documents: what Loro does that a reader of its guide would not expect."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office.errors import StorageFailed
from migrant_office.ids import new_id
from migrant_office.models.need import NeedKind
from migrant_office.models.person import Person
from migrant_office.models.restricted import Protection
from migrant_office.models.service import Service
from migrant_office.models.vault.cells import plain
from migrant_office.models.vault.documents import DamagedDocument, Document, mapped
from migrant_office.models.vault.nouns import File, Home, Ref
from migrant_office.models.vault.operation import Operation
from migrant_office.models.vault.vault import Vault
from tests.factories import a_person, a_step, case, edit, exchange, make_replicas, person, put, replica

ROOT = Path(__file__).resolve().parents[3]


def said(n: int) -> dict[str, object]:
    return {"op": "test", "by": "1", "at": n, "n": n}


def written(peer: int, *cells: tuple[str, object], on: bytes | None = None) -> tuple[Document, bytes]:
    document = Document(peer, on)
    for key, value in cells:
        document.write("person", key, value)
    update = document.commit(said(peer))
    assert update is not None
    return document, update


def test_two_desks_create_one_person_and_both_sides_stay() -> None:  # trap 1: nested containers would lose one
    _, mine = written(1, ("/given", "Rose"))
    _, theirs = written(2, ("/surname", "Désir"))
    for updates in ([mine, theirs], [theirs, mine]):
        document = Document(3)
        assert document.receive(updates)
        assert document.cells() == {"person": {"/given": "Rose", "/surname": "Désir"}}


def test_every_operation_is_a_change_of_its_own_in_the_history(vault: Vault) -> None:  # trap 2
    id = new_id()
    put(vault, a_person(id))
    for phone in ("1", "2", "1"):
        edit(vault, person(vault, id), phone=phone)
    writes = [w for w in vault.shelf.load(Ref(Home.CASE, id)).history() if w.key == "/phone"]
    assert [w.value for w in writes] == ["1", "2", "1"]
    assert len({w.said["n"] for w in writes}) == 3


def test_what_was_said_stays_with_what_was_written_after_an_empty_save(vault: Vault) -> None:  # trap 3
    id = new_id()
    put(vault, a_person(id))
    with vault.operation("nothing", id) as op:
        op.set(person(vault, id), phone="")
    with vault.operation("phone", id) as op:
        op.set(person(vault, id), phone="5")
    writes = vault.shelf.load(Ref(Home.CASE, id)).history()
    assert {w.said["op"] for w in writes} == {"test", "phone"}
    assert all(w.said["by"] == "1" for w in writes)


def test_asking_for_the_versions_before_writing_leaves_no_nameless_change() -> None:  # trap 3
    document, first = written(1, ("/given", "Rose"))
    again = Document(1, document.snapshot())
    again.cells()
    list(again.inverse(first))
    again.write("person", "/given", "Rosa")
    update = again.commit(said(9))
    assert update is not None
    assert [w.said["n"] for w in again.history()] == [1, 9]
    assert list(again.inverse(update)) == [("person", "/given", "Rosa", "Rose")]


@pytest.mark.parametrize(
    "broken",
    [
        lambda: Document(1, b"nothing of Loro's"),
        lambda: Document(1).receive([b"nothing of Loro's"]),
        lambda: list(Document(1).inverse(b"nothing of Loro's")),
        lambda: Document(1).write("", "/given", "x"),  # a Rust panic
        lambda: Document(1, written(1, ("/given", "x"))[0].snapshot()[:-9]),
    ],
)
def test_no_bare_exception_of_loro_leaves_the_documents(broken: Callable[[], object]) -> None:  # traps 4; sync 6
    with pytest.raises(DamagedDocument):
        broken()
    assert issubclass(DamagedDocument, StorageFailed)


def test_what_is_no_fault_of_loro_passes_through_unchanged() -> None:
    for error in (KeyboardInterrupt, SystemExit, ZeroDivisionError, NotImplementedError):
        with pytest.raises(error), mapped():
            raise error


@pytest.mark.parametrize("value", [2**63, -(2**63) - 1, math.nan, math.inf, b"bytes", object(), {"in": 2**64}, [2**64]])
def test_a_value_that_a_document_would_change_in_silence_is_refused(value: object) -> None:  # trap 5
    with pytest.raises(ValueError):
        plain(value)


CELLS = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=3),
    max_leaves=5,
)  # fmt: skip


@given(CELLS.filter(lambda v: v is not None))
def test_a_plain_value_comes_back_from_disk_as_it_was(value: object) -> None:  # trap 5
    document = Document(1)
    document.write("person", "/x", plain(value))
    document.commit(said(1))
    back = Document(2, document.snapshot()).cells()["person"]["/x"]
    assert back == plain(value)
    assert type(back) is type(plain(value))


def test_writing_what_is_there_and_taking_away_what_is_not_makes_no_update() -> None:  # trap 6
    document, _ = written(1, ("/given", "Rose"))
    again = Document(1, document.snapshot())
    again.write("person", "/given", "Rose")
    again.write("person", "/phone", None)
    again.write("never", "/phone", None)
    assert again.commit(said(2)) is None


def test_saving_twice_is_harmless(vault: Vault) -> None:  # trap 6
    id = new_id()
    put(vault, a_person(id))
    before = len(vault.envelopes())
    done = put(vault, a_person(id))
    assert (done.envelopes, done.changed) == ((), {})
    assert len(vault.envelopes()) == before


def test_an_update_that_waits_for_another_is_not_lost() -> None:  # trap 7; sync trap 1
    first, one = written(1, ("/given", "Rose"))
    _, two = written(2, ("/given", "Rosa"), on=first.snapshot())
    document = Document(3)
    assert not document.receive([two])
    kept = Document(3, document.snapshot())  # what waited is gone from the snapshot
    assert kept.receive([one])
    assert kept.cells()["person"]["/given"] == "Rose"
    assert kept.receive([two, one, two])
    assert kept.cells()["person"]["/given"] == "Rosa"


def test_a_store_keeps_what_waits_until_its_cause_arrives(tmp_path: Path) -> None:  # sync trap 1
    keys, images = make_replicas(tmp_path / "office")
    a, b, c = (replica(tmp_path / f"{n}.db", image, keys) for n, image in enumerate(images))
    put(a, a_person("case-a"))
    b.receive(a.envelopes())
    edit(b, person(b, "case-a"), phone="5")
    late = [e for e in b.envelopes() if e.device == b.keys.device]
    c.receive(late)
    c.rebuild(replay=True)
    assert case(c, "case-a").one(Person) is None
    assert c.read("SELECT applied FROM envelope") == [(2,)]
    c.receive(a.envelopes())
    assert person(c, "case-a").phone == "5"
    assert c.read("SELECT DISTINCT applied FROM envelope") == [(1,)]
    exchange(a, b, c)
    for vault in (a, b, c):
        vault.close()


def test_a_document_writes_under_the_number_of_its_device_after_a_snapshot(vault: Vault) -> None:  # traps 8, 9
    id = new_id()
    put(vault, a_person(id))
    edit(vault, person(vault, id), phone="5")
    assert {w.peer for w in vault.shelf.load(Ref(Home.CASE, id)).history()} == {vault.keys.peer}


def fail_after(vault: Vault, id: str) -> None:
    with vault.operation("test", id) as op:
        op.set(person(vault, id), phone="lost")
        raise ZeroDivisionError


def test_a_rolled_back_write_leaves_no_number_to_be_used_twice(vault: Vault) -> None:  # trap 8
    id = new_id()
    put(vault, a_person(id))
    with pytest.raises(ZeroDivisionError):
        fail_after(vault, id)
    edit(vault, person(vault, id), phone="kept")
    writes = vault.shelf.load(Ref(Home.CASE, id)).history()
    assert "lost" not in [w.value for w in writes]
    assert len({(w.peer, w.counter) for w in writes}) == len(writes)


def test_a_late_update_of_a_long_history_still_merges() -> None:  # trap 10: a shallow snapshot would refuse it
    document, _ = written(1, ("/given", "Rose"))
    _, late = written(2, ("/phone", "5"), on=document.snapshot())
    for n in range(300):
        document = Document(1, document.snapshot())
        document.write("person", "/given", f"Rose {n}")
        document.commit(said(100 + n))
    again = Document(1, document.snapshot())
    assert again.receive([late])
    assert again.cells()["person"] == {"/given": "Rose 299", "/phone": "5"}


def test_undo_finds_its_before_image_in_the_update_alone() -> None:  # trap 11
    document, _ = written(1, ("/given", "Rose"), ("/phone", "1"))
    later, update = written(1, ("/given", "Rosa"), ("/phone", None), ("/commune", "c"), on=document.snapshot())
    later = Document(7, later.snapshot())
    assert sorted(later.inverse(update), key=str) == [
        ("person", "/commune", "c", None),
        ("person", "/given", "Rosa", "Rose"),
        ("person", "/phone", None, "1"),
    ]


def test_a_name_for_a_root_never_comes_from_data(vault: Vault) -> None:  # trap 4
    with pytest.raises(ValueError, match="slash"), vault.operation("test", "a") as op:
        op.put(a_step("r", id="a/b"))
    assert vault.current is None
    put(vault, Service(id="a", name="x", needs=frozenset({NeedKind.WORK})))


def test_reading_creates_nothing(vault: Vault) -> None:  # trap 6
    ref = Ref(Home.CASE, "nobody")
    assert vault.file(ref).one(Person) is None
    assert File(ref, {}).all(Protection) == {}
    with vault.operation("look", "nobody") as op:
        assert isinstance(op, Operation)
        op.file_of(Person(id="nobody"))
    assert vault.envelopes() == []
    assert vault.read("SELECT count(*) FROM document") == [(0,)]
