"""Names and addresses in any script: printed right, or in letters that can be read; never as empty boxes."""

from __future__ import annotations

import ctypes
import io
import unicodedata
from dataclasses import replace
from itertools import product
from xml.sax.saxutils import escape

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
import uharfbuzz
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics

from migrant_office.models.sheet import Paper
from migrant_office.services.sheets import scripts
from migrant_office.services.sheets.calendar_code import calendar_entry
from migrant_office.services.sheets.definition import load_definition
from migrant_office.services.sheets.document import Document, write
from migrant_office.services.sheets.referral import service_document
from migrant_office.services.sheets.scripts import ARABIC, ARABIC_BOLD, BOLD, REGULAR
from tests.services.sheets.examples import COUNTRIES, DAY, EXAMPLES, case, form
from tests.services.sheets.tagged import heard

NAME, FATIMA = "محمد عبد الله", "فاطمة"
STREET = "شارع محمد الخامس رقم 12، الطابق الثالث، بجوار المسجد الكبير، حي السلام"
STYLE = ParagraphStyle("test", fontName=REGULAR, fontSize=12, leading=16, splitLongWords=1)
ANY = st.text(max_size=60) | st.text(alphabet="اب تثمحد()12،.-aÑ", max_size=120) | st.text(alphabet="ب", max_size=90)


def has(font: str, text: str) -> bool:
    scripts.register_fonts()
    return all(ord(letter) in pdfmetrics.getFont(font).face.charToGlyph for letter in text)


def shown(text: str) -> str:
    """What stands on a line, from left to right."""
    return "".join(part for _, part in scripts.parts(text, REGULAR))


def spelt(visual: str) -> str:
    """Joined forms as the letters they are, in the order in which they are read."""
    return unicodedata.normalize("NFKC", visual[::-1])


# -- what is printed instead


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Calle Ñandú 123, 2º piso «A» — ¿sí?", "Calle Ñandú 123, 2º piso «A» — ¿sí?"),
        ("Паспорт Ївга", "Паспорт Ївга"),
        ("Nguyễn Şəhla Ọlá", "Nguyễn Şəhla Ọlá"),
        ("王小明", "[WangXiaoMing]"),
        ("Sra. 王 小明, China", "Sra. [Wang XiaoMing], China"),
        ("გიორგი ბერიძე", "[giorgi beridze]"),
        ("Ἀλέξανδρος", "[Alexandros]"),
        ("Αθήνα", "[Athina]"),
        ("राम कुमार 5", "[ram kumar] 5"),
        ("𝕸aria ＡＢＣ ㎏", "Maria ABC kg"),
        ("Maria 😀👩🏽‍⚕️", "Maria "),
        ("😀", "[:grinning:]"),
        ("Jose\u0301 Nun\u0303ez", "José Nuñez"),
        ("a\ud800b\u202eb", "abb"),
    ],
)
def test_letters_that_there_are_not_become_readable_ones(written: str, printed: str):
    assert scripts.readable(written) == printed


@given(ANY, st.sampled_from([REGULAR, BOLD]))
def test_every_letter_of_a_line_is_in_its_typeface(text: str, font: str):
    for name, part in scripts.parts(text, font):
        assert has(name, part)
    assert bool(shown(text).strip()) or not text.strip() or not any(map(str.isalnum, text))


@given(ANY)
def test_plain_spanish_is_left_alone_and_the_rest_is_changed_once(text: str):
    once = scripts.readable(text)
    assert scripts.readable(once) == once


# -- Arabic


def test_a_name_is_joined_and_read_from_right_to_left():
    line = shown(NAME)
    assert line[-1] == "\ufee3"  # the first letter, m, in the form of a beginning, stands at the right
    assert line[0] not in NAME  # the last one is joined as well
    assert spelt(shown(FATIMA)) == FATIMA
    assert set(scripts.parts(FATIMA, BOLD)) == {(ARABIC_BOLD, shown(FATIMA))}


def test_numbers_and_brackets_inside_keep_their_direction():
    assert shown("12 دار (باب)").startswith("12 (")
    assert shown("دار (باب)").startswith("(")
    assert shown("دار (باب)")[-1] == shown("دار")[-1]
    assert shown("[دار]").startswith("[")
    assert shown("[دار]").endswith("]")
    assert "8320" in shown("حي 8320 سلام")
    assert shown("Sra. دار, Chile") == f"Sra. {shown('دار')}, Chile"


@pytest.mark.parametrize(
    "name", ["محمد", "پژمان گلچین", "ٹیپو ڈار ہے", "ڕێبوار سەڵاح", "ښځینه ګلالۍ ټیم څوک ډېر", "سنڌ ٻار"],
    ids=["arabic", "persian", "urdu", "kurdish", "pashto", "sindhi"],
)  # fmt: skip
@pytest.mark.parametrize("font", [ARABIC, ARABIC_BOLD])
def test_letters_of_every_language_are_joined(name: str, font: str):
    """As HarfBuzz places them; the typeface needs no letter moved from where its width puts it."""
    assert scripts.readable(name) == name
    shaper, letters = scripts._glyphs(font)
    for word in name.split():
        buffer = uharfbuzz.Buffer()
        buffer.add_str(word)
        buffer.guess_segment_properties()
        uharfbuzz.shape(shaper, buffer, {"kern": False})
        assert scripts._joined(word, font) == "".join(letters[each.codepoint] for each in buffer.glyph_infos)
        widths = [pdfmetrics.stringWidth(letters[each.codepoint], font, 1000) for each in buffer.glyph_infos]
        assert [place.x_advance for place in buffer.glyph_positions] == pytest.approx(widths)
        assert not any(place.x_offset or place.y_offset for place in buffer.glyph_positions)
    assert len({scripts._joined("ێ" * count, font)[-1] for count in (1, 2)}) == 2  # alone, and at the beginning


def drawn_lines(markup: str, width: float) -> list[str]:
    text = scripts.paragraph(markup, STYLE)
    text.wrap(width, 10_000)
    lines = []
    for line in text.blPara.lines:
        found = line.words if hasattr(line, "words") else line[1]
        lines.append("".join(word if isinstance(word, str) else word.text for word in found).replace("\u00a0", " "))
    return lines


def test_a_long_address_begins_at_the_top_whatever_the_width():
    for width in (120, 200, 300):
        lines = drawn_lines(f"Dirección: <b>{STREET}</b>", width)
        assert len(lines) > 2
        words = " ".join(spelt(line) for line in lines[1:]).split()
        assert words[:3] == STREET.split()[:3]
        assert words[-1] == STREET.split()[-1]


@settings(deadline=None)
@given(ANY, st.integers(30, 400))
def test_no_line_of_a_paragraph_is_wider_than_its_column(text: str, width: int):
    markup = escape(" ".join(text.split()))
    made = scripts.paragraph(f"<b>{markup}</b> {markup}", STYLE)
    assert made.wrap(width, 10_000)[1] >= 0
    for line in made.blPara.lines:
        spare = line.extraSpace if hasattr(line, "extraSpace") else line[0]
        assert spare > -12  # one letter is as wide as a very small column


def test_it_is_heard_as_it_is_spelt():
    found = heard(write([letter(NAME)], tagged=True))
    assert f"Para · Pou: {NAME}" in {each.said for each in found}


# -- whole sheets


def letter(person: str, **others: str) -> Document:
    data = case("K7X-3F9-D2M4")
    service = replace(
        data.service, name=others.get("name", data.service.name), address=others.get("address", data.service.address)
    )
    office = others.get("office", data.office)
    data = replace(data, person=person, service=service, office=office, officer=person[:30], printed_on=DAY)
    return service_document(data, load_definition("santiago"), form("santiago"), load_definition("santiago", "stub"))


def without_glyph(content: bytes) -> set[tuple[str, str]]:
    """Typeface and letter of all that was drawn as the empty box of a typeface that does not have it."""
    found = set()
    for page in pdfium.PdfDocument(content):
        text = page.get_textpage()
        for index in range(text.count_chars()):
            if not raw.FPDFText_IsGenerated(text, index):
                name, flags = ctypes.create_string_buffer(80), ctypes.c_int()
                raw.FPDFText_GetFontInfo(text, index, name, 80, ctypes.byref(flags))
                font = name.value.decode().rpartition("+")[2].removesuffix("-Regular")
                letter = chr(raw.FPDFText_GetUnicode(text, index)).replace(
                    "\x02", "-"
                )  # pdfium: a hyphen that ends a line
                found.add((font, letter))
    return {(font, letter) for font, letter in found if letter.strip() and not has(font, letter)}


def fonts_of(content: bytes) -> dict[str, bool]:
    """Name of each typeface that a page may use, and whether the file brings it along."""
    found: dict[str, bool] = {}
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            for font in page.Resources.get("/Font", pikepdf.Dictionary()).values():
                described = font.get("/FontDescriptor", pikepdf.Dictionary())
                found[str(font.BaseFont)] = "/FontFile2" in described
    return found


@pytest.mark.parametrize("tagged", [False, True], ids=["paper", "tagged"])
@pytest.mark.parametrize(("city", "name"), list(product(COUNTRIES, EXAMPLES)))
def test_every_typeface_of_every_sheet_is_in_the_file(city: str, name: str, tagged: bool):
    found = fonts_of(write([EXAMPLES[name](city, form(city, paper=Paper.A4))], tagged=tagged))
    assert {name.partition("+")[2] for name in found} == {"Andika", "Andika-Bold"}
    assert all(found.values())


def test_arabic_brings_its_typeface_along():
    content = write([letter(NAME, address=STREET, office=f"{FATIMA} Ñuñoa", name=f"{NAME} (王)")])
    found = fonts_of(content)
    assert {name.partition("+")[2] for name in found} == {
        "Andika", "Andika-Bold", "NotoSansArabic-Regular", "NotoSansArabic-Bold"
    }  # fmt: skip
    assert all(found.values())
    assert without_glyph(content) == set()
    assert content == write([letter(NAME, address=STREET, office=f"{FATIMA} Ñuñoa", name=f"{NAME} (王)")])
    assert "Andika" in fonts_of(write([letter("王小明")])).popitem()[0]


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(st.tuples(*[ANY] * 4), st.booleans())
def test_whatever_is_typed_is_printed(texts: tuple[str, str, str, str], tagged: bool):
    person, name, address, office = texts
    content = write([letter(person, name=name, address=address, office=office)], tagged)
    assert all(fonts_of(content).values())
    assert without_glyph(content) == set()


def test_a_telephone_is_told_a_place_in_latin_letters():
    entry = calendar_entry("Cita", DAY, None, "شارع 12, 王府井, Ñuñoa · 😀")
    assert entry.isascii()
    assert "LOCATION:sharʿ".encode("ascii", "ignore").decode()[:11] in entry
    assert r"12\, WangFuJing\, Nunoa" in entry
    assert ":grinning" not in entry
