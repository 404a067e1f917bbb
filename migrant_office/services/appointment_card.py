"""The pocket card of an appointment at the office itself, in two languages and without a name."""

from __future__ import annotations

from migrant_office import clock
from migrant_office.errors import Gone, NotAllowed
from migrant_office.i18n import N_
from migrant_office.models.appointment import Appointment, hour_of, minute_of
from migrant_office.models.office import NOT_THERE, Office
from migrant_office.models.person import Person
from migrant_office.models.sheet import USUAL, Choice, MadeSheet
from migrant_office.models.sheet_print import SheetKind
from migrant_office.services import agenda, making, office_settings, protection, sheet_wording
from migrant_office.services.referral_sheet import hour_of as told_hour


def has_card(held: Appointment) -> bool:
    """Whether a card says something true: an hour of the office itself that is still to come and still holds."""
    return not held.service and held.is_open and held.on is not None and held.on >= clock.today()


def appointment_card(office: Office, case: str, id: str, choice: Choice = USUAL) -> MadeSheet:
    """The card with today's date, and a line to write on where the office's telephone is not known.

    Raises `Gone` when the case or the appointment is not there, `NotAllowed` for a restricted case and for an
    appointment that is over, called off, or at an institution.
    """
    from migrant_office.services.sheets.appointment import AppointmentData, appointment_document  # reportlab
    from migrant_office.services.sheets.fitting import Printing

    person = office.case(case).one(Person)
    if person is None:
        raise Gone(NOT_THERE)
    protection.refuse_paper(person)
    held = agenda.one(office, case, id)
    if not has_card(held) or held.on is None:
        raise NotAllowed(N_("A card is printed for an appointment at this office that is still to come."))
    minute = minute_of(held.hour)
    data = AppointmentData(
        day=held.on,
        at=told_hour(hour_of(minute)) if minute is not None else None,
        place=held.place,
        contact=office_settings.read(office).contact,
        interpreter=held.interpreter,
    )
    printing = Printing(office.about.name, office.city.office_ht, clock.today(), office.about.demo)
    wording, form = sheet_wording.definition(office, "appointment"), making.form_of(office, choice)
    return making.made(appointment_document(data, wording, form, printing), SheetKind.APPOINTMENT, choice)
