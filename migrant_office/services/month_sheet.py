"""The report of a closed month as a sheet: only what was released, nothing exact."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from migrant_office import clock
from migrant_office.errors import NotAllowed
from migrant_office.i18n import N_
from migrant_office.models.counts.month import Month
from migrant_office.models.counts.release import Release
from migrant_office.models.office import Office
from migrant_office.models.sheet import USUAL, Choice, MadeSheet
from migrant_office.models.sheet_print import SheetKind
from migrant_office.models.vault import releases
from migrant_office.services import making, parity, sheet_wording

if TYPE_CHECKING:
    from migrant_office.services.sheets.document import Document


def month_sheet(office: Office, month: Month, choice: Choice = USUAL) -> MadeSheet:
    """The report with today's date. Raises `NotAllowed` while the month is open: its figures may still change."""
    kept = releases.frozen(office.vault, str(month))
    if kept is None:
        raise NotAllowed(N_("Only a closed month can be printed. Close it first."))
    document = _document(office, Release.from_json(kept.encode()), choice, clock.today())
    return making.made(document, SheetKind.MONTH, choice)


def _document(office: Office, release: Release, choice: Choice, day: date) -> Document:
    from migrant_office.services.sheets.fitting import Printing  # reportlab: the start need not pay for it
    from migrant_office.services.sheets.month import month_document

    printing = Printing(release.office.name, office.city.office_ht, day, release.office.demo)
    wording, form = sheet_wording.definition(office, "month"), making.form_of(office, choice)
    return month_document(release, wording, form, printing, parity.standing(office))
