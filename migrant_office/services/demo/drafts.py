"""Unfinished forms of every kind, as they lie on a desk at the end of a day."""

from __future__ import annotations

from random import Random

from migrant_office import clock
from migrant_office.models.office import Office
from migrant_office.services import intake
from migrant_office.services.demo.filling import filled
from migrant_office.services.demo.persons import invented_person
from migrant_office.services.demo.profile import People
from migrant_office.services.demo.visits import Visits, members_of

KINDS = (intake.INTAKE, intake.QUICK, intake.FAMILY, intake.COMPLETION)
FEW = (5, 24)  # answers given before somebody had to go


def leave_drafts(office: Office, people: People, rng: Random, how_many: int, visits: Visits) -> None:
    """So many forms that were begun, of each kind in turn, saved as the window saves them."""
    for number in range(how_many):
        form = KINDS[number % len(KINDS)]
        case = next(reversed(visits.begun), "") if form == intake.COMPLETION else ""
        draft, begun = intake.begin(office, intake.INTAKE if form == intake.COMPLETION else form, case)
        if form == intake.FAMILY:
            speaker, *others = visits.household(3)
            filling = filled(begun.form, speaker, members=members_of(speaker, others, ()))
        else:
            told = visits.begun.get(case) or invented_person(rng, people, clock.today(), kind="desk")
            filling = filled(begun.form, told, start=begun, most=rng.randint(*FEW))
        intake.save_draft(office, draft, filling)
