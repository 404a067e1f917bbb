"""The five answers of a slip: each asks for what it needs, beside the field, and tells the page what was written."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from migrant_office.app import Window
from migrant_office.models.referral import Cancellation, Outcome, Rejection, State
from migrant_office.models.slip import grouped
from migrant_office.ui import words
from migrant_office.ui.case_file import history
from migrant_office.ui.case_file.case_page import CasePage
from migrant_office.ui.case_file.step_dialog import StepDialog
from tests.factories import DAY, a_step
from tests.ui.looking import cut_labels, press, settle, squeezed, unnamed
from tests.ui.walking import front, open_bare_case, until


@pytest.fixture
def page(window: Window) -> CasePage:
    return open_bare_case(window)


@pytest.fixture
def dialog(page: CasePage) -> StepDialog:
    assert page.case is not None
    page._step(page.case.referrals[0].referral.id)
    return front(StepDialog)


def choose(dialog: StepDialog, state: State) -> None:
    tile = next(tile for tile in dialog.state.tiles if tile.code == state.value)
    dialog.state.tiles[0].setFocus()
    press(Qt.Key(Qt.Key.Key_0.value + tile.number))
    settle(dialog.operations)


def shown(dialog: StepDialog) -> set[str]:
    fields = {
        "appointment": dialog.appointment_field,
        "hour": dialog.hour_field,
        "rejection": dialog.rejection_field,
        "outcome": dialog.outcome_field,
        "reason": dialog.reason_field,
        "cancellation": dialog.cancellation_field,
        "due": dialog.due_field,
        "who": dialog.who_field,
    }
    return {name for name, field in fields.items() if field.isVisibleTo(dialog)}


def saved(page: CasePage, dialog: StepDialog) -> Any:
    heard: list[Any] = []
    dialog.heard.connect(heard.append)
    dialog.agree()
    until(lambda: heard, "written")
    until(lambda: page.case is not None and page.case.referrals[0].steps, "on the page")
    return heard[0]


def test_the_five_answers_of_the_slip_are_the_first_five_keys(dialog: StepDialog):
    assert [tile.code for tile in dialog.state.tiles][:5] == [
        "accepted",
        "rejected",
        "in-progress",
        "failed",
        "completed",
    ]
    assert [tile.number for tile in dialog.state.tiles] == list(range(1, 10))
    assert shown(dialog) == set()


@pytest.mark.parametrize(
    ("state", "fields"),
    [
        (State.ACCEPTED, {"appointment", "hour", "due", "who"}),
        (State.REJECTED, {"rejection", "who"}),
        (State.IN_PROGRESS, {"due", "who"}),
        (State.FAILED, {"who"}),
        (State.COMPLETED, {"outcome", "who"}),
        (State.REQUESTED, {"due"}),
        (State.CANCELLED, {"cancellation"}),
        (State.MISTAKE, set()),
    ],
)
def test_each_answer_asks_only_for_what_it_needs(dialog: StepDialog, state: State, fields: set[str]):
    choose(dialog, state)
    assert shown(dialog) == fields
    assert not cut_labels(dialog)
    assert not squeezed(dialog)
    assert not unnamed(dialog)


def test_a_rejection_says_why(page: CasePage, dialog: StepDialog):
    choose(dialog, State.REJECTED)
    dialog.agree()
    until(lambda: dialog.rejection_field.warning(), "the reason is asked for")
    assert dialog.focusWidget() is dialog.rejection
    dialog.rejection.setCurrentIndex(dialog.rejection.findData(Rejection.FULL.value))
    dialog.who.setText("Ana, recepción")
    step = saved(page, dialog)
    assert (step.state, step.rejection, step.answered_by) == (State.REJECTED, Rejection.FULL, "Ana, recepción")


def test_a_cancellation_says_why(page: CasePage, dialog: StepDialog):
    choose(dialog, State.CANCELLED)
    dialog.agree()
    until(lambda: dialog.cancellation_field.warning(), "the reason is asked for")
    dialog.cancellation.setCurrentIndex(dialog.cancellation.findData(Cancellation.SOLVED.value))
    assert saved(page, dialog).cancellation is Cancellation.SOLVED


def test_an_hour_that_is_none_is_said_beside_it(page: CasePage, dialog: StepDialog):
    choose(dialog, State.ACCEPTED)
    dialog.hour.setText("a las nueve")
    dialog.agree()
    until(lambda: dialog.hour_field.warning(), "said")
    assert QApplication.activeModalWidget() is dialog


def test_a_day_that_is_none_is_said_beside_it(dialog: StepDialog):
    choose(dialog, State.ACCEPTED)
    dialog.appointment.setText("31/2")
    dialog.appointment.textEdited.emit("31/2")
    dialog.agree()
    assert dialog.appointment_field.warning()
    assert QApplication.activeModalWidget() is dialog


def test_the_day_to_ask_again_follows_the_appointment_until_somebody_writes_one(dialog: StepDialog):
    choose(dialog, State.ACCEPTED)
    for written, proposed in (("27/11/2026", "2026-11-30"), ("24/11/2026", "2026-11-25")):
        dialog.appointment.setText(written)
        dialog.appointment.textEdited.emit(written)
        assert dialog.due.value() == proposed
    dialog.due.setText("10/12/2026")
    dialog.due.textEdited.emit("10/12/2026")
    dialog.appointment.setText("25/11/2026")
    dialog.appointment.textEdited.emit("25/11/2026")
    assert dialog.due.value() == "2026-12-10"


def test_the_results_are_those_of_the_kind_of_service(page: CasePage, dialog: StepDialog):
    offered = [dialog.outcome.itemData(at) for at in range(dialog.outcome.count())]
    assert offered[0] == Outcome.JOB_FOUND.value
    assert Outcome.COMPETENT.value not in offered
    dialog.reject()
    assert page.case is not None
    followed = page.case.referrals[0]
    course = replace(followed, referral=replace(followed.referral, area="certification", need=None))
    other = StepDialog(page.operations, page.case_id, course, "x", page)
    offered = [other.outcome.itemData(at) for at in range(other.outcome.count())]
    assert offered[:3] == [Outcome.COMPETENT.value, Outcome.NOT_YET_COMPETENT.value, Outcome.RESULT_PENDING.value]
    other.reject()


# how it reads


def test_a_row_says_state_next_day_and_code(page: CasePage):
    assert page.case is not None
    followed = page.case.referrals[0]
    hint = words.referral_hint(followed, "Municipalidad")
    assert hint.startswith(grouped(followed.referral.slip))
    marks = words.referral_marks(followed, followed.referral.made)
    assert [mark.icon for mark in marks] == ["send", "calendar-event"]
    asked = replace(followed, steps=(a_step(followed.referral.id, state=State.REQUESTED),))
    assert words.referral_marks(asked, DAY)[0].icon == "phone-off"
    assert "arrow-back-up" in [mark.icon for mark in words.referral_marks(replace(followed, unfounded=True), DAY)]


def test_the_history_shows_a_step_that_came_too_late(page: CasePage):
    assert page.case is not None
    followed = page.case.referrals[0]
    late = a_step(followed.referral.id, state=State.REJECTED, rejection=Rejection.WAIT, officer="2")
    with_it = replace(page.case, referrals=(replace(followed, steps=(late,), out=frozenset({late.id})),))
    event = next(event for event in history.events(with_it, {}) if event.key == late.id)
    assert event.icon == "clock-exclamation"
    assert words.coded(Rejection.WAIT) in event.hint
    assert event.hint.endswith(history.by("2"))
