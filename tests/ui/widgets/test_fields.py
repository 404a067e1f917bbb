"""Search, long choices, labelled fields: keyboard and words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.date_field import DateField
from migrant_office.ui.widgets.field import LabelledField, LineField, PassphraseField
from migrant_office.ui.widgets.search_combo import SearchCombo
from migrant_office.ui.widgets.search_field import SearchField

PLACES = [("13123", "Providencia"), ("13101", "Santiago"), ("13119", "Maipú"), ("13126", "Quinta Normal")]


@pytest.fixture
def combo(qtbot):
    made = SearchCombo(PLACES)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(("typed", "value"), [("maipu", "13119"), ("NORMAL", "13126"), ("santiago", "13101")])
def test_a_part_of_a_name_without_accents_is_enough(combo, typed, value, qtbot):
    with qtbot.waitSignal(combo.changed):
        QTest.keyClicks(combo, typed)
        combo._popup.hide()
        combo.editingFinished.emit()
    assert combo.value() == value


def test_what_is_not_in_the_list_is_said_and_chooses_nothing(combo):
    problems: list[str] = []
    combo.problem_changed.connect(problems.append)
    combo.setText("Lima")
    combo.editingFinished.emit()
    assert (combo.value(), combo.text()) == ("", "Lima")
    assert problems[-1]
    combo.clear()
    combo.editingFinished.emit()
    assert problems[-1] == ""


def test_the_list_narrows_and_begins_with_what_begins_so(combo):
    combo._model.narrow("i")
    assert [label for _code, label in combo._model.shown] == ["Providencia", "Santiago", "Maipú", "Quinta Normal"]
    combo._model.narrow("p")
    assert combo._model.shown[0][1] == "Providencia"
    combo.set_value("13119")
    combo.show_all()
    assert combo._popup.currentIndex().data() == "Maipú"
    combo._popup.hide()


def test_search_answers_every_letter(qtbot):
    field = SearchField("Nombre o código")
    qtbot.addWidget(field)
    heard: list[str] = []
    entered: list[list[str]] = []
    moved: list[int] = []
    field.searched.connect(heard.append)
    field.entered.connect(lambda: entered.append(list(heard)))
    field.moved.connect(moved.append)
    QTest.keyClicks(field.edit, "jan")
    assert heard == ["j", "ja", "jan"]
    QTest.keyClick(field.edit, Qt.Key.Key_Return)
    assert entered == [["j", "ja", "jan"]]
    QTest.keyClicks(field.edit, "batis")
    qtbot.waitUntil(lambda: heard[-1] == "janbatis", timeout=2000)
    QTest.keyClick(field.edit, Qt.Key.Key_Down)
    QTest.keyClick(field.edit, Qt.Key.Key_Up)
    assert moved == [1, -1]


def test_escape_empties_then_leaves(qtbot):
    field = SearchField("Nombre")
    qtbot.addWidget(field)
    left = []
    field.left.connect(lambda: left.append(1))
    field.set_text("rose")
    QTest.keyClick(field.edit, Qt.Key.Key_Escape)
    assert (field.text(), left) == ("", [])
    QTest.keyClick(field.edit, Qt.Key.Key_Escape)
    assert left == [1]


def test_a_warning_is_seen_heard_and_taken_away(qtbot):
    field = LabelledField("RUN", LineField(), help_text="Solo si lo muestra")
    qtbot.addWidget(field)
    assert field.field.accessibleName() == "RUN"
    field.warn("No coincide el dígito.")
    assert "No coincide" in field.field.accessibleDescription()
    assert field.field.property("warning") == "true"
    field.warn("")
    assert field.field.accessibleDescription() == "Solo si lo muestra"
    assert field.field.property("warning") == "false"


def test_a_date_warns_through_its_label(qtbot):
    field = LabelledField("Nacimiento", DateField())
    qtbot.addWidget(field)
    QTest.keyClicks(field.field, "31/2/1990")
    assert field.warning() == ""  # not while typing
    QTest.keyClick(field.field, Qt.Key.Key_Return)
    assert field.warning()
    QTest.keyClick(field.field, Qt.Key.Key_Backspace)


def test_the_passphrase_is_hidden_until_asked(qtbot):
    field = PassphraseField()
    qtbot.addWidget(field)
    QTest.keyClicks(field, "secreto")
    assert field.displayText() != "secreto"
    field._eye.click()
    assert field.displayText() == "secreto"


def test_a_button_that_cannot_says_why(qtbot):
    button = Button("Continuar", "primary", shortcut="Ctrl+Return")
    qtbot.addWidget(button)
    button.set_available(False, "Falta elegir un servicio.")
    assert button.toolTip() == button.accessibleDescription() == "Falta elegir un servicio."
    pressed: list[int] = []
    button.clicked.connect(lambda: pressed.append(1))
    button.show()
    with qtbot.waitActive(button):
        button.activateWindow()
    QTest.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pressed == []
    button.set_available(True)
    QTest.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pressed == [1]
    assert button.toolTip() == ""
    button.setText("Seguir")
    assert button.shortcut().toString() == "Ctrl+Return"  # Qt drops it with the text
