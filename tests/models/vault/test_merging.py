"""Two cases of one person seen as one: whatever was written, joining and separating them changes nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migrant_office import clock, ids
from migrant_office.errors import NotAllowed
from migrant_office.ids import new_id
from migrant_office.models.attachment import Attachment
from migrant_office.models.consent import Consent, ConsentState
from migrant_office.models.encounter import Channel, Encounter
from migrant_office.models.mobility import HeldDocument, Reason
from migrant_office.models.need import Need, NeedKind
from migrant_office.models.person import Person, Sex
from migrant_office.models.referral import Referral, ReferralStep
from migrant_office.models.restricted import Protection, Sign, Story
from migrant_office.models.vault.folder import open_office
from migrant_office.models.vault.merging import MERGE, Edge, groups
from migrant_office.models.vault.nouns import Home, Ref
from migrant_office.models.vault.operation import Done
from migrant_office.models.vault.vault import Vault
from migrant_office.services.demo.ids import SeededIds
from tests.factories import (
    DAY,
    PASSPHRASE,
    a_person,
    a_referral,
    a_step,
    case,
    edit,
    exchange,
    make_office,
    make_replicas,
    person,
    put,
    replica,
    table_rows,
)

A, B, C, D = (f"0000000{n}-0000-7000-8000-000000000000" for n in "1234")


def join(vault: Vault, kept: str, other: str, *taken: str, both: tuple[str, ...] = (), made: date = DAY) -> Done:
    """The redirect that a merge writes."""
    with vault.operation("merge", other) as op:
        told = {"/into": kept, "/taken": list(taken), "/both": list(both), "/made": made.isoformat()}
        op.cells(Ref(Home.CASE, other), MERGE, told.items())
    return op.done


def part(vault: Vault, other: str) -> None:
    with vault.operation("unmerge", other) as op:
        keys = op.exact(Ref(Home.CASE, other)).before.cells[MERGE]
        op.cells(Ref(Home.CASE, other), MERGE, [(key, None) for key in keys])


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
    assert vault.file(Ref(Home.RESTRICTED, B)).one(Protection).closed == DAY  # type: ignore[union-attr]
    assert vault.file(Ref(Home.RESTRICTED, A)).one(Protection).closed == date(2025, 2, 2)  # type: ignore[union-attr]


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


# any story


FIELDS = st.sampled_from(("given", "surname", "phone", "email", "children", "restricted", "birth", "reasons"))
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "children": st.sampled_from((None, 0, 3)),
    "restricted": st.booleans(),
    "birth": st.sampled_from((None, date(1990, 1, 2), date(1991, 1, 1))),
    "reasons": st.frozensets(st.sampled_from((Reason.STUDIES, Reason.FAMILY)), max_size=2),
}
TEXTS = st.sampled_from(("", "x", "Jean"))
CASES = st.sampled_from((A, B, C))
EDITS = st.lists(
    st.tuples(CASES, FIELDS).flatmap(
        lambda told: st.tuples(
            st.just(told[0]), st.just(told[1]), VALUES.get(told[1], st.sampled_from(("", "x", "Jean")))
        )
    ),
    max_size=4,
)
CHOICES = st.lists(FIELDS.filter(lambda name: name != "restricted"), max_size=3, unique=True)
STORY = settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def fresh(vault: Vault) -> None:
    """Three people with things of their own; whatever an earlier example left goes."""
    for id in (A, B, C):
        put(vault, a_person(id, phone=id[7], number=id[7]))
        referral = a_referral()
        put(vault, referral, a_step(referral.id), Need(id=new_id(), kind=NeedKind.WORK, made=DAY, recorded=DAY),
            HeldDocument(id=new_id(), number=f"AB{id[7]}000"), on=id)  # fmt: skip


def apply(vault: Vault, edits: list[tuple[str, str, Any]]) -> None:
    """Edits as other desks make them, each to the document itself."""
    for id, name, value in edits:
        with vault.operation("edit", id) as op:
            own = op.exact(Ref(Home.CASE, id)).before.one(Person) or Person(id=id)
            noun_cells = {f"/{name}": value.isoformat() if isinstance(value, date) else value}
            if name == "reasons":
                noun_cells = {f"/reasons/{code.value}": True if code in value else None for code in Reason}
            assert own is not None
            op.cells(Ref(Home.CASE, id), "person", noun_cells.items())


@STORY
@given(edits=EDITS, taken=CHOICES, both=st.booleans())
def test_merge_then_undo_is_the_identity(tmp_path_factory: Any, edits: Any, taken: Any, both: bool) -> None:
    with a_store(tmp_path_factory) as vault:
        fresh(vault)
        apply(vault, edits)
        before = table_rows(vault)
        join(vault, A, B, *taken, both=("reasons",) if both else ())
        join(vault, C, A)
        part(vault, A)
        part(vault, B)
        assert table_rows(vault) == before


@STORY
@given(edits=EDITS, taken=CHOICES, both=st.booleans())
def test_merge_commutes_with_edits(tmp_path_factory: Any, edits: Any, taken: Any, both: bool) -> None:
    found = []
    for first in (True, False):
        with a_store(tmp_path_factory) as vault, seeded_ids():
            fresh(vault)
            if first:
                apply(vault, edits)
            join(vault, A, B, *taken, both=("reasons",) if both else ())
            join(vault, A, C)
            if not first:
                apply(vault, edits)
            found.append(table_rows(vault))
    assert found[0] == found[1]


@STORY
@given(order=st.sampled_from(tuple(permutations((B, C, D)))), edits=EDITS)
def test_a_chain_is_undone_in_any_order(tmp_path_factory: Any, order: tuple[str, ...], edits: Any) -> None:
    with a_store(tmp_path_factory) as vault:
        fresh(vault)
        put(vault, a_person(D, given="Dieudonné"))
        apply(vault, edits)
        before = table_rows(vault)
        for kept, other in ((C, D), (B, C), (A, B)):
            join(vault, kept, other, "phone")
        assert {vault.who(id) for id in (A, B, C, D)} == {A}
        for other in order:
            part(vault, other)
        assert table_rows(vault) == before


@contextmanager
def a_store(factory: Any) -> Iterator[Vault]:
    """A store of its own for each example."""
    opened = open_office(make_office(factory.mktemp("store") / "office"), PASSPHRASE)
    try:
        yield opened.vault
    finally:
        opened.close()


@contextmanager
def seeded_ids() -> Iterator[None]:
    """The same ids each time, so that two stores can be compared."""
    moment = datetime(2026, 3, 2, 12, tzinfo=UTC)
    with clock.at(moment), ids.source(SeededIds("merging")):
        yield
