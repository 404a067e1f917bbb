"""The copy that is read on a screen or aloud: every text once, in the order of its rows, in its own language."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import product

import pypdfium2 as pdfium
import pytest

from migrant_office.models.notice import load_notice
from migrant_office.models.parity import Reviews
from migrant_office.models.sheet import LANGUAGES, Paper
from migrant_office.models.sheet.choice import Choice
from migrant_office.models.sheet_print import SheetKind
from migrant_office.services import making
from migrant_office.services.sheets.definition import load_definition
from migrant_office.services.sheets.document import write
from migrant_office.services.sheets.frame import BOTTOM, FOOTER, HEADER, TOP
from migrant_office.services.sheets.kinds import PLAIN
from migrant_office.services.sheets.notice import NoticeData, notice_document
from tests.services.sheets.examples import COUNTRIES, DAY, EXAMPLES, OFFICE, OFFICE_HT, form
from tests.services.sheets.tagged import Heard, drawn, heard, marks, opened

HERE = [pytest.param(city, name, id=f"{city}-{name}") for city, name in product(COUNTRIES, EXAMPLES)]


@cache
def tagged(city: str, name: str, languages: tuple[str, str] = ("es", "ht"), paper: Paper = Paper.LETTER) -> bytes:
    return write([EXAMPLES[name](city, form(city, languages, paper))], tagged=True)


@cache
def told(city: str, name: str, languages: tuple[str, str] = ("es", "ht")) -> list[Heard]:
    return heard(tagged(city, name, languages))


def said(text: str) -> str:
    """A wording as `Heard.words` has it."""
    return "".join(text.replace("**", "").split())


# -- the tree


@pytest.mark.parametrize("languages", LANGUAGES, ids="-".join)
@pytest.mark.parametrize(("city", "name"), HERE)
def test_all_that_is_drawn_is_marked_and_each_mark_belongs_to_one_element(
    city: str, name: str, languages: tuple[str, str]
):
    content = tagged(city, name, languages)
    found = marks(content)
    assert all(page == list(range(len(page))) and page for page in found)
    uses = Counter((each.page, each.mark) for each in heard(content))
    assert uses == Counter({(page, mark): 1 for page, numbers in enumerate(found) for mark in numbers})


@pytest.mark.parametrize(("city", "name"), HERE)
def test_the_tree_follows_the_drawing_and_the_way_back_leads_to_it(city: str, name: str):
    content = tagged(city, name)
    order = [(each.page, each.mark) for each in told(city, name)]
    assert order == sorted(order)
    with opened(content) as pdf:
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        for number, page in enumerate(pdf.pages):
            assert page.StructParents == numbers[2 * number] == number
            assert [element.K for element in numbers[2 * number + 1]] == list(range(len(marks(content)[number])))


@pytest.mark.parametrize(("city", "name"), HERE)
def test_its_parts_are_sections_with_headings(city: str, name: str):
    found = told(city, name)
    assert {each.path[:2] for each in found} == {("Document", "Sect")}
    assert {each.role for each in found} <= {"H1", "H2", "P", "Figure"}
    heads = [each for each in found if each.role in {"H1", "H2"}]
    assert heads[0].role == "H1"
    assert "H2" in {each.role for each in heads} or name in {"ticket", "numbers", "appointment"}


@pytest.mark.parametrize(("city", "name"), HERE)
def test_only_header_and_footer_are_left_out_of_what_is_heard(city: str, name: str):
    content = tagged(city, name)
    for number, page in enumerate(pdfium.PdfDocument(content)):
        height = page.get_size()[1]
        for at, mark, text, bottom in drawn(content):
            if at == number and mark is None and text.strip():
                assert bottom > height - TOP - HEADER or bottom < BOTTOM + FOOTER, text


# -- order and language


@pytest.mark.parametrize("languages", [pair for pair in LANGUAGES if pair[0] != pair[1]], ids="-".join)
@pytest.mark.parametrize(("city", "name"), list(product(COUNTRIES, PLAIN)))
def test_it_is_heard_row_by_row_left_before_right(city: str, name: str, languages: tuple[str, str]):
    """Two columns under one another would be two sheets: each row is said in Spanish and then in the other language."""
    found = told(city, name, languages)
    rest = iter([(each.words, each.lang) for each in found])
    rows = [row for row in load_definition(city, name).rows if row.section != "frame" and not row.condition]
    rows = [row for row in rows if row.es and "{" not in row.es and row.es != row.text(languages[1])]
    assert len(rows) > 5
    for row in sorted(rows, key=lambda row: row.section != "title"):
        left = said(row.es)
        assert any(words == left and lang == "" for words, lang in rest), row.es
        assert next(rest) == (said(row.text(languages[1])), languages[1])


@pytest.mark.parametrize(("city", "name"), HERE)
def test_creole_says_that_it_is_creole_and_spanish_that_of_the_country(city: str, name: str):
    with opened(tagged(city, name)) as pdf:
        assert pdf.Root.Lang == f"es-{COUNTRIES[city]}"
    assert {each.lang for each in told(city, name)} == {"", "ht"}
    assert {each.lang for each in told(city, name, ("es", "es"))} <= {"", "es"}


def test_lines_of_a_text_are_heard_with_a_space_between_them():
    long = [each for each in told("santiago", "referral") if each.said]
    assert "Martes 3 de noviembre de 2026, a las 10:30 de la mañana" in {each.said for each in long}
    assert all("".join(each.said.split()) == "".join(each.text.split()) for each in long)


def test_a_text_that_nobody_reviewed_is_heard_on_every_page():
    marked = [each.page for each in told("santiago", "referral") if "REVISADA" in each.text]
    assert marked == [0, 1, 2]


# -- pictures


def test_pictures_of_the_appointment_are_said_in_words():
    alts = [each.alt for each in told("santiago", "referral") if each.role == "Figure"]
    assert alts == [
        "martes 3 noviembre 2026 · madi 3 novanm 2026",
        "10:30, de la mañana · nan maten",
        "QR: Guarde la cita en su teléfono · Mete randevou a nan telefòn ou",
        "QR: K7X-3F9-D2M4",
    ]
    assert not any(each.alt for each in told("santiago", "referral") if each.role != "Figure")


def test_a_box_that_was_ticked_is_heard_before_its_word():
    notice = load_notice("santiago")
    code = notice.asked[0].code
    data = NoticeData(OFFICE, OFFICE_HT, DAY, {code: False})
    found = heard(write([notice_document(data, notice, form("santiago"), Reviews())], tagged=True))
    at = next(number for number, each in enumerate(found) if each.role == "Figure")
    assert found[at].alt.startswith("X No")
    assert found[at + 1].words.startswith("No")


# -- the file


@pytest.mark.parametrize(("city", "name"), HERE)
def test_the_file_says_what_it_is(city: str, name: str):
    content = tagged(city, name)
    with opened(content) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert pdf.pdf_version == "1.7"
        assert all(page.Tabs == "/S" for page in pdf.pages)
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == str(pdf.docinfo["/Title"])
        assert pdf.check_pdf_syntax() == []


@pytest.mark.parametrize(("city", "name"), HERE)
def test_it_looks_as_the_printed_one_and_is_the_same_file_each_time(city: str, name: str):
    document = EXAMPLES[name](city, form(city))
    plain = write([document])
    assert b"StructTreeRoot" not in plain
    assert write([document], tagged=True) == tagged(city, name)
    for printed, read in zip(pdfium.PdfDocument(plain), pdfium.PdfDocument(tagged(city, name)), strict=True):
        assert bytes(printed.render(scale=0.7).buffer) == bytes(read.render(scale=0.7).buffer)


def test_sheets_of_a_batch_are_documents_of_their_own():
    both = [EXAMPLES[name]("santiago", form("santiago", pair)) for name, pair in (("route", ("es", "ht")),) * 2]
    with opened(write(both, tagged=True)) as pdf:
        assert [str(each.S) for each in pdf.Root.StructTreeRoot.K] == ["/Document"] * 2
        assert len(pdf.pages) == 2


def test_a_sheet_is_tagged_where_that_was_chosen():
    document = EXAMPLES["route"]("santiago", form("santiago"))
    for chosen in (True, False):
        made = making.made(document, SheetKind.ROUTE, Choice(tagged=chosen))
        with opened(made.pdf) as pdf:
            assert ("/StructTreeRoot" in pdf.Root) is chosen
