"""People registered twice: seen while they are being registered, and looked for in the whole office.

Nothing here ever stops a registration: the officer hears who looks alike and why, and what she answers is kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from migrant_office import clock
from migrant_office.errors import Gone, NotAllowed
from migrant_office.models.judgement import Judgement, PrivateJudgement, Verdict
from migrant_office.models.likeness import blocking
from migrant_office.models.likeness.facts import ENOUGH, Facts
from migrant_office.models.likeness.weighing import Likeness, Rarity, compare, rarity_of
from migrant_office.models.office import NOT_THERE, Desk, Office
from migrant_office.models.operations import Op
from migrant_office.models.person import Person
from migrant_office.models.reads import finding as index
from migrant_office.models.reads import likeness as reads
from migrant_office.models.vault.nouns import NOUNS, File, Home, Ref
from migrant_office.models.vault.operation import Done, Operation

SHOWN = 4  # of those who look alike, the likeliest


@dataclass(frozen=True, slots=True)
class Suspect:
    """A case that may be of the person at the desk, with the points and their reasons."""

    case: str
    likeness: Likeness


# at the desk


def alike(desk: Desk, facts: Facts, *, but: Iterable[str] = ()) -> list[Suspect]:
    """The cases that may be of somebody of whom at least three things are known, the likeliest first; those in `but`
    left out. Restricted ones only for whoever has the key of the compartment.
    """
    if facts.known < ENOUGH:
        return []
    rids = reads.meeting(desk.vault, blocking.keys(facts))
    rarity, left_out = rarity_in(desk), frozenset(but)
    found = [
        Suspect(case, likeness)
        for case, other in reads.facts(desk.vault, sorted(rids)).values()
        if case not in left_out and (likeness := compare(facts, other, rarity)).is_possible
    ]
    return sorted(found, key=lambda suspect: -suspect.likeness.points)[:SHOWN]


def rarity_in(desk: Desk) -> Rarity:
    """How rare a name is in this office, where it has enough people to tell."""
    vocabulary, people = index.refresh(desk.vault, desk.vocabulary), reads.total(desk.vault)
    return lambda word: rarity_of(vocabulary.bearers.get(word, 0), people)


# what an officer said of a pair


def judge(office: Office, one: str, other: str, verdict: Verdict, likeness: Likeness | None = None) -> Done:
    """Keep what an officer said of two cases, in both of them. Raises `Gone` when one is not there."""
    with office.case_operation(Op.JUDGE, one) as op:
        if office.case(other).one(Person) is None:
            raise Gone(NOT_THERE)
        put_judgement(office, op, one, other, verdict, likeness)
    return op.done


def put_judgement(
    office: Office, op: Operation, one: str, other: str, verdict: Verdict, likeness: Likeness | None = None
) -> None:
    """The same inside an operation, such as the intake that opens one of the two."""
    told = {
        "verdict": verdict,
        "made": clock.today(),
        "officer": office.officer,
        "points": likeness.points if likeness else 0.0,
        "reasons": tuple(reason.value for reason in likeness.reasons) if likeness else (),
    }
    private = any(is_restricted(op, case) for case in (one, other))
    noun: type[Judgement | PrivateJudgement] = PrivateJudgement if private else Judgement
    home = Home.RESTRICTED if private else Home.CASE
    for case, about in ((one, other), (other, one)):
        shown = op.on(Ref(home, case)).before.all(noun).get(about) or noun(id=about)
        op.set(shown, on=case, **told)


def forget_judgement(office: Office, op: Operation, one: str, other: str) -> None:
    """Take back what was said of a pair, in both documents, inside the operation that separates them."""
    for home in (Home.CASE, Home.RESTRICTED):
        noun = NOUNS[Judgement if home is Home.CASE else PrivateJudgement].name
        for case, about in ((one, other), (other, one)):
            if home is Home.CASE or office.vault.keys.may_open(home):
                cells = op.exact(Ref(home, case)).before.cells.get(noun, {})
                op.cells(Ref(home, case), noun, [(key, None) for key in cells if key.startswith(f"{about}/")])


def is_restricted(op: Operation, case: str) -> bool:
    """Whether a case is restricted, or will be by this very operation."""
    ref = Ref(Home.CASE, case)
    told = (op.on(ref).before, File(ref, op.exact(ref).document.cells()))
    return any(person.restricted for file in told if (person := file.one(Person)) is not None)


def is_there(office: Office, case: str) -> bool:
    """Whether a case is open and may be seen."""
    try:
        return office.case(case).one(Person) is not None
    except (Gone, NotAllowed):
        return False
