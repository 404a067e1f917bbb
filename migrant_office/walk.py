"""A hand on the real window: it types, waits, and takes pictures. The tour walks with it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from migrant_office import paths
from migrant_office.app import Window
from migrant_office.errors import UserError
from migrant_office.i18n import N_
from migrant_office.ui.main_window import Workspace
from migrant_office.ui.paper.paper_dialog import PaperDialog
from migrant_office.ui.printing import pages

W = TypeVar("W", bound=QWidget)
PATIENCE = 30.0  # seconds; nothing on this path takes one
PAPER_DPI = 110  # of the picture of a sheet


class Walk:
    """The window, the pictures so far, and patience."""

    def __init__(self, app: QApplication, data: Path, out: Path, language: str, secret: str) -> None:
        self.app, self.data, self.out, self.secret = app, data, out, secret
        self.pictures = out / "pictures"
        self.pictures.mkdir(parents=True, exist_ok=True)
        self.count = 0
        self.window = Window(app, data, language=language)

    @property
    def space(self) -> Workspace:
        if self.window.workspace is None:
            raise UserError(N_("The walk stopped at “{place}”."), place="workspace")
        return self.window.workspace

    def wait(self, ready: Callable[[], object], place: str) -> None:
        """Let the window live until something is so. Raises `UserError` naming the place when it never is."""
        end = time.monotonic() + PATIENCE
        while not ready():
            if time.monotonic() > end:
                raise UserError(N_("The walk stopped at “{place}”."), place=place)
            self.live(20)

    def live(self, milliseconds: int = 150) -> None:
        """Run the event loop; unlike a test's wait it lets the other thread work."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def settle(self) -> None:
        """Everything asked so far is answered and painted."""
        for _round in range(3):
            if self.window.operations:
                self.window.operations.settle()
            self.live(60)

    def picture(self, name: str, widget: QWidget | None = None) -> None:
        self.settle()
        self.count += 1
        if self.window.workspace:
            self.window.workspace.toast.hide()  # it would cover what the picture is for
        (widget or self.window).grab().save(str(self.pictures / f"{self.count:02d}-{name}.png"))

    def paper(self, name: str, pdf: bytes) -> None:
        """Keep a sheet beside the pictures, and its first page among them."""
        target = self.out / f"{name}.pdf"
        target.parent.mkdir(parents=True, exist_ok=True)
        paths.write_atomically(target, pdf)
        self.count += 1
        pages(pdf, PAPER_DPI)[0].save(str(self.pictures / f"{self.count:02d}-{target.stem}-page.png"))

    def write(self, text: str, into: QWidget) -> None:
        """Type into a field, as it would hear the keyboard."""
        into.setFocus()
        QTest.keyClicks(into.focusProxy() or into, text)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.app.focusWidget() or self.window, key, modifier)
        self.live(30)

    def dialog(self, kind: type[W]) -> W:
        """The dialog in front, once it is there."""
        self.wait(lambda: isinstance(self.app.activeModalWidget(), kind), kind.__name__)
        found = self.app.activeModalWidget()
        if not isinstance(found, kind):
            raise UserError(N_("The walk stopped at “{place}”."), place=kind.__name__)
        return found

    def sheet(self) -> PaperDialog:
        """The sheet in front, once it is made."""
        found = self.dialog(PaperDialog)
        self.wait(lambda: found.pdf, "sheet")
        return found

    def page(self, key: str, kind: type[W]) -> W:
        """A page of the window."""
        found = self.space.pages[key]
        if not isinstance(found, kind):
            raise UserError(N_("The walk stopped at “{place}”."), place=key)
        return found
