"""Join two case files of one person, field by field, and separate them again whenever it turns out to be wrong.

Nothing is copied and nothing is lost: both files stay as they are (docs/decisions/022). What is written after a merge
goes where this module says beforehand, so that a separation has nothing to guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from migrant_office import clock
from migrant_office.errors import Gone, NotAllowed
from migrant_office.i18n import N_
from migrant_office.models.appointment import Appointment
from migrant_office.models.encounter import Encounter
from migrant_office.models.form_record import FormRecord
from migrant_office.models.judgement import Verdict
from migrant_office.models.missing import Missing
from migrant_office.models.mobility import HeldDocument
from migrant_office.models.need import Need
from migrant_office.models.office import NOT_THERE, Office, new_id
from migrant_office.models.operations import Op
from migrant_office.models.person import Person
from migrant_office.models.referral import Referral
from migrant_office.models.vault.merging import MERGE, Merge
from migrant_office.models.vault.nouns import NOUNS, File, Home, Merging, Ref
from migrant_office.models.vault.operation import Done
from migrant_office.services import duplicates

COUNTED = (Referral, Encounter, Need, HeldDocument, FormRecord, Appointment)
"""What an officer wants to know of each of two files before she joins or separates them."""


class Choice(Enum):
    """Whose value of a field counts; `BOTH` is for sets."""

    KEPT = "kept"
    OTHER = "other"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of two files that do not agree. `proposed` takes what is known over what is not."""

    field: str
    kept: Any
    other: Any
    proposed: Choice

    @property
    def is_set(self) -> bool:
        return self.field in NOUNS[Person].flags


@dataclass(frozen=True, slots=True)
class FileTold:
    """One of two files: its person, since when it is there, and how much of each kind it holds."""

    person: Person
    counts: dict[type[Any], int]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two files side by side. `hides` says that the joined one will be seen only by who may see restricted cases."""

    kept: FileTold
    other: FileTold
    differences: tuple[Difference, ...]
    hides: bool


@dataclass(frozen=True, slots=True)
class JoinedFile:
    """A file that was joined to a case; the id is its own, `into` the file that it was joined to."""

    id: str
    into: str
    person: Person
    made: date | None
    officer: str
    counts: dict[type[Any], int]


# joining


def compare(office: Office, kept: str, other: str) -> Comparison:
    """Two files before they are joined. Raises `Gone` when one is not there or may not be seen, `NotAllowed` when they
    are one already.
    """
    mine, theirs = told(office, kept), told(office, other)
    if mine.person.id == theirs.person.id:
        raise NotAllowed(N_("These two case files are already one."))
    differences = tuple(differing(mine.person, theirs.person))
    return Comparison(mine, theirs, differences, mine.person.restricted != theirs.person.restricted)


def told(office: Office, case: str) -> FileTold:
    file = office.case(case)
    person = file.one(Person)
    if person is None:
        raise Gone(NOT_THERE)
    return FileTold(person, counts_in(file))


def counts_in(file: File) -> dict[type[Any], int]:
    return {noun: len(file.all(noun)) for noun in COUNTED}


def differing(kept: Person, other: Person) -> Iterable[Difference]:
    """The fields that an officer chooses between, in the order of the noun."""
    noun = NOUNS[Person]
    for name, rule in noun.merging.items():
        mine, theirs = getattr(kept, name), getattr(other, name)
        if rule is Merging.CHOSEN and mine != theirs:
            yield Difference(name, mine, theirs, proposed(mine, theirs, is_set=name in noun.flags))


def proposed(mine: Any, theirs: Any, *, is_set: bool) -> Choice:
    if is_set:
        return Choice.BOTH
    return Choice.OTHER if is_nothing(mine) and not is_nothing(theirs) else Choice.KEPT


def is_nothing(value: Any) -> bool:
    return value is None or value == "" or isinstance(value, Missing)


def merge(office: Office, kept: str, other: str, choices: dict[str, Choice]) -> Done:
    """Join the file `other` to `kept`: a redirect with the choices, and the answer that they are one person. A field
    that is not in `choices` stays that of the file that is kept. Raises as `compare`.
    """
    pair = compare(office, kept, other)
    root, joined = pair.kept.person.id, pair.other.person.id
    with office.case_operation(Op.MERGE, joined) as op:
        duplicates.put_judgement(office, op, root, joined, Verdict.SAME)
        told: dict[str, Any] = {
            "/into": root,
            "/taken": sorted(name for name, choice in choices.items() if choice is Choice.OTHER),
            "/both": sorted(name for name, choice in choices.items() if choice is Choice.BOTH),
            "/made": clock.today().isoformat(),
            "/since": new_id(),
            "/officer": office.officer,
        }
        op.cells(Ref(Home.CASE, joined), MERGE, told.items())
    return op.done


# what was joined


def joined_files(office: Office, case: str) -> tuple[JoinedFile, ...]:
    """The files that were joined to a case, those first that were first. Raises as `Office.case`."""
    file = office.case(case)
    redirects = {id: merge for id, merge in file.all(Merge).items() if merge.into and id != file.ref.id}
    parts = {part.ref.id: part for part in file.parts}
    found = []
    for id, merge in sorted(redirects.items(), key=lambda told: (str(told[1].made), told[0])):
        part = parts.get(id)
        person = part.one(Person) if part else None
        if part is not None and person is not None:
            made = merge.made if isinstance(merge.made, date) else None
            found.append(JoinedFile(id, merge.into, person, made, merge.officer, counts_in(part)))
    return tuple(found)


# separating


@dataclass(frozen=True, slots=True)
class Separation:
    """What separating does: the two persons as they will be, and what was written since the merge by where it goes."""

    stays: FileTold
    leaves: FileTold
    stays_new: dict[type[Any], int]
    leaves_new: dict[type[Any], int]
    unrestricted: tuple[str, ...]  # names of those who will be seen by all again


def separation(office: Office, case: str, joined: str) -> Separation:
    """What will be where once `joined` is taken out of a case again. Raises `NotAllowed` when it is not in it."""
    file = office.case(case)
    merge = file.all(Merge).get(joined)
    if merge is None or not merge.into:
        raise NotAllowed(N_("This file is not joined to the case any more."))
    leaves = office.vault.apart(joined, without=joined)
    stays = office.vault.apart(merge.into, without=joined)
    now = person_in(file)
    both = [person_in(stays), person_in(leaves)]
    opened = tuple(person.name for person in both if now.restricted and not person.restricted)
    return Separation(
        FileTold(both[0], counts_in(stays)),
        FileTold(both[1], counts_in(leaves)),
        since_in(stays, merge.since),
        since_in(leaves, merge.since),
        opened,
    )


def person_in(file: File) -> Person:
    return file.one(Person) or Person(id=file.ref.id)


def since_in(file: File, since: str) -> dict[type[Any], int]:
    """How much of each kind was written after a merge."""
    return {noun: len([id for id in file.all(noun) if id > since]) for noun in COUNTED}


def separate(office: Office, joined: str) -> Done:
    """Take a joined file out again; it and the other are what they were, with what was written to each since.

    A judgement that they are one person goes too: whoever separates them has found the contrary. Raises `NotAllowed`.
    """
    with office.operation(Op.UNMERGE, joined) as op:
        whole = op.on(Ref(Home.CASE, joined)).before
        person = whole.one(Person)
        if person is None or (person.restricted and not office.vault.keys.may_open(Home.RESTRICTED)):
            raise Gone(NOT_THERE)
        cells = op.exact(Ref(Home.CASE, joined)).before.cells.get(MERGE, {})
        into = cells.get("/into")
        if not isinstance(into, str) or not into:
            raise NotAllowed(N_("This file is not joined to the case any more."))
        op.cells(Ref(Home.CASE, joined), MERGE, [(key, None) for key in cells])
        duplicates.forget_judgement(office, op, into, joined)
    return op.done


def who_is_kept(one: Person, other: Person) -> tuple[str, str]:
    """The two ids, the file to keep first: the older one, which partners and papers know."""
    first, second = sorted((one, other), key=lambda person: (str(person.opened or "9"), person.id))
    return first.id, second.id


def label_counts(counts: dict[type[Any], int], order: Sequence[type[Any]] = COUNTED) -> list[tuple[type[Any], int]]:
    """Those of which there are any."""
    return [(noun, counts[noun]) for noun in order if counts.get(noun)]
