"""Codes of human mobility, and the papers somebody holds. Migration status is optional, self-declared and coarse."""

from __future__ import annotations

from datetime import date

from migrant_office.i18n import N_
from migrant_office.models.coded import Coded
from migrant_office.models.missing import Missing
from migrant_office.models.vault.nouns import Home, Searched, Sensitivity, noun, scalar


class Category(Coded):
    """The reporting axis of the programme ([002:1002]) and what each city's own words map to ([002:478], [002:491])."""

    MIGRANT = "migrant", N_("Migrant")
    REFUGEE = "refugee", N_("Refugee")
    ASYLUM_SEEKER = "asylum_seeker", N_("Asylum seeker")
    COMPLEMENTARY = "complementary", N_("With complementary protection")
    DISPLACED = "displaced", N_("Internally displaced")
    RETURNED = "returned", N_("Returned to the country")
    STATELESS = "stateless", N_("Stateless")


PROTECTED_STATUS = frozenset(
    {"refuge_application", "asylum_applicant", "refugee", "complementary_protection", "stateless"}
)
"""Codes of the cities' lists of statuses that speak of international protection: no table may tell them apart."""
PROTECTION = "protection"
"""What a status of protection is to whoever counts."""


class Intention(Coded):
    """Mexico is mainly crossed, Chile mainly reached ([002:1246])."""

    STAY = "stay", N_("To stay")
    TRANSIT = "transit", N_("To travel on")
    RETURN = "return", N_("To go back")
    UNDECIDED = "undecided", N_("Not decided yet")


class Reason(Coded):
    """Why somebody came, as the census of Mexico City asks it ([002:486])."""

    FAMILY = "family", N_("To join relatives")
    JOB_OFFER = "job_offer", N_("A job was offered")
    JOB_SEARCH = "job_search", N_("To look for work")
    STUDIES = "studies", N_("To study")
    INSECURITY = "insecurity", N_("Insecurity")
    OTHER = "other", N_("Other")


class Registry(Coded):
    """Whether the person is in the city's social register (Registro Social de Hogares, Padrón de Huéspedes)."""

    REGISTERED = "registered", N_("Registered")
    IN_PROCESS = "in_process", N_("In process")
    NOT_REGISTERED = "not_registered", N_("Not registered")
    CANNOT = "cannot", N_("Cannot register: a paper is missing")


class DocumentState(Coded):
    """Where a paper stands; papers expire and get lost, and a missing one is not a refusal ([002:518])."""

    HAS = "has", N_("Has it")
    IN_PROCESS = "in_process", N_("In process")
    EXPIRED = "expired", N_("Expired")
    LOST = "lost", N_("Lost or taken away")
    LACKS = "lacks", N_("Does not have it")


@noun("held_document", Home.CASE)
class HeldDocument:
    """One paper of a person. `kind` is a code of the list `document` of the city's intake form; `country` issued it
    (ISO alpha-2); `copy` is the id of an attachment.
    """

    id: str
    kind: str = scalar(default="", index=True)
    words: str = scalar(default="", column=False)
    state: DocumentState | Missing = scalar(default=Missing.NOT_ASKED)
    number: str = scalar(default="", search=Searched.PAPERS, sensitivity=Sensitivity.SENSITIVE)
    country: str = scalar(default="")
    expires: date | Missing | None = scalar(default=None, index=True)
    copy: str = scalar(default="", column=False)
