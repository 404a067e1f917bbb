"""Two cases of one person seen as one: whatever was written, joining and separating them changes nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from migrant_office.errors import NotAllowed
from migrant_office.ids import new_id
from migrant_office.models.attachment import Attachment
from migrant_office.models.consent import Consent, ConsentState
from migrant_office.models.encounter import Channel, Encounter
from migrant_office.models.mobility import HeldDocument, Reason
from migrant_office.models.need import Need, NeedKind
from migrant_office.models.person import Sex
from migrant_office.models.referral import Referral, ReferralStep
from migrant_office.models.restricted import Protection, Sign, Story
from migrant_office.models.vault.merging import Edge, groups
from migrant_office.models.vault.nouns import Home, Ref
from migrant_office.models.vault.vault import Vault
from tests.factories import (
    DAY,
    a_person,
    a_referral,
    a_step,
    case,
    edit,
    exchange,
    make_replicas,
    person,
    put,
    replica,
    table_rows,
)
from tests.models.vault.joining import A, B, C, join, part


def two(vault: Vault) -> None:
    put(vault, a_person(A, given="Jean", surname="Pierre", phone="1", number="SC-1", sex=Sex.MAN))
    put(vault, a_person(B, given="Jan", surname="Pyè", phone="2", number="SC-2", email="b@x.cl"))


def one(vault: Vault, *nouns: Any) -> list[Any]:
    file = vault.file(Ref(Home.CASE, A))
    return [set(file.all(noun)) for noun in nouns]


# seen as one


def test_the_old_id_leads_to_the_case_that_was_kept(vault: Vault) -> None:
    two(vault)
    join(vault, A, B)
    assert (vault.who(B), vault.who(A), vault.who("nobody")) == (A, A, "nobody")
    assert case(vault, B).ref == Ref(Home.CASE, A)
    assert vault.read("SELECT doc, id FROM person") == [(A, A)]


def test_each_field_is_that_of_the_case_that_was_chosen(vault: Vault) -> None:
    two(vault)
    join(vault, A, B, "phone", "email")
    found = person(vault, A)
    assert (found.given, found.surname, found.phone, found.email, found.sex) == (
        "Jean",
        "Pierre",
        "2",
        "b@x.cl",
        Sex.MAN,
    )
    assert found.number == "SC-1"
    assert vault.read("SELECT given, phone FROM person") == [("Jean", "2")]


def test_of_a_set_both_may_count(vault: Vault) -> None:
    put(vault, a_person(A, reasons=frozenset({Reason.STUDIES})))
    put(vault, a_person(B, reasons=frozenset({Reason.FAMILY})))
    join(vault, A, B, both=("reasons",))
    assert person(vault, A).reasons == {Reason.STUDIES, Reason.FAMILY}


def test_all_that_belongs_to_either_is_there(vault: Vault) -> None:
    two(vault)
    first, second = a_referral(), a_referral()
    put(vault, first, Need(id=new_id(), kind=NeedKind.WORK, made=DAY, recorded=DAY), on=A)
    put(vault, second, a_step(second.id), HeldDocument(id=new_id(), number="AB1"), on=B)
    join(vault, A, B)
    assert one(vault, Referral, Need, HeldDocument)[0] == {first.id, second.id}
    assert {doc for (doc,) in vault.read("SELECT doc FROM referral UNION SELECT doc FROM held_document")} == {A}


def test_both_names_and_both_folios_are_found(vault: Vault) -> None:
    two(vault)
    join(vault, A, B)
    names, codes = vault.read("SELECT names, codes FROM findable")[0]
    assert {"jean", "pierre", "jan", "pye"} <= set(names.split())
    assert {"sc1", "sc2"} <= set(codes.split())
    vault.conn.execute("INSERT INTO findable_fts(findable_fts, rank) VALUES('integrity-check', 1)")


def test_the_stricter_visibility_wins(vault: Vault) -> None:
    two(vault)
    edit(vault, person(vault, B), restricted=True, path_opened=DAY)
    join(vault, A, B)
    assert (person(vault, A).restricted, person(vault, A).path_opened) == (True, DAY)
    part(vault, B)
    assert (person(vault, A).restricted, person(vault, B).restricted) == (False, True)


def test_the_path_that_is_open_counts(vault: Vault) -> None:
    two(vault)
    put(vault, Protection(id=A, kept=True, opened=date(2025, 1, 2), closed=date(2025, 2, 2)))
    put(vault, Protection(id=B, kept=True, opened=DAY, signs=frozenset({Sign.DANGER}), told="miedo"))
    put(vault, Story(id=new_id(), made=DAY, words="una vez"), on=B)
    join(vault, A, B)
    file = vault.file(Ref(Home.RESTRICTED, A))
    found = file.one(Protection)
    assert found is not None
    assert (found.opened, found.closed, found.signs, found.told) == (DAY, None, frozenset({Sign.DANGER}), "miedo")
    assert len(file.all(Story)) == 1
    with vault.operation("protect", A) as op:
        op.set(found, on=A, closed=DAY)
    part(vault, B)
    ends = [[p.closed for p in vault.file(Ref(Home.RESTRICTED, id)).all(Protection).values()] for id in (A, B)]
    assert ends == [[date(2025, 2, 2)], [DAY]]


def test_two_that_were_joined_both_ways_round_have_one_root(vault: Vault) -> None:
    assert groups({A: Edge(B, ""), B: Edge(A, "")})[A].root == A
    assert groups({C: Edge(B, ""), B: Edge(A, "")})[C].members == (A, B, C)
    assert groups({}) == {}


# what is written afterwards


def test_what_is_new_goes_to_the_case_that_was_kept(vault: Vault) -> None:
    two(vault)
    join(vault, A, B)
    met = Encounter(id=new_id(), made=DAY, recorded=DAY, channel=Channel.PHONE)
    put(vault, met, on=B)  # from a screen that still has the old id
    part(vault, B)
    assert set(case(vault, A).all(Encounter)) == {met.id}
    assert set(case(vault, B).all(Encounter)) == set()


def test_what_follows_something_goes_with_it(vault: Vault) -> None:
    two(vault)
    referral = a_referral()
    put(vault, referral, on=B)
    join(vault, A, B)
    step = a_step(referral.id)
    told = Consent(id=new_id(), notice="n", version="1", purpose="share_public", state=ConsentState.GIVEN, made=DAY,
                   recorded=DAY, referral=referral.id)  # fmt: skip
    put(vault, step, told, on=A)
    part(vault, B)
    assert (set(case(vault, B).all(ReferralStep)), set(case(vault, B).all(Consent))) == ({step.id}, {told.id})
    assert not case(vault, A).all(ReferralStep)


def test_a_changed_field_stays_with_the_file_it_was_taken_from(vault: Vault) -> None:
    two(vault)
    join(vault, A, B, "phone")
    edit(vault, person(vault, A), phone="3", given="Jean-Marc")
    assert (person(vault, A).phone, person(vault, A).given) == ("3", "Jean-Marc")
    part(vault, B)
    assert (person(vault, A).phone, person(vault, A).given) == ("1", "Jean-Marc")
    assert (person(vault, B).phone, person(vault, B).given) == ("3", "Jan")


def test_what_is_taken_away_does_not_shine_through(vault: Vault) -> None:
    put(vault, a_person(A, reasons=frozenset({Reason.STUDIES}), restricted=True, birth=date(1990, 1, 2)))
    put(vault, a_person(B, reasons=frozenset({Reason.STUDIES, Reason.FAMILY}), restricted=True))
    join(vault, A, B, both=("reasons",))
    edit(vault, person(vault, A), reasons=frozenset({Reason.FAMILY}), restricted=False, birth=None)
    found = person(vault, A)
    assert (found.reasons, found.restricted, found.birth) == (frozenset({Reason.FAMILY}), False, None)


def test_a_record_is_changed_and_taken_away_where_it_lies(vault: Vault) -> None:
    two(vault)
    paper, file = HeldDocument(id=new_id(), number="AB1"), Attachment(id="a" * 32, made=DAY)
    put(vault, paper, file, on=B)
    join(vault, A, B)
    with vault.operation("edit", A) as op:
        op.set(paper, number="AB2")
        op.take_away(Attachment, file.id)
    part(vault, B)
    assert case(vault, B).all(HeldDocument)[paper.id].number == "AB2"
    assert not case(vault, B).all(Attachment)
    assert not case(vault, A).all(HeldDocument)


def test_an_entry_is_written_once_in_all_the_group(vault: Vault) -> None:
    two(vault)
    need = Need(id=new_id(), kind=NeedKind.WORK, made=DAY, recorded=DAY)
    put(vault, need, on=B)
    join(vault, A, B)
    with pytest.raises(NotAllowed):
        put(vault, need, on=A)


def test_undo_takes_the_merge_back(vault: Vault) -> None:
    two(vault)
    before = table_rows(vault)
    done = join(vault, A, B, "phone")
    vault.undo(done)
    assert table_rows(vault) == before


# erased, rebuilt, met


def test_a_person_is_erased_with_all_that_was_joined(vault: Vault) -> None:
    two(vault)
    put(vault, a_referral(), on=B)
    join(vault, A, B)
    vault.erase(B)
    for table in ("person", "referral", "findable", "spelling", "meeting", "merge", "document"):
        assert vault.read(f"SELECT count(*) FROM {table} WHERE 1") == [(0,)], table


def test_rebuilt_tables_are_the_same(vault: Vault) -> None:
    two(vault)
    put(vault, a_person(C, given="Ana"), a_referral())
    join(vault, A, B, "phone")
    join(vault, B, C)
    before = table_rows(vault)
    vault.rebuild()
    assert table_rows(vault) == before
    vault.rebuild(replay=True)
    assert table_rows(vault) == before


@pytest.fixture
def replicas(tmp_path: Path) -> Iterator[tuple[Vault, Vault]]:
    keys, images = make_replicas(tmp_path / "made", 2)
    found = [replica(tmp_path / f"{n}.db", image, keys) for n, image in enumerate(images)]
    yield found[0], found[1]
    for vault in found:
        vault.close()


def test_an_edit_elsewhere_lands_where_it_would_have_landed(replicas: tuple[Vault, Vault]) -> None:
    here, there = replicas
    two(here)
    exchange(here, there)
    join(here, A, B, "phone")
    edit(there, person(there, B), phone="9")
    edit(there, person(there, A), given="Jean-Luc")
    put(there, a_referral(), on=B)
    exchange(here, there)
    assert table_rows(here) == table_rows(there)
    assert (person(here, A).phone, person(here, A).given) == ("9", "Jean-Luc")
    assert here.read("SELECT DISTINCT doc FROM referral") == [(A,)]


def test_two_desks_that_join_both_ways_agree(replicas: tuple[Vault, Vault]) -> None:
    here, there = replicas
    two(here)
    exchange(here, there)
    join(here, A, B)
    join(there, B, A)
    exchange(here, there)
    assert table_rows(here) == table_rows(there)
    assert here.who(B) == there.who(B) == A
    assert here.read("SELECT id FROM person") == [(A,)]


def test_a_part_that_comes_before_the_case_it_is_joined_to(replicas: tuple[Vault, Vault]) -> None:
    here, there = replicas
    two(here)
    join(here, A, B)
    late = [e for e in here.envelopes() if e.seq == 1]
    there.receive([e for e in here.envelopes() if e.seq != 1])
    assert there.who(B) == A
    there.receive(late)
    assert table_rows(there) == table_rows(here)


def test_an_erased_case_lets_the_other_go(replicas: tuple[Vault, Vault]) -> None:
    """One desk erases, another joins meanwhile: the redirect leads nowhere and the other case stands alone."""
    here, there = replicas
    two(here)
    exchange(here, there)
    here.erase(A)
    join(there, A, B)
    exchange(here, there)
    assert table_rows(here) == table_rows(there)
    assert here.who(B) == B
    assert here.read("SELECT id FROM person") == [(B,)]
