"""The part of the tour that looks at the sheets: the page *Hojas*, and each sheet of the office as a file."""

from __future__ import annotations

from migrant_office.models.counts.month import Month
from migrant_office.models.office import Office
from migrant_office.models.sheet import ENGLISH, Choice, MadeSheet
from migrant_office.services import (
    catalogue,
    information_sheet,
    month_sheet,
    own_data_sheet,
    plain_sheet,
    queue_sheet,
)
from migrant_office.ui.case_file.case_page import CasePage
from migrant_office.ui.sheets.sheets_page import SheetsPage
from migrant_office.walk import Walk

PLAIN = ("labour_rights", "employers", "health_letter", "regularisation")
NUMBERS = 8


def sheets(walk: Walk, month: Month) -> None:
    """The list of sheets with the rows of one and how it prints; then every other sheet, in both pairs of languages."""
    page = walk.page("sheets", SheetsPage)
    case = walk.page("case", CasePage).case_id
    walk.space.go("sheets")
    walk.wait(lambda: page.shown, "sheets")
    walk.settle()
    walk.picture("sheets")
    found: list[list[MadeSheet]] = []
    walk.space.operations.ask(walk.space, lambda office: every_sheet(office, case, month), found.append)
    walk.wait(lambda: found, "every sheet")
    for made in found[0]:
        walk.paper(f"sheets/{made.name}", made.pdf)


def every_sheet(office: Office, case: str, month: Month) -> list[MadeSheet]:
    """What the tour has not printed from the window: sheets about a person, about nobody, and about a month."""
    service = catalogue.lines(office, offered_only=True)[0].id
    made = [
        information_sheet.information_sheet(office, service, case),
        own_data_sheet.own_data_sheet(office, case),
        queue_sheet.numbers_sheet(office, NUMBERS),
        month_sheet.month_sheet(office, month),
    ]
    for languages in (Choice(), Choice(languages=ENGLISH)):
        made += [plain_sheet.plain_sheet(office, sheet, languages, case) for sheet in PLAIN]
    return made
