"""How a person stands in work, written down each time it is told: the effect is computed from it ([002:757])."""

from __future__ import annotations

from typing import Any

from migrant_office import clock
from migrant_office.models.missing import Missing
from migrant_office.models.office import Office, new_id
from migrant_office.models.pathway.kinds import Point
from migrant_office.models.pathway.nouns import LabourSnapshot
from migrant_office.models.person import Person, Situation
from migrant_office.models.vault.nouns import File, Home, Ref, changed
from migrant_office.models.vault.operation import Operation
from migrant_office.models.work import Occupation, WorkKind


def told(person: Person, *, point: Point, officer: str, **more: Any) -> LabourSnapshot | None:
    """What a person's own fields say today; None when nobody knows how she stands."""
    if not isinstance(person.situation, Situation):
        return None
    today = clock.today()
    return LabourSnapshot(
        id=new_id(),
        point=point,
        situation=person.situation,
        work_kind=person.work_kind if isinstance(person.work_kind, WorkKind) else None,
        made=more.pop("made", today),
        recorded=today,
        officer=officer,
        **more,
    )


def put_first(office: Office, op: Operation, person: Person) -> None:
    """How somebody stood when she came, with the case that is opened."""
    if first := told(person, point=Point.BASELINE, officer=office.officer):
        op.put(first, on=person.id)


def put_change(office: Office, op: Operation, person: Person, values: dict[str, Any]) -> None:
    """A new situation, when one of the person's fields that say it changes."""
    if not {"situation", "work_kind"} & values.keys():
        return
    known = op.on(Ref(Home.CASE, person.id)).before
    point = Point.FOLLOW_UP if knows(known) else Point.BASELINE
    if later := told(changed(person, **values), point=point, officer=office.officer):
        op.put(later, on=person.id)


def put_on_the_way(
    office: Office,
    op: Operation,
    case: str,
    file: File,
    situation: Situation,
    *,
    pathway: str,
    milestone: str = "",
    group: Occupation | Missing | None = None,
) -> LabourSnapshot | None:
    """What was told on a pathway: the entry, and the person's own field, so that the case page and the counts agree.

    `file` is the case as the operation has it by now.
    """
    person = file.one(Person)
    if person is None:
        return None
    point = Point.FOLLOW_UP if milestone or knows(file) else Point.BASELINE
    entry = told(changed(person, situation=situation), point=point, officer=office.officer, pathway=pathway,
                 milestone=milestone, group=group)  # fmt: skip
    if person.situation is not situation:
        op.set(person, situation=situation, on=case)
    return op.put(entry, on=case) if entry else None


def knows(file: File) -> bool:
    """Whether a situation since the person came is written down."""
    return any(s.point is not Point.ORIGIN for s in file.all(LabourSnapshot).values())
