"""What a case says of a person: every answer can be read again, none that was not asked takes room."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest
from PySide6.QtCore import Qt

from migrant_office.app import Window
from migrant_office.models.case_file import CaseFile
from migrant_office.models.diversity import Barrier, Care, Difficulty, Internet, SpanishLevel
from migrant_office.models.form_record import Answer, FormRecord
from migrant_office.models.missing import Missing
from migrant_office.models.mobility import Category, Intention, Reason, Registry
from migrant_office.models.person import Channel, ContactRule, Gender, Language, Person, Schooling, Sex, Situation
from migrant_office.models.vault.nouns import changed
from migrant_office.models.work import Occupation, Recognition, WorkKind
from migrant_office.ui.case_file.case_page import CasePage
from migrant_office.ui.case_file.person_facts import facts_of, further_facts
from migrant_office.ui.intake.intake_page import IntakePage
from tests.factories import DAY
from tests.ui.looking import live, press
from tests.ui.walking import open_referred_case, page_of, until

WHOLE = Person(
    id="x",
    given="Rose",
    surname="Jean",
    other_names="Wòz",
    birth=date(1990, 3, 3),
    birth_country="HT",
    sex=Sex.WOMAN,
    gender=Gender.WOMAN,
    nationality="HT",
    other_nationalities=frozenset({"DO"}),
    indigenous=True,
    indigenous_people="Garífuna",
    language=Language.HT,
    other_languages=frozenset({Language.FR}),
    spanish_speaks=SpanishLevel.LOW,
    spanish_reads=SpanishLevel.VERY_LOW,
    spanish_writes=SpanishLevel.VERY_LOW,
    phone="+56 9 5555 0000",
    email="rose@example.org",
    channel=Channel.WHATSAPP,
    contact_rule=ContactRule.WHATSAPP_ONLY,
    contact_words="de 9 a 12",
    trusted="su hermana",
    trusted_phone="+56 9 5555 0001",
    address="Calle Dos 4",
    commune="Santiago",
    children=2,
    cares_for=frozenset({Care.OLDER}),
    childcare=True,
    category=Category.ASYLUM_SEEKER,
    status="refugee_application",
    registry=Registry.CANNOT,
    arrived="2026-02",
    intention=Intention.STAY,
    reasons=frozenset({Reason.FAMILY}),
    seeing=Difficulty.A_LOT,
    hearing=Difficulty.NONE,
    walking=Difficulty.NONE,
    remembering=Difficulty.NONE,
    self_care=Difficulty.NONE,
    communicating=Difficulty.SOME,
    schooling=Schooling.TECHNICAL,
    recognition=Recognition.IN_PROCESS,
    situation=Situation.LOOKING,
    work_kind=WorkKind.INFORMAL,
    occupation="cocinera",
    sought="cocina",
    sought_group=Occupation.SERVICE_SALES,
    internet=Internet.SOMETIMES,
    barriers=frozenset({Barrier.TRANSPORT}),
)
ELSEWHERE = {"id", "number", "given", "surname", "second_surname", "chosen_name", "birth_estimated", "gender_words"} | {
    *("nationality_words", "language_words", "interpreter", "household", "campaign", "served_in", "opened"),
    *("restricted", "path_opened", "told_once", "demo", "contact_words", "trusted_phone"),
}
"""Shown in the title, as marks or within another line."""


def a_case(person: Person, **told: object) -> CaseFile:
    return CaseFile(person=person, encounters=(), needs=(), referrals=(), **told)  # type: ignore[arg-type]  # a test's


def every_line(case: CaseFile) -> str:
    groups = [facts_of(case.person), *(facts for _heading, facts in further_facts(case))]
    return "\n".join(f"{label}: {value}" for facts in groups for label, value in facts)


def test_whatever_was_told_can_be_read_again(dressed: None) -> None:
    whole = every_line(a_case(WHOLE))
    for field in fields(Person):
        if field.name in ELSEWHERE:
            continue
        without = changed(WHOLE, **{field.name: field.default})
        if field.name == "indigenous":
            without = replace(without, indigenous_people="")
        assert every_line(a_case(without)) != whole, field.name


def test_what_nobody_asked_takes_no_room_and_a_refusal_is_said(dressed: None) -> None:
    assert every_line(a_case(Person(id="x"))) == ""
    refused = a_case(Person(id="x", category=Missing.REFUSED, seeing=Missing.REFUSED, childcare=Missing.UNKNOWN))
    assert len(every_line(refused).splitlines()) == 3


def test_the_words_of_a_city_stay_as_they_were_shown(dressed: None) -> None:
    record = FormRecord(id="r", form="f", version="1", digest="d", made=DAY, recorded=DAY)
    shown = replace(record, shown={"person.status": "Solicitud de refugio formalizada"})
    assert "refugee_application" in every_line(a_case(WHOLE))
    assert "Solicitud de refugio formalizada" in every_line(a_case(WHOLE, records=(shown,)))


def test_the_latest_answer_to_a_question_counts(dressed: None) -> None:
    first = Answer(id="1", record="r", question="meal", value="no", words="No", label="¿Comió hoy?")
    later = replace(first, id="2", record="s", value="yes", words="Sí")
    lines = every_line(a_case(Person(id="x"), answers=(first, later)))
    assert lines == "¿Comió hoy?: Sí"


@pytest.mark.parametrize(
    ("uses", "begun"),
    [([], False), (["quick"], True), (["family"], True), (["quick", "completion"], False), (["intake"], False)],
)
def test_a_quick_registration_wants_to_be_completed(uses: list[str], begun: bool) -> None:
    records = tuple(
        FormRecord(id=str(n), form="f", use=use, version="1", digest="d", made=DAY, recorded=DAY)
        for n, use in enumerate(uses)
    )
    assert a_case(WHOLE, records=records).is_begun is begun


def test_the_key_goes_on_with_the_intake_of_this_person(window: Window) -> None:
    page: CasePage = open_referred_case(window)
    assert page.case is not None
    person = page.case.person
    press(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    live(150)
    intake = page_of(window, IntakePage)
    until(lambda: intake.filling is not None, "intake")
    assert intake.filling is not None
    assert intake.draft is not None
    assert intake.draft.subject == person.id
    assert intake.filling.mapped()["person.given"] == person.given
    assert person.given in intake.header._title.text()
