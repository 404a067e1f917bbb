"""What is typed half-way is kept as it stands: a lock or a kill in the middle of a date loses nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from migrant_office import paths
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import Form
from migrant_office.models.forms.library import city_form
from migrant_office.ui.intake.question_view import QuestionView
from migrant_office.ui.widgets.field import LineField

Show = Callable[[FormFilling, str], QuestionView]


@pytest.fixture
def form() -> Form:
    return city_form(paths.resources() / "forms" / "santiago")


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    def shown(filling: FormFilling, name: str) -> QuestionView:
        question = filling.form.question(name)
        view = QuestionView(question, question.addr, filling, "es")
        view.answered.connect(filling.set)
        qtbot.addWidget(view)
        with qtbot.waitExposed(view):
            view.show()
        return view

    return shown


def field(view: QuestionView) -> LineField:
    assert view.labelled is not None
    found = view.labelled.field
    assert isinstance(found, LineField)
    return found


@pytest.mark.parametrize(("name", "typed"), [("birth_date", "12 de ma"), ("nationality", "Hai")])
def test_half_a_word_is_kept_and_shown_again(form: Form, show: Show, name: str, typed: str) -> None:
    filling = FormFilling(form)
    QTest.keyClicks(field(show(filling, name)), typed)
    kept = FormFilling.restore(form, filling.snapshot())
    assert field(show(kept, name)).text() == typed
    assert not any(key.startswith("person.") for key in kept.mapped() if key not in {"person.birth_estimated"})


@pytest.mark.parametrize(
    ("name", "typed", "value"), [("birth_date", "12/5/1991", "1991-05-12"), ("nationality", "Haiti", "HT")]
)
def test_what_is_clear_counts(form: Form, show: Show, name: str, typed: str, value: str) -> None:
    filling = FormFilling(form)
    view = show(filling, name)
    QTest.keyClicks(field(view), typed)
    field(view).editingFinished.emit()
    assert filling.cell(view.addr).value == value
    again = show(FormFilling.restore(form, filling.snapshot()), name)
    assert field(again).value() == value  # type: ignore[attr-defined]  # a date or a list: both have one


def test_taking_it_back_leaves_nothing(form: Form, show: Show) -> None:
    filling = FormFilling(form)
    view = show(filling, "birth_date")
    QTest.keyClicks(field(view), "12")
    field(view).clear()
    field(view).textEdited.emit("")
    assert filling.cell(view.addr).value == ""
