"""The roof: what a folder asks for, what the window keeps, and what happens when something raises."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from migrant_office import i18n, settings
from migrant_office.app import TITLE, Window, application, catch_unexpected
from migrant_office.errors import NotAnOffice
from migrant_office.settings import Settings
from migrant_office.ui.assistant import Assistant
from migrant_office.ui.lock import Lock
from migrant_office.ui.theme.apply import theme
from tests.factories import PASSPHRASE
from tests.ui.looking import live
from tests.ui.walking import until


@pytest.fixture
def app(qapp: QApplication):
    yield application()
    theme().choose("light", 100)
    i18n.set_language("es")


def made(qtbot, app: QApplication, folder: Path, language: str = "") -> Window:
    window = Window(app, folder, language=language)
    qtbot.addWidget(window)
    return window


@pytest.mark.parametrize("with_settings", [False, True])
def test_an_empty_folder_asks_for_an_office(qtbot, app, tmp_path: Path, with_settings: bool):
    folder = tmp_path / "new"
    if with_settings:
        folder.mkdir()
        settings.save(folder, Settings(scale=115))
    window = made(qtbot, app, folder)
    window.begin()
    assert isinstance(window.stack.currentWidget(), Assistant)
    assert theme().metrics.scale == (115 if with_settings else 100)
    window.close()


def test_a_folder_with_something_else_in_it_is_left_alone(qtbot, app, tmp_path: Path):
    (tmp_path / "photo.jpg").write_bytes(b"x")
    window = made(qtbot, app, tmp_path)
    with pytest.raises(NotAnOffice):
        window.begin()
    assert [path.name for path in tmp_path.iterdir()] == ["photo.jpg"]
    window.close()


def test_an_office_asks_for_its_passphrase_in_its_language(qtbot, app, desk_folder: Path):
    window = made(qtbot, app, desk_folder)
    window.begin()
    assert isinstance(window.stack.currentWidget(), Lock)
    assert i18n.translator().lang == "es"
    assert window.windowTitle() == TITLE
    window.close()


def test_the_look_is_kept_and_worn_at_the_next_start(qtbot, app, desk_folder: Path):
    window = made(qtbot, app, desk_folder)
    window.begin(PASSPHRASE)
    until(lambda: window.workspace is not None, "workspace")
    assert window.workspace is not None
    window.workspace.choose(language="ht", theme="dark", scale=130)
    assert i18n.translator().lang == "ht"
    window.close()
    again = made(qtbot, app, desk_folder)
    again.begin()
    assert (i18n.translator().lang, theme().metrics.scale) == ("ht", 130)
    assert again.settings == Settings(language="ht", theme="dark", scale=130)
    again.close()


def test_a_given_passphrase_opens_without_asking_and_closing_gives_the_office_back(qtbot, app, desk_folder: Path):
    for _round in range(2):
        window = made(qtbot, app, desk_folder)
        window.begin(PASSPHRASE)
        until(lambda window=window: window.workspace is not None, "workspace")
        window.close()


def test_closing_while_it_opens_leaves_nothing_behind(qtbot, app, desk_folder: Path):
    window = made(qtbot, app, desk_folder)
    window.begin(PASSPHRASE)
    window.close()
    live(100)
    test_a_given_passphrase_opens_without_asking_and_closing_gives_the_office_back(qtbot, app, desk_folder)


def test_what_a_slot_raises_is_kept_without_names_and_the_window_goes_on(
    qtbot, app, desk_folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.delenv("MIGRANT_OFFICE_DEBUG", raising=False)
    window = made(qtbot, app, desk_folder)
    window.begin(PASSPHRASE)
    window.show()
    until(lambda: window.workspace is not None, "workspace")
    catch_unexpected(window)

    def fall() -> None:
        raise ValueError("Rose Désir")

    with caplog.at_level(logging.DEBUG):
        QTimer.singleShot(0, fall)
        until(lambda: window.crashes, "the crash")
    assert window.workspace is not None
    assert window.workspace.toast.isVisible()
    text = " ".join(path.read_text(encoding="utf-8", errors="replace") for path in desk_folder.rglob("*.log*"))
    assert "ValueError" in text + caplog.text
    assert "Rose" not in text + caplog.text
    window.workspace.go("people")
    live(20)
    assert window.workspace.current == "people"
    window.close()
