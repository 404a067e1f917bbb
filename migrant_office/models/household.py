"""People who live and arrive together. The household is a document of its own; each member has an own case file."""

from __future__ import annotations

from datetime import date

from migrant_office.i18n import N_
from migrant_office.models.coded import Coded
from migrant_office.models.missing import Missing
from migrant_office.models.vault.nouns import Home, noun, scalar


class Role(Coded):
    """What a member is to the person who speaks for the household."""

    SPEAKER = "speaker", N_("Speaks for the household")
    PARTNER = "partner", N_("Partner")
    CHILD = "child", N_("Daughter or son")
    PARENT = "parent", N_("Mother or father")
    SIBLING = "sibling", N_("Sister or brother")
    GRANDCHILD = "grandchild", N_("Grandchild")
    GRANDPARENT = "grandparent", N_("Grandparent")
    RELATIVE = "relative", N_("Another relative")
    OTHER = "other", N_("Not a relative")


@noun("household", Home.HOUSEHOLD)
class Household:
    """What its members share. `arrived` is a month or a year, as told: `2026-03` or `2026`."""

    id: str
    address: str = scalar(default="", column=False)
    commune: str = scalar(default="")
    arrived: str | Missing = scalar(default=Missing.NOT_ASKED)
    made: date | None = scalar(default=None)


@noun("member", Home.HOUSEHOLD)
class Member:
    """One member; the id is that of the case file. `guardian` is the case of the adult who answers for a minor.

    Who was separated has a day in `left` and belongs to the household no more.
    """

    id: str
    role: Role | Missing = scalar(default=Missing.NOT_ASKED)
    guardian: str = scalar(default="", index=True)
    joined: date | None = scalar(default=None)
    left: date | None = scalar(default=None)
