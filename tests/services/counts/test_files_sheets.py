"""The sheets of the workbook: their names, their tags, and what stands side by side."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office.i18n import LANGUAGES, Translator
from migrant_office.models.counts.terms import TOTAL, Label
from migrant_office.services.counts.files.sheet_names import SheetNames
from migrant_office.services.counts.files.wide import figure_tag, line_tag
from migrant_office.services.counts.files.xlsx import xlsx_bytes
from tests.services.counts.a_release import PERIODS, a_release

FORBIDDEN = set("[]:*?/\\")


@given(st.lists(st.text(max_size=60), max_size=12))
def test_excel_takes_every_name_and_no_two_are_alike(labels):
    names = SheetNames()
    given_out = [names.of(label) for label in labels]
    assert len({name.casefold() for name in given_out}) == len(labels)
    for name in given_out:
        assert 1 <= len(name) <= 31
        assert not FORBIDDEN & set(name)
        assert not name.startswith("'")
        assert not name.endswith("'")
        assert name.casefold() != "history"


def test_a_long_name_is_cut_between_words_and_the_second_gets_a_number():
    names = SheetNames()
    assert names.of("Por nacionalidad y tipo de servicio") == "Por nacionalidad y tipo de…"
    assert names.of("Por nacionalidad y tipo de servicio") == "Por nacionalidad y tipo de… 2"
    assert names.of("a" * 40) == "a" * 30 + "…"
    assert names.of("Por edad/sexo\n[x]") == "Por edad sexo x"
    assert names.of("  '") == "-"


@pytest.mark.parametrize("label", ["=1+1", "@cmd", "a\nb", "Por sexo", "x" * 200, "[]", "Datos", "Léame"])
def test_whatever_a_table_is_called_the_workbook_opens(label):
    release = a_release()
    same = Label(label, label, label)
    tables = tuple(replace(table, label=same) for table in release.tables)
    dimensions = tuple(
        replace(one, categories=tuple(replace(line, label=same) for line in one.categories))
        for one in release.dimensions
    )
    indicators = tuple(replace(one, label=same) for one in release.indicators)
    hostile = replace(release, tables=tables, dimensions=dimensions, indicators=indicators)
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(hostile, Translator("es_CL"))))
    assert len(book.sheetnames) == len({name.casefold() for name in book.sheetnames})
    assert not any(cell.data_type == "f" for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)


def test_a_table_too_wide_for_a_page_has_a_sheet_for_each_indicator():
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(a_release(), Translator("es_CL"))))
    wide = [sheet for sheet in book.worksheets if str(sheet["A1"].value).startswith("sex month y age year")]
    assert [sheet["B4"].value for sheet in wide] == ["persons_attended ñ (personas)", "attentions ñ (hechos)"]
    assert {sheet.max_column for sheet in wide} == {10}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("period", PERIODS)
def test_every_table_stands_somewhere_as_it_was_released(lang, period):
    """Read by the tags alone, as a program does: the row of the line, the column of the tag."""
    release = a_release(period)
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(release, Translator(lang))))
    for table in release.tables:
        if not table.dimensions:
            continue
        down = release.lines(table.dimensions[0])
        across = release.lines(table.dimensions[1]) if len(table.dimensions) > 1 else None
        sheets = [sheet for sheet in book.worksheets if sheet["A1"].value == table.label.get(lang)]
        (columns,) = (
            found
            for sheet in sheets
            if (found := tagged(sheet)).get(figure_tag(release, table, across)) and line_tag(down) in found
        )
        for number, line in enumerate([*(one.code for one in down.categories), TOTAL]):
            for code in [*(one.code for one in across.categories), TOTAL] if across else [None]:
                cell = table.cell(line) if code is None else table.cell(line, code)
                shown = columns[figure_tag(release, table, across, code or TOTAL)][number]
                assert shown == (cell.marker if cell.value is None else cell.value)


def tagged(sheet) -> dict[str, list[object]]:
    """What stands under each tag of a sheet."""
    head = next((row for row in sheet.iter_rows() if str(row[0].value).startswith("#")), None)
    if head is None:
        return {}
    return {
        str(cell.value): [sheet.cell(row, cell.column).value for row in range(cell.row + 1, sheet.max_row + 1)]
        for cell in head
    }


@pytest.mark.parametrize(
    ("dimension", "code", "expected"),
    [
        ("sex:month", "F", "#reached+f+ind+persons_attended+num"),
        ("sex:month", "M", "#reached+m+ind+persons_attended+num"),
        ("sex:month", "X", "#reached+i+ind+persons_attended+num"),
        ("sex:month", "_O", "#reached+other+ind+persons_attended+num"),
        ("sex:month", TOTAL, "#reached+total+ind+persons_attended+num"),
        ("age:year", "Y0T4", "#reached+infants+age_0_4+ind+persons_attended+num"),
        ("age:year", "Y5T11", "#reached+children+age_5_11+ind+persons_attended+num"),
        ("age:year", "Y12T17", "#reached+adolescents+age_12_17+ind+persons_attended+num"),
        ("age:month", "Y0T17", "#reached+children+age_0_17+ind+persons_attended+num"),
        ("age:year", "Y18T59", "#reached+adults+age_18_59+ind+persons_attended+num"),
        ("age:year", "Y_GE60", "#reached+elderly+age_60_plus+ind+persons_attended+num"),
        ("age:year", "_U", "#reached+age_u+ind+persons_attended+num"),
        ("service_type:month", "WORK", "#reached+service_work+ind+persons_attended+num"),
    ],
)
def test_the_attributes_are_those_of_the_vocabulary(dimension, code, expected):
    release = a_release()
    table = release.table("t0", "persons_attended")
    assert figure_tag(release, table, release.lines(dimension), code) == expected


def test_events_are_no_people():
    release = a_release()
    assert figure_tag(release, release.table("t0", "attentions")) == "#output+total+attentions+num"
    assert line_tag(release.lines("age:month")) == "#beneficiary+age+group+name"
