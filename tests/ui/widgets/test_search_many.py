from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.search_many import SearchMany

COUNTRIES = [("HT", "Haití"), ("PE", "Perú"), ("VE", "Venezuela"), ("BO", "Bolivia")]


@pytest.fixture
def many(qtbot: QtBot, dressed: None) -> SearchMany:
    made = SearchMany(COUNTRIES)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def chosen(many: SearchMany) -> list[str]:
    return [button.text() for button in buttons(many)]


def buttons(many: SearchMany) -> list[Button]:
    found = (many._chosen.itemAt(place) for place in range(many._chosen.count()))
    return [item.widget() for item in found if item is not None]  # type: ignore[misc]  # all of them buttons


def test_what_is_typed_is_chosen_and_the_field_waits_for_the_next(many: SearchMany) -> None:
    heard: list[tuple[str, ...]] = []
    many.changed.connect(heard.append)
    for typed in ("vene", "hait"):
        QTest.keyClicks(many.combo, typed)
        QTest.keyClick(many.combo, Qt.Key.Key_Return)
    assert heard == [("VE",), ("HT", "VE")]
    assert many.combo.text() == ""
    assert chosen(many) == ["Haití", "Venezuela"]


def test_a_button_takes_one_away_and_it_is_offered_again(many: SearchMany) -> None:
    many.set_value(("VE", "HT"))
    next(button for button in buttons(many) if button.text() == "Haití").click()
    assert many.value() == ("VE",)
    QTest.keyClicks(many.combo, "hait")
    QTest.keyClick(many.combo, Qt.Key.Key_Return)
    assert many.value() == ("HT", "VE")


def test_a_code_of_an_older_list_stays(many: SearchMany) -> None:
    many.set_value(("XX", "PE"))
    assert many.value() == ("PE", "XX")
    assert chosen(many) == ["Perú", "XX"]
