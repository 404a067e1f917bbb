"""Codes of work and studies, and what somebody has worked in."""

from __future__ import annotations

from migrant_office.i18n import N_
from migrant_office.models.coded import Coded
from migrant_office.models.missing import Missing
from migrant_office.models.vault.nouns import Home, Searched, Sensitivity, noun, scalar


class Occupation(Coded):
    """The ten major groups of ISCO-08 (CIUO-08), the classification of the International Labour Organization."""

    MANAGERS = "1", N_("Managers")
    PROFESSIONALS = "2", N_("Professionals")
    TECHNICIANS = "3", N_("Technicians and associate professionals")
    CLERKS = "4", N_("Clerical support workers")
    SERVICE_SALES = "5", N_("Service and sales workers")
    AGRICULTURE = "6", N_("Skilled agricultural, forestry and fishery workers")
    CRAFTS = "7", N_("Craft and related trades workers")
    OPERATORS = "8", N_("Plant and machine operators, and assemblers")
    ELEMENTARY = "9", N_("Elementary occupations")
    ARMED_FORCES = "0", N_("Armed forces occupations")


class WorkKind(Coded):
    """For whom somebody works ([002:2774]), formal and informal apart ([002:2406])."""

    FORMAL = "employed_formal", N_("Employed, with a contract")
    INFORMAL = "employed_informal", N_("Employed, without a contract")
    OWN_FORMAL = "own_formal", N_("Own or family business, registered")
    OWN_INFORMAL = "own_informal", N_("Own or family business, not registered")


class Recognition(Coded):
    """Where the recognition of studies stands: degrees that are not valid here are a named barrier ([002:409])."""

    NOT_NEEDED = "not_needed", N_("Not needed")
    NOT_BEGUN = "not_begun", N_("Not begun")
    IN_PROCESS = "in_process", N_("In process")
    DONE = "done", N_("Recognised")
    REFUSED = "refused", N_("Not recognised")


@noun("experience", Home.CASE)
class Experience:
    """One occupation the person has worked in; `provable` says whether a paper shows it ([002:790])."""

    id: str
    words: str = scalar(default="", search=Searched.TEXTS)
    group: Occupation | Missing = scalar(default=Missing.NOT_ASKED, index=True, sensitivity=Sensitivity.COUNTED)
    years: int | Missing | None = scalar(default=None)
    country: str = scalar(default="")
    provable: bool | Missing | None = scalar(default=None, sensitivity=Sensitivity.COUNTED)
