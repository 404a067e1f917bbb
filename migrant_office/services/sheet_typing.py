"""What is being written for a row of a sheet and is not saved yet: kept on this computer, as an unfinished form is."""

from __future__ import annotations

import json

from migrant_office.models.office import Office
from migrant_office.models.sheet import SheetText
from migrant_office.models.sheet_row import SAID, TYPED, SheetRow, document_of
from migrant_office.models.vault import drafts
from migrant_office.models.vault.drafts import Draft
from migrant_office.services.sheet_wording import Said, Typing
from migrant_office.services.sheets.laying import WordingRow


def keep(office: Office, name: str, typing: Typing) -> None:
    """Keep what stands in the fields of a row; for a new row also what it is and where it goes."""
    told = {field: getattr(typing.said, field) for field in SAID}
    kept = typing.row.kept
    if typing.row.own and kept is not None:
        told |= {"section": kept.section, "key": kept.key, "place": kept.place}
    body = json.dumps(told, ensure_ascii=False)
    id, document = draft_id(name, typing.row.id), document_of(name)
    drafts.save(office.vault, Draft(id=id, form=TYPED, subject=document, title="", body=body, officer=office.officer))


def forget(office: Office, name: str, row: str) -> None:
    """What was written for a row is saved, or not wanted any more."""
    drafts.discard(office.vault, draft_id(name, row))


def typed(office: Office, name: str, rows: tuple[WordingRow, ...]) -> dict[str, Typing]:
    """What waits of one sheet, by the id of its row; new rows among it, which no sheet has yet."""
    known = {row.id: row for row in rows}
    found = {}
    for draft in drafts.all_drafts(office.vault):
        if draft.form == TYPED and draft.subject == document_of(name):
            id = draft.id.removeprefix(draft_id(name, ""))
            told = json.loads(draft.body)
            row = known.get(id) or _new(id, told)
            if row is not None:
                found[id] = Typing(row, Said(**{field: str(told.get(field, "")) for field in SAID}))
    return found


def _new(id: str, told: dict[str, object]) -> WordingRow | None:
    """A row that was being added; None for a row that the program no longer has."""
    section, key, place = told.get("section"), told.get("key"), told.get("place")
    if not isinstance(section, str) or not isinstance(key, str) or not isinstance(place, float | int):
        return None
    text = SheetText(section, key, "", "", "", "", id=id)
    kept = SheetRow(id=id, section=section, key=key, place=float(place))
    return WordingRow(text, text, None, kept, place=float(place))


def draft_id(name: str, row: str) -> str:
    return f"{document_of(name)}:{row}"
