"""A sheet of this office with made-up facts, before anybody prints it: what the page *Hojas* shows beside the rows."""

from __future__ import annotations

from dataclasses import replace

from migrant_office import clock
from migrant_office.models.office import Office
from migrant_office.models.sheet import USUAL, Choice, MadeSheet, SheetData, SheetDefinition, SheetService
from migrant_office.services import catalogue, making, office_settings, sheet_wording
from migrant_office.services.referral_sheet import sheet_service
from migrant_office.services.sheet_wording import Typing
from migrant_office.services.sheets.kinds import WORDINGS


def preview(office: Office, name: str, typing: Typing | None = None, choice: Choice = USUAL) -> MadeSheet | None:
    """The sheet as it would be printed, marked MUESTRA, with what is being typed; nothing is written. None for a kind
    that needs a case to be made at all.

    Raises `UserError` for words that cannot be printed.
    """
    from migrant_office.services.sheets import samples  # reportlab: the start need not pay for it

    def wordings(other: str) -> SheetDefinition:
        if typing and other == name:
            return sheet_wording.tried(office, name, typing)
        return sheet_wording.definition(office, other)

    form = replace(making.form_of(office, choice), only_reviewed=False)  # who approves it must see it first
    document = samples.sample(name, wordings, form, sample_data(office))
    return making.made(document, WORDINGS[name].kind, choice) if document else None


def sample_data(office: Office) -> SheetData:
    """An appointment of nobody at the first service that the office offers."""
    from migrant_office.services.sheets import samples

    offered = catalogue.lines(office, offered_only=True)
    service: SheetService = samples.SERVICE
    if offered:
        service = sheet_service(office, catalogue.service(office, offered[0].id))
    data = samples.made_up(office.about.name, office.city.office_ht, office.city.name, clock.today(), service)
    return replace(data, office_contact=office_settings.read(office).contact)
