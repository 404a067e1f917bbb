"""One example of every sheet in every city: what the tests of all sheets draw."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time

from migrant_office.models.counts.catalogue_file import read_catalogue
from migrant_office.models.counts.month import Month
from migrant_office.models.counts.release import Office as Publisher
from migrant_office.models.counts.release import Release
from migrant_office.models.notice import load_notice
from migrant_office.models.parity import Reviews
from migrant_office.models.sheet import Paper, RouteData, RouteGroup, RouteLine, SheetData, SheetService
from migrant_office.paths import resources
from migrant_office.services.counts.protect import protect
from migrant_office.services.own_data_sheet import rights
from migrant_office.services.sheets.appointment import AppointmentData, appointment_document
from migrant_office.services.sheets.definition import load_definition
from migrant_office.services.sheets.document import Document, Form, columns_of
from migrant_office.services.sheets.fitting import Printing
from migrant_office.services.sheets.kinds import PLAIN
from migrant_office.services.sheets.month import month_document
from migrant_office.services.sheets.notice import NoticeData, notice_document
from migrant_office.services.sheets.own_data import own_data_document
from migrant_office.services.sheets.own_facts import Entry, Hint, OwnData
from migrant_office.services.sheets.plain import plain_document
from migrant_office.services.sheets.referral import service_document
from migrant_office.services.sheets.route import route_document
from migrant_office.services.sheets.ticket import TicketData, numbers_document, ticket_document
from tests.services.counts.conftest import make_records

COUNTRIES = {"santiago": "CL", "cdmx": "MX"}
DAY = date(2026, 10, 28)
OFFICE, OFFICE_HT = "Oficina de Migrantes Ñuñoa", "Biwo Migran"
CONTACT = "+56 2 0000 0123; lunes a viernes, 9:00 a 14:00"
PERSON = "Marie-Flore Jean-Baptiste"
SERVICE = SheetService(
    name="Oficina Municipal de Información Laboral (OMIL)",
    area="empleo",
    institution="Municipalidad Ejemplo",
    address="Calle Ñandú 123, piso 2",
    documents=("Cédula de identidad", "Currículum", "Comprobante de domicilio"),
    steps=("Ir a la OMIL de la comuna", "Entrevista"),
    cost="gratis",
    contact="600 000 0000; ejemplo.cl",
    assured_on=date(2026, 10, 1),
)
PRINTING = Printing(OFFICE, OFFICE_HT, DAY)
Example = Callable[[str, Form], Document]


def form(city: str, languages: tuple[str, str] = ("es", "ht"), paper: Paper = Paper.LETTER) -> Form:
    return Form(paper, columns_of(languages, COUNTRIES[city]))


def case(slip: str = "") -> SheetData:
    return SheetData(
        office=OFFICE,
        office_ht=OFFICE_HT,
        person=PERSON,
        slip=slip,
        service=SERVICE,
        printed_on=DAY,
        appointment_on=date(2026, 11, 3),
        appointment_at=time(10, 30),
        office_contact=CONTACT,
        made_on=DAY,
    )


def referral(city: str, on: Form) -> Document:
    return service_document(case("K7X-3F9-D2M4"), load_definition(city), on, load_definition(city, "stub"))


def information(city: str, on: Form) -> Document:
    return service_document(case(), load_definition(city, "information"), on)


def notice(_city: str, on: Form) -> Document:
    return notice_document(NoticeData(OFFICE, OFFICE_HT, DAY), load_notice(_city), on, Reviews())


def route(city: str, on: Form) -> Document:
    needs = RouteGroup("briefcase", ("Trabajo", "Travay"), (RouteLine("meets", (SERVICE.name, SERVICE.name)),))
    stations = (RouteLine("done", ("Registro", "Anrejistreman"), ("3 de noviembre", "3 novanm")),)
    papers = (RouteLine("", ("Certificado de nacimiento", "Batistè"), ("Pídalo al consulado.", "Mande konsila a.")),)
    data = RouteData(OFFICE, OFFICE_HT, city, PERSON, DAY, stations, (needs,), papers, contact=CONTACT)
    return route_document(data, load_definition(city, "route"), on)


def release(city: str, persons: int = 600, *, demo: bool = False) -> Release:
    """An October of invented records, protected as an office would."""
    return protect(
        make_records(persons),
        read_catalogue(resources() / "forms" / city / "indicators.toml"),
        Month(2026, 10),
        revision=1,
        secret=b"0123456789abcdef" * 2,
        office=Publisher("oficina", OFFICE, demo),
        created_at=datetime(2026, 11, 6, 15, 30, tzinfo=UTC),
        language=f"es_{COUNTRIES[city]}",
    )


def month(city: str, on: Form) -> Document:
    return month_document(release(city), load_definition(city, "month"), on, PRINTING, Reviews())


def plain(name: str) -> Example:
    def made(city: str, on: Form) -> Document:
        return plain_document(load_definition(city, name), on, PRINTING, PERSON, CONTACT)

    return made


def own_data(city: str, on: Form) -> Document:
    facts = {"number": "SC-2F2-00001", "given": "Marie-Flore", "surname": "Jean-Baptiste", "phone": "+56 9 5555 0101"}
    office = ("Dirección del Trabajo", "Dirección del Trabajo")
    data = OwnData(
        facts={name: (text, text) for name, text in facts.items()} | {"language": ("Criollo haitiano", "Kreyòl")},
        flags=frozenset({"reach", "interpreter"}),
        lists={
            "papers": (
                Entry(("Pasaporte", "Paspò"), (Hint(("01-05-2027",) * 2, "until"), Hint(("567",) * 2, "ends"))),
            ),
            "needs": (Entry(("Trabajo", "Travay"), (Hint(("28-10-2026",) * 2, "told"),)),),
            "referrals": (Entry(office, (Hint(("Enviada", "Voye")),)),),
            "consents": (Entry(("Contactarle", "Kontakte ou"), (Hint(("Aceptó", "Dakò")),), "phone"),),
        },
        rights=rights(load_notice(city), Reviews()),
        person=PERSON,
        told={"version": ("1", "1"), "since": ("25-11-2026", "25-11-2026")},
    )
    return own_data_document(data, load_definition(city, "own_data"), on, PRINTING)


def ticket(city: str, on: Form) -> Document:
    data = TicketData(("B 07",), DAY, ("Trabajo", "Travay"), "briefcase")
    return ticket_document(data, load_definition(city, "ticket"), on, PRINTING)


def numbers(city: str, on: Form) -> Document:
    data = TicketData(tuple(f"A {number:02d}" for number in range(1, 14)), DAY)
    return numbers_document(data, load_definition(city, "ticket"), on, PRINTING)


def appointment(city: str, on: Form) -> Document:
    data = AppointmentData(date(2026, 11, 3), time(10, 30), "Calle Ñandú 123", "+56 2 0000 0123", interpreter=True)
    return appointment_document(data, load_definition(city, "appointment"), on, PRINTING)


EXAMPLES: dict[str, Example] = {
    "referral": referral,
    "information": information,
    "notice": notice,
    "route": route,
    "month": month,
    "own_data": own_data,
    "ticket": ticket,
    "numbers": numbers,
    "appointment": appointment,
    **{name: plain(name) for name in PLAIN},
}
PAGES = {"referral": 3, "information": 2, "notice": 2, "route": 1, "labour_rights": 2, "employers": 1}
PAGES |= {"month": 13, "own_data": 2, "ticket": 1, "numbers": 2, "appointment": 1}
"""How many pages each has on letter in Spanish and Creole; what is not named has one or two."""
