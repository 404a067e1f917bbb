"""A tagged PDF as a reader aloud takes it: the elements in their order, the text of each, and what is marked."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw

PAINTS = frozenset("Tj TJ ' \" f F f* B B* b b* S s Do sh EI".split())


@dataclass(frozen=True)
class Heard:
    """One element with content of its own: `path` from the document down, `text` as it is drawn."""

    path: tuple[str, ...]
    lang: str
    alt: str
    said: str
    page: int
    mark: int
    text: str

    @property
    def role(self) -> str:
        return self.path[-1]

    @property
    def words(self) -> str:
        """What is heard, without spaces, which lines do not end with."""
        return "".join((self.said or self.text).split())


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def heard(content: bytes) -> list[Heard]:
    """Every element that holds content, in the order of the tree."""
    with opened(content) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        texts = {(page, mark): text for page, mark, text, _ in drawn(content) if mark is not None}
        root = pdf.Root.StructTreeRoot
        return [each for kid in root.K for each in _under(kid, root, (), numbers, texts)]


def _under(
    element: pikepdf.Object,
    parent: pikepdf.Object,
    path: tuple[str, ...],
    numbers: dict[tuple[int, int], int],
    texts: dict[tuple[int, int], str],
) -> Iterator[Heard]:
    assert element.Type == "/StructElem"
    assert element.P.objgen == parent.objgen
    path = (*path, str(element.S).removeprefix("/"))
    if isinstance(element.K, int):
        page, mark = numbers[element.Pg.objgen], element.K
        lang, alt, said = (str(element.get(key, "")) for key in ("/Lang", "/Alt", "/ActualText"))
        yield Heard(path, lang, alt, said, page, mark, texts.get((page, mark), ""))
        return
    for kid in element.K:
        yield from _under(kid, element, path, numbers, texts)


def drawn(content: bytes) -> list[tuple[int, int | None, str, float]]:
    """Texts as drawn: page, number of the mark (None outside of any), all text of the mark, and its height."""
    found: dict[tuple[int, int | None, float], str] = {}
    for number, page in enumerate(pdfium.PdfDocument(content)):
        text_page = page.get_textpage()
        for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
            mark = raw.FPDFPageObj_GetMarkedContentID(each.raw)
            size = raw.FPDFTextObj_GetText(each.raw, text_page.raw, None, 0)
            buffer = ctypes.create_string_buffer(size)
            raw.FPDFTextObj_GetText(each.raw, text_page.raw, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
            bottom = each.get_bounds()[1]
            key = (number, mark, 0.0) if mark >= 0 else (number, None, bottom)
            found[key] = found.get(key, "") + buffer.raw.decode("utf-16-le").rstrip("\0")
    return [(page, mark, text, bottom) for (page, mark, bottom), text in found.items()]


def marks(content: bytes) -> list[list[int]]:
    """The numbers of the marks of each page in the order of drawing. Fails where something is drawn outside of a mark,
    where a mark stands inside of another, and where one is not closed.
    """
    found: list[list[int]] = []
    with opened(content) as pdf:
        for page in pdf.pages:
            found.append([])
            within = ""
            for each in pikepdf.parse_content_stream(page):
                name, operands = str(each.operator), list(each.operands)
                if name in {"BDC", "BMC"}:
                    assert not within
                    within = str(operands[0])
                    if name == "BDC" and "/MCID" in operands[1]:
                        found[-1].append(int(operands[1]["/MCID"]))
                        assert within != "/Artifact"
                    else:
                        assert within == "/Artifact"
                elif name == "EMC":
                    assert within
                    within = ""
                elif name in PAINTS:
                    assert within, (name, operands)
            assert not within
    return found
