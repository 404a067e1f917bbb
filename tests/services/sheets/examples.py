"""One example of every sheet in every city: what the tests of all sheets draw."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

from migrant_office.models.notice import load_notice
from migrant_office.models.parity import Reviews
from migrant_office.models.sheet import Paper, RouteData, RouteGroup, RouteLine, SheetData, SheetService
from migrant_office.services.sheets.definition import load_definition
from migrant_office.services.sheets.document import Document, Form, columns_of
from migrant_office.services.sheets.fitting import Printing
from migrant_office.services.sheets.kinds import PLAIN
from migrant_office.services.sheets.notice import NoticeData, notice_document
from migrant_office.services.sheets.plain import plain_document
from migrant_office.services.sheets.referral import service_document
from migrant_office.services.sheets.route import route_document

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
    data = RouteData(OFFICE, OFFICE_HT, city, PERSON, DAY, stations, (needs,), papers)
    return route_document(data, load_definition(city, "route"), on)


def plain(name: str) -> Example:
    def made(city: str, on: Form) -> Document:
        return plain_document(load_definition(city, name), on, PRINTING, PERSON, CONTACT)

    return made


EXAMPLES: dict[str, Example] = {
    "referral": referral,
    "information": information,
    "notice": notice,
    "route": route,
    **{name: plain(name) for name in PLAIN},
}
PAGES = {"referral": 3, "information": 2, "notice": 2, "route": 1, "labour_rights": 2, "employers": 1}
"""How many pages each has on letter in Spanish and Creole; what is not named has one or two."""
