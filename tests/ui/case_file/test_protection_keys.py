"""The rapid path by Tab, Enter and Esc."""

from __future__ import annotations

from PySide6.QtCore import Qt

from migrant_office.app import Window
from migrant_office.ui.case_file.protection_dialog import ProtectionDialog
from tests.ui.looking import press, settle
from tests.ui.walking import front, open_referred_case, until

CTRL = Qt.KeyboardModifier.ControlModifier


def test_the_steps_are_reached_by_tab_and_the_page_stays_at_its_head(window: Window):
    page = open_referred_case(window)
    page.tools_.path.setFocus()
    press(Qt.Key.Key_Return)
    dialog = front(ProtectionDialog)
    until(lambda: dialog.known is not None, "checklist")
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_Escape)
    assert not dialog.trouble.isHidden(), "a sign that was chosen is something to lose"
    for _step in range(3):
        press(Qt.Key.Key_Tab)
    assert dialog.focusWidget() is next(iter(dialog.steps.ticks.values()))
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: page.case is not None and page.case.person.restricted, "restricted")
    settle(window.operations)
    assert window.focusWidget() is page.encounter
