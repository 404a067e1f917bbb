"""First visits, through the forms of the desk: the whole intake, the quick registration, the family."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from random import Random
from typing import Any

from migrant_office import clock
from migrant_office.models.attachment import to_json
from migrant_office.models.encounter import Channel
from migrant_office.models.forms.answers import Answer
from migrant_office.models.forms.standard import STANDARD
from migrant_office.models.missing import Missing
from migrant_office.models.need import NeedKind
from migrant_office.models.office import Office, new_id
from migrant_office.services import attachments, households, intake, people
from migrant_office.services.demo.asking import GROWN_UP, Answers, Told
from migrant_office.services.demo.at_risk import AtRisk
from migrant_office.services.demo.days import Agenda, days_between
from migrant_office.services.demo.draw import happens
from migrant_office.services.demo.filling import Group, filled
from migrant_office.services.demo.persons import invented_person, relative
from migrant_office.services.demo.picture import drawn_paper
from migrant_office.services.demo.profile import Profile
from migrant_office.services.intake.record import needs_from

SPEAKS = (20, 58)  # full years of those who register a family
OF_A_MEMBER = ("given", "surname", "second_surname", "role", "birth_date", "age", "sex", "nationality")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody whose case is open now. `guardian` answers for a minor; `at_risk` says that the rapid path is open."""

    id: str
    guardian: str = ""
    at_risk: bool = False


class Visits:
    """Registers whoever comes; `begun` are the short registrations that nobody has completed yet, oldest first."""

    def __init__(self, office: Office, profile: Profile, rng: Random, agenda: Agenda, *, light: bool) -> None:
        self.office, self.rng, self.agenda, self.light = office, rng, agenda, light
        self.who, self.shares = profile.people, profile.arriving
        self.at_risk = AtRisk(office, profile.at_risk, rng, agenda, light=light)
        self.begun: dict[str, Told] = {}
        self.files = 0

    def one(self, needs: list[NeedKind], kind: str) -> Visitor:
        """Somebody who comes alone; `kind` as in `invented_person`."""
        told = invented_person(self.rng, self.who, clock.today(), kind=kind)
        told = with_answers(told, {"needs": tuple(needs)})
        return self.quick(told) if happens(self.rng, self.shares.quick) else self.whole(told)

    def whole(self, told: Told) -> Visitor:
        """The whole intake; a few leave a copy of a paper, and a very few carry a sign of danger."""
        at_risk = self.at_risk.answers()
        told, beside = self.with_copy(with_answers(told, at_risk))
        case = self.register(intake.INTAKE, told, beside=beside)
        return Visitor(case, guardian_of(told), at_risk=bool(at_risk))

    def quick(self, told: Told) -> Visitor:
        """Six answers now; some come back for the rest, and some do not."""
        met_outside = happens(self.rng, self.shares.field)
        campaign: Answers = {"campaign": self.shares.campaigns(self.rng)} if met_outside else {}
        case = self.register(intake.QUICK, with_answers(told, campaign))
        self.plan_rest({case: told})
        return Visitor(case, guardian_of(told))

    def plan_rest(self, registered: dict[str, Told]) -> None:
        """The whole intake of one, or of each of a family, is asked another day, or never."""
        self.begun |= registered
        if happens(self.rng, self.shares.completed) and not self.light:
            day = clock.today() + days_between(self.rng, 3, 40)
            for case, told in registered.items():
                self.agenda.add(day, partial(self.come_back, case, told))

    def come_back(self, case: str, told: Told) -> None:
        """The rest of the intake, for a case that is open since a shorter one."""
        draft, begun = intake.begin(self.office, case=case)
        intake.complete(self.office, draft, filled(begun.form, told, start=begun))
        del self.begun[case]

    def family(self, size: int, needs: list[NeedKind]) -> Visitor:
        """So many people who live together; answers for the one who speaks."""
        speaker, *others = self.household(size)
        case = self.register(intake.FAMILY, speaker, members_of(speaker, others, needs))
        home = people.read_case(self.office, case).person.household
        ids = sorted(line.case for line in households.read_household(self.office, home).members)
        self.plan_rest(dict(zip(ids, (speaker, *others), strict=True)))  # ids grow in the order of the form
        return Visitor(case)

    def household(self, size: int) -> tuple[Told, ...]:
        """So many people who live together, the one who speaks first."""
        today = clock.today()
        speaker = invented_person(self.rng, self.who, today, kind="desk", ages=SPEAKS)
        roles = ["partner"] if happens(self.rng, self.shares.partner) else []
        roles += ["child"] * (size - 1 - len(roles))
        return (speaker, *(relative(self.rng, self.who, today, speaker, role) for role in roles))

    def register(self, form: str, told: Told, members: Group = (), beside: dict[str, Any] | None = None) -> str:
        """Fill a form and complete it; answers the case."""
        if self.light and not members:
            return open_plainly(self.office, told)
        filling = filled(intake.intake_form(self.office, form), told, members=members)
        return intake.complete(self.office, intake.new_draft(self.office, form), filling, beside)[1]

    def with_copy(self, told: Told) -> tuple[Told, dict[str, Any]]:
        """With a drawn copy of the first paper for a few, and what stands beside the answers for it."""
        first, *rest = told.papers or ({},)
        has_it = first.get("document_state") == "has"
        if not has_it or self.files >= self.shares.most_files or not happens(self.rng, self.shares.files):
            return told, {}
        self.files += 1
        kept = attachments.keep(self.office, drawn_paper(self.rng), f"{first['document_kind']}.png")
        papers = ({**first, "document_copy": kept.id}, *rest)
        return replace(told, papers=papers), {intake.ATTACHMENTS: {kept.id: to_json(kept)}}


def members_of(speaker: Told, others: Iterable[Told], needs: Iterable[NeedKind]) -> Group:
    """What is told of each member of a family, the one who speaks first."""
    first = with_answers(speaker, {"role": "speaker", "member_needs": tuple(needs)})
    return [member(each) for each in (first, *others)]


def with_answers(told: Told, answers: Answers) -> Told:
    return replace(told, answers={**told.answers, **answers})


def guardian_of(told: Told) -> str:
    """Who answers for somebody under 18, or who may be: the quick registration knows no more than the year."""
    return f"María {told.answers['surname']}" if told.age <= GROWN_UP else ""


def member(told: Told) -> dict[str, Answer]:
    """What is asked of each member of a family, in the order of the form."""
    known = {name: told.answers[name] for name in OF_A_MEMBER if name in told.answers}
    guardian = {"guardian": "yes"} if told.is_minor else {}
    return {**known, **guardian, "member_needs": told.answers.get("member_needs", ())}


def open_plainly(office: Office, told: Told) -> str:
    """A case with what the standard questions tell, without a form: for offices of many thousands, whose making would
    else take longer than what is measured on them.
    """
    fields = {STANDARD[name].field: answer for name, answer in told.answers.items() if name in STANDARD}
    fields["person.birth"] = told.answers.get("birth_date") or Missing.NOT_ASKED
    person = intake.person_from(new_id(), fields)
    people.open_case(office, person, *needs_from(fields), encounter=people.new_encounter(office, Channel.IN_PERSON))
    return person.id
