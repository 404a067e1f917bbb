"""*Mi ruta* on paper: one page in two languages, and nothing that whoever finds it should not know."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office.errors import Gone, NotAllowed
from migrant_office.i18n import Translator
from migrant_office.models.eligibility.library import city_rules
from migrant_office.models.eligibility.told import VerdictCode
from migrant_office.models.mobility import DocumentState, HeldDocument
from migrant_office.models.need import NeedKind
from migrant_office.models.office import Office, new_id
from migrant_office.models.parity import needs_review
from migrant_office.models.person import Person
from migrant_office.models.sheet import SPANISH, Choice, Paper, RouteData, RouteGroup, RouteLine
from migrant_office.services import parity, people, protection, route, sheet_wording, sheets
from migrant_office.services.creole.inventory import office_texts
from migrant_office.services.route_sheet import route_data, route_sheet
from migrant_office.services.sheets.document import Form, write
from migrant_office.services.sheets.layout import SMALLEST_BODY
from migrant_office.services.sheets.route import route_document
from tests.factories import put

COLUMNS = (Translator("es_CL"), Translator("ht_CL"))
DEFINITION = sheets.load_definition("santiago", "route")
DATA = RouteData("Oficina", "Biwo", "Santiago", "Rose Désir", date(2026, 3, 2), (), (), ())


def printed(data: RouteData, paper: Paper) -> bytes:
    return write([route_document(data, DEFINITION, Form(paper, COLUMNS))])


def words(content: bytes) -> str:
    document = pdfium.PdfDocument(content)
    return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)


def a_case(office: Office) -> str:
    person = Person(id=new_id(), given="Rose", surname="Désir", status="irregular", birth=date(1990, 1, 1), children=1)
    needs = (NeedKind.WORK, NeedKind.PAPERS, NeedKind.HEALTH, NeedKind.SOCIAL_PROTECTION, NeedKind.LEGAL)
    people.open_case(office, person, *(people.new_need(kind) for kind in needs))
    put(office.vault, HeldDocument(id=new_id(), kind="birth_certificate", state=DocumentState.LACKS), on=person.id)
    route.answer_fact(office, person.id, "notarised_statement", "no")
    return person.id


def test_one_page_with_stations_services_and_papers_in_both_languages(desk: Office) -> None:
    content = route_sheet(desk, a_case(desk)).pdf
    assert len(pdfium.PdfDocument(content)) == 1
    told = words(content)
    for said in ("Mi ruta", "Wout mwen", "Rose Désir", "Orientación", "Oryantasyon", "Puede ir", "Ou ka ale"):
        assert said in told
    assert "Certificado de nacimiento" in told
    assert "Batistè" in told
    assert "TRADUCCIÓN NO REVISADA" in told, "nobody has read the Creole yet"
    assert content == route_sheet(desk, people.search(desk, "Désir")[0].id).pdf, "the same case gives the same bytes"


def test_nothing_of_status_or_protection_stands_on_it(desk: Office) -> None:
    told = words(route_sheet(desk, a_case(desk)).pdf).casefold()
    for secret in ("irregular", "san papye", "refugiad", "autodenuncia", "víctimas"):
        assert secret not in told, secret


HIDDEN = {  # services whose name beside "you can go" tells what nobody may find on somebody
    "santiago": {"scl-refugio", "scl-fonasa-sin-papeles", "scl-residencia-embarazo"},
    "cdmx": {"mx-comar", "mx-curp-temporal", "mx-residente-permanente"},
}


@pytest.mark.parametrize("city", HIDDEN)
def test_what_a_service_betrays_by_its_name_is_on_no_paper(city: str) -> None:
    assert HIDDEN[city] <= city_rules(city).unprinted


def test_papers_of_a_service_that_is_not_printed_are_not_printed_either(desk: Office) -> None:
    shown = route.read_route(desk, a_case(desk))
    lacking = [s for s in shown.services if s.code is VerdictCode.MISSING]
    assert route_data(desk, shown, COLUMNS).papers
    hidden = replace(shown, unprinted=frozenset(s.line.id for s in lacking))
    assert route_data(desk, hidden, COLUMNS).papers == ()


def test_a_restricted_case_is_never_printed(desk: Office) -> None:
    case = a_case(desk)
    protection.open_path(desk, case, [])
    with pytest.raises(NotAllowed):
        route_sheet(desk, case)
    with pytest.raises(Gone):
        route_sheet(desk, new_id())


def test_a_case_without_needs_has_its_stations(desk: Office) -> None:
    person = Person(id=new_id(), given="Rose")
    people.open_case(desk, person)
    assert "Registro" in words(route_sheet(desk, person.id).pdf)


@given(
    st.lists(st.lists(st.text(max_size=80), max_size=30), max_size=8),
    st.lists(st.text(max_size=80), max_size=12),
    st.sampled_from(list(Paper)),
)
def test_whatever_there_is_it_is_one_page(groups: list[list[str]], papers: list[str], paper: Paper) -> None:
    lines = [RouteGroup("home", ("a", "b"), tuple(RouteLine("meets", (t, t)) for t in names)) for names in groups]
    data = replace(DATA, groups=tuple(lines), papers=tuple(RouteLine("", (t, t), (t, t)) for t in papers))
    assert len(pdfium.PdfDocument(printed(data, paper))) == 1


def test_letters_are_never_smaller_than_eleven_points(desk: Office) -> None:
    case = people.read_case(desk, a_case(desk))
    shown = route.read_route(desk, case.person.id)
    data = route_data(desk, shown, COLUMNS)
    page = pdfium.PdfDocument(printed(data, Paper.A4))[0]
    text = page.get_textpage()
    top, bottom = page.get_height() - 90, 60
    sizes = set()
    for index in range(text.count_chars()):
        _left, low, _right, high = text.get_charbox(index)
        if bottom < low and high < top:
            sizes.add(round(raw.FPDFText_GetFontSize(text.raw, index), 1))
    assert min(size for size in sizes if size > 1) >= SMALLEST_BODY


def test_what_it_borrows_from_windows_and_rules_counts_for_its_mark(desk: Office) -> None:
    case = a_case(desk)
    approve = partial(parity.approve, desk, reviewer="Marie")
    rows = sheet_wording.definition(desk, "route").rows
    approve([(row.es, row.ht) for row in rows if needs_review(row.es, row.ht)])
    assert route_sheet(desk, case).draft
    assert "POKO REVIZE" in words(route_sheet(desk, case).pdf)
    approve([(text.es, text.ht) for text in office_texts(desk)])
    assert not route_sheet(desk, case).draft
    parity.withdraw(desk, [("Orientación", "Oryantasyon")])
    assert route_sheet(desk, case).draft
    assert not route_sheet(desk, case, Choice(languages=SPANISH)).draft
