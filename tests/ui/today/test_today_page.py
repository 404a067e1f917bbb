"""Hoy: what waits, what leaves it, and what can be thrown away after a question."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from migrant_office import clock
from migrant_office.i18n import _
from migrant_office.models.mobility import DocumentState, HeldDocument
from migrant_office.models.office import Office, new_id
from migrant_office.models.person import ContactRule
from migrant_office.models.referral import Outcome, State
from migrant_office.services import intake, papers, people, referrals
from migrant_office.services.referrals import Heard
from migrant_office.ui.operations import Operations
from migrant_office.ui.today.discard_dialog import DiscardDialog
from migrant_office.ui.today.today_page import TodayPage, due_row, greeting
from migrant_office.ui.widgets.button import IconButton
from migrant_office.ui.widgets.empty_state import EmptyState
from migrant_office.ui.widgets.row import ListRow
from tests.ui.looking import live, press, settle
from tests.ui.walking import front, until


@pytest.fixture
def page(qtbot, operations: Operations) -> TodayPage:
    made = TodayPage(operations)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    made.read()
    until(lambda: made.shown is not None, "Hoy")
    return made


def titles(page: TodayPage) -> list[str]:
    return [row.spec().title for row in page.due.findChildren(ListRow) if not row.isHidden()]


def test_follow_ups_stand_with_their_safe_contact_and_the_longest_overdue_first(page: TodayPage):
    assert page.shown is not None
    due = page.shown.due
    assert [item.due for item in due] == sorted(item.due for item in due)
    open_ = [item for item in due if not item.restricted]  # of a restricted case the lock stands first
    ruled = next(item for item in open_ if item.contact_rule and item.contact_rule is not ContactRule.ANY)
    marks = due_row(ruled, page.shown).marks
    assert marks[0].icon == "shield-check"
    assert marks[0].text
    folios = [_("Case file {number}").format(number=item.number) for item in due]
    assert titles(page) == [item.name or folio for item, folio in zip(due, folios, strict=True)]


def test_an_answered_referral_leaves_hoy(page: TodayPage, office: Office, operations: Operations):
    assert page.shown is not None
    item, before = page.shown.due[0], page.shown.due_count
    followed = next(f for f in people.read_case(office, item.case).referrals if f.referral.id == item.referral)
    heard = Heard(state=State.COMPLETED, outcome=Outcome.ATTENDED, drop_out=None, due=None, note="")
    operations.run(page, lambda office: referrals.record_step(office, item.case, followed, heard))
    until(lambda: page.shown is not None and page.shown.due_count == before - 1, "Hoy again")
    assert item.referral not in {other.referral for other in page.shown.due}


def test_the_question_stands_under_the_name(page: TodayPage):
    assert page.shown is not None
    item = next(item for item in page.shown.due if item.service)
    assert due_row(item, page.shown).hint.startswith(_(item.question.label) + "  ·  " + item.service)


def test_all_of_them_are_on_a_page_of_their_own(page: TodayPage):
    wanted: list[str] = []
    page.place_wanted.connect(wanted.append)
    page.due.link_clicked.emit()
    assert wanted == ["follow_ups"]


def discard_button(page: TodayPage) -> IconButton:
    return next(b for b in page.drafts.findChildren(IconButton) if not b.isHidden())


def test_a_draft_goes_only_after_a_question(page: TodayPage, office: Office, operations: Operations):
    before = [draft.id for draft in intake.waiting(office)]
    discard_button(page).click()
    dialog = front(DiscardDialog)
    assert dialog.focusWidget() is dialog.cancel, "a hasty Enter keeps it"
    press(Qt.Key.Key_Return)
    settle(operations)
    assert [draft.id for draft in intake.waiting(office)] == before

    discard_button(page).click()
    said: list[str] = []
    page.said.connect(said.append)
    press_primary(front(DiscardDialog))
    until(lambda: said, "word")
    settle(operations)
    assert [draft.id for draft in intake.waiting(office)] == before[1:]
    assert page.shown is not None
    assert [draft.id for draft in page.shown.drafts] == before[1:]


def press_primary(dialog: DiscardDialog) -> None:
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    live(150)  # a shortcut plays a pressed button for a tenth of a second


def test_a_draft_goes_on_where_it_was_left(page: TodayPage):
    wanted: list[object] = []
    page.intake_wanted.connect(wanted.append)
    row = page.drafts.findChildren(ListRow)[0]
    row.click()
    assert page.shown is not None
    assert wanted == [page.shown.drafts[0]]


def test_an_empty_day_says_what_will_appear(qtbot, desk: Office, dressed: None):
    operations = Operations(desk)
    page = TodayPage(operations)
    qtbot.addWidget(page)
    page.read()
    until(lambda: page.shown is not None, "Hoy")
    words = [state.accessibleName() for state in page.findChildren(EmptyState)]
    assert len(words) == 2
    assert all(len(text.split()) > 6 for text in words)
    assert not any("error" in text.lower() or "datos" in text.lower() for text in words)
    operations.stop()


@pytest.mark.parametrize(("hour", "said"), [(9, "Buenos días"), (14, "Buenas tardes"), (20, "Buenas noches")])
def test_the_greeting_follows_the_clock(dressed: None, hour: int, said: str):
    assert greeting(clock.now().astimezone().replace(hour=hour)) == said


def test_papers_that_end_stand_with_their_day_and_lead_to_the_case(page: TodayPage, operations: Operations):
    settle(operations)
    assert page.shown is not None
    case = page.shown.due[0].case
    ended = clock.today() - timedelta(days=papers.LATER)  # the first of all: it ended longest ago
    paper = HeldDocument(id=new_id(), kind="passport", state=DocumentState.HAS, expires=ended)
    operations.run(page, lambda office: papers.put_paper(office, case, paper), lambda _done: None)
    settle(operations)
    page.read()
    until(lambda: not page.expiring.isHidden(), "papers")
    row = next(row for row in page.expiring.findChildren(ListRow) if row.spec().key == case)
    assert row.spec().marks[0].icon == "alert-triangle"
    wanted: list[str] = []
    page.case_wanted.connect(wanted.append)
    row.click()
    assert wanted == [case]
