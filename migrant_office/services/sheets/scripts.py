"""Letters that Andika does not have: a name or an address in another script is printed so that somebody can read it.

Arabic script is set with Noto Sans Arabic, joined and from right to left. Any other script (Chinese, Devanagari,
Georgian, Hebrew…) stands as Latin letters in square brackets: readable to the desk, and visibly not what was written.
Other forms of a letter Andika has (𝐌, ﬁ, Ａ) become that letter, and small pictures are left out. Never an empty box.
(docs/decisions/034)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape, unescape

import anyascii  # ISC: every script of Unicode in Latin letters, tables and no code
import uharfbuzz  # Apache-2.0: joins the letters of Arabic, Persian, Urdu, Pashto, Kurdish
from bidi.algorithm import get_display  # LGPL: the order of Unicode's annex 9; the one in Rust turns no brackets round
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from migrant_office import paths

REGULAR, BOLD = "Andika", "Andika-Bold"
ARABIC, ARABIC_BOLD = "NotoSansArabic", "NotoSansArabic-Bold"
FILES = {
    REGULAR: "Andika-Regular.ttf",
    BOLD: "Andika-Bold.ttf",
    ARABIC: "NotoSansArabic-Regular.ttf",
    ARABIC_BOLD: "NotoSansArabic-Bold.ttf",
}
SIZES = {REGULAR: 1.0, BOLD: 1.0, ARABIC: 1.15, ARABIC_BOLD: 1.15}
"""Arabic letters are small beside Andika's of the same size."""
_A = "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefe"
_RUN = re.compile(rf"[{_A}](?:[^<>{_A}A-Za-z\u00c0-\u052f\n]*[{_A}0-9])*")
"""From an Arabic letter to the last one or to a number after it: what is read from right to left as a whole."""
_WORD = re.compile(rf"(?:(?!\d)[{_A}])+")
_CLOSING = {")": "(", "]": "[", "»": "«"}
_FOREIGN = re.compile("o*f(?:[fomds]*[fom])?")
_TAGS = re.compile("(<[^<>]*>)")
_PICTURES = frozenset({"So", "Sk", "Me", "Cc", "Cf", "Cn", "Co", "Cs"})


@cache
def register_fonts() -> None:
    """Make the typefaces of paper known to reportlab, once per process. Andika is made for new readers and has every
    Spanish and Creole letter; Noto Sans Arabic has the joined forms as letters of their own.
    """
    for name in FILES:
        pdfmetrics.registerFont(TTFont(name, str(_file(name))))
    for name, bold in ((REGULAR, BOLD), (ARABIC, ARABIC_BOLD)):
        pdfmetrics.registerFontFamily(name, normal=name, bold=bold, italic=name, boldItalic=bold)


def _file(font: str) -> Path:
    return paths.resources() / "fonts" / FILES[font]


@cache
def _letters(*fonts: str) -> frozenset[str]:
    """What all of these typefaces have to show, without what steers a text and what is private."""
    register_fonts()
    found = frozenset.intersection(*(frozenset(pdfmetrics.getFont(font).face.charToGlyph) for font in fonts))
    letters = (chr(code) for code in found)
    return frozenset(each for each in letters if unicodedata.category(each)[0] != "C" and not _is_variant(each))


def _is_variant(letter: str) -> bool:
    """A selector of another form of the letter before."""
    return "\ufe00" <= letter <= "\ufe0f"


def _has(text: str) -> bool:
    return set(text) <= _letters(REGULAR, BOLD)


# -- what is printed instead


def readable(text: str) -> str:
    """The text in letters that a typeface of ours has, in the order in which it is read."""
    text = unicodedata.normalize("NFC", text)
    if _has(text):
        return text
    kinds = "".join(map(_kind, text))
    pieces, at = [], 0
    for found in _FOREIGN.finditer(kinds):
        pieces += [_plain(text[at : found.start()]), f"[{_latin(text[found.start() : found.end()]) or '?'}]"]
        at = found.end()
    shown = "".join([*pieces, _plain(text[at:])])
    return shown if shown.strip() or not _latin(text) else f"[{_latin(text)}]"


@cache
def _kind(letter: str) -> str:
    """p: printed as it is, or nearly; o: so too, but no Latin letter; s: a space; d: left out; m: a mark on the letter
    before; f: in Latin letters, and with it the o beside it, as Andika has some of the Greek letters.
    """
    if letter.isspace():
        return "s"
    if _is_arabic(letter):
        return "p"
    if _has(letter) or _has(unicodedata.normalize("NFKC", letter)):
        return "p" if not letter.isalpha() or "LATIN" in unicodedata.name(letter, "LATIN") else "o"
    category = unicodedata.category(letter)
    if category in _PICTURES or _is_variant(letter):
        return "d"
    return "m" if category in {"Mn", "Mc"} else "f"


@cache
def _is_arabic(letter: str) -> bool:
    return letter in _letters(ARABIC, ARABIC_BOLD) and _RUN.match(letter) is not None


def _plain(text: str) -> str:
    """Text without foreign letters; a picture or a lone mark goes, and one of the spaces around it."""
    shown = []
    for letter in text:
        kind = _kind(letter)
        if kind == "s":
            shown.append(letter if _has(letter) else " ")
        elif kind in "po":
            shown.append(letter if _has(letter) or _is_arabic(letter) else unicodedata.normalize("NFKC", letter))
    return "".join(shown)


def _latin(text: str) -> str:
    return " ".join("".join(filter(str.isprintable, anyascii.anyascii(text))).split())


def latin(text: str) -> str:
    """Letters and figures in ASCII, without what is neither: for a telephone that guesses encodings."""
    folded = (unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode() for letter in text)
    pairs = zip(text, folded, strict=True)
    return "".join(plain or (anyascii.anyascii(letter) if letter.isalnum() else "") for letter, plain in pairs)


# -- Arabic on one line


def visual(run: str, *, bold: bool = False) -> str:
    """Arabic letters in their joined forms, from left to right as they stand on paper. Vowel marks are left out: they
    would need places of their own, and names are written without.
    """
    font = ARABIC_BOLD if bold else ARABIC
    ordered = get_display("".join(each for each in run if unicodedata.category(each) != "Mn"), base_dir="R")
    return _WORD.sub(lambda word: _joined(word[0][::-1], font), ordered)


def _joined(word: str, font: str) -> str:
    """The glyphs of a word from left to right, as letters of the typeface."""
    shaper, letters = _glyphs(font)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(word)
    buffer.direction, buffer.script, buffer.language = "rtl", "arab", "ar"
    uharfbuzz.shape(shaper, buffer, {"kern": False})
    return "".join(letters[glyph.codepoint] for glyph in buffer.glyph_infos)


@cache
def _glyphs(font: str) -> tuple[uharfbuzz.Font, list[str]]:
    """Who joins the letters, and a letter for each glyph. The common joined forms are letters of Unicode, which a PDF
    gives back as text; the others get private ones, always the same, so that equal sheets are equal bytes.
    """
    register_fonts()
    face = pdfmetrics.getFont(font).face
    shaper = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(_file(font)))))
    private = iter(range(0xE000, 0xF900))
    letters = []
    for glyph in range(shaper.face.glyph_count):
        if glyph not in face.glyphToChar:
            code = next(private)
            face.charToGlyph[code], face.glyphToChar[glyph] = glyph, [code]
            face.charWidths[code] = shaper.get_glyph_h_advance(glyph) * 1000 / shaper.face.upem
        letters.append(chr(face.glyphToChar[glyph][0]))
    return shaper, letters


def _parts(shown: str, bold: bool) -> Iterator[tuple[str, str]]:
    """Typeface and text, for text in the order of paper."""
    own, other = (BOLD, ARABIC_BOLD) if bold else (REGULAR, ARABIC)
    for ours, letters in groupby(shown, lambda letter: _has(letter)):
        yield (own if ours else other), "".join(letters)


def runs(text: str) -> Iterator[tuple[bool, str]]:
    """The text in pieces as it is spelt; True for what is read from right to left, with the bracket that closes it."""
    at = 0
    for found in _RUN.finditer(text):
        run, end = found[0], found.end()
        opening = _CLOSING.get(text[end : end + 1], "")
        if opening and run.count(opening) > run.count(text[end]):
            run, end = run + text[end], end + 1
        yield False, text[at : found.start()]
        yield True, run
        at = end
    yield False, text[at:]


def parts(text: str, font: str) -> list[tuple[str, str]]:
    """Typeface and text of what stands on one line, from left to right."""
    bold = font == BOLD
    shown = (visual(piece, bold=bold) if arabic else piece for arabic, piece in runs(readable(text)))
    return list(_parts("".join(shown), bold))


def width(text: str, font: str, size: float) -> float:
    """Points that a line takes."""
    return _width(parts(text, font), size)


def _width(found: Iterable[tuple[str, str]], size: float) -> float:
    return float(sum(pdfmetrics.stringWidth(part, name, size * SIZES[name]) for name, part in found))


def write(canvas: Canvas, text: str, x: float, y: float, font: str, size: float) -> None:
    """One line from `x` to the right, its base line at `y`."""
    for name, part in parts(text, font):
        canvas.setFont(name, size * SIZES[name])
        canvas.drawString(x, y, part)
        x += _width([(name, part)], size)


# -- Arabic in a paragraph


def paragraph(markup: str, style: ParagraphStyle) -> Paragraph:
    """Text with reportlab's marks in letters that are there; plain text costs one look at its letters."""
    register_fonts()
    texts = _TAGS.split(markup)
    if all(_has(text) and unicodedata.is_normalized("NFC", text) for text in texts):
        return Paragraph(markup, style)
    markup = "".join(text if _TAGS.match(text) else escape(readable(unescape(text))) for text in texts)
    return ArabicParagraph(markup, style) if _RUN.search(markup) else Paragraph(markup, style)


def spelt(text: Paragraph) -> str:
    """What a measured paragraph says as it is spelt, where paper has joined forms and another order, or lines whose
    spaces between them are not drawn; else "".
    """
    if isinstance(text, ArabicParagraph):
        return text.said
    return str(text.getPlainText()) if len(text.blPara.lines) > 1 else ""


class ArabicParagraph(Paragraph):  # type: ignore[misc]  # reportlab has no types
    """A paragraph with words from right to left. Each run is set when the width is known: in one piece, or on lines of
    its own, because words that follow one another to the left cannot be wrapped by who writes to the right.
    """

    def __init__(self, markup: str, style: ParagraphStyle) -> None:
        self.markup = markup
        self.said = unescape(_TAGS.sub("", markup))
        super().__init__(_set(markup, style, lambda run: [run]), style)

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803  # reportlab's names
        size = self.style.fontSize
        markup = _set(self.markup, self.style, lambda run: lines(run, availWidth, size))
        super().__init__(markup, self.style)
        return super().wrap(availWidth, availHeight)  # type: ignore[no-any-return]


def _set(markup: str, style: ParagraphStyle, broken: Callable[[str], list[str]]) -> str:
    """The markup with each Arabic run as it stands on paper, on as many lines as `broken` makes of it."""
    shown = ""
    for arabic, piece in runs(markup):
        if not arabic:
            shown += piece
            continue
        bold = style.fontName == BOLD or shown.count("<b>") > shown.count("</b>")
        made = ["".join(_marked(line, bold, style.fontSize)) for line in broken(piece)]
        shown += "<br/>" if len(made) > 1 and _TAGS.sub("", shown).strip() else ""
        shown += "<br/>".join(made)
    return shown


def _marked(line: str, bold: bool, size: float) -> Iterator[str]:
    for font, part in _parts(visual(line, bold=bold).replace(" ", "\u00a0"), bold):
        own = font in {REGULAR, BOLD}
        yield escape(part) if own else f'<font name="{font}" size="{size * SIZES[font]:.2f}">{escape(part)}</font>'


def lines(run: str, room: float, size: float) -> list[str]:
    """The words of a run on lines of at most `room` points, measured in bold; a longer word is cut."""
    made: list[str] = []
    for word in run.split():
        if made and _wide(f"{made[-1]} {word}", size) <= room:
            made[-1] += f" {word}"
            continue
        while _wide(word, size) > room and len(word) > 1:
            cut = max((n for n in range(1, len(word)) if _wide(word[:n], size) <= room), default=1)
            made.append(word[:cut])
            word = word[cut:]
        made.append(word)
    return made


def _wide(text: str, size: float) -> float:
    return _width(_parts(visual(text, bold=True), bold=True), size)
