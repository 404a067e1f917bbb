"""Sensitive answers read again: from the compartment, by those who have its key, with the look written down."""

from __future__ import annotations

from dataclasses import dataclass

from migrant_office.models.coded import label_of
from migrant_office.models.forms.form import Form, Question
from migrant_office.models.office import Office
from migrant_office.models.restricted import PrivateAnswer
from migrant_office.services import protection
from migrant_office.services.office_forms import INTAKE, every_version

FIELDS = ("orientation", "orientation_words", "entry")
"""Of the protection record: told in private, and shown nowhere else."""


@dataclass(frozen=True, slots=True)
class PrivateLine:
    """A question as it was asked, and the answer in words."""

    label: str
    words: str


def read_private(office: Office, case: str, lang: str) -> tuple[PrivateLine, ...]:
    """What was told in private, the newest answer to each question. Raises `CompartmentClosed`, and `Gone`."""
    file = protection.opened(office, case, "private")
    kept, forms = protection.protection_of(file), every_version(office, INTAKE)
    lines = [line_of(forms, name, code, lang) for name in FIELDS if (code := str(getattr(kept, name)))]
    answers = sorted(file.all(PrivateAnswer).values(), key=lambda one: (str(one.made), one.id))
    latest = {one.question: one for one in answers}
    lines += [PrivateLine(one.label or one.question, one.words or one.text or one.value) for one in latest.values()]
    return tuple(lines)


def line_of(forms: list[Form], name: str, code: str, lang: str) -> PrivateLine:
    """A field of the protection record in the words of the newest form that asks for it."""
    for form in forms:
        question = next((one for one in form.root.questions() if one.maps_to == f"protection.{name}"), None)
        if question is not None:
            return PrivateLine(question.label.get(lang) or name, words_of(form, question, code, lang))
    return PrivateLine(name, code)


def words_of(form: Form, question: Question, code: str, lang: str) -> str:
    listed = form.lists.get(question.list_name)
    choice = listed.by_value.get(code) if listed else None
    return choice.label.get(lang) if choice else label_of(code)
