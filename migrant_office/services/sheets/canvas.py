"""The canvas that every sheet is drawn on."""

from __future__ import annotations

import zlib

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFStream
from reportlab.pdfgen.canvas import Canvas


class SheetCanvas(Canvas):  # type: ignore[misc]  # reportlab has no types
    """A canvas that packs each page as soon as it is finished: reportlab keeps them as text until the file is whole,
    and five hundred sheets would take another 25 MB.
    """

    def showPage(self) -> None:  # noqa: N802 - reportlab's own name
        super().showPage()
        page = self._doc.Pages.pages[-1]
        if page.stream:
            code = page.stream if isinstance(page.stream, bytes) else page.stream.encode()
            page.Contents = PDFStream(PDFDictionary({"Filter": PDFName("FlateDecode")}), content=zlib.compress(code))
            page.stream = None
