"""From answers to records and back: what each field of a form means to the case."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any, TypeVar, get_args

from migrant_office.models.forms.answers import YES
from migrant_office.models.household import Household, Member
from migrant_office.models.identity.names import kept_name
from migrant_office.models.missing import Missing
from migrant_office.models.mobility import HeldDocument
from migrant_office.models.need import Need, NeedKind
from migrant_office.models.person import Person
from migrant_office.models.restricted import Protection
from migrant_office.models.vault.nouns import NOUNS
from migrant_office.models.work import Experience
from migrant_office.services import people

T = TypeVar("T")
Told = Mapping[str, Any]  # field of a record → text, codes, or why there is no answer

RECORDS: Mapping[str, type[Any]] = {
    "person": Person,
    "household": Household,
    "member": Member,
    "held_document": HeldDocument,
    "experience": Experience,
    "protection": Protection,
}
OURS: Mapping[type[Any], frozenset[str]] = {
    Person: frozenset(
        {"id", "number", "household", "opened", "demo", "served_in", "restricted", "path_opened", "told_once"}
    ),
    Household: frozenset({"id", "made"}),
    Member: frozenset({"id", "joined", "left"}),
    Protection: frozenset({"id", "kept", "told", "opened", "closed"}),
}
"""Fields that the program writes and no answer fills."""
OTHER_FIELDS = frozenset(
    {
        *("need.kind", "need.words", "consent.by", "consent.manner", "consent.guardian"),
        *(f"consent.{purpose}" for purpose in ("contact", "share_public", "share_private", "sensitive")),
    }
)
REPEATS = frozenset({"household.member", "held_document", "experience"})
"""What a repeated group may name: a record made from each of its instances."""


def open_fields(cls: type[Any]) -> frozenset[str]:
    """The fields of a noun that answers may fill."""
    return frozenset(f.name for f in fields(cls)) - OURS.get(cls, frozenset({"id"}))


FIELDS = OTHER_FIELDS | frozenset(f"{record}.{name}" for record, cls in RECORDS.items() for name in open_fields(cls))
TRUTH = {"yes": True, "no": False, YES: True}
_WHOLE = re.compile(r"-?\d{1,15}\Z", re.ASCII)


def person_from(id: str, told: Told) -> Person:
    """The person that the answers tell; fields that no question maps to keep their defaults."""
    return Person(id=id, **values(Person, "person", told))


def values(cls: type[Any], record: str, told: Told) -> dict[str, Any]:
    """The values of a noun's fields among what was told; an answer that its field cannot hold is left out."""
    known, found = open_fields(cls), {}
    for key, answer in told.items():
        prefix, _, name = key.partition(".")
        if prefix == record and name in known and holds(cls, name, answer):
            found[name] = field_value(cls, name, answer)
    return found


def holds(cls: type[Any], name: str, answer: Any) -> bool:
    """Whether a field can hold an answer as it is: a set, a text or a count of its own has no place for a reason, a
    truth none for other codes than yes and no, a count none for words.
    """
    noun = NOUNS[cls]
    kinds = get_args(noun.hints[name]) or (noun.hints[name],)
    if isinstance(answer, Missing):
        return Missing in kinds
    if name in noun.flags:
        return True
    if bool in kinds:
        return answer in TRUTH
    return int not in kinds or bool(isinstance(answer, str) and _WHOLE.match(answer))


def field_value(cls: type[Any], name: str, answer: Any) -> Any:
    """An answer of the form as the field of a noun holds it, for one that `holds`."""
    noun = NOUNS[cls]
    if isinstance(answer, Missing):
        return answer
    if name in noun.flags:
        told = answer.split() if isinstance(answer, str) else answer
        return frozenset(noun.read_value(name, code) for code in told)
    kinds = get_args(noun.hints[name]) or (noun.hints[name],)
    if bool in kinds:
        return TRUTH[answer]
    if int in kinds:
        return int(answer)
    return noun.readers[name](kept_name(answer if isinstance(answer, str) else " ".join(answer)))


def needs_from(told: Told) -> list[Need]:
    """What was asked for; words without a code beside them tell another need."""
    kinds, words = told.get("need.kind", ()), text_of(told.get("need.words")).strip()
    codes = [] if isinstance(kinds, Missing) else kinds.split() if isinstance(kinds, str) else list(kinds)
    if words and NeedKind.OTHER not in codes:
        codes.append(NeedKind.OTHER.value)
    return [need_from(code, words) for code in codes]


def need_from(code: str, words: str) -> Need:
    """A need by its code; one that only the office's own form knows is "other", told by its code."""
    if code not in set(NeedKind):
        return people.new_need(NeedKind.OTHER, words=code)
    return people.new_need(NeedKind(code), words=words if code == NeedKind.OTHER else "")


def asked_for(need: Need) -> tuple[str, str]:
    """What makes two needs the same: the kind, and for another one its words."""
    return str(need.kind), need.words if need.kind is NeedKind.OTHER else ""


def text_of(value: object) -> str:
    return value if isinstance(value, str) and not isinstance(value, Missing) else ""


def answer_of(value: Any) -> Any:
    """A field of a noun as the answer that would give it; None when there is nothing to show."""
    if value is None or value is Missing.NOT_ASKED or value in ("", frozenset()):
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Missing):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return tuple(sorted(str(code) for code in value))
    return str(value)
