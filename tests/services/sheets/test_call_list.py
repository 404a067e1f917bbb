"""Whom to call, on paper: everything that is needed for the call, on pages that nothing leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from migrant_office.i18n import Translator
from migrant_office.models.service import CheckReason
from migrant_office.models.sheet import Paper
from migrant_office.services.freshness import Call, ToCheck
from migrant_office.services.sheets.call_list import CallPaper, render_calls

DUE = ToCheck(
    id="a",
    name="Certificación <de> competencias",
    owner="Centro & Cía",
    area="certification",
    confirmed=date(2026, 1, 5),
    since=date(2026, 7, 4),
    wanted=True,
    why=CheckReason.REJECTED,
    referred=3,
)
CALL = Call(due=DUE, phone="600 300 1999", contact="Miraflores 130; contacto@example.org")


def text_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def paper(calls: list[Call]) -> CallPaper:
    return CallPaper("Oficina de Prueba", date(2026, 3, 2), calls, {"certification": "Certificación y estudios"})


@pytest.mark.parametrize("lang", ["es_CL", "es_MX", "ht_CL", "en"])
def test_a_line_says_whom_to_call_and_why(lang: str) -> None:
    (page,) = text_of(render_calls(paper([CALL]), Paper.LETTER, Translator(lang))[0])
    for said in (
        "Certificación <de> competencias",
        "Centro & Cía",
        "600 300 1999",
        "Miraflores 130",
        "Certificación y estudios",
    ):
        assert said in " ".join(page.split()), said
    assert Translator(lang).gettext(CheckReason.REJECTED.label) in page


def test_a_long_list_takes_pages_and_is_the_same_file_again() -> None:
    calls = [replace(CALL, due=replace(DUE, name=f"Servicio {i}")) for i in range(40)]
    pdf = render_calls(paper(calls), Paper.OFICIO, Translator("es"))[0]
    pages = text_of(pdf)
    assert len(pages) > 1
    assert [i for i in range(40) if f"Servicio {i}\n" in "".join(pages) or f"Servicio {i} " in "".join(pages)] == list(
        range(40)
    )
    assert pdf == render_calls(paper(calls), Paper.OFICIO, Translator("es"))[0]


def test_a_text_without_end_leaves_no_page() -> None:
    endless = replace(CALL, contact="x" * 5000, due=replace(DUE, name="y" * 5000, owner="z" * 900))
    assert len(text_of(render_calls(paper([endless] * 3), Paper.A4, Translator("es"))[0])) == 1


def test_an_empty_list_is_a_page() -> None:
    assert len(text_of(render_calls(paper([]), Paper.A4, Translator("es"))[0])) == 1
