"""The theme dresses the application: typeface, palette and sheet, at every text scale."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QLineEdit

from migrant_office.ui.theme import fonts
from migrant_office.ui.theme.apply import theme
from migrant_office.ui.theme.metrics import ROLES, SCALES
from migrant_office.ui.theme.sheet import style_sheet
from migrant_office.ui.theme.tokens import THEMES


@pytest.fixture
def look(qapp):
    yield theme()
    theme().choose("light", 100)


@pytest.mark.parametrize("name", THEMES)
def test_palette_and_sheet_are_both_set(name, look, qapp):
    look.choose(name, 100)
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(look.tokens.window)
    assert qapp.palette().color(QPalette.ColorRole.Link) == QColor(look.tokens.blue)
    assert look.tokens.surface in qapp.styleSheet()
    assert "{" not in style_sheet(look.tokens, look.metrics).replace("{ ", "").replace("{\n", "")


def test_the_typefaces_are_ours_in_regular_and_bold(look):
    look.choose("light", 100)
    for family in (fonts.FAMILY, "Andika"):
        assert {"Regular", "Bold"} <= set(QFontDatabase.styles(family))
    for role in ROLES:
        assert QFontInfo(look.font(role)).family() == fonts.FAMILY


@pytest.mark.parametrize("scale", SCALES)
def test_letters_and_heights_grow_together(scale, look, qtbot):
    look.choose("light", scale)
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    assert look.font("body").pointSizeF() == pytest.approx(11 * scale / 100)
    assert field.sizeHint().height() == pytest.approx(40 * scale / 100, abs=1)


def test_an_unknown_scale_is_refused(look):
    with pytest.raises(ValueError, match="110"):
        look.choose("light", 110)


def test_a_change_is_told(look, qtbot):
    with qtbot.waitSignal(look.changed, timeout=1000):
        look.choose("dark", 130)
