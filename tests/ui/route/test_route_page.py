"""La Ruta by keyboard alone: read, answer, refer, change a verdict, note an unmet need, and go back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from migrant_office.app import Window
from migrant_office.i18n import _
from migrant_office.models.eligibility.told import VerdictCode
from migrant_office.models.need import NeedKind, UnmetReason
from migrant_office.models.office import Office, new_id
from migrant_office.models.person import Person
from migrant_office.models.sheet_print import SheetKind
from migrant_office.services import people, protection
from migrant_office.ui import verdict_words, words
from migrant_office.ui.case_file.case_page import CasePage
from migrant_office.ui.case_file.refer_dialog import ReferDialog
from migrant_office.ui.route import rows
from migrant_office.ui.route.dialogs import ChangeDialog, NeedsDialog, UnmetDialog
from migrant_office.ui.route.route_page import RoutePage
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.marks import mark_size
from tests.ui.looking import cut_labels, live, press, settle, squeezed, under_the_keyboard, write
from tests.ui.walking import front, open_case, page_of, sheet_in_front, space_of, until

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def a_case(window: Window, *needs: NeedKind, restricted: bool = False, **told: Any) -> str:
    person = Person(id=new_id(), given="Rose", surname="Sosa", **told)

    def written(office: Office) -> str:
        people.open_case(office, person, *(people.new_need(kind) for kind in needs))
        if restricted:
            protection.open_path(office, person.id, [])
        return person.id

    made: list[str] = []
    space_of(window).operations.run(window, written, made.append)
    until(lambda: made, "written")
    return person.id


def the_route(window: Window, *needs: NeedKind, **told: Any) -> RoutePage:
    """The Ruta of a new case, reached as at the desk."""
    open_case(window, a_case(window, *needs, **told))
    press(Qt.Key.Key_E, CTRL)
    page = page_of(window, RoutePage)
    until(lambda: space_of(window).current == "route" and page.route is not None, "route")
    settle(window.operations)
    return page


def step_to(page: RoutePage, service: str) -> None:
    """Arrow down until a service is chosen."""
    assert under_the_keyboard() is page.list
    press(Qt.Key.Key_Home)
    for _row in range(60):
        if page.panel.shown is not None and page.panel.shown.line.id == service:
            return
        press(Qt.Key.Key_Down)
    raise AssertionError(f"never reached: {service}")


def code_of(page: RoutePage) -> VerdictCode | None:
    return page.panel.shown.code if page.panel.shown else None


def tab_to(text: str) -> Button:
    for _stop in range(60):
        here = QApplication.focusWidget()
        if isinstance(here, Button) and here.text() == text:
            return here
        press(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never reached: {text}")


def test_needs_verdicts_and_the_first_service_are_there(window: Window) -> None:
    page = the_route(window, NeedKind.WORK, NeedKind.EDUCATION, status="irregular", birth=date(1990, 1, 1))
    titles = [page.list.rows.row(n).title for n in range(page.list.rows.rowCount()) if page.list.rows.row(n).heading]
    assert titles == ["Trabajo", "Escuela y estudios"]
    assert page.panel.shown is not None
    assert page.panel.shown.code is VerdictCode.MEETS
    assert page.list.hasFocus()
    first = page.list.rows.row(1)
    assert [mark.plate for mark in first.marks] == [True, False]
    assert "Cumple" in first.spoken()
    assert window.windowTitle() == "migrant_office"
    assert len(page.stations.stations()) == 6
    assert page.stations.accessibleDescription()
    assert not cut_labels(page)
    assert not squeezed(page)


def test_an_answer_changes_the_verdict_and_comes_back_with_undo(window: Window) -> None:
    page = the_route(window, NeedKind.LEGAL, NeedKind.EDUCATION, birth=date(1990, 1, 1))
    step_to(page, "scl-caj")
    until(lambda: code_of(page) is VerdictCode.CONFIRM, "to be confirmed")
    tab_to("Sí")
    press(Qt.Key.Key_Space)
    until(lambda: code_of(page) is VerdictCode.MEETS, "verdict")
    assert page.panel.shown is not None
    assert page.panel.shown.line.id == "scl-caj", "the same service stays chosen"
    assert page.list.hasFocus()
    settle(window.operations)  # the menu learns what can be undone
    press(Qt.Key.Key_Z, CTRL)
    until(lambda: code_of(page) is VerdictCode.CONFIRM, "undo")


def test_a_number_is_typed_and_a_wrong_one_is_told(window: Window) -> None:
    page = the_route(window, NeedKind.SOCIAL_PROTECTION)
    step_to(page, "scl-rsh")
    for _stop in range(40):
        here = QApplication.focusWidget()
        if here is not None and here.accessibleName().startswith("¿Qué edad"):
            break
        press(Qt.Key.Key_Tab)
    write("abc")
    press(Qt.Key.Key_Return)
    until(lambda: "120" in space_of(window).toast.accessibleName() or space_of(window).toast.isVisible(), "told")
    assert page.route is not None
    assert page.route.case.person.birth is None
    field = QApplication.focusWidget()
    assert field is not None
    field.clear()  # type: ignore[attr-defined]
    write("34")
    press(Qt.Key.Key_Return)
    until(lambda: page.route is not None and page.route.case.person.age_on(date(2026, 11, 18)) == 34, "age")


def test_referring_from_the_panel_has_the_service_chosen(window: Window) -> None:
    page = the_route(window, NeedKind.LEGAL)
    step_to(page, "scl-udp")
    press(Qt.Key.Key_D, CTRL)
    dialog = front(ReferDialog)
    until(lambda: dialog.chosen is not None, "service")
    assert dialog.chosen is not None
    assert (dialog.chosen.id, dialog.need.value()) == ("scl-udp", "legal")
    assert dialog.verdict_banner.isVisible()
    assert not dialog.despite_field.isVisible()
    press(Qt.Key.Key_Return, CTRL)
    sheet = sheet_in_front()
    sheet.reject()
    until(lambda: page.route is not None and len(page.route.case.referrals) == 1, "referral")
    assert space_of(window).current == "route"


def test_what_does_not_meet_is_referred_with_a_reason(window: Window) -> None:
    page = the_route(window, NeedKind.PAPERS, birth=date(1990, 1, 1), children=0)
    step_to(page, "scl-residencia-nna")
    assert page.panel.shown is not None
    assert page.panel.shown.code is VerdictCode.NOT_MET
    press(Qt.Key.Key_D, CTRL)
    dialog = front(ReferDialog)
    until(lambda: dialog.despite_field.isVisible(), "reason")
    press(Qt.Key.Key_Return, CTRL)
    assert dialog.isVisible()
    assert dialog.despite_field.warning()
    assert dialog.focusWidget() is dialog.despite
    write("viene por su hermana menor")
    press(Qt.Key.Key_Return, CTRL)
    sheet_in_front().reject()
    until(lambda: page.route is not None and page.route.case.verdict_changes, "reason kept")
    assert page.panel.shown is not None
    assert (page.panel.shown.code, page.panel.shown.verdict.code) == (VerdictCode.CONFIRM, VerdictCode.NOT_MET)


def test_a_verdict_is_changed_with_a_reason_and_stands_beside_the_rule(window: Window) -> None:
    page = the_route(window, NeedKind.LEGAL)
    step_to(page, "scl-sjm")
    tab_to("Cambiar veredicto")
    press(Qt.Key.Key_Space)
    dialog = front(ChangeDialog)
    assert dialog.focusWidget() is dialog.verdict.tiles[0]
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_Return, CTRL)
    assert dialog.reason_field.warning()
    write("Atienden a todas las personas, dicho hoy")
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: page.panel.shown is not None and page.panel.shown.code is VerdictCode.MEETS, "changed")
    assert page.panel.shown is not None
    assert verdict_words.reason(page.panel.shown).startswith("Cambiado: Atienden")


def test_an_unmet_need_is_noted_with_the_suggested_reason(window: Window) -> None:
    page = the_route(window, NeedKind.FOOD)
    page.unmet.setFocus()
    press(Qt.Key.Key_Space)
    dialog = front(UnmetDialog)
    assert dialog.need.value() == "food"
    (suggested,) = dialog.why.value()
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: page.route is not None and page.route.case.unmet, "unmet")
    assert page.route is not None
    assert page.route.case.unmet[0].unmet is UnmetReason(suggested)
    heading = page.list.rows.row(0)
    assert heading.heading
    assert "·" in heading.note


def test_a_case_without_needs_begins_by_choosing_them(window: Window) -> None:
    page = the_route(window)
    assert page.nothing.isVisible()
    assert not page.list.isVisible()
    tab_to("Elegir necesidades")
    press(Qt.Key.Key_Space)
    dialog = front(NeedsDialog)
    press(Qt.Key.Key_Return, CTRL)
    assert not dialog.trouble.isHidden()
    dialog.kinds.tiles[0].setFocus()
    press(Qt.Key.Key_3)
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: page.route is not None and len(page.route.needs) == 2, "needs")
    assert page.route is not None
    assert [need.kind for need in page.route.needs] == [NeedKind.ENTREPRENEURSHIP, NeedKind.WORK]
    until(lambda: page.list.isVisible(), "list")


def test_the_page_prints_and_leads_back_to_the_case(window: Window) -> None:
    page = the_route(window, NeedKind.WORK)
    press(Qt.Key.Key_P, CTRL)
    sheet = sheet_in_front()
    assert sheet.pdf.startswith(b"%PDF")
    sheet.reject()
    live(30)
    press(Qt.Key.Key_Left, ALT)
    until(lambda: space_of(window).current == "case", "back")
    assert page_of(window, CasePage).case_id == page.case_id


def test_the_sheet_of_the_chosen_service_is_printed_with_the_name(window: Window) -> None:
    page = the_route(window, NeedKind.LEGAL)
    step_to(page, "scl-udp")
    tab_to(_("Print its sheet"))
    press(Qt.Key.Key_Space)
    sheet = sheet_in_front()
    assert sheet.made is not None
    assert sheet.made.kind is SheetKind.INFORMATION
    document = pypdfium2.PdfDocument(sheet.pdf)
    assert "Rose Sosa" in document[0].get_textpage().get_text_range()
    document.close()
    sheet.reject()


def test_a_restricted_case_prints_nothing_and_says_why(window: Window) -> None:
    page = the_route(window, NeedKind.WORK, restricted=True)
    assert not page.print.isEnabled()
    assert page.print.toolTip()


def test_f6_goes_round_and_every_part_has_a_name(window: Window) -> None:
    page = the_route(window, NeedKind.LEGAL)
    step_to(page, "scl-caj")
    seen = set()
    for _panel in range(8):
        press(Qt.Key.Key_F6)
        here = QApplication.focusWidget()
        assert here is not None
        seen.add(here)
    assert {page.list, page.panel.refer, page.unmet} <= seen
    for button in page.panel.asking.findChildren(Button):
        assert button.accessibleName()
        assert button.accessibleDescription() or button.text() == "Anotar"


@pytest.mark.parametrize("language", ["es", "ht", "en"])
def test_it_fits_in_every_language_and_with_large_letters(window: Window, language: str) -> None:
    window.resize(1366, 768)
    page = the_route(window, NeedKind.SOCIAL_PROTECTION, NeedKind.PAPERS, status="irregular", birth=date(1990, 1, 1))
    space_of(window).choose(language=language)
    space_of(window).choose(scale=130)
    settle(window.operations)
    live(60)
    assert not cut_labels(page)
    assert not squeezed(page)


def test_the_words_of_the_list_get_the_room_the_marks_do_not_need(window: Window):
    page = the_route(window, NeedKind.WORK)
    shown = [page.list.rows.row(number) for number in range(page.list.rows.rowCount())]
    marked = [row.marks for row in shown if row.marks]
    assert marked
    for number, width in enumerate(page.list.row_style.columns):
        widest = max(mark_size(marks[number]).width() for marks in marked)
        assert widest <= page.metrics_.px(width) <= widest + 2
    assert len(page.list.row_style.columns) == 2


def test_never_checked_is_not_said_with_the_word_of_a_verdict(window: Window):
    day = date(2026, 11, 18)
    never = rows.checked_mark(None, day)
    assert never.text != words.confirmed_mark(None, day).text
    assert never.icon not in {verdict_words.verdict_mark(code).icon for code in VerdictCode}
    assert rows.checked_mark(day, day) == words.confirmed_mark(day, day)


def test_the_focus_goes_on_in_the_list_when_the_question_it_stood_on_is_asked_anew(window: Window):
    page = the_route(window, NeedKind.PAPERS, nationality="VE")
    until(lambda: page.panel.asking.first_answer is not None, "a question")
    assert page.panel.asking.first_answer is not None
    page.panel.asking.first_answer.setFocus()
    page.read()  # as after a referral, or a change from another screen
    settle(window.operations)
    assert window.focusWidget() is page.list
