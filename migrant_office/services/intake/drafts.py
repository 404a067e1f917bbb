"""Drafts: what is typed is on disk within a second, valid or not, and waits for whoever goes on with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from migrant_office.errors import NotAllowed, UserError
from migrant_office.i18n import N_
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import Repeat
from migrant_office.models.forms.versions import carried
from migrant_office.models.missing import Missing
from migrant_office.models.office import Office, new_id
from migrant_office.models.reads import people as reads
from migrant_office.models.sheet_row import TYPED
from migrant_office.models.survey import Survey
from migrant_office.models.vault import drafts
from migrant_office.models.vault.drafts import Draft
from migrant_office.services import people
from migrant_office.services.intake.changes import BEGUN, begun_in
from migrant_office.services.intake.held import MEMBERS
from migrant_office.services.intake.prefilling import prefill
from migrant_office.services.intake.record import text_of
from migrant_office.services.office_forms import COMPLETION, INTAKE, SURVEYS, form_given, intake_form

NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Resumed:
    """A draft taken up: its filling, and what stands beside the answers (keys of files that were chosen)."""

    filling: FormFilling
    beside: Mapping[str, Any]


def new_draft(office: Office, form: str = INTAKE) -> Draft:
    """A draft not yet on disk; its subject is the id that the case (or the household) will have."""
    return Draft(id=new_id(), form=form, subject=new_id(), title="", body="", officer=office.officer)


def begin(office: Office, form: str = INTAKE, case: str = "") -> tuple[Draft, FormFilling]:
    """A new form, empty; or with `case` the intake of somebody known, with what was told already.

    Raises `FormRefused`, and `Gone` when the case is not there any more.
    """
    draft = new_draft(office, COMPLETION if case else form)
    filling = FormFilling(intake_form(office, draft.form))
    if not case:
        for repeat in (item for item in filling.form.by_path.values() if isinstance(item, Repeat)):
            if repeat.maps_to == MEMBERS and filling.can_add(repeat.addr):
                filling.add(repeat.addr)  # the one who speaks
        return draft, filling
    person = people.read_case(office, case).person
    prefill(filling, person)
    body = json.dumps({"filling": filling.snapshot(), BEGUN: filling.snapshot()}, ensure_ascii=False)
    return replace(draft, subject=case, title=person.name, body=body), filling


def save_draft(office: Office, draft: Draft, filling: FormFilling, beside: Mapping[str, Any] = NOTHING) -> Draft:
    """Keep what was typed, durable when this returns. Not an operation: autosave would fill the log for ever."""
    refuse_completed(office, draft)
    answered, asked = filling.progress()
    told = {"filling": filling.snapshot(), "beside": dict(beside)}
    if shown := begun_in(draft):
        told[BEGUN] = shown
    body = json.dumps(told, ensure_ascii=False)
    return drafts.save(
        office.vault,
        replace(
            draft,
            title=draft.title if draft.form in SURVEYS else title_of(filling),
            body=body,
            officer=office.officer,
            answered=answered,
            asked=asked,
        ),
    )


def title_of(filling: FormFilling) -> str:
    """The name as far as it was told; that of the first member for a family; none once a sign of danger is marked."""
    told: Mapping[str, Any] = filling.mapped()
    members = filling.records(MEMBERS)
    if any(is_marked(one.get("protection.signs")) for one in (told, *members)):
        return ""
    if not text_of(told.get("person.given")) and not text_of(told.get("person.surname")):
        told = next(iter(members), told)
    return " ".join(
        words for field in ("person.given", "person.surname") if (words := text_of(told.get(field)).strip())
    )


def is_marked(signs: Any) -> bool:
    return bool(signs) and not isinstance(signs, Missing)


def refuse_completed(office: Office, draft: Draft) -> None:
    """A draft whose case is open already must not come back and write it a second time. Raises `NotAllowed`."""
    if draft.form in SURVEYS:
        if not people.exists(office, draft.subject):
            raise NotAllowed(N_("The case file of this survey is not here any more."))
        if draft.id in office.case(draft.subject).all(Survey):  # it bears the id of its draft
            raise NotAllowed(N_("This survey is answered: its answers are in the case file."))
    elif draft.form == COMPLETION:
        if not people.exists(office, draft.subject):
            raise NotAllowed(N_("The case file that this draft completes is not here any more."))
    elif people.exists(office, draft.subject) or reads.household_exists(office.vault, draft.subject):
        raise NotAllowed(N_("This intake is finished: its case file is open. Correct the data there."))


def resume(office: Office, draft: Draft) -> FormFilling:
    """A draft as it was left. Raises `UserError` when its text cannot be read; the draft stays where it is."""
    return resumed(office, draft).filling


def resumed(office: Office, draft: Draft) -> Resumed:
    """As `resume`, with what stands beside the answers."""
    try:
        told = json.loads(draft.body)
        snapshot = told.get("filling", told)  # before version 2 the body was the snapshot alone
        form = intake_form(office, draft.form)
        older = form_given(office, draft.form, str(snapshot.get("digest", "")))
        if older and older.digest != form.digest:
            snapshot = carried(snapshot, older, form)
        return Resumed(FormFilling.restore(form, snapshot), told.get("beside", {}))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UserError(N_("This draft cannot be read any more. It was kept; ask for help.")) from error


def waiting(office: Office) -> list[Draft]:
    """Unfinished drafts, newest first."""
    return [draft for draft in drafts.all_drafts(office.vault) if draft.form != TYPED]


def discard(office: Office, draft: Draft) -> None:
    drafts.discard(office.vault, draft.id)
