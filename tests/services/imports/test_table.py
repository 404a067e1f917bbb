from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office.services.imports import table as table_file
from migrant_office.services.imports.comma_file import delimiter_of, from_comma_file
from migrant_office.services.imports.refusals import FileRefused
from migrant_office.services.imports.table import as_table, plain_text, read_table
from migrant_office.services.imports.workbook import from_workbook

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)


def as_workbook(lines: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for line in lines:
        page.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@given(st.lists(st.lists(TEXT, min_size=3, max_size=3), min_size=1, max_size=6), st.sampled_from(",;\t|"))
def test_what_a_spreadsheet_writes_is_read_back(lines: list[list[str]], sign: str) -> None:
    header = ["Código", "Nombre", "País"]
    out = io.StringIO()
    csv.writer(out, delimiter=sign).writerows([header, *lines])
    assert list(from_comma_file(out.getvalue().encode("utf-8-sig"))) == [header, *lines]


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_refused(data: bytes) -> None:
    for read in (lambda: from_comma_file(data), lambda: from_workbook(data, "", 20)):
        try:
            table = as_table(read())
        except FileRefused:
            continue
        assert table.rows


@given(TEXT)
def test_plain_text_is_one_line_and_stays_as_it_is(text: str) -> None:
    plain = plain_text(text)
    assert plain == plain_text(plain)
    assert plain.isprintable()


def test_commas_inside_quoted_cells_do_not_make_a_comma_file() -> None:
    assert delimiter_of('Nombre;Nota\nAna;"uno, dos, tres"\nEva;"a, b"\n') == ";"


def test_rows_keep_the_number_they_have_in_the_spreadsheet() -> None:
    read = as_table([["A", "B"], ["1", "2"], ["", " "], ["3"], ["4", "5", "6"]])
    assert [(row.number, row.cells, row.overflow) for row in read.rows] == [
        (2, {"a": "1", "b": "2"}, False),
        (4, {"a": "3"}, False),
        (5, {"a": "4", "b": "5"}, True),
    ]


@pytest.mark.parametrize("lines", [[], [["A"]], [["", ""], ["1", "2"]], [["A", "a "], ["1", "2"]], [["A"], [""]]])
def test_a_table_without_names_or_rows_is_refused(lines: list[list[str]]) -> None:
    with pytest.raises(FileRefused):
        as_table(lines)


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_file, "MOST_ROWS", 3)
    assert len(as_table([["A"], ["1"], ["2"], ["3"]]).rows) == 3
    with pytest.raises(FileRefused):
        as_table([["A"], ["1"], ["2"], ["3"], ["4"]])


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_file, "MOST_BYTES", 10)
    (tmp_path / "a.csv").write_text("A,B\n1,2\n3,4\n")
    with pytest.raises(FileRefused):
        read_table(tmp_path / "a.csv")


def test_an_archive_that_unpacks_to_too_much_is_refused_unread() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    assert len(out.getvalue()) < 100_000
    with pytest.raises(FileRefused):
        list(from_workbook(out.getvalue(), "", 20))


def test_a_sheet_is_found_by_its_name() -> None:
    data = as_workbook([["A"], [1]])
    assert as_table(from_workbook(data, "Sheet", 20)).rows[0].cells == {"a": "1"}
    with pytest.raises(FileRefused):
        list(from_workbook(data, "Hoja9", 20))


def test_more_columns_than_allowed_are_refused() -> None:
    data = as_workbook([[f"c{n}" for n in range(300)], list(range(300))])
    with pytest.raises(FileRefused):
        as_table(from_workbook(data, "", table_file.MOST_COLUMNS))


def test_a_quote_that_is_never_closed_is_refused() -> None:
    with pytest.raises(FileRefused):
        as_table(from_comma_file(b'A,B\n1,"2\n3,4\n'))
