"""The bilingual sheet of one referral: what is known of the service, put on paper for the person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

from migrant_office import clock
from migrant_office.errors import NotAllowed, UserError
from migrant_office.i18n import N_
from migrant_office.models.case_file import FollowedReferral, case_file
from migrant_office.models.office import Office
from migrant_office.models.referral import ReferralStep, State
from migrant_office.models.service import Service
from migrant_office.models.sheet import USUAL, Choice, MadeSheet, SheetData, SheetService
from migrant_office.models.sheet_print import SheetKind
from migrant_office.models.slip import grouped
from migrant_office.services import catalogue, freshness, making, office_settings, protection, sheet_wording


def referral_sheet(office: Office, case: str, referral: str, choice: Choice = USUAL) -> MadeSheet:
    """The sheet of one referral, with today's date. Only what the catalogue knows is printed as known.

    Raises `UserError` when the case or the referral is gone, `NotAllowed` for a restricted case and for a referral that
    was cancelled or whose consent was taken back.
    """
    from migrant_office.services.sheets.referral import service_document  # reportlab: the start need not pay for it

    data = sheet_data(office, case, referral)
    document = service_document(
        data,
        sheet_wording.definition(office, "referral"),
        making.form_of(office, choice),
        sheet_wording.definition(office, "stub"),
    )
    return replace(making.made(document, SheetKind.REFERRAL, choice), referral=referral)


def refuse_ended(followed: FollowedReferral) -> None:
    """Raises `NotAllowed` for a referral that nobody should go with any more."""
    if followed.unfounded:
        raise NotAllowed(N_("No consent holds for this referral any more. Its sheet is not printed."))
    if followed.state in {State.CANCELLED, State.MISTAKE}:
        raise NotAllowed(N_("This referral was cancelled. Its sheet is not printed."))


def appointment(followed: FollowedReferral, today: date) -> ReferralStep | None:
    """The step that told when the institution expects the person, unless that day has passed."""
    told = [s for s in followed.steps if s.id not in followed.out and isinstance(s.appointment, date)]
    expected = told[-1] if told and not followed.state.is_closed else None
    return expected if expected and expected.appointment and expected.appointment >= today else None


def hour_of(text: str) -> time | None:
    """An hour as it is kept, HH:MM; None where none was said."""
    try:
        return datetime.strptime(text, "%H:%M").time() if text else None  # noqa: DTZ007 - an hour has no zone
    except ValueError:
        return None


def sheet_data(office: Office, case: str, referral: str) -> SheetData:
    """Everything the sheet says, from the case and the catalogue."""
    found = case_file(office.case(case))
    followed = next((f for f in found.referrals if f.referral.id == referral), None) if found else None
    if found is None or followed is None:
        raise UserError(N_("This referral does not exist any more. Open the case file again."))
    protection.refuse_paper(found.person)
    refuse_ended(followed)
    expected = appointment(followed, clock.today())
    service = catalogue.service(office, followed.referral.service)
    return SheetData(
        office=office.about.name,
        office_ht=office.city.office_ht,
        city=office.city.name,
        person=found.person.name,
        slip=grouped(followed.referral.slip),
        printed_on=clock.today(),
        due_on=followed.due,
        made_on=followed.referral.made,
        appointment_on=expected.appointment if expected else None,
        appointment_at=hour_of(expected.hour) if expected else None,
        office_contact=office_settings.read(office).contact,
        demo=office.about.demo,
        service=sheet_service(office, service),
    )


def sheet_service(office: Office, service: Service) -> SheetService:
    """What the catalogue knows of a service, as a sheet says it."""
    from migrant_office.services import sheets

    address, contact = sheets.split_contact(service.contact)
    today, city = clock.today(), office.city
    return SheetService(
        name=service.name,
        area=service.topic,
        institution=sheets.institution_of(service.owner),
        documents=sheets.split_documents(service.documents),
        steps=sheets.split_steps(service.steps),
        cost=service.cost,
        address=address if freshness.address_holds(city, service, today) else "",
        contact=contact,
        assured_on=None if freshness.is_stale(city, service, today) else service.confirmed,
        checked_on=service.confirmed,
    )
