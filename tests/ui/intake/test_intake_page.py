"""Ingreso by keyboard: typed answers save themselves, questions appear when they matter, the end opens a case."""

from __future__ import annotations

import json
import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from migrant_office.app import Window
from migrant_office.models.missing import Missing
from migrant_office.models.office import unlock
from migrant_office.models.vault.drafts import Draft
from migrant_office.services import intake, people
from migrant_office.ui.case_file.case_page import CasePage
from migrant_office.ui.intake.intake_page import IntakePage
from migrant_office.ui.intake.question_view import QuestionView
from migrant_office.ui.today.today_page import TodayPage
from migrant_office.ui.widgets.answer_tile import AnswerTile
from tests.factories import PASSPHRASE
from tests.ui.looking import live, press, settle, write
from tests.ui.walking import page_of, space_of, until

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(window: Window) -> IntakePage:
    """A new intake, begun with its key."""
    press(Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    made = page_of(window, IntakePage)
    until(lambda: made.filling is not None and made.views, "intake")
    live(120)
    return made


def view(page: IntakePage, name: str) -> QuestionView:
    return next(v for v in page.views.values() if v.question.name == name)


def drafts(window: Window) -> list[Draft]:
    found: list[list[Draft]] = []
    assert window.operations is not None
    window.operations.ask(window, intake.waiting, found.append)
    until(lambda: found, "drafts")
    return found[0]


def test_the_first_question_has_the_focus_and_typing_is_on_disk_within_a_second(window: Window, page: IntakePage):
    before = {draft.id for draft in drafts(window)}
    started = time.monotonic()
    write("Rose")
    until(lambda: page.draft is not None and page.draft.saved_at, "draft")
    assert time.monotonic() - started < 1.0
    (made,) = [draft for draft in drafts(window) if draft.id not in before]
    assert made.title == "Rose"
    assert "Rose" in json.loads(made.body).__repr__()
    assert "Rose" in page.header._title.text()


def test_the_whole_form_goes_by_keys(window: Window, page: IntakePage):
    """Names typed, tiles by number, every step by Ctrl+Intro; the case opens with what was said."""
    case = page_of(window, CasePage)
    write("Rose")
    press(Qt.Key.Key_Tab)
    write("Desir")
    for _step in range(40):
        if isinstance(QApplication.focusWidget(), AnswerTile):
            break
        press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_2)  # Haitian Creole
    for _step in range(len(page.pages())):
        last = page.page
        press(Qt.Key.Key_Return, CTRL)
        until(lambda last=last: page.filling is None or page.page != last, "next step")
        live(120)
    until(lambda: case.case is not None, "case")
    assert case.case is not None
    person = case.case.person
    assert (person.given, person.surname, person.language) == ("Rose", "Desir", "ht")
    assert person.sex is Missing.NOT_ASKED, "what was not asked is stored as not asked"
    assert space_of(window).current == "case"


def test_a_question_appears_only_when_an_earlier_answer_makes_it_matter(page: IntakePage):
    language, other = view(page, "language"), view(page, "language_other")
    assert other.isHidden()
    assert language.tiles is not None
    chosen = next(tile for tile in language.tiles.tiles if tile.code == "other")
    chosen.click()
    assert not other.isHidden()
    chosen.click()
    assert other.isHidden()


def test_the_missing_answers_count_as_answered_and_are_told_apart(page: IntakePage):
    assert page.filling is not None
    page._show_page(1)
    question = view(page, "birth_date")
    assert question.missing is not None
    before, _asked = page.filling.progress()
    question.missing.tiles[0].click()
    assert page.filling.progress()[0] == before + 1
    assert page.filling.cell(question.addr).missing is Missing.REFUSED
    question.missing.tiles[1].click()
    assert page.filling.cell(question.addr).missing is Missing.UNKNOWN


def test_locking_keeps_what_was_just_typed(qtbot, window: Window, page: IntakePage):
    write("Marie-Flore")
    press(Qt.Key.Key_L, CTRL)
    until(lambda: window.workspace is None, "lock")
    assert window.lock is not None
    write(PASSPHRASE)
    press(Qt.Key.Key_Return)
    until(lambda: window.workspace is not None, "unlocked")
    today = page_of(window, TodayPage)
    until(lambda: today.shown is not None, "Hoy")
    assert today.shown is not None
    draft = next(d for d in today.shown.drafts if d.title == "Marie-Flore")
    today._open(draft)
    again = page_of(window, IntakePage)
    until(lambda: again.views, "intake")
    labelled = view(again, "given").labelled
    assert labelled is not None
    assert isinstance(labelled.field, QLineEdit)
    assert labelled.field.text() == "Marie-Flore"


def test_closing_the_window_keeps_what_was_just_typed(window: Window, page: IntakePage):
    write("Yolette")
    folder = window.folder
    window.close()
    office = unlock(folder, PASSPHRASE)
    assert "Yolette" in {draft.title for draft in intake.waiting(office)}
    office.close()


def test_going_elsewhere_keeps_it_and_hoy_already_shows_it(window: Window, page: IntakePage):
    write("Nadege")
    press(Qt.Key.Key_1, CTRL)
    live(120)
    today = page_of(window, TodayPage)
    until(lambda: today.shown is not None and "Nadege" in {d.title for d in today.shown.drafts}, "draft on Hoy")


def test_steps_are_reached_in_any_order_and_say_what_is_missing(page: IntakePage):
    write("Rose")
    page.steps.chosen.emit("3")
    assert page.page == 3
    page.steps.chosen.emit("0")
    labelled = view(page, "given").labelled
    assert labelled is not None
    assert labelled.field.text() == "Rose"  # type: ignore[attr-defined]  # a line of text
    first = page.steps._steps[0]
    assert "1" in first.spec.hint


def test_another_language_keeps_the_answers(window: Window, page: IntakePage):
    write("Rose")
    space_of(window).choose(language="ht")
    live(30)
    labelled = view(page, "given").labelled
    assert labelled is not None
    assert labelled.field.text() == "Rose"  # type: ignore[attr-defined]  # a line of text
    assert "non" in labelled.field.accessibleName()


def test_a_refused_ending_keeps_everything(window: Window, page: IntakePage, monkeypatch: pytest.MonkeyPatch):
    """The disk refuses: nothing of the form goes, the draft stays, the sentence is shown."""
    from migrant_office.errors import StorageFailed
    from migrant_office.i18n import N_

    def full(*_args: object, **_told: object) -> None:
        raise StorageFailed(N_("The disk is full. Make room, then try again."))

    write("Rose")
    page.save_now()
    settle(window.operations)
    monkeypatch.setattr(intake, "complete", full)
    page._complete()
    until(lambda: space_of(window).toast.isVisible(), "sentence")
    assert page.filling is not None
    assert page.forward.isEnabled()
    assert "Rose" in {draft.title for draft in drafts(window)}


def test_typing_stays_swift(page: IntakePage):
    """The steps and the help are told at every key: a hundred letters under three seconds even on a slow machine."""
    started = time.perf_counter()
    write("a" * 100)
    assert time.perf_counter() - started < 3.0


def test_the_case_that_is_opened_can_be_found_at_once(window: Window, page: IntakePage):
    write("Zenaida")
    page._complete()
    until(lambda: space_of(window).current == "case", "case")
    found: list[list[people.PersonLine]] = []
    assert window.operations is not None
    window.operations.ask(window, lambda office: people.search(office, "zenai"), found.append)
    until(lambda: found, "search")
    assert found[0][0].name == "Zenaida"  # the newest; the demo may have others


def test_tab_brings_the_whole_question_into_sight(window: Window, page: IntakePage):
    """The words of a question and all its answers: half of a row of tiles says nothing."""
    for _step in range(9):
        press(Qt.Key.Key_Tab)
        live(20)
        focus = QApplication.focusWidget()
        here = next((v for v in page.views.values() if focus and v.isAncestorOf(focus)), None)
        if here is None:
            break
        seen = here.visibleRegion().boundingRect()
        assert seen.height() == here.height(), here.question.name


def test_a_draft_goes_on_at_the_step_where_it_stopped(window: Window, page: IntakePage):
    write("Rose")
    page._show_page(2)
    children = next(iter(page.views.values()))
    children.answered.emit(children.addr, "2")
    page.save_now()
    settle(window.operations)
    draft = page.draft
    assert draft is not None
    space_of(window).start_intake(None)
    until(lambda: page.draft is not None and page.draft.id != draft.id and page.page == 0, "another intake")
    space_of(window).start_intake(draft)
    until(lambda: page.draft is not None and page.draft.id == draft.id, "draft")
    assert page.page == 2
    assert page.saved.accessibleName(), "no empty plate: when it was saved"


def test_steps_are_numbers_where_the_questions_need_the_room(window: Window, page: IntakePage):
    """At 1280 and 130 % the column of words left the questions a third of the window."""
    window.resize(1366, 768)
    live(80)
    wide = page.steps.width()
    space_of(window).choose(scale=130)
    window.resize(1280, 720)
    live(120)
    assert page.steps.width() < wide / 2
    assert page.area.width() > window.width() / 2
    step = page.steps._steps[1]
    assert "0 de 6" in step.toolTip(), "what is not written there is told"
    space_of(window).choose(scale=100)
    window.resize(1366, 768)
    live(120)
    assert (page.steps.width(), page.steps._steps[1].toolTip()) == (wide, "")
