"""What is counted of the office's own questions is told in words, also in words that the form has lost."""

from __future__ import annotations

from migrant_office.i18n import Translator
from migrant_office.models.office import Office
from migrant_office.services import intake
from migrant_office.services.intake.tally import Tally, tally
from tests.services.intake.test_kept import filled, own_form


def told(desk: Office) -> list[Tally]:
    return tally(desk, "meal", Translator("es"))


def test_a_choice_that_its_list_has_lost_is_counted_in_its_words(desk: Office) -> None:
    own_form(desk)
    intake.complete(desk, intake.new_draft(desk), filled(desk, given="Rose", meal="yes"))
    before = told(desk)
    assert before == [Tally("Sí, comió", 1)]
    own_form(desk, "2", "|  | meal      | yes        | Sí, comió           | Wi                 |\n", "")
    assert told(desk) == before


def test_a_choice_is_told_in_the_words_of_today(desk: Office) -> None:
    own_form(desk)
    intake.complete(desk, intake.new_draft(desk), filled(desk, given="Rose", meal="yes"))
    own_form(desk, "2", "Sí, comió", "Sí, hoy comió")
    assert told(desk) == [Tally("Sí, hoy comió", 1)]
