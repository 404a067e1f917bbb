"""A file written whole where the person says, or nothing and one sentence."""

from __future__ import annotations

import resource
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget

from migrant_office.errors import StorageFailed
from migrant_office.i18n import Translator
from migrant_office.ui import printing
from tests.ui.printing.papers import paper

PDF = paper((612.0, 792.0), padding=60_000)


@contextmanager
def room_for(bytes_: int) -> Iterator[None]:
    """The system refuses files larger than this half-way, as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_the_person_says_where(qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    parent = QWidget()
    qtbot.addWidget(parent)
    proposed: list[str] = []

    def choose(_parent: QWidget, _title: str, name: str, _kind: str) -> tuple[str, str]:
        proposed.append(name)
        return str(tmp_path / "sheet.pdf"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    assert printing.where_to(parent, "hoja.pdf") == tmp_path / "sheet.pdf"
    assert proposed[0].endswith("hoja.pdf")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_told: ("", ""))
    assert printing.where_to(parent, "hoja.pdf") is None


def test_a_file_is_whole_and_for_its_owner_alone(tmp_path: Path):
    printing.write(tmp_path / "sheet.pdf", PDF)
    assert (tmp_path / "sheet.pdf").read_bytes() == PDF
    assert stat.S_IMODE((tmp_path / "sheet.pdf").stat().st_mode) == 0o600


def test_a_full_disk_leaves_what_was_there_and_says_so(tmp_path: Path):
    target = tmp_path / "sheet.pdf"
    target.write_bytes(b"before")
    with pytest.raises(StorageFailed) as full, room_for(4096):
        printing.write(target, PDF)
    assert "room" in full.value.text(Translator("en"))
    assert [path.name for path in tmp_path.iterdir()] == ["sheet.pdf"], "no half of a file"
    assert target.read_bytes() == b"before"


def test_a_folder_that_cannot_be_written_is_another_sentence(tmp_path: Path):
    (tmp_path / "file").write_bytes(b"")
    for folder in ("nowhere", "file"):
        with pytest.raises(StorageFailed) as refused:
            printing.write(tmp_path / folder / "sheet.pdf", PDF)
        said = refused.value.text(Translator("en"))
        assert "could not be written" in said
        assert "room" not in said
