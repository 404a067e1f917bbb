"""Intake: a form being filled, its draft that saves itself, and the case it opens."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from migrant_office.errors import NotAllowed, UserError
from migrant_office.i18n import N_
from migrant_office.models.encounter import Channel
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import Form, Question, address
from migrant_office.models.forms.library import city_form
from migrant_office.models.missing import Missing
from migrant_office.models.need import Need, NeedKind
from migrant_office.models.office import Office, new_id
from migrant_office.models.operations import Op
from migrant_office.models.person import Person
from migrant_office.models.vault import drafts
from migrant_office.models.vault.drafts import Draft
from migrant_office.models.vault.nouns import NOUNS
from migrant_office.models.vault.operation import Done
from migrant_office.services import people

FORM = "intake"


def intake_form(office: Office) -> Form:
    """The city's intake form. Raises `FormRefused` when somebody broke it."""
    return city_form(office.city.folder, FORM)


def new_draft(office: Office) -> Draft:
    """A draft not yet on disk; its subject is the id the case will have."""
    return Draft(id=new_id(), form=FORM, subject=new_id(), title="", body="", officer=office.officer)


def save_draft(office: Office, draft: Draft, filling: FormFilling) -> Draft:
    """Keep what was typed, durable when this returns. Not an operation: autosave would fill the log for ever."""
    name = " ".join(
        str(v)
        for k in ("person.given", "person.surname")
        if isinstance(v := filling.mapped().get(k, ""), str) and not isinstance(v, Missing)
    )
    body = json.dumps(filling.snapshot(), ensure_ascii=False)
    refuse_completed(office, draft)
    return drafts.save(
        office.vault,
        Draft(
            id=draft.id, form=draft.form, subject=draft.subject, title=name.strip(), body=body, officer=office.officer
        ),
    )


def refuse_completed(office: Office, draft: Draft) -> None:
    """A draft whose case is open already must not come back and write it a second time. Raises `NotAllowed`."""
    if people.exists(office, draft.subject):
        raise NotAllowed(N_("This intake is finished: its case file is open. Correct the data there."))


def resume(office: Office, draft: Draft) -> FormFilling:
    """A draft as it was left. Raises `UserError` when its text cannot be read; the draft stays where it is."""
    try:
        return FormFilling.restore(intake_form(office), json.loads(draft.body))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UserError(N_("This draft cannot be read any more. It was kept; ask for help.")) from error


def waiting(office: Office) -> list[Draft]:
    """Unfinished drafts, newest first."""
    return drafts.all_drafts(office.vault)


def discard(office: Office, draft: Draft) -> None:
    drafts.discard(office.vault, draft.id)


def complete(office: Office, draft: Draft, filling: FormFilling) -> tuple[Done, str]:
    """Open the case with what was answered and take the draft away: one operation, all or nothing.

    No answer is needed: what was not asked is stored as not asked. Returns the operation and the id of the case.
    """
    refuse_completed(office, draft)
    told = filling.mapped()
    needs = told.get("need.kind", ())
    words = text_of(told.get("need.words"))
    with office.operation(Op.OPEN_CASE, draft.subject) as op:
        people.put_case(office, op, person_from(draft.subject, told))
        for code in needs if isinstance(needs, tuple) else ():
            op.put(need_from(code, words))
        op.put(people.new_encounter(office, Channel.IN_PERSON, unfitting(filling)))
        drafts.discard(office.vault, draft.id)
    return op.done, draft.subject


def need_from(code: str, words: str) -> Need:
    """A need by its code; one that only the office's own form knows is "other", told by its code."""
    if code not in set(NeedKind):
        return people.new_need(NeedKind.OTHER, words=code)
    return people.new_need(NeedKind(code), words=words if code == NeedKind.OTHER else "")


def person_from(id: str, told: Mapping[str, Any]) -> Person:
    """The person that the answers tell; fields that no question maps to keep their defaults."""
    known = {f.name for f in fields(Person)} - {"id"}
    return Person(
        id=id,
        **{
            name: field_value(name, value)
            for key, value in told.items()
            if (name := key.removeprefix("person.")) in known and key.startswith("person.")
        },
    )


def text_of(value: object) -> str:
    return value if isinstance(value, str) and not isinstance(value, Missing) else ""


def unfitting(filling: FormFilling) -> str:
    """What was typed but has no place in the case: answers that do not fit their question ("two or three" children)
    and those of questions that name no field. They become a note: nothing typed is lost.
    """
    wrong = {addr for addr, _problem in filling.problems()}
    found = []
    for addr in filling.visible():
        question = filling.form.by_addr[addr]
        if isinstance(question, Question) and question.takes_answer and filling.cell(addr).value:
            homeless = not question.maps_to and addr not in feeding(filling.form)
            if addr in wrong or homeless:
                words = filling.answer_text(addr, filling.lang) or filling.cell(addr).value
                found.append(f"{filling.label(addr, filling.lang)} {words}")
    return "\n".join(found)


def feeding(form: Form) -> set[str]:
    """Addresses of the questions whose answers a calculation carries into a field, such as the age into the birth."""
    carried = [q.calculate for q in form.by_addr.values() if isinstance(q, Question) and q.maps_to and q.calculate]
    return {address(path) for expression in carried for path in expression.deps}


def field_value(name: str, value: Any) -> Any:
    """An answer of the form as the field of the person holds it."""
    if isinstance(value, Missing):
        return value if Missing in getattr(NOUNS[Person].hints[name], "__args__", ()) else NOUNS[Person].defaults[name]
    kinds = getattr(NOUNS[Person].hints[name], "__args__", (NOUNS[Person].hints[name],))
    if bool in kinds:
        return value == "yes"
    if int in kinds:
        return int(value) if value.lstrip("-").isdigit() else NOUNS[Person].defaults[name]
    return NOUNS[Person].readers[name](value)
