"""A form begun for somebody who is known: what was told once is not asked again."""

from __future__ import annotations

from datetime import date
from typing import Any

from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import ChoiceList, Question
from migrant_office.models.person import Person
from migrant_office.services.intake.record import answer_of

BIRTH_DATE, AGE, PLACE, ELSEWHERE, OTHER = "birth_date", "age", "place", "place_other", "other"
"""Standard questions from which the form calculates a field: the way back is known for these alone."""


def prefill(filling: FormFilling, person: Person) -> None:
    """Answer the form's questions with what the case file holds of a person."""
    for question in filling.form.root.questions():
        record, _, field = question.maps_to.partition(".")
        if record == "person" and question.takes_answer and hasattr(person, field):
            answer = answer_of(getattr(person, field))
            if answer is not None:
                put(filling, question, answer)
    by_name = {question.name: question for question in filling.form.root.questions()}
    for name, answer in calculated_back(person, by_name, filling).items():
        if name in by_name and by_name[name].takes_answer:
            put(filling, by_name[name], answer)


def put(filling: FormFilling, question: Question, answer: Any) -> None:
    """Set one answer; a question of a repeated group belongs to another record."""
    if filling.form.trails[question.path]:
        return
    filling.set(question.addr, answer)


def calculated_back(person: Person, by_name: dict[str, Question], filling: FormFilling) -> dict[str, str]:
    """Answers to the questions behind the calculated birth date and commune."""
    found: dict[str, str] = {}
    if isinstance(person.birth, date) and not person.birth_estimated:
        found[BIRTH_DATE] = person.birth.isoformat()
    elif (age := person.age_on(filling.moment.date())) is not None:
        found[AGE] = str(age)
    if person.commune and PLACE in by_name:
        code = code_of(filling.form.lists.get(by_name[PLACE].list_name), person.commune, filling.lang)
        found |= {PLACE: code} if code else {PLACE: OTHER, ELSEWHERE: person.commune}
    return found


def code_of(choices: ChoiceList | None, words: str, lang: str) -> str:
    """The code whose words these are."""
    offered = choices.choices if choices else ()
    return next((choice.value for choice in offered if choice.label.get(lang) == words), "")
