"""Every sheet with made-up facts, marked as a sample: to look at a wording, and to see that it has its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta

from migrant_office.models.parity import Reviews
from migrant_office.models.sheet import RouteData, RouteGroup, RouteLine, SheetData, SheetDefinition, SheetService
from migrant_office.services.sheets.appointment import AppointmentData, appointment_document
from migrant_office.services.sheets.content import Pair
from migrant_office.services.sheets.document import Document, Form
from migrant_office.services.sheets.fitting import BlockPiece, Printing
from migrant_office.services.sheets.kinds import OWN_DATA, OWN_LISTS, PLAIN, WORDINGS
from migrant_office.services.sheets.month import month_document
from migrant_office.services.sheets.own_data import own_data_document
from migrant_office.services.sheets.own_facts import Entry, OwnData
from migrant_office.services.sheets.plain import plain_document
from migrant_office.services.sheets.referral import service_document
from migrant_office.services.sheets.route import route_document
from migrant_office.services.sheets.sample_month import sample_month
from migrant_office.services.sheets.ticket import EACH, TicketData, numbers_document, ticket_document

SLIP = "K7M-2QF"
NUMBERS = tuple(f"A {number:02d}" for number in range(8, 8 + EACH))
SERVICE = SheetService(
    name="Servicio de ejemplo",
    institution="Institución de ejemplo",
    address="Calle de ejemplo 100",
    documents=("Documento de identidad", "Comprobante de domicilio"),
    steps=("Pida una hora.", "Vaya el día de la cita."),
    cost="gratis",
    contact="800 000 000",
)
"""A service of no city, for where the office's own catalogue is not asked."""
Wordings = Callable[[str], SheetDefinition]


def sample(name: str, wordings: Wordings, form: Form, data: SheetData) -> Document | None:
    """One sheet with the facts of `data`, which the caller has marked as a sample; None for a kind that needs more than
    its words. `wordings` gives the definition of a name: the slip stands behind a whole referral.
    """
    if name in {"referral", "stub"}:
        return service_document(data, wordings("referral"), form, wordings("stub"))
    if name == "information":
        return service_document(data, wordings(name), form)
    if name == "route":
        return route_document(route_of(data, form), wordings(name), form)
    printing = Printing(data.office, data.office_ht, data.printed_on, demo=True)
    if name == "ticket":
        return tickets_of(data, wordings(name), form, printing)
    if name == "appointment" and data.appointment_on:
        told = AppointmentData(
            data.appointment_on, data.appointment_at, data.service.address, data.office_contact, interpreter=True
        )
        return appointment_document(told, wordings(name), form, printing)
    if name == "own_data":
        return own_data_document(own_of(data), wordings(name), form, printing)
    if name == "month":
        release = sample_month(data.office, data.city, data.printed_on)
        return month_document(release, wordings(name), form, printing, Reviews())
    if name not in PLAIN:
        return None
    person = data.person if "person" in WORDINGS[name].flags else ""
    return plain_document(wordings(name), form, printing, person, data.office_contact)


def tickets_of(data: SheetData, wording: SheetDefinition, form: Form, printing: Printing) -> Document:
    """The card of one number, and behind it a page of numbers to cut, which has words of its own."""
    one = TicketData(("A 07",), data.printed_on, need_of(form), "briefcase")
    card = ticket_document(one, wording, form, printing)
    board = numbers_document(TicketData(NUMBERS, data.printed_on), wording, form, printing)
    return replace(card, pages=(*card.pages, *board.pages), draft=card.draft or board.draft)


def made_up(office: str, office_ht: str, city: str, today: date, service: SheetService = SERVICE) -> SheetData:
    """An appointment of nobody, in a week."""
    return SheetData(
        office=office,
        office_ht=office_ht,
        city=city,
        person="Persona de ejemplo",
        slip=SLIP,
        service=service,
        printed_on=today,
        made_on=today,
        appointment_on=today + timedelta(days=7),
        appointment_at=time(10, 30),
        demo=True,
    )


def route_of(data: SheetData, form: Form) -> RouteData:
    """A short Ruta of nobody with one service in every state."""
    columns = form.columns
    stations = tuple(
        RouteLine(state, (columns[0].gettext(text), columns[1].gettext(text)))
        for state, text in (("done", "Diagnosis"), ("now", "Referral"), ("later", "Follow-up"))
    )
    service = (data.service.name, data.service.name)
    lines = tuple(RouteLine(state, service) for state in ("meets", "missing", "confirm", "not_met"))
    papers = tuple(RouteLine("", (paper, paper)) for paper in (data.service.documents or ())[:2])
    return RouteData(
        office=data.office,
        office_ht=data.office_ht,
        city=data.city,
        person=data.person,
        printed_on=data.printed_on,
        stations=stations,
        groups=(RouteGroup("heart-handshake", need_of(form), lines),),
        papers=papers,
        demo=True,
        contact=data.office_contact,
    )


def need_of(form: Form) -> Pair:
    """What the invented person comes for."""
    return form.columns[0].gettext("Work"), form.columns[1].gettext("Work")


def own_of(data: SheetData) -> OwnData:
    """A summary in which everything is noted once, each fact by its own name."""
    example, wording = ("…", "…"), WORDINGS["own_data"]
    facts: dict[str, Pair] = dict.fromkeys(OWN_DATA, example) | {"chosen": (data.person, data.person)}
    return OwnData(
        facts=facts,
        flags=wording.flags - OWN_DATA - OWN_LISTS - {"no_contact"},
        lists={name: (Entry(example),) for name in OWN_LISTS},
        person=data.person,
        told=dict.fromkeys(wording.words - OWN_DATA, example),
    )


def spills(document: Document) -> bool:
    """Whether some part is higher than a page: it would be broken in two, or its end not be printed."""
    gap = document.form.grid().gap
    sections = [
        piece.box.block.section for page in document.pages for piece in page.pieces if isinstance(piece, BlockPiece)
    ]
    return len(set(sections)) < len(sections) or any(
        piece.height - gap > document.form.room + 0.02 for page in document.pages for piece in page.pieces
    )
