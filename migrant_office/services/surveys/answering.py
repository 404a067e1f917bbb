"""Asking: a form begun with what the case file knows, completed in one operation; or nobody answered."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

from migrant_office import clock
from migrant_office.errors import NotAllowed, UserError
from migrant_office.i18n import N_
from migrant_office.models.case_file import SURVEY, CaseFile
from migrant_office.models.follow_up import AttemptChannel
from migrant_office.models.form_record import Answer
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import Form, Question
from migrant_office.models.missing import Missing
from migrant_office.models.office import Office, new_id
from migrant_office.models.operations import Op
from migrant_office.models.person import Language, Person
from migrant_office.models.restricted import PrivateAnswer
from migrant_office.models.survey import (
    Answered,
    KnowledgeCheck,
    Manner,
    Satisfaction,
    Scale,
    ServiceArea,
    Survey,
    SurveyKind,
    Topic,
)
from migrant_office.models.vault import drafts
from migrant_office.models.vault.drafts import Draft
from migrant_office.models.vault.nouns import changed
from migrant_office.models.vault.operation import Done, Operation
from migrant_office.services import people, situations
from migrant_office.services.attempts import refusal
from migrant_office.services.intake import new_draft, refuse_completed
from migrant_office.services.intake.changes import BEGUN, begun_in, differences
from migrant_office.services.intake.held import Holding
from migrant_office.services.intake.kept import kept_of, told_of
from migrant_office.services.intake.prefilling import prefill
from migrant_office.services.intake.record import answer_of
from migrant_office.services.office_forms import SURVEYS, intake_form
from migrant_office.services.surveys.due import AFTER_SESSION, About, form_name

ABOUT = "survey"  # beside a draft's answers: what it asks about
KNOWN = "known"
"""The calculation that a survey may have: the names of the questions which the case file answers already."""
STAYS = (
    *("sex", "birth", "birth_estimated", "birth_country", "nationality", "nationality_words", "schooling"),
    *("language", "language_words", "spanish_speaks", "spanish_reads", "spanish_writes", "children"),
)
"""What does not change from one visit to the next; everything else is asked anew, that is what a follow-up is for."""
SPANISH = ("spanish_speaks", "spanish_reads", "spanish_writes")
NOTE = "note"
AGE_BAND, HAS_CHILDREN = "age_band", "has_children"
Beside = Mapping[str, Any]


def takes(draft: Draft) -> bool:
    """Whether a draft is a survey's."""
    return draft.form in SURVEYS


def begin(
    office: Office, case: str, about: About, manner: Manner = Manner.DESK
) -> tuple[Draft, FormFilling, dict[str, Any]]:
    """A form begun for somebody, and what stands beside its answers. What the case file knows is not asked again.

    Raises `Gone` for a case that is not there, `UserError` when this office has no such form, `NotAllowed` for a call
    that the person's contact rule or consent forbids.
    """
    refuse_call(office, case, manner)
    form, person = intake_form(office, form_name(about)), people.read_case(office, case).person
    known = changed(Person(id=person.id), **{name: getattr(person, name) for name in STAYS})
    filling = FormFilling(form)
    prefill(filling, known)
    snapshot = filling.snapshot()
    if any(question.name == KNOWN for question in form.root.questions()):
        snapshot["answers"][form.question(KNOWN).addr] = " ".join(sorted(answered_by(filling, known)))
        filling = FormFilling.restore(form, snapshot)
    body = json.dumps({"filling": filling.snapshot(), BEGUN: filling.snapshot()}, ensure_ascii=False)
    title = "" if person.restricted else person.name
    draft = replace(new_draft(office, form_name(about)), subject=case, title=title, body=body)
    return draft, filling, {ABOUT: to_json(about, manner)}


def refuse_call(office: Office, case: str, manner: Manner | None) -> None:
    """To ask by telephone is a contact. Raises `NotAllowed` where nobody may call, with the way out."""
    sentence = refusal(office, office.case(case), AttemptChannel.CALL) if manner is Manner.PHONE else ""
    if sentence:
        raise NotAllowed(sentence)


def answered_by(filling: FormFilling, person: Person) -> set[str]:
    """The questions that need not be asked: those that were filled, and what follows from what is known."""
    asked = [q for q in filling.form.root.questions() if q.takes_answer and not filling.form.trails[q.path]]
    found = {q.name for q in asked if filling.cell(q.addr).value or filling.cell(q.addr).missing}
    if isinstance(person.birth, date):
        found.add(AGE_BAND)
    if isinstance(person.children, int):
        found.add(HAS_CHILDREN)
    return found | set(SPANISH) if person.language is Language.ES else found


def complete(office: Office, draft: Draft, filling: FormFilling, beside: Beside) -> tuple[Done, str]:
    """Keep the answers with the case and take the draft away: one operation. What the case file did not know goes into
    it. Returns the operation and the case.

    Raises `NotAllowed` for a survey that is answered already and for one without any answer.
    """
    refuse_completed(office, draft)
    about, manner = from_json(beside.get(ABOUT, {}), draft)
    case = people.read_case(office, draft.subject)
    holding = Holding(filling, SURVEY)
    given = answers_in(holding)
    if not given:
        raise NotAllowed(N_("Nothing is answered yet. If nobody answers, note that in the case file."))
    with office.case_operation(Op.SURVEY, draft.subject) as op:
        news = news_of(case.person, draft, filling)
        op.set(case.person, **news)
        situations.put_change(office, op, case.person, news)
        kept = kept_of(office, holding)
        record = op.put(changed(kept.record, about=about.about))
        valid = any(not isinstance(answer, Missing) for answer in given.values())
        answered = Answered.ANSWERED if valid else Answered.REFUSED
        survey = op.put(new_survey(office, about, answered, manner, id=draft.id, record=record.id))
        for answer in (*kept.answers, *unheld(case.person, news, filling, record.id, record.made), *kept.private):
            op.put(answer, on=draft.subject if isinstance(answer, PrivateAnswer) else None)
        if kept.note:  # what its question could not take, in words
            op.put(Answer(id=new_id(), record=record.id, question=NOTE, text=kept.note, made=record.made))
        count(op, case, survey, about, given, filling)
        drafts.discard(office.vault, draft.id)
    return op.done, office.vault.who(draft.subject)


def answers_in(holding: Holding) -> dict[str, str | Missing]:
    """What was answered to each question asked, by its name; a reason when the person would not or could not."""
    found: dict[str, str | Missing] = {}
    for _owner, addr, question in holding.told:
        cell = holding.filling.cell(addr)
        found[question.name] = cell.missing or cell.value
    return found


def news_of(person: Person, draft: Draft, filling: FormFilling) -> dict[str, Any]:
    """What the case file learns: also why it was not answered, but not in the place of something that is known."""
    shown = begun_in(draft)
    before = FormFilling.restore(filling.form, {**shown, "lang": filling.lang}).mapped() if shown else {}
    news = differences(person, before, filling.mapped(), filling)
    known = {name for name in news if answer_of(getattr(person, name)) is not None}
    return {name: value for name, value in news.items() if not (isinstance(value, Missing) and name in known)}


def unheld(person: Person, news: Mapping[str, Any], filling: FormFilling, record: str, day: date) -> Iterator[Answer]:
    """The answers that would have put a reason in the place of something known: kept as answers of the survey."""
    for question in filling.form.root.questions():
        noun, _, name = question.maps_to.partition(".")
        if noun != "person" or not question.takes_answer or name in news:
            continue
        cell = filling.cell(question.addr)
        said = cell.missing if cell.relevant and cell.missing is not Missing.NOT_ASKED else None
        if said and getattr(person, name, said) is not said:
            yield Answer(id=new_id(), record=record, made=day, **told_of(filling, question.addr, question))


def count(
    op: Operation,
    case: CaseFile,
    survey: Survey,
    about: About,
    given: Mapping[str, str | Missing],
    filling: FormFilling,
) -> None:
    """What of the answers is counted by itself."""
    if about.kind is SurveyKind.SATISFACTION:
        told = given.get("satisfaction", Missing.NOT_ASKED)
        op.put(
            Satisfaction(
                id=new_id(),
                survey=survey.id,
                scale=told if isinstance(told, Missing) else Scale(told) if told in set(Scale) else Missing.NOT_ASKED,
                area=about.area or ServiceArea.OTHER,
                service=about.service,
                recorded=survey.recorded,
            )
        )
    if about.kind is SurveyKind.CHECK and survey.answered is Answered.ANSWERED:
        put_check(op, case, survey, about, score(filling), asked(filling))


def put_check(op: Operation, case: CaseFile, survey: Survey, about: About, right: int, asked: int) -> None:
    """The first answers begin a check, those after the session complete the one of that day."""
    day = about.session or survey.made
    if about.part != AFTER_SESSION:
        op.put(
            KnowledgeCheck(
                id=new_id(), topic=about.topic, session=day, asked=asked, pre=right, recorded=survey.recorded
            )
        )
        return
    mine = [c for c in case.checks if c.topic is about.topic and c.session == day and c.post is None]
    if mine:
        op.set(mine[-1], post=right, recorded=survey.recorded)
    else:
        op.put(
            KnowledgeCheck(
                id=new_id(), topic=about.topic, session=day, asked=asked, post=right, recorded=survey.recorded
            )
        )


def marked(filling: FormFilling) -> list[Question]:
    """The questions of a check: those whose list says which choice is `correct`."""
    lists = filling.form.lists
    rights = {name for name, listed in lists.items() if any(is_right(c.columns) for c in listed.choices)}
    return [q for q in filling.form.root.questions() if q.list_name in rights]


def is_right(columns: Mapping[str, str]) -> bool:
    return columns.get("correct", "") == "yes"


def score(filling: FormFilling) -> int:
    """How many answers are right. Not to know is not right, and not to answer neither."""
    found = 0
    for question in marked(filling):
        chosen = filling.form.lists[question.list_name].by_value.get(filling.cell(question.addr).value)
        found += chosen is not None and is_right(chosen.columns)
    return found


def asked(filling: FormFilling) -> int:
    return len(marked(filling))


def satisfaction_form(office: Office) -> Form:
    """The form in use with the one question. Raises `UserError` when the office has loaded one without it."""
    form = intake_form(office, f"survey_{SurveyKind.SATISFACTION}")
    the_question(form)
    return form


def the_question(form: Form) -> Question:
    """Raises `UserError` when a form of satisfaction does not ask it as one of a list."""
    found = next((q for q in form.root.questions() if q.name == "satisfaction" and q.list_name), None)
    if found is None:
        raise UserError(N_("The form in use does not ask for satisfaction. Load one that does."))
    return found


def the_reason(form: Form) -> Question | None:
    """Where a form keeps why; not every office asks it."""
    return next((q for q in form.root.questions() if q.name == "satisfaction_why" and q.takes_answer), None)


def satisfy(
    office: Office, case: str, about: About, scale: Scale | Missing, why: str = "", manner: Manner = Manner.DESK
) -> Done:
    """The one question of satisfaction, answered in one go. Raises as `begin`, `complete` and `the_question`."""
    draft, filling, beside = begin(office, case, about, manner)
    filling.set(the_question(filling.form).addr, scale if isinstance(scale, Missing) else scale.value)
    if why.strip() and (reason := the_reason(filling.form)):
        filling.set(reason.addr, why.strip())
    return complete(office, draft, filling, beside)[0]


def record_no_answer(office: Office, case: str, about: About, answered: Answered, manner: Manner | None = None) -> Done:
    """Somebody would not answer, or could not be reached. Without these a share of the satisfied means nothing.

    Raises `Gone` for a case that is not there, `NotAllowed` for a call that nobody may make.
    """
    if answered is Answered.ANSWERED:
        raise ValueError(answered)
    refuse_call(office, case, manner)
    with office.case_operation(Op.SURVEY, case) as op:
        op.put(new_survey(office, about, answered, manner))
    return op.done


def new_survey(
    office: Office, about: About, answered: Answered, manner: Manner | None, *, id: str = "", record: str = ""
) -> Survey:
    today = clock.today()
    return Survey(
        id=id or new_id(),
        kind=about.kind,
        answered=answered,
        made=today,
        recorded=today,
        manner=manner,
        part=about.part,
        service=about.service,
        area=about.area,
        topic=about.topic,
        about=about.about,
        record=record,
        officer=office.officer,
    )


# beside a draft

CODES: dict[str, Any] = {"kind": SurveyKind, "area": ServiceArea, "topic": Topic}
DAYS = ("session", "since")


def to_json(about: About, manner: Manner) -> dict[str, Any]:
    told = {field.name: getattr(about, field.name) for field in fields(About)}
    return {name: str(v) if isinstance(v, date) else v for name, v in told.items() if v} | {"manner": manner.value}


def from_json(told: Mapping[str, Any], draft: Draft) -> tuple[About, Manner]:
    """What a draft asks about; as far as its form's name tells when that was damaged."""
    values: dict[str, Any] = {}
    try:
        for name, value in told.items():
            if name in CODES:
                values[name] = CODES[name](value)
            elif name in DAYS:
                values[name] = date.fromisoformat(value)
            elif name != "manner":
                values[name] = value
        return About(**values), Manner(told.get("manner", Manner.DESK))
    except (TypeError, ValueError):
        kind, _, of = draft.form.partition("_")
        if kind == "check":
            return About(kind=SurveyKind.CHECK, topic=Topic(of)), Manner.DESK
        return About(kind=SurveyKind(of)), Manner.DESK
