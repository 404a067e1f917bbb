"""Servicios: by area and by urgency, unknown facts in words, confirmations, edits, steps, a directory in and out."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel

from migrant_office import clock
from migrant_office.models.office import Office
from migrant_office.models.service import CheckReason, Service
from migrant_office.models.sheet_print import SheetKind
from migrant_office.services import catalogue, history
from migrant_office.services.directory import editing
from migrant_office.services.directory.editing import Sheet
from migrant_office.ui.catalogue.catalogue_page import CALLS, CONFIRM, OPEN, CataloguePage
from migrant_office.ui.catalogue.confirm_dialog import ConfirmDialog
from migrant_office.ui.catalogue.edit_dialog import EditDialog
from migrant_office.ui.catalogue.exchange import Report
from migrant_office.ui.catalogue.steps_dialog import StepsDialog
from migrant_office.ui.catalogue.telling import told, warning
from migrant_office.ui.operations import Operations
from tests.services.directory.samples import SAMPLE, SERVICE, dangling_file, read_json
from tests.ui.looking import live, press, settle
from tests.ui.walking import front, sheet_in_front, until


@pytest.fixture
def page(qtbot, operations: Operations) -> CataloguePage:
    made = CataloguePage(operations)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    made.read()
    until(lambda: made.shown is not None, "service")
    return made


def ask(page: CataloguePage, read: Any) -> Any:
    found: list[Any] = []
    page.operations.ask(page, read, found.append)
    until(lambda: found, "answer")
    return found[0]


def sheet(page: CataloguePage, id: str) -> Sheet:
    answer: Sheet = ask(page, lambda office: editing.read_sheet(office, id))
    return answer


def keys(page: CataloguePage) -> list[object]:
    rows = [page.list.rows.row(n) for n in range(page.list.rows.rowCount())]
    return [row.key for row in rows if not row.heading]


def choose_tab(page: CataloguePage, key: str) -> None:
    page.tabs.set_current(key)
    page.tabs.chosen.emit(key)
    settle(page.operations)


def test_services_stand_under_their_area_and_headings_are_passed_over(page: CataloguePage):
    rows = [page.list.rows.row(n) for n in range(page.list.rows.rowCount())]
    assert rows[0].heading
    assert not rows[1].heading
    assert page.list.chosen_key() == rows[1].key
    page.activateWindow()
    live(30)
    page.list.setFocus()
    for _step in range(len(rows)):
        press(Qt.Key.Key_Down)
        assert isinstance(page.list.chosen_key(), str)
    assert page.list.chosen_key() == rows[-1].key


def test_what_no_source_says_is_to_be_confirmed(page: CataloguePage, office: Office):
    for line in catalogue.lines(office)[:20]:
        facts = told(catalogue.service(office, line.id), editing.read_sheet(office, line.id))
        assert all(text.strip() for _label, text in facts), line.name
        assert not any(text.lower() in {"unknown", "none", "null"} for _label, text in facts)


def test_the_filters_show_what_they_say(page: CataloguePage, office: Office):
    lines = catalogue.lines(office)
    choose_tab(page, CONFIRM)
    assert set(keys(page)) == {line.id for line in lines if line.offered and line.confirmed is None}
    choose_tab(page, OPEN)
    assert set(keys(page)) == {line.id for line in lines if line.offered}
    choose_tab(page, CALLS)
    assert set(keys(page)) == {line.id for line in lines if line.due}
    assert page.shown is not None
    assert page.list.chosen_key() == page.shown.id


def test_a_confirmation_is_dated_today_says_who_answered_and_can_be_undone(page: CataloguePage, operations: Operations):
    service = page.shown
    assert service is not None
    before = service.confirmed
    said: list[str] = []
    page.said.connect(said.append)
    page.confirm.click()
    dialog = front(ConfirmDialog)
    dialog.who.setText("Mesón")
    dialog.agree()
    until(lambda: page.shown is not None and page.shown.confirmed == clock.today() and said, "confirmed")
    assert page.shown is not None
    assert page.shown.answered_by == "Mesón"
    operations.run(page, history.undo)
    settle(operations, 3)
    found: Service = ask(page, lambda office: catalogue.service(office, service.id))
    assert found.confirmed == before


def test_an_edit_writes_what_was_changed(page: CataloguePage):
    assert page.shown is not None
    id = page.shown.id
    page.panel.edit.click()
    dialog = front(EditDialog)
    assert not dialog.written()
    dialog.lines["cost"].setText("Gratis")
    dialog.flags["irregular"].setCurrentIndex(1)
    dialog.days["check_days"].setText("45")
    line = dialog.hours.add(dialog.hours.blank)
    line.days["MO"].setChecked(True)
    line.opens.setText("9:00")
    line.closes.setText("14:00")
    phone = dialog.phones.add(dialog.phones.blank)
    phone.number.setText("800 1")
    assert dialog.written()
    dialog.agree()
    until(lambda: sheet(page, id).phones, "saved")
    found = sheet(page, id)
    assert (found.service.cost, found.service.irregular, found.service.check_days) == ("Gratis", True, 45)
    assert [(one.days, str(one.opens)) for one in found.hours][-1] == (("MO",), "09:00:00")
    assert found.service.confirmed == page.shown.confirmed  # an edit is no confirmation


def test_an_edit_that_cannot_be_says_why_and_stays(page: CataloguePage):
    page.panel.edit.click()
    dialog = front(EditDialog)
    dialog.closed.setChecked(True)
    assert not dialog.why_field.isHidden()
    dialog.agree()
    until(lambda: not dialog.trouble.isHidden(), "trouble")
    dialog.days["answer_days"].setText("soon")
    dialog.why.setText("Sin fondos")
    dialog.agree()
    until(lambda: "3650" in dialog.trouble.accessibleName(), "days")
    dialog.days["answer_days"].setText("")
    dialog.agree()
    until(lambda: page.shown is not None and page.shown.closed, "closed")
    assert page.confirm.isHidden()


def test_the_steps_of_the_office_in_versions(page: CataloguePage):
    assert page.shown is not None
    id = page.shown.id
    before = len(sheet(page, id).procedures)
    for steps in (["Llamar"], ["Llamar", "Acompañar"]):
        page.panel.steps.click()
        dialog = front(StepsDialog)
        dialog.steps.setPlainText("\n".join(steps))
        dialog.agree()
        until(
            lambda steps=steps: (
                page.told and page.told.sheet.procedures[:1] and list(page.told.sheet.procedures[0].steps) == steps
            ),
            "steps",
        )
    assert len(sheet(page, id).procedures) == before + 2
    page.panel.steps.click()
    dialog = front(StepsDialog)
    dialog.version.setCurrentIndex(1)
    assert dialog.steps.toPlainText() == "Llamar"
    dialog.reject()


def test_asking_for_a_check_puts_it_before_the_others_and_warns(page: CataloguePage):
    last = next(key for key in reversed(keys(page)) if next(line for line in page.lines if line.id == key).offered)
    page.list.choose_row(next(n for n in range(page.list.rows.rowCount()) if page.list.rows.row(n).key == last))
    until(lambda: page.shown is not None and page.shown.id == last, "chosen")
    page.panel.check.click()
    until(lambda: last in {due.id for due in page.due if due.wanted}, "wanted")
    assert page.shown is not None
    until(lambda: page.shown and page.shown.check_why is CheckReason.ASKED, "asked")
    assert not page.panel.banner.isHidden()
    assert page.panel.check.isHidden()
    choose_tab(page, CALLS)
    urgent = [due.id for due in page.due if due.wanted]
    assert keys(page)[: len(urgent)] == urgent


def test_whom_to_call_on_paper(page: CataloguePage):
    page.paper.click()
    dialog = sheet_in_front()
    assert dialog.pdf.startswith(b"%PDF")
    assert not dialog.language.isVisible(), "it is for the office itself"
    assert dialog.made is not None
    assert dialog.made.pages == len(dialog.view.shown.boxes)
    dialog.reject()


def test_the_sheet_of_a_service_is_printed_without_a_person(page: CataloguePage):
    assert page.shown is not None
    page.panel.sheet.click()
    dialog = sheet_in_front()
    assert dialog.made is not None
    assert dialog.made.kind is SheetKind.INFORMATION
    document = pypdfium2.PdfDocument(dialog.pdf)
    assert page.shown.name.split()[0] in document[0].get_textpage().get_text_range()
    document.close()
    dialog.reject()


def test_nobody_is_sent_with_a_paper_to_what_is_not_offered(page: CataloguePage):
    closed = next(line for line in page.lines if not line.offered)
    page._choose(closed.id)
    until(lambda: page.shown is not None and page.shown.id == closed.id, "service")
    assert page.panel.sheet.isHidden()


def test_a_directory_comes_in_and_goes_out(page: CataloguePage, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_told: (str(SAMPLE / "service_full.json"), ""))
    page.bring.click()
    report = front(Report)
    assert any("parent_organization_id" in label.text() for label in report.findChildren(type(report._title)))
    report.reject()
    until(lambda: SERVICE in {line.id for line in page.lines}, "in the list")
    target = tmp_path / "out.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_told: (str(target), ""))
    said: list[str] = []
    page.said.connect(said.append)
    page.write.click()
    until(lambda: said, "written")
    assert SERVICE in {row["id"] for row in read_json(target)["service"]}


def test_a_directory_that_is_refused_names_its_places(page: CataloguePage, tmp_path: Path, monkeypatch):
    bad = dangling_file(tmp_path / "bad.json")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_told: (str(bad), ""))
    before = len(page.lines)
    page.bring.click()
    report = front(Report)
    assert any("organization_id" in label.text() for label in report.findChildren(type(report._title)))
    report.reject()
    page.read()
    settle(page.operations)
    assert len(page.lines) == before


def test_two_hundred_services_are_drawn_at_once(page: CataloguePage):
    lines = (page.lines * 4)[:200]
    best = 1.0
    for _round in range(5):
        begun = time.perf_counter()
        page.show_services((lines, page.due))
        page.grab()
        best = min(best, time.perf_counter() - begun)
    assert best < 0.1, f"{best * 1000:.0f} ms"


def test_every_warning_says_what_to_do(page: CataloguePage, office: Office):
    today = clock.today()
    for line in catalogue.lines(office):
        service = catalogue.service(office, line.id)
        title, _hint = warning(service, office.city, today)
        assert bool(title) == (not service.offered or line.due)


def test_the_rules_of_a_service_stand_in_words_with_their_source(page: CataloguePage):
    page._choose("scl-rsh")
    until(lambda: page.shown is not None and page.shown.id == "scl-rsh", "service")
    texts = "\n".join(label.text() for label in page.panel.findChildren(QLabel))
    assert "según las reglas de la ciudad" in texts
    assert "La pide una persona del hogar de 18 años o más" in texts
    assert "ChileAtiende ficha 54985" in texts
    assert "Evaluación final" in texts, "each names its source"
