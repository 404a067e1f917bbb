"""The wording that this office prints: the city's, with what the office says otherwise and the approvals of its Creole.

Every change is one operation on the document of its sheet and is undone as any other. Nothing is written that could
not be printed: a refusal is one sentence that says what to do (docs/decisions/032).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from migrant_office import clock
from migrant_office.errors import Gone, NotAllowed, UserError
from migrant_office.i18n import N_
from migrant_office.models.office import Office, new_id
from migrant_office.models.operations import Op
from migrant_office.models.sheet import BOTH, Paper, SheetDefinition, SheetText
from migrant_office.models.sheet_print import SheetKind
from migrant_office.models.sheet_row import CHANGES, SAID, SheetRow, document_of, fingerprint
from migrant_office.models.vault.nouns import Home, Ref
from migrant_office.models.vault.operation import Done
from migrant_office.services import parity
from migrant_office.services.sheets.definition import load_definition, shipped
from migrant_office.services.sheets.kinds import WORDINGS
from migrant_office.services.sheets.laying import (
    KEYS,
    MOST_OWN,
    TOO_MANY,
    WordingRow,
    cleaned,
    is_fixed,
    lay,
    printed,
    refusal,
)

GONE = N_("This row is not on the sheet any more. Open the sheet again.")


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wrote for a row."""

    icon: str = ""
    es: str = ""
    ht: str = ""
    en: str = ""
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Typing:
    """A row that is being written and what stands in its fields."""

    row: WordingRow
    said: Said


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A sheet in the list. `drafts`: rows whose Creole nobody approved; `changed`: the office says something otherwise;
    `waiting`: rows of the office that are not printed, or whose program's text has changed since.
    """

    name: str
    kind: SheetKind
    title: str
    drafts: int
    changed: bool
    waiting: int


# -- reading


def definition(office: Office, name: str) -> SheetDefinition:
    """The wording of one sheet (`sheets.kinds.WORDINGS`). Raises UserError when its table cannot be used."""
    return _printed(office, name, kept_rows(office, name)).judged(parity.standing(office))


def rows(office: Office, name: str) -> tuple[WordingRow, ...]:
    """Every row of a sheet with its approval, those that the office took out among them."""
    reviews = parity.standing(office)
    laid = lay(load_definition(office.city.id, name), kept_rows(office, name))
    return tuple(replace(row, text=row.text.judged(reviews), said=row.said.judged(reviews)) for row in laid)


def sheets(office: Office) -> list[SheetLine]:
    """The sheets of this city, in the program's order."""
    return [_line(office, name) for name in WORDINGS if shipped(office.city.id, name).exists()]


def _line(office: Office, name: str) -> SheetLine:
    found = rows(office, name)
    title = next((row.text.es for row in found if row.id == "title.title"), "")
    return SheetLine(
        name=name,
        kind=WORDINGS[name].kind,
        title=title,
        drafts=sum(row.worded and not row.removed and not row.text.reviewed for row in found),
        changed=any(row.changed or row.moved for row in found),
        waiting=sum(bool(row.fault) or row.outdated for row in found),
    )


def kept_rows(office: Office, name: str) -> dict[str, SheetRow]:
    """What the office has written for a sheet, by the id of the row."""
    return dict(office.vault.file(Ref(Home.FORM, document_of(name))).all(SheetRow))


def tried(office: Office, name: str, typing: Typing) -> SheetDefinition:
    """The wording as it would be with what is being typed, which nothing keeps; the row may be a new one. Raises
    `UserError` for what cannot be printed.
    """
    kept = kept_rows(office, name)
    made = _changed(name, typing.row, kept.get(typing.row.id), typing.said)
    return _with(office, name, kept, made).judged(parity.standing(office))


def _printed(office: Office, name: str, kept: Mapping[str, SheetRow]) -> SheetDefinition:
    program = load_definition(office.city.id, name)
    return printed(program, lay(program, kept)) if kept else program


# -- writing


def new_row(office: Office, name: str, after: WordingRow, key: str) -> WordingRow:
    """A row of the office's to be written under another, in the same part of the sheet. Raises `NotAllowed` where no
    row can be added.
    """
    section = after.text.section
    if not takes_rows(name, section) or key not in KEYS:
        raise NotAllowed(N_("This part of the sheet takes no rows of the office."))
    here = [row for row in rows(office, name) if row.text.section == section]
    later = [row.place for row in here if row.place > after.place]
    place = (after.place + min(later)) / 2 if later else after.place + 1
    kept = SheetRow(id=new_id(), section=section, key=key, place=place)
    text = SheetText(section, key, "", "", "", "", id=kept.id)
    return WordingRow(text, text, None, kept, place=place)


def of_kind(row: WordingRow, key: str) -> WordingRow:
    """A `new_row` as another of `KEYS`."""
    text = replace(row.text, key=key)
    return replace(row, text=text, said=text, kept=replace(row.kept, key=key) if row.kept else None)


def takes_rows(name: str, section: str) -> bool:
    """Whether rows can be added to a part of a sheet, taken out of it and moved."""
    return WORDINGS[name].framed and not is_fixed(SheetText(section, "", "", "", "", ""))


def add_row(office: Office, name: str, row: WordingRow, said: Said) -> Done:
    """Write a `new_row`. Raises `UserError` for what cannot be printed."""
    kept = kept_rows(office, name)
    if sum(each.own for each in kept.values()) >= MOST_OWN:
        raise UserError(TOO_MANY, count=MOST_OWN)
    made = _changed(name, row, row.kept, said)
    _with(office, name, kept, made)
    with office.operation(Op.ADD_SHEET_ROW, document_of(name)) as op:
        op.put(made)
    return op.done


def save_row(office: Office, name: str, row: WordingRow, said: Said) -> Done:
    """Say a row in the office's words: only what differs from what the screen showed is written. Saving without a
    change says that the office has seen the program's newer text. Raises `UserError` for what cannot be printed.
    """
    kept = _still_there(office, name, row)
    changed = _changed(name, row, kept.get(row.id), said)
    _with(office, name, kept, changed)
    shown = row.kept or SheetRow(id=row.id)
    values = {field: new for field in SAID if (new := _new(row, said, field)) != getattr(shown, field)}
    base = fingerprint(row.shipped) if row.shipped and _says(changed) else None
    with office.operation(Op.EDIT_SHEET, document_of(name)) as op:
        op.set(shown, base=base, **values)
    return op.done


def remove_row(office: Office, name: str, row: WordingRow) -> Done:
    """Take a row out of the sheet; it stays in the list and can be put back. Raises `NotAllowed` for one that the sheet
    needs.
    """
    kept = _still_there(office, name, row)
    if row.needed or not WORDINGS[name].framed:
        raise NotAllowed(N_("The sheet needs this row. Its words can be changed."))
    shown = row.kept or SheetRow(id=row.id)
    values: dict[str, Any] = {"removed": True, "base": fingerprint(row.shipped) if row.shipped else None}
    _with(office, name, kept, replace(kept.get(row.id, shown), **values))
    with office.operation(Op.REMOVE_SHEET_ROW, document_of(name)) as op:
        op.set(shown, **values)
    return op.done


def restore_row(office: Office, name: str, row: WordingRow) -> Done:
    """The program's words and place again; a row of the office's that was taken out comes back with its words."""
    kept = _still_there(office, name, row)
    if row.kept is None:
        return Done()
    values: dict[str, Any] = {"removed": False}
    if not row.kept.own:
        values |= dict.fromkeys((*CHANGES, "base"))
    _with(office, name, kept, replace(kept.get(row.id, row.kept), **values))
    with office.operation(Op.RESTORE_SHEET_ROW, document_of(name)) as op:
        op.set(row.kept, **values)
    return op.done


def move_row(office: Office, name: str, row: WordingRow, by: int) -> Done:
    """One place up (-1) or down (1) within its part. Raises `NotAllowed` where it has to stay."""
    _still_there(office, name, row)
    found = list(rows(office, name))
    order = movable(found, row)
    at = next((n for n, each in enumerate(order) if each.id == row.id), -1)
    if at < 0 or not WORDINGS[name].framed or not 0 <= at + by < len(order):
        raise NotAllowed(N_("This row cannot be moved further."))
    order.insert(at + by, order.pop(at))
    moved = [(row, between)] if (between := _between(order, at + by)) is not None else list(_numbered(order))
    with office.operation(Op.MOVE_SHEET_ROW, document_of(name)) as op:
        for each, place in moved:
            op.set(each.kept or SheetRow(id=each.id), place=place)
    return op.done


def _between(order: list[WordingRow], at: int) -> float | None:
    """A place between the neighbours of a row, so that it alone is written; None where two desks chose one place."""
    above = order[at - 1].place if at else order[at + 1].place - 1
    below = order[at + 1].place if at + 1 < len(order) else above + 1
    place = (above + below) / 2
    return place if above < place < below else None


def _numbered(order: list[WordingRow]) -> Iterator[tuple[WordingRow, float]]:
    """A place of its own for every row."""
    first = min(row.place for row in order)
    yield from ((row, first + number / len(order)) for number, row in enumerate(order))


def movable(found: Iterable[WordingRow], row: WordingRow) -> list[WordingRow]:
    """The rows among which a row can change its place: those of its part up to the heads around it, without those that
    were taken out.
    """
    runs: list[list[WordingRow]] = [[]]
    for each in found:
        if each.text.section != row.text.section:
            continue
        if each.fixed:
            runs.append([])
        elif not each.removed:
            runs[-1].append(each)
    return next((run for run in runs if any(each.id == row.id for each in run)), [])


# -- checks


def _still_there(office: Office, name: str, row: WordingRow) -> dict[str, SheetRow]:
    kept = kept_rows(office, name)
    if row.own and row.id not in kept:
        raise Gone(GONE)
    return kept


def _new(row: WordingRow, said: Said, field: str) -> str | None:
    """What a field will hold: nothing where the program says the same, what it held where nothing was typed."""
    typed, program = cleaned(getattr(said, field)), getattr(row.shipped, field) if row.shipped else None
    if typed == getattr(row.said, field):
        return getattr(row.kept, field) if row.kept else None
    return None if typed == program else typed


def _changed(name: str, row: WordingRow, now: SheetRow | None, said: Said) -> SheetRow:
    """The row as it will be, with what another desk wrote meanwhile. Raises `UserError` when it cannot be printed."""
    now = now or row.kept or SheetRow(id=row.id)
    values: dict[str, Any] = {
        field: _new(row, said, field)
        for field in SAID
        if cleaned(getattr(said, field)) != getattr(row.said, field) or not row.kept
    }
    made = replace(now, **values)
    program = row.shipped
    base = program or row.text
    told = {field: new if (new := getattr(made, field)) is not None else getattr(base, field) for field in SAID}
    if row.needed and program and told["condition"] != program.condition:
        raise NotAllowed(N_("The sheet needs this row always: when it is printed cannot be changed."))
    if wrong := refusal(replace(base, **told), program, WORDINGS[name]):
        raise wrong
    return made


def _says(row: SheetRow) -> bool:
    return row.removed or any(getattr(row, field) is not None for field in SAID)


def _with(office: Office, name: str, kept: Mapping[str, SheetRow], row: SheetRow) -> SheetDefinition:
    """The wording with one row as it will be. Raises `UserError` when a part would be higher than a page."""
    from migrant_office.services.sheets import samples  # reportlab: the start need not pay for it
    from migrant_office.services.sheets.document import Form, columns_of

    wording = _printed(office, name, {**kept, row.id: row})

    def worded(other: str) -> SheetDefinition:
        return wording if other == name else load_definition(office.city.id, other)

    data = samples.made_up(office.about.name, office.city.office_ht, office.city.name, clock.today())
    form = Form(Paper.LETTER, columns_of(BOTH, office.city.country))  # the shortest
    document = samples.sample(name, worded, form, data)
    if document is not None and samples.spills(document):
        raise UserError(
            N_("So much text has no place on a page. Shorten it, or take another row of this part out first.")
        )
    return wording
