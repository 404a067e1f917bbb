"""Screens are tested without a display, on a small demo office that opens in milliseconds."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from migrant_office import clock, i18n
from migrant_office.app import Window, application
from migrant_office.models.office import Office, unlock
from migrant_office.services.demo.making import make_demo
from migrant_office.services.today import Today
from migrant_office.ui.operations import Operations
from migrant_office.ui.theme.apply import theme
from migrant_office.ui.theme.tokens import PALETTES
from migrant_office.ui.today.today_page import TodayPage
from tests.factories import CHEAP, PASSPHRASE
from tests.ui.looking import activate
from tests.ui.printers import PrintingSystem, printing_system

NOON = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)  # a Wednesday: the demo's last day


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo office of 60 invented people that no test may change: copy it."""
    folder = tmp_path_factory.mktemp("demo") / "office"
    make_demo(
        folder, city="santiago", people=60, months=4, until=NOON.date(), seed=7, passphrase=PASSPHRASE, cost=CHEAP
    )
    return folder


@pytest.fixture(autouse=True)
def nobody_chooses_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dialog of the system would wait for ever; a test that needs one says what is chosen."""

    def refuse(*_told: object) -> None:
        raise AssertionError("a dialog of the system was opened")

    for name in ("getExistingDirectory", "getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, name, refuse)


@pytest.fixture(autouse=True)
def printers(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> PrintingSystem:
    """No test reaches a printer of this machine; one that prints adds a queue."""
    return printing_system(tmp_path_factory.mktemp("printing") / "bin", monkeypatch)


@pytest.fixture
def noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def office_folder(demo_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(demo_folder, tmp_path / "office"))


@pytest.fixture
def dressed(qapp: QApplication, noon: None) -> Iterator[None]:
    """The application as the program dresses it, in Spanish; put back afterwards."""
    if not qapp.styleSheet():  # once: dressing it restyles every widget there is
        application()
    i18n.set_language("es")
    yield
    if (theme().tokens, theme().metrics.scale) != (PALETTES["light"], 100):
        theme().choose("light", 100)
    i18n.set_language("es")


@pytest.fixture
def office(office_folder: Path, noon: None) -> Iterator[Office]:
    """The demo office, open for this test alone. Once `operations` is used, only its thread may touch it."""
    opened = unlock(office_folder, PASSPHRASE)
    yield opened
    opened.close()


@pytest.fixture
def operations(office: Office, dressed: None) -> Iterator[Operations]:
    made = Operations(office)
    yield made
    made.stop()


def today_of(window: Window) -> Today | None:
    page = window.workspace.pages["today"] if window.workspace else None
    return page.shown if isinstance(page, TodayPage) else None


@pytest.fixture
def window(qtbot, qapp, office_folder: Path, dressed: None) -> Iterator[Window]:
    """The real window on the demo office, unlocked and showing Hoy."""
    made = Window(qapp, office_folder)
    made.begin()
    made.show()
    assert made.lock is not None
    made.lock.unlock_with(PASSPHRASE)
    qtbot.waitUntil(lambda: today_of(made) is not None)
    activate(made)  # after the unlocking: offscreen the activation gets lost meanwhile
    yield made
    made.close()
    made.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # else every test restyles the windows before it
