"""The papers a person holds: noted, corrected, a copy kept with them, and which of them will soon end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from migrant_office import clock
from migrant_office.models.attachment import Kept
from migrant_office.models.mobility import HeldDocument
from migrant_office.models.office import Office
from migrant_office.models.operations import Op
from migrant_office.models.person import full_name
from migrant_office.models.reads import papers as reads
from migrant_office.models.vault.cells import parse_date
from migrant_office.models.vault.nouns import changed
from migrant_office.models.vault.operation import Done, Operation
from migrant_office.services import attachments, office_forms

LIST = "document"  # of the city's intake form: the kinds of papers that are known in this city
OTHER = "other"
SOON, LATER = 30, 60  # days before the end of a paper: a renewal takes weeks


@dataclass(frozen=True, slots=True)
class Expiring:
    """A paper whose end is near or past. Of a restricted case the folio alone: this list stands open on the desk."""

    case: str
    number: str
    name: str
    kind: str
    expires: date


def kinds(office: Office) -> dict[str, Mapping[str, str]]:
    """The kinds of papers of every intake form that was ever in use, those of the form in use first and in its order:
    code → words by language. Where a form changed a word, the newest counts.

    Empty when no form has such a list or none can be read: codes are then shown as they are.
    """
    found: dict[str, Mapping[str, str]] = {}
    for form in office_forms.every_version(office, office_forms.INTAKE):
        listed = form.lists.get(LIST)
        for choice in listed.choices if listed else ():
            found.setdefault(choice.value, choice.label.by_lang)
    return found


def write_paper(op: Operation, case: str, paper: HeldDocument, copy: Kept | None = None) -> HeldDocument:
    """A paper, with its copy, inside an operation; without a kind it is one of another kind, so that it is there."""
    whole = paper if paper.kind else changed(paper, kind=OTHER)
    if copy is None:
        return op.put(whole, on=case)
    attachments.attach(op, case, copy, paper.id)
    return op.put(changed(whole, copy=copy.id), on=case)


def put_paper(office: Office, case: str, paper: HeldDocument, copy: Kept | None = None) -> Done:
    """Note a paper of an open case. Raises `Gone` when the case is not there any more."""
    with office.case_operation(Op.EDIT_PAPER, case) as op:
        write_paper(op, case, paper, copy)
    return op.done


def edit_paper(office: Office, case: str, shown: HeldDocument, new_copy: Kept | None = None, **values: Any) -> Done:
    """Change what differs from `shown`. A new copy takes the place of the one before; `copy=""` takes it away."""
    with office.case_operation(Op.EDIT_PAPER, case) as op:
        if new_copy is not None:
            attachments.attach(op, case, new_copy, shown.id)
            values["copy"] = new_copy.id
        if shown.copy and values.get("copy", shown.copy) != shown.copy:
            attachments.detach(op, case, shown.copy)
        op.set(shown, on=case, **values)
    return op.done


def expiring(office: Office, *, within: int = LATER, since: int = LATER) -> list[Expiring]:
    """Papers that end in the next `within` days or ended in the last `since`, the most pressing first."""
    today = clock.today()
    first, last = today - timedelta(days=since), today + timedelta(days=within)
    found = []
    for case, number, restricted, kind, expires, *names in reads.expiring(
        office.vault, first.isoformat(), last.isoformat()
    ):
        day = parse_date(date, expires)
        if isinstance(day, date):
            found.append(Expiring(case, number, "" if restricted else full_name(*names), kind, day))
    return found
