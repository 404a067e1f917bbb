"""Words for what the catalogue of counts has no line for: single values ("HT", "university") and their dimensions."""

from __future__ import annotations

from collections.abc import Mapping

from migrant_office.i18n import N_, Translator, countries
from migrant_office.models.coded import Coded
from migrant_office.models.counts.terms import UNKNOWN, Label
from migrant_office.models.person import Language, Schooling, Sex, Situation
from migrant_office.models.referral import Outcome

COUNTRIES = ("nationality", "served_in")
CODES: Mapping[str, type[Coded]] = {
    "sex": Sex,
    "schooling": Schooling,
    "language": Language,
    "situation": Situation,
    "outcome": Outcome,
}
TITLES = {
    "schooling": N_("Schooling"),
    "children": N_("Children in care"),
    "language": N_("Language"),
    "situation": N_("Situation"),
    "served_in": N_("Country of the programme"),
    "service": N_("Service"),
    "outcome": N_("What came of it"),
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
