"""The printed referral sheet, read back from the PDF as a reader of the file would."""

from __future__ import annotations

import csv
import os
import tomllib
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migrant_office import paths
from migrant_office.i18n import Translator
from migrant_office.models.parity import Review, Reviews, text_hash
from migrant_office.models.sheet import Paper, SheetData, SheetDefinition, SheetService, SheetText
from migrant_office.services import sheets
from migrant_office.services.sheets.document import Document, Form, write
from migrant_office.services.sheets.phrases import Phrases
from migrant_office.services.sheets.referral import service_document
from tests.services.sheets.telephone import codes_read

SANTIAGO, CDMX = sheets.load_definition("santiago"), sheets.load_definition("cdmx")
STUBS = {city: sheets.load_definition(city, "stub") for city in ("santiago", "cdmx")}
CHILE = (Translator("es_CL"), Translator("ht_CL"))
SERVICE = SheetService(
    name="Oficina Municipal de Información Laboral (OMIL)",
    area="empleo",
    institution="Municipalidad Ejemplo",
    address="Calle Ñandú 123, piso 2",
    documents=("Cédula de identidad", "Currículum", "Comprobante de domicilio", "Cartola del hogar"),
    steps=("Ir a la OMIL de la comuna", "Entrevista"),
    cost="gratis",
    contact="600 000 0000; ejemplo.cl",
    assured_on=date(2026, 10, 1),
)
FULL = SheetData(
    office="Oficina de Migrantes",
    office_ht="Biwo pou Migran",
    person="Marie-Flore Jean-Baptiste",
    slip="2026-0417",
    service=SERVICE,
    printed_on=date(2026, 10, 28),
    appointment_on=date(2026, 11, 3),
    appointment_at=time(10, 30),
    officer="Carolina",
    desk="4",
    office_contact="+56 2 0000 0123; lunes a viernes, 9:00 a 14:00",
    demo=True,
)
DUE = replace(FULL, appointment_on=None, appointment_at=None, due_on=date(2026, 12, 12), office_contact="")
SPARSE = SheetData("Oficina", "Biwo", "Wilner", "", SheetService("Servicio sin datos"), date(2026, 10, 28))
GOLDEN = Path(__file__).parent / "golden_referral.txt"


def made(
    data: SheetData,
    paper: Paper = Paper.A4,
    definition: SheetDefinition = SANTIAGO,
    stub: SheetDefinition | None = None,
) -> Document:
    return service_document(data, definition, Form(paper, CHILE), stub or STUBS[definition.city])


def pdf(data: SheetData, paper: Paper = Paper.A4, definition: SheetDefinition = SANTIAGO) -> bytes:
    return write([made(data, paper, definition)])


def pages(content: bytes) -> list[str]:
    document = pdfium.PdfDocument(content)
    return [page.get_textpage().get_text_range().replace("\r\n", "\n").replace("\u00a0", " ") for page in document]


def words(data: SheetData, paper: Paper = Paper.A4, definition: SheetDefinition = SANTIAGO) -> str:
    return " ".join(" ".join(pages(pdf(data, paper, definition))).split())


def letters(content: bytes) -> list[tuple[int, str, float, tuple[float, float, float, float]]]:
    """Every visible letter: page number, letter, size in points, box (left, bottom, right, top)."""
    found = []
    for number, page in enumerate(pdfium.PdfDocument(content)):
        text = page.get_textpage()
        for index in range(text.count_chars()):
            letter = chr(raw.FPDFText_GetUnicode(text, index))
            if letter.strip() and not raw.FPDFText_IsGenerated(text, index):
                found.append((number, letter, raw.FPDFText_GetFontSize(text, index), text.get_charbox(index)))
    return found


# -- what it says


def test_golden_text():
    """The whole sheet as text. After a wanted change of wording: UPDATE_GOLDEN=1, then read the difference."""
    text = "\f".join(pages(pdf(FULL))).replace(SANTIAGO.version, "VERSION")
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


def test_page_one_alone_is_enough():
    first = " ".join(pages(pdf(FULL))[0].split())
    for said in (
        ("Buscar trabajo", "Chèche travay", "Marie-Flore Jean-Baptiste", "Calle Ñandú 123, piso 2"),
        ("noviembre · novanm", "martes · madi", "10:30", "de la mañana · nan maten"),
        ("Martes 3 de noviembre de 2026", "Madi 3 novanm 2026, 10:30 nan maten"),
        ("Cédula de identidad", "Kat idantite", "Prèv adrès", "+56 2 0000 0123", "Este servicio es gratis."),
        ("¿Le falta un documento? Venga igual", "Ou manke yon dokiman? Vini kanmenm"),
        ("Pregunte por Carolina, ventanilla 4.", "Mande pou Carolina, gichè 4."),
    ):
        for piece in said:
            assert piece in first


def test_what_nobody_translated_is_marked_as_spanish():
    assert "[Cartola del hogar] (an panyòl)" in words(FULL)


def test_what_is_not_known_is_said_and_not_invented():
    text = words(SPARSE)
    for piece in ("Dirección: por confirmar con la institución", "Adrès: pou konfime ak enstitisyon an"):
        assert piece in text
    for piece in ("Costo: por confirmar", "Día y hora: por confirmar", "Confirme estos datos antes de ir."):
        assert piece in text
    assert "gratis. Nadie" not in text.split("Sus derechos")[0]
    assert "Llame al" not in text.split("Sus derechos")[0]
    assert "Vuelva a nuestra oficina" in text


def test_the_catalogue_words_for_unknown_print_the_same():
    unknown = "por confirmar con la institución"
    service = SheetService("Servicio sin datos", "", unknown, unknown, None, None, f"no dicho; {unknown}", unknown)
    assert pdf(replace(SPARSE, service=service)) == pdf(SPARSE)


def test_a_last_day_without_an_hour():
    text = words(DUE)
    assert "antes del · anvan" in text
    assert "Vaya antes del sábado 12 de diciembre de 2026." in text
    assert "Ale anvan samdi 12 desanm 2026." in text
    assert "10:30" not in text
    assert "Institución: 600 000 0000" in text


def test_an_appointment_wins_over_a_last_day():
    assert "antes del" not in words(replace(FULL, due_on=date(2026, 12, 12)))


def test_no_documents_needed_is_not_the_same_as_unknown():
    text = words(replace(FULL, service=replace(SERVICE, documents=())))
    assert "No necesita documentos." in text
    assert "¿Le falta un documento?" not in text


def test_each_city_has_its_word_and_its_emergency_number():
    for definition, said in ((SANTIAGO, ("Hoja de derivación", "al 131")), (CDMX, ("Hoja de canalización", "al 911"))):
        text = words(FULL, definition=definition)
        assert [piece in text for piece in said] == [True, True]


def test_no_french_reaches_the_sheet():
    french = set("janvier février mars mai juin juillet août septembre octobre novembre décembre".split())
    french |= set("lundi mardi mercredi jeudi vendredi samedi dimanche".split())
    for month in range(1, 13):
        data = replace(FULL, appointment_on=date(2026, month, month + 1), service=replace(SERVICE, documents=None))
        assert french & set(words(data).lower().replace(",", " ").split()) == set()


def test_data_is_taken_literally():
    odd = "<b>Ana</b> & {date} **Co** &amp;"
    assert odd in words(replace(FULL, person=odd))


# -- its state of review


def approved(*definitions: SheetDefinition) -> Reviews:
    """Every pair of texts of some definitions, approved."""
    rows = [row for definition in definitions for row in (*definition.rows, *definition.phrases)]
    day = date(2026, 10, 1)
    return Reviews(Review(text_hash(row.es), text_hash(row.ht), "R. Lectora", day) for row in rows)


READ = approved(SANTIAGO, STUBS["santiago"])
REVIEWED, REVIEWED_STUB = SANTIAGO.judged(READ), STUBS["santiago"].judged(READ)


def test_a_translation_nobody_reviewed_is_marked_on_every_page():
    assert made(FULL).draft
    for page in pages(pdf(FULL)):
        assert "TRADUCCIÓN NO REVISADA · TRADIKSYON KI POKO REVIZE" in page
        assert "MUESTRA · EGZANP" in page


def test_a_reviewed_translation_names_its_reader_instead():
    document = made(replace(FULL, demo=False), definition=REVIEWED, stub=REVIEWED_STUB)
    assert not document.draft
    text = " ".join(" ".join(pages(write([document]))).split())
    assert "REVISADA" not in text
    assert "MUESTRA" not in text
    assert "Revisado por · Moun ki revize li: R. Lectora, 01-10-2026" in text


def altered(row: SheetText, lang: str) -> SheetText:
    return replace(row, es="Otra cosa.") if lang == "es" else replace(row, ht="Lòt bagay.")


@pytest.mark.parametrize("key", ["unknown", "come", "phrase"])
@pytest.mark.parametrize("lang", ["es", "ht"])
def test_one_changed_sentence_makes_the_sheet_a_draft_again(key: str, lang: str):
    rows = tuple(altered(row, lang) if row.key == key else row for row in SANTIAGO.rows)
    phrases = tuple(replace(altered(row, lang), key=f"{row.es}|{row.key}") for row in SANTIAGO.phrases)
    later = replace(SANTIAGO, rows=rows, phrases=phrases if key == "phrase" else SANTIAGO.phrases)
    assert made(FULL, definition=later.judged(READ), stub=REVIEWED_STUB).draft


def test_a_slip_that_nobody_reviewed_makes_the_whole_a_draft_and_is_marked_itself():
    document = made(FULL, definition=REVIEWED)
    assert document.draft
    assert [bool(page.around.mark) for page in document.pages] == [*[False] * (len(document.pages) - 1), True]


def test_spanish_alone_needs_no_review_and_says_everything_once():
    form = Form(Paper.LETTER, (Translator("es_CL"), Translator("es_CL")))
    document = service_document(FULL, SANTIAGO, form)
    assert not document.draft
    text = " ".join(pages(write([document]))[0].split())
    for said in ("Buscar trabajo", "Documentos que debe llevar", "Currículum", "ESPAÑOL"):
        assert text.count(said) == 1, said


# -- the paper


@pytest.mark.parametrize("data", [FULL, DUE, SPARSE], ids=["full", "due", "sparse"])
@pytest.mark.parametrize("paper", Paper)
def test_two_pages_of_the_right_size_with_the_telephone_on_the_first(data: SheetData, paper: Paper):
    content = pdf(data, paper)
    document = pdfium.PdfDocument(content)
    assert len(document) <= 2 + bool(data.slip)  # the slip for the institution has a page of its own
    for page in document:
        assert [side / 72 * 25.4 for side in page.get_size()] == pytest.approx(paper.value, abs=0.1)
    assert "¿Preguntas? ¿No puede ir?" in pages(content)[0]
    assert f"Página 1 de {len(document)} · Paj 1 sou {len(document)}" in pages(content)[0]


@pytest.mark.parametrize("paper", Paper)
def test_running_text_is_never_under_eleven_points(paper: Paper):
    small = "".join(letter for _, letter, size, _ in letters(pdf(FULL, paper)) if size < 10.99)
    for row in SANTIAGO.rows:
        if row.section in {"when", "documents", "help", "steps", "rights"} and row.es and "{" not in row.es:
            assert row.es.replace(" ", "").replace("*", "") not in small
    assert min(size for _, _, size, _ in letters(pdf(FULL, paper))) >= 8


def test_every_font_is_inside_the_file():
    embedded = [
        raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(item))
        for page in pdfium.PdfDocument(pdf(FULL))
        for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])
    ]
    assert len(embedded) > 100
    assert set(embedded) == {1}
    assert b"Helvetica" not in pdf(FULL)


def test_the_file_says_its_language_and_never_a_name():
    content = pdf(FULL)
    assert b"/Lang (es-CL)" in content
    title = pdfium.PdfDocument(content).get_metadata_dict()["Title"]
    assert title == "Hoja de derivación · Fèy referans"
    assert "Marie" not in str(pdfium.PdfDocument(content).get_metadata_dict())


def test_the_same_case_gives_the_same_bytes():
    assert pdf(FULL) == pdf(FULL)
    assert pdf(FULL) != pdf(replace(FULL, slip="2026-0418"))


@pytest.mark.parametrize("dots", [200, 150])
@pytest.mark.parametrize("paper", Paper)
def test_a_telephone_reads_when_and_where_and_nothing_else(paper: Paper, dots: int):
    (code,) = codes_read(pdf(FULL, paper), 0, dots)
    assert (
        code.split()
        == (
            "BEGIN:VCALENDAR VERSION:2.0 BEGIN:VEVENT SUMMARY:Cita / Randevou DTSTART:20261103T103000 "
            r"LOCATION:Calle Nandu 123\, piso 2 END:VEVENT END:VCALENDAR"
        ).split()
    )


# -- whatever is typed

TEXT = st.text(max_size=300) | st.text(alphabet="WÑ", min_size=60, max_size=300)
LISTS = st.none() | st.lists(TEXT, max_size=40).map(tuple)


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(
    texts=st.tuples(*[TEXT] * 8),
    documents=LISTS,
    steps=LISTS,
    appointment=st.none() | st.just(date(2026, 9, 30)),
    paper=st.sampled_from(Paper),
)
def test_nothing_leaves_the_paper(texts, documents, steps, appointment, paper):
    name, institution, address, cost, contact, person, office, officer = texts
    service = SheetService(name, "empleo", institution, address, documents, steps, cost, contact)
    data = SheetData(
        office, office, person, "S-1", service, date(2026, 9, 1), appointment_on=appointment,
        due_on=date(2026, 9, 30), officer=officer, desk=officer,
    )  # fmt: skip
    content = pdf(data, paper)
    assert len(pdfium.PdfDocument(content)) <= 3
    assert "¿Preguntas?" in pages(content)[0]
    width, height = (side / 25.4 * 72 for side in paper.value)
    for _, _, size, (left, bottom, right, top) in letters(content):
        assert 36 < left <= right < width - 36
        assert 24 < bottom <= top < height - 24
        assert bottom > 55 or size < 10  # running text keeps off the foot of the page


def test_thirty_documents_go_on_on_page_two_and_say_so():
    many = tuple(f"Papel {number}" for number in range(1, 19))
    first, second, _stub = pages(pdf(replace(FULL, service=replace(SERVICE, documents=many)), Paper.LETTER))
    assert "Hay más documentos en la página 2." in first
    assert "Más documentos" in second
    for item in many:
        assert item in first + second


def test_what_does_not_fit_is_said_to_be_missing():
    many = tuple(f"Papel número {number} con un nombre largo que ocupa más de una línea" for number in range(40))
    text = words(replace(FULL, service=replace(SERVICE, documents=many)))
    assert "Hay más documentos. Pregunte en nuestra oficina." in text


@pytest.mark.parametrize("city", ["santiago", "cdmx"])
def test_nothing_of_the_shipped_catalogue_is_cut_and_every_area_has_a_sentence(city: str):
    with (paths.resources() / "forms" / city / "services" / "services.csv").open(encoding="utf-8") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: -len(row["documents"] + row["steps"]))
    areas = {row["area"] for row in rows}
    with (paths.resources() / "forms" / city / "office.toml").open("rb") as file:
        areas |= {area["code"] for area in tomllib.load(file)["areas"]}
    assert {area for area in areas if Phrases(SANTIAGO.phrases).find("area", area) is None} == set()
    for row in rows[:8]:  # the longest; the others fit all the more
        address, contact = sheets.split_contact(row["contact"])
        papers, steps = sheets.split_documents(row["documents"]), sheets.split_steps(row["steps"])
        service = SheetService(row["name"], row["area"], row["owner"], address, papers, steps, row["cost"], contact)
        text = words(replace(DUE, service=service), Paper.LETTER)
        assert "Hay más documentos. Pregunte" not in text
        assert "Hay más pasos" not in text
        assert "…" not in text


def test_the_number_to_call_is_found_among_other_ways():
    service = replace(SERVICE, contact="ejemplo.cl; lunes a viernes 09:00-18:00; *8010 (celular)")
    text = words(replace(DUE, service=service))
    assert "Institución: *8010 (celular)" in text
    assert "ejemplo.cl · lunes a viernes 09:00-18:00" in text
