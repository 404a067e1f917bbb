"""The page Hojas: rows changed, added, moved, approved and printed by keyboard, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from migrant_office.app import Window
from migrant_office.i18n import _
from migrant_office.models.office import Office
from migrant_office.models.sheet_row import SheetRow
from migrant_office.services import office_settings, sheet_wording
from migrant_office.services.sheets.kinds import WORDINGS
from migrant_office.ui.paper.paper_dialog import PaperDialog
from migrant_office.ui.sheets import telling
from migrant_office.ui.sheets.dialogs import ApproveDialog, PrintSettings
from migrant_office.ui.sheets.icon_dialog import IconDialog
from migrant_office.ui.sheets.sheets_page import SheetsPage
from tests.ui.looking import cut_labels, overlapping, press, scrolls_sideways, settle, squeezed, unnamed
from tests.ui.walking import page_of, space_of, until

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
ROW = "rights.private"
T = TypeVar("T")


@pytest.fixture
def page(window: Window) -> SheetsPage:
    press(Qt.Key.Key_5, CTRL)
    made = page_of(window, SheetsPage)
    until(lambda: made.shown is not None and made.isVisible(), "page")
    settle(window.operations, 3)
    return made


def at(page: SheetsPage, id: str = ROW) -> None:
    page.rows.list.choose(id)
    page.rows.list.setFocus()


def opened(page: SheetsPage, id: str = ROW) -> None:
    at(page, id)
    press(Qt.Key.Key_Return)
    assert page.form is not None


def write(page: SheetsPage, lang: str, text: str) -> None:
    assert page.form is not None
    page.form.fields[lang].setPlainText(text)


def row_texts(page: SheetsPage, id: str = ROW) -> tuple[str, ...]:
    return next(row.texts for row in page.rows.list.words.rows if row.key == id)


def marks(page: SheetsPage, id: str = ROW) -> list[str]:
    return [mark.text for row in page.rows.list.words.rows if row.key == id for mark in row.marks]


def asked(page: SheetsPage, read: Callable[[Office], T]) -> T:
    found: list[T] = []
    page.operations.ask(page, read, found.append)
    until(lambda: bool(found), "answer")
    return found[0]


def kept(page: SheetsPage) -> dict[str, SheetRow]:
    return asked(page, lambda office: sheet_wording.kept_rows(office, "referral"))


def dialog_of(kind: type) -> object:
    until(lambda: isinstance(QApplication.activeModalWidget(), kind), "dialog")
    return QApplication.activeModalWidget()


def test_every_sheet_of_the_city_is_listed_with_its_rows_and_nothing_is_cut(page: SheetsPage) -> None:
    assert page.shown is not None
    assert {line.name for line in page.shown.sheets} == set(WORDINGS)
    headings = [row.heading for row in page.rows.list.words.rows if row.heading]
    assert headings[0] == "Su cita"
    assert headings[-1] == _("Frame")
    until(lambda: page.preview.made is not None, "preview")
    for look in (cut_labels, squeezed, overlapping, unnamed, scrolls_sideways):
        assert look(page) == [], look.__name__


@pytest.mark.parametrize("name", WORDINGS)
def test_every_sheet_shows_its_rows_and_its_pages(page: SheetsPage, name: str) -> None:
    page.list.choose_row(list(WORDINGS).index(name))
    until(lambda: page.shown is not None and page.shown.name == name, name)
    until(lambda: page.preview.made is not None and page.preview.made.kind is WORDINGS[name].kind, "preview")
    assert page.shown is not None
    assert len(page.rows.rows) == len(page.shown.rows)


def test_a_row_is_changed_by_keyboard_and_taken_back(page: SheetsPage) -> None:
    opened(page)
    write(page, "es", "Sus datos quedan en esta oficina.")
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: page.form is None, "saved")
    until(lambda: row_texts(page)[0] == "Sus datos quedan en esta oficina.", "shown")
    assert _("Changed by the office") in marks(page)
    press(Qt.Key.Key_Z, CTRL)
    until(lambda: "confidenciales" in row_texts(page)[0], "undone")
    assert not kept(page)


def test_what_is_typed_shows_on_the_page_a_moment_later(page: SheetsPage) -> None:
    until(lambda: page.preview.made is not None, "preview")
    opened(page)
    before = page.preview.made
    write(page, "es", "Sus datos quedan en esta oficina.")
    assert page.preview.made is before, "not at every letter"
    until(lambda: page.preview.made is not None and before is not None and page.preview.made.pdf != before.pdf, "new")
    assert not kept(page)


def test_what_cannot_be_printed_says_why_while_typing_and_is_not_saved(page: SheetsPage) -> None:
    opened(page)
    assert page.form is not None
    write(page, "es", "Sus datos {")
    until(lambda: page.form is not None and page.form.trouble.isVisible(), "trouble")
    press(Qt.Key.Key_Return, CTRL)
    settle(page.operations, 3)
    assert page.form is not None, "it stays open"
    assert not kept(page)
    write(page, "es", "Sus datos quedan aquí.")
    until(lambda: page.form is not None and not page.form.trouble.isVisible(), "in order")


def test_slips_of_creole_are_shown_and_do_not_hinder(page: SheetsPage) -> None:
    opened(page)
    assert page.form is not None
    assert page.form.labels["ht"].warning() == ""
    write(page, "ht", "Vous avez des droits.")
    assert "Vous" in page.form.labels["ht"].warning()
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: page.form is None, "saved")
    until(lambda: row_texts(page)[1] == "Vous avez des droits.", "shown")


@pytest.mark.parametrize("leaving", ["rows", "sheet", "place", "at once"])
def test_nothing_typed_is_lost_when_the_row_is_left(page: SheetsPage, window: Window, leaving: str) -> None:
    opened(page)
    write(page, "es", "A medio {")
    if leaving == "rows":
        press(Qt.Key.Key_Left, ALT)
    elif leaving == "sheet":
        page.list.choose_row(2)
        until(lambda: page.shown is not None and page.shown.name == "information", "other sheet")
        page.list.choose_row(0)
    else:
        space_of(window).go("today")
        if leaving == "place":
            settle(page.operations, 2)
        space_of(window).go("sheets")
        press(Qt.Key.Key_Left, ALT)
        if page.form is not None:
            page.form.leave()
    until(lambda: page.form is None and _("Not saved yet") in marks(page), "kept")
    assert row_texts(page)[0] == "A medio {"
    opened(page)
    assert page.form is not None
    assert page.form.fields["es"].toPlainText() == "A medio {"
    page.form.away.click()
    until(lambda: page.form is None and _("Not saved yet") not in marks(page), "thrown away")
    assert not kept(page)


def test_a_row_is_added_moved_taken_out_and_put_back(page: SheetsPage) -> None:
    at(page)
    press(Qt.Key.Key_N, CTRL)
    until(lambda: page.form is not None, "form")
    for lang, text in {"es": "Traiga agua.", "ht": "Pote dlo.", "en": "Bring water."}.items():
        write(page, lang, text)
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: page.form is None and any(row.own for row in page.rows.rows), "added")
    own = next(row.id for row in page.rows.rows if row.own)
    order = [row.id for row in page.rows.rows]
    assert order[order.index(own) - 1] == ROW
    at(page, own)
    press(Qt.Key.Key_Up, ALT)
    until(lambda: [r.id for r in page.rows.rows].index(own) == order.index(ROW), "moved")
    at(page, own)
    press(Qt.Key.Key_Delete)
    until(lambda: _("Taken out") in marks(page, own), "taken out")
    at(page, own)
    assert page.rows.gone.text() == _("Put back")
    press(Qt.Key.Key_Delete)
    until(lambda: _("Of the office") in marks(page, own), "put back")


def test_what_a_row_does_not_allow_cannot_be_pressed(page: SheetsPage) -> None:
    at(page, "frame.for")
    for button in (page.rows.add, page.rows.gone):
        assert not button.isEnabled()
        assert button.toolTip()
    assert not page.rows.up.isEnabled()
    opened(page, "when.head")
    assert page.form is not None
    assert not page.form.wanted.isVisible()


def test_icon_and_condition_are_chosen(page: SheetsPage) -> None:
    opened(page)
    assert page.form is not None
    page.form.picture.click()
    dialog = dialog_of(IconDialog)
    assert isinstance(dialog, IconDialog)
    dialog.search.setText("phone")
    dialog.agree()
    until(lambda: page.form is not None and "phone" in page.form.icon, "icon")
    page.form.unwanted.set_value(("office_contact",))
    page.form.wanted.set_value(("appointment",))
    assert page.form.said().condition == "appointment and not office_contact"
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: page.form is None, "saved")
    until(lambda: any(row.when for row in page.rows.list.words.rows if row.key == ROW), "shown")
    told = next(row.when for row in page.rows.list.words.rows if row.key == ROW)
    assert "cita" in told or "appointment" in told


def test_a_named_reader_approves_the_creole(page: SheetsPage) -> None:
    at(page)
    press(Qt.Key.Key_M, CTRL)
    dialog = dialog_of(ApproveDialog)
    assert isinstance(dialog, ApproveDialog)
    dialog.agree()
    until(lambda: dialog.trouble.isVisible(), "a name is asked")
    QTest.keyClicks(dialog.name, "Marie Joseph")
    dialog.agree()
    until(lambda: any("Marie Joseph" in text for text in marks(page)), "approved")
    assert not page.rows.approve.isEnabled() or page.rows.list.chosen_key() != ROW


def test_the_office_says_how_it_prints(page: SheetsPage) -> None:
    page.settings.click()
    dialog = dialog_of(PrintSettings)
    assert isinstance(dialog, PrintSettings)
    dialog.contact.setText("2 2345 6789")
    dialog.agree()
    until(lambda: QApplication.activeModalWidget() is None, "saved")
    assert asked(page, office_settings.read).contact == "2 2345 6789"


def test_a_sheet_for_everybody_is_printed_and_of_the_others_a_sample_that_counts_as_none(page: SheetsPage) -> None:
    for name, kind in (("labour_rights", "labour_rights"), ("referral", "other")):
        page.list.choose_row(list(WORDINGS).index(name))
        until(lambda name=name: page.shown is not None and page.shown.name == name, name)
        press(Qt.Key.Key_P, CTRL)
        dialog = dialog_of(PaperDialog)
        assert isinstance(dialog, PaperDialog)
        until(lambda dialog=dialog: dialog.made is not None, "made")
        assert dialog.made is not None
        assert dialog.made.kind.value == kind
        dialog.reject()


def test_the_preview_hides_and_comes_back(page: SheetsPage) -> None:
    press(Qt.Key.Key_F3)
    assert not page.preview.isVisible()
    press(Qt.Key.Key_F3)
    assert page.preview.isVisible()


def test_what_cannot_be_printed_is_told_without_a_preview_too(page: SheetsPage) -> None:
    press(Qt.Key.Key_F3)
    opened(page)
    write(page, "es", "Sus datos {")
    until(lambda: page.form is not None and page.form.trouble.isVisible(), "trouble")


@pytest.mark.parametrize("name", WORDINGS)
def test_every_condition_has_words(name: str) -> None:
    assert WORDINGS[name].flags <= set(telling.FLAGS)
