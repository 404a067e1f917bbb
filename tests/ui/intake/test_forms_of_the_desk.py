"""Registro rápido, family and repeated groups through the real window: blocks come and go, nothing typed is lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLineEdit

from migrant_office.app import Window
from migrant_office.models.attachment import Kept
from migrant_office.models.forms.form import Repeat
from migrant_office.models.missing import Missing
from migrant_office.models.office import Office
from migrant_office.services import attachments, intake, people
from migrant_office.ui.case_file.case_page import CasePage
from migrant_office.ui.intake.intake_page import IntakePage
from migrant_office.ui.intake.question_view import QuestionView
from migrant_office.ui.intake.remove_dialog import RemoveDialog
from migrant_office.ui.intake.repeat_view import RepeatView
from migrant_office.ui.page import IntakeWish
from migrant_office.ui.widgets.file_field import FileField
from migrant_office.ui.widgets.picture import png_of
from tests.ui.looking import live, press, settle, write
from tests.ui.walking import front, page_of, space_of, until

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def begun(window: Window, wish: IntakeWish) -> IntakePage:
    space_of(window).start_intake(wish)
    page = page_of(window, IntakePage)
    until(lambda: page.filling is not None and page.views, "intake")
    live(120)
    return page


def view(page: IntakePage, addr: str) -> QuestionView:
    return page.views[addr]


def repeat_of(page: IntakePage, record: str) -> tuple[int, Repeat]:
    """(page, repeat) of the group that makes a record."""
    for number, group in enumerate(page.pages()):
        for item in (group, *group.walk()):
            if isinstance(item, Repeat) and item.maps_to == record:
                return number, item
    raise AssertionError(record)


def shown_repeat(page: IntakePage, record: str) -> RepeatView:
    number, repeat = repeat_of(page, record)
    page._show_page(number)
    assert page.body is not None
    return page.body.repeats[repeat.addr]


def text_of(question: QuestionView) -> str:
    assert question.labelled is not None
    field = question.labelled.field
    assert isinstance(field, QLineEdit)
    return field.text()


@pytest.mark.parametrize(
    ("keys", "form"),
    [
        ((Qt.Key.Key_R, CTRL), intake.QUICK),
        ((Qt.Key.Key_R, CTRL | SHIFT), intake.FAMILY),
        ((Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier), intake.INTAKE),
    ],
)
def test_each_form_has_its_key(window: Window, keys: tuple[Qt.Key, Qt.KeyboardModifier], form: str) -> None:
    press(*keys)
    page = page_of(window, IntakePage)
    until(lambda: page.draft is not None, "intake")
    assert page.draft is not None
    assert page.draft.form == form


def test_a_quick_registration_goes_by_keys_and_asks_to_be_completed(window: Window) -> None:
    press(Qt.Key.Key_R, CTRL)
    page = page_of(window, IntakePage)
    until(lambda: page.filling is not None and page.views, "intake")
    live(120)
    write("Rose")
    press(Qt.Key.Key_Tab)
    write("Desir")
    for _step in range(len(page.pages())):
        press(Qt.Key.Key_Return, CTRL)
        live(150)
    case = page_of(window, CasePage)
    until(lambda: case.case is not None, "case")
    assert case.case is not None
    assert (case.case.person.given, case.case.person.surname) == ("Rose", "Desir")
    assert case.begun.isVisible()
    case.begun_action.click()
    until(lambda: page.filling is not None and page.views, "the intake")
    assert page.filling is not None
    assert page.filling.mapped()["person.given"] == "Rose"


def test_members_of_a_family_come_and_go(window: Window) -> None:
    page = begun(window, IntakeWish(intake.FAMILY))
    members = shown_repeat(page, "household.member")
    assert len(members.shown) == 1
    page.take_focus()
    write("Rose")
    members.more.click()
    live(60)
    members = page.body.repeats[members.addr]  # type: ignore[union-attr]  # the page is shown
    assert len(members.shown) == 2
    write("Ana")  # the focus went to the new member
    assert [text_of(view(page, f"{one}/given")) for one in members.shown] == ["Rose", "Ana"]
    page._ask_remove(members.shown[0])
    dialog = front(RemoveDialog)
    dialog.accept()
    live(60)
    assert page.filling is not None
    (left,) = page.filling.instances(members.addr)
    assert text_of(view(page, f"{left}/given")) == "Ana"


def test_a_large_family_is_folded_and_each_block_opens_by_key(window: Window) -> None:
    page = begun(window, IntakeWish(intake.FAMILY))
    members = shown_repeat(page, "household.member")
    for number in range(1, 7):
        if number > 1:
            members.more.click()
            live(40)
        page.take(f"{members.addr}[{number}]/given", f"Ana{number}")
    assert len(members.open) == 3
    folded = [one for one in members.shown if one not in members.open]
    assert [members.by_instance[one].unfold.text().rpartition(" ")[2] for one in folded] == ["Ana1", "Ana2", "Ana3"]
    assert f"{folded[0]}/given" not in page.views
    members.by_instance[folded[0]].unfold.setFocus()
    press(Qt.Key.Key_Return)
    live(60)
    assert text_of(view(page, f"{folded[0]}/given")) == "Ana1"
    assert len(members.open) == 3
    page._show_page(page.page)
    members = page.body.repeats[members.addr]  # type: ignore[union-attr]  # the page is shown
    assert members.open == [members.shown[0]], "of many, the first alone"
    page.turn_back(f"{members.addr}[5]/given")
    assert text_of(view(page, f"{members.addr}[5]/given")) == "Ana5"


def test_an_empty_block_goes_without_a_question(window: Window) -> None:
    page = begun(window, IntakeWish(intake.FAMILY))
    members = shown_repeat(page, "household.member")
    members.more.click()
    live(60)
    page._ask_remove(f"{members.addr}[2]")
    assert page.filling is not None
    assert page.filling.instances(members.addr) == (f"{members.addr}[1]",)


def test_blocks_are_added_and_filled_by_keys_in_reading_order(window: Window) -> None:
    """Enter presses the button in focus; Tab goes on in the new block, then to the button, then to the foot."""
    page = begun(window, IntakeWish(intake.FAMILY))
    members = shown_repeat(page, "household.member")
    members.more.setFocus()
    press(Qt.Key.Key_Return)
    live(60)
    members = page.body.repeats[members.addr]  # type: ignore[union-attr]  # the page is shown
    assert len(members.shown) == 2
    write("Ana")
    assert text_of(view(page, f"{members.shown[1]}/given")) == "Ana"
    inside = [v for addr, v in page.views.items() if addr.startswith(members.shown[1])]
    for _step in range(60):
        press(Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        if not any(one.isAncestorOf(focus) for one in inside):  # type: ignore[arg-type]  # something has the focus
            break
    assert focus is members.more, "the button under the blocks comes after them"
    for _step in range(60):
        if QApplication.focusWidget() is page.back:
            break
        press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is page.turn


def test_a_family_opens_a_case_for_each_and_shows_the_one_who_speaks(window: Window) -> None:
    page = begun(window, IntakeWish(intake.FAMILY))
    members = shown_repeat(page, "household.member")
    page.take_focus()
    write("Yolette")
    members.more.click()
    live(60)
    write("Zenobia")
    page._complete()
    case = page_of(window, CasePage)
    until(lambda: case.case is not None, "case")
    assert case.case is not None
    assert case.case.person.given == "Yolette"
    found: list[list[people.PersonLine]] = []
    assert window.operations is not None
    window.operations.ask(window, lambda office: people.search(office, "zenobia"), found.append)
    until(lambda: found, "search")
    assert len(found[0]) == 1


def test_a_draft_of_a_family_comes_back_with_its_blocks(window: Window) -> None:
    page = begun(window, IntakeWish(intake.FAMILY))
    members = shown_repeat(page, "household.member")
    page.take_focus()
    write("Rose")
    members.more.click()
    live(60)
    write("Ana")
    page.save_now()
    settle(window.operations)
    draft = page.draft
    assert draft is not None
    assert draft.saved_at
    space_of(window).start_intake(draft)
    until(lambda: page.filling is not None and page.views, "draft")
    members = shown_repeat(page, "household.member")
    assert [text_of(view(page, f"{one}/given")) for one in members.shown] == ["Rose", "Ana"]


def test_a_text_can_stay_without_an_answer_by_key(window: Window) -> None:
    page = begun(window, IntakeWish(intake.QUICK))
    given = next(v for v in page.views.values() if v.question.maps_to == "person.given")
    given.setFocus()
    live(30)
    assert given.missing is not None
    assert not given.missing.isVisible()
    press(Qt.Key.Key_Down)
    assert given.missing.isVisible()
    press(Qt.Key.Key_Return)
    assert page.filling is not None
    assert page.filling.cell(given.addr).missing is Missing.REFUSED
    page._show_page(page.page)
    again = view(page, given.addr)
    assert again.missing is not None
    assert again.missing.isVisible(), "what was said is seen again"


def test_a_chosen_file_waits_with_the_draft(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    """The copy of a paper: sealed at once, named by the draft, and in the case at the end."""
    page = begun(window, IntakeWish())
    number, repeat = repeat_of(page, "held_document")
    page._show_page(number)
    page._add(repeat.addr)
    live(60)
    assert page.filling is not None
    questions = {page.filling.form.at(a).maps_to: a for a in page.filling.questions(f"{repeat.addr}[1]")}  # type: ignore[union-attr]  # questions
    page.take(questions["held_document.kind"], "passport")
    page.take(questions["held_document.state"], "has")
    copy = view(page, questions["held_document.copy"])
    assert copy.labelled is not None
    field = copy.labelled.field
    assert isinstance(field, FileField)
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    kept: list[Kept] = []

    def keep(office: Office) -> Kept:
        return attachments.keep(office, png_of(image), "pasaporte.png")

    assert window.operations is not None
    window.operations.run(window, keep, kept.append)
    until(lambda: kept, "file")
    field.set_value(kept[0])
    field.changed.emit(kept[0])
    page.save_now()
    settle(window.operations)
    assert page.draft is not None
    assert kept[0].id in page.draft.body
    page._complete()
    case = page_of(window, CasePage)
    until(lambda: case.case is not None, "case")
    assert case.case is not None
    (paper,) = case.case.papers
    assert paper.copy == kept[0].id
