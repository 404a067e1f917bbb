"""The pages on the screen: sharp at every size, and only those in sight in memory."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from migrant_office.ui.paper.pages_view import PagesView
from migrant_office.ui.paper.spread import FIT
from migrant_office.ui.printing import Leaves
from tests.ui.looking import live
from tests.ui.printing.papers import paper
from tests.ui.walking import until

LETTER = (612.0, 792.0)


@pytest.fixture
def view(qtbot, dressed: None) -> Iterator[PagesView]:
    made = PagesView()
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    yield made
    made.show_leaves(None)


def ink(view: PagesView) -> int:
    """Dark spots on the screen."""
    image = view.viewport().grab().toImage()
    return sum(
        image.pixelColor(x, y).lightness() < 90 for x in range(0, image.width(), 2) for y in range(image.height())
    )


def test_it_says_what_it_waits_for_and_then_shows_the_pages(view: PagesView):
    view.wait("Preparando la hoja…")
    assert ink(view) > 20
    view.show_leaves(Leaves(paper(LETTER)))
    until(lambda: view._images, "painted")
    assert view.accessibleDescription() == "Página 1 de 1"


def test_a_file_of_hundreds_holds_few_pages_in_memory(view: PagesView):
    view.show_leaves(Leaves(paper(*[LETTER] * 300)))
    until(lambda: view._images, "painted")
    assert len(view._images) <= 2
    QTest.keyClick(view, Qt.Key.Key_End)
    until(lambda: 299 in view._images, "the last page")
    assert len(view._images) <= 2
    assert view.accessibleDescription() == "Página 300 de 300"
    QTest.keyClick(view, Qt.Key.Key_Home)
    until(lambda: 0 in view._images, "the first page, painted again")


def test_page_keys_scroll_and_sizes_are_painted_sharp(view: PagesView):
    view.show_leaves(Leaves(paper(LETTER, LETTER)))
    until(lambda: 0 in view._images, "painted")
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert view.verticalScrollBar().value() > 300
    QTest.keyClick(view, Qt.Key.Key_PageUp)
    assert view.verticalScrollBar().value() == 0
    view.step_zoom(1)
    view.step_zoom(1)
    assert view.zoom == 150
    view.step_zoom(1)
    assert view.zoom == 150, "there is no larger one"
    assert view.horizontalScrollBar().maximum() > 0
    until(lambda: 0 in view._images and view._images[0].width() == 1224, "sharp")
    view.set_zoom(FIT)
    assert view.horizontalScrollBar().maximum() == 0


def test_the_place_is_kept_when_the_sheet_is_made_again(view: PagesView):
    view.show_leaves(Leaves(paper(LETTER, LETTER, LETTER)))
    QTest.keyClick(view, Qt.Key.Key_End)
    live(30)
    place = view.page()
    assert place > 0
    view.show_leaves(Leaves(paper(LETTER, LETTER, LETTER)))
    assert view.page() == place
