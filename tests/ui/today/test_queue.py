"""The queue on Hoy: numbers taken and called by keyboard, and where the work goes on."""

from __future__ import annotations

import time
from datetime import timedelta

import pypdfium2 as pdfium
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from migrant_office import clock, i18n
from migrant_office.app import Window
from migrant_office.i18n import _
from migrant_office.models.office import Office
from migrant_office.models.queue import Priority, TicketState
from migrant_office.models.sheet_print import SheetKind
from migrant_office.services import agenda, people, queue
from migrant_office.services.agenda import AppointmentLine
from migrant_office.services.intake import QUICK
from migrant_office.services.queue import Queue, TicketLine, Wish
from migrant_office.ui.booking.appointment_dialog import AppointmentDialog
from migrant_office.ui.case_file.case_page import CasePage
from migrant_office.ui.intake.intake_page import IntakePage
from migrant_office.ui.operations import Operations
from migrant_office.ui.page import IntakeWish
from migrant_office.ui.paper.paper_dialog import PaperDialog
from migrant_office.ui.today.call_dialog import CallDialog
from migrant_office.ui.today.numbers_dialog import NumbersDialog
from migrant_office.ui.today.queue_card import row_of
from migrant_office.ui.today.take_dialog import TakeDialog
from migrant_office.ui.today.today_page import TodayPage
from tests.ui.looking import activate, cut_labels, live, overlapping, press, settle, squeezed, unnamed, write
from tests.ui.walking import front, page_of, space_of, until

S = TicketState
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(qtbot, operations: Operations) -> TodayPage:
    made = TodayPage(operations)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    made.read()
    until(lambda: made.shown is not None and made.queue.queue is not None, "Hoy")
    activate(made)
    return made


def shown(page: TodayPage) -> Queue:
    assert page.queue.queue is not None
    return page.queue.queue


def first(page: TodayPage) -> TicketLine:
    line = shown(page).next
    assert line is not None
    return line


def held(page: TodayPage, id: str) -> TicketLine:
    line = shown(page).line(id)
    assert line is not None
    return line


def appointments(page: TodayPage) -> tuple[AppointmentLine, ...]:
    assert page.agenda.lines is not None
    return page.agenda.lines


def waiting(page: TodayPage) -> list[str]:
    return [line.number for line in shown(page).waiting]


def press_button(dialog, text: str) -> None:
    button = next(b for b in dialog.findChildren(QAbstractButton) if b.text() == text)
    button.click()


def call(page: TodayPage, ticket: str) -> None:
    """Out of turn, from its row; the question whether she is there follows."""
    page.queue.open(ticket)
    front(CallDialog)
    press(Qt.Key.Key_Return)
    until(lambda: any(one.id == ticket for one in shown(page).at_desks), "called")
    until(lambda: front(CallDialog).line.state is S.CALLED, "asked whether she is there")


def empty_queue(operations: Operations, page: TodayPage) -> None:
    """Everybody leaves; who is called or attended too."""

    def leave(office: Office):
        found = queue.today(office)
        for line in (*found.at_desks, *found.waiting):
            done = queue.move(office, line.id, S.LEFT)
        return done

    operations.run(page, leave)
    until(lambda: waiting(page) == [], "nobody waits")


def test_f9_is_the_next_in_the_queue_or_somebody_new(page: TodayPage, operations: Operations):
    number = waiting(page)[0]
    assert page.start.text() == _("Attend the next: {number}").format(number=number)
    assert not page.queue.without.isHidden()
    empty_queue(operations, page)
    assert page.start.text() == _("Attend a new person")
    assert page.queue.without.isHidden()
    wishes: list[object] = []
    page.intake_wanted.connect(wishes.append)
    press(Qt.Key.Key_F9)
    assert wishes == [IntakeWish()]


def test_a_number_in_two_keys(page: TodayPage):
    before = len(waiting(page))
    said: list[str] = []
    page.said.connect(said.append)
    started = time.perf_counter()
    press(Qt.Key.Key_T, CTRL)
    front(TakeDialog)
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: len(waiting(page)) == before + 1, "a number more")
    assert time.perf_counter() - started < 5
    number = waiting(page)[-1]
    assert number in said[0]
    row = page.queue.row_widgets[-1].spec()
    assert (row.title, row.anchor) == (_("Person not registered"), number)


def test_a_number_for_a_known_person_by_keyboard(page: TodayPage, office: Office):
    known = next(line for line in people.recent(office, 60) if not line.restricted)
    press(Qt.Key.Key_T, CTRL)
    dialog = front(TakeDialog)
    write(known.number)
    until(lambda: dialog.finder.person() is not None, "the person")
    found = dialog.finder.person()
    assert found is not None
    assert found.id == known.id
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: any(line.case == known.id for line in shown(page).waiting), "her number")


def test_words_that_name_nobody_give_no_number_by_mistake(page: TodayPage):
    before = waiting(page)
    press(Qt.Key.Key_T, CTRL)
    dialog = front(TakeDialog)
    write("zzzz")
    settle(page.operations)
    press(Qt.Key.Key_Return, CTRL)
    assert dialog.isVisible()
    assert dialog.finder.field.warning()
    assert waiting(page) == before
    dialog.close()


def test_f9_and_enter_open_the_case_of_the_next(page: TodayPage):
    line = first(page)
    assert line.case
    cases: list[str] = []
    page.case_wanted.connect(cases.append)
    press(Qt.Key.Key_F9)
    front(CallDialog)
    assert [one.state for one in shown(page).at_desks if one.id == line.id] == [S.CALLED]
    press(Qt.Key.Key_Return)
    until(lambda: cases == [line.case], "her case")
    settle(page.operations)
    assert [one.state for one in shown(page).at_desks] == [S.SERVED], "whom she followed is done with"


def test_who_is_not_there_waits_on_and_can_be_given_up_at_the_second_call(page: TodayPage):
    line = first(page)
    press(Qt.Key.Key_F9)
    dialog = front(CallDialog)
    assert _("Did not come") not in {b.text() for b in dialog.findChildren(QAbstractButton)}
    press_button(dialog, _("Not there, waits on"))
    until(lambda: line.number in waiting(page), "waits on")
    press(Qt.Key.Key_F9)
    dialog = front(CallDialog)
    press_button(dialog, _("Did not come"))
    until(lambda: shown(page).line(line.id) is None, "given up")


def test_somebody_unknown_begins_an_intake_or_is_found(page: TodayPage, office: Office):
    line = next(one for one in shown(page).waiting if not one.case)
    wishes: list[object] = []
    page.intake_wanted.connect(wishes.append)
    call(page, line.id)
    press_button(front(CallDialog), _("Quick registration"))
    until(lambda: wishes == [IntakeWish(QUICK, ticket=line.id)], "the quick registration")


def test_somebody_unknown_has_a_case_after_all(page: TodayPage, office: Office):
    line = next(one for one in shown(page).waiting if not one.case)
    waits = {one.case for one in (*shown(page).waiting, *shown(page).at_desks)}
    known = next(one for one in people.recent(office, 60) if not one.restricted and one.id not in waits)
    cases: list[str] = []
    page.case_wanted.connect(cases.append)
    call(page, line.id)
    dialog = front(CallDialog)
    dialog.finder.search.setFocus()
    write(known.number)
    until(lambda: dialog.finder.person() is not None, "the person")
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: cases == [known.id], "her case")
    settle(page.operations)
    assert held(page, line.id).case == known.id


def test_minutes_turn_bold_and_priority_is_an_icon_alone(page: TodayPage, office: Office):
    ticket = queue.take(office, Wish(priority=frozenset({Priority.PREGNANT})))[1]
    line = queue.today(office).line(ticket.id)
    assert line is not None
    for minutes, strong in ((14, False), (15, True)):
        star, wait = row_of(line, queue.now() + timedelta(minutes=minutes), first=False).marks
        assert (star.text, bool(star.icon)) == ("", True)
        assert (wait.text, wait.strong) == (_("{count} min").format(count=minutes), strong)


def test_minutes_go_by_without_losing_the_focus(page: TodayPage):
    row = page.queue.row_widgets[-1]
    row.setFocus()
    with clock.at(clock.now() + timedelta(minutes=40)):
        page.queue._tick()
    assert page.queue.row_widgets[-1] is row
    assert row.hasFocus()
    assert row.spec().marks[-1].strong


def test_who_arrives_with_an_appointment_gets_a_number(page: TodayPage):
    line = next(one for one in appointments(page) if one.state.value in ("reserved", "confirmed"))
    page.agenda._open(line.id)
    dialog = front(AppointmentDialog)
    assert dialog.primary.isVisible()
    press(Qt.Key.Key_Return)
    until(lambda: any(one.case == line.case for one in shown(page).waiting), "her number")
    settle(page.operations)
    assert next(one for one in appointments(page) if one.id == line.id).state.value == "arrived"


def test_the_cards_read_well(page: TodayPage):
    for lang in ("es", "ht"):
        i18n.set_language(lang)
        page.retranslate()
        settle(page.operations)
        assert cut_labels(page) == []
        assert squeezed(page) == []
        assert overlapping(page) == []
        assert unnamed(page) == []


def test_a_number_leads_through_the_intake_to_a_case(window: Window):
    space = space_of(window)
    hoy, intake = page_of(window, TodayPage), page_of(window, IntakePage)
    until(lambda: hoy.queue.queue is not None, "queue")
    line = next(one for one in shown(hoy).waiting if not one.case)
    space.start_intake(IntakeWish(QUICK, ticket=line.id))
    until(lambda: intake.draft is not None and intake.views, "intake")
    given = next(view for view in intake.views.values() if view.question.name == "given")
    intake._answered(given.addr, "Wilner")
    intake._complete()
    until(lambda: space.current == "case", "case")
    case = page_of(window, CasePage)
    until(lambda: case.case is not None, "case read")
    space.go("today")
    until(lambda: held(hoy, line.id).case == case.case_id, "the number is hers")
    assert held(hoy, line.id).name == "Wilner"


def test_hoy_asks_little_of_a_large_queue(page: TodayPage, office: Office):
    for _number in range(60):
        queue.take(office)
    started = time.perf_counter()
    found = queue.today(office)
    agenda.today(office)
    took = time.perf_counter() - started
    assert len(found.waiting) >= 60
    assert took < 0.05
    live()


def on_paper() -> PaperDialog:
    """The paper in front, once it is made."""
    until(lambda: front(PaperDialog).made is not None, "made")
    return front(PaperDialog)


def test_a_number_given_and_printed(page: TodayPage):
    before = len(waiting(page))
    press(Qt.Key.Key_T, CTRL)
    press_button(front(TakeDialog), _("Give and print"))
    dialog = on_paper()
    until(lambda: len(waiting(page)) == before + 1, "a number more")
    assert dialog.made is not None
    assert dialog.made.kind is SheetKind.TICKET
    assert waiting(page)[-1] in words_of(dialog.made.pdf)


def test_the_paper_of_who_waits(page: TodayPage):
    line = first(page)
    page.queue.open(line.id)
    press_button(front(CallDialog), _("Print number"))
    dialog = on_paper()
    assert dialog.made is not None
    assert line.number in words_of(dialog.made.pdf)
    assert line.number in waiting(page), "printing calls nobody"


def test_the_numbers_of_a_morning(page: TodayPage, office: Office):
    before = waiting(page)
    page.queue.numbers.click()
    asked = front(NumbersDialog)
    assert unnamed(asked) == []
    assert cut_labels(asked) == []
    press(Qt.Key.Key_Return, CTRL)
    dialog = on_paper()
    assert dialog.made is not None
    assert dialog.made.pages == 3
    assert waiting(page) == before
    number = queue.take(office)[1].number
    assert number in words_of(dialog.made.pdf).split("Página 2")[0]


def words_of(pdf: bytes) -> str:
    document = pdfium.PdfDocument(pdf)
    return "\n".join(leaf.get_textpage().get_text_range() for leaf in document)
