"""Pages as pictures: all at once, or one at a time from a document that is held open."""

from __future__ import annotations

import pytest

from migrant_office.i18n import Translator
from migrant_office.services.recovery_sheet import recovery_sheet
from migrant_office.ui import printing
from tests.ui.printing.papers import paper


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return recovery_sheet("Oficina de Prueba", "AAAA-BBBB-CCCC", Translator("es"))


def test_a_page_becomes_a_picture_of_its_size(qapp, pdf: bytes):
    (page,) = printing.pages(pdf, 72)
    (large,) = printing.pages(pdf, 144)
    assert abs(large.width() - 2 * page.width()) <= 1
    colours = {page.pixelColor(x, y).name() for x in range(0, page.width(), 4) for y in range(0, page.height(), 4)}
    assert "#ffffff" in colours
    assert len(colours) > 1, "something is written on it"


def test_a_document_held_open_knows_its_pages_and_paints_each(qapp):
    leaves = printing.Leaves(paper((100, 200), (300, 50)))
    assert [(round(w), round(h)) for w, h in leaves.sizes] == [(100, 200), (300, 50)]
    assert leaves.picture(1, 144).width() == 600
    leaves.close()
    assert leaves.picture(0, 72).isNull(), "whoever asks late gets nothing"
    leaves.close()
