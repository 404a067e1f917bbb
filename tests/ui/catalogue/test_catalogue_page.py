"""Servicios: by area, unknown facts in words, and a confirmation that can be taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from migrant_office import clock
from migrant_office.models.office import Office
from migrant_office.models.service import Service
from migrant_office.services import catalogue, history
from migrant_office.ui.catalogue.catalogue_page import CataloguePage, told
from migrant_office.ui.operations import Operations
from tests.ui.looking import live, press, settle
from tests.ui.walking import until


@pytest.fixture
def page(qtbot, operations: Operations) -> CataloguePage:
    made = CataloguePage(operations)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    made.read()
    until(lambda: made.shown is not None, "service")
    return made


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
        facts = told(catalogue.service(office, line.id))
        assert all(text.strip() for _label, text in facts), line.name
        assert not any(text.lower() in {"unknown", "none", "null"} for _label, text in facts)


def test_a_confirmation_is_dated_today_and_can_be_undone(page: CataloguePage, operations: Operations):
    service = page.shown
    assert service is not None
    before = service.confirmed
    said: list[str] = []
    page.said.connect(said.append)
    page.confirm.click()
    until(lambda: page.shown is not None and page.shown.confirmed == clock.today() and said, "confirmed")
    operations.run(page, history.undo)
    settle(operations, 3)
    found: list[Service] = []
    operations.ask(page, lambda office: catalogue.service(office, service.id), found.append)
    until(lambda: found, "service")
    assert found[0].confirmed == before
