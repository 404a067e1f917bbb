"""The system's dialogs for files, without a trace of the folder that was looked into."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog, QWidget

MEMORY = "QtProject"  # where Qt's own dialog writes, for every Qt program of this computer account
TRACES = ("FileDialog/history", "FileDialog/lastVisited")


@contextmanager
def unremembered() -> Iterator[None]:
    """Put back what Qt's dialog knew of folders before: the name of a folder may be that of a person."""
    memory = QSettings(QSettings.Scope.UserScope, MEMORY)
    before = {name: memory.value(name) for name in TRACES}
    try:
        yield
    finally:
        memory.sync()  # hear what the dialog has written
        for name, value in before.items():
            if value is None:
                memory.remove(name)
            else:
                memory.setValue(name, value)
        memory.sync()


def file_to_open(parent: QWidget, title: str, kinds: str = "") -> Path | None:
    """Ask for one file, beginning in the home folder; None when the person changed her mind."""
    with unremembered():
        chosen, _kind = QFileDialog.getOpenFileName(parent, title, str(Path.home()), kinds)
    return Path(chosen) if chosen else None
