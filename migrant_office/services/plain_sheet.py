"""Sheets that say the same to everybody: rights at work, who may work with which paper, a letter, an orientation."""

from __future__ import annotations

from migrant_office import clock
from migrant_office.models.office import Office
from migrant_office.models.sheet import USUAL, Choice, MadeSheet
from migrant_office.services import making, office_settings, protection, sheet_wording


def plain_sheet(office: Office, name: str, choice: Choice = USUAL, case: str = "") -> MadeSheet:
    """One of `sheets.kinds.PLAIN` with today's date. With a `case`, a letter carries the person's name.

    Raises KeyError for another name, `UserError` when its wording cannot be used, `Gone` and `NotAllowed` as
    `protection.name_on_paper`.
    """
    from migrant_office.services.sheets.fitting import Printing  # reportlab: the start need not pay for it
    from migrant_office.services.sheets.kinds import WORDINGS
    from migrant_office.services.sheets.plain import plain_document

    printing = Printing(office.about.name, office.city.office_ht, clock.today(), office.about.demo)
    person = protection.name_on_paper(office, case) if case else ""
    wording = sheet_wording.definition(office, name)
    contact = office_settings.read(office).contact
    document = plain_document(wording, making.form_of(office, choice), printing, person, contact)
    return making.made(document, WORDINGS[name].kind, choice)
