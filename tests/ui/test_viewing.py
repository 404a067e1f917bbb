"""Kept files looked at inside the program."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from migrant_office.errors import UserError
from migrant_office.models.attachment import JPEG, PDF, Kept, kind_of
from migrant_office.models.office import Office
from migrant_office.services import attachments
from migrant_office.ui.operations import Operations
from migrant_office.ui.viewing import MOST_PAINTED, ViewDialog, pdf_page
from tests.ui.looking import activate, press, settle
from tests.ui.walking import until


def a_pdf(pages: int = 3, size: tuple[float, float] = (300, 400), **told: object) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size, **told)
    for number in range(pages):
        canvas.drawString(20, 20, f"page {number}")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def a_jpeg(width: int, height: int) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "#3366aa").save(buffer, "JPEG")
    return buffer.getvalue()


def opened(qtbot, operations: Operations, kept: Kept) -> ViewDialog:
    dialog = ViewDialog(operations, kept, lambda office: attachments.read_kept(office, kept))
    dialog.resize(1200, 700)
    dialog.show()
    activate(dialog)
    settle(operations)
    return dialog


def test_pages_turn_and_grow_by_keys(qtbot, operations: Operations, office: Office) -> None:
    dialog = opened(qtbot, operations, attachments.keep(office, a_pdf(), "a.pdf"))
    assert (dialog.page, dialog.pages) == (0, 3)
    width = dialog.label.pixmap().width()
    bar = dialog.area.verticalScrollBar()
    while bar.value() < bar.maximum():
        press(Qt.Key.Key_PageDown)
    assert dialog.page == 0, "what is under the edge comes first"
    press(Qt.Key.Key_PageDown)
    until(lambda: dialog.on.isEnabled() and dialog.back.isEnabled(), "second page")
    press(Qt.Key.Key_Plus)
    until(lambda: dialog.label.pixmap().width() > width * 1.4, "larger")
    dialog.on.click()
    until(lambda: not dialog.on.isEnabled(), "last page")
    bar.setValue(bar.maximum())
    press(Qt.Key.Key_PageDown)
    settle(operations)
    assert dialog.page == 2
    dialog.reject()


def test_a_picture_is_shown_no_larger_than_it_is_wide(qtbot, operations: Operations, office: Office) -> None:
    dialog = opened(qtbot, operations, attachments.keep(office, a_jpeg(200, 100), "a.jpg"))
    assert dialog.label.pixmap().width() == 200
    assert dialog.on.isHidden()
    assert dialog.windowTitle() == "migrant_office", "a title of a window tells no name"
    dialog.reject()


@pytest.mark.parametrize("data", [b"%PDF-1.4 nothing", a_pdf(encrypt=StandardEncryption("secret", "owner"))])
def test_what_cannot_be_shown_is_said(qtbot, operations: Operations, office: Office, data: bytes) -> None:
    dialog = opened(qtbot, operations, attachments.keep(office, data, "a.pdf"))
    until(lambda: not dialog.trouble.isHidden(), "trouble")
    assert not dialog.larger.isEnabled()
    dialog.reject()


def test_a_file_that_is_gone_is_said(qtbot, operations: Operations, office: Office) -> None:
    kept = attachments.keep(office, a_jpeg(20, 20), "a.jpg")
    (office.vault.files.folder / kept.id).unlink()
    dialog = opened(qtbot, operations, kept)
    until(lambda: not dialog.trouble.isHidden(), "trouble")
    dialog.reject()


def test_a_page_of_any_size_is_painted_with_so_many_points_at_most() -> None:
    seen = pdf_page(a_pdf(1, (14_400, 14_400)), 0, 50_000)
    assert seen.image.width() * seen.image.height() <= MOST_PAINTED * 1.01
    assert pdf_page(a_pdf(1, (10_000, 10)), 0, 900).image.width() == pytest.approx(900, abs=2)


def test_a_page_that_is_not_there_is_the_nearest(dressed: None) -> None:
    assert (pdf_page(a_pdf(2), 9, 200).page, pdf_page(a_pdf(2), -1, 200).page) == (1, 0)
    with pytest.raises(UserError):
        pdf_page(b"", 0, 100)


def test_kinds_are_those_of_the_bytes() -> None:
    assert (kind_of(a_pdf()), kind_of(a_jpeg(2, 2))) == (PDF, JPEG)
