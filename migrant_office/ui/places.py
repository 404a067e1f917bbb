"""The places of the window: what stands at the side with its key, and the page behind each name."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from migrant_office.i18n import N_
from migrant_office.ui.agenda.agenda_page import AgendaPage
from migrant_office.ui.case_file.case_page import CasePage
from migrant_office.ui.catalogue.catalogue_page import CataloguePage
from migrant_office.ui.follow_ups.follow_ups_page import FollowUpsPage
from migrant_office.ui.intake.intake_page import IntakePage
from migrant_office.ui.month.month_page import MonthPage
from migrant_office.ui.operations import Operations
from migrant_office.ui.page import Page
from migrant_office.ui.pathways.pathways_page import PathwaysPage
from migrant_office.ui.people.pairs_page import PairsPage
from migrant_office.ui.people.people_page import PeoplePage
from migrant_office.ui.route.route_page import RoutePage
from migrant_office.ui.sheets.sheets_page import SheetsPage
from migrant_office.ui.theme.metrics import SMALL
from migrant_office.ui.today.today_page import TodayPage

PLACES = (
    ("today", N_("Today"), "home", "Ctrl+1"),
    ("people", N_("People"), "users", "Ctrl+2"),
    ("services", N_("Services"), "heart-handshake", "Ctrl+3"),
    ("month", N_("Month"), "chart-bar", "Ctrl+4"),
    ("sheets", N_("Sheets"), "files", "Ctrl+5"),
)
UNDER = dict.fromkeys(("intake", "case", "route", "pairs"), "people")  # the place at the side, by page
UNDER |= {"agenda": "today", "follow_ups": "today", "pathways": "month"}


def pages_of(operations: Operations) -> dict[str, Page]:
    """Every page of the window by its name."""
    return {
        "today": TodayPage(operations),
        "follow_ups": FollowUpsPage(operations),
        "people": PeoplePage(operations),
        "pairs": PairsPage(operations),
        "services": CataloguePage(operations),
        "month": MonthPage(operations),
        "sheets": SheetsPage(operations),
        "agenda": AgendaPage(operations),
        "pathways": PathwaysPage(operations),
        "intake": IntakePage(operations),
        "case": CasePage(operations),
        "route": RoutePage(operations),
    }


def tool_row(page: Page) -> QWidget:
    """The tools of one page, side by side in the top bar, shown while it is in front."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(SMALL)
    for tool in page.tools():
        layout.addWidget(tool)
    row.hide()
    return row
