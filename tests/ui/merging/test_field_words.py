from __future__ import annotations

from datetime import date

import pytest

from migrant_office.models.mobility import Reason
from migrant_office.models.person import Person, Sex
from migrant_office.models.referral import Referral
from migrant_office.models.vault.nouns import NOUNS, Merging
from migrant_office.ui.merging import field_words


def test_every_field_that_is_chosen_has_words() -> None:
    chosen = {name for name, rule in NOUNS[Person].merging.items() if rule is Merging.CHOSEN}
    assert field_words.LABELS.keys() == chosen


@pytest.mark.parametrize(
    ("field", "told", "said"),
    [
        ("given", "Jean", "Jean"),
        ("phone", "", "Nada anotado"),
        ("birth", date(1991, 4, 7), "07/04/1991"),
        ("nationality", "HT", "Haití"),
        ("interpreter", True, "Sí"),
        ("sex", Sex.WOMAN, "Mujer"),
        ("reasons", frozenset({Reason.STUDIES}), "Estudiar"),
        ("other_nationalities", frozenset({"HT", "DO"}), "Haití, República Dominicana"),
        ("household", "x", "El hogar de este expediente"),
    ],
)
def test_values_in_words(dressed: None, field: str, told: object, said: str) -> None:
    assert field_words.value(field, told).casefold() in (said.casefold(), f"para {said}".casefold())


def test_counts_in_words(dressed: None) -> None:
    assert field_words.counts({Referral: 2}) == "2 derivaciones"
    assert field_words.counts({Referral: 0}) == "nada"
