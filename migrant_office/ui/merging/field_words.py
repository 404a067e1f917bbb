"""The fields of a person in words, for an officer who chooses between the values of two files."""

from __future__ import annotations

from datetime import date
from typing import Any

from migrant_office.i18n import N_, _, ngettext, translator
from migrant_office.models.appointment import Appointment
from migrant_office.models.encounter import Encounter
from migrant_office.models.form_record import FormRecord
from migrant_office.models.mobility import HeldDocument
from migrant_office.models.need import Need
from migrant_office.models.referral import Referral
from migrant_office.services.merging import label_counts
from migrant_office.ui import words

LABELS = {
    "given": N_("Given names"),
    "surname": N_("First surname"),
    "second_surname": N_("Second surname"),
    "other_names": N_("Other names"),
    "chosen_name": N_("Name the person wants to hear"),
    "birth": N_("Birth"),
    "birth_estimated": N_("The birth date is only approximate"),
    "birth_country": N_("Country of birth"),
    "sex": N_("Sex"),
    "gender": N_("Gender"),
    "gender_words": N_("Gender, in her or his words"),
    "nationality": N_("Nationality"),
    "nationality_words": N_("Nationality, in her or his words"),
    "other_nationalities": N_("Other nationalities"),
    "indigenous": N_("Belongs to an indigenous people"),
    "indigenous_people": N_("Indigenous people"),
    "language": N_("Language"),
    "language_words": N_("Language, in her or his words"),
    "other_languages": N_("Other languages"),
    "spanish_speaks": N_("Speaks Spanish"),
    "spanish_reads": N_("Reads Spanish"),
    "spanish_writes": N_("Writes Spanish"),
    "interpreter": N_("Needs an interpreter"),
    "phone": N_("Phone"),
    "email": N_("E-mail"),
    "channel": N_("Prefers"),
    "contact_rule": N_("How the person may be contacted"),
    "contact_words": N_("Safe contact, in her or his words"),
    "trusted": N_("Trusted person"),
    "trusted_phone": N_("Phone of the trusted person"),
    "address": N_("Address"),
    "commune": N_("Where the person lives"),
    "household": N_("Household"),
    "children": N_("Children in care"),
    "cares_for": N_("Looks after"),
    "childcare": N_("Childcare"),
    "category": N_("Category"),
    "status": N_("Migration status, as told"),
    "registry": N_("Social register"),
    "arrived": N_("Arrived"),
    "intention": N_("Plans"),
    "reasons": N_("Reasons to come"),
    "seeing": N_("Seeing"),
    "hearing": N_("Hearing"),
    "walking": N_("Walking"),
    "remembering": N_("Remembering"),
    "self_care": N_("Self-care"),
    "communicating": N_("Communicating"),
    "schooling": N_("Schooling"),
    "recognition": N_("Recognition of studies"),
    "situation": N_("Situation"),
    "work_kind": N_("Kind of work"),
    "occupation": N_("Occupation"),
    "sought": N_("Work sought"),
    "sought_group": N_("Group of the work sought"),
    "internet": N_("Internet"),
    "barriers": N_("Barriers"),
    "campaign": N_("Operation in the field"),
}
"""Of every field that an officer chooses between; a test holds that none is missing."""
COUNTRIES = frozenset({"nationality", "birth_country"})


def label(field: str) -> str:
    return _(LABELS[field]) if field in LABELS else field


def value(field: str, told: Any) -> str:
    """A stored value in words; a sentence for one that is not there, because it can be chosen too."""
    if told is None or told in ("", frozenset()):
        return _("Nothing noted")
    if isinstance(told, bool):
        return _("Yes") if told else _("No")
    if isinstance(told, frozenset):
        country = field == "other_nationalities"
        return ", ".join(sorted(translator().country(str(code)) if country else words.coded(code) for code in told))
    if isinstance(told, date):
        return translator().date(told)
    if field == "household":
        return _("The household of this file")
    if field in COUNTRIES and len(str(told)) == 2:
        return translator().country(str(told))
    return words.coded(told)


COUNTED = {
    Encounter: lambda n: ngettext("{count} attention", "{count} attentions", n),
    Need: lambda n: ngettext("{count} need", "{count} needs", n),
    HeldDocument: lambda n: ngettext("{count} document", "{count} documents", n),
    FormRecord: lambda n: ngettext("{count} form", "{count} forms", n),
    Referral: lambda n: ngettext("{count} referral", "{count} referrals", n),
    Appointment: lambda n: ngettext("{count} appointment", "{count} appointments", n),
}


def counts(told: dict[type[Any], int]) -> str:
    """How much a file holds: "2 attentions  ·  1 referral"."""
    found = [COUNTED[noun](n).format(count=n) for noun, n in label_counts(told)]
    return "  ·  ".join(found) or _("nothing")
