"""A file is chosen, dropped or pasted; it is on disk at once, sealed, and gone when nobody wants it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog

from migrant_office.i18n import _
from migrant_office.models.attachment import LARGEST, OTHER, PDF, PNG, Kept
from migrant_office.models.office import Office, new_id
from migrant_office.models.person import Person
from migrant_office.models.vault import drafts
from migrant_office.services import attachments, people
from migrant_office.ui.operations import Operations
from migrant_office.ui.widgets.file_field import FileField, size_in_words
from migrant_office.ui.widgets.picture import png_of
from tests.ui.looking import activate, cut_labels, live, press, settle, squeezed
from tests.ui.widgets.test_picture import a_png

ANOTHER = b"%PDF-1.4 a certificate"


def a_picture() -> bytes:
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("green"))
    return png_of(image)


@pytest.fixture
def field(qtbot, operations: Operations) -> FileField:
    made = FileField(operations)
    qtbot.addWidget(made)
    made.resize(560, 60)
    made.show()
    activate(made)
    made.told = []  # type: ignore[attr-defined]
    made.problem_changed.connect(lambda text: made.told.append(text) if text else None)  # type: ignore[attr-defined]
    return made


def give(field: FileField, folder: Path, data: bytes, name: str) -> Kept | None:
    path = folder / name
    path.write_bytes(data)
    field.take_path(path)
    settle(field.operations)
    return field.value()


def on_disk(office: Office) -> set[str]:
    """The files of this test; those that the demo office keeps are not counted."""
    folder = office.vault.files.folder
    return {path.name for path in folder.iterdir()} - DEMO if folder.exists() else set()


DEMO: set[str] = set()


@pytest.fixture(autouse=True)
def _demo_files(office: Office) -> Iterator[None]:
    DEMO.update(on_disk(office))
    yield
    DEMO.clear()


def drop(field: FileField, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    nothing, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    offered = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    event = QDropEvent(QPointF(5, 5), offered, mime, left, nothing)
    field.dropEvent(event)
    assert event.dropAction() is Qt.DropAction.CopyAction
    settle(field.operations)


def test_a_chosen_picture_is_kept_and_shown_small(
    field: FileField, office: Office, tmp_path: Path, monkeypatch
) -> None:
    path = tmp_path / "acta.png"
    path.write_bytes(a_picture())
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_told: (str(path), ""))
    seen: list[Kept] = []
    field.changed.connect(seen.append)
    field.choose.click()
    settle(field.operations, 3)
    (kept,) = seen
    assert (kept.name, kept.kind) == ("acta.png", PNG)
    assert on_disk(office) == {kept.id}
    assert not field._picture.isHidden()
    assert not field._picture.pixmap().isNull()
    assert field.focusWidget() is field.see
    assert (cut_labels(field), squeezed(field)) == ([], [])


def test_a_dropped_file_is_copied_and_stays_where_it_was(field: FileField, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(ANOTHER)
    drop(field, path)
    kept = field.value()
    assert kept is not None
    assert kept.kind == PDF
    assert path.exists()


def test_two_files_at_once_are_refused_in_words(field: FileField, office: Office, tmp_path: Path) -> None:
    drop(field, tmp_path / "a", tmp_path / "b")
    assert field.value() is None
    assert field.told  # type: ignore[attr-defined]
    assert on_disk(office) == set()


def test_a_picture_is_pasted_with_the_keys(field: FileField) -> None:
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("green"))
    QGuiApplication.clipboard().setImage(image)
    field.choose.setFocus()
    press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle(field.operations)
    kept = field.value()
    assert kept is not None
    assert (kept.kind, kept.name) == (PNG, _("picture") + ".png")
    QGuiApplication.clipboard().clear()


def test_a_program_that_calls_itself_a_picture_is_kept_and_never_shown(field: FileField, tmp_path: Path) -> None:
    wanted: list[object] = []
    field.view_wanted.connect(wanted.append)
    kept = give(field, tmp_path, b"MZ\x90\0\x03" * 50, "foto.jpg")
    assert kept is not None
    assert kept.kind == OTHER
    assert field._picture.isHidden()
    assert not field.see.isEnabled()
    assert field.see.toolTip() == _("This kind of file cannot be shown here. It is kept as it is.")
    field.see.click()
    assert wanted == []


@pytest.mark.parametrize("data", [b"\xff\xd8\xff\xe0 broken", a_png(60_000, 60_000)])
def test_a_picture_that_cannot_be_shown_is_kept_and_said(field: FileField, tmp_path: Path, data: bytes) -> None:
    kept = give(field, tmp_path, data, "a.jpg")
    settle(field.operations)
    assert kept is not None
    assert field._picture.isHidden()
    assert len(field.told) == 1  # type: ignore[attr-defined]


def test_a_file_that_is_too_large_or_empty_is_refused_in_words(
    field: FileField, office: Office, tmp_path: Path
) -> None:
    with (tmp_path / "large.pdf").open("wb") as file:
        file.truncate(LARGEST + 1)
    for path in (tmp_path / "large.pdf", tmp_path / "nowhere", tmp_path):
        field.take_path(path)
        settle(field.operations)
    assert give(field, tmp_path, b"", "empty") is None
    assert len(field.told) == 4  # type: ignore[attr-defined]
    assert field.choose.isEnabled()
    assert on_disk(office) == set()


def test_what_was_chosen_and_taken_out_again_is_gone(field: FileField, office: Office, tmp_path: Path) -> None:
    give(field, tmp_path, ANOTHER, "a.pdf")
    field.remove.click()
    settle(field.operations)
    assert field.value() is None
    assert field.focusWidget() is field.choose
    assert on_disk(office) == set()


def test_a_file_that_a_draft_brought_back_goes_once_the_draft_is_without_it(field: FileField, office: Office) -> None:
    kept = attachments.keep(office, ANOTHER, "a.pdf")
    draft = drafts.Draft(id="d", form="f", subject="s", title="", body=kept.id, officer="1")
    drafts.save(office.vault, draft)
    field.set_value(kept)
    field.remove.click()
    settle(field.operations)
    assert on_disk(office) == {kept.id}, "a kill now would leave a draft that names it"
    field.operations.run(field, lambda office: drafts.save(office.vault, replace(draft, body="")))
    settle(field.operations)
    assert on_disk(office) == set()


def test_a_second_choice_drops_the_first(field: FileField, office: Office, tmp_path: Path) -> None:
    give(field, tmp_path, ANOTHER, "a.pdf")
    kept = give(field, tmp_path, ANOTHER + b"2", "b.pdf")
    settle(field.operations)
    assert kept is not None
    assert on_disk(office) == {kept.id}


def test_abandoning_drops_what_was_chosen_but_not_what_was_saved(
    field: FileField, office: Office, tmp_path: Path
) -> None:
    give(field, tmp_path, ANOTHER, "a.pdf")
    field.abandon()
    settle(field.operations)
    assert on_disk(office) == set()
    kept = give(field, tmp_path, ANOTHER, "a.pdf")
    field.saved()
    field.abandon()
    settle(field.operations)
    assert kept is not None
    assert on_disk(office) == {kept.id}


def test_taking_out_what_a_case_names_leaves_its_file(field: FileField, office: Office) -> None:
    id = new_id()
    people.open_case(office, Person(id=id))
    kept = attachments.keep(office, ANOTHER, "a.pdf")
    attachments.put(office, id, kept)
    field.set_value(kept)
    field.remove.click()
    field.abandon()
    settle(field.operations)
    assert on_disk(office) == {kept.id}


def test_a_field_for_pictures_takes_no_other_file(
    qtbot, operations: Operations, office: Office, tmp_path: Path
) -> None:
    field = FileField(operations, images_only=True)
    qtbot.addWidget(field)
    told: list[str] = []
    field.problem_changed.connect(told.append)
    assert give(field, tmp_path, ANOTHER, "a.png") is None
    assert told[-1] == _("This is not a picture that can be shown. Choose a JPG or PNG file.")
    assert on_disk(office) == set()


def test_a_damaged_file_is_said_where_it_would_be_shown(field: FileField, office: Office) -> None:
    kept = attachments.keep(office, a_picture(), "a.png")
    path = office.vault.files.folder / kept.id
    path.write_bytes(path.read_bytes()[:-1])
    field.set_value(kept)
    settle(field.operations)
    live()
    assert field.told == [_("This file is damaged. Restore it from the last backup.")]  # type: ignore[attr-defined]


def test_sizes_are_said_as_people_read_them(dressed: None) -> None:
    assert [size_in_words(n) for n in (1, 3000, 2_400_000)] == ["1 KB", "3 KB", "2,3 MB"]
