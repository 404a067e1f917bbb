"""Unfinished intake forms, as they lie on a desk at the end of a day."""

from __future__ import annotations

from random import Random

from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.office import Office
from migrant_office.services import intake
from migrant_office.services.demo.names import invented_name
from migrant_office.services.demo.profile import People


def leave_drafts(office: Office, people: People, rng: Random, how_many: int) -> None:
    """So many forms with a name and little else, saved as the window saves them."""
    form = intake.intake_form(office)
    for _ in range(how_many):
        woman, nationality = rng.random() < people.women["desk"] / 100, people.nationality(rng)
        name = invented_name(rng, nationality, woman=woman)
        filling = FormFilling(form)
        answers = {
            "given": name.given,
            "surname": name.surname,
            "second_surname": name.second_surname,
            "phone": people.phone.format(number=rng.randrange(10_000)),
        }
        for field, answer in answers.items():
            question = form.mapped(f"person.{field}")
            if question is not None and answer:
                filling.set(question.addr, answer)
        intake.save_draft(office, intake.new_draft(office), filling)
