"""Tagged PDF for the copy that is read on a screen or aloud: what each text is, in which order, in which language.

A piece says `with tag(canvas, P, column):` around what it draws. On the canvas of a printed sheet that does nothing. On
a `TaggedCanvas` it becomes marked content and an element of the structure tree (PDF 1.7, ISO 32000-1, 14.7 and 14.8),
in the order of drawing: row by row, left column before right. Whatever nobody tagged is an artifact: icons, lines,
boxes to tick. Header and footer are artifacts of type Pagination.

reportlab writes no tags, but lets its own objects be added: no second library, no second pass over the file
(docs/decisions/034).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

DOCUMENT, SECTION, H1, H2, P, FIGURE = "Document", "Sect", "H1", "H2", "P", "Figure"
ARTIFACT = "/Artifact BMC"
PAGINATION = "/Artifact <</Type /Pagination>> BDC"
END = "EMC"

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{lang}</rdf:li></rdf:Bag></dc:language>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


@contextmanager
def tag(canvas: Canvas, role: str, column: int = 0, *, alt: str = "", said: str = "") -> Iterator[None]:
    """What is drawn inside is one element. `column`: 0 for the language of the left one and of the sheet, 1 for the
    right one. `alt` says a picture in words. `said` is the text as it is spelt, where letters on paper have another
    form or order. Inside of another element, and on a canvas for print, it changes nothing.
    """
    begun = isinstance(canvas, TaggedCanvas) and canvas.begin(role, column, alt, said)
    try:
        yield
    finally:
        if begun:
            canvas.end()


def is_tagged(canvas: Canvas) -> bool:
    return isinstance(canvas, TaggedCanvas)


@contextmanager
def around_page(canvas: Canvas) -> Iterator[None]:
    """Header and footer: read aloud on no page. What is tagged inside is read."""
    tagged = isinstance(canvas, TaggedCanvas)
    if tagged:
        canvas.artifact(PAGINATION)
    try:
        yield
    finally:
        if tagged:
            canvas.artifact(ARTIFACT)


def section(canvas: Canvas, name: str, *, begins: bool = False) -> None:
    """The elements that follow belong together; a new section where the name is another one, or where one `begins`."""
    if isinstance(canvas, TaggedCanvas):
        canvas.section(name, begins=begins)


def sheet(canvas: Canvas, languages: tuple[str, str]) -> None:
    """A new sheet with the languages of its columns, as /Lang has them: "es-CL", "ht"."""
    if isinstance(canvas, TaggedCanvas):
        canvas.sheet(languages)


@dataclass
class Element:
    """One node of the tree. `marks`: page and number of the marked content it holds, for a leaf."""

    role: str
    lang: str = ""
    alt: str = ""
    said: str = ""
    page: Any = None  # reportlab's reference to the page
    mark: int | None = None
    children: list[Element] = field(default_factory=list)


class TaggedCanvas(Canvas):  # type: ignore[misc]  # reportlab has no types
    """A canvas whose pages are marked throughout. `lang` and `title` say language and kind of the first sheet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, pdfVersion=(1, 7), **kwargs)
        self._lang = kwargs.get("lang") or ""
        self._sheets: list[Element] = []
        self._languages = ("", "")
        self._named = ""
        self._headed = self._titles = False
        self._open = False
        self._outside = ARTIFACT
        self._marks: list[Element] = []  # of this page, by number
        self._parents: list[list[Element]] = []  # of each page
        self._code.append(self._outside)

    # -- the content of pages

    def sheet(self, languages: tuple[str, str]) -> None:
        self._languages, self._named, self._headed, self._titles = languages, "", False, False
        self._sheets.append(Element(DOCUMENT, "" if languages[0] == self._lang else languages[0]))

    def section(self, name: str, *, begins: bool = False) -> None:
        if begins or name != self._named or not self._sheets[-1].children:
            self._named, self._titles = name, not self._headed
            self._sheets[-1].children.append(Element(SECTION))

    def begin(self, role: str, column: int, alt: str, said: str) -> bool:
        """Whether a new element was opened: there is none inside of another."""
        if self._open:
            return False
        if not self._sheets[-1].children:
            self.section("")
        role = H1 if role == H2 and self._titles else role  # a sheet without a title begins with its first heading
        self._headed = self._headed or role == H1
        lang = self._languages[column]
        lang = "" if lang == self._languages[0] else lang
        element = Element(role, lang, alt, said, self._doc.thisPageRef(), len(self._marks))
        self._sheets[-1].children[-1].children.append(element)
        self._marks.append(element)
        self._leave()
        self._code.append(f"/{role} <</MCID {element.mark}>> BDC")
        self._open = True
        return True

    def end(self) -> None:
        self._code.append(END)
        self._code.append(self._outside)
        self._open = False

    def artifact(self, kind: str) -> None:
        """What nobody tags from here on is an artifact of this kind."""
        self._leave()
        self._outside = kind
        self._code.append(kind)

    def _leave(self) -> None:
        """Close the artifact that is open; one that holds nothing was never there."""
        if self._code[-1] == self._outside:
            self._code.pop()
        else:
            self._code.append(END)

    def showPage(self) -> None:  # noqa: N802  # reportlab's name
        self._leave()
        super().showPage()
        page = self._doc.Pages.pages[-1]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]  # reportlab's list does not know them
        page.StructParents = len(self._parents)
        page.Tabs = pdfdoc.PDFName("S")
        self._parents.append(self._marks)
        self._marks = []
        self._code.append(self._outside)

    def save(self) -> None:
        if self._code == [self._outside]:
            self._code.clear()  # else an empty page would follow
        _Tree(self._doc).write(self._sheets, self._parents)
        self._metadata()
        super().save()

    def _metadata(self) -> None:
        title = self._doc.info.title or ""
        text = _XMP.format(title=escape(title), lang=escape(self._lang))
        self._doc.Catalog.Metadata = pdfdoc.XMP(creator=lambda _document: text.encode())


class _Tree:
    """Writes the elements as objects of the file."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.references: dict[int, Any] = {}  # by identity of the element

    def write(self, sheets: list[Element], parents: list[list[Element]]) -> None:
        root = pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("StructTreeRoot")})
        reference = self.document.Reference(root)
        root["K"] = pdfdoc.PDFArray([self._add(each, reference) for each in sheets])
        numbers: list[Any] = []
        for number, marks in enumerate(parents):
            numbers += [number, pdfdoc.PDFArray([self.references[id(each)] for each in marks])]
        root["ParentTree"] = self.document.Reference(pdfdoc.PDFDictionary({"Nums": pdfdoc.PDFArray(numbers)}))
        root["ParentTreeNextKey"] = len(parents)
        catalog = self.document.Catalog
        catalog.StructTreeRoot = root
        catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": pdfdoc.PDFtrue})

    def _add(self, element: Element, parent: Any) -> Any:
        told = pdfdoc.PDFDictionary(
            {"Type": pdfdoc.PDFName("StructElem"), "S": pdfdoc.PDFName(element.role), "P": parent}
        )
        reference = self.references[id(element)] = self.document.Reference(told)
        for key, text in (("Lang", element.lang), ("Alt", element.alt), ("ActualText", element.said)):
            if text:
                told[key] = pdfdoc.PDFString(text)
        if element.mark is None:
            told["K"] = pdfdoc.PDFArray([self._add(each, reference) for each in element.children])
        else:
            told["K"], told["Pg"] = element.mark, element.page
        return reference
