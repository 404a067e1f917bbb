"""Any story of edits, merges and separations: nothing else changes, and no order matters."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import permutations
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migrant_office import clock, ids
from migrant_office.ids import new_id
from migrant_office.models.appointment import Appointment
from migrant_office.models.mobility import HeldDocument, Reason
from migrant_office.models.need import Need, NeedKind
from migrant_office.models.person import Person
from migrant_office.models.vault.folder import open_office
from migrant_office.models.vault.nouns import Home, Ref
from migrant_office.models.vault.vault import Vault
from migrant_office.services.demo.ids import SeededIds
from tests.factories import (
    DAY,
    PASSPHRASE,
    a_person,
    a_referral,
    a_step,
    make_office,
    put,
    table_rows,
)
from tests.models.vault.joining import A, B, C, D, join, part

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
            HeldDocument(id=new_id(), number=f"AB{id[7]}000"),
            Appointment(id=new_id(), referral=referral.id, day=DAY, hour="10:30", minutes=30), on=id)  # fmt: skip


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
