"""A dated contact of a person with the office (atención)."""

from __future__ import annotations

from datetime import date

from migrant_office.i18n import N_
from migrant_office.models.coded import Coded
from migrant_office.models.vault.nouns import Home, Sensitivity, noun, scalar

COUNTED = Sensitivity.COUNTED


class Channel(Coded):
    IN_PERSON = "in_person", N_("In person")
    PHONE = "phone", N_("Phone call")
    WHATSAPP = "whatsapp", N_("WhatsApp")
    FIELD = "field", N_("In the field")


@noun("encounter", Home.CASE, once=True)
class Encounter:
    """One atención. `recorded` is the day it was written down; the month's counts go by it, so that a closed month
    never changes.
    """

    id: str
    made: date = scalar(index=True)
    recorded: date = scalar(index=True, sensitivity=COUNTED)
    channel: Channel = scalar(sensitivity=COUNTED)
    officer: str = scalar(default="")
    note: str = scalar(default="", column=False)
