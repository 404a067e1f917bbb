"""Files of a case that are no copy of a paper: kept, looked at, exchanged and taken out."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from migrant_office.app import Window
from migrant_office.models.attachment import PDF
from migrant_office.models.mobility import HeldDocument
from migrant_office.models.office import new_id
from migrant_office.services import attachments, papers
from migrant_office.ui.case_file.case_page import CasePage
from migrant_office.ui.case_file.files_card import FileDialog
from migrant_office.ui.viewing import ViewDialog
from tests.ui.case_file.test_papers import do, office_of
from tests.ui.looking import live, press, settle
from tests.ui.test_viewing import a_pdf
from tests.ui.walking import front, open_bare_case, until
from tests.ui.widgets.test_file_field import a_picture, on_disk


@pytest.fixture
def page(window: Window) -> CasePage:
    return open_bare_case(window)


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "carta.pdf"
    path.write_bytes(a_pdf(1))
    return path


def keep(page: CasePage, path: Path) -> None:
    page.files.add_button.click()
    dialog = front(FileDialog)
    dialog.file.take_path(path)
    settle(page.operations, 3)
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    until(lambda: page.files.row_widgets, "row")
    settle(page.operations)


def test_a_letter_is_kept_and_looked_at(page: CasePage, letter: Path) -> None:
    keep(page, letter)
    assert page.case is not None
    (file,) = page.case.attachments
    assert (file.kind, file.name) == (PDF, "carta.pdf")
    page.files.row_widgets[0].click()
    dialog = front(FileDialog)
    assert dialog.focusWidget() is dialog.file.see
    dialog.file.see.click()
    until(lambda: not front(ViewDialog).label.pixmap().isNull(), "page")
    front(ViewDialog).reject()
    live(30)
    dialog.reject()
    live(30)


def test_a_file_is_taken_out_and_undo_brings_it_back(page: CasePage, letter: Path) -> None:
    keep(page, letter)
    page.files.row_widgets[0].click()
    dialog = front(FileDialog)
    dialog.file.remove.click()
    dialog.agree()
    until(lambda: not page.files.row_widgets, "taken out")
    settle(page.operations)
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    until(lambda: page.files.row_widgets, "back")
    assert page.case is not None
    case, (file,) = page.case_id, page.case.attachments
    read: list[bytes] = []
    page.operations.ask(page, lambda office: attachments.read(office, case, file.id), read.append)
    settle(page.operations)
    assert read == [letter.read_bytes()]


def test_a_better_picture_takes_the_place_of_a_file(page: CasePage, letter: Path, tmp_path: Path) -> None:
    keep(page, letter)
    page.files.row_widgets[0].click()
    dialog = front(FileDialog)
    dialog.file.remove.click()
    picture = tmp_path / "mejor.png"
    picture.write_bytes(a_picture())
    dialog.file.take_path(picture)
    settle(page.operations, 3)
    dialog.agree()
    until(lambda: page.case and [f.name for f in page.case.attachments] == ["mejor.png"], "the new one")


def test_leaving_without_saving_keeps_nothing(page: CasePage, letter: Path) -> None:
    before = on_disk(office_of(page))
    page.files.add_button.click()
    dialog = front(FileDialog)
    dialog.file.take_path(letter)
    settle(page.operations, 3)
    dialog.reject()
    settle(page.operations, 3)
    assert on_disk(office_of(page)) == before


def test_a_copy_of_a_paper_stands_with_its_paper_alone(page: CasePage) -> None:
    case = page.case_id

    def write(office):
        copy = attachments.keep(office, a_picture(), "a.png")
        return papers.put_paper(office, case, HeldDocument(id=new_id(), kind="passport"), copy)

    do(page.operations, write)
    assert len(page.papers.row_widgets) == 1
    assert page.files.row_widgets == []
