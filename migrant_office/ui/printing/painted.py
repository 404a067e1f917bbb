"""Printing where there is no CUPS: every page is painted on Qt's printer, one at a time. Windows spools it itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter

from migrant_office.progress import Cancelled, Progress
from migrant_office.ui.printing.jobs import Job, NotTaken, Printer
from migrant_office.ui.printing.rendering import POINTS, Leaves

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

DPI = 300


class Painted:
    """Qt's own list of printers and its painter; both work outside of the window's thread."""

    def printers(self) -> list[Printer]:
        from PySide6.QtPrintSupport import QPrinterInfo

        usual = QPrinterInfo.defaultPrinterName()
        found = [Printer(name, name, name == usual) for name in QPrinterInfo.availablePrinterNames()]
        return sorted(found, key=lambda printer: not printer.usual)

    def send(self, job: Job, printer: str, progress: Progress) -> None:
        from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

        device = QPrinter(QPrinterInfo.printerInfo(printer), QPrinter.PrinterMode.HighResolution)
        if device.printerName() != printer or not device.isValid():
            raise NotTaken  # Qt would take another printer instead of one that is gone
        device.setDocName(job.title)
        duplex = QPrinter.DuplexMode
        device.setDuplex(duplex.DuplexLongSide if job.both_sides else duplex.DuplexNone)
        own = device.supportsMultipleCopies()
        device.setCopyCount(job.copies if own else 1)
        paint(job.pdf, device, progress, copies=1 if own else job.copies)


def paint(pdf: bytes, printer: QPrinter, progress: Progress | None = None, *, copies: int = 1) -> None:
    """Every page on a page of the printer: in its true size, or as large as its paper allows, never stretched.

    Raises `NotTaken` when the printer refuses to begin or to go on, `Cancelled`; either way nothing is handed over.
    """
    progress = progress or Progress()
    leaves = Leaves(pdf)
    painter = QPainter()
    try:
        _set_paper(printer, leaves.sizes[0])
        if not painter.begin(printer):
            raise NotTaken
        numbers = [number for _copy in range(copies) for number in range(len(leaves.sizes))]
        for done, number in enumerate(numbers):
            progress.report(done, len(numbers))
            if done and not printer.newPage():
                raise NotTaken
            _paint_page(painter, leaves, number, printer)
        if not painter.end():
            raise NotTaken
    except (NotTaken, Cancelled):
        printer.abort()
        raise
    finally:
        if painter.isActive():
            painter.end()
        leaves.close()


def _set_paper(printer: QPrinter, size: tuple[float, float]) -> None:
    paper = QPageSize(QSizeF(*size), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    printer.setPageSize(paper)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
    printer.setFullPage(True)  # the sheet has margins of its own


def _paint_page(painter: QPainter, leaves: Leaves, number: int, printer: QPrinter) -> None:
    page, dots = leaves.picture(number, DPI), printer.resolution() / POINTS
    true = QSizeF(leaves.sizes[number][0] * dots, leaves.sizes[number][1] * dots)
    room = QSizeF(painter.viewport().size())
    if true.width() > room.width() + dots or true.height() > room.height() + dots:
        true = true.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
    painter.drawImage(QRectF(0, 0, true.width(), true.height()), page)
