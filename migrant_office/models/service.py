"""A service of the city's catalogue: one document each, so that history and conflicts read per service."""

from __future__ import annotations

from datetime import date

from migrant_office.i18n import N_
from migrant_office.models.coded import Coded
from migrant_office.models.need import NeedKind
from migrant_office.models.vault.nouns import Home, Searched, Sensitivity, flags, noun, scalar


class Confidence(Coded):
    """Where a service's facts come from; none counts as true until the office confirms it."""

    OFFICIAL = "official", N_("Official page")
    NGO = "ngo", N_("Organisation's page")
    PRESS = "press", N_("Press")
    THIRD_PARTY = "third_party", N_("Third party")
    SEED = "seed", N_("Programme evaluation")
    UNVERIFIED = "unverified", N_("Not verified")


@noun("service", Home.SERVICE)
class Service:
    """What the catalogue says, with its source. An unknown fact is empty and shown as *por confirmar*."""

    id: str
    code: str = scalar(default="", index=True)
    name: str = scalar(default="", index=True, search=Searched.TEXTS)
    owner: str = scalar(default="", search=Searched.TEXTS)
    area: str = scalar(default="", index=True, sensitivity=Sensitivity.COUNTED)
    topic: str = scalar(default="")  # the catalogue's own word for the area, finer than `area`
    gives: str = scalar(default="", column=False)
    who: str = scalar(default="", column=False)
    documents: str = scalar(default="", column=False)
    cost: str = scalar(default="", column=False)
    mode: str = scalar(default="", column=False)
    steps: str = scalar(default="", column=False)
    contact: str = scalar(default="", column=False)
    legal_basis: str = scalar(default="", column=False)
    source: str = scalar(default="", column=False)
    source_date: str = scalar(default="")
    confidence: Confidence | None = scalar(default=None)
    confirmed: date | None = scalar(default=None, index=True)
    confirmed_by: str = scalar(default="")
    closed: bool = scalar(default=False)
    needs: frozenset[NeedKind] = flags()
