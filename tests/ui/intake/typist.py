"""A window in a process of its own, in which somebody types steadily until the process is killed.

    python tests/ui/intake/typist.py FOLDER

Prints a line for every letter, `moment text`, once the window has it: the monotonic clock, and the whole field so far.
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
from migrant_office.ui.widgets.field import LineField
from tests.factories import PASSPHRASE

LETTERS = "Mari Flò Dezi Wòz Andre "
EVERY_MS = 25  # forty letters a second: faster than anybody


class Typist:
    def __init__(self, app: QApplication, folder: Path) -> None:
        self.window, self.count = Window(app, folder), 0
        self.window.begin(PASSPHRASE)
        self.window.show()
        self.timer = QTimer(interval=EVERY_MS)
        self.timer.timeout.connect(self.step)
        self.timer.start()

    def step(self) -> None:
        space = self.window.workspace
        if space is None:
            return
        page = space.pages["intake"]
        assert isinstance(page, IntakePage)
        if space.current != "intake":
            space.start_intake(None)
        view = next((v for v in page.views.values() if v.question.name == "given"), None)
        field = view.labelled.field if view is not None and view.labelled is not None else None
        if not isinstance(field, LineField):
            return
        letter = LETTERS[self.count % len(LETTERS)]  # QTest types no accents
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
