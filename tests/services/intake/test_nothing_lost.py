"""Whatever is answered in a form of either city, every word of it is in some case when the form is completed.

A case completed without a change, under the form of either city, stays as it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migrant_office.models.city import load_city
from migrant_office.models.forms.answers import Answer
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import Form, Kind, Question, Repeat
from migrant_office.models.forms.reading import load_form
from migrant_office.models.household import Member
from migrant_office.models.missing import Missing
from migrant_office.models.office import Office
from migrant_office.models.vault.nouns import Home, Ref
from migrant_office.services import intake, people
from migrant_office.services import office_forms as forms
from tests.services.intake.an_own_form import reserved, said

WRITTEN = {
    Kind.TEXT: st.sampled_from(["+56 9 5555 0101", "2024-03", "2023", "Ñandú Zü", "a b c", "55512345", "x@y.cl"]),
    Kind.INTEGER: st.integers(0, 60).map(str) | st.just("dos o tres"),
    Kind.DATE: st.dates(date(1950, 1, 1), date(2026, 1, 1)).map(str) | st.just("31/02/1990"),
    Kind.ACKNOWLEDGE: st.just("OK"),
}
TRUTHS = frozenset({"guardian", "interpreter", "indigenous", "childcare", "experience_provable"})
CARRIED = frozenset({"age", "age_or_year", "place", "role"})
"""Questions whose answer is in the record in another shape; one member is made the one who speaks."""


def sheet(city: str, name: str) -> Path:
    return load_city(city).folder / f"{name}.md"


@cache
def form_of(city: str, name: str) -> Form:
    return load_form(sheet(city, name).read_bytes(), "md")


def an_answer(filling: FormFilling, addr: str, question: Question) -> st.SearchStrategy[Answer]:
    codes = [choice.value for choice in filling.choices(addr)]
    if question.kind is Kind.SELECT_ONE and codes:
        told: st.SearchStrategy[Answer] = st.sampled_from(codes) | st.sampled_from([*codes, "palabra suelta"])
    elif question.kind is Kind.SELECT_MULTIPLE and codes:
        told = st.lists(st.sampled_from(codes), min_size=1, max_size=3, unique=True)
    else:
        told = WRITTEN.get(question.kind, st.none())
    return told | told | st.sampled_from(list(Missing)) | st.none()


def fill(data: st.DataObject, filling: FormFilling) -> None:
    for repeat in (item for item in filling.form.root.walk() if isinstance(item, Repeat)):
        for _instance in range(data.draw(st.integers(0, 2))):
            if filling.can_add(repeat.addr):
                filling.add(repeat.addr)
    for _round in range(2):  # answers make questions appear that stand before
        for addr, question in open_questions(filling):
            filling.set(addr, data.draw(an_answer(filling, addr, question)))


def open_questions(filling: FormFilling) -> Iterator[tuple[str, Question]]:
    for addr in tuple(filling.visible()):
        question = filling.form.at(addr)
        if isinstance(question, Question) and question.takes_answer and not filling.cell(addr).value:
            yield addr, question


def parts(filling: FormFilling) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(address, ways it may stand in a case) of every piece of an answer; what may not be agreed to is not kept."""
    for addr in filling.visible():
        question, cell = filling.form.at(addr), filling.cell(addr)
        if not isinstance(question, Question) or question.name in CARRIED or question.maps_to.startswith("consent."):
            continue
        if cell.missing in (Missing.REFUSED, Missing.UNKNOWN):
            yield addr, (cell.missing.value,)
        for piece in cell.value.split() if question.list_name else [cell.value]:
            if piece and not (question.name in TRUTHS and piece in ("yes", "no")):
                yield addr, (piece, filling.answer_text(addr, "es"))


def cases_of(office: Office, case: str) -> tuple[str, list[str]]:
    household = people.read_case(office, case).person.household
    file = office.vault.file(Ref(Home.HOUSEHOLD, household)) if household else None
    return json.dumps(file.cells if file else {}, ensure_ascii=False), [*file.all(Member)] if file else [case]


@pytest.mark.parametrize("again", ["santiago", "cdmx"])
@pytest.mark.parametrize("name", forms.AT_THE_DOOR)
@pytest.mark.parametrize("city", ["santiago", "cdmx"])
def test_every_word_is_kept_and_nothing_changes_by_itself(desk: Office, city: str, name: str, again: str) -> None:
    if again != desk.city.id:
        forms.load(desk, forms.INTAKE, sheet(again, forms.INTAKE).read_bytes(), "md")

    @settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
    @given(st.data())
    def run(data: st.DataObject) -> None:
        filling = FormFilling(form_of(city, name))
        fill(data, filling)
        _, case = intake.complete(desk, intake.new_draft(desk, name), filling)
        household, cases = cases_of(desk, case)
        told = said(desk, *cases) + reserved(desk, cases) + household
        digits = re.sub(r"\D", "", told)
        for addr, ways in parts(filling):
            number = re.sub(r"\D", "", ways[0])[-8:]  # phones and numbers are kept as their registers write them
            assert any(way in told for way in ways) or (number and number in digits), (addr, ways)
        for one in cases:
            before = dict(desk.case(one).cells["person"])
            draft, completing = intake.begin(desk, case=one)
            intake.complete(desk, draft, completing)
            assert desk.case(one).cells["person"] == before

    run()
