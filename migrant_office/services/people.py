"""Find people, read a case, and write what belongs to one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from migrant_office import clock
from migrant_office.errors import Gone
from migrant_office.i18n import N_
from migrant_office.models.case_file import CaseFile, case_file
from migrant_office.models.encounter import Channel, Encounter
from migrant_office.models.need import Need, NeedKind, UnmetReason
from migrant_office.models.office import Desk, Office, new_id
from migrant_office.models.operations import Op
from migrant_office.models.person import ALPHA_2, Person, age_on, full_name
from migrant_office.models.reads import people as reads
from migrant_office.models.restricted import Protection
from migrant_office.models.vault import access, counters
from migrant_office.models.vault.nouns import changed
from migrant_office.models.vault.operation import Done, Operation
from migrant_office.services import finding, situations
from migrant_office.services.finding import Hit

AT_ONCE = 500  # ids that one question names
MOST = reads.MOST  # people a search answers with, the newest


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One line of the list of people, with the reason if somebody looked for it. One that is restricted and was not
    looked for has a folio alone.
    """

    id: str
    number: str
    name: str
    age: int | None
    nationality: str  # ISO alpha-2, or "" when it is not known
    last_contact: date | None
    restricted: bool = False
    hit: Hit | None = None


def search(office: Desk, text: str) -> list[PersonLine]:
    """Those whom a text may mean, the likeliest first, each with the reason; none for an empty text.

    Restricted cases are among them, by name, for whoever has the key of the compartment; for anybody else they are not.
    """
    hits = finding.find(office, text)
    lines = {line.id: line for line in lines_of(office, reads.lines(office.vault, [hit.case for hit in hits]))}
    return [replace(lines[hit.case], hit=hit) for hit in hits if hit.case in lines]


def recent(office: Desk, limit: int = 50) -> list[PersonLine]:
    """The cases opened last; of a restricted one the folio alone, for this list stands open on the desk."""
    return [unnamed(line) if line.restricted else line for line in lines_of(office, reads.recent(office.vault, limit))]


def unnamed(line: PersonLine) -> PersonLine:
    return replace(line, name="", age=None, nationality="")


def count(office: Desk) -> int:
    return reads.count(office.vault)


def lines_of(office: Desk, rows: list[tuple[Any, ...]]) -> list[PersonLine]:
    contacts = reads.last_contacts(office.vault, [row[1] for row in rows]) if rows else {}
    today, found = clock.today(), []
    for _rid, id, number, given, surname, second, chosen, birth, nationality, _opened, restricted in rows:
        name = full_name(given, surname, second, chosen)
        last = contacts.get(id)
        found.append(
            PersonLine(
                id,
                number,
                name,
                age_on(parsed(birth), today),
                nationality if len(nationality) == ALPHA_2 else "",
                parsed(last),
                bool(restricted),
            )
        )
    return found


def lines(office: Desk, ids: Sequence[str]) -> list[PersonLine]:
    """The lines of these cases, of those that may be seen; one that is gone is left out."""
    found: list[PersonLine] = []
    for at in range(0, len(ids), AT_ONCE):
        found += lines_of(office, reads.lines(office.vault, list(ids[at : at + AT_ONCE])))
    return found


def parsed(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:  # a reason why there is no date, or a damaged one
        return None


def read_case(office: Office, id: str) -> CaseFile:
    """Everything of one case; the look is written into the access log. Raises `Gone` when there is none."""
    found = case_file(office.case(id))
    if found is None:
        raise Gone(N_("This case file does not exist any more. Look for the person again."))
    access.note(office.vault, "case", id)
    return found


def exists(office: Office, id: str) -> bool:
    """Whether a case is open under this id."""
    return reads.exists(office.vault, office.vault.who(id))


def put_case(office: Office, op: Operation, person: Person) -> Person:
    """Write a new person, and the restricted part that every case has, inside an operation."""
    opened = changed(
        person,
        number=person.number or next_number(office),
        opened=person.opened or clock.today(),
        demo=person.demo or office.about.demo,
    )
    made = op.put(opened, on=person.id)
    op.put(Protection(id=made.id, kept=True), on=made.id)
    situations.put_first(office, op, made)
    return made


def open_case(office: Office, person: Person, *needs: Need, encounter: Encounter | None = None) -> Done:
    """A new expediente with what was told at the first visit, as one operation."""
    with office.operation(Op.OPEN_CASE, person.id) as op:
        put_case(office, op, person)
        for need in needs:
            op.put(need)
        if encounter:
            op.put(encounter)
    return op.done


def edit_person(office: Office, shown: Person, **values: Any) -> Done:
    """Change what the officer changed; `shown` is the person as the screen showed it, even if stale."""
    with office.case_operation(Op.EDIT_PERSON, shown.id) as op:
        op.set(shown, **values)
        situations.put_change(office, op, shown, values)
    return op.done


def add_encounter(
    office: Office,
    case: str,
    channel: Channel,
    note: str = "",
    *,
    need: NeedKind | None = None,
    unmet: UnmetReason | None = None,
) -> Done:
    """An attention of today, and the need that was told in it, as one operation."""
    with office.case_operation(Op.ADD_ENCOUNTER, case) as op:
        op.put(new_encounter(office, channel, note))
        if need:
            op.put(new_need(need, unmet))
    return op.done


def new_encounter(office: Office, channel: Channel, note: str = "", made: date | None = None) -> Encounter:
    today = clock.today()
    return Encounter(
        id=new_id(), made=made or today, recorded=today, channel=channel, officer=office.officer, note=note.strip()
    )


def add_need(office: Office, case: str, kind: NeedKind, unmet: UnmetReason | None = None, words: str = "") -> Done:
    """A need as told today; with `unmet`, one that nothing could serve."""
    with office.case_operation(Op.ADD_NEED, case) as op:
        op.put(new_need(kind, unmet, words))
    return op.done


def new_need(kind: NeedKind, unmet: UnmetReason | None = None, words: str = "") -> Need:
    today = clock.today()
    return Need(id=new_id(), kind=kind, made=today, recorded=today, unmet=unmet, words=words.strip())


def next_number(office: Office) -> str:
    """The next folio of this device, such as SC-3F2-00417: no number is given twice, not even that of a case undone
    or erased, because it may stand on paper; and none needs a network.
    """
    number = counters.next_number(office.vault, "folio")
    return f"{office.city.code}-{office.vault.keys.device[:3].upper()}-{number:05d}"
