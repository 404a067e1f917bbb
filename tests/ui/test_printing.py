"""Paper: pages as pictures, a printer that keeps their shape, files written whole."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget

from migrant_office.i18n import Translator
from migrant_office.services.recovery_sheet import recovery_sheet
from migrant_office.ui import printing


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return recovery_sheet("Oficina de Prueba", "AAAA-BBBB-CCCC", Translator("es"))


def test_a_page_becomes_a_picture_of_its_size(qapp, pdf: bytes):
    (page,) = printing.pages(pdf, 72)
    (large,) = printing.pages(pdf, 144)
    assert abs(large.width() - 2 * page.width()) <= 1
    colours = {page.pixelColor(x, y).name() for x in range(0, page.width(), 4) for y in range(0, page.height(), 4)}
    assert "#ffffff" in colours
    assert len(colours) > 1, "something is written on it"


def test_printing_keeps_the_shape_of_the_page(qapp, pdf: bytes, tmp_path: Path):
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printing.paint(pdf, printer)
    document = pypdfium2.PdfDocument(tmp_path / "out.pdf")
    assert len(document) == 1
    picture = document[0].render(scale=1).to_pil().convert("L")
    ink = picture.point(lambda value: 255 if value < 128 else 0).getbbox()
    document.close()
    assert ink is not None
    (source,) = printing.pages(pdf, 72)
    assert ink[2] - ink[0] > source.width() * 0.4, "it fills the paper"


def test_a_file_is_written_whole_where_the_person_says(
    qtbot, pdf: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    parent = QWidget()
    qtbot.addWidget(parent)
    proposed: list[str] = []

    def choose(_parent: QWidget, _title: str, name: str, _kind: str) -> tuple[str, str]:
        proposed.append(name)
        return str(tmp_path / "sheet.pdf"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    assert printing.save_pdf(parent, pdf, "hoja.pdf") == tmp_path / "sheet.pdf"
    assert (tmp_path / "sheet.pdf").read_bytes() == pdf
    assert proposed[0].endswith("hoja.pdf")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_told: ("", ""))
    assert printing.save_pdf(parent, pdf, "hoja.pdf") is None
