"""The page of those who wait, reached from Mes and left for a case by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from migrant_office.app import Window
from migrant_office.i18n import _
from migrant_office.models.pathway.kinds import PathwayKind, Placement, Result
from migrant_office.services import pathways, protection
from migrant_office.services.pathways import Beginning, News, Next
from migrant_office.ui.case_file.case_page import CasePage
from migrant_office.ui.pathways.pathways_page import PathwaysPage
from tests.ui.case_file.test_papers import do
from tests.ui.looking import cut_labels, overlapping, press, scrolls_sideways, settle, squeezed, unnamed
from tests.ui.walking import open_bare_case, page_of, space_of, until


@pytest.fixture
def waits(window: Window) -> str:
    """Somebody whose certificate is not there yet, for a long time."""
    case = open_bare_case(window).case_id

    def made(office):
        _done, way = pathways.begin(office, case, Beginning(kind=PathwayKind.CERTIFICATION, centre="INACAP"))
        return pathways.add_milestone(
            office, case, way.id, News(spot=Result.COMPETENT), Next(placement=Placement.NOT_WANTED)
        )

    do(space_of(window).operations, made)
    return case


def shown(window: Window) -> PathwaysPage:
    page = page_of(window, PathwaysPage)
    space_of(window).go("month")
    settle(window.operations)
    page_of_month = space_of(window).pages["month"]
    page_of_month.pathways_button.click()  # type: ignore[attr-defined]
    until(lambda: page.shown is not None and page.isVisible(), "page")
    settle(window.operations, 3)
    return page


def test_the_page_shows_the_living_office_and_nothing_is_cut(window: Window) -> None:
    page = shown(window)
    assert page.shown is not None
    assert any(section.count for section in page.shown.sections)
    assert page.row_widgets
    for look in (cut_labels, squeezed, overlapping, unnamed, scrolls_sideways):
        assert look(page) == [], look.__name__
    assert space_of(window).current == "pathways"
    page.row_widgets[0].setFocus()
    press(Qt.Key.Key_Return)
    until(lambda: page_of(window, CasePage).isVisible(), "case")


def test_it_reads_again_when_a_pathway_changes(window: Window, waits: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from migrant_office.services.pathways import reports

    kept = reports.SECTIONS["unissued"]
    now = type(kept)(kept.title, kept.hint, 0, by_centre=True)
    monkeypatch.setitem(reports.SECTIONS, "unissued", now)
    page = shown(window)

    def names() -> list[str]:
        return [row.spec().title for row in page.row_widgets if row.spec().key == waits]

    assert names() == ["Rose Sosa"]
    do(space_of(window).operations, lambda office: protection.open_path(office, waits, []))
    until(lambda: names() and "Rose" not in names()[0], "hidden")
    assert _("Restricted") in [m.text for row in page.row_widgets if row.spec().key == waits for m in row.spec().marks]
