"""F8 in the real window: nothing of the office behind it answers, what is said is on disk, only the officer leaves."""

from __future__ import annotations

import json
import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from migrant_office.app import TITLE, Window
from migrant_office.i18n import _
from migrant_office.models.office import unlock
from migrant_office.models.vault.drafts import Draft
from migrant_office.services import intake
from migrant_office.ui.intake.intake_page import IntakePage
from migrant_office.ui.person_mode import leaving
from migrant_office.ui.person_mode.leaving import LONGEST_WAIT, wait_after
from migrant_office.ui.person_mode.screen import PersonMode
from tests.factories import PASSPHRASE
from tests.ui.looking import activate, live, press, settle, write
from tests.ui.walking import page_of, space_of, until

NO, CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
WORKSPACE_KEYS = [
    *((key, CTRL) for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5)),
    *((getattr(Qt.Key, f"Key_{letter}"), CTRL) for letter in "KRZNDPLMFQ"),
    (Qt.Key.Key_Z, CTRL | SHIFT),
    (Qt.Key.Key_6, ALT),
    *((getattr(Qt.Key, f"Key_F{number}"), NO) for number in range(1, 12)),
    (Qt.Key.Key_F6, SHIFT),
    (Qt.Key.Key_Menu, NO),
]


@pytest.fixture
def page(window: Window) -> IntakePage:
    """A new intake with a name typed, which the turned screen must not show on other questions."""
    press(Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    made = page_of(window, IntakePage)
    until(lambda: made.filling is not None and made.views, "intake")
    live(120)
    return made


@pytest.fixture
def mode(window: Window, page: IntakePage) -> PersonMode:
    press(Qt.Key.Key_F8)
    made = window.stack.currentWidget()
    assert isinstance(made, PersonMode)
    return made


def drafts(window: Window) -> list[Draft]:
    found: list[list[Draft]] = []
    assert window.operations is not None
    window.operations.ask(window, intake.waiting, found.append)
    until(lambda: found, "drafts")
    return found[0]


def given(window: Window) -> set[str]:
    return {str(draft.title) for draft in drafts(window)}


def leave_with(mode: PersonMode, passphrase: str) -> None:
    write(passphrase)
    press(Qt.Key.Key_Return)
    until(lambda: not mode.leaving._checking, "checked")
    live(20)


def test_it_begins_at_the_question_in_focus_and_shows_nothing_else(window: Window, page: IntakePage):
    write("Rose")
    press(Qt.Key.Key_Tab)
    here = page.here
    press(Qt.Key.Key_F8)
    mode = window.stack.currentWidget()
    assert isinstance(mode, PersonMode)
    assert mode.walk.here == here
    seen = [each for each in window.findChildren(QWidget) if each.isVisible()]
    assert all(each is mode or mode.isAncestorOf(each) or each.isAncestorOf(mode) for each in seen)
    assert "Rose" not in "\n".join(f"{each.accessibleName()}{each.toolTip()}" for each in seen)
    assert window.windowTitle() == TITLE
    assert mode.size() == window.size()


def test_the_keys_of_the_workspace_do_nothing(window: Window, mode: PersonMode):
    write("Rose")
    until(lambda: "Rose" in given(window), "draft")
    before = len(drafts(window)), space_of(window).current, mode.walk.here
    for key, modifier in WORKSPACE_KEYS:
        press(key, modifier)
        assert window.stack.currentWidget() is mode
        assert QApplication.activePopupWidget() is None
        assert QApplication.activeModalWidget() is None
    assert (len(drafts(window)), space_of(window).current, mode.walk.here) == before


def test_what_the_workspace_says_is_not_seen(window: Window, mode: PersonMode):
    mode.setFocus()
    live(30)
    before = window.grab().toImage()
    space_of(window).say("Rose Desir")
    live(50)
    assert window.grab().toImage() == before


def test_an_answer_is_on_disk_within_a_second(window: Window, mode: PersonMode):
    started = time.monotonic()
    write("Rose")
    until(lambda: "Rose" in given(window), "draft")
    assert time.monotonic() - started < 1.5


def test_esc_asks_and_the_passphrase_brings_the_intake_back_where_the_person_was(
    window: Window, page: IntakePage, mode: PersonMode
):
    write("Rose")
    press(Qt.Key.Key_Return)
    write("Desir")
    last = mode.walk.here
    press(Qt.Key.Key_Escape)
    assert mode.leaving.isVisible()
    assert mode.leaving.field.echoMode() is mode.leaving.field.EchoMode.Password
    leave_with(mode, PASSPHRASE)
    until(lambda: window.stack.currentWidget() is window.workspace, "workspace")
    activate(window)
    view = page.views[last]
    assert view.labelled is not None
    assert view.labelled.field.text() == "Desir"  # type: ignore[attr-defined]  # a line of text
    assert view.isAncestorOf(QApplication.focusWidget() or window)
    assert window.stack.count() == 1, "nothing of the turned screen stays"


def test_a_wrong_passphrase_makes_one_wait_longer_each_time(window: Window, mode: PersonMode):
    press(Qt.Key.Key_Escape)
    leave_with(mode, "no es esta")
    assert window.stack.currentWidget() is mode
    assert not mode.leaving.field.isEnabled()
    assert mode.leaving.field.text() == ""
    press(Qt.Key.Key_Escape)
    assert not mode.leaving.isVisible()
    press(Qt.Key.Key_Escape)
    assert not mode.leaving.field.isEnabled(), "going away and coming back does not shorten it"
    until(lambda: mode.leaving.field.isEnabled(), "end of the wait")
    leave_with(mode, "ni esta")
    assert mode.leaving._rest() == 2
    mode.leaving.try_it()
    assert not mode.leaving._checking, "nothing is tried meanwhile"
    until(lambda: mode.leaving.field.isEnabled(), "end of the second wait")
    assert mode.leaving.field.hasFocus()
    leave_with(mode, PASSPHRASE)
    until(lambda: window.stack.currentWidget() is window.workspace, "workspace")


def test_waits_double_up_to_a_minute():
    assert [wait_after(tries) for tries in range(9)] == [0, 1, 2, 4, 8, 16, 32, LONGEST_WAIT, LONGEST_WAIT]


def test_an_empty_passphrase_is_asked_for(mode: PersonMode):
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Return)
    assert mode.leaving.labelled.warning() == _("Write the passphrase.")
    assert mode.leaving.field.isEnabled()


def test_untouched_it_goes_back_to_the_question_with_nothing_typed(
    window: Window, page: IntakePage, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(leaving, "FORGET_AFTER_MS", 100)
    press(Qt.Key.Key_F8)
    mode = window.stack.currentWidget()
    assert isinstance(mode, PersonMode)
    mode.foot.staff.click()
    write("mi fra")
    live(200)
    assert not mode.leaving.isVisible()
    assert mode.leaving.field.text() == ""
    assert window.stack.currentWidget() is mode


def test_who_goes_back_while_it_is_checked_stays_on_the_questions(window: Window, mode: PersonMode):
    press(Qt.Key.Key_Escape)
    write(PASSPHRASE)
    mode.leaving.try_it()
    mode.leaving.back.click()
    settle(window.operations)
    live(50)
    assert window.stack.currentWidget() is mode
    assert not mode.leaving.isVisible()


def test_a_lock_in_the_middle_loses_nothing_and_shows_nothing(window: Window, mode: PersonMode):
    write("Marie-Flore")
    window.close_office(lock=True)
    live(30)
    assert window.stack.count() == 1
    assert window.stack.currentWidget() is window.lock
    assert window.lock is not None
    window.lock.unlock_with(PASSPHRASE)
    until(lambda: window.workspace is not None, "workspace")
    assert "Marie-Flore" in given(window)


def test_closing_in_the_middle_loses_nothing(window: Window, mode: PersonMode):
    write("Yolette")
    window.close()
    office = unlock(window.folder, PASSPHRASE)
    bodies = [json.loads(draft.body) for draft in intake.waiting(office)]
    office.close()
    assert any("Yolette" in repr(body) for body in bodies)


def test_the_whole_form_can_be_walked_without_an_answer(window: Window, page: IntakePage, mode: PersonMode):
    """Every question of the city's own intake is shown; the end comes; nothing was written into the answers."""
    assert page.filling is not None
    before = page.filling.snapshot()
    shown = 0
    while mode.walk.here:
        shown += 1
        mode.go_on()
        live(1)
    assert shown >= len(page.filling.form.pages)
    assert page.filling.snapshot() == before
