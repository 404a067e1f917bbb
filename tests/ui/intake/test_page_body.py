"""A step is built inside the window: no part of it stands on the screen alone, not for a moment."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from migrant_office import paths
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import Repeat
from migrant_office.models.forms.library import city_form
from migrant_office.ui.intake.files import IntakeFiles
from migrant_office.ui.intake.page_body import PageBody
from migrant_office.ui.operations import Operations
from migrant_office.ui.widgets.answers import AnswerChoice, Answers


class Windows(QObject):
    """Hears every widget that is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(type(watched).__name__)
        return False


@pytest.fixture
def windows(qtbot: QtBot) -> Windows:
    heard, app = Windows(), QApplication.instance()
    assert app is not None
    app.installEventFilter(heard)
    return heard


@pytest.mark.parametrize("name", ["quick", "family", "intake"])
def test_no_part_of_a_step_is_a_window_of_its_own(
    name: str, windows: Windows, operations: Operations, qtbot: QtBot
) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    filling = FormFilling(city_form(paths.resources() / "forms" / "santiago", name))
    for page in filling.form.pages:
        for repeat in page.walk():
            if isinstance(repeat, Repeat) and filling.can_add(repeat.addr):
                filling.add(repeat.addr)
        files = IntakeFiles(operations, owner)
        qtbot.addWidget(PageBody(page, filling, "es", lambda _addr, _value: "", files))
    assert windows.shown == []


def test_answers_without_a_parent_show_nothing_yet(windows: Windows, qtbot: QtBot) -> None:
    qtbot.addWidget(Answers("¿Necesita intérprete?", [AnswerChoice("yes", "Sí"), AnswerChoice("no", "No")]))
    assert windows.shown == []
