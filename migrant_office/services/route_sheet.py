"""*Mi ruta*, one page for the person: her stations, what she can have, and the papers to get, in two languages."""

from __future__ import annotations

from datetime import date

from migrant_office import clock
from migrant_office.i18n import Translator
from migrant_office.models.eligibility.told import VerdictCode
from migrant_office.models.office import Office
from migrant_office.models.parity import needs_review
from migrant_office.models.sheet import USUAL, Choice, MadeSheet, RouteData, RouteGroup, RouteLine
from migrant_office.models.sheet_print import SheetKind
from migrant_office.services import making, office_settings, parity, protection, route, sheet_wording
from migrant_office.services.route import Route, RouteNeed, RouteService, Station

Columns = tuple[Translator, Translator]
ICON = "heart-handshake"


def route_sheet(office: Office, case: str, choice: Choice = USUAL) -> MadeSheet:
    """The sheet with today's date. Raises `Gone` when there is no such case, `NotAllowed` for a restricted one,
    `RulesRefused` when the city's rules cannot be used.
    """
    from migrant_office.services.sheets.route import route_document  # reportlab: the start need not pay for it

    shown = route.read_route(office, case)
    protection.refuse_paper(shown.case.person)
    form = making.form_of(office, choice)
    data = route_data(office, shown, form.columns)
    return making.made(route_document(data, sheet_wording.definition(office, "route"), form), SheetKind.ROUTE, choice)


def route_data(office: Office, shown: Route, columns: Columns) -> RouteData:
    """Everything the sheet says. No rule's words: whoever finds the paper must not learn from them."""
    return RouteData(
        office=office.about.name,
        office_ht=office.city.office_ht,
        city=office.city.name,
        person=shown.case.person.name,
        printed_on=clock.today(),
        stations=tuple(station_line(station, columns) for station in shown.stations),
        groups=tuple(group(shown, need, columns) for need in shown.needs if need.services),
        papers=tuple(paper_lines(shown, columns)),
        demo=office.about.demo,
        draft=has_drafts(office, shown, columns),
        contact=office_settings.read(office).contact,
    )


def has_drafts(office: Office, shown: Route, columns: Columns) -> bool:
    """Whether the sheet borrows Creole that nobody approved: names of stations and needs, papers from the rules."""
    by_lang = {column.lang: column for column in columns}
    if not {"es", "ht"} <= by_lang.keys():
        return False
    labels = [station.code.label for station in shown.stations] + [n.kind.label for n in shown.needs if n.services]
    papers = [p for s in shown.services if s.line.id not in shown.unprinted for p in s.verdict.missing]
    words = [spoken for paper in papers for spoken in (paper.words, paper.how) if spoken]
    pairs = [(by_lang["es"].gettext(label), by_lang["ht"].gettext(label)) for label in labels]
    reviews = parity.standing(office)
    return any(needs_review(es, ht) and not reviews.of(es, ht) for es, ht in [*pairs, *((w.es, w.ht) for w in words)])


def said(columns: Columns, message: str) -> tuple[str, str]:
    return columns[0].gettext(message), columns[1].gettext(message)


def station_line(station: Station, columns: Columns) -> RouteLine:
    day = station.day if isinstance(station.day, date) else None
    hints = (columns[0].long_date(day), columns[1].long_date(day)) if day else ("", "")
    return RouteLine(station.progress.value, said(columns, station.code.label), hints)


def group(shown: Route, need: RouteNeed, columns: Columns) -> RouteGroup:
    lines = tuple(service_line(s, columns) for s in need.services if s.line.id not in shown.unprinted)
    return RouteGroup(ICON, said(columns, need.kind.label), lines)


def service_line(service: RouteService, columns: Columns) -> RouteLine:
    papers = service.verdict.missing if service.code is VerdictCode.MISSING else ()
    hints = tuple("; ".join(paper.words.text(column.lang) for paper in papers) for column in columns)
    return RouteLine(service.code.value, (service.line.name, service.line.name), (hints[0], hints[1]))


def paper_lines(shown: Route, columns: Columns) -> list[RouteLine]:
    """Each paper that a printed service asks for, once, with how to get it."""
    missing = {
        paper.code: paper
        for service in shown.services
        if service.code is VerdictCode.MISSING and service.line.id not in shown.unprinted
        for paper in service.verdict.missing
    }
    lines = []
    for paper in missing.values():
        words = tuple(paper.words.text(column.lang) for column in columns)
        how = tuple(paper.how.text(column.lang) if paper.how else "" for column in columns)
        lines.append(RouteLine("", (words[0], words[1]), (how[0], how[1])))
    return lines
