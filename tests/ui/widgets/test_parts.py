"""Navigation, steps, flow, toast and charts: what they tell and where they put things."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from migrant_office.ui.theme.apply import theme
from migrant_office.ui.widgets import painting
from migrant_office.ui.widgets.bar_chart import Bar, BarChart
from migrant_office.ui.widgets.chart import grid_steps
from migrant_office.ui.widgets.flow_layout import FlowLayout
from migrant_office.ui.widgets.keys import key_words
from migrant_office.ui.widgets.marks import Chip, MarkSpec
from migrant_office.ui.widgets.navigation import SideNavigation
from migrant_office.ui.widgets.protected_table import Protected, ProtectedTable
from migrant_office.ui.widgets.row import ListRow, RowSpec
from migrant_office.ui.widgets.steps import Steps, StepSpec
from migrant_office.ui.widgets.toast import Toast
from tests.ui.widgets.gallery_frame import PLACES


def test_navigation_by_key_and_its_width(qtbot, qapp):
    theme().choose("light", 100)
    side = SideNavigation("Oficina", "Santiago", PLACES)
    qtbot.addWidget(side)
    side.show()
    with qtbot.waitActive(side):
        side.activateWindow()
    heard: list[str] = []
    locked: list[int] = []
    side.chosen.connect(heard.append)
    side.lock_requested.connect(lambda: locked.append(1))
    QTest.keyClick(side, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(side, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert (heard, locked) == (["month"], [1])
    small = side.width()
    theme().choose("light", 130)
    assert side.width() > small
    side.set_compact(True)
    assert side.width() < 100
    assert side._buttons[0].toolTip().startswith("Hoy")
    theme().choose("light", 100)


def test_steps_keep_the_focus_when_they_change(qtbot):
    steps = Steps("Pasos")
    qtbot.addWidget(steps)
    specs = [StepSpec("a", "Contacto"), StepSpec("b", "Identidad", "Falta el apellido", "attention")]
    steps.set_steps(specs, "a")
    steps.show()
    with qtbot.waitActive(steps):
        steps.activateWindow()
    steps._steps[1].setFocus()
    heard: list[str] = []
    steps.chosen.connect(heard.append)
    QTest.keyClick(steps._steps[1], Qt.Key.Key_Space)
    assert heard == ["b"]
    steps.set_steps(specs, "b")
    assert steps._steps[1].hasFocus()
    assert "Falta el apellido" in steps._steps[1].accessibleDescription()


@given(st.lists(st.integers(1, 60), min_size=1, max_size=12), st.integers(80, 900), st.booleans())
def test_flow_keeps_everything_inside_and_apart(lengths, width, fill):
    holder = QWidget()
    flow = FlowLayout(holder, fill=fill)
    chips = [Chip("x" * length, "ok") for length in lengths]
    for chip in chips:
        flow.addWidget(chip)
    height = flow.heightForWidth(width)
    flow.setGeometry(QRect(0, 0, width, height))
    areas = [chip.geometry() for chip in chips]
    assert all(QRect(0, 0, width, height).contains(area) for area in areas)
    assert not any(one.intersects(other) for at, one in enumerate(areas) for other in areas[at + 1 :])


def test_marks_of_a_narrow_row_go_below(qtbot):
    row = ListRow(RowSpec(1, "Marie-Flore Jean-Baptiste", marks=(MarkSpec("Kreyòl · intérprete"), MarkSpec("18 min"))))
    qtbot.addWidget(row)
    assert row.heightForWidth(300) > row.heightForWidth(700)


def test_a_toast_speaks_and_goes(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    window.show()
    toast = Toast(window)
    heard: list[int] = []
    toast.action.connect(lambda: heard.append(1))
    toast.say("Guardado.", action="Deshacer")
    assert toast.isVisible()
    assert toast.accessibleName() == "Guardado."
    assert window.rect().contains(toast.geometry())
    toast._action.click()
    assert heard == [1]
    assert not toast.isVisible()
    toast._timer.setInterval(10)
    toast.say("Otra vez.")
    qtbot.waitUntil(lambda: not toast.isVisible(), timeout=2000)


@given(st.floats(0.001, 1e9))
def test_an_axis_has_round_steps_from_zero(highest):
    steps = grid_steps(highest)
    assert steps[0] == 0
    assert 2 <= len(steps) <= 4
    assert steps[-1] >= highest
    if highest >= 1:
        assert steps[-1] <= 3.5 * highest or highest < 2


def test_a_chart_is_its_table_in_words(qtbot):
    chart = BarChart(
        "Vivienda es lo que más falta", "Necesidades, 44", [Bar("Vivienda", 1700), Bar("Trabajo", 7, "2 %")]
    )
    qtbot.addWidget(chart)
    assert chart.table()[1:] == [("Vivienda", "1.700"), ("Trabajo", "7 2 %")]
    assert chart.accessibleName() == "Vivienda es lo que más falta"
    assert "Vivienda: 1.700" in chart.accessibleDescription()


def test_a_protected_cell_is_c_and_never_its_figure(qtbot):
    table = ProtectedTable("Lo que sale", [Protected("Con discapacidad", None), Protected("Todas", 110, 112)])
    qtbot.addWidget(table)
    assert table.table()[1] == ("Con discapacidad", "c", "")
    assert table.table()[2] == ("Todas", "110", "112")


@pytest.mark.parametrize(
    ("shortcut", "words"), [("Ctrl+K", "Ctrl K"), ("Ctrl+Return", "Ctrl Intro"), ("Shift+F6", "Mayús F6")]
)
def test_keys_in_words(shortcut, words):
    assert key_words(shortcut) == words


def test_labels_of_a_protected_table_have_room_where_it_is_narrowest(qtbot):
    theme().choose("light", 100)
    labels = ("Moun ki te resevwa sèvis", "Referans")
    table = ProtectedTable("Sa ki soti", [Protected(label, 35, 35) for label in labels])
    qtbot.addWidget(table)
    table.show()
    table.resize(table.minimumSizeHint().width(), table.sizeHint().height())
    font = table.font_of("hint")
    narrowest = max(painting.width_of(font, word) for label in labels for word in label.split())
    head = table.metrics_.px(32)
    assert (table.plot.height() - head) / len(labels) >= painting.wrapped_height(font, labels[0], narrowest)
