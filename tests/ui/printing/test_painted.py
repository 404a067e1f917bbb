"""The way without CUPS: pages painted on Qt's printer, here into a file, as Windows would be given them."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter

from migrant_office.progress import Cancelled, Progress
from migrant_office.ui.printing.jobs import Job, NotTaken
from migrant_office.ui.printing.painted import Painted, paint
from tests.ui.printing.papers import paper

LETTER, OFICIO = (612.0, 792.0), (612.3, 935.4)


@pytest.fixture
def printer(qapp, tmp_path: Path) -> QPrinter:
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    made.setOutputFileName(str(tmp_path / "out.pdf"))
    return made


def ink(data: Path, number: int = 0) -> tuple[float, float, float, float]:
    """The box of what is black on a page, in points from its upper left."""
    document = pypdfium2.PdfDocument(data)
    try:
        shown = document[number].render(scale=2).to_pil().convert("L")
        box = shown.point(lambda value: 255 if value < 128 else 0).getbbox()
    finally:
        document.close()
    assert box is not None
    left, top, right, bottom = (side / 2 for side in box)
    return left, top, right, bottom


def sizes(data: Path) -> list[tuple[int, int]]:
    document = pypdfium2.PdfDocument(data)
    found = [(round(document.get_page_size(n)[0]), round(document.get_page_size(n)[1])) for n in range(len(document))]
    document.close()
    return found


@pytest.mark.parametrize("size", [LETTER, OFICIO])
def test_a_sheet_keeps_its_paper_and_its_true_size(printer: QPrinter, tmp_path: Path, size: tuple[float, float]):
    paint(paper(size, size), printer)
    pages = sizes(tmp_path / "out.pdf")
    assert len(pages) == 2
    assert all(abs(w - size[0]) < 2 and abs(h - size[1]) < 2 for w, h in pages)
    left, top, right, bottom = ink(tmp_path / "out.pdf", 1)
    assert left == pytest.approx(10, abs=2)
    assert top == pytest.approx(10, abs=3)
    assert right == pytest.approx(size[0] - 10, abs=2)
    assert bottom == pytest.approx(size[1] - 10, abs=3)


def test_copies_that_the_printer_cannot_make_are_painted(printer: QPrinter, tmp_path: Path):
    paint(paper(LETTER, LETTER), printer, copies=3)
    assert len(sizes(tmp_path / "out.pdf")) == 6


def test_painting_is_told_and_can_be_stopped(printer: QPrinter):
    class Watched(Progress):
        def report(self, done: int, total: int) -> None:
            told.append((done, total))
            self.cancelled = done == 1
            super().report(done, total)

    told: list[tuple[int, int]] = []
    with pytest.raises(Cancelled):
        paint(paper(LETTER, LETTER, LETTER), printer, Watched())
    assert told == [(0, 3), (1, 3)]


def test_a_printer_that_cannot_begin_is_told(printer: QPrinter, tmp_path: Path):
    printer.setOutputFileName(str(tmp_path / "nowhere" / "out.pdf"))
    with pytest.raises(NotTaken):
        paint(paper(LETTER), printer)


def test_a_printer_that_is_gone_is_not_replaced_by_another(qapp):
    with pytest.raises(NotTaken):
        Painted().send(Job(paper(LETTER), "x"), "a printer that was here this morning", Progress())
