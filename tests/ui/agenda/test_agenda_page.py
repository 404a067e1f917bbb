"""The agenda: days, free hours, giving, moving and calling off."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from migrant_office import clock, i18n
from migrant_office.app import Window
from migrant_office.i18n import _
from migrant_office.models.appointment import OPEN, Appointment, AppointmentState, CancelReason
from migrant_office.models.office import Office
from migrant_office.models.sheet_print import SheetKind
from migrant_office.services import agenda, people
from migrant_office.services.agenda import AppointmentLine, Day, Wanted
from migrant_office.ui.agenda.agenda_page import AgendaPage, every
from migrant_office.ui.booking.appointment_dialog import AppointmentDialog, show_appointment
from migrant_office.ui.booking.book_dialog import BookDialog
from migrant_office.ui.case_file.case_page import CasePage
from migrant_office.ui.operations import Operations
from migrant_office.ui.paper.paper_dialog import PaperDialog
from migrant_office.ui.today.today_page import TodayPage
from tests.ui.looking import activate, cut_labels, overlapping, press, settle, squeezed, unnamed, write
from tests.ui.walking import front, page_of, space_of, until

A = AppointmentState
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(qtbot, operations: Operations) -> AgendaPage:
    made = AgendaPage(operations)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    made.read()
    until(lambda: made.shown is not None, "agenda")
    activate(made)
    made.take_focus()
    return made


def somebody(office: Office) -> str:
    return next(line.number for line in people.recent(office, 60) if not line.restricted)


def day(page: AgendaPage) -> Day:
    assert page.shown is not None
    return page.shown


def line_of(page: AgendaPage, id: str) -> AppointmentLine:
    line = day(page).line(id)
    assert line is not None
    return line


def to(page: AgendaPage, days: int) -> None:
    page.show_day(clock.today() + timedelta(days=days))
    until(lambda: page.shown is not None and page.shown.day == page.day, "day")


def test_the_demo_s_day_has_appointments_and_free_hours(page: AgendaPage):
    assert page.shown is not None
    assert len([*every(day(page))]) == 4
    assert day(page).officers[0].free
    assert not page.unsaid.isHidden(), "nobody has said the hours of this office"


def test_to_the_next_working_day_and_back(page: AgendaPage):
    today = page.day
    press(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    until(lambda: page.shown is not None and page.shown.day == today + timedelta(days=1), "tomorrow")
    press(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    press(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    until(lambda: page.shown is not None and page.shown.day == today + timedelta(days=5), "over the weekend")
    press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    until(lambda: page.shown is not None and page.shown.day == today, "today")


def test_a_free_hour_is_given_by_keyboard(page: AgendaPage, office: Office):
    to(page, 1)
    number = somebody(office)
    while page.list.chosen_key() != ("free", office.officer, "09:30"):
        page.list.step(1)
    page.list.setFocus()
    press(Qt.Key.Key_Return)
    dialog = front(BookDialog)
    assert dialog.hour.text() == "09:30"
    write(number)
    until(lambda: dialog.case, "the person")
    settle(page.operations)
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: any(line.hour == "09:30" for line in every(day(page))), "the appointment")


def test_what_is_missing_is_said_beside_its_field(page: AgendaPage, office: Office):
    to(page, 1)
    page.book.click()
    dialog = front(BookDialog)
    dialog.agree()
    assert dialog.finder.field.warning()
    write(somebody(office))
    until(lambda: dialog.case, "the person")
    dialog.hour.setText("pronto")
    dialog.agree()
    assert dialog.hour_field.warning()
    dialog.hour.setText("10:00")
    dialog.day.setText("")
    dialog.day.textEdited.emit("")
    dialog.agree()
    assert dialog.day_field.warning()
    assert dialog.isVisible()
    dialog.close()


def test_an_hour_that_is_given_is_refused_and_a_feast_is_only_told(
    page: AgendaPage, office: Office, operations: Operations
):
    to(page, 1)
    two = [line for line in people.recent(office, 60) if not line.restricted][:2]
    wanted = Wanted(day=page.day, hour="09:00", minutes=30)
    operations.run(page, lambda office: agenda.book(office, two[0].id, wanted))
    dialog = BookDialog(operations, two[1].id, page, day=page.day, hour="09:15")
    given: list[bool] = []
    dialog.booked.connect(lambda: given.append(True))
    dialog.open()
    settle(operations)
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: not dialog.trouble.isHidden(), "the refusal")
    assert dialog.primary.isEnabled()
    dialog.day.set_value("2026-12-25")
    dialog.day.changed.emit("2026-12-25")
    until(lambda: not dialog.doubts.isHidden(), "the holiday")
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: given, "given all the same")


def test_moving_and_calling_off(page: AgendaPage, operations: Operations):
    line = next(one for one in every(day(page)) if one.state is A.RESERVED)
    page._open(line.id)
    front(AppointmentDialog)._move()
    dialog = front(BookDialog)
    dialog.hour.setText("16:00")
    dialog.agree()
    until(lambda: line_of(page, line.id).hour == "16:00", "moved")
    page._open(line.id)
    called_off = front(AppointmentDialog)
    called_off._ask_why()
    called_off.reason.setCurrentIndex(called_off.reason.findData(CancelReason.OFFICE.value))
    called_off.agree()
    until(lambda: line_of(page, line.id).state is A.CANCELLED, "called off")
    assert "16:00" in day(page).officers[0].free


def test_the_page_reads_well_in_every_language(page: AgendaPage):
    for lang in ("es", "ht", "en"):
        i18n.set_language(lang)
        page.retranslate()
        settle(page.operations)
        assert (cut_labels(page), squeezed(page), overlapping(page), unnamed(page)) == ([], [], [], [])


def test_from_hoy_to_the_agenda_and_from_the_case(window: Window):
    space = space_of(window)
    hoy = page_of(window, TodayPage)
    hoy.agenda.link_clicked.emit()
    assert space.current == "agenda"
    page = page_of(window, AgendaPage)
    until(lambda: page.shown is not None, "agenda")
    line = next(every(day(page)))
    space.open_case(line.case)
    case = page_of(window, CasePage)
    until(lambda: case.appointments.row_widgets, "her appointments")
    before = len(case.appointments.row_widgets)
    case.appointments.add_button.click()
    dialog = front(BookDialog)
    until(lambda: dialog.hour.text(), "a free hour")
    dialog.agree()
    until(lambda: len(case.appointments.row_widgets) == min(before + 1, 5), "one more")
    assert case.appointments.held[0][0].state is A.RESERVED


def test_the_pocket_card_of_an_appointment(page: AgendaPage):
    line = next(one for one in every(day(page)) if not one.service and not one.restricted and one.state in OPEN)
    show_appointment(page, line.case, line.id, "")
    button = next(b for b in front(AppointmentDialog).findChildren(QAbstractButton) if b.text() == _("Print card"))
    button.click()
    until(lambda: front(PaperDialog).made is not None, "made")
    made = front(PaperDialog).made
    assert made is not None
    assert made.kind is SheetKind.APPOINTMENT


def test_an_hour_at_an_institution_has_no_card(page: AgendaPage):
    held = Appointment(id="a", service="scl-omil", day=clock.today(), hour="10:30", minutes=30)
    dialog = AppointmentDialog(page.operations, "c", held, "Rose", parent=page)
    assert not [b for b in dialog.findChildren(QAbstractButton) if b.text() == _("Print card")]
