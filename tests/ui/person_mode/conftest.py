"""A form with every kind of question, and the turned screen on it; what is answered goes into the form as in the
intake.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from migrant_office.models.forms.answers import Answer
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import Form
from migrant_office.models.forms.reading import load_form
from migrant_office.ui.operations import Operations
from migrant_office.ui.person_mode.screen import PersonMode
from tests.ui.looking import activate, live

Turned = Callable[..., PersonMode]


@pytest.fixture(scope="session")
def form() -> Form:
    return load_form(Path(__file__).with_name("form.md").read_bytes(), "md")


@pytest.fixture
def turned(qtbot, form: Form, operations: Operations) -> Turned:
    """Turn the screen at a question, with answers given before: `turned("needs", {"needs": ["work"]})`."""

    def turn(name: str, answers: dict[str, Answer] | None = None, *, size: tuple[int, int] = (1366, 768)) -> PersonMode:
        filling = FormFilling(form)
        for other, answer in (answers or {}).items():
            filling.set(form.question(other).addr, answer)
        mode = PersonMode(operations, filling, form.question(name).addr)
        mode.answered.connect(filling.set)
        qtbot.addWidget(mode)
        mode.resize(*size)
        mode.show()
        activate(mode)
        mode.take_focus()
        live(20)
        return mode

    return turn
