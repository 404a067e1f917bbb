"""The facts that a rule may ask for: a closed list. What the intake asks is here; a city's rules add told facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from migrant_office.models.coded import Coded
from migrant_office.models.diversity import Care, SpanishLevel
from migrant_office.models.mobility import Category, DocumentState, Intention, Reason, Registry
from migrant_office.models.person import Gender, Language, Schooling, Sex, Situation
from migrant_office.models.work import Recognition, WorkKind

DOCUMENT = "document:"
"""What the name of the fact of a paper begins with: its value is a `DocumentState`."""
YES, NO = "yes", "no"


class Kind(StrEnum):
    """How the value of a fact is compared."""

    CODE = "code"
    SET = "set"
    NUMBER = "number"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class Field:
    """One fact. `codes` are its values from the lowest to the highest where it is `ordered`; empty: any text.

    `listed` names the list of the city's intake form that holds its codes. `labels` are the words of the codes.
    """

    name: str
    kind: Kind
    codes: tuple[str, ...] = ()
    ordered: bool = False
    listed: str = ""
    labels: Mapping[str, str] | None = None


def coded(name: str, codes: type[Coded], kind: Kind = Kind.CODE, *, ordered: bool = False) -> Field:
    labels = {member.value: member.label for member in codes}
    return Field(name, kind, tuple(labels), ordered=ordered, labels=labels)


def yes_no(name: str) -> Field:
    return Field(name, Kind.YES_NO, (YES, NO))


def document(kind: str) -> Field:
    """The fact of one kind of paper: where it stands."""
    return coded(DOCUMENT + kind, DocumentState)


FIELDS: dict[str, Field] = {
    field.name: field
    for field in (
        Field("age", Kind.NUMBER),
        coded("sex", Sex),
        coded("gender", Gender),
        Field("nationality", Kind.CODE),
        Field("birth_country", Kind.CODE),
        coded("language", Language),
        Field("spanish", Kind.CODE, tuple(level.value for level in reversed(SpanishLevel)), ordered=True),
        Field("commune", Kind.CODE),
        Field("children", Kind.NUMBER),
        coded("cares_for", Care, Kind.SET),
        yes_no("childcare"),
        coded("category", Category),
        Field("status", Kind.CODE, listed="status"),
        coded("registry", Registry),
        coded("reasons", Reason, Kind.SET),
        coded("intention", Intention),
        Field("months_since_entry", Kind.NUMBER),
        coded("schooling", Schooling, ordered=True),
        coded("recognition", Recognition),
        coded("situation", Situation),
        coded("work_kind", WorkKind),
        yes_no("experience"),
        yes_no("disability"),
        yes_no("indigenous"),
    )
}
"""Named as the fields of a person where there is one, so that a rule and the intake speak of the same thing."""
