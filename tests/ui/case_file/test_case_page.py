"""Expediente: what is seen first, and the acts that begin there, by keyboard."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication

from migrant_office.app import Window
from migrant_office.models.missing import Missing
from migrant_office.models.person import ContactRule, Language
from migrant_office.models.referral import Outcome, State
from migrant_office.ui import words
from migrant_office.ui.case_file import history
from migrant_office.ui.case_file.case_page import CasePage
from migrant_office.ui.case_file.encounter_dialog import EncounterDialog
from migrant_office.ui.case_file.facts import contact_mark
from migrant_office.ui.case_file.happened_card import NEWEST
from migrant_office.ui.case_file.note_dialog import NoteDialog
from migrant_office.ui.case_file.refer_dialog import ReferDialog
from migrant_office.ui.case_file.step_dialog import StepDialog
from migrant_office.ui.widgets.marks import Chip
from migrant_office.ui.widgets.row import ListRow
from migrant_office.ui.widgets.text import Text
from migrant_office.ui.widgets.timeline import EventSpec
from tests.ui.looking import live, press, settle, write
from tests.ui.walking import close, front, open_bare_case, open_referred_case, sheet_in_front, space_of, until

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(window: Window) -> CasePage:
    return open_referred_case(window)


def chord(key: Qt.Key) -> None:
    press(key, CTRL)
    live(130)  # Qt plays a pressed button for a tenth of a second


def test_a_phone_never_stands_without_the_rule_for_it(page: CasePage):
    assert page.case is not None
    person = replace(page.case.person, phone="+56 9 5555 0000")
    for rule in (ContactRule.WHATSAPP_ONLY, ContactRule.NO_MESSAGES, Missing.NOT_ASKED, Missing.REFUSED):
        page.facts.show_case(replace(page.case, person=replace(person, contact_rule=rule)))
        live(30)
        chips = [chip for chip in page.facts.findChildren(Chip) if not chip.isHidden()]
        assert [chip.spec().icon for chip in chips] == ["shield-check"], rule
    page.facts.show_case(replace(page.case, person=replace(person, contact_rule=ContactRule.ANY)))
    live(30)
    assert contact_mark(replace(person, contact_rule=ContactRule.ANY)) is None
    assert [chip for chip in page.facts.findChildren(Chip) if not chip.isHidden()] == []


def test_safe_contact_comes_before_language(page: CasePage):
    assert page.case is not None
    person = replace(page.case.person, contact_rule=ContactRule.ONLY_IN_PERSON, language=Language.HT, interpreter=True)
    assert [mark.icon for mark in words.person_marks(person)] == ["shield-check", "language"]


def test_an_attention_is_recorded_by_keys(page: CasePage):
    assert page.case is not None
    before = len(page.case.encounters)
    chord(Qt.Key.Key_N)
    dialog = front(EncounterDialog)
    assert dialog.focusWidget() is dialog.note
    write("Pregunta por su cita")
    chord(Qt.Key.Key_Return)
    until(lambda: page.case is not None and len(page.case.encounters) == before + 1, "attention")
    assert page.case.encounters[-1].note or page.case.encounters[0].note
    assert QApplication.activeModalWidget() is None


def test_a_written_note_is_not_lost_by_one_hasty_escape_and_can_be_read_again(page: CasePage):
    chord(Qt.Key.Key_N)
    dialog = front(EncounterDialog)
    write("Viene con su hija")
    press(Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert not dialog.trouble.isHidden()
    chord(Qt.Key.Key_Return)
    until(lambda: page.case is not None and any(e.note == "Viene con su hija" for e in page.case.encounters), "note")
    assert page.case is not None
    written = next(e for e in page.case.encounters if e.note == "Viene con su hija")
    until(lambda: QApplication.activeModalWidget() is None, "closed")
    page.timeline.opened.emit(written.id)
    note = front(NoteDialog)
    assert "Viene con su hija" in [text.text() for text in note.findChildren(Text)]
    press(Qt.Key.Key_Escape)
    live(30)
    assert QApplication.activeModalWidget() is None


def test_a_service_is_chosen_by_typing_and_its_sheet_opens(page: CasePage):
    assert page.case is not None
    before = {f.referral.id for f in page.case.referrals}
    chord(Qt.Key.Key_D)
    dialog = front(ReferDialog)
    until(lambda: dialog.lines, "catalogue")
    dialog.need.setCurrentIndex(0)
    assert dialog.focusWidget() is dialog.service
    name = dialog.lines[0].name
    write(name[: len(name) // 2].encode("ascii", "ignore").decode())
    press(Qt.Key.Key_Escape)  # the list of the field
    assert dialog.isVisible()
    dialog.service.setText(dialog.service._model.all[0][1])
    press(Qt.Key.Key_Return)
    until(lambda: dialog.chosen is not None, "service")
    assert dialog.isVisible(), "Enter in a line presses no button"
    assert dialog.due.value(), "the usual day is proposed"
    chord(Qt.Key.Key_Return)
    sheet = sheet_in_front()
    assert sheet.pdf.startswith(b"%PDF")
    assert sheet.width() <= page.window().width()
    sheet.reject()
    until(lambda: page.case is not None and len(page.case.referrals) == len(before) + 1, "referral")


def test_a_dialog_that_fits_has_no_bar(page: CasePage, window: Window):
    """A bar that came too early takes width, a hint wraps for it, and then the bar is needed."""
    window.resize(1366, 768)
    page.refer.click()
    dialog = front(ReferDialog)
    until(lambda: dialog.lines, "services")
    live(80)
    assert dialog.height() < window.height() - 64
    assert dialog._area.verticalScrollBar().maximum() == 0
    dialog.reject()


def test_a_service_that_nobody_confirmed_lately_warns_before_somebody_is_sent(page: CasePage):
    page.refer.click()
    dialog = front(ReferDialog)
    until(lambda: dialog.lines, "catalogue")
    for due in (True, False):
        line = next(line for line in dialog.lines if line.due is due)
        dialog._choose(line.id)
        until(lambda line=line: dialog.chosen is not None and dialog.chosen.id == line.id, "service")
        assert bool(dialog.service_field.warning()) is due
    dialog.reject()


def test_a_referral_needs_a_service_and_says_so_beside_the_field(page: CasePage, window: Window):
    page.refer.click()
    dialog = front(ReferDialog)
    until(lambda: dialog.lines, "catalogue")
    dialog.agree()
    assert dialog.service_field.warning()
    assert dialog.focusWidget() is dialog.service
    dialog.chosen = object()  # type: ignore[assignment]  # the day is looked at before it is used
    dialog.due.setText("31/2")
    dialog.due.textEdited.emit("31/2")
    dialog.agree()
    assert dialog.due_field.warning()
    close(window)


def test_a_follow_up_by_numbers(page: CasePage):
    assert page.case is not None
    page._step_due()
    dialog = front(StepDialog)
    assert dialog.focusWidget() is dialog.state.tiles[0]
    dialog.agree()
    assert not dialog.trouble.isHidden(), "it asks for the state before it writes"
    completed = next(tile for tile in dialog.state.tiles if tile.code == State.COMPLETED)
    press(Qt.Key(Qt.Key.Key_0.value + completed.number))
    assert dialog.trouble.isHidden()
    assert not dialog.outcome_field.isHidden()
    dialog.outcome.setCurrentIndex(dialog.outcome.findData(Outcome.DROPPED_OUT.value))
    assert not dialog.reason_field.isHidden()
    chord(Qt.Key.Key_Return)
    until(lambda: dialog.reason_field.warning() or not dialog.trouble.isHidden(), "the reason is asked for")
    dialog.outcome.setCurrentIndex(dialog.outcome.findData(Outcome.ATTENDED.value))
    referral = dialog.followed.referral.id
    chord(Qt.Key.Key_Return)
    until(
        lambda: (
            page.case is not None
            and next(f for f in page.case.referrals if f.referral.id == referral).outcome == Outcome.ATTENDED
        ),
        "outcome",
    )


def test_the_sheet_is_printed_again_by_key_and_pages_stand_side_by_side(page: CasePage, window: Window):
    chord(Qt.Key.Key_P)
    sheet = sheet_in_front()
    assert sheet._area.horizontalScrollBar().maximum() == 0
    assert sheet.width() <= 1366
    press(Qt.Key.Key_Escape)
    live(30)
    assert QApplication.activeModalWidget() is None


def test_the_focus_stays_on_a_referral_that_was_followed_up(page: CasePage, window: Window):
    row = page.referral_rows[0]
    row.setFocus()
    key = row.spec().key
    page.read()
    settle(window.operations, 3)
    focus = QApplication.focusWidget()
    assert isinstance(focus, ListRow)
    assert focus.spec().key == key
    assert focus is not row


def test_a_title_shows_no_name_of_a_person(page: CasePage, window: Window):
    assert page.case is not None
    assert window.windowTitle() == "migrant_office"
    page.encounter.click()
    assert front(EncounterDialog).windowTitle() == "migrant_office"
    close(window)
    assert space_of(window).current == "case"


def test_what_ended_without_its_purpose_does_not_look_like_a_success():
    for outcome in (Outcome.NOT_SERVED, Outcome.DROPPED_OUT, Outcome.NOT_YET_COMPETENT, Outcome.RESULT_PENDING):
        mark = words.state_mark(State.COMPLETED, outcome)
        assert mark.tone == "warn", outcome
        assert mark.text == words.coded(outcome)
    assert words.state_mark(State.COMPLETED, Outcome.ATTENDED).tone == "ok"
    assert words.state_mark(State.REJECTED, Outcome.NOT_SERVED).tone == "bad"


def test_an_empty_card_is_only_its_way_to_add_something(window: Window):
    page = open_bare_case(window)
    card = page.papers
    assert card.row_widgets == []
    assert [text for text in card.findChildren(Text) if text.isVisible()] == []
    assert card.add_button.toolTip() == card.add_button.accessibleDescription() != ""
    assert card.accessibleName(), "a screen reader still says which card it is"
    assert page.referrals.height() > card.height()


def test_what_an_officer_needs_first_stands_first(window: Window):
    page = open_bare_case(window)
    open_ = (page.due, page.referrals, page.needs, page.pathways, page.facts)
    tops = [card.mapTo(page, card.rect().topLeft()).y() for card in open_]
    assert tops == sorted(tops)


def test_a_long_history_shows_the_newest_and_opens_in_place(page: CasePage):
    events = [EventSpec(number, "1 ene", "phone", f"Llamada {number}") for number in range(NEWEST + 3)]

    def shown() -> list[str]:
        live(30)
        return [b.accessibleName() for b in page.timeline.findChildren(QAbstractButton) if not b.isHidden()]

    page.happened.show_events("a", events)
    assert len(shown()) == NEWEST
    page.happened.link_clicked.emit()
    assert len(shown()) == NEWEST + 3
    page.happened.show_events("a", events)
    assert len(shown()) == NEWEST + 3, "a write elsewhere does not fold it"
    page.happened.show_events("b", events)
    assert len(shown()) == NEWEST, "another case begins folded"
    page.happened.show_events("b", events[:2])
    page.happened.link_clicked.emit()
    assert len(shown()) == 2


def test_officers_read_the_same_everywhere():
    assert words.officer("1", "1") == words.officer("Carolina Soto", "Carolina Soto")
    assert words.officer("Carolina Soto", "1") == "Carolina Soto"
    assert "2" in words.officer("2", "1")
    assert history.by("") == ""
    assert history.by("Carolina Soto", "1") == "Carolina Soto"
