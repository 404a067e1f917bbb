"""Print for many: it says for how many first, goes on working meanwhile, and stopped leaves nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from migrant_office.app import Window
from migrant_office.models.office import Office
from migrant_office.models.sheet import SheetData
from migrant_office.models.sheet_print import SheetKind
from migrant_office.services import agenda, sheet_batches, sheet_prints
from migrant_office.services.sheet_batches import Whom
from migrant_office.ui.agenda.agenda_page import AgendaPage
from migrant_office.ui.batches.batch_dialog import BatchDialog
from migrant_office.ui.batches.making_dialog import BatchPreview, MakingDialog
from migrant_office.ui.catalogue.catalogue_page import CataloguePage
from migrant_office.ui.operations import Operations
from migrant_office.ui.widgets.marks import Chip
from tests.ui.conftest import NOON
from tests.ui.looking import cut_labels, live, press, settle, squeezed, unnamed
from tests.ui.walking import front, page_of, space_of, until


def shown(window: Window) -> BatchDialog:
    """The dialog as Servicios opens it, with the services known."""
    space_of(window).go("services")
    page = page_of(window, CataloguePage)
    until(lambda: page.shown, "service")
    page.many.click()
    dialog = front(BatchDialog)
    until(lambda: dialog.service.value(), "services")
    settle(window.operations)
    return dialog


def blank(dialog: BatchDialog, copies: int) -> None:
    """Copies without names, in Spanish, of the sheet for employers: no person of the demo matters."""
    dialog.sheet.setCurrentIndex(dialog.sheet.findData("employers"))
    dialog.whom.setCurrentIndex(dialog.whom.findData(Whom.BLANK.value))
    dialog.language.setCurrentIndex(dialog.language.findData("es es"))
    dialog.copies.setText(str(copies))
    until(lambda: dialog.gathered is not None and len(dialog.gathered.each) == copies, "counting")


def printed(operations: Operations) -> list[sheet_prints.Printed]:
    found: list[list[sheet_prints.Printed]] = []
    operations.ask(operations, lambda office: sheet_prints.between(office, "2000-01-01", "2100-01-01"), found.append)
    until(lambda: found, "prints")
    return found[0]


def test_it_asks_only_for_what_matters_and_says_for_how_many(window: Window):
    dialog = shown(window)
    assert dialog.service_field.isVisible()
    assert not dialog.day_field.isVisible()
    assert not dialog.copies_field.isVisible()
    blank(dialog, 400)
    assert not dialog.service_field.isVisible()
    assert dialog.copies_field.isVisible()
    assert "400" in dialog.count.text()
    assert dialog.primary.isEnabled()
    dialog.whom.setCurrentIndex(dialog.whom.findData(Whom.REFERRED.value))
    dialog.service.set_value("")
    dialog._look()
    live(30)
    assert not dialog.primary.isEnabled()
    assert dialog.primary.toolTip(), "it says why not"
    assert unnamed(dialog) == []
    assert squeezed(dialog) == []
    assert cut_labels(dialog) == []


def test_restricted_people_are_counted_and_left_out(operations: Operations, office: Office, qtbot):
    day, hidden = NOON.date() + timedelta(days=30), office.vault.read("SELECT doc FROM person WHERE restricted = 1")
    seen = office.vault.read("SELECT doc FROM person WHERE restricted = 0 LIMIT 2")
    assert hidden, "the demo has a restricted case"
    for number, (case,) in enumerate([hidden[0], *seen]):
        agenda.book(office, case, agenda.Wanted(day=day, hour=f"{10 + number}:00", minutes=30))
    dialog = BatchDialog(operations, whom=Whom.EXPECTED, day=day)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.sheet.setCurrentIndex(dialog.sheet.findData("health_letter"))
    until(lambda: dialog.gathered is not None and dialog.gathered.each, "counting")
    assert dialog.gathered is not None
    assert (len(dialog.gathered.each), dialog.gathered.left_out) == (2, 1)
    assert dialog.left_out.isVisible()
    assert "1" in dialog.left_out.text()
    batch = sheet_batches.make(dialog.gathered)
    preview = BatchPreview(operations, batch)
    qtbot.addWidget(preview)
    assert (batch.copies, batch.left_out) == (2, 1)
    assert any("1" in chip.accessibleName() and "2" in chip.accessibleName() for chip in preview.findChildren(Chip))


def test_made_shown_and_saved_it_is_counted(window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    dialog = shown(window)
    blank(dialog, 7)
    dialog.both.setChecked(True)
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    preview = front(BatchPreview)
    until(lambda: preview.pdf and preview.primary.isEnabled(), "sheets")
    assert preview.batch.copies == 7
    assert preview.both.isChecked()
    target = tmp_path / "sheets.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_told: (str(target), ""))
    preview.save.click()
    until(target.exists, "file")
    assert target.read_bytes().startswith(b"%PDF")
    settle(window.operations, 3)
    assert window.operations is not None
    (counted,) = printed(window.operations)
    assert (counted.sheet, counted.languages, counted.saved) == (SheetKind.EMPLOYERS, "es", 1)


def test_what_goes_to_the_printer_is_counted_sheet_by_sheet(window: Window):
    dialog = shown(window)
    blank(dialog, 5)
    dialog.agree()
    preview = front(BatchPreview)
    preview.left.emit(3)
    settle(window.operations, 3)
    assert window.operations is not None
    assert [one.printed for one in printed(window.operations)] == [15]


def test_esc_stops_between_two_sheets_and_everything_stays_as_it_was(window: Window):
    dialog = shown(window)
    dialog.whom.setCurrentIndex(dialog.whom.findData(Whom.BLANK.value))
    dialog.copies.setText("1")
    until(lambda: dialog.gathered is not None and len(dialog.gathered.each) == 1, "counting")
    assert dialog.gathered is not None
    (one,) = dialog.gathered.each
    assert isinstance(one, SheetData)
    people = tuple(replace(one, person=f"Persona {n}") for n in range(500))
    dialog.gathered = replace(dialog.gathered, each=people)  # each another one: as long as with five hundred people
    dialog.agree()
    making = front(MakingDialog)
    until(lambda: making.progress.done > 2, "some sheets")
    assert window.operations is not None
    answered: list[int] = []
    window.operations.ask(window, lambda _office: 1, answered.append)
    until(lambda: answered, "the desk goes on working")
    assert making.progress.done < 500
    assert making.bar.maximum() == 500
    press(Qt.Key.Key_Escape)
    assert making.progress.cancelled
    until(lambda: QApplication.activeModalWidget() is dialog, "stopped")
    settle(window.operations)
    assert dialog.primary.isEnabled(), "it can be asked for again"
    assert printed(window.operations) == []


def test_a_refusal_stands_in_the_dialog(window: Window, monkeypatch: pytest.MonkeyPatch):
    dialog = shown(window)
    blank(dialog, 2)
    dialog.language.setCurrentIndex(dialog.language.findData("es ht"))
    until(lambda: dialog.gathered is not None and dialog.gathered.choice.languages == ("es", "ht"), "counting")
    assert dialog.gathered is not None
    dialog.gathered = replace(dialog.gathered, form=replace(dialog.gathered.form, only_reviewed=True))
    dialog.agree()
    until(lambda: QApplication.activeModalWidget() is dialog and dialog.trouble.isVisible(), "refused")
    assert dialog.trouble.isVisible()


def test_the_agenda_opens_it_for_the_day_that_is_shown(window: Window):
    page = page_of(window, AgendaPage)
    page.show_day(NOON.date())
    settle(window.operations)
    page.paper.click()
    dialog = front(BatchDialog)
    assert dialog.whom.value() == Whom.EXPECTED.value
    assert dialog.day.value() == NOON.date().isoformat()
    assert dialog.service_field.isVisible(), "an information sheet needs its service"
    dialog.sheet.setCurrentIndex(dialog.sheet.findData("labour_rights"))
    until(lambda: dialog.gathered is not None, "counting")
    assert not dialog.service_field.isVisible()
