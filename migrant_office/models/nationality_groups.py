"""Which countries have a line of their own in the counts of a year: written down once, the same on every device."""

from __future__ import annotations

from datetime import date

from migrant_office.i18n import N_
from migrant_office.models.coded import Coded
from migrant_office.models.vault.nouns import Home, Sensitivity, noun, scalar


class Chosen(Coded):
    """From what the countries of a year were chosen; figures of the year before, never of the year itself."""

    RELEASED = "released", N_("from the published year before")
    EXACT = "exact", N_("from the year before")
    DEFAULT = "default", N_("from the catalogue: there is no year before")


@noun("nationality_groups", Home.FORM, once=True)
class NationalityGroups:
    """One entry a year; `id` is the year ("2027"). `lines` are the codes of countries with commas between, "" for those
    of the catalogue.
    """

    id: str
    lines: str = scalar(sensitivity=Sensitivity.COUNTED)
    chosen: Chosen = scalar(sensitivity=Sensitivity.COUNTED)
    catalogue: str = scalar()
    recorded: date = scalar()
    officer: str = scalar(default="")
