"""The turned screen by keys, mouse and touch: every kind of question is answered, and nothing of the case is on it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from migrant_office import i18n
from migrant_office.i18n import Translator
from migrant_office.models.forms.answers import Answer
from migrant_office.models.missing import Missing
from migrant_office.ui.person_mode.fields import LargeLine, WrittenAnswer, read_time, shown, stored
from migrant_office.ui.person_mode.foot import GO_ON, REFUSED
from migrant_office.ui.person_mode.grid import TileGrid
from migrant_office.ui.person_mode.long_list import LongList
from migrant_office.ui.person_mode.screen import THANKS, PersonMode, Thanks
from migrant_office.ui.person_mode.tile import FacingTile
from tests.ui.looking import live, press, write
from tests.ui.person_mode.conftest import Turned

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def answer(mode: PersonMode, name: str) -> Answer:
    cell = mode.filling.cell(mode.filling.form.question(name).addr)
    return cell.missing or cell.value


def grid(mode: PersonMode) -> TileGrid:
    assert isinstance(mode.body, TileGrid)
    return mode.body


def tile(mode: PersonMode, code: str) -> FacingTile:
    return next(tile for tile in grid(mode).tiles if tile.offer.code == code)


def touch(target: QWidget, finger: QPointingDevice) -> None:
    for act in ("press", "release"):
        event = QTest.touchEvent(target, finger, False)
        getattr(event, act)(0, target.rect().center(), target)
        event.commit()
        live(20)


def texts(mode: PersonMode) -> str:
    return "\n".join(each.accessibleName() for each in mode.findChildren(QWidget) if each.isVisibleTo(mode))


def test_the_question_stands_in_both_languages(turned: Turned):
    mode = turned("needs")
    left, right = mode.head.columns
    assert (left.name.text(), right.name.text()) == ("ESPAÑOL", "KREYÒL AYISYEN")
    assert (left.question.text(), right.question.text()) == ("¿Qué necesita hoy?", "Kisa ou bezwen jodi a?")
    assert tile(mode, "work").accessibleName() == "Trabajo · Travay"
    assert Translator("ht").gettext(REFUSED) in mode.foot.refuse.accessibleName()
    assert mode.foot.unreviewed.isVisible()


def test_it_speaks_spanish_and_creole_whatever_the_office_speaks(turned: Turned):
    i18n.set_language("en")
    mode = turned("needs")
    assert mode.foot.on.accessibleName() == f"{Translator('es').gettext(GO_ON)} · {Translator('ht').gettext(GO_ON)}"


def test_who_speaks_spanish_sees_one_column_and_english_is_shown_when_chosen(turned: Turned):
    mode = turned("interpreter", {"language": "es"})
    assert not mode.head.columns[1].isVisible()
    assert tile(mode, "yes").accessibleName() == "Sí"
    assert not mode.foot.unreviewed.isVisible()
    english = turned("interpreter", {"language": "en"})
    assert english.head.columns[1].question.text() == "Do you need an interpreter?"


def test_the_language_said_on_the_screen_counts_from_the_next_question_on(turned: Turned):
    mode = turned("language")
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_Return)
    assert not mode.head.columns[1].isVisible()


def test_number_keys_choose_and_take_back_and_enter_goes_on(turned: Turned):
    mode = turned("needs")
    for key in (Qt.Key.Key_3, Qt.Key.Key_1, Qt.Key.Key_8, Qt.Key.Key_8):
        press(key)
    assert answer(mode, "needs") == "work school"
    assert tile(mode, "school").isChecked()
    press(Qt.Key.Key_Return)
    assert mode.walk.here.endswith("/interpreter")
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_2)
    assert answer(mode, "interpreter") == "no", "one answer takes the place of the other"


def test_a_finger_answers_goes_on_and_comes_back(turned: Turned):
    mode = turned("needs", size=(790, 590))  # the screen without a display has 800 x 600, and no finger beyond
    mode.move(0, 0)
    finger = QTest.createTouchDevice()
    for target in (tile(mode, "health"), mode.foot.on):
        touch(target, finger)
    assert answer(mode, "needs") == "health"
    assert mode.walk.here.endswith("/interpreter")
    QTest.mouseClick(mode.foot.back, Qt.MouseButton.LeftButton)
    assert mode.walk.here.endswith("/needs")
    assert tile(mode, "health").isChecked()


def test_nine_prefers_not_zero_does_not_know_and_both_are_taken_back(turned: Turned):
    mode = turned("needs", {"needs": ["work"]})
    press(Qt.Key.Key_9)
    assert answer(mode, "needs") is Missing.REFUSED
    assert mode.foot.refuse.isChecked()
    assert not tile(mode, "work").isChecked()
    press(Qt.Key.Key_0)
    assert answer(mode, "needs") is Missing.UNKNOWN
    assert not mode.foot.refuse.isChecked()
    press(Qt.Key.Key_0)
    assert answer(mode, "needs") == ""
    press(Qt.Key.Key_9)
    press(Qt.Key.Key_2)
    assert answer(mode, "needs") == "health"
    assert not mode.foot.refuse.isChecked()


def test_more_than_eight_answers_come_in_pages_and_all_can_be_reached(turned: Turned):
    mode = turned("papers", {"papers": ["p2"]})
    seen = set()
    for _page in range(4):
        seen |= {tile.offer.code for tile in grid(mode).tiles}
        last = grid(mode).tiles[-1]
        assert last.number == grid(mode)._per_page, "more has the same key on every page"
        QTest.keyClicks(mode.body, str(last.number))
    assert {f"p{number}" for number in range(1, 13)} < seen
    press(Qt.Key.Key_PageDown)
    press(Qt.Key.Key_PageUp)
    press(Qt.Key.Key_1)
    chosen = str(answer(mode, "papers")).split()
    assert "p2" in chosen
    assert len(chosen) == 2


def test_arrows_move_and_space_chooses(turned: Turned):
    mode = turned("needs")
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Space):
        press(key)
    assert answer(mode, "needs") == "food"
    press(Qt.Key.Key_Backspace)
    assert mode.walk.here.endswith("/needs"), "there is nothing behind the first"


def test_a_long_list_narrows_by_typing_and_enter_chooses_then_goes_on(turned: Turned):
    mode = turned("place")
    assert isinstance(mode.body, LongList)
    write("nuno")
    press(Qt.Key.Key_Return)
    assert answer(mode, "place") == "c19"
    assert mode.body.line.text() == ""
    press(Qt.Key.Key_Return)
    assert mode.walk.here.endswith("/gender")


def test_a_long_list_by_arrows_and_by_mouse(turned: Turned):
    mode = turned("place", {"place": "c24"})
    live(30)
    body = mode.body
    assert isinstance(body, LongList)
    assert body.view.visualRect(body._rows.index(24)).intersects(body.view.viewport().rect()), "what is chosen shows"
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert answer(mode, "place") == "c1"
    where = body.view.visualRect(body._rows.index(2)).center()
    QTest.mouseClick(body.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert answer(mode, "place") == "c2"
    QTest.mouseClick(body.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert answer(mode, "place") == ""


def test_in_a_field_digits_are_digits_and_the_two_ways_stay_by_hand(turned: Turned):
    mode = turned("age")
    write("90")
    assert answer(mode, "age") == "90"
    press(Qt.Key.Key_Backspace)
    assert answer(mode, "age") == "9"
    mode.foot.refuse.click()
    assert answer(mode, "age") is Missing.REFUSED
    assert isinstance(mode.body, WrittenAnswer)
    assert isinstance(mode.body.field, LargeLine)
    assert mode.body.field.text() == ""
    mode.body.take_focus()
    write("7")
    assert answer(mode, "age") == "7"
    assert not mode.foot.refuse.isChecked()


def test_an_answer_that_breaks_a_rule_is_told_in_both_languages_and_stops_nobody(turned: Turned):
    mode = turned("age")
    write("200")
    assert isinstance(mode.body, WrittenAnswer)
    told = mode.body.told
    assert told._first.text() != told._other.text()
    assert "" not in (told._first.text(), told._other.text())
    press(Qt.Key.Key_Return)
    assert not mode.walk.here.endswith("/age")
    assert answer(mode, "age") == "200"


def test_a_date_by_touch_is_read_back_in_both_languages(turned: Turned):
    mode = turned("birth")
    assert isinstance(mode.body, WrittenAnswer)
    assert mode.body.keypad is not None
    keys = {key.accessibleName(): key for key in mode.body.keypad.findChildren(QWidget)}
    for letter in "3/5/19900":
        QTest.mouseClick(keys[letter], Qt.MouseButton.LeftButton)
    QTest.mouseClick(mode.body.keypad.erase, Qt.MouseButton.LeftButton)
    assert answer(mode, "birth") == "1990-05-03"
    assert mode.body.told._first.text() == "jueves 3 de mayo de 1990"
    assert mode.body.told._other.text() == "jedi 3 me 1990"
    assert isinstance(mode.body.field, LargeLine)
    assert mode.body.field.text() == "3/5/1990", "what is being typed is left alone"


def test_an_unclear_date_is_kept_as_it_was_typed(turned: Turned):
    mode = turned("birth")
    write("mayo 90")
    assert answer(mode, "birth") == "mayo 90"
    assert isinstance(mode.body, WrittenAnswer)
    assert mode.body.told._first.text()


def test_a_text_of_several_lines_goes_on_with_ctrl_enter(turned: Turned):
    mode = turned("story")
    write("uno")
    press(Qt.Key.Key_Return)
    write("dos")
    assert answer(mode, "story") == "uno\ndos"
    press(Qt.Key.Key_Return, CTRL)
    assert not mode.walk.here.endswith("/story")


def test_a_note_is_read_and_has_no_answer(turned: Turned):
    mode = turned("read")
    assert not mode.foot.refuse.isVisible()
    press(Qt.Key.Key_9)
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_Return)
    assert not mode.walk.here.endswith("/read")


def test_what_nobody_translated_shows_spanish_with_a_mark(turned: Turned):
    mode = turned("hours")
    column = mode.head.columns[1]
    assert column.question.text() == mode.head.columns[0].question.text()
    assert column.why.isVisible()
    assert not mode.head.columns[0].why.isVisible()
    papers = turned("papers")
    for _page in range(3):
        borrowed = [tile for tile in grid(papers).tiles if tile.offer.code == "p9"]
        if borrowed:
            break
        grid(papers).turn()
    assert borrowed[0]._lines() == ("Carné de vacunas", "Carné de vacunas (es)")


def test_the_end_thanks_and_waits(turned: Turned):
    mode = turned("hours", {"birth": "1990-05-03"})
    for _step in range(12):
        press(Qt.Key.Key_Return)
    assert isinstance(mode.body, Thanks)
    assert mode.head.columns[0].question.text() == Translator("es").gettext(THANKS)
    assert mode.head.columns[1].question.text() == Translator("ht").gettext(THANKS)
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_Return)
    assert isinstance(mode.body, Thanks)
    press(Qt.Key.Key_Left, ALT)
    assert not isinstance(mode.body, Thanks)


def test_a_key_held_down_does_not_run_through_the_questions(turned: Turned):
    mode = turned("needs")
    for _again in range(5):
        held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True)
        QApplication.sendEvent(mode.body, held)
    assert mode.walk.here.endswith("/needs")


@pytest.mark.parametrize("name", ["given", "story", "place"])
def test_nothing_is_pasted_from_the_clipboard(turned: Turned, name: str):
    """It may hold the name or the papers of whoever came before."""
    QApplication.clipboard().setText("Otra Persona")
    mode = turned(name)
    press(Qt.Key.Key_V, CTRL)
    press(Qt.Key.Key_Insert, Qt.KeyboardModifier.ShiftModifier)
    field = QApplication.focusWidget()
    assert field is not None
    QTest.mouseClick(field, Qt.MouseButton.MiddleButton)
    assert answer(mode, name) == ""
    assert "Otra" not in texts(mode)


def test_no_tooltip_and_no_menu_anywhere(turned: Turned):
    for name in ("needs", "place", "birth", "story"):
        mode = turned(name)
        assert [each for each in mode.findChildren(QWidget) if each.toolTip()] == []
        fields = mode.findChildren(LargeLine)
        assert all(field.contextMenuPolicy() is Qt.ContextMenuPolicy.NoContextMenu for field in fields)


@pytest.mark.parametrize(
    ("typed", "read"),
    [("9:30", "09:30"), ("930", "09:30"), ("9h30", "09:30"), ("14", "14:00"), ("2530", ""), ("9:70", ""), ("a", "")],
)
def test_hours_as_people_write_them(typed: str, read: str):
    assert read_time(typed) == read
    assert stored("time", typed) == (read or typed)


def test_figures_and_days_are_kept_one_way_and_shown_the_country_s():
    assert stored("decimal", "2,5") == "2.5"
    assert shown("decimal", "2.5", ",") == "2,5"
    assert shown("date", "1990-05-03") == "03/05/1990"
    assert shown("date", "mayo 90") == "mayo 90"


def test_another_language_can_be_chosen_on_the_screen_and_what_was_answered_stays(turned: Turned):
    mode = turned("interpreter", {"interpreter": "yes"})
    seen = [mode.speech.second]
    for _round in range(3):
        mode.foot.language.click()
        seen.append(mode.speech.second)
    assert seen == ["ht", "en", "", "ht"]
    assert tile(mode, "yes").isChecked()
    mode.foot.language.click()
    press(Qt.Key.Key_Return)
    assert mode.speech.second == "en", "it holds for the questions that follow"


def test_the_language_that_the_person_says_goes_before_the_one_of_the_button(turned: Turned):
    mode = turned("language")
    mode.foot.language.click()
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_Return)
    assert mode.speech.second == ""


def test_enter_presses_back_but_never_takes_back_a_missing_answer(turned: Turned):
    mode = turned("needs")
    press(Qt.Key.Key_Return)
    mode.foot.back.setFocus()
    press(Qt.Key.Key_Return)
    assert mode.walk.here.endswith("/needs")
    QTest.mouseClick(mode.foot.refuse, Qt.MouseButton.LeftButton)
    press(Qt.Key.Key_Return)
    assert answer(mode, "needs") is Missing.REFUSED
    assert mode.walk.here.endswith("/interpreter")
