"""What was told in private can be read again, by those with the key, and the look is written down."""

from __future__ import annotations

from dataclasses import replace

import pytest

from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.office import Office
from migrant_office.models.vault import access
from migrant_office.models.vault.keys import CompartmentClosed
from migrant_office.services import intake
from migrant_office.services import office_forms as forms
from migrant_office.services.intake.private import PrivateLine, read_private

OWN = """
| settings |
|  | form_title | form_id | version | default_language |
|  | Propia     | propia  | 1       | Español (es)     |
| survey |
|  | type | name | label::Español (es) | label::English (en) | maps_to | sensitive |
|  | text | given | Nombres | Names | person.given | |
|  | select_one orient | orientation | ¿Cuál es su orientación? | Your orientation? | protection.orientation | yes|
|  | text | fear | ¿Qué teme? | Your fear? | | yes |
| choices |
|  | list_name | name | label::Español (es) | label::English (en) |
|  | orient    | gay  | Gay                 | Gay man             |
"""


def told(desk: Office, **answers: str) -> str:
    filling = FormFilling(intake.intake_form(desk))
    for name, answer in answers.items():
        filling.set(filling.form.question(name).addr, answer)
    _, case = intake.complete(desk, intake.new_draft(desk), filling)
    return case


def test_it_is_read_in_the_words_of_the_form(desk: Office) -> None:
    forms.load(desk, forms.INTAKE, OWN.encode(), "md")
    case = told(desk, given="Andy", orientation="gay", fear="volver")
    assert read_private(desk, case, "en") == (
        PrivateLine("Your orientation?", "Gay man"),
        PrivateLine("¿Qué teme?", "volver"),
    )
    assert ("private", case) in [(entry.act, entry.subject) for entry in access.entries(desk.vault)]


def test_a_later_form_without_the_question_keeps_the_words(desk: Office) -> None:
    forms.load(desk, forms.INTAKE, OWN.encode(), "md")
    case = told(desk, given="Andy", orientation="gay")
    later = "\n".join(line for line in OWN.splitlines() if "orient" not in line).replace("| 1  ", "| 2  ")
    forms.load(desk, forms.INTAKE, later.encode(), "md")
    assert read_private(desk, case, "es") == (PrivateLine("¿Cuál es su orientación?", "Gay"),)


def test_nothing_told_is_nothing(desk: Office) -> None:
    assert read_private(desk, told(desk, given="Rose"), "es") == ()


def test_without_the_key_nobody_reads_it(desk: Office) -> None:
    case = told(desk, given="Rose")
    desk.vault.keys = replace(desk.vault.keys, compartment=None)
    with pytest.raises(CompartmentClosed):
        read_private(desk, case, "es")
