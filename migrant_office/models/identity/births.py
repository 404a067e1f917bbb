"""Whether a day of birth makes one look again."""

from __future__ import annotations

from datetime import date

from migrant_office.i18n import N_
from migrant_office.models.person import age_on

OLDEST = 120  # years; nobody on record was much older
_TO_COME = N_("This day is still to come. You can save it all the same.")
_LONG_AGO = N_("That would be over 120 years old. You can save it all the same.")


def birth_doubt(birth: date, today: date) -> str:
    """A message id, or '' when nothing is strange."""
    if birth > today:
        return _TO_COME
    age = age_on(birth, today)
    return _LONG_AGO if age is not None and age > OLDEST else ""
