"""The end of an intake: the case it opens, the family it registers, or the case it completes. One operation each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from migrant_office import clock
from migrant_office.models.attachment import Kept, from_json
from migrant_office.models.encounter import Channel
from migrant_office.models.form_record import Answer
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.household import Household, Member, Role
from migrant_office.models.missing import Missing
from migrant_office.models.mobility import HeldDocument
from migrant_office.models.need import Need
from migrant_office.models.office import Office, new_id
from migrant_office.models.operations import Op
from migrant_office.models.person import Person
from migrant_office.models.restricted import PrivateAnswer, Protection
from migrant_office.models.vault import drafts
from migrant_office.models.vault.drafts import Draft
from migrant_office.models.vault.nouns import NOUNS, changed
from migrant_office.models.vault.operation import Done, Operation
from migrant_office.models.work import Experience
from migrant_office.services import attachments, consents, identity, papers, people, protection, queue, situations
from migrant_office.services.intake.changes import begun, differences
from migrant_office.services.intake.drafts import refuse_completed
from migrant_office.services.intake.held import MEMBERS, Holding
from migrant_office.services.intake.kept import OUTSIDE, kept_of
from migrant_office.services.intake.recognising import write_judgements
from migrant_office.services.intake.record import Told, asked_for, needs_from, person_from, text_of, values
from migrant_office.services.office_forms import COMPLETION, FAMILY

ATTACHMENTS = "attachments"  # beside a draft's answers: id → what `attachment.to_json` says of a chosen file
TICKET = "ticket"  # beside a draft: the number of the queue that it was begun with
OF_THE_SPEAKER = ("phone", "email", "contact_rule", "contact_words", "channel", "trusted", "trusted_phone")
"""What the person who speaks told of herself: it is not copied to the members of her family."""

Beside = Mapping[str, Any]


def complete(office: Office, draft: Draft, filling: FormFilling, beside: Beside | None = None) -> tuple[Done, str]:
    """Write what was answered and take the draft away: one operation, all or nothing.

    No answer is needed: what was not asked is stored as not asked. Returns the operation and the id of the case to
    show. Raises `NotAllowed` when this draft was completed before.
    """
    refuse_completed(office, draft)
    if draft.form == COMPLETION:
        return complete_known(office, draft, filling, beside or {})
    if draft.form == FAMILY:
        return open_family(office, draft, filling, beside or {})
    told = as_kept(office, filling.mapped())
    with office.operation(Op.OPEN_CASE, draft.subject) as op:
        opening = Opening(office, op, Holding(filling, draft.form), beside or {})
        opening.consent(opening.person(person_from(draft.subject, told), told), told)
        write_judgements(office, op, draft.subject, beside or {})
        opening.ends(draft, draft.subject)
    return op.done, draft.subject


def as_kept(office: Office, told: Told) -> dict[str, Any]:
    """Answers as they are kept: phones in international form, numbers of documents as their registers write them. One
    that is doubtful stays as it was typed.
    """
    kind, country = text_of(told.get("held_document.kind")), office.city.country
    return {
        field: identity.kept(field, answer, country, kind=kind if field == "held_document.number" else "")
        if text_of(answer)
        else answer
        for field, answer in told.items()
    }


@dataclass(frozen=True, slots=True)
class Opening:
    """Writes a case inside an operation. `owners` are the parts of the form that tell of it, as in `kept_of`."""

    office: Office
    op: Operation
    holding: Holding
    beside: Beside

    def person(self, person: Person, told: Told, owners: frozenset[str] = OUTSIDE, *own: Told) -> Person:
        """A new case; `own` is what was told of this person alone, when `told` holds what others share."""
        made = people.put_case(self.office, self.op, person)
        self.needs(made.id, *(own or (told,)))
        self.records(made.id, own[-1] if own else told, owners)
        self.confide(made, told)
        self.rest(made.id, owners)
        return made

    def needs(self, case: str, *told: Told, known: Iterable[Need] = ()) -> None:
        """Each need once, whoever told it."""
        seen = {asked_for(need) for need in known}
        for need in (need for one in told for need in needs_from(one)):
            if asked_for(need) not in seen:
                seen.add(asked_for(need))
                self.op.put(need, on=case)

    def records(self, case: str, told: Told, owners: frozenset[str]) -> None:
        """The papers, with their copies, and the experience: told in repeated groups, or once outside of them."""
        for one in (*self.instances("held_document", owners), told):
            paper = values(HeldDocument, "held_document", as_kept(self.office, one))
            copy = self.file(paper.pop("copy", ""))
            if paper or copy:
                papers.write_paper(self.op, case, HeldDocument(id=new_id(), **paper), copy)
        for one in (*self.instances("experience", owners), told):
            if job := values(Experience, "experience", one):
                self.op.put(Experience(id=new_id(), **job), on=case)

    def instances(self, record: str, owners: frozenset[str]) -> list[Told]:
        found = self.holding.filling.recorded(record).items()
        return [told for addr, told in found if self.holding.owner(addr) in owners]

    def file(self, id: str) -> Kept | None:
        """A chosen file of the draft by its id."""
        told = self.beside.get(ATTACHMENTS, {}).get(id) if id else None
        try:
            return from_json(told) if told else None
        except ValueError:  # damaged in the draft: a copy that cannot be read must not keep the case from opening
            return None

    def confide(self, person: Person, told: Told) -> None:
        """What belongs into the compartment; a sign opens the rapid path with the case."""
        kept = values(Protection, "protection", told)
        signs = kept.pop("signs", frozenset())
        if kept or signs:
            protection.put_protection(self.op, person, signs, **kept)

    def consent(self, person: Person, told: Told) -> None:
        """What the person agreed to, under the notice in force."""
        answers, said = consents.from_answers(told, consents.told_in(person))
        consents.put_consents(self.office, self.op, answers, said, person=person)

    def ends(self, draft: Draft, case: str) -> None:
        """The draft goes, and the number that the person came with leads to her case."""
        if ticket := self.beside.get(TICKET):
            queue.link(self.op, ticket, case)
        drafts.discard(self.office.vault, draft.id)

    def rest(self, case: str, owners: frozenset[str] = OUTSIDE) -> None:
        """The attention of today with what fits no field, and all else that was told, under the form's version."""
        kept = kept_of(self.office, self.holding, owners)
        told: tuple[Answer | PrivateAnswer, ...] = (*kept.answers, *kept.private)
        for answer in told:
            if file := self.file(answer.text or answer.value):
                if isinstance(answer, PrivateAnswer):  # its name and its question would tell what it is about
                    attachments.attach(self.op, case, replace(file, name=""))
                else:
                    attachments.attach(self.op, case, file, answer.question)
        self.op.put(people.new_encounter(self.office, Channel.IN_PERSON, kept.note), on=case)
        self.op.put(kept.record, on=case)
        for answer in told:
            self.op.put(answer, on=case)


def open_family(office: Office, draft: Draft, filling: FormFilling, beside: Beside) -> tuple[Done, str]:
    """A case for each member, with the address and the arrival told once, and the household that binds them.

    One member speaks: see `speaker_of`. A form without members opens one case.
    """
    holding = Holding(filling, draft.form)
    shared = as_kept(office, filling.mapped())
    members = [as_kept(office, one) for one in filling.records(MEMBERS)]
    own = members or [{}]
    speaker = speaker_of(members)
    ids = [new_id() for _ in own]
    with office.operation(Op.OPEN_FAMILY, draft.subject) as op:
        opening = Opening(office, op, holding, beside)
        household = Household(id=draft.subject, made=clock.today(), **values(Household, "household", shared))
        op.put(household)
        for number, (id, one) in enumerate(zip(ids, own, strict=True)):
            told, speaks = shared | one, number == speaker
            person = in_household(person_from(id, told), household)
            if not speaks:
                person = changed(person, **{name: NOUNS[Person].defaults[name] for name in OF_THE_SPEAKER})
                person = changed(person, **values(Person, "person", one))
            owners = frozenset({*holding.members[number : number + 1], *(OUTSIDE if speaks else ())})
            made = opening.person(person, told, owners, shared, told if speaks else one)
            opening.consent(made, told if speaks else one)
            op.put(member_of(id, told, ids[speaker], speaks=speaks))
        for whose, id in zip(holding.members, ids, strict=False):
            write_judgements(office, op, id, beside, whose)
        opening.ends(draft, ids[speaker])
    return op.done, ids[speaker]


def speaker_of(members: Sequence[Told]) -> int:
    """The place of the one who speaks: by the role, else the first of whom no other role was told."""
    roles = [text_of(one.get("member.role")) for one in members]
    return next((roles.index(role) for role in (Role.SPEAKER, "") if role in roles), 0)


def in_household(person: Person, household: Household) -> Person:
    """The person with what the household shares, where nothing of her own was told."""
    arrived = household.arrived if isinstance(person.arrived, Missing) else person.arrived
    return changed(
        person,
        household=household.id,
        address=person.address or household.address,
        commune=person.commune or household.commune,
        arrived=arrived,
    )


def member_of(case: str, told: Told, speaker: str, *, speaks: bool) -> Member:
    """`member.guardian` says whether the one who speaks answers for a minor ("yes")."""
    role = Role.SPEAKER if speaks else values(Member, "member", told).get("role", Missing.NOT_ASKED)
    guardian = speaker if told.get("member.guardian") == "yes" and not speaks else ""
    return Member(id=case, role=role, guardian=guardian, joined=clock.today())  # so that a member is there


def complete_known(office: Office, draft: Draft, filling: FormFilling, beside: Beside) -> tuple[Done, str]:
    """Add to a case what was told now. Only answers that differ from what the form showed at the start are written,
    so that a colleague's change meanwhile stays.
    """
    case = people.read_case(office, draft.subject)
    told = as_kept(office, filling.mapped())
    with office.case_operation(Op.COMPLETE_INTAKE, draft.subject) as op:
        changes = differences(case.person, as_kept(office, begun(office, draft, filling, case.person)), told, filling)
        op.set(case.person, **changes)
        situations.put_change(office, op, case.person, changes)
        opening = Opening(office, op, Holding(filling, draft.form), beside)
        opening.needs(draft.subject, told, known=case.needs)
        opening.records(draft.subject, told, OUTSIDE)
        now = changed(case.person, **changes)
        opening.confide(now, told)
        opening.consent(now, told)
        opening.rest(draft.subject)
        write_judgements(office, op, office.vault.who(draft.subject), beside)
        opening.ends(draft, office.vault.who(draft.subject))
    return op.done, office.vault.who(draft.subject)
