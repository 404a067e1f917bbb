"""The sheet of a referral and of a service: one page, or two with the telephone on the first, and the slip that comes
back where the referral has a code.
"""

from __future__ import annotations

from dataclasses import replace

from reportlab.pdfgen.canvas import Canvas

from migrant_office.models.sheet import SheetData, SheetDefinition
from migrant_office.services.sheets.content import Budget, Content, clip
from migrant_office.services.sheets.document import Document, Form, Page
from migrant_office.services.sheets.fitting import Printing, around, fitted
from migrant_office.services.sheets.service_facts import ServiceFacts
from migrant_office.services.sheets.stub import Stub
from migrant_office.services.sheets.words import Words

_SHORT = {"notes": False, "room": False}
BUDGETS = (
    Budget(),
    Budget(notes=False),
    Budget(first_documents=8),
    Budget(first_documents=5),
    Budget(first_documents=8, notes=False),
    Budget(first_documents=5, notes=False),
    Budget(first_documents=5, **_SHORT),
    Budget(letters=120, first_documents=6, documents=24, steps=16, **_SHORT),
    Budget(letters=120, first_documents=4, documents=24, steps=12, **_SHORT),
    Budget(letters=90, first_documents=4, documents=16, steps=10, **_SHORT),
    Budget(letters=90, first_documents=4, documents=12, steps=8, **_SHORT),
    Budget(letters=90, first_documents=3, documents=10, steps=5, **_SHORT),
    Budget(letters=60, first_documents=4, documents=9, steps=5, **_SHORT),
    Budget(letters=60, first_documents=4, documents=8, steps=4, **_SHORT),
    Budget(letters=40, facts=120, first_documents=4, documents=8, steps=4, **_SHORT),
    Budget(letters=40, facts=90, first_documents=3, documents=7, steps=4, **_SHORT),
    Budget(letters=24, facts=60, first_documents=2, documents=6, steps=4, **_SHORT),
    Budget(letters=24, facts=30, first_documents=2, documents=6, steps=4, **_SHORT),
)
"""From the whole text down to what fits whatever was typed; the first that fits is printed."""


def service_document(
    data: SheetData, definition: SheetDefinition, form: Form, stub: SheetDefinition | None = None
) -> Document:
    """The sheet of one service for one person, or for whoever asks. Long texts are cut visibly rather than given a
    third page. With the wording of `stub` and a code, one page more: the slip for the institution.
    """

    def make(budget: Budget) -> tuple[Words, Content]:
        words = Words(definition, form.columns)
        return words, ServiceFacts(data, words, budget).content()

    printing = printing_of(data, Words(definition, form.columns))
    document = fitted(make, BUDGETS, form, printing)
    if stub is None or not data.slip:
        return document
    return _with_stub(document, data, definition, stub)


def printing_of(data: SheetData, words: Words) -> Printing:
    """What the frame says of a case."""
    under = f"{words.joined('slip')} {clip(data.slip, 40)}" if data.slip else ""
    return Printing(data.office, data.office_ht, data.printed_on, data.demo, under)


def _with_stub(document: Document, data: SheetData, definition: SheetDefinition, stub: SheetDefinition) -> Document:
    form, many = document.form, len(document.pages) + 1
    words = Words(definition, form.columns)
    slip = Stub(data, stub.rows, form.columns, (form.grid(), form.room))
    page = words.joined("page")
    before = tuple(
        Page(each.pieces, replace(each.around, page=page.format(page=number, pages=many)))
        for number, each in enumerate(document.pages, 1)
    )
    last = around(words, printing_of(data, words), many, many, draft=slip.draft)
    return replace(
        document, pages=(*before, Page((_StubPiece(slip, form.room),), last)), draft=document.draft or slip.draft
    )


class _StubPiece:
    """The slip, which takes a page of its own."""

    def __init__(self, stub: Stub, height: float) -> None:
        self.stub, self.height = stub, height

    def draw(self, canvas: Canvas, top: float) -> None:
        self.stub.draw(canvas, top)
