"""What invented people tell fits the forms of their city, and follows the published shares."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QImage

from migrant_office import clock
from migrant_office.models.city import load_city
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import Form
from migrant_office.models.forms.library import city_form
from migrant_office.models.missing import Missing
from migrant_office.services.demo.asking import Told
from migrant_office.services.demo.days import parties
from migrant_office.services.demo.draw import Draw
from migrant_office.services.demo.filling import filled
from migrant_office.services.demo.persons import invented_person, relative
from migrant_office.services.demo.picture import drawn_paper
from migrant_office.services.demo.profile import load_profile

CITIES = ("santiago", "cdmx")
NOON = datetime(2026, 11, 18, 12).astimezone()


def form_of(city: str, name: str = "intake") -> Form:
    return city_form(load_city(city).folder, name)


def people_of(city: str, many: int, kind: str = "desk") -> list[Told]:
    rng = Random(f"filling {city}")
    return [invented_person(rng, load_profile(city).people, NOON.date(), kind=kind) for _ in range(many)]


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("name", ["intake", "quick", "family"])
def test_every_answer_is_offered_and_none_wants_another_look(city: str, name: str) -> None:
    form = form_of(city, name)
    with clock.at(lambda: NOON):
        for told in people_of(city, 60):
            filling = filled(form, told)
            assert filling.problems() == ()


@pytest.mark.parametrize("city", CITIES)
def test_every_kind_of_answer_reaches_the_records(city: str) -> None:
    form = form_of(city)
    seen: set[str] = set()
    with clock.at(lambda: NOON):
        fillings = [filled(form, told) for told in people_of(city, 200)]
    for filling in fillings:
        seen |= filling.mapped().keys()
    assert {
        f"person.{f}" for f in ("birth", "commune", "category", "status", "registry", "internet", "barriers")
    } <= seen
    assert {f"person.{f}" for f in ("seeing", "spanish_reads", "indigenous", "cares_for", "sought_group")} <= seen
    missing = {answer for filling in fillings for answer in filling.mapped().values() if isinstance(answer, Missing)}
    assert missing == set(Missing)
    assert any(filling.records("held_document") for filling in fillings)
    assert {one["experience.group"] for filling in fillings for one in filling.records("experience")} >= set("1259")


def test_as_many_answers_as_were_given_before_somebody_had_to_go() -> None:
    (told,) = people_of("santiago", 1)
    assert filled(form_of("santiago"), told, most=5).progress()[0] <= 5
    assert not filled(form_of("santiago"), told, most=5).records("held_document")


def test_what_was_known_before_stays_where_nothing_else_is_told() -> None:
    form = form_of("santiago")
    begun, (told,) = FormFilling(form), people_of("santiago", 1)
    begun.set(form.mapped("person.campaign").addr, "Plaza")  # type: ignore[union-attr]  # the form has it
    done = filled(form, told, start=begun).mapped()
    assert done["person.campaign"] == "Plaza"
    assert done["person.given"] == told.answers["given"]


@pytest.mark.parametrize("city", CITIES)
def test_a_child_is_younger_than_who_speaks_and_has_her_name(city: str) -> None:
    rng, people = Random(1), load_profile(city).people
    for _ in range(50):
        speaker = invented_person(rng, people, NOON.date(), kind="desk", ages=(20, 58))
        child = relative(rng, people, NOON.date(), speaker, "child")
        assert child.age < 18 <= speaker.age
        assert speaker.age - child.age >= 18
        assert child.answers["surname"] == speaker.answers["surname"]


def test_published_shares_are_drawn() -> None:
    """Irregular in Santiago 70 % [004:301]; employed 82.8 % [002:447], of whom 31.1 % informally [002:409]; skill high,
    medium and low 16.7, 50.8 and 32.5 % [002:449]; reasons to come [002:486]; what helps at work [002:1365]."""
    people = load_profile("santiago").people
    assert people.answers["status"].share("irregular") == pytest.approx(0.70)
    kinds = people.answers["work_kind"]
    assert kinds.share("employed_formal") + kinds.share("employed_informal") == pytest.approx(0.828)
    assert kinds.share("employed_informal") / 0.828 == pytest.approx(0.311, abs=0.002)
    for groups, share in (("123", 0.167), ("45678", 0.508), ("9", 0.325)):
        assert sum(people.trades.share(group) for group in groups) == pytest.approx(share)
    assert people.several["reasons"]["family"] == 23
    drawn = people_of("santiago", 2_000)
    asked = [told.answers["work_help"] for told in drawn if not isinstance(told.answers["work_help"], Missing)]
    found = Counter(code for answer in asked for code in answer or ())
    assert found["training"] / found["job_board"] == pytest.approx(66 / 29, rel=0.15)


@given(st.integers(1, 400), st.floats(0, 100), st.integers(0, 99))
@settings(max_examples=60)
def test_as_many_come_as_should(people: int, share: float, seed: int) -> None:
    found = parties(Random(seed), people, share, Draw([(2, 1), (3, 1), (4, 1)]))
    assert sum(found) == people
    assert set(found) <= {1, 2, 3, 4}


def test_the_drawn_paper_is_a_picture_and_no_two_are_alike() -> None:
    rng = Random(3)
    first, second = drawn_paper(rng), drawn_paper(rng)
    assert first != second
    image = QImage.fromData(first)
    assert (image.width(), image.height()) == (320, 210)
    assert len({image.pixel(x, y) for x in range(0, 320, 4) for y in range(0, 210, 4)}) >= 4
