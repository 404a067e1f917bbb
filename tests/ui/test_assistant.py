"""First start: four questions, a recovery code seen once, and the door opens by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from migrant_office.app import Window
from migrant_office.i18n import _
from migrant_office.models.office import read_about, unlock
from migrant_office.models.vault import folder as vault_folder
from migrant_office.ui.assistant import Assistant
from migrant_office.ui.paper.preview import PreviewDialog
from migrant_office.ui.widgets.button import Button
from tests.factories import CHEAP
from tests.ui.looking import activate, live, press, write
from tests.ui.printers import PrintingSystem
from tests.ui.walking import front, until

WORDS = "cuatro palabras sin lazo"


@pytest.fixture
def window(qtbot, qapp, tmp_path: Path, dressed: None, monkeypatch: pytest.MonkeyPatch):
    real = vault_folder.create

    def cheap(*args, **told):  # the same door with a quicker lock
        return real(*args, **(told | {"cost": CHEAP}))

    monkeypatch.setattr(vault_folder, "create", cheap)
    made = Window(qapp, tmp_path / "new office")
    qtbot.addWidget(made)
    made.begin()
    made.show()
    activate(made)
    yield made
    made.close()


def assistant_of(window: Window) -> Assistant:
    found = window.stack.currentWidget()
    assert isinstance(found, Assistant)
    return found


def test_the_whole_first_start_by_keys(window: Window, tmp_path: Path):
    assistant = assistant_of(window)
    assert assistant.language.hasFocus()
    for _step in range(3):
        press(Qt.Key.Key_Tab)
    write(WORDS)
    press(Qt.Key.Key_Tab)
    if not assistant.second.hasFocus():  # the eye of the first field
        press(Qt.Key.Key_Tab)
    write(WORDS)
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    until(lambda: assistant.code, "code")
    assert read_about(window.folder).city == "santiago"
    code = assistant.code
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    until(lambda: window.workspace is not None, "workspace")
    window.close_office(lock=False)
    for passphrase in (WORDS, code):
        unlock(window.folder, passphrase).close()


def test_two_passphrases_must_agree_and_be_long_enough(window: Window):
    assistant = assistant_of(window)
    assistant.first.setText("corta")
    assistant.second.setText("corta")
    assistant.go.click()
    assert "8" in assistant.fields["first"].warning()
    assert assistant.first.hasFocus()
    assistant.first.setText(WORDS)
    assistant.go.click()
    assert assistant.fields["second"].warning()
    assert not assistant.fields["first"].warning()
    assert not window.folder.exists()


def test_the_language_is_spoken_at_once(window: Window):
    assistant = assistant_of(window)
    assistant.language.setCurrentIndex(assistant.language.findData("ht"))
    live(30)
    assert "Biwo" in assistant.card.accessibleName() or "biwo" in assistant.card.accessibleName()


def test_the_city_proposes_its_own_name(window: Window):
    assistant = assistant_of(window)
    before = assistant.name.text()
    assistant.city.setCurrentIndex(assistant.city.findData("cdmx"))
    assert assistant.name.text()
    assert assistant.name.text() != before


def test_the_code_goes_to_paper_and_to_a_file_and_a_folder_that_refuses_is_told(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, printers: PrintingSystem
):
    printers.queues("Mesa")
    assistant = assistant_of(window)
    for field in (assistant.first, assistant.second):
        field.setText(WORDS)
    assistant.go.click()
    until(lambda: assistant.code, "code")
    next(button for button in assistant.findChildren(Button) if button.text() == _("Print or save…")).click()
    dialog = front(PreviewDialog)
    until(lambda: dialog.known and dialog.primary.isEnabled(), "printers")
    paper = tmp_path / "code.pdf"
    for target in (tmp_path / "nowhere" / "x.pdf", paper):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_told, target=target: (str(target), ""))
        dialog.save.click()
        until(lambda: dialog.save.isEnabled(), "answered")
        assert dialog.trouble.isHidden() is (target == paper)
    assert paper.read_bytes().startswith(b"%PDF")
    dialog.agree()
    until(lambda: printers.printed(), "printed")
    assert printers.printed() == [paper.read_bytes()]
    assert assistant.code not in " ".join(printers.told()), "the queue of a printer does not learn the code"
