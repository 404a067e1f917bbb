"""The barrier check before somebody is enrolled: the evaluation's own reasons, and what would fit better."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office.models.diversity import Barrier, Internet
from migrant_office.models.office import Office, new_id
from migrant_office.models.pathway.kinds import PathwayKind
from migrant_office.models.person import Person
from migrant_office.models.referral import DropOut
from migrant_office.services import catalogue, people
from migrant_office.services.pathways import barrier_check, check_before, of_kind
from migrant_office.services.pathways.barriers import TELLS, is_virtual, risks_of


@given(st.frozensets(st.sampled_from(list(Barrier))), st.sampled_from([None, True, False]))
def test_only_reasons_that_something_speaks_for(barriers: frozenset[Barrier], virtual: bool | None) -> None:
    found = risks_of(Person(id="x", barriers=barriers), virtual=virtual)
    assert set(found) <= {TELLS[b] for b in barriers if b in TELLS}
    assert list(found) == [reason for reason in DropOut if reason in found]
    assert DropOut.OTHER not in found


def test_childcare_and_a_borrowed_telephone_are_reasons_too() -> None:
    person = Person(id="x", childcare=True, internet=Internet.BORROWED)
    assert risks_of(person) == (DropOut.CARE, DropOut.INTERNET)
    assert risks_of(person, virtual=False) == (DropOut.CARE,)
    assert risks_of(Person(id="x", childcare=False)) == ()


@pytest.mark.parametrize(
    ("mode", "virtual"),
    [("presencial", False), ("En línea", True), ("presencial o a distancia según centro", None), ("", None)],
)
def test_how_a_course_is_held(mode: str, virtual: bool | None) -> None:
    assert is_virtual(mode) is virtual


def test_a_course_at_a_distance_is_offered_instead(desk: Office) -> None:
    person = Person(id="x", barriers=frozenset({Barrier.TRANSPORT}))
    found = barrier_check(
        desk, person, PathwayKind.CERTIFICATION, catalogue.service(desk, "scl-chilevalora-gastronomia-comercio")
    )
    assert found.risks == (DropOut.TRANSPORT,)
    assert "scl-chilevalora" in [line.id for line in found.instead]
    assert barrier_check(desk, Person(id="x"), PathwayKind.CERTIFICATION).risks == ()


def test_a_referral_to_a_course_is_looked_at_and_others_are_not(desk: Office) -> None:
    person = Person(id=new_id(), barriers=frozenset({Barrier.HEALTH}))
    people.open_case(desk, person)
    looked = {s: check_before(desk, person.id, s).risks for s in ("scl-emprendamos-hoy", "scl-omil", "scl-cesfam", "")}
    assert looked == {"scl-emprendamos-hoy": (DropOut.HEALTH,), "scl-omil": (), "scl-cesfam": (), "": ()}


def test_services_of_a_pathway_are_those_that_begin_it(desk: Office) -> None:
    certify = {line.id for line in of_kind(desk, PathwayKind.CERTIFICATION)}
    assert "scl-chilevalora" in certify
    assert not certify & {"scl-titulos-mineduc", "scl-dt"}
    assert "scl-dt" not in {line.id for line in of_kind(desk, PathwayKind.EMPLOYMENT)}
