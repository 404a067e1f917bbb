"""The bilingual sheet of one service, for a person or for whoever asks, without a referral."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from migrant_office import clock
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

    Raises `Gone` when there is no such case, `UserError` for no such service, `NotAllowed` for a restricted case and
    for a service that stands beside no name (`protection.refuse_secret`).
    """
    from migrant_office.services.sheets.referral import service_document  # reportlab: the start need not pay for it

    data = information_data(office, service, case, expected)
    document = service_document(data, sheet_wording.definition(office, "information"), making.form_of(office, choice))
    return making.made(document, SheetKind.INFORMATION, choice)


def information_data(office: Office, service: str, case: str = "", expected: Expected | None = None) -> SheetData:
    """Everything the sheet says."""
    found = catalogue.service(office, service)
    if case:
        protection.refuse_secret(office, found)
    return SheetData(
        office=office.about.name,
        office_ht=office.city.office_ht,
        city=office.city.name,
        person=protection.name_on_paper(office, case) if case else "",
        slip="",
        service=sheet_service(office, found),
        printed_on=clock.today(),
        appointment_on=expected.day if expected else None,
        appointment_at=expected.at if expected else None,
        place=expected.place if expected else "",
        office_contact=office_settings.read(office).contact,
        demo=office.about.demo,
    )
