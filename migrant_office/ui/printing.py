"""Paper from the window: a PDF shown, saved or printed. pypdfium2 paints its pages, for QtPdf would cost 175 MB."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from migrant_office import paths
from migrant_office.i18n import _
from migrant_office.ui.widgets.choosing import unremembered

if TYPE_CHECKING:
    from pypdfium2 import PdfPage
    from PySide6.QtPrintSupport import QPrinter

PRINT_DPI, POINTS = 300, 72
PDFIUM = Lock()  # it works on one thread at a time


def pages(pdf: bytes, dpi: float) -> list[QImage]:
    """Every page as a picture at so many dots an inch."""
    import pypdfium2  # 40 ms that the start of the program need not pay

    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return [picture(page, dpi) for page in document]
        finally:
            document.close()


def picture(page: PdfPage, dpi: float) -> QImage:
    bitmap = page.render(scale=dpi / POINTS, rev_byteorder=True)
    shape = QImage.Format.Format_RGB888 if bitmap.n_channels == 3 else QImage.Format.Format_RGBX8888
    return QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, shape).copy()


def save_pdf(parent: QWidget, pdf: bytes, name: str) -> Path | None:
    """Ask where, and write it; the proposed name says nothing of a person. Raises OSError."""
    with unremembered():
        chosen, _kind = QFileDialog.getSaveFileName(parent, _("Save as PDF"), str(Path.home() / name), "PDF (*.pdf)")
    if not chosen:
        return None
    target = Path(chosen)
    paths.write_atomically(target, pdf)
    return target


def print_pdf(parent: QWidget, pdf: bytes) -> int:
    """Ask for a printer and print; answers how many copies, none when the person changed her mind."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if QPrintDialog(printer, parent).exec() != QDialog.DialogCode.Accepted:
        return 0
    paint(pdf, printer)
    return max(printer.copyCount(), 1)


def paint(pdf: bytes, printer: QPrinter) -> None:
    """Every page of a PDF on a page of the printer, as large as fits and never stretched."""
    painter = QPainter(printer)
    try:
        for number, page in enumerate(pages(pdf, PRINT_DPI)):
            if number:
                printer.newPage()
            area = QRectF(painter.viewport())
            size = page.size().scaled(area.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
            painter.drawImage(QRectF(0, 0, size.width(), size.height()), page)
    finally:
        painter.end()
