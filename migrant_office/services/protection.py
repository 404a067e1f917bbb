"""The rapid path of a person at risk, what was told once, and who may see either.

A case on the path is restricted: without the key of the compartment it is in no list and cannot be opened
(`reads.people.seen`, `Office.case`), and with it nothing of it is printed. No detail of any violence is asked or coded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from migrant_office import clock
from migrant_office.errors import Gone, NotAllowed
from migrant_office.i18n import N_
from migrant_office.models.coded import Coded
from migrant_office.models.eligibility.library import city_rules
from migrant_office.models.missing import Missing
from migrant_office.models.office import NOT_THERE, Office, new_id
from migrant_office.models.operations import Op
from migrant_office.models.person import ContactRule, Person
from migrant_office.models.rapid_path import Checklist, Step, load_checklist
from migrant_office.models.restricted import Protection, RapidStep, Sign, Story
from migrant_office.models.service import Service
from migrant_office.models.spoken import Spoken
from migrant_office.models.vault import access
from migrant_office.models.vault.keys import CompartmentClosed
from migrant_office.models.vault.nouns import File, Home, Ref
from migrant_office.models.vault.operation import Done, Operation

SECRET = frozenset({"international_protection", "gender_violence"})
"""Areas of services, the same in every city, of which nothing stands on a paper with a name."""
ANSWERS = frozenset({"orientation", "orientation_words", "entry"})
"""Answers of the intake that live in the compartment without being a sign."""


class Look(Coded):
    """Why somebody reads a story again. The code is all that the access log keeps of the reason."""

    REFERRAL = "referral", N_("To make or follow a referral")
    ASKED = "asked", N_("The person asks for it")
    CORRECTION = "correction", N_("To correct what was written")
    SUPERVISION = "supervision", N_("To supervise the case")


@dataclass(frozen=True, slots=True)
class StepState:
    """A step of the checklist, and when it was taken."""

    step: Step
    taken: RapidStep | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectionFile:
    """What the compartment says of a path. `stories` only counts: their words are read by `read_stories`."""

    protection: Protection
    steps: tuple[StepState, ...]
    avoid: tuple[Spoken, ...]
    services: tuple[str, ...]
    stories: int

    @property
    def is_open(self) -> bool:
        return is_open(self.protection)

    @property
    def remaining(self) -> tuple[Step, ...]:
        return tuple(state.step for state in self.steps if state.taken is None)


def checklist(office: Office) -> Checklist:
    """The steps of this office's city. Raises `UserError` when the file cannot be read."""
    return load_checklist(office.city.folder)


def may_open(office: Office) -> bool:
    """Whether this officer has the key of the compartment."""
    return office.vault.keys.may_open(Home.RESTRICTED)


def refuse_paper(person: Person) -> None:
    """Nothing of a restricted case is printed: paper is found at home. Raises `NotAllowed`."""
    if person.restricted:
        raise NotAllowed(N_("This case is restricted: nothing of it is printed. Say it and agree on the next meeting."))


def name_on_paper(office: Office, case: str) -> str:
    """The name as spoken, for a sheet that carries it. Raises `Gone` when there is no such case, `NotAllowed` for a
    restricted one.
    """
    person = office.case(case).one(Person)
    if person is None:
        raise Gone(NOT_THERE)
    refuse_paper(person)
    return person.name


def refuse_secret(office: Office, service: Service) -> None:
    """What a service is about must not be found on somebody: nothing of it is printed beside a name, but the referral
    that she asked for. Raises `NotAllowed`.
    """
    if service.area in SECRET or service.id in city_rules(office.city.id).unprinted:
        raise NotAllowed(N_("What this service is about must not be found on anybody. Print its sheet without a name."))


# reading: every look is written down first


def read_protection(office: Office, case: str) -> ProtectionFile:
    """Signs and steps of a case. Raises `CompartmentClosed`, and `Gone` as `Office.case`."""
    file, steps = opened(office, case, "protection"), checklist(office)
    protection = protection_of(file)
    taken = steps_taken(file)
    return ProtectionFile(
        protection=protection,
        steps=tuple(StepState(step, taken.get(step.code)) for step in steps.steps(protection.signs)),
        avoid=steps.avoided(protection.signs),
        services=steps.services(protection.signs),
        stories=len(file.all(Story)),
    )


def read_stories(office: Office, case: str, reason: Look) -> tuple[Story, ...]:
    """What was told, the first account first, corrections after it. Raises as `read_protection`."""
    file = opened(office, case, f"story-{reason.value}")
    return tuple(sorted(file.all(Story).values(), key=lambda story: (str(story.made), story.id)))


def opened(office: Office, case: str, act: str) -> File:
    """The compartment of a case, with the look in the access log before anything is read."""
    if office.case(case).one(Person) is None:
        raise Gone(NOT_THERE)
    if not may_open(office):
        raise CompartmentClosed
    access.note(office.vault, act, case)
    return office.vault.file(Ref(Home.RESTRICTED, case))


def protection_of(file: File) -> Protection:
    return file.one(Protection) or Protection(id=file.ref.id)


def is_open(protection: Protection) -> bool:
    return protection.opened is not None and protection.closed is None


def steps_taken(file: File) -> dict[str, RapidStep]:
    """The first time of each step since the path was opened; a path opened again begins anew."""
    protection = protection_of(file)
    if not is_open(protection):
        return {}
    since, found = str(protection.opened), file.all(RapidStep).values()
    newest = sorted((made for made in found if str(made.made) >= since), key=lambda made: made.id, reverse=True)
    return {made.step: made for made in newest}


# writing


def open_path(
    office: Office,
    case: str,
    signs: Iterable[Sign],
    contact_rule: ContactRule | Missing | None = None,
    contact_words: str | None = None,
    *,
    steps: Iterable[str] = (),
    refer: Callable[[Operation], object] | None = None,
) -> Done:
    """Open the path or go on with it, as one operation: signs, safe contact, steps taken, and what `refer` writes, a
    referral for today (`consents.put_referral`: even now her data go nowhere without her yes).

    From here on the case is restricted. No sign is needed: fear without a name is reason enough. What is None stays as
    it is. Raises `CompartmentClosed`, `NotAllowed` for a step the checklist does not have, and what `refer` raises.
    """
    with office.case_operation(Op.PROTECT, case) as op:
        restrict(op, person_of(op), frozenset(signs), contact_rule, contact_words)
        put_steps(office, op, steps)
        if refer:
            refer(op)
    return op.done


def put_protection(
    op: Operation,
    person: Person,
    signs: Iterable[Sign] = (),
    *,
    contact_rule: ContactRule | Missing | None = None,
    contact_words: str | None = None,
    **answers: str,
) -> Person:
    """The same inside another operation, such as the intake that has just put `person`; answers the person as she is
    then. `answers` are those of `ANSWERS`. Signs are added to those noted before; without one no path is opened.
    """
    if unknown := answers.keys() - ANSWERS:
        raise TypeError(f"not kept in the compartment: {', '.join(sorted(unknown))}")
    if answers:
        op.set(shown_protection(op, person.id), on=person.id, kept=True, **answers)
    found = frozenset(signs)
    if not found:
        return person
    return restrict(op, person, found | shown_protection(op, person.id).signs, contact_rule, contact_words)


def restrict(
    op: Operation,
    person: Person,
    signs: frozenset[Sign],
    contact_rule: ContactRule | Missing | None,
    contact_words: str | None,
) -> Person:
    shown, today = shown_protection(op, person.id), clock.today()
    since = shown.opened if is_open(shown) else today
    op.set(shown, on=person.id, kept=True, signs=signs, opened=since, closed=None)
    return op.set(
        person,
        on=person.id,
        restricted=True,
        path_opened=person.path_opened or today,
        contact_rule=person.contact_rule if contact_rule is None else contact_rule,
        contact_words=person.contact_words if contact_words is None else contact_words.strip(),
    )


def step(office: Office, case: str, code: str, note: str = "") -> Done:
    """One step of the checklist that was taken; taken again without a note, nothing is written. Raises `NotAllowed`."""
    with office.case_operation(Op.PROTECT, case) as op:
        put_steps(office, op, [code], note.strip())
    return op.done


def put_steps(office: Office, op: Operation, codes: Iterable[str], note: str = "") -> None:
    today = clock.today()
    taken = steps_taken(op.on(Ref(Home.RESTRICTED, op.id)).before)
    for code in codes:
        if checklist(office).step(code) is None:
            raise NotAllowed(N_("The rapid path has no such step any more. Open the case file again."))
        if code not in taken or note:
            op.put(RapidStep(id=new_id(), step=code, made=today, officer=office.officer, note=note))


def close_path(office: Office, case: str, *, stays_restricted: bool = True) -> Done:
    """The path has come to its end. Who may see the case changes only if `stays_restricted` is false."""
    with office.case_operation(Op.PROTECT, case) as op:
        op.set(shown_protection(op, case), closed=clock.today())
        person = person_of(op)
        op.set(person, path_opened=None, restricted=person.restricted and stays_restricted)
    return op.done


def tell(office: Office, case: str, words: str) -> Done:
    """Write down once what the person wanted to tell; a later one is a correction. Raises `NotAllowed` for nothing."""
    if not words.strip():
        raise NotAllowed(N_("Nothing is written yet. Write it in the person's words, without details."))
    with office.case_operation(Op.ADD_STORY, case) as op:
        story = Story(id=new_id(), made=clock.today(), officer=office.officer, words=words.strip())
        op.put(story)
        op.set(person_of(op), told_once=True)
    return op.done


def person_of(op: Operation) -> Person:
    """The person of a case operation, which is sure to have one."""
    found = op.on(Ref(Home.CASE, op.id)).before.one(Person)
    if found is None:
        raise NotAllowed(N_("This change came too late and was not saved. Do it again."))
    return found


def shown_protection(op: Operation, case: str) -> Protection:
    return protection_of(op.on(Ref(Home.RESTRICTED, case)).before)
