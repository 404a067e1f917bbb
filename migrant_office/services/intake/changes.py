"""What somebody changed in a form that was begun with what a case file held."""

from __future__ import annotations

import json
from typing import Any

from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import Path, Question
from migrant_office.models.office import Office
from migrant_office.models.person import Person
from migrant_office.models.vault.drafts import Draft
from migrant_office.models.vault.nouns import NOUNS
from migrant_office.services.intake.prefilling import prefill
from migrant_office.services.intake.record import Told, values
from migrant_office.services.office_forms import intake_form

BEGUN = "begun"  # in a draft: the form as it was shown at the start, before anybody typed


def begun(office: Office, draft: Draft, filling: FormFilling, person: Person) -> Told:
    """What the form said when it was begun. A draft that does not know it (of an earlier program) is compared with the
    case as it is now.
    """
    form, shown = intake_form(office, draft.form), begun_in(draft)
    if shown:
        return FormFilling.restore(form, {**shown, "lang": filling.lang}).mapped()
    before = FormFilling(form, moment=filling.moment, lang=filling.lang)
    prefill(before, person)
    return before.mapped()


def begun_in(draft: Draft) -> dict[str, Any]:
    """The snapshot of the start; empty for a draft that was not begun with a case, or that cannot be read."""
    try:
        found = json.loads(draft.body).get(BEGUN)
    except (ValueError, AttributeError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def differences(person: Person, before: Told, after: Told, filling: FormFilling) -> dict[str, Any]:
    """The fields whose answers changed since the form was begun; one taken away is empty again. So a colleague's change
    meanwhile stays: of a set only what was marked or unmarked here. An answer that wants another look changes nothing.
    """
    noun = NOUNS[Person]
    was, now = values(Person, "person", before), values(Person, "person", after)
    doubted = doubtful(filling)
    found: dict[str, Any] = {}
    for name in was.keys() | now.keys():
        old, new = (told.get(name, noun.defaults[name]) for told in (was, now))
        if old == new or (name not in now and f"person.{name}" in doubted):
            continue
        stored = getattr(person, name)
        value = (stored - (old - new)) | (new - old) if name in noun.flags else new
        if value != stored:
            found[name] = value
    return found


def doubtful(filling: FormFilling) -> frozenset[str]:
    """The fields whose question, or one that they are calculated from, has an answer that no record takes."""
    form = filling.form
    wrong = {form.at(addr).path for addr, _problem in filling.problems() if filling.cell(addr).value}
    asked = (question for question in form.root.questions() if question.maps_to)
    return frozenset(question.maps_to for question in asked if wrong & reached(form.by_path, question))


def reached(by_path: Any, question: Question) -> set[Path]:
    """The paths of a question and of everything it is calculated from."""
    waiting, seen = [question], {question.path}
    while waiting:
        one = waiting.pop()
        for path in (one.calculate.deps if one.calculate else frozenset()) - seen:
            seen.add(path)
            if isinstance(other := by_path.get(path), Question):
                waiting.append(other)
    return seen
