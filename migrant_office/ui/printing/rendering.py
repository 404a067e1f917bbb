"""The pages of a PDF as pictures. pypdfium2 paints them, for QtPdf would cost 175 MB."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

POINTS = 72
PDFIUM = Lock()  # it works on one thread at a time


def pages(pdf: bytes, dpi: float) -> list[QImage]:
    """Every page as a picture at so many dots an inch."""
    leaves = Leaves(pdf)
    try:
        return [leaves.picture(number, dpi) for number in range(len(leaves.sizes))]
    finally:
        leaves.close()


def picture(page: PdfPage, dpi: float) -> QImage:
    bitmap = page.render(scale=dpi / POINTS, rev_byteorder=True)
    shape = QImage.Format.Format_RGB888 if bitmap.n_channels == 3 else QImage.Format.Format_RGBX8888
    return QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, shape).copy()


class Leaves:
    """A PDF of our own making, held open so that one page at a time is painted: however many there are, few are in
    memory. `sizes` are width and height of each page in points. Any thread may ask.
    """

    def __init__(self, pdf: bytes) -> None:
        import pypdfium2  # 40 ms that the start of the program need not pay

        with PDFIUM:
            self._document = pypdfium2.PdfDocument(pdf)
            self.sizes: tuple[tuple[float, float], ...] = tuple(
                self._document.get_page_size(number) for number in range(len(self._document))
            )

    def picture(self, number: int, dpi: float) -> QImage:
        """One page, counted from 0; an empty picture once the document is closed."""
        with PDFIUM:
            return picture(self._document[number], dpi) if self._document else QImage()

    def close(self) -> None:
        with PDFIUM:
            if self._document:
                self._document.close()
            self._document = None
