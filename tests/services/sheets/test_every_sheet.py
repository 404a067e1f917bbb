"""Every sheet of every city, in every pair of languages on every paper, read back from the file."""

from __future__ import annotations

import os
from functools import cache
from itertools import product
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest

from migrant_office.models.sheet import LANGUAGES, Paper
from migrant_office.services.sheets.document import Document, write
from tests.services.sheets.examples import COUNTRIES, EXAMPLES, OFFICE, PAGES, form

GOLDEN = Path(__file__).parent / "golden"
HERE = [pytest.param(city, name, id=f"{city}-{name}") for city, name in product(COUNTRIES, EXAMPLES)]
PAIRS = [pytest.param(pair, id="-".join(pair)) for pair in LANGUAGES]
FRENCH = frozenset(
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre lundi mardi mercredi jeudi "
    "vendredi samedi dimanche mexique haïti".split()
) - {"mars"}  # a month in Creole too
BLACK, GREY, WHITE = (0, 0, 0), (237, 237, 237), (255, 255, 255)


@cache
def document(city: str, name: str, languages: tuple[str, str] = ("es", "ht"), paper: Paper = Paper.LETTER) -> Document:
    return EXAMPLES[name](city, form(city, languages, paper))


@cache
def drawn(city: str, name: str, languages: tuple[str, str] = ("es", "ht"), paper: Paper = Paper.LETTER) -> bytes:
    return write([document(city, name, languages, paper)])


def pages(content: bytes) -> list[str]:
    found = pdfium.PdfDocument(content)
    return [page.get_textpage().get_text_range().replace("\r\n", "\n").replace("\u00a0", " ") for page in found]


def is_inside(page: pdfium.PdfPage) -> bool:
    """Whether every letter keeps off the edges, where printers do not reach."""
    text, (width, height) = page.get_textpage(), page.get_size()
    boxes = [text.get_charbox(n) for n in range(text.count_chars()) if not raw.FPDFText_IsGenerated(text, n)]
    return all(left > 14 and right < width - 14 and low > 14 and high < height - 14 for left, low, right, high in boxes)


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize(("city", "name"), HERE)
def test_on_every_paper_it_has_few_pages_that_nothing_leaves(city: str, name: str, pair: tuple[str, str]):
    for paper in Paper:
        content = drawn(city, name, pair, paper)
        found = pdfium.PdfDocument(content)
        most = PAGES.get(name, 2)
        assert 1 <= len(found) <= most, paper
        if pair == ("es", "ht") and paper is Paper.LETTER and name in PAGES:
            assert len(found) == most
        for number, page in enumerate(found, 1):
            assert [side / 72 * 25.4 for side in page.get_size()] == pytest.approx(paper.value, abs=0.1)
            assert f"Página {number} de {len(found)}" in pages(content)[number - 1]
            assert is_inside(page), (paper, number)


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize(("city", "name"), HERE)
def test_its_words_are_those_that_were_read(city: str, name: str, pair: tuple[str, str]):
    """The whole text. After a wanted change of wording: UPDATE_GOLDEN=1, then read the difference."""
    made = document(city, name, pair)
    text = "\f".join(pages(drawn(city, name, pair))).replace(made.version, "VERSION")
    file = GOLDEN / f"{city}-{name}-{'-'.join(dict.fromkeys(pair))}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")
    assert text == file.read_bytes().decode("utf-8")


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize(("city", "name"), HERE)
def test_letters_are_right_and_no_french_is_among_them(city: str, name: str, pair: tuple[str, str]):
    text = " ".join(pages(drawn(city, name, pair)))
    assert OFFICE in " ".join(text.split())
    wanted = set("ñóí") | (set("èòÈÒ") if pair[1] == "ht" else set())
    assert any(letter in text for letter in wanted)
    if pair[1] == "ht":
        assert set(text) & set("èò")
    assert "\ufffd" not in text
    words = {"".join(c for c in word if c.isalpha()) for word in text.casefold().split()}
    assert words & FRENCH == set()


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize(("city", "name"), HERE)
def test_a_draft_is_marked_on_every_page_and_spanish_alone_never(city: str, name: str, paper: Paper):
    assert all("TRADIKSYON KI POKO REVIZE" in page for page in pages(drawn(city, name, paper=paper)))
    alone = drawn(city, name, ("es", "es"), paper)
    assert not any("REVISADA" in page or "KREYÒL" in page for page in pages(alone))


@pytest.mark.parametrize(("city", "name"), HERE)
def test_it_survives_one_bit(city: str, name: str):
    """Letters and lines are pure black, on white or on the one light tint: no printer and no copier loses them."""
    for page in pdfium.PdfDocument(drawn(city, name)):
        for item in page.get_objects():
            colours = {fill for fill in (colour(item, raw.FPDFPageObj_GetFillColor),) if fill}
            if item.type == raw.FPDF_PAGEOBJ_TEXT:
                assert colours == {BLACK}
            else:
                assert colours <= {BLACK, GREY, WHITE}
            assert colour(item, raw.FPDFPageObj_GetStrokeColor) == BLACK


def colour(item: pdfium.PdfObject, ask: object) -> tuple[int, int, int]:
    import ctypes

    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    assert ask(item, red, green, blue, alpha)  # type: ignore[operator]
    return red.value, green.value, blue.value


@pytest.mark.parametrize(("city", "name"), HERE)
def test_every_font_is_inside_and_equal_sheets_are_equal_bytes(city: str, name: str):
    content = drawn(city, name)
    embedded = {
        raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(item))
        for page in pdfium.PdfDocument(content)
        for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])
    }
    assert embedded == {1}
    assert b"Helvetica" not in content
    assert f"/Lang (es-{COUNTRIES[city]})".encode() in content
    again = EXAMPLES[name](city, form(city))
    assert write([again]) == content


def test_no_file_of_words_is_left_behind():
    """A golden text that no sheet makes any more says nothing."""
    known = {f"{c}-{n}-{'-'.join(dict.fromkeys(p))}.txt" for c, n, p in product(COUNTRIES, EXAMPLES, LANGUAGES)}
    assert {file.name for file in GOLDEN.glob("*.txt")} <= known
