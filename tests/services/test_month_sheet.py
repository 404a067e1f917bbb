"""The report of a closed month: what was released, whatever is written down since."""

from __future__ import annotations

from datetime import date

import pypdfium2 as pdfium
import pytest

from migrant_office.errors import NotAllowed
from migrant_office.models.office import Office
from migrant_office.models.person import Sex
from migrant_office.models.sheet import ENGLISH, SPANISH, Choice, Paper
from migrant_office.models.sheet_print import SheetKind
from migrant_office.services import month
from migrant_office.services.month_sheet import month_sheet
from tests.services.a_month import APRIL, MARCH, SECOND, a_case, on


def text(content: bytes) -> str:
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pdfium.PdfDocument(content))


def closed(office: Office, people: int = 41) -> None:
    for number in range(people):
        a_case(office, given="Wideline", sex=Sex.WOMAN if number % 2 else Sex.MAN, nationality="HT")
    with on(date(2026, 4, 1)):
        month.close(office, MARCH, SECOND)


def test_an_open_month_has_no_report(desk: Office) -> None:
    a_case(desk)
    with pytest.raises(NotAllowed, match="Close it first"):
        month_sheet(desk, MARCH)


def test_it_says_what_was_released_and_never_what_is_exact(desk: Office) -> None:
    closed(desk)
    made = month_sheet(desk, MARCH, Choice(SPANISH))
    released = month.preview(desk, MARCH).table("total", "persons_attended").total.value
    assert released in (40, 45)
    told = text(made.pdf)
    assert f"Personas atendidas (personas) {released}" in told
    assert " 41 " not in told
    assert "Wideline" not in told


def test_what_comes_late_changes_nothing(desk: Office) -> None:
    closed(desk)
    before = month_sheet(desk, MARCH)
    for _ in range(30):
        a_case(desk)
    assert month_sheet(desk, MARCH) == before


def test_it_comes_as_it_is_chosen(desk: Office) -> None:
    closed(desk)
    made = month_sheet(desk, MARCH, Choice(ENGLISH, Paper.A4))
    assert (made.kind, made.name, made.languages) == (SheetKind.MONTH, "month-es-en", ("es", "en"))
    document = pdfium.PdfDocument(made.pdf)
    assert made.pages == len(document)
    assert [side / 72 * 25.4 for side in document[0].get_size()] == pytest.approx(Paper.A4.value, abs=0.1)
    assert "Recuentos de marzo de 2026" in text(made.pdf)
    assert "Counts of March 2026" in text(made.pdf)
    assert "Chif mas 2026" in text(month_sheet(desk, MARCH).pdf)
    assert not month_sheet(desk, MARCH, Choice(SPANISH)).draft


def test_a_month_without_anybody_has_one_all_the_same(desk: Office) -> None:
    with on(date(2026, 5, 1)):
        month.close(desk, APRIL, SECOND)
        told = text(month_sheet(desk, APRIL, Choice(SPANISH)).pdf)
    assert "Personas atendidas (personas) c" in told
