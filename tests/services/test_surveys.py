"""Surveys: what is due, answering in one operation, silence that counts, and what survives a merge and an undo."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from migrant_office import clock
from migrant_office.errors import NotAllowed, UserError
from migrant_office.models.case_file import CaseFile
from migrant_office.models.consent import ConsentState
from migrant_office.models.missing import Missing
from migrant_office.models.office import Office
from migrant_office.models.person import ContactRule, Language, Schooling, Sex, Situation
from migrant_office.models.survey import Answered, Manner, Scale, ServiceArea, SurveyKind, Topic
from migrant_office.services import consents, history, intake, merging, people, protection, surveys
from migrant_office.services import office_forms as forms
from migrant_office.services.surveys import About
from tests.factories import DAY, table_rows
from tests.services.asked_people import about_first, closed, due, filled, opened, read
from tests.services.intake.an_own_form import reserved, said
from tests.services.intake.test_nothing_lost import fill, parts

NO_SHRINK = (Phase.explicit, Phase.reuse, Phase.generate)  # of forty answers it would take minutes


# answering


def test_one_question_in_one_operation(desk: Office) -> None:
    case = opened(desk)
    referral = closed(desk, case)
    before = len(desk.undoable)
    surveys.satisfy(desk, case, about_first(desk, case), Scale.VERY_HIGH, "Fueron amables", Manner.PHONE)
    assert len(desk.undoable) == before + 1
    file = read(desk, case)
    (survey,), (told,) = file.surveys, file.satisfactions
    assert (survey.kind, survey.answered, survey.manner) == (SurveyKind.SATISFACTION, Answered.ANSWERED, Manner.PHONE)
    assert (survey.about, survey.service, survey.area) == (referral.id, referral.service, ServiceArea.EMPLOYABILITY)
    assert (told.scale, told.survey, told.area) == (Scale.VERY_HIGH, survey.id, ServiceArea.EMPLOYABILITY)
    (record,) = file.records
    assert (record.id, record.use, record.about) == (survey.record, "survey", referral.id)
    assert {a.question: a.value or a.text for a in file.answers} == {
        "satisfaction": "very_high",
        "satisfaction_why": "Fueron amables",
    }
    assert due(desk, case) == []


def test_to_prefer_not_to_answer_is_silence_and_no_degree(desk: Office) -> None:
    case = opened(desk)
    closed(desk, case)
    surveys.satisfy(desk, case, about_first(desk, case), Missing.REFUSED)
    file = read(desk, case)
    assert (file.surveys[0].answered, file.satisfactions[0].scale) == (Answered.REFUSED, Missing.REFUSED)


def test_what_the_case_knows_is_not_asked_and_what_it_learns_is_kept(desk: Office) -> None:
    case = opened(desk, sex=Sex.WOMAN, birth=date(1990, 1, 1), language=Language.ES, situation=Situation.LOOKING)
    closed(desk, case, on=DAY - timedelta(days=90))
    about = next(a for a in surveys.due_for(read(desk, case), DAY) if a.kind is SurveyKind.CERTIFICATION)
    draft, filling, beside = surveys.begin(desk, case, about)
    asked = {filling.form.at(addr).name for addr in filling.visible()}
    assert not asked & {"sex", "age_band", "language", "spanish_reads", "spanish_speaks"}
    assert {"birth_country", "schooling", "has_children", "cert_q09"} <= asked
    filled(filling, {"schooling": "technical", "cert_q20": ["trabaja"], "cert_q21": "si", "has_children": "no"})
    surveys.complete(desk, draft, filling, beside)
    person = read(desk, case).person
    assert (person.schooling, person.situation, person.sex) == (Schooling.TECHNICAL, Situation.RELATED_JOB, Sex.WOMAN)
    _draft, again, _beside = surveys.begin(desk, case, about)
    assert not again.relevant(again.form.question("schooling").addr)


def test_a_missing_answer_takes_nothing_away(desk: Office) -> None:
    case = opened(desk, situation=Situation.OTHER_JOB)
    about = About(kind=SurveyKind.EMPLOYMENT, part="90", area=ServiceArea.INTERMEDIATION)
    draft, filling, beside = surveys.begin(desk, case, about)
    filled(filling, {"still_in_job": "yes", "situation": Missing.REFUSED})
    surveys.complete(desk, draft, filling, beside)
    file = read(desk, case)
    assert file.person.situation is Situation.OTHER_JOB
    assert ("situation", "?refused") in {(a.question, a.value) for a in file.answers}  # but it was said


def test_a_colleagues_change_meanwhile_stays(desk: Office) -> None:
    case = opened(desk)
    about = About(kind=SurveyKind.EMPLOYMENT)
    draft, filling, beside = surveys.begin(desk, case, about)
    people.edit_person(desk, read(desk, case).person, schooling=Schooling.PRIMARY, situation=Situation.STUDYING)
    filled(filling, {"situation": "looking"})
    surveys.complete(desk, draft, filling, beside)
    person = read(desk, case).person
    assert (person.schooling, person.situation) == (Schooling.PRIMARY, Situation.LOOKING)


def test_a_draft_waits_and_is_answered_once(desk: Office) -> None:
    case = opened(desk)
    about = About(kind=SurveyKind.EMPLOYMENT, about=closed(desk, case).id, part="90")
    draft, filling, beside = surveys.begin(desk, case, about, Manner.PHONE)
    filled(filling, {"still_in_job": "left"})
    draft = intake.save_draft(desk, draft, filling, beside)
    (waiting,) = intake.waiting(desk)
    assert (waiting.title, waiting.answered) == ("Rose Désir", 1)
    resumed = intake.resumed(desk, waiting)
    surveys.complete(desk, waiting, resumed.filling, resumed.beside)
    (survey,) = read(desk, case).surveys
    assert (survey.about, survey.part, survey.manner) == (about.about, "90", Manner.PHONE)
    assert intake.waiting(desk) == []
    for again in (intake.save_draft, surveys.complete):
        with pytest.raises(NotAllowed):
            again(desk, draft, filling, beside)


def test_nothing_answered_is_no_answer(desk: Office) -> None:
    case = opened(desk)
    draft, filling, beside = surveys.begin(desk, case, About(kind=SurveyKind.EMPLOYMENT))
    with pytest.raises(NotAllowed):
        surveys.complete(desk, draft, filling, beside)
    filled(filling, {"still_in_job": Missing.REFUSED})
    surveys.complete(desk, draft, filling, beside)
    assert read(desk, case).surveys[0].answered is Answered.REFUSED


def test_the_name_of_a_restricted_case_is_on_no_draft(desk: Office) -> None:
    case = opened(desk)
    protection.open_path(desk, case, [])
    draft, filling, beside = surveys.begin(desk, case, About(kind=SurveyKind.EMPLOYMENT))
    assert intake.save_draft(desk, draft, filling, beside).title == ""


def test_a_damaged_draft_still_says_what_it_asks(desk: Office) -> None:
    case = opened(desk)
    draft, filling, _beside = surveys.begin(desk, case, About(kind=SurveyKind.EMPLOYMENT, part="90"))
    filled(filling, {"still_in_job": "yes"})
    surveys.complete(desk, draft, filling, {surveys.ABOUT: {"area": "nowhere"}})
    assert read(desk, case).surveys[0].kind is SurveyKind.EMPLOYMENT


# checks of knowledge

RIGHT = {
    "labour_rights_same_rights": "yes",
    "labour_rights_employer_free": "no",
    "labour_rights_complaint": "dt",
}


def check(office: Office, case: str, answers: Mapping[str, Any], topic: Topic = Topic.LABOUR_RIGHTS) -> None:
    draft, filling, beside = surveys.begin(office, case, surveys.about_check(read(office, case), topic))
    surveys.complete(office, draft, filled(filling, answers), beside)


def test_before_and_after_a_session(desk: Office) -> None:
    case = opened(desk)
    check(desk, case, RIGHT | {"labour_rights_complaint": "sii", "labour_rights_same_rights": Missing.UNKNOWN})
    check(desk, case, RIGHT)
    (known,) = read(desk, case).checks
    assert (known.topic, known.session, known.asked) == (Topic.LABOUR_RIGHTS, DAY, 3)
    assert (known.pre, known.post) == (1, 3)
    check(desk, case, RIGHT)  # another session of that day begins anew
    assert [(c.pre, c.post) for c in read(desk, case).checks] == [(1, 3), (3, None)]


def test_mexico_city_has_no_check_until_it_loads_one(desk: Office) -> None:
    from dataclasses import replace

    desk.city = replace(desk.city, id="cdmx")
    case = opened(desk)
    with pytest.raises(UserError):
        surveys.begin(desk, case, surveys.about_check(read(desk, case), Topic.UNIONS))
    assert forms.in_use(desk, "check_unions") is None
    own = (forms.city_file(desk.city.folder.parent / "santiago", "check_unions")).read_bytes()
    forms.load(desk, "check_unions", own, "md")
    check(desk, case, {"unions_cut": "workers"}, Topic.UNIONS)
    assert read(desk, case).checks[0].pre == 1


def test_an_office_asks_its_own_version(desk: Office) -> None:
    own = forms.city_file(desk.city.folder, "survey_satisfaction").read_text(encoding="utf-8")
    own = own.replace("| 1       | Español", "| 2       | Español").replace("¿Por qué?", "¿Qué le gustó?")
    forms.load(desk, "survey_satisfaction", own.encode(), "md")
    case = opened(desk)
    closed(desk, case)
    surveys.satisfy(desk, case, about_first(desk, case), Scale.LOW, "Nada")
    file = read(desk, case)
    assert file.records[0].version == "2"
    assert [a.label for a in file.answers] == ["¿Cómo es su satisfacción con este servicio?", "¿Qué le gustó?"]


def test_a_form_without_the_question_is_told_and_nothing_is_written(desk: Office) -> None:
    own = forms.city_file(desk.city.folder, "survey_satisfaction").read_text(encoding="utf-8")
    own = own.replace("| 1       | Español", "| 2       | Español").replace("${satisfaction}", "${pleased}")
    own = own.replace("select_one satisfaction | satisfaction ", "select_one satisfaction | pleased ")
    forms.load(desk, "survey_satisfaction", own.encode(), "md")
    case = opened(desk)
    before = table_rows(desk.vault)
    with pytest.raises(UserError):
        surveys.satisfy(desk, case, About(kind=SurveyKind.SATISFACTION), Scale.HIGH)
    with pytest.raises(UserError):
        surveys.satisfaction_form(desk)
    assert table_rows(desk.vault) == before


def test_what_a_question_cannot_take_is_kept_in_words(desk: Office) -> None:
    case = opened(desk)
    draft, filling, beside = surveys.begin(desk, case, About(kind=SurveyKind.EMPLOYMENT))
    filled(filling, {"situation": "abuelo", "still_in_job": "yes"})  # a code that the list has lost
    surveys.complete(desk, draft, filling, beside)
    file = read(desk, case)
    assert file.person.situation is Missing.NOT_ASKED
    assert any("abuelo" in a.text for a in file.answers)


# merge and undo


def everything(file: CaseFile) -> tuple[Any, ...]:
    return (file.surveys, file.satisfactions, file.checks, file.records, file.answers)


def test_undo_takes_it_back_and_redo_brings_it_again(desk: Office) -> None:
    case = opened(desk, situation=Situation.LOOKING)
    closed(desk, case)
    before = table_rows(desk.vault)
    surveys.satisfy(desk, case, about_first(desk, case), Scale.HIGH)
    after = everything(read(desk, case))
    history.undo(desk)
    assert table_rows(desk.vault) == before
    history.redo(desk)
    assert everything(read(desk, case)) == after
    check(desk, case, RIGHT)
    check(desk, case, RIGHT)
    history.undo(desk)
    assert [(c.pre, c.post) for c in read(desk, case).checks] == [(3, None)]


def test_answers_go_with_their_case_when_joined_and_separated(desk: Office) -> None:
    one, other = opened(desk), opened(desk, given="Roz")
    closed(desk, other)
    surveys.satisfy(desk, other, about_first(desk, other), Scale.HIGH, "Bien")
    check(desk, other, {"labour_rights_same_rights": "yes"})
    told = everything(read(desk, other))
    closed(desk, one)
    merging.merge(desk, one, other, {})
    assert everything(read(desk, one)) == told
    for about in surveys.due_for(read(desk, one), DAY):
        surveys.satisfy(desk, one, about, Scale.LOW)
    check(desk, one, RIGHT)  # the session goes on in the joined file
    merging.separate(desk, other)
    kept, left = read(desk, one), read(desk, other)
    assert [s.scale for s in kept.satisfactions] == [Scale.LOW]
    assert [s.scale for s in left.satisfactions] == [Scale.HIGH]
    assert left.surveys[-1:] == told[0][-1:]
    assert [(c.pre, c.post) for c in left.checks] == [(1, 3)]
    assert {a.record for a in left.answers} <= {r.id for r in left.records}
    assert {a.record for a in kept.answers} <= {r.id for r in kept.records}


def test_a_survey_begun_before_a_merge_is_completed_in_the_joined_file(desk: Office) -> None:
    one, other = opened(desk), opened(desk, given="Roz")
    referral = closed(desk, other)
    draft, filling, beside = surveys.begin(desk, other, about_first(desk, other))
    merging.merge(desk, one, other, {})
    filled(filling, {"satisfaction": "high"})
    _done, case = surveys.complete(desk, draft, filling, beside)
    assert case == one
    assert read(desk, one).surveys[0].about == referral.id


def test_a_survey_is_no_fact_of_the_person(desk: Office) -> None:
    case = opened(desk)
    closed(desk, case)
    surveys.satisfy(desk, case, about_first(desk, case), Scale.HIGH, "Bien")
    assert read(desk, case).latest_answers == ()


def test_a_day_later_the_session_is_another(desk: Office) -> None:
    case = opened(desk)
    check(desk, case, RIGHT)
    with clock.at(datetime(DAY.year, DAY.month, DAY.day + 1, 12).astimezone()):
        assert surveys.about_check(read(desk, case), Topic.LABOUR_RIGHTS).part == "before"


@pytest.mark.parametrize("name", [name for name in forms.SURVEYS if name.startswith("survey_")])
@settings(max_examples=8, deadline=None, phases=NO_SHRINK, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_word_of_a_survey_is_in_the_case(desk: Office, name: str, data: st.DataObject) -> None:
    case = opened(desk)
    kind = SurveyKind(name.removeprefix("survey_"))
    draft, filling, beside = surveys.begin(desk, case, About(kind=kind))
    fill(data, filling)
    told = [ways for _addr, ways in parts(filling)]
    if not told:
        return
    surveys.complete(desk, draft, filling, beside)
    kept = said(desk, case) + reserved(desk, [case])
    for ways in told:
        assert any(way in kept for way in ways), ways


@pytest.mark.parametrize("why", ["rule", "consent"])
def test_nobody_is_called_who_must_not_be(desk: Office, why: str) -> None:
    case = opened(desk, **({"contact_rule": ContactRule.ONLY_IN_PERSON} if why == "rule" else {}))
    closed(desk, case)
    if why == "consent":
        consents.record(desk, case, {consents.CONTACT: ConsentState.REFUSED})
    about = about_first(desk, case)
    for act in (
        lambda: surveys.satisfy(desk, case, about, Scale.HIGH, manner=Manner.PHONE),
        lambda: surveys.begin(desk, case, about, Manner.PHONE),
        lambda: surveys.record_no_answer(desk, case, about, Answered.NOT_REACHED, Manner.PHONE),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert read(desk, case).surveys == ()
    surveys.satisfy(desk, case, about, Scale.HIGH)
    assert len(read(desk, case).surveys) == 1
