"""Traps 12 to 17 of the documents, and 2 and 6 of the exchange: the log, its keys, and whoever tampers with them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office.errors import NotAllowed, StorageFailed
from migrant_office.models.person import Person
from migrant_office.models.restricted import Protection
from migrant_office.models.vault.keys import CompartmentClosed
from migrant_office.models.vault.log import PADDING, Applied, Envelope, Forged, about, seal, unseal
from migrant_office.models.vault.nouns import Home, Ref
from migrant_office.models.vault.slots import OfficeKeys
from migrant_office.models.vault.vault import Vault
from tests.factories import a_person, an_update, case, edit, exchange, make_replicas, person, put, replica, table_rows

KEY = bytes(range(32))


Made = tuple[OfficeKeys, list[bytes]]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return make_replicas(tmp_path / "office")


@pytest.fixture
def three(made: Made, tmp_path: Path) -> Iterator[list[Vault]]:
    """Three devices of an office; the first is a supervisor's, the third's officer has no restricted compartment."""
    keys, images = made
    vaults = [replica(tmp_path / f"{n}.db", image, keys, compartment=n < 2) for n, image in enumerate(images)]
    yield vaults
    for vault in vaults:
        vault.close()


def applied(vault: Vault) -> list[int]:
    return [a for (a,) in vault.read("SELECT applied FROM envelope ORDER BY device, seq")]


def test_an_emptied_envelope_still_proves_who_wrote_it(three: list[Vault]) -> None:  # trap 12
    put(three[0], a_person("case-a"))
    (e,) = three[0].envelopes()
    assert e._replace(body=b"", wrapped=b"").checked(three[1].keys.known).body == b""


@pytest.mark.parametrize("field", ["seq", "kind", "tag", "epoch", "kid", "prev", "digest", "sig", "body", "device"])
def test_nobody_can_change_an_envelope_on_its_way(three: list[Vault], field: str) -> None:  # trap 12
    put(three[0], a_person("case-a"))
    (e,) = three[0].envelopes()
    changed: Any = {"seq": 2, "epoch": 2, "kind": "E", "device": three[1].keys.device}.get(field, b"\x01" * 16)
    with pytest.raises(Forged):
        three[1].receive([e._replace(**{field: changed})])
    assert three[1].envelopes() == []
    assert issubclass(Forged, StorageFailed)


def test_an_unknown_device_is_not_heard(three: list[Vault], vault: Vault) -> None:
    put(vault, a_person("case-a"))
    with pytest.raises(Forged):
        three[0].receive(vault.envelopes())


def test_a_key_hung_beside_the_signature_is_replaced_by_the_right_one(three: list[Vault]) -> None:  # trap 12
    put(three[0], a_person("case-a"))
    (e,) = three[0].envelopes()
    three[1].receive([e._replace(wrapped=seal(b"\x05" * 32, KEY))])
    assert case(three[1], "case-a").one(Person) is None
    three[1].receive([e._replace(wrapped=b"")])
    three[1].receive([e])
    assert person(three[1], "case-a").given == "Rose"
    three[2].receive(three[1].envelopes())  # the right key travels on
    assert person(three[2], "case-a").given == "Rose"


def test_another_key_in_the_right_wrapping_is_known_by_its_number(three: list[Vault]) -> None:  # trap 12
    """Whoever holds the office's key could wrap one: the signed `kid` says that it is not the document's."""
    put(three[0], a_person("case-a"))
    (e,) = three[0].envelopes()
    other = seal(b"\x05" * 32, three[0].keys.epochs[1], about(e.tag, e.kid))
    assert three[1].receive([e._replace(wrapped=other)]).refused == []
    assert applied(three[1]) == [Applied.WAITS]
    three[1].receive([e])
    assert person(three[1], "case-a").given == "Rose"


def test_a_key_that_came_late_opens_what_waited(three: list[Vault]) -> None:
    put(three[0], a_person("case-a"))
    (e,) = three[0].envelopes()
    three[1].receive([e._replace(wrapped=b"")])
    assert applied(three[1]) == [Applied.WAITS]
    three[1].receive([e])
    assert applied(three[1]) == [Applied.MERGED]


def test_two_desks_create_one_document_and_both_keys_are_kept(three: list[Vault]) -> None:  # trap 13
    a, b, c = three
    put(a, a_person("case-a", phone="1"))
    with b.operation("test", "case-a") as op:
        op.set(Person(id="case-a"), commune="c")
    put(a, Protection(id="case-a", kept=True))
    put(b, Protection(id="case-a", told="x"))
    exchange(a, b, c)
    assert {e.tag for e in a.envelopes()} == {tag for (tag,) in a.read("SELECT tag FROM document_key")}
    assert len({e.tag for e in a.envelopes()}) == 4
    for vault in three:
        assert (person(vault, "case-a").phone, person(vault, "case-a").commune) == ("1", "c")
    for vault in (a, b):
        protection = vault.file(Ref(Home.RESTRICTED, "case-a")).one(Protection)
        assert protection == Protection(id="case-a", kept=True, told="x")


def test_a_conflict_is_listed_until_somebody_settles_it(three: list[Vault]) -> None:
    a, b, c = three
    put(a, a_person("case-a"))
    exchange(*three)
    edit(a, person(a, "case-a"), phone="1")
    edit(b, person(b, "case-a"), phone="2")
    edit(b, person(b, "case-a"), commune="c")  # nobody else's: no conflict
    exchange(*three)
    for vault in three:
        assert vault.read("SELECT noun, key FROM conflict") == [("person", "/phone")]
        assert vault.read("SELECT value FROM field_change ORDER BY 1") == [('"1"',), ('"2"',)]
        assert vault.read("SELECT DISTINCT officer FROM field_change") == [("1",)]
    edit(c, person(c, "case-a"), phone="3")
    assert c.read("SELECT count(*) FROM conflict") == [(0,)]  # at once, not only after the next meeting
    assert c.read("SELECT count(*) FROM field_change") == [(0,)]
    exchange(*three)
    for vault in three:
        assert vault.read("SELECT count(*) FROM conflict") == [(0,)]
        assert person(vault, "case-a").phone == "3"


def test_two_desks_that_say_the_same_do_not_disagree(three: list[Vault]) -> None:
    put(three[0], a_person("case-a"))
    exchange(*three)
    for vault in three[:2]:
        edit(vault, person(vault, "case-a"), phone="1")
    exchange(*three)
    assert three[2].read("SELECT count(*) FROM conflict") == [(0,)]


def test_a_closed_compartment_raises_and_never_reads_as_empty(three: list[Vault]) -> None:  # trap 14
    closed = three[2]
    put(three[0], Protection(id="case-a", told="x"))
    exchange(*three)
    for id in ("case-a", "nobody-wrote-it"):
        with pytest.raises(CompartmentClosed):
            closed.file(Ref(Home.RESTRICTED, id))
        with pytest.raises(NotAllowed):
            put(closed, a_person(id), Protection(id=id, told="mine"))
        assert case(closed, id).one(Person) is None  # refused as a whole


def test_a_rebuild_by_an_officer_without_the_compartment_keeps_it(
    made: Made, three: list[Vault], tmp_path: Path
) -> None:
    a = three[0]
    put(a, Protection(id="case-a", told="x"))
    a.checkpoint()
    image = (tmp_path / "0.db").read_bytes()
    closed = replica(tmp_path / "again.db", image, made[0], compartment=False)
    closed.rebuild(replay=True)
    closed.close()
    again = replica(tmp_path / "again.db", (tmp_path / "again.db").read_bytes(), made[0])
    assert again.file(Ref(Home.RESTRICTED, "case-a")).one(Protection) == Protection(id="case-a", told="x")
    again.close()


def test_nothing_of_a_restricted_document_shows_outside_it(three: list[Vault]) -> None:  # traps 15, 16
    a, b, _ = three
    done = put(a, Protection(id="case-a", told="Cassandre", kept=True))
    put(b, Protection(id="case-a", told="other"))
    exchange(*three)
    met = three[2].receive(a.envelopes())
    for vault in three:
        assert all(rows == [] for rows in table_rows(vault).values())
    assert all(keys == set() for touched in done.changed.values() for keys in touched.values())
    assert all(keys == set() for touched in met.changed.values() for keys in touched.values())
    assert done.touches("protection")
    assert a.read("SELECT count(*) FROM sqlite_master WHERE sql LIKE '%protection%'") == [(0,)]


def test_a_header_tells_neither_home_nor_subject(three: list[Vault]) -> None:  # trap 16
    a = three[0]
    with a.operation("open", "case-a") as op:
        op.put(a_person("case-a", given="Cassandre"))
        op.put(Protection(id="case-a", kept=True))
    for e in a.envelopes():
        assert b"case" not in cbor2.dumps([*e])
        assert b"restricted" not in cbor2.dumps([*e])
        assert len(e.body) % PADDING == (24 + 16) % PADDING
    assert len({(len(e.tag), len(e.kid), len(e.wrapped), e.kind) for e in a.envelopes()}) == 1


def test_a_name_signed_twice_is_a_fork_and_both_proofs_are_kept(  # trap 17; sync trap 2
    made: Made, three: list[Vault], tmp_path: Path
) -> None:
    a, b, _ = three
    put(a, a_person("case-a"))
    a.checkpoint()
    image = (tmp_path / "0.db").read_bytes()
    put(a, a_person("case-b"))
    b.receive(a.envelopes())
    restored = replica(tmp_path / "restored.db", image, made[0])
    put(restored, a_person("case-c"))
    met = b.receive(restored.envelopes())
    assert met.forked == [(a.keys.device, 2)]
    assert b.ledger.forks() == [(a.keys.device, 2)]
    assert b.read("SELECT count(DISTINCT digest) FROM fork") == [(2,)]
    assert case(b, "case-c").one(Person) is None
    edit(restored, person(restored, "case-c"), phone="5")
    b.receive(restored.envelopes())
    assert b.ledger.broken_link() == (a.keys.device, 3)
    restored.close()


def test_a_chain_with_a_link_taken_out_or_exchanged_shows(three: list[Vault]) -> None:  # sync trap 2
    a, b, _ = three
    for n in range(4):
        put(a, a_person(f"case-{n}"))
    b.receive(a.envelopes())
    assert b.ledger.broken_link() is None
    last = a.envelopes()[-1]
    other = last._replace(seq=5, prev=b"\x01" * 16).signed(a.keys.signing)
    b.receive([other])
    assert b.ledger.broken_link() == (a.keys.device, 5)


def test_a_restored_backup_goes_on_behind_what_others_kept_of_it(
    made: Made, three: list[Vault], tmp_path: Path
) -> None:
    """Sync trap 2, the harmless half: it meets the others before it writes."""
    a, b, _ = three
    put(a, a_person("case-a"))
    a.checkpoint()
    image = (tmp_path / "0.db").read_bytes()
    put(a, a_person("case-c"))
    b.receive(a.envelopes())
    restored = replica(tmp_path / "restored.db", image, made[0])
    restored.receive(b.envelopes())
    edit(restored, person(restored, "case-c"), phone="5")
    b.receive(restored.envelopes())
    assert person(b, "case-c").phone == "5"
    assert (b.ledger.forks(), b.ledger.broken_link()) == ([], None)
    restored.close()


@pytest.mark.parametrize(
    "plain",
    [
        b"",
        b"\xff",
        cbor2.dumps(5),
        cbor2.dumps(["case", "case-b", 1]),
        cbor2.dumps(["case", "case-b", 1, b"no update"]),
    ],
)
def test_a_damaged_envelope_is_set_aside_and_stops_nobody(three: list[Vault], plain: bytes) -> None:
    a, b, _ = three
    bad = an_update(a.keys, 1, b"", plain, b"\x02" * 16, KEY)
    put(b, a_person("case-b"))
    met = three[2].receive([bad, *b.envelopes()])
    assert met.refused == [(a.keys.device, 1)]
    assert person(three[2], "case-b").given == "Rose"
    assert (Applied.QUARANTINED,) in three[2].read("SELECT applied FROM envelope")


def test_an_update_under_the_tag_of_another_document_is_set_aside(three: list[Vault]) -> None:
    a, b, c = three
    put(b, a_person("case-b"))
    c.receive(b.envelopes())
    tag, kid, epoch, key, _ = b.ledger.key_of(Ref(Home.CASE, "case-b"))
    put(a, a_person("case-a", given="Mallory"))
    inside = a.ledger.opened(a.envelopes()[0])
    assert inside is not None
    stolen = an_update(a.keys, 1, b"", cbor2.dumps(["case", "case-a", 1, inside[2]]), tag, key)
    assert (kid, epoch) == (stolen.kid, stolen.epoch)
    assert c.receive([stolen]).refused == [(a.keys.device, 1)]
    assert person(c, "case-b").given == "Rose"


def test_a_kind_or_home_of_a_newer_program_is_kept_and_passed_on(three: list[Vault]) -> None:
    a, b, c = three
    queue = an_update(a.keys, 1, b"", cbor2.dumps(["queue", "ticket", 1, b"x"]), b"\x02" * 16, KEY)
    kind = queue._replace(seq=2, kind="Q").signed(a.keys.signing)
    assert b.receive([queue, kind]).refused == []
    b.rebuild(replay=True)
    c.receive(b.envelopes())
    assert c.envelopes() == [queue, kind]
    assert c.read("SELECT max_seq FROM version_vector WHERE device_id = ?", (a.keys.device,)) == [(2,)]


def test_a_gap_holds_the_version_vector_back(three: list[Vault]) -> None:
    a, b, _ = three
    for n in range(4):
        put(a, a_person(f"case-{n}"))
    held = a.envelopes()
    b.receive([held[3], held[0]])
    assert b.read("SELECT max_seq FROM version_vector WHERE device_id = ?", (a.keys.device,)) == [(1,)]
    b.receive(held[1:3])
    assert b.read("SELECT max_seq FROM version_vector WHERE device_id = ?", (a.keys.device,)) == [(4,)]


@given(st.binary(max_size=200), st.binary(max_size=40))
def test_what_is_sealed_opens_and_tells_its_size_only_in_steps(plain: bytes, subject: bytes) -> None:
    sealed = seal(plain, KEY, subject)
    assert unseal(sealed, KEY, subject) == plain
    assert (len(sealed) - 24 - 16) % PADDING == 0
    for key, other in ((KEY[::-1], subject), (KEY, subject + b"x")):
        with pytest.raises(Forged):
            unseal(sealed, key, other)


@given(st.binary(max_size=60))
def test_what_is_not_sealed_does_not_open(junk: bytes) -> None:
    with pytest.raises(Forged):
        unseal(junk, KEY)


def test_the_fields_of_an_envelope_are_the_columns_of_its_table(vault: Vault) -> None:
    columns = [row[1] for row in vault.read("PRAGMA table_info(envelope)")]
    assert columns[: len(Envelope._fields)] == list(Envelope._fields)
