"""Surveys by keyboard: one question from the case page, a form, the turned screen, a draft, and the month's figures."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

from migrant_office.app import Window
from migrant_office.models.missing import Missing
from migrant_office.models.office import Office
from migrant_office.models.referral import Outcome, State
from migrant_office.models.survey import Answered, Manner, Scale, SurveyKind, Topic
from migrant_office.models.vault.operation import Done
from migrant_office.services import people, protection, referrals
from migrant_office.services.referrals import Heard
from migrant_office.ui.case_file.case_page import CasePage
from migrant_office.ui.case_file.survey_dialog import SurveyDialog
from migrant_office.ui.intake.intake_page import IntakePage
from migrant_office.ui.month.month_page import MonthPage
from migrant_office.ui.month.surveys_dialog import SurveysDialog
from migrant_office.ui.surveys.ask_dialog import AskDialog
from migrant_office.ui.surveys.satisfaction_dialog import SatisfactionDialog
from migrant_office.ui.today.draft_words import draft_title
from migrant_office.ui.today.today_page import TodayPage
from tests.ui.looking import cut_labels, overlapping, press, settle, squeezed, unnamed, write
from tests.ui.walking import front, open_bare_case, page_of, space_of, until

CTRL = Qt.KeyboardModifier.ControlModifier


def run(window: Window, does: Any) -> None:
    made: list[Any] = []
    space_of(window).operations.run(window, does, made.append)
    until(lambda: made, "written")
    settle(window.operations, 4)


@pytest.fixture
def page(window: Window) -> CasePage:
    """A case whose one referral found somebody work today."""
    page = open_bare_case(window)
    case = page.case_id

    def found_work(office: Office) -> Done:
        (followed,) = people.read_case(office, case).referrals
        return referrals.record_step(office, case, followed, Heard(state=State.COMPLETED, outcome=Outcome.JOB_FOUND))

    run(window, found_work)
    until(lambda: page.surveys.due, "due")
    return page


def whole(page: CasePage) -> Any:
    assert page.case is not None
    return page.case


def open_first(page: CasePage) -> None:
    settle(page.operations, 4)  # a page that reads again makes its rows anew
    page.surveys.row_widgets[0].setFocus()
    press(Qt.Key.Key_Return)


def test_two_keys_keep_an_answer(page: CasePage) -> None:
    open_first(page)
    dialog = front(SatisfactionDialog)
    assert (cut_labels(dialog), squeezed(dialog), overlapping(dialog), unnamed(dialog)) == ([], [], [], [])
    press(Qt.Key.Key_2)
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: whole(page).satisfactions, "kept")
    (told,), (survey,) = whole(page).satisfactions, whole(page).surveys
    assert (told.scale, survey.manner) == (Scale.HIGH, Manner.DESK)
    until(lambda: not page.surveys.due, "asked no more")
    (row,) = page.surveys.row_widgets
    assert "Satisfacción" in row.spec().title
    open_first(page)
    assert "Alta" in " ".join(w.accessibleName() for w in front(SurveyDialog).findChildren(type(page.marks)))


def test_nothing_chosen_is_said_and_silence_is_an_answer(page: CasePage) -> None:
    open_first(page)
    dialog = front(SatisfactionDialog)
    press(Qt.Key.Key_Return, CTRL)
    assert dialog.trouble.isVisible()
    dialog.scale._missing.tiles[0].click()
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: whole(page).surveys, "kept")
    assert whole(page).satisfactions[0].scale is Missing.REFUSED
    assert whole(page).surveys[0].answered is Answered.REFUSED


def test_who_could_not_be_reached_is_asked_again(page: CasePage) -> None:
    open_first(page)
    front(SatisfactionDialog).gone.click()
    until(lambda: whole(page).surveys, "noted")
    assert whole(page).surveys[0].answered is Answered.NOT_REACHED
    until(lambda: page.surveys.due and page.surveys.due[0].tries == 1, "due again")


def test_the_one_question_can_be_shown_to_the_person(window: Window, page: CasePage) -> None:
    open_first(page)
    front(SatisfactionDialog).show_person.click()
    filling = page_of(window, IntakePage)
    until(lambda: filling.views, "form")
    filling.take("/opinion/satisfaction", ["very_high"])  # as the turned screen hands it over
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: space_of(window).current == "case" and whole(page).satisfactions, "kept")
    assert (whole(page).satisfactions[0].scale, whole(page).surveys[0].manner) == (Scale.VERY_HIGH, Manner.SELF)


def test_three_questions_of_a_session_by_keyboard(window: Window, page: CasePage) -> None:
    page.surveys.add_button.setFocus()
    press(Qt.Key.Key_Space)
    front(AskDialog)
    press(Qt.Key.Key_1)  # labour rights, before the session
    press(Qt.Key.Key_Return, CTRL)
    filling = page_of(window, IntakePage)
    until(lambda: filling.views, "form")
    settle(window.operations)
    assert len(filling.views) == 3
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_2):  # all of them right
        press(key)
        press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: space_of(window).current == "case" and whole(page).checks, "kept")
    (check,) = whole(page).checks
    assert (check.topic, check.pre, check.post) == (Topic.LABOUR_RIGHTS, 3, None)


def test_a_follow_up_waits_as_a_draft_and_is_finished(window: Window, page: CasePage) -> None:
    page.surveys.add_button.click()
    dialog = front(AskDialog)
    dialog.what.tiles[-1].click()  # how the job goes
    press(Qt.Key.Key_Return, CTRL)
    filling = page_of(window, IntakePage)
    until(lambda: filling.views, "form")
    filling.views["/job/still_in_job"].setFocus()
    press(Qt.Key.Key_1)
    filling._finish_later()
    today = page_of(window, TodayPage)
    until(lambda: today.shown and any(d.form == "survey_employment" for d in today.shown.drafts), "draft")
    assert today.shown is not None
    draft = next(d for d in today.shown.drafts if d.form == "survey_employment")
    assert draft_title(draft) == "Seguimiento del empleo de Rose Sosa"
    today.intake_wanted.emit(draft)
    until(lambda: filling.draft and filling.draft.id == draft.id and filling.views, "resumed")
    filling.take("/job/situation", ["related_job"])  # as the turned screen hands it over
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: space_of(window).current == "case" and whole(page).surveys, "kept")
    (survey,) = whole(page).surveys
    assert (survey.kind, survey.manner) == (SurveyKind.EMPLOYMENT, Manner.SELF)
    assert whole(page).person.situation == "related_job"


def test_in_creole_the_question_is_creole(window: Window, page: CasePage) -> None:
    space_of(window).choose(language="ht")
    settle(window.operations, 6)
    page.surveys.ask(page.surveys.due[0])
    dialog = front(SatisfactionDialog)
    assert dialog.scale.tiles[0].accessibleName() == "Trè wo"


def test_a_restricted_case_offers_nothing_that_is_due(window: Window, page: CasePage) -> None:
    case = page.case_id
    run(window, lambda office: protection.open_path(office, case, []))
    until(lambda: whole(page).person.restricted, "restricted")
    assert page.surveys.due == ()


def test_the_month_shows_the_share_and_who_was_silent(window: Window, page: CasePage) -> None:
    open_first(page)
    front(SatisfactionDialog)
    press(Qt.Key.Key_1)
    write("")
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: whole(page).satisfactions, "kept")
    month = page_of(window, MonthPage)
    space_of(window).go("month")
    month.after.click()  # the month of today
    until(lambda: month.surveys.results and month.surveys.results.of("")[0].asked, "results")
    (everybody,) = month.surveys.results.of("")  # type: ignore[union-attr]  # waited for
    assert everybody.valid >= 1
    assert str(everybody.share) in month.surveys.chart.accessibleName()
    month.surveys.span.click()
    until(lambda: month.surveys.results and month.surveys.results.first.month == 1, "the whole year")
    month.surveys.more.click()
    dialog = front(SurveysDialog)
    settle(window.operations)
    assert (cut_labels(dialog), squeezed(dialog), unnamed(dialog)) == ([], [], [])
