"""The rapid path by keys: Tab, Enter, Esc, and the one that prints."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from migrant_office.app import Window
from migrant_office.i18n import _
from migrant_office.models.restricted import Sign
from migrant_office.services import protection
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


def test_the_key_to_print_says_why_nothing_is_printed(window: Window):
    page = open_referred_case(window)
    heard: list[str] = []
    page.said.connect(heard.append)
    assert window.operations is not None
    case = page.case_id
    window.operations.run(page, lambda office: protection.open_path(office, case, {Sign.DANGER}))
    until(lambda: page.case is not None and page.case.person.restricted, "restricted")
    settle(window.operations)
    heard.clear()
    press(Qt.Key.Key_P, CTRL)
    assert heard == [_("This case is restricted: nothing of it is printed.")]
    assert QApplication.activeModalWidget() is None
