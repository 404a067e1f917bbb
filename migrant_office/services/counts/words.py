"""Words for what the catalogue of counts has no line for: single values ("HT", "university") and their dimensions."""

from __future__ import annotations

from collections.abc import Mapping

from migrant_office.i18n import N_, Translator, countries
from migrant_office.models.coded import Coded
from migrant_office.models.counts.terms import UNKNOWN, Label
from migrant_office.models.mobility import Category
from migrant_office.models.person import Language, Schooling, Sex, Situation
from migrant_office.models.referral import Outcome
from migrant_office.models.work import Occupation

COUNTRIES = ("nationality", "served_in", "birth_country")
CODES: Mapping[str, type[Coded]] = {
    "sex": Sex,
    "schooling": Schooling,
    "language": Language,
    "situation": Situation,
    "outcome": Outcome,
    "category": Category,
    "sought_group": Occupation,
}
YES_NO = {"yes": N_("Yes"), "no": N_("No"), "1": N_("Yes"), "0": N_("No")}  # a rule's word, a column's bit
DECIDED = ("disability", "indigenous")
TITLES = {
    "schooling": N_("Schooling"),
    "children": N_("Children in care"),
    "language": N_("Language"),
    "situation": N_("Situation"),
    "served_in": N_("Country of the programme"),
    "service": N_("Service"),
    "outcome": N_("What came of it"),
    "category": N_("Mobility category"),
    "disability": N_("Disability, by the Washington Group's questions"),
    "indigenous": N_("Indigenous, as the person says"),
    "birth_country": N_("Country of birth"),
    "sought_group": N_("Work sought"),
}
NO_DATA, OTHER = N_("No data"), N_("Other")
OTHER_COUNTRY = "other"  # as the intake form writes a country that is not in its list


def title_of(dimension: str) -> Label:
    """The name of a dimension that the catalogue does not know; the code itself when nobody named it."""
    return in_all(TITLES.get(dimension, dimension))


def word_of(dimension: str, code: str, services: Mapping[str, str]) -> Label:
    """A single value in words, and "no data" for a missing answer; the code itself when nobody named it.

    `services` holds the names of the catalogue's services by id: they have one language only.
    """
    if code == UNKNOWN:
        return in_all(NO_DATA)
    if dimension in COUNTRIES:
        return country(code)
    if dimension in CODES and code in set(CODES[dimension]):
        return in_all(CODES[dimension](code).label)
    if dimension in DECIDED and code in YES_NO:
        return in_all(YES_NO[code])
    text = services.get(code, code) if dimension == "service" else code
    return Label(text, text, text)


def country(code: str) -> Label:
    if code == OTHER_COUNTRY:
        return in_all(OTHER)
    names = countries().get(code.upper(), {})
    spanish = names.get("es") or code  # stands in where nobody has given another name yet
    return Label(spanish, names.get("en") or spanish, names.get("ht") or spanish)


def in_all(message: str) -> Label:
    """A message in the three languages."""
    return Label(*(Translator(language).gettext(message) for language in ("es", "en", "ht")))
