"""The roof of the window: builds everything once, and moves between first start, lock and workspace."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget

from migrant_office import i18n, log, settings
from migrant_office.commands.common import passphrase, spoken
from migrant_office.errors import NotAnOffice
from migrant_office.models.office import Office, is_free, read_about
from migrant_office.settings import Settings
from migrant_office.ui.language import LanguageSwitch
from migrant_office.ui.lock import Lock
from migrant_office.ui.operations import UNEXPECTED, Operations, Worker
from migrant_office.ui.theme.apply import theme

if TYPE_CHECKING:  # at run time they are imported behind the lock, while the passphrase is being checked
    from migrant_office.ui.assistant import Assistant
    from migrant_office.ui.main_window import Workspace
    from migrant_office.ui.person_mode.screen import PersonMode

TITLE = "migrant_office"  # the program's name and nothing else: titles are seen on shared screens
SIZE = (1366, 768)


class Window(QMainWindow):
    """The only window. It holds one of three things: the first start, the lock, the workspace. Before the workspace
    may stand the screen turned to the person: what is hidden hears no key and is read aloud to nobody.
    """

    def __init__(self, app: QApplication, folder: Path, *, language: str = "") -> None:
        super().__init__()
        self.setWindowTitle(TITLE)
        self.resize(*SIZE)
        self.setMinimumSize(900, 560)
        self.folder, self.asked_language, self.city = folder, language, ""
        self.settings = settings.load(folder)
        self.language = LanguageSwitch(app)
        self.worker = Worker(self)  # unlocking takes a third of a second
        self.operations: Operations | None = None
        self.workspace: Workspace | None = None
        self.crashes = 0
        self.closing = False
        self.lock: Lock | None = None
        self.stack = QStackedWidget()
        self.setCentralWidget(self.stack)
        theme().choose(self.settings.theme, self.settings.scale)  # type: ignore[arg-type]  # checked by `load`

    def begin(self, given_passphrase: str = "") -> None:
        """Show what this folder asks for. Raises `UserError` when it holds something unreadable."""
        try:
            about = read_about(self.folder)
        except NotAnOffice:
            if not is_free(self.folder):
                raise
            self.speak(self.asked_language or "es")
            self.assist()
            return
        self.city = about.city
        self.speak(self.asked_language or self.settings.language or about.language)
        self.show_lock(given_passphrase)

    def speak(self, language: str) -> None:
        """The language of the window, with the conventions and the words of the office's city."""
        self.language.set_language(*spoken(language, self.city))

    def assist(self) -> None:
        from migrant_office.ui.assistant import Assistant

        assistant = Assistant(self.folder, self.worker)
        assistant.language_chosen.connect(self.speak)
        assistant.made.connect(self.show_lock)
        self._put(assistant)

    def show_lock(self, given_passphrase: str = "", *, again: bool = False) -> None:
        self.lock = Lock(read_about(self.folder), self.folder, self.worker, again=again)
        self.lock.opened.connect(self.open)
        self._put(self.lock)
        if given_passphrase:
            self.lock.unlock_with(given_passphrase)
        QTimer.singleShot(0, lambda: import_module("migrant_office.ui.main_window"))

    def open(self, office: Office) -> None:
        """An unlocked office: its workspace. One that comes after the window was closed is given back."""
        if self.closing:
            office.close()
            return
        from migrant_office.ui.main_window import Workspace

        log.start(self.folder)
        self.operations = Operations(office, self)
        self.workspace = Workspace(self.operations, self.settings, self.language)
        self.workspace.lock_wanted.connect(lambda: self.close_office(lock=True))
        self.workspace.settings_chosen.connect(self.keep)
        self.workspace.turned.connect(self.turn)
        self._put(self.workspace)
        self.workspace.begin()

    def turn(self, mode: PersonMode) -> None:
        """Show nothing but one question, until the officer comes back."""
        mode.left.connect(lambda addr: self._turn_back(mode, addr))
        self.stack.addWidget(mode)
        self.stack.setCurrentWidget(mode)
        mode.take_focus()

    def _turn_back(self, mode: PersonMode, addr: str) -> None:
        self.stack.removeWidget(mode)
        mode.deleteLater()
        if self.workspace:
            self.workspace.turn_back(addr)

    def keep(self, chosen: Settings) -> None:
        """Wear new settings and keep them on this computer."""
        changed = chosen.language and chosen.language != i18n.translator().lang
        self.settings = chosen
        theme().choose(chosen.theme, chosen.scale)  # type: ignore[arg-type]  # the menu offers known names only
        if changed:
            self.speak(chosen.language)
        try:
            settings.save(self.folder, chosen)
        except OSError:
            if self.workspace:
                self.workspace.say(i18n._("This choice holds until you close the program; it could not be kept."))

    def close_office(self, *, lock: bool) -> None:
        """Save what is being typed, close the office, and show the lock."""
        if self.workspace:
            self.workspace.settle()
        if self.operations:
            self.operations.close()
        self.workspace = self.operations = None
        log.stop()
        if lock:
            self.show_lock(again=True)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing = True
        self.close_office(lock=False)
        self.worker.stop()
        self.language.release()
        event.accept()

    def _put(self, widget: Assistant | Lock | Workspace) -> None:
        self.stack.insertWidget(0, widget)
        self.stack.setCurrentWidget(widget)
        while (old := self.stack.widget(1)) is not None:
            self.stack.removeWidget(old)
            old.deleteLater()
        widget.setFocus()


def application() -> QApplication:
    """The one application, dressed."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName(TITLE)
    app.setDesktopFileName("migrant-office")
    theme().apply(app)
    return app


def catch_unexpected(window: Window) -> None:
    """When a slot raises: keep where, never about whom; tell the person; on a developer's machine also print it.

    The window goes on: what was typed is in it, and what was saved is safe.
    """

    def unexpected(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        log.crash(error.with_traceback(trace))
        window.crashes += 1
        if window.workspace:
            window.workspace.say(i18n._(UNEXPECTED))
        if os.environ.get("MIGRANT_OFFICE_DEBUG"):
            sys.__excepthook__(kind, error, trace)

    sys.excepthook = unexpected


def run_window(given: argparse.Namespace) -> int:
    """`migrant-office open`: returns the exit code of the window."""
    app = application()
    window = Window(app, given.data, language=given.language or "")
    catch_unexpected(window)
    window.begin(passphrase(given) if given.passphrase_file else "")
    window.show()
    QTimer.singleShot(0, window.activateWindow)
    return app.exec()
