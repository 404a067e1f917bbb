"""Qt's own dialog remembers folders for every program of the account; ours leave what was there before."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog, QWidget

from migrant_office.ui.widgets.choosing import MEMORY, TRACES, file_to_open, unremembered
from tests.ui.looking import live

SCOPE, FORMAT = QSettings.Scope.UserScope, QSettings.Format.NativeFormat


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The settings of Qt's dialogs, in a folder of this test alone."""
    before = Path(QSettings(SCOPE, MEMORY).fileName()).parent
    QSettings.setPath(FORMAT, SCOPE, str(tmp_path / "settings"))
    yield QSettings(SCOPE, MEMORY)
    QSettings.setPath(FORMAT, SCOPE, str(before))


def look_into(folder: Path) -> None:
    """What Qt's own dialog does when somebody looks into a folder and leaves."""
    folder.mkdir(exist_ok=True)
    dialog = QFileDialog(None, "", str(folder))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.show()
    live(50)
    dialog.reject()
    dialog.deleteLater()
    live(50)


def told(memory: QSettings) -> list[object]:
    memory.sync()
    return [memory.value(name) for name in TRACES]


def test_qt_would_remember_the_folder(memory: QSettings, dressed: None, tmp_path: Path) -> None:
    look_into(tmp_path / "Zwyxandree")
    assert "Zwyxandree" in str(told(memory)), "else the next test proves nothing"


def test_a_folder_that_was_looked_into_leaves_no_trace(memory: QSettings, dressed: None, tmp_path: Path) -> None:
    with unremembered():
        look_into(tmp_path / "Zwyxandree")
    assert told(memory) == [None, None]
    assert "Zwyxandree" not in "".join(p.read_text() for p in (tmp_path / "settings").rglob("*.conf"))


def test_what_other_programs_had_there_stays(memory: QSettings, dressed: None, tmp_path: Path) -> None:
    memory.setValue(TRACES[1], "file:///music")
    memory.sync()
    with unremembered():
        look_into(tmp_path / "Zwyxandree")
    assert told(memory)[1] == "file:///music"


def test_a_file_is_asked_for_from_the_home_folder(qtbot, memory: QSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    parent = QWidget()
    qtbot.addWidget(parent)

    def nothing(*told: object) -> tuple[str, str]:
        asked.extend(told)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", nothing)
    assert file_to_open(parent, "title") is None
    assert asked[2] == str(Path.home())
