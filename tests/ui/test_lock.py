"""The lock: one field, one door, and nothing of any case before it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from migrant_office.app import Window
from tests.factories import PASSPHRASE
from tests.ui import looking
from tests.ui.looking import activate, live, press, write
from tests.ui.walking import until


@pytest.fixture
def locked(qtbot, qapp, office_folder: Path, dressed: None):
    window = Window(qapp, office_folder)
    qtbot.addWidget(window)
    window.begin()
    window.show()
    activate(window)
    yield window
    window.close()


def test_it_opens_by_typing_and_enter(locked: Window):
    write(PASSPHRASE)
    press(Qt.Key.Key_Return)
    until(lambda: locked.workspace is not None, "workspace")
    assert locked.windowTitle() == "migrant_office"


def test_a_wrong_passphrase_is_answered_beside_the_field_and_can_be_written_again(locked: Window):
    lock = locked.lock
    assert lock is not None
    write("no es esta")
    press(Qt.Key.Key_Return)
    until(lock._labelled.warning, "answer")
    assert lock._field.selectedText() == "no es esta", "typing goes over it"
    assert lock._field.hasFocus()
    live(30)
    assert [looking.cut_labels(locked), looking.overlapping(locked)] == [[], []]
    write(PASSPHRASE)
    press(Qt.Key.Key_Return)
    until(lambda: locked.workspace is not None, "workspace")


def test_an_empty_field_is_asked_for(locked: Window):
    lock = locked.lock
    assert lock is not None
    press(Qt.Key.Key_Return)
    live(130)
    assert lock._labelled.warning()
    assert lock._field.isEnabled()


def test_it_locks_and_opens_again_many_times(locked: Window):
    """Each time the office's own lock must be given back, whichever thread took it."""
    for _round in range(3):
        write(PASSPHRASE)
        press(Qt.Key.Key_Return)
        until(lambda: locked.workspace is not None, "workspace")
        live(20)
        press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        until(lambda: locked.workspace is None, "lock")
        live(20)
        assert locked.lock is not None
        assert locked.lock._field.text() == ""
        assert isinstance(QApplication.focusWidget(), type(locked.lock._field))


def test_the_lock_shows_nothing_of_a_case(locked: Window):
    write(PASSPHRASE)
    press(Qt.Key.Key_Return)
    until(lambda: locked.workspace is not None, "workspace")
    locked.close_office(lock=True)
    live(50)
    texts = " ".join(child.accessibleName() for child in locked.findChildren(QWidget))
    assert "Seguimientos" not in texts
    assert "Expediente" not in texts


def test_a_second_window_on_the_same_office_is_told_so(qtbot, qapp, locked: Window):
    write(PASSPHRASE)
    press(Qt.Key.Key_Return)
    until(lambda: locked.workspace is not None, "workspace")
    second = Window(qapp, locked.folder)
    qtbot.addWidget(second)
    second.begin(PASSPHRASE)
    second.show()
    assert second.lock is not None
    until(second.lock._labelled.warning, "sentence")
    assert "abierta" in second.lock._labelled.warning()
    second.close()
