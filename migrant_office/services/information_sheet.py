"""The bilingual sheet of one service, for a person or for whoever asks, without a referral."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from migrant_office import clock
from migrant_office.errors import Gone
from migrant_office.i18n import N_
from migrant_office.models.case_file import case_file
from migrant_office.models.office import Office
from migrant_office.models.sheet import USUAL, Choice, MadeSheet, SheetData
from migrant_office.models.sheet_print import SheetKind
from migrant_office.services import catalogue, making, office_settings, protection, sheet_wording
from migrant_office.services.referral_sheet import sheet_service


@dataclass(frozen=True, slots=True)
class Expected:
    """When and where somebody is expected; `place` is the service's own address when empty."""

    day: date
    at: time | None = None
    place: str = ""


def information_sheet(
    office: Office, service: str, case: str = "", expected: Expected | None = None, choice: Choice = USUAL
) -> MadeSheet:
    """What the catalogue knows of a service, with today's date; the name of the person only where a case is given.

    Raises `Gone` when there is no such case, `UserError` for no such service, `NotAllowed` for a restricted case.
    """
    from migrant_office.services.sheets.referral import service_document  # reportlab: the start need not pay for it

    data = information_data(office, service, case, expected)
    document = service_document(data, sheet_wording.definition(office, "information"), making.form_of(office, choice))
    return making.made(document, SheetKind.INFORMATION, choice)


def information_data(office: Office, service: str, case: str = "", expected: Expected | None = None) -> SheetData:
    """Everything the sheet says."""
    return SheetData(
        office=office.about.name,
        office_ht=office.city.office_ht,
        city=office.city.name,
        person=_name(office, case) if case else "",
        slip="",
        service=sheet_service(office, catalogue.service(office, service)),
        printed_on=clock.today(),
        appointment_on=expected.day if expected else None,
        appointment_at=expected.at if expected else None,
        place=expected.place if expected else "",
        office_contact=office_settings.read(office).contact,
        demo=office.about.demo,
    )


def _name(office: Office, case: str) -> str:
    found = case_file(office.case(case))
    if found is None:
        raise Gone(N_("This case file does not exist any more. Look for the person again."))
    protection.refuse_paper(found.person)
    return found.person.name
