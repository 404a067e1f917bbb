"""Seguimientos, by the keyboard alone: try, answer, another day, hand over, and what nobody followed."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from migrant_office.models.follow_up import Attempt, AttemptChannel, FollowUp, Handover, Question
from migrant_office.models.office import Office
from migrant_office.models.person import ContactRule
from migrant_office.services import attempts
from migrant_office.services.follow_ups import listing
from migrant_office.services.follow_ups.listing import Group, Line, Wanted
from migrant_office.ui.case_file.step_dialog import StepDialog
from migrant_office.ui.follow_ups.answer_dialog import AnswerDialog
from migrant_office.ui.follow_ups.attempt_dialog import AttemptDialog
from migrant_office.ui.follow_ups.change_dialogs import MoveDialog
from migrant_office.ui.follow_ups.follow_list import line_row
from migrant_office.ui.follow_ups.follow_ups_page import ALL, SUPERVISION, FollowUpsPage
from migrant_office.ui.follow_ups.handover_dialog import HandoverDialog
from migrant_office.ui.operations import Operations
from tests.ui.looking import live, press, settle, write
from tests.ui.walking import front, until

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(qtbot, operations: Operations) -> FollowUpsPage:
    made = FollowUpsPage(operations)
    qtbot.addWidget(made)
    made.resize(1130, 700)
    made.show()
    made.read()
    until(lambda: made.shown is not None and made.chosen() is not None, "Seguimientos")
    made.activateWindow()
    live(30)
    made.take_focus()
    return made


def choose(page: FollowUpsPage, wanted) -> Line:
    """Walk down the list by key until a question is the wanted one."""
    page.list.setFocus()
    for _step in range(200):
        line = page.chosen()
        if line is not None and wanted(line):
            settle(page.operations)
            return line
        press(Qt.Key.Key_Down)
    raise AssertionError("no such question in the list")


def simple(line: Line) -> bool:
    return not line.restricted and line.contact_rule in (None, ContactRule.ANY) and not line.contact_words


def test_the_groups_stand_in_their_order_and_nobody_restricted_by_name(page: FollowUpsPage, office: Office):
    assert page.shown is not None
    counts = page.shown.counts
    assert counts[Group.OVERDUE] > 0
    assert counts[Group.TODAY] > 0
    headings = [page.list.rows.row(n).title for n in range(page.list.rows.rowCount()) if page.list.rows.row(n).heading]
    assert headings == ["Vencidos", "Hoy", *(["Esta semana"] if counts[Group.WEEK] else []), "Después"]
    assert page.list.rows.rowCount() == page.shown.total + len(headings)
    for line in page.shown.first:
        row = line_row(line, page.shown)
        assert row.hint.startswith("¿") or line.question not in set(Question)
        if line.restricted:
            assert (line.name, line.service, row.marks[0].icon) == ("", "", "lock")
            assert line.number in row.title


def test_no_telephone_stands_on_the_page(page: FollowUpsPage, office: Office, operations: Operations):
    phones: list[str] = []
    operations.ask(
        page, lambda o: [p for (p,) in o.vault.read("SELECT phone FROM person WHERE phone <> ''")], phones.extend
    )
    settle(operations)
    assert phones
    shown = " ".join(row.spoken() for row in map(page.list.rows.row, range(page.list.rows.rowCount())))
    shown += " ".join(w.text() for w in page.panel.findChildren(type(page.panel._title)))
    assert not [phone for phone in phones if phone in shown]


def test_a_try_is_recorded_by_keys(page: FollowUpsPage, operations: Operations):
    assert page.shown is not None
    plain = [x for x in page.shown.first if simple(x) and x.follow_up]
    agree: list[str] = []
    operations.ask(page, lambda o: [x.case for x in plain if attempts.allowed(o, o.case(x.case))], agree.extend)
    settle(operations)
    line = choose(page, lambda each: each in plain and each.case in agree)
    press(Qt.Key.Key_T, CTRL)
    dialog = front(AttemptDialog)
    assert dialog.focusWidget() is dialog.channel.tiles[0]
    press(Qt.Key.Key_1)
    dialog.what.tiles[0].setFocus()
    press(Qt.Key.Key_2)
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: QApplication.activeModalWidget() is None, "saved")
    settle(operations)
    told: list[Attempt] = []
    operations.ask(page, lambda o: list(o.case(line.case).all(Attempt).values()), told.extend)
    settle(operations)
    last = max((a for a in told if a.follow_up == line.follow_up), key=lambda a: a.id)
    assert last.channel is AttemptChannel.CALL
    assert all(each.due > line.due for each in page.shown.first if each.key == line.key)


def test_a_way_that_the_rule_forbids_is_not_offered_and_it_says_why(page: FollowUpsPage, operations: Operations):
    ruled = [line for line in page.shown.first if line.contact_rule == ContactRule.WHATSAPP_ONLY]  # type: ignore[union-attr]
    agree: list[str] = []
    operations.ask(page, lambda o: [x.case for x in ruled if attempts.allowed(o, o.case(x.case))], agree.extend)
    settle(operations)
    choose(page, lambda each: each in ruled and each.case in agree)
    press(Qt.Key.Key_T, CTRL)
    dialog = front(AttemptDialog)
    assert "Solo WhatsApp" in dialog.rule.accessibleName(), "the rule is the first thing"
    ways = [tile.code for tile in dialog.channel.tiles]
    assert AttemptChannel.WHATSAPP in ways
    assert not {AttemptChannel.CALL, AttemptChannel.MESSAGE} & set(ways)
    assert "llamada" in dialog.not_offered.text(), "and it says which, and why"
    assert "WhatsApp" in dialog.not_offered.text()
    press(Qt.Key.Key_1)
    dialog.what.tiles[1].click()
    assert dialog.trouble.isHidden()
    dialog.reject()


def test_a_number_that_may_not_be_called_is_not_shown(page: FollowUpsPage):
    choose(page, lambda each: each.contact_rule == ContactRule.ONLY_IN_PERSON)
    page.attempt()
    dialog = front(AttemptDialog)
    assert dialog.reaching.person.phone not in dialog.rule.accessibleName() or not dialog.reaching.person.phone
    dialog.reject()


def test_an_answer_is_written_from_the_list(page: FollowUpsPage, operations: Operations):
    choose(page, lambda each: each.question is Question.OUTCOME)
    press(Qt.Key.Key_Return)
    assert front(StepDialog).isVisible()
    press(Qt.Key.Key_Escape)
    line = choose(page, lambda each: each.question in (Question.JOB_KEPT, Question.BUSINESS, Question.CERTIFICATE))
    press(Qt.Key.Key_Return)
    front(AnswerDialog)
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: QApplication.activeModalWidget() is None, "saved")
    settle(operations)
    assert line.key not in {each.key for each in page.shown.first}  # type: ignore[union-attr]


def test_another_day_is_typed(page: FollowUpsPage, operations: Operations):
    line = choose(page, lambda each: bool(each.follow_up))
    press(Qt.Key.Key_M, CTRL)
    dialog = front(MoveDialog)
    dialog.day.selectAll()
    write("25/12/2026")
    assert "feriado" in dialog.day.accessibleDescription()
    dialog.day.selectAll()
    write("28/12/2026")
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: QApplication.activeModalWidget() is None, "saved")
    settle(operations)
    known: list[FollowUp] = []
    operations.ask(page, lambda o: known.append(o.case(line.case).all(FollowUp)[line.follow_up]), lambda _n: None)
    settle(operations)
    assert str(known[0].due) == "2026-12-28"


def test_work_is_handed_over_and_taken_back(page: FollowUpsPage, operations: Operations):
    assert page.shown is not None
    source, count = next((code, n) for code, n in page.shown.officers if code not in ("", page.shown.mine))
    page.hand_over.click()
    dialog = front(HandoverDialog)
    dialog.source.setCurrentIndex(dialog.source.findData(source))
    until(lambda: dialog.counted.cases, "preview")
    assert dialog.counted.follow_ups >= count
    count_of_cases = dialog.counted.cases
    dialog.agree()
    assert dialog.isVisible(), "without a target nothing is given"
    dialog.target.setCurrentIndex(dialog.target.findData(page.shown.mine))
    dialog.agree()
    assert dialog.note_field.warning(), "nor without a note"
    dialog.note.setPlainText("Vacaciones hasta enero")
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: QApplication.activeModalWidget() is None, "saved")
    settle(operations)
    assert source not in dict(page.shown.officers)
    told: list[Handover] = []

    def notes(office: Office) -> list[Handover]:
        cases = [doc for (doc,) in office.vault.read("SELECT doc FROM handover WHERE source = ?", (source,))]
        return [note for case in cases for note in office.case(case).all(Handover).values()]

    operations.ask(page, notes, told.extend)
    settle(operations)
    assert len([note for note in told if note.note == "Vacaciones hasta enero"]) == count_of_cases


def test_filters_narrow_the_list(page: FollowUpsPage, operations: Operations):
    page.question.setCurrentIndex(page.question.findData(Question.OUTCOME.value))
    page.question.activated.emit(page.question.currentIndex())
    settle(operations)
    assert page.shown is not None
    assert {line.question for line in page.shown.first} == {Question.OUTCOME}
    page.tabs.setCurrentIndex(0)
    settle(operations)
    assert {line.officer for line in page.shown.first} <= {page.shown.mine}


def test_every_number_of_the_supervision_opens_its_list(page: FollowUpsPage, operations: Operations):
    page.tabs.setCurrentIndex(2)
    until(lambda: page.supervision.shown, "sections")
    settle(operations)
    assert page.view == SUPERVISION
    view = page.supervision
    wanted: list[str] = []
    view.case_wanted.connect(wanted.append)
    for section in view.shown:
        for number, figure in enumerate(section.figures):
            rows = [view.figures.rows.row(n) for n in range(view.figures.rows.rowCount())]
            view.figures.choose_row([row.key for row in rows].index(figure))
            settle(operations)
            assert view.cases.rows.rowCount() == min(figure.count, 500), (section.key, number)
    assert view.cases.rows.rowCount() > 0
    view.figures.setFocus()
    press(Qt.Key.Key_Return)
    view.cases.choose_row(0)
    press(Qt.Key.Key_Return)
    assert len(wanted) == 1


def test_a_long_list_is_read_as_it_is_seen(page: FollowUpsPage, operations: Operations):
    assert page.shown is not None
    asked: list[int] = []
    page.list._wanted_page = asked.append
    long = listing.Listing(
        page.shown.day, Wanted(), {**page.shown.counts, Group.LATER: 20_000}, page.shown.first, "1", (), ()
    )
    started = time.perf_counter()
    page.list.show_listing(long)
    live(1)
    assert time.perf_counter() - started < 1
    page.list.choose_row(10_000)
    live(50)
    assert asked, "pages that come into sight are asked for"
    assert len(asked) < 10
    page.tabs.set_current(ALL)
