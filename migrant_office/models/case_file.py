"""The expediente as one value: a person and everything dated that belongs to her, for screens and sheets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from migrant_office.models.attachment import Attachment
from migrant_office.models.consent import Consent
from migrant_office.models.eligibility.told import ToldFact, VerdictChange
from migrant_office.models.encounter import Encounter
from migrant_office.models.follow_up import Attempt, FollowUp, Handover, sorting
from migrant_office.models.form_record import Answer, FormRecord
from migrant_office.models.mobility import HeldDocument
from migrant_office.models.need import Need
from migrant_office.models.pathway.following import FollowedPathway, all_followed, snapshots
from migrant_office.models.pathway.nouns import LabourSnapshot
from migrant_office.models.person import Person
from migrant_office.models.referral import Outcome, Referral, ReferralStep, State
from migrant_office.models.sharing import rests_on_nothing
from migrant_office.models.survey import KnowledgeCheck, Satisfaction, Survey
from migrant_office.models.vault.nouns import File
from migrant_office.models.work import Experience

Dated = TypeVar("Dated", Encounter, Need, Referral, Consent, Attachment, Attempt, Handover, Survey)
Told = TypeVar(
    "Told", HeldDocument, Experience, FormRecord, Answer, Satisfaction, KnowledgeCheck, ToldFact, VerdictChange
)
BEGUN, WHOLE = frozenset({"quick", "family"}), frozenset({"intake", "completion"})
"""What a form is filled as: only the most needed, or the whole intake."""
SURVEY = "survey"


@dataclass(frozen=True, slots=True)
class FollowedReferral:
    """A referral with what happened to it. `due` is the day somebody must look at it, none once it is closed and
    nothing is asked later of what came of it; `out` are the ids of steps that could not follow (`referral.Course`);
    `unfounded`: the yes it was made with holds no more.
    """

    referral: Referral
    steps: tuple[ReferralStep, ...]
    state: State
    outcome: Outcome | None
    due: date | None
    out: frozenset[str] = frozenset()
    unfounded: bool = False

    def is_overdue(self, today: date) -> bool:
        return self.due is not None and self.due < today


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything of one case, newest first. `damaged` counts what could not be read and is kept in the document."""

    person: Person
    encounters: tuple[Encounter, ...]
    needs: tuple[Need, ...]
    referrals: tuple[FollowedReferral, ...]
    consents: tuple[Consent, ...] = ()
    papers: tuple[HeldDocument, ...] = ()
    experiences: tuple[Experience, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    records: tuple[FormRecord, ...] = ()
    answers: tuple[Answer, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    handovers: tuple[Handover, ...] = ()
    surveys: tuple[Survey, ...] = ()
    satisfactions: tuple[Satisfaction, ...] = ()
    checks: tuple[KnowledgeCheck, ...] = ()
    pathways: tuple[FollowedPathway, ...] = ()
    situations: tuple[LabourSnapshot, ...] = ()
    told_facts: tuple[ToldFact, ...] = ()
    verdict_changes: tuple[VerdictChange, ...] = ()
    damaged: int = 0

    @property
    def is_begun(self) -> bool:
        """Registered with the most needed only: the whole intake was never asked."""
        uses = {record.use for record in self.records}
        return bool(uses & BEGUN) and not uses & WHOLE

    @property
    def shown(self) -> Mapping[str, str]:
        """The words of chosen codes as they were shown, by field; the latest form counts."""
        return {field: words for record in self.records for field, words in (record.shown or {}).items()}

    @property
    def latest_answers(self) -> tuple[Answer, ...]:
        """The answers to each question that fills no field, those of the form that asked it last: a repeated group has
        several. In the order in which they were told. What a survey asked is no fact of the person.
        """
        surveys = {record.id for record in self.records if record.use == SURVEY}
        answers = [answer for answer in self.answers if answer.record not in surveys]
        last = {answer.question: answer.record for answer in answers}
        return tuple(answer for answer in answers if last[answer.question] == answer.record)

    @property
    def unmet(self) -> tuple[Need, ...]:
        return tuple(n for n in self.needs if n.unmet)


def case_file(file: File) -> CaseFile | None:
    """A document read as a case file, or None when it holds no person (never opened, or undone)."""
    person = file.one(Person)
    if person is None:
        return None
    return CaseFile(
        person=person,
        encounters=newest(file.all(Encounter)),
        needs=newest(file.all(Need)),
        referrals=tuple(followed(r, file) for r in newest(file.all(Referral))),
        consents=newest(file.all(Consent)),
        papers=told(file.all(HeldDocument)),
        experiences=told(file.all(Experience)),
        attachments=newest(file.all(Attachment)),
        records=told(file.all(FormRecord)),
        answers=told(file.all(Answer)),
        follow_ups=tuple(sorted(file.all(FollowUp).values(), key=sorting)),
        attempts=newest(file.all(Attempt)),
        handovers=newest(file.all(Handover)),
        surveys=newest(file.all(Survey)),
        satisfactions=told(file.all(Satisfaction)),
        checks=told(file.all(KnowledgeCheck)),
        pathways=all_followed(file),
        situations=snapshots(file),
        told_facts=told(file.all(ToldFact)),
        verdict_changes=told(file.all(VerdictChange)),
        damaged=len(file.damaged()),
    )


def newest(things: Mapping[str, Dated]) -> tuple[Dated, ...]:
    """Latest day first; as text, because a damaged date is one."""
    return tuple(sorted(things.values(), key=lambda t: (str(t.made), t.id), reverse=True))


def told(things: Mapping[str, Told]) -> tuple[Told, ...]:
    """In the order they were told in: ids of one device sort by time."""
    return tuple(things[id] for id in sorted(things))


def followed(referral: Referral, file: File) -> FollowedReferral:
    now, due = referral.course(file), referral.due_now(file)
    return FollowedReferral(
        referral,
        tuple(referral.steps(file)),
        now.state,
        now.outcome,
        date.fromisoformat(due) if due else None,
        now.out,
        rests_on_nothing(referral, file.all(Consent).values()),
    )
