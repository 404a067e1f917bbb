"""A window in a process of its own, turned to a person who types steadily until the process is killed.

    python tests/ui/person_mode/typist.py FOLDER

Prints a line for every letter, `moment text`, as the typist of the intake does.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, str(Path(__file__).parents[3]))

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from migrant_office.app import Window, application
from migrant_office.ui.intake.intake_page import IntakePage
from migrant_office.ui.person_mode.fields import LargeLine
from migrant_office.ui.person_mode.screen import PersonMode
from tests.factories import PASSPHRASE

LETTERS = "Mari Flò Dezi Wòz Andre "
EVERY_MS = 25


class Typist:
    def __init__(self, app: QApplication, folder: Path) -> None:
        self.window, self.count, self.begun = Window(app, folder), 0, False
        self.window.begin(PASSPHRASE)
        self.window.show()
        self.timer = QTimer(interval=EVERY_MS)
        self.timer.timeout.connect(self.step)
        self.timer.start()

    def step(self) -> None:
        space, mode = self.window.workspace, self.window.stack.currentWidget()
        if isinstance(mode, PersonMode):
            self.write(mode)
        elif space is not None and not self.begun:
            self.begun = True
            space.start_intake(None)
        elif space is not None:
            page = space.pages["intake"]
            assert isinstance(page, IntakePage)
            if page.filling is not None and page.views:
                page.turned.emit(page.filling, page.filling.form.question("given").addr)

    def write(self, mode: PersonMode) -> None:
        (field,) = mode.body.findChildren(LargeLine)
        letter = LETTERS[self.count % len(LETTERS)]
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(field, key)
        self.count += 1
        sys.stdout.write(f"{time.monotonic():.4f} {field.text()}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    app = application()
    typist = Typist(app, Path(sys.argv[1]))
    app.exec()
