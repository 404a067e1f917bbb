"""The summary of one's own data: what a person may read, and what no paper tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migrant_office.errors import Gone, NotAllowed
from migrant_office.i18n import Translator
from migrant_office.models.appointment import Appointment
from migrant_office.models.consent import ConsentState
from migrant_office.models.eligibility.library import city_rules
from migrant_office.models.missing import Missing
from migrant_office.models.mobility import Category, DocumentState, HeldDocument
from migrant_office.models.need import NeedKind
from migrant_office.models.office import Office, new_id
from migrant_office.models.person import ContactRule, Gender, Language, Person
from migrant_office.models.sheet import LANGUAGES, Choice, MadeSheet, Paper
from migrant_office.services import catalogue, consents, people, protection
from migrant_office.services.own_data_sheet import ending, own_data, own_data_sheet
from migrant_office.services.sheets.definition import load_definition
from migrant_office.services.sheets.document import Form, columns_of, write
from migrant_office.services.sheets.fitting import Printing
from migrant_office.services.sheets.layout import SMALLEST_BODY
from migrant_office.services.sheets.own_data import own_data_document
from migrant_office.services.sheets.own_facts import Entry, Hint, OwnData
from tests.factories import DAY, a_referral, put
from tests.services.a_restricted_case import looks

COLUMNS = (Translator("es_CL"), Translator("ht_CL"))
ROSE = {"given": "Rose", "surname": "Désir", "birth": date(1990, 5, 4), "language": Language.HT}


def a_case(office: Office, *needs: NeedKind, **told: object) -> str:
    person = Person(id=new_id(), **(ROSE | told))  # type: ignore[arg-type]  # whatever a test tells
    people.open_case(office, person, *(people.new_need(kind) for kind in needs))
    return person.id


def referred(office: Office, case: str, code: str, **told: object) -> None:
    put(office.vault, a_referral(service=catalogue.service(office, code).id, **told), on=case)


def words(made: MadeSheet) -> str:
    document = pdfium.PdfDocument(made.pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document).replace("\u00a0", " ")


def smallest(content: bytes) -> float:
    """The size of the smallest letters between header and footer."""
    sizes: list[float] = []
    for page in pdfium.PdfDocument(content):
        text, high = page.get_textpage(), page.get_height()
        for n in range(text.count_chars()):
            _left, low, _right, top = text.get_charbox(n)
            shown = chr(raw.FPDFText_GetUnicode(text, n)).strip() and not raw.FPDFText_IsGenerated(text, n)
            if shown and top < high - 85 and low > 58:
                sizes.append(raw.FPDFText_GetFontSize(text, n))
    return min(sizes)


# -- what she reads


def test_what_the_office_keeps_in_both_languages(desk: Office):
    case = a_case(
        *(desk, NeedKind.WORK),
        phone="+56 9 5555 0101",
        contact_rule=ContactRule.WHATSAPP_ONLY,
        nationality="HT",
        commune="Santiago",
        interpreter=True,
    )
    paper = HeldDocument(id=new_id(), kind="passport", state=DocumentState.HAS, number="HT-1234567", country="HT")
    put(desk.vault, replace(paper, expires=date(2027, 5, 1)), on=case)
    put(desk.vault, Appointment(id=new_id(), day=date(2026, 3, 5), hour="10:30", minutes=30), on=case)
    referred(desk, case, "scl-omil")
    told = words(own_data_sheet(desk, case))
    for piece in (
        ("Nombres: Rose", "Non: Rose", "Fecha de nacimiento: 04-05-1990", "Dat nesans: 04-05-1990"),
        ("Teléfono: +56 9 5555 0101", "Solo WhatsApp", "WhatsApp sèlman", "Ayiti", "Kreyòl ayisyen"),
        ("Necesita un intérprete.", "Ou bezwen yon entèprèt.", "Donde vive: Santiago"),
        ("Pasaporte", "Paspò", "hasta el 01-05-2027", "jiska 01-05-2027", "número terminado en 567"),
        ("Trabajo", "Travay", "jueves 5 de marzo de 2026, 10:30", "jedi 5 mas 2026, 10:30"),
        ("Oficina Municipal de Información (o Intermediación) Laboral, OMIL", "Enviada", "Voye"),
        ("Puede ver sus datos, corregirlos", "Ou ka wè enfòmasyon ou yo", "aviso de privacidad", "versión 1"),
        ("¿Algo está mal o falta?", "Página 1 de", "TRADUCCIÓN NO REVISADA"),
    ):
        for one in piece:
            assert one in told, one
    assert "1234567" not in told


def test_answers_and_who_received_data_with_the_day(desk: Office):
    case = a_case(desk)
    given, refused = ConsentState.GIVEN, ConsentState.REFUSED
    consents.record(desk, case, {"contact": refused, "share_public": given})
    consents.refer(desk, case, catalogue.service(desk, "scl-omil"), due=DAY)
    referred(desk, case, "scl-udp")  # to orient only: nothing was handed over
    data = own_data(desk, people.read_case(desk, case), COLUMNS)
    (received,) = data.lists["received"]
    assert received.texts[0].startswith("Municipalidad de Santiago")
    assert [hint.texts[0] for hint in received.hints if hint.key == "sent"] == ["02-03-2026"]
    told = words(own_data_sheet(desk, case))
    assert "Contactarle · No aceptó · desde el 02-03-2026" in told
    assert "Dar sus datos a oficinas públicas · Aceptó · desde el 02-03-2026" in told
    assert "Guardar datos sensibles · No se preguntó" in told
    assert "Usted no quiere que le contactemos." in told


def test_sensitive_answers_only_where_she_agreed_that_they_are_kept(desk: Office):
    case = a_case(desk, gender=Gender.TRANS_WOMAN, indigenous_people="Mapuche")
    for answer in (None, ConsentState.REFUSED):
        if answer:
            consents.record(desk, case, {"sensitive": answer})
        told = words(own_data_sheet(desk, case))
        assert "Mapuche" not in told
        assert "Mujer trans" not in told
    consents.record(desk, case, {"sensitive": ConsentState.GIVEN})
    told = words(own_data_sheet(desk, case))
    assert "Género: Mujer trans" in told
    assert "Pueblo indígena: Mapuche" in told


def test_what_she_would_not_say_is_said_and_what_nobody_asked_is_not(desk: Office):
    told = words(own_data_sheet(desk, a_case(desk, birth=Missing.REFUSED, language=Missing.NOT_ASKED)))
    assert "Fecha de nacimiento: Prefiere no responder" in told
    assert "Idioma:" not in told


# -- what no paper tells


def test_nothing_of_status_asylum_violence_or_officers_notes(desk: Office):
    case = a_case(
        *(desk, NeedKind.LEGAL),
        status="irregular",
        category=Category.ASYLUM_SEEKER,
        contact_words="su pareja revisa el teléfono",
    )
    other = HeldDocument(id=new_id(), kind="other", words="constancia de refugio", state=DocumentState.HAS)
    for paper in (HeldDocument(id=new_id(), kind="refuge_application", state=DocumentState.IN_PROCESS), other):
        put(desk.vault, paper, on=case)
    for code in ("scl-refugio", "scl-1455", "scl-casa-trata", "scl-residencia-victimas", "scl-emergencias"):
        referred(desk, case, code)
        put(desk.vault, Appointment(id=new_id(), service=code, day=DAY, hour="11:00", minutes=30), on=case)
    put(desk.vault, a_referral(service="of-another-day"), on=case)  # nobody knows any more what it was
    for languages in LANGUAGES:
        told = words(own_data_sheet(desk, case, Choice(languages))).casefold()
        secret = (
            "refugi",
            "asil",
            "irregular",
            "violenc",
            "víctim",
            "viktim",
            "trata",
            "sernameg",
            "1455",
            "emergenc",
            "pareja",
        )
        for piece in secret:
            assert piece not in told.replace("puede tratar", ""), piece
        assert "of-another-day" not in told


@pytest.mark.parametrize("city", ["santiago", "cdmx"])
def test_papers_about_refuge_are_on_no_sheet(city: str):
    assert city_rules(city).unprinted_papers <= {"refuge_application", "comar", "humanitarian_card"}
    assert city_rules(city).unprinted_papers


def test_areas_that_are_never_printed_are_areas_of_both_cities(desk: Office):
    from migrant_office.models.city import load_city

    for city in ("santiago", "cdmx"):
        assert {area.code for area in load_city(city).areas} >= protection.SECRET


def test_a_restricted_case_is_never_printed(desk: Office):
    case = a_case(desk)
    protection.open_path(desk, case, [])
    with pytest.raises(NotAllowed):
        own_data_sheet(desk, case)
    assert ("own_data", case) not in looks(desk)
    with pytest.raises(Gone):
        own_data_sheet(desk, new_id())


def test_the_look_is_in_the_access_log_and_the_name_in_no_file_name(desk: Office):
    case = a_case(desk)
    made = own_data_sheet(desk, case)
    assert ("own_data", case) in looks(desk)
    assert made.name == "own-data-es-ht"
    assert "Rose" not in (pdfium.PdfDocument(made.pdf).get_metadata_value("Title") or "")


@given(st.text(max_size=30))
def test_a_number_is_never_printed_whole(number: str):
    signs = "".join(c for c in number if c.isalnum())
    assert ending(number) in {"", signs[-3:]}
    assert len(ending(number)) * 2 < max(len(signs), 1)


# -- it fits


def test_an_empty_case_is_two_pages_at_most(desk: Office):
    person = Person(id=new_id())
    people.open_case(desk, person)
    made = own_data_sheet(desk, person.id)
    assert made.pages <= 2
    assert "No hay un nombre anotado." in words(made)
    assert made.pdf == own_data_sheet(desk, person.id).pdf


@pytest.mark.parametrize("paper", list(Paper))
def test_sixty_referrals_and_a_name_of_eighty_letters(desk: Office, paper: Paper):
    case = a_case(desk, given="Marie-Flore-" * 7, surname="محمد الأمين", trusted="x" * 300)
    services = [line.id for line in catalogue.lines(desk)]
    for number in range(60):
        put(desk.vault, a_referral(service=services[number % len(services)]), on=case)
    made = own_data_sheet(desk, case, Choice(paper=paper))
    assert made.pages <= 3
    assert "más. Puede verlo todo en la oficina." in words(made)
    assert smallest(made.pdf) >= SMALLEST_BODY - 0.01


ENTRY = st.builds(
    Entry,
    texts=st.tuples(st.text(max_size=90), st.text(max_size=90)),
    hints=st.lists(st.builds(Hint, st.tuples(st.text(max_size=60), st.text(max_size=60))), max_size=3).map(tuple),
)


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])  # each fits many pages
@given(st.lists(ENTRY, max_size=12), st.integers(0, 4), st.sampled_from(LANGUAGES), st.sampled_from(list(Paper)))
def test_whatever_there_is_it_is_three_pages_at_most(
    entries: list[Entry], times: int, languages: tuple[str, str], paper: Paper
):
    facts = {name: (f"{name} {'w' * 80}",) * 2 for name in ("given", "surname", "address", "trusted", "others")}
    many = tuple(entries) * times
    data = OwnData(
        facts, frozenset({"reach"}), dict.fromkeys(("papers", "referrals", "received", "appointments"), many)
    )
    form = Form(paper, columns_of(languages, "CL"))
    document = own_data_document(data, load_definition("santiago", "own_data"), form, Printing("Oficina", "Biwo", DAY))
    assert len(document.pages) <= 3
    for page in document.pages:
        assert sum(piece.height for piece in page.pieces) <= form.room + 0.1
    assert smallest(write([document])) >= SMALLEST_BODY - 0.01
