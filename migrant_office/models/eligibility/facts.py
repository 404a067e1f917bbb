"""The facts of one person as rules see them: what is known, and what was asked and not answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from migrant_office.models.eligibility.fields import DOCUMENT, NO, YES
from migrant_office.models.eligibility.told import ToldFact
from migrant_office.models.missing import Missing
from migrant_office.models.mobility import DocumentState, HeldDocument
from migrant_office.models.person import Person
from migrant_office.models.work import Experience

Value = str | int | frozenset[str]
AS_THEY_ARE = (
    *("sex", "gender", "nationality", "birth_country", "language", "commune", "category", "status", "registry"),
    *("intention", "schooling", "recognition", "situation", "work_kind", "children", "childcare", "indigenous"),
)
"""Fields of the person that a rule knows by the same name."""
BEST_FIRST = (
    *(DocumentState.HAS, DocumentState.IN_PROCESS, DocumentState.EXPIRED, DocumentState.LOST, DocumentState.LACKS),
)
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Facts:
    """`known` holds only what is known: a fact that is not there is unknown, whatever the reason. `unanswered` says
    which of those were asked already and not answered: nobody asks them again.
    """

    known: Mapping[str, Value]
    unanswered: Mapping[str, Missing] = field(default_factory=dict)


def facts_of(
    person: Person,
    today: date,
    papers: Iterable[HeldDocument] = (),
    experiences: Iterable[Experience] = (),
    told: Iterable[ToldFact] = (),
) -> Facts:
    """What a case file says. Nothing is inferred that nobody told: no status from a country, no paper from a status."""
    known: dict[str, Value] = {}
    unanswered: dict[str, Missing] = {}
    for name in AS_THEY_ARE:
        keep(name, getattr(person, name), known, unanswered)
    keep("spanish", person.spanish_speaks, known, unanswered)
    keep("age", person.age_on(today), known, unanswered)
    if isinstance(person.birth, Missing):
        unanswered["age"] = person.birth
    keep("disability", {"yes": True, "no": False}.get(person.disability(NOTHING)), known, unanswered)
    for name in ("cares_for", "reasons"):
        if chosen := getattr(person, name):  # an empty set: nobody asked, or nothing to say; nobody knows which
            known[name] = frozenset(map(str, chosen))
    keep("months_since_entry", months_since(person.arrived, today), known, unanswered)
    if any(True for _one in experiences):
        known["experience"] = YES
    keep_papers(papers, today, known)
    answered: dict[str, Value] = {}
    for fact in sorted(told, key=lambda fact: (str(fact.made), fact.id)):
        keep_told(fact, answered, unanswered)
    return Facts(answered | known, unanswered)  # what the file itself says counts before an answer of another day


NOTHING: Any = None  # the rule of a person's own column looks at no file


def keep(name: str, value: object, known: dict[str, Value], unanswered: dict[str, Missing]) -> None:
    if isinstance(value, Missing):
        if value is not Missing.NOT_ASKED:
            unanswered[name] = value
    elif isinstance(value, bool):
        known[name] = YES if value else NO
    elif isinstance(value, int):
        known[name] = value
    elif value:
        known[name] = str(value)


def keep_papers(papers: Iterable[HeldDocument], today: date, known: dict[str, Value]) -> None:
    """Where each kind of paper stands; of several of a kind the best. One whose day is past is expired."""
    for paper in papers:
        state = paper.state
        if isinstance(state, Missing) or state not in BEST_FIRST or not paper.kind:
            continue
        if state is DocumentState.HAS and isinstance(paper.expires, date) and paper.expires < today:
            state = DocumentState.EXPIRED
        name = DOCUMENT + paper.kind
        before = known.get(name)
        if before is None or BEST_FIRST.index(state) < BEST_FIRST.index(DocumentState(str(before))):
            known[name] = state.value


def keep_told(fact: ToldFact, known: dict[str, Value], unanswered: dict[str, Missing]) -> None:
    """The latest answer to a question of the rules takes the place of an earlier one."""
    known.pop(fact.fact, None)
    unanswered.pop(fact.fact, None)
    if fact.answer in set(Missing):
        if fact.answer != Missing.NOT_ASKED:
            unanswered[fact.fact] = Missing(fact.answer)
    else:
        known[fact.fact] = fact.answer


def months_since(arrived: object, today: date) -> int | None:
    """Full months since a told month (`2026-03`), at least; of a year alone only when it is more than a year ago."""
    parts = str(arrived).split("-")
    if isinstance(arrived, Missing) or not all(part.isdigit() for part in parts) or len(parts[0]) != len("2026"):
        return None
    year = int(parts[0])
    if len(parts) > 1:
        passed = (today.year - year) * MONTHS + today.month - int(parts[1])
        return max(passed - 1, 0) if passed > 1 else None  # the day of the month is not known
    return (today.year - year - 1) * MONTHS if today.year - year > 1 else None
