"""What a person needs, and a need that nothing can serve."""

from __future__ import annotations

from datetime import date

from migrant_office.i18n import N_
from migrant_office.models.coded import Coded
from migrant_office.models.vault.nouns import Home, Sensitivity, noun, scalar

COUNTED = Sensitivity.COUNTED


class NeedKind(Coded):
    WORK = "work", N_("Work")
    CERTIFICATION = "certification", N_("Certification of skills")
    ENTREPRENEURSHIP = "entrepreneurship", N_("Own business")
    PAPERS = "papers", N_("Papers and regularisation")
    HEALTH = "health", N_("Health")
    EDUCATION = "education", N_("School and studies")
    HOUSING = "housing", N_("Housing")
    FOOD = "food", N_("Food")
    SOCIAL_PROTECTION = "social_protection", N_("Social protection")
    LEGAL = "legal", N_("Legal advice")
    BANKING = "banking", N_("Bank account and credit")
    CHILDCARE = "childcare", N_("Childcare")
    SPANISH = "spanish", N_("Spanish lessons")
    DISCRIMINATION = "discrimination", N_("Discrimination")
    NETWORKS = "networks", N_("Support networks")
    OTHER = "other", N_("Other")


ICONS: dict[NeedKind, str] = {
    NeedKind.WORK: "briefcase",
    NeedKind.CERTIFICATION: "certificate",
    NeedKind.ENTREPRENEURSHIP: "growth",
    NeedKind.PAPERS: "id",
    NeedKind.HEALTH: "stethoscope",
    NeedKind.EDUCATION: "school",
    NeedKind.HOUSING: "home",
    NeedKind.FOOD: "soup",
    NeedKind.SOCIAL_PROTECTION: "shield",
    NeedKind.LEGAL: "scale",
    NeedKind.BANKING: "building-bank",
    NeedKind.CHILDCARE: "baby-carriage",
    NeedKind.SPANISH: "language",
    NeedKind.DISCRIMINATION: "equal-not",
    NeedKind.NETWORKS: "users-group",
    NeedKind.OTHER: "dots",
}
"""The picture of each, on the screen and on paper."""


class UnmetReason(Coded):
    """Why nothing could be offered: evidence for those who decide on programmes ([002:310], [002:521])."""

    NO_OFFER = "no_offer", N_("There is no such service")
    NO_PLACES = "no_places", N_("No places left")
    NOT_ELIGIBLE = "not_eligible", N_("The service's conditions do not allow it")
    MISSING_DOCUMENT = "missing_document", N_("A document is missing")


@noun("need", Home.CASE, once=True)
class Need:
    """A need as told on a day. `unmet` says why nothing could be offered; empty while something can."""

    id: str
    kind: NeedKind = scalar(index=True, sensitivity=COUNTED)
    made: date = scalar()
    recorded: date = scalar(index=True, sensitivity=COUNTED)
    unmet: UnmetReason | None = scalar(default=None, sensitivity=COUNTED)
    words: str = scalar(default="", column=False)
