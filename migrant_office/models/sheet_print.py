"""That a sheet was printed or saved to be printed: indicator 2.2.E counts copies by sheet, language and version."""

from __future__ import annotations

from datetime import date

from migrant_office.i18n import N_
from migrant_office.models.coded import Coded
from migrant_office.models.vault.nouns import Home, Sensitivity, noun, scalar

COUNTED = Sensitivity.COUNTED


class SheetKind(Coded):
    REFERRAL = "referral", N_("Sheet of a referral")
    NOTICE = "notice", N_("Notice and consent")
    ROUTE = "route", N_("Route of the person")
    INFORMATION = "information", N_("Information on a service")
    LABOUR_RIGHTS = "labour_rights", N_("Rights at work")
    EMPLOYERS = "employers", N_("Sheet for employers")
    HEALTH_LETTER = "health_letter", N_("Letter to health services")
    REGULARISATION = "regularisation", N_("Orientation on regularisation")
    OWN_DATA = "own_data", N_("Summary of own data")
    TICKET = "ticket", N_("Number of the queue")
    APPOINTMENT = "appointment", N_("Appointment card")
    MONTH = "month", N_("Report of the month")
    CALL_LIST = "call_list", N_("Services to call")
    SURVEY = "survey", N_("Survey on paper")
    OTHER = "other", N_("Other")


class PrintWay(Coded):
    """Downloads are never mixed with copies: the programme's report did so ([002:3570])."""

    PRINTED = "printed", N_("Printed")
    SAVED = "saved", N_("Saved as a file")


@noun("sheet_print", Home.FORM, once=True)
class SheetPrint:
    """One printing: which sheet in which languages and version, how many copies, on which day. It lies in a document of
    the month and names no person: whoever counts copies need not know for whom they were.
    """

    id: str
    sheet: SheetKind = scalar(sensitivity=COUNTED)
    languages: str = scalar(default="", sensitivity=COUNTED)
    version: str = scalar(default="", sensitivity=COUNTED)
    way: PrintWay = scalar(default=PrintWay.PRINTED, sensitivity=COUNTED)
    copies: int = scalar(default=1, sensitivity=COUNTED)
    recorded: date = scalar(index=True, sensitivity=COUNTED)
    officer: str = scalar(default="")
