"""People whose service is over, for the tests of surveys."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from migrant_office.models.case_file import CaseFile
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.need import NeedKind
from migrant_office.models.office import Office, new_id
from migrant_office.models.person import Person
from migrant_office.models.referral import Outcome, Referral, State
from migrant_office.models.survey import SurveyKind
from migrant_office.services import people, surveys
from migrant_office.services.surveys import About
from tests.factories import DAY, a_referral, a_step, put


def opened(office: Office, **told: Any) -> str:
    person = Person(id=new_id(), **({"given": "Rose", "surname": "Désir"} | told))
    people.open_case(office, person)
    return person.id


def closed(office: Office, case: str, need: NeedKind = NeedKind.CERTIFICATION, on: date = DAY, **step: Any) -> Referral:
    """A referral that was concluded on a day."""
    area = "health" if need is NeedKind.HEALTH else "employment"
    referral = a_referral(need=need, area=area, service="scl-chilevalora")
    last = a_step(referral.id, made=on, **({"state": State.COMPLETED, "outcome": Outcome.ATTENDED} | step))
    put(office.vault, referral, last, on=case)
    return referral


def read(office: Office, case: str) -> CaseFile:
    return people.read_case(office, case)


def due(office: Office, case: str, on: date = DAY) -> list[tuple[SurveyKind, str]]:
    return [(about.kind, about.part) for about in surveys.due_for(read(office, case), on)]


def about_first(office: Office, case: str, on: date = DAY) -> About:
    return surveys.due_for(read(office, case), on)[0]


def filled(filling: FormFilling, answers: Mapping[str, Any]) -> FormFilling:
    for name, answer in answers.items():
        filling.set(filling.form.question(name).addr, answer)
    return filling
