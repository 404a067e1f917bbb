"""The month on paper says every released figure once, and nothing that was not released."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office.models.counts.release import Release, ReleasedTable
from migrant_office.models.counts.terms import TOTAL, Label
from migrant_office.models.parity import Review, Reviews, text_hash
from migrant_office.models.sheet import SPANISH
from migrant_office.services.sheets.definition import load_definition
from migrant_office.services.sheets.document import Document, write
from migrant_office.services.sheets.figures import BarsPiece, FigureRow, FigureTable, TablePiece
from migrant_office.services.sheets.month import CHARTS, MOST_COLUMNS, month_document
from tests.services.sheets.examples import COUNTRIES, PRINTING, form, release

WORDS = load_definition("santiago", "month")


def report(of: Release, languages: tuple[str, str] = SPANISH, reviews: Reviews | None = None) -> Document:
    return month_document(of, WORDS, form("santiago", languages), PRINTING, reviews or Reviews())


def text(document: Document) -> str:
    found = pdfium.PdfDocument(write([document]))
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in found)


def bars(document: Document) -> list[BarsPiece]:
    return [piece for page in document.pages for piece in page.pieces if isinstance(piece, BarsPiece)]


@pytest.mark.parametrize("city", COUNTRIES)
@pytest.mark.parametrize("persons", [12, 40, 250, 600])
def test_every_released_figure_stands_on_its_line(city: str, persons: int) -> None:
    found = release(city, persons)
    told = text(report(found))
    thousands = "."  # the paper is Chilean

    def figure(code: tuple[str, ...], table) -> str:
        cell = table.cell(*code)
        return cell.marker if cell.value is None else f"{cell.value:,}".replace(",", thousands)

    one_way: dict[str, list[ReleasedTable]] = {}
    for table in found.tables:
        if len(table.dimensions) == 1:
            one_way.setdefault(table.code, []).append(table)
        elif len(table.dimensions) == 2:
            down, across = (found.lines(name) for name in table.dimensions)
            for line in down.categories:
                codes = [(line.code, other) for other in (*(c.code for c in across.categories), TOTAL)]
                assert " ".join([line.label.es, *(figure(code, table) for code in codes)]) in told
        else:
            unit = "personas" if found.indicator(table.indicator).unit == "persons" else "hechos"
            assert f"{found.indicator(table.indicator).label.es} ({unit}) {figure((), table)}" in told
    for tables in one_way.values():
        for line in found.lines(tables[0].dimensions[0]).categories:
            for start in range(0, len(tables), MOST_COLUMNS):
                beside = tables[start : start + MOST_COLUMNS]
                assert " ".join([line.label.es, *(figure((line.code,), table) for table in beside)]) in told


def test_a_protected_figure_has_no_bar_and_its_mark_beside() -> None:
    found = release("santiago", 60)
    document = report(found)
    marked = [bar for piece in bars(document) for bar in piece.bars if bar.value is None]
    assert marked
    assert {bar.told for bar in marked} <= {"c", "–"}
    assert "c quiere decir: menos de 10 personas" in text(document)
    shown = {cell.value for table in found.tables for cell in table.cells}
    assert {bar.value for piece in bars(document) for bar in piece.bars} <= shown


def test_bars_are_those_of_persons_where_most_may_be_shown() -> None:
    found = bars(report(release("santiago", 600)))
    assert len(found) == CHARTS
    assert all(piece.head.box.block.lines[0].texts[0].endswith("Personas atendidas") for piece in found)


def test_a_month_of_totals_only_says_so_and_draws_nothing() -> None:
    few = release("santiago", 25)
    assert few.total_only
    document = report(few)
    assert bars(document) == []
    assert "En este período vinieron menos de 30 personas." in text(document)
    assert "En este período vinieron menos" not in text(report(release("santiago", 600)))


def test_a_demo_says_that_it_is_invented() -> None:
    assert "las personas y las cifras son inventadas" in text(report(release("santiago", demo=True)))
    assert "inventadas" not in text(report(release("santiago")))


def test_the_totals_and_how_to_read_them_are_on_the_first_page() -> None:
    for languages in (("es", "ht"), ("es", "en"), ("es", "es")):
        first = pdfium.PdfDocument(write([report(release("santiago"), languages)]))[0]
        told = " ".join(first.get_textpage().get_text_range().split())
        assert "Personas atendidas" in told
        assert "Esta publicación ya no cambia" in told


def test_the_words_of_the_release_need_approval_as_those_of_the_sheet_do() -> None:
    found = release("santiago")
    labels = {(label.es, label.ht) for label in _labels(found)}
    rows = {(row.es, row.ht) for row in WORDS.rows}

    def approved(pairs) -> Reviews:
        return Reviews(Review(text_hash(es), text_hash(ht), "Nadège Pierre", date(2026, 10, 1)) for es, ht in pairs)

    def draft(reviews: Reviews) -> bool:
        return month_document(found, WORDS.judged(reviews), form("santiago"), PRINTING, reviews).draft

    assert draft(approved(rows))
    assert draft(approved(labels))
    assert not draft(approved(rows | labels))


def _labels(found: Release):
    for lines in found.dimensions:
        yield lines.label
        yield from (one.label for one in lines.categories)
    for indicator in found.indicators:
        yield from (indicator.label, indicator.definition, indicator.source)
    yield from (table.label for table in found.tables)
    yield found.legal


def test_markup_in_a_label_is_only_text() -> None:
    found = release("santiago")
    label = Label("<b>Nombre & <i>apellido", "<b>Name & <i>surname", "<b>Non & <i>siyati")
    tables = tuple(replace(table, label=label) for table in found.tables)
    assert "<b>Nombre & <i>apellido" in text(report(replace(found, tables=tables)))


@given(
    st.lists(st.text("abcdefgh ñ", min_size=1, max_size=90), min_size=1, max_size=120),
    st.integers(1, 6),
    st.sampled_from([300.0, 450.0, 640.0]),
)
def test_a_long_table_goes_on_over_pages_with_its_headings(names: list[str], columns: int, room: float) -> None:
    rows = tuple(FigureRow(f"{name}", ("1",) * columns) for name in names)
    table = FigureTable("table", ("Tabla", "Tablo"), ("Línea", *["Cifra"] * columns), rows, ("c = protegida",))
    parts = list(table.parts(form("santiago").grid(), room))
    assert [row for part in parts for row in part.told.rows] == list(rows)
    assert all(part.height <= room for part in parts)
    assert all(part.heads is not None for part in parts)
    assert len(parts) == 1 or TablePiece(table, form("santiago").grid()).height > room
