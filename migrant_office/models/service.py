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


class Channel(Coded):
    """How a service is given, coarser than its words in `mode`."""

    IN_PERSON = "in_person", N_("In person")
    VIRTUAL = "virtual", N_("At a distance")
    MIXED = "mixed", N_("In person and at a distance")


class Withheld(Coded):
    """Why an open service is never offered to a person."""

    NOT_FOR_PERSONS = "not_for_persons", N_("Not for persons")
    ANNOUNCED = "announced", N_("Announced, not open yet")


class CheckReason(Coded):
    """Why somebody must ask the institution again before the usual day. A code: a service holds nothing personal."""

    REJECTED = "rejected", N_("A referral was rejected")
    CLOSED = "closed", N_("The service was found closed")
    REQUIREMENT = "requirement", N_("A requirement had changed")
    WRONG_FACTS = "wrong_facts", N_("What the catalogue says was wrong")
    NO_ANSWER = "no_answer", N_("The telephone did not answer")
    ASKED = "asked", N_("Somebody asked for it")


@noun("service", Home.SERVICE)
class Service:
    """What the catalogue says, with its source. An unknown fact is empty and shown as *por confirmar*.

    `irregular`, `childcare` and `appointment` are yes, no or unknown (None), and only what a source says. `accepts` are
    codes of the city's list of documents. `confirmed` is the assured date of HSDS, `answered_by` who said so there,
    `check_days` how often to ask (None: as the city does for the area). `check_wanted` asks for it now. `answer_days`
    are working days, as all that promise an answer count them.
    """

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
    closed_why: str = scalar(default="", column=False)
    withheld: Withheld | None = scalar(default=None)
    irregular: bool | None = scalar(default=None)
    channel: Channel | None = scalar(default=None)
    childcare: bool | None = scalar(default=None)
    appointment: bool | None = scalar(default=None)
    answer_days: int | None = scalar(default=None)
    accepts: frozenset[str] = flags(default=frozenset())
    aliases: str = scalar(default="", search=Searched.TEXTS)
    answered_by: str = scalar(default="", column=False)
    check_days: int | None = scalar(default=None)
    check_wanted: date | None = scalar(default=None, index=True)
    check_why: CheckReason | None = scalar(default=None)
    needs: frozenset[NeedKind] = flags()

    @property
    def offered(self) -> bool:
        """Whether a person may be sent there at all; whether she meets its conditions is another question."""
        return not self.closed and self.withheld is None
