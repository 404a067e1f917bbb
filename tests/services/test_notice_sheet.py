"""The notice on paper, read back from the PDF as its reader would."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest

from migrant_office.errors import NotAllowed, UserError
from migrant_office.models.consent import ConsentState
from migrant_office.models.notice import Notice, load_notice
from migrant_office.models.office import Office, new_id
from migrant_office.models.parity import Review, Reviews, text_hash
from migrant_office.models.person import Person
from migrant_office.models.sheet import Paper
from migrant_office.services import consents, people
from migrant_office.services.notice_sheet import answers_of, notice_sheet
from migrant_office.services.sheets.document import Form, columns_of, write
from migrant_office.services.sheets.layout import SMALLEST_BODY
from migrant_office.services.sheets.notice import NoticeData, notice_document

DATA = NoticeData("Oficina de Migrantes", "Biwo Migran", date(2026, 11, 25))
CITIES = {"santiago": "CL", "cdmx": "MX"}


def drawn(notice: Notice, country: str = "CL", paper: Paper = Paper.LETTER, data: NoticeData = DATA) -> bytes:
    return write([notice_document(data, notice, Form(paper, columns_of(("es", "ht"), country)), Reviews())])


def printed(city: str, paper: Paper = Paper.LETTER, data: NoticeData = DATA) -> bytes:
    return drawn(load_notice(city), CITIES[city], paper, data)


def pages(content: bytes) -> list[str]:
    document = pdfium.PdfDocument(content)
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def in_column(content: bytes, page: int, *, right: bool) -> str:
    """The words of one half of a page, as somebody reads who knows one language."""
    found = pdfium.PdfDocument(content)[page]
    middle = 15 / 25.4 * 72 + 18 / 25.4 * 72
    middle += (found.get_width() - 30 / 25.4 * 72 - 18 / 25.4 * 72) / 2
    half = (middle, found.get_width()) if right else (0.0, middle)
    return " ".join(found.get_textpage().get_text_bounded(left=half[0], right=half[1]).split())


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("city", list(CITIES))
def test_it_is_one_leaf_told_on_one_side_and_signed_on_the_other(city: str, paper: Paper):
    told, decided = pages(printed(city, paper))
    notice = load_notice(city)
    assert notice.words["decide"].es in decided
    assert notice.words["decide"].es not in told
    assert notice.edition in told
    assert notice.edition in decided
    for word in ("person", "guardian", "officer", "day"):
        assert notice.words[word].es in decided
        assert notice.words[word].ht in decided


@pytest.mark.parametrize("city", list(CITIES))
def test_both_languages_say_every_row(city: str):
    content, notice = printed(city), load_notice(city)
    for lang, right in (("es", False), ("ht", True)):
        told, decided = in_column(content, 0, right=right), in_column(content, 1, right=right)
        for paragraph in notice.paragraphs:
            assert " ".join(paragraph.spoken.text(lang).split()) in told, (lang, paragraph.key)
        for purpose in notice.purposes:
            page = decided if purpose.asked else told
            assert purpose.question.text(lang) in page, (lang, purpose.code)
            if purpose.asked:
                assert purpose.refused.text(lang) in page, (lang, purpose.code)


@pytest.mark.parametrize("city", list(CITIES))
def test_what_is_told_is_large_enough_to_read(city: str):
    page = pdfium.PdfDocument(printed(city))[0]
    text = page.get_textpage()
    start = text.get_text_bounded().index("1.")
    first = text.search(load_notice(city).paragraphs[0].spoken.es[:20]).get_next()
    assert first is not None
    assert raw.FPDFText_GetFontSize(text, first[0]) >= SMALLEST_BODY - 0.01
    assert start > 0


@pytest.mark.parametrize("city", list(CITIES))
def test_every_law_stands_there_and_what_nobody_verified_says_so(city: str):
    decided = pages(printed(city))[1]
    notice = load_notice(city)
    laws = {law.key: law for p in (*notice.paragraphs,) for law in p.laws} | {
        law.key: law for p in notice.purposes for law in p.laws
    }
    for law in laws.values():
        assert " ".join(law.text.split()) in decided
    assert "por confirmar" in decided
    sure = replace(notice.purposes[0].laws[0], key="own", text="Ley de prueba", verified_on=date(2026, 11, 2))
    seen = replace(notice, purposes=(replace(notice.purposes[0], laws=(sure,)), *notice.purposes[1:]))
    shown = pages(drawn(seen))
    assert any("Ley de prueba (02-11-2026)" in page for page in shown)


def test_the_draft_mark_goes_once_somebody_read_the_creole():
    mark = "TRADIKSYON KI POKO REVIZE"
    notice = load_notice("santiago")
    assert all(mark in page for page in pages(printed("santiago")))
    day = date(2026, 11, 1)
    read = [Review(text_hash(each.es), text_hash(each.ht), "Lectora", day) for each in notice.spoken]
    form = Form(Paper.LETTER, columns_of(("es", "ht"), "CL"))
    assert not any(mark in page for page in pages(write([notice_document(DATA, notice, form, Reviews(read))])))
    assert mark in pages(write([notice_document(DATA, notice, form, Reviews(read[1:]))]))[0]


def test_answers_are_crossed_and_the_others_left_empty():
    none = printed("santiago")
    yes = printed("santiago", data=replace(DATA, answers={"contact": True}))
    no = printed("santiago", data=replace(DATA, answers={"contact": False}))
    assert len({none, yes, no}) == 3
    assert printed("santiago") == none, "the same notice is the same bytes"


def test_a_very_long_notice_takes_more_pages_and_loses_nothing():
    notice = load_notice("santiago")
    longer = replace(notice, paragraphs=notice.paragraphs * 4)
    shown = pages(drawn(longer))
    assert len(shown) > 2
    assert sum(page.count(notice.paragraphs[0].spoken.es[:20]) for page in shown) == 4


# with a case


@pytest.fixture
def case(desk: Office) -> str:
    person = Person(id=new_id(), given="Rose", surname="Désir")
    people.open_case(desk, person)
    return person.id


def test_the_paper_of_a_case_shows_the_answers_and_no_name(desk: Office, case: str):
    consents.record(desk, case, {"contact": ConsentState.GIVEN, "sensitive": ConsentState.REFUSED})
    consents.record(desk, case, {"share_private": ConsentState.GIVEN}, recipient="scl-udp")
    assert answers_of(desk, case) == {"contact": True, "sensitive": False}
    content = notice_sheet(desk, case).pdf
    assert content != notice_sheet(desk).pdf
    assert all("Rose" not in page and "Désir" not in page for page in pages(content))
    assert all("Oficina de Prueba" in page for page in pages(content))


def test_an_answer_to_older_words_leaves_the_boxes_empty(desk: Office, case: str, monkeypatch: pytest.MonkeyPatch):
    consents.record(desk, case, {"contact": ConsentState.GIVEN})
    later = replace(consents.notice_of(desk), version=2)
    monkeypatch.setattr(consents, "load_notice", lambda _city: later)
    assert answers_of(desk, case) == {}


def test_nothing_of_a_reserved_case_is_printed(desk: Office):
    person = Person(id=new_id(), given="Rose", restricted=True)
    people.open_case(desk, person)
    with pytest.raises(NotAllowed):
        notice_sheet(desk, person.id)
    with pytest.raises(UserError):
        notice_sheet(desk, new_id())
