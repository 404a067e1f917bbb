import pytest
from PySide6.QtGui import QTextDocument

from migrant_office.ui.widgets.tips import tip


@pytest.mark.parametrize("name", ["<b>Rosa</b>", "<img src=x>", "Rosa & Luis", "1 < 2", "", "Jean-Baptiste"])
def test_a_name_is_shown_letter_for_letter(name: str) -> None:
    shown = QTextDocument()
    shown.setHtml(tip(name)) if tip(name) != name else shown.setPlainText(name)
    assert shown.toPlainText() == name
