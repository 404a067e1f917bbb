"""Other people's readers over every file of a release: libhxl, frictionless, openpyxl."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import frictionless
import hxl
import openpyxl
import pytest
from hxl.model import Column

from migrant_office.i18n import LANGUAGES, Translator
from migrant_office.models.counts.release import Release
from migrant_office.models.counts.terms import TOTAL
from migrant_office.services.counts.files.csv import csv_bytes
from migrant_office.services.counts.files.folder import release_files
from migrant_office.services.counts.files.rows import columns
from migrant_office.services.counts.files.xlsx import xlsx_bytes
from tests.services.counts.a_release import PERIODS, a_release

# 4.2 of the research note, the column of figures apart: HXL wants people only under #reached, so it is two.
TAGS = """
period #date+period, period_start #date+start, period_end #date+end, office #org+office+code,
country #country+code+v_iso3, municipality #adm2+code, indicator #indicator+code, unit #meta+unit,
sex #beneficiary+sex+code, age #beneficiary+age+group+code, nationality #country+origin+code+v_iso3,
status #beneficiary+status+code, disability #beneficiary+disability+code, service #service+type+code,
outcome #status+outcome+code, value_persons #reached+ind+num, value_events #output+num, obs_status #meta+status+code,
conf_status #meta+confidentiality+code, release #meta+release+code, revision #meta+revision+num
"""


@pytest.fixture(params=PERIODS)
def release(request) -> Release:
    return a_release(request.param)


def in_folder(files: dict[str, bytes], folder: Path) -> Path:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


# -- HXL


def read_hxl(data: bytes, sheet: int | None = None) -> hxl.Dataset:
    """As a humanitarian program reads it."""
    return hxl.data(io.BytesIO(data), hxl.InputOptions(sheet_index=sheet))


def errors(data: hxl.Dataset) -> list[str]:
    """What the schema inside libhxl calls an error."""
    found: list[str] = []

    def heard(problem: hxl.validation.HXLValidationException) -> None:
        if problem.rule.severity == "error":
            found.append(f"{problem.column and problem.column.display_tag}: {problem.value}: {problem.message}")

    hxl.schema(callback=heard).validate(data)
    return found


def test_every_column_has_its_tag_and_libhxl_reads_it(release):
    data = read_hxl(csv_bytes(release))
    expected = [tuple(pair.split()) for pair in TAGS.replace("\n", " ").split(",")]
    assert [(column.name, column.hxl) for column in columns(release)] == expected
    read = data.columns
    assert [column.header for column in read] == [name for name, _tag in expected]
    for column, (_name, tag) in zip(read, expected, strict=True):
        wanted = Column.parse(tag, use_exception=True)
        assert (column.tag, column.attributes) == (wanted.tag, wanted.attributes)


def test_libhxl_finds_no_error_in_the_figures(release):
    assert errors(read_hxl(csv_bytes(release))) == []


def test_libhxl_would_find_an_error(release):
    """The rule that only numbers stand under #reached is alive: the mark of the tables would break it."""
    rows = list(csv.reader(io.StringIO(csv_bytes(release).decode(), newline="")))
    rows[4][rows[0].index("value_persons")] = "c"
    spoilt = io.StringIO(newline="")
    csv.writer(spoilt).writerows(rows)
    assert any("#reached" in error for error in errors(read_hxl(spoilt.getvalue().encode())))


def test_libhxl_adds_up_what_was_released_and_nothing_more(release):
    read = [row.get("#reached") for row in read_hxl(csv_bytes(release))]
    shown: dict[frozenset[tuple[str, str]], int | None] = {}
    for table in release.tables:
        if table.indicator == "persons_attended":
            for cell in table.cells:
                codes = zip(table.dimensions, cell.codes, strict=True)
                key = frozenset((release.lines(name).column, code) for name, code in codes if code != TOTAL)
                shown.setdefault(key, cell.value)
    assert sum(int(one) for one in read if one) == sum(value for value in shown.values() if value)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_libhxl_reads_every_wide_sheet(release, lang):
    workbook = xlsx_bytes(release, Translator(lang))
    sheets = openpyxl.load_workbook(io.BytesIO(workbook)).sheetnames
    tags = set()
    for number, name in enumerate(sheets[1:-1], 1):
        data = read_hxl(workbook, number)
        assert all(column.tag for column in data.columns), name
        tags |= {column.display_tag for column in data.columns}
    for part in ("+f+", "+m+", "+adults+", "+age_18_29+", "+elderly+", "+adolescents+", "+children+", "+total+"):
        assert any(part in f"{tag}+" for tag in tags), part


# -- data package


def test_frictionless_accepts_the_data_package(release, tmp_path):
    in_folder(release_files(release, Translator("es_CL")), tmp_path)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["title", "message"])
    assert [task.name for task in report.tasks] == ["data", "data-sdmx"]
    assert all(task.stats["rows"] > 100 for task in report.tasks)


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("data.csv", b",VEN,", b",XXX,"),  # a code that no list has
        ("data.csv", b"2026-10-01,", b"2026-13-01,"),
        ("data-sdmx.csv", b",PERSONS,", b",persons,"),
        ("data-sdmx.csv", b"dataflow,", b","),
    ],
)
def test_frictionless_would_refuse_other_figures(tmp_path, file, before, after):
    files = release_files(a_release(), Translator("es_CL"))
    assert before in files[file]
    spoilt = files[file].replace(before, after, 1)
    package = json.loads(files["datapackage.json"])
    for resource in package["resources"]:  # only what it says of the contents is asked here
        del resource["hash"], resource["bytes"]
    in_folder({**files, file: spoilt, "datapackage.json": json.dumps(package).encode()}, tmp_path)
    assert not frictionless.validate(str(tmp_path / "datapackage.json")).valid


def test_frictionless_sees_a_changed_byte(release, tmp_path):
    files = release_files(release, Translator("es_CL"))
    in_folder({**files, "data.csv": files["data.csv"].replace(b",F,", b",M,", 1)}, tmp_path)
    assert not frictionless.validate(str(tmp_path / "datapackage.json")).valid


def test_the_package_reads_protected_figures_as_missing(tmp_path):
    in_folder(release_files(a_release(), Translator("es_CL")), tmp_path)
    package = frictionless.Package(str(tmp_path / "datapackage.json"))
    rows = package.get_table_resource("data").read_rows()
    protected = [row for row in rows if row["obs_status"] == "Q"]
    assert protected
    assert all(row["value_persons"] is None and row["value_events"] is None for row in protected)
    assert package.licenses[0]["name"] == "CC-BY-4.0"


# -- workbook


@pytest.mark.parametrize("lang", LANGUAGES)
def test_openpyxl_finds_words_and_figures_only(release, lang):
    hostile = replace(release, office=replace(release.office, name="=cmd()"), legal=replace(release.legal, es="@x\n+1"))
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(hostile, Translator(lang))))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert any(cell.value == "=cmd()" for cell in cells)
    assert {sheet.sheet_state for sheet in book.worksheets} == {"visible"}
    assert book._external_links == []
    assert not any(sheet._charts or sheet._images or sheet._pivots for sheet in book.worksheets)
    assert {name for name in book.defined_names if "Print_Titles" not in name} == set()
    assert all(cell.number_format == "#,##0" for cell in cells if cell.data_type == "n")
