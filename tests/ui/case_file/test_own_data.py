"""What the office keeps about a person, put on paper from her case."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from migrant_office.app import Window
from migrant_office.i18n import _
from migrant_office.models.sheet_print import SheetKind
from migrant_office.services import protection
from migrant_office.ui.case_file.case_page import CasePage
from migrant_office.ui.paper.paper_dialog import PaperDialog
from tests.ui.looking import cut_labels, squeezed, unnamed
from tests.ui.walking import front, open_bare_case, until


@pytest.fixture
def page(window: Window) -> CasePage:
    page = open_bare_case(window)
    until(lambda: page.consent.row_widgets, "notice")
    return page


def test_what_the_office_keeps_is_put_on_paper(page: CasePage):
    assert [look(page.consent) for look in (cut_labels, squeezed, unnamed)] == [[], [], []]
    page.consent.own.click()
    until(lambda: front(PaperDialog).made is not None, "made")
    made = front(PaperDialog).made
    assert made is not None
    assert made.kind is SheetKind.OWN_DATA
    assert "Rose" not in made.name


def test_of_a_restricted_case_nothing_is_put_on_paper(page: CasePage):
    id, written = page.case_id, list[Any]()
    page.operations.run(page, lambda office: protection.open_path(office, id, []), written.append)
    until(lambda: written and page.case is not None and page.case.person.restricted, "restricted")
    page.consent.own.click()
    assert QApplication.activeModalWidget() is None
    assert page.consent.own.toolTip() == _("Nothing of this case is printed.")
