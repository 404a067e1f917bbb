"""The files of a release, read back by other programs: a CSV reader, openpyxl, a zip reader, a JSON reader."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from migrant_office.errors import StorageFailed, UserError
from migrant_office.i18n import LANGUAGES, Translator
from migrant_office.models.counts.release import Office
from migrant_office.models.counts.terms import TOTAL
from migrant_office.services.counts.exact import exact_tables
from migrant_office.services.counts.files.csv import csv_bytes, safe
from migrant_office.services.counts.files.folder import release_files, write_release
from migrant_office.services.counts.files.xlsx import xlsx_bytes

SECRET = b"0123456789abcdef" * 2


@pytest.fixture(scope="module")
def month(records):
    return records(212, 21)


@pytest.fixture(scope="module")
def release(released, month):
    return released(month, secret=SECRET)


@pytest.fixture(scope="module")
def files(release):
    return release_files(release, Translator("es_CL"))


@pytest.fixture(params=LANGUAGES)
def book(request, release):
    data = io.BytesIO(xlsx_bytes(release, Translator(request.param)))
    return openpyxl.load_workbook(data)


def rows_of(data: bytes):
    names, tags, *rows = csv.reader(io.StringIO(data.decode("utf-8"), newline=""))
    return names, tags, [dict(zip(names, row, strict=True)) for row in rows]


# -- CSV


def test_the_csv_holds_every_figure_once_with_its_status(release, files):
    _names, _tags, rows = rows_of(files["data.csv"])
    seen = {}
    for row in rows:
        key = (row["indicator"], *(row[name] for name in ("sex", "age", "nationality", "service", "status")))
        assert key not in seen
        seen[key] = row
        used = row["value_persons"] if row["unit"] == "persons" else row["value_events"]
        other = row["value_events"] if row["unit"] == "persons" else row["value_persons"]
        assert other == ""
        assert (used == "") is (row["obs_status"] == "Q")
        assert used == "" or (int(used) % 5 == 0 and int(used) >= 10)
        assert (row["conf_status"], row["disability"], row["outcome"]) == ("F", "_T", "_T")
    for table in release.tables:
        for cell in table.cells:
            codes = dict(zip(table.dimensions, cell.codes, strict=True))
            names = ("sex:month", "age:month", "nationality:month", "service_type:month", "status:month")
            row = seen[(table.indicator, *(codes.get(name, TOTAL) for name in names))]
            assert row[f"value_{row['unit']}"] == ("" if cell.value is None else str(cell.value))


def test_the_hxl_row_names_people_only_where_people_are_counted(files):
    names, tags, _rows = rows_of(files["data.csv"])
    tag = dict(zip(names, tags, strict=True))
    assert all(re.fullmatch(r"#[a-z0-9]+(\+[a-z0-9_]+)*", one) for one in tags)
    assert tag["value_persons"] == "#reached+ind+num"
    assert tag["value_events"] == "#output+num"
    assert tag["nationality"] == "#country+origin+code+v_iso3"
    assert tag["period"] == "#date+period"
    assert len(set(tags)) == len(tags)


def test_the_csv_is_the_same_in_every_language(release):
    assert len({release_files(release, Translator(lang))["data.csv"] for lang in LANGUAGES}) == 1


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\r="])
def test_a_text_that_looks_like_a_formula_is_made_harmless(text):
    assert safe(text) == "'" + text
    assert safe("_T") == "_T"
    assert safe(-5) == -5


def test_a_hostile_place_code_leaves_no_formula_in_the_csv(release):
    hostile = replace(release, place=replace(release.place, code="=cmd|' /C calc'!A0"))
    _names, _tags, rows = rows_of(csv_bytes(hostile))
    assert {row["municipality"][0] for row in rows} == {"'"}


# -- workbook


def test_the_workbook_has_no_formula_no_hidden_sheet_no_author(book):
    assert all(sheet.sheet_state == "visible" for sheet in book.worksheets)
    for sheet in book.worksheets:
        assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
        assert not any(d.hidden for d in sheet.row_dimensions.values())
        assert not any(d.hidden for d in sheet.column_dimensions.values())
    assert not book.properties.creator
    assert not book.properties.lastModifiedBy


def test_the_parts_of_the_workbook_are_only_what_is_needed(files):
    with zipfile.ZipFile(io.BytesIO(files["data.xlsx"])) as archive:
        names = archive.namelist()
        app = archive.read("docProps/app.xml").decode()
    for part in ("calcChain", "pivot", "external", "vba", "comments", "connections", "chart"):
        assert not any(part in name for name in names)
    assert "<Company></Company>" in app or "<Company/>" in app


def test_sheets_read_me_tables_data_glossary(book, release):
    assert len(book.worksheets) == 1 + len({table.code for table in release.tables}) + 2
    data = book.worksheets[-2]
    assert data.freeze_panes == "A3"
    assert data.auto_filter.ref
    for sheet in book.worksheets[1:-2]:
        assert sheet.freeze_panes
        assert sheet.auto_filter.ref
        assert any(str(c.value).startswith("c =") for row in sheet.iter_rows() for c in row)  # the legend


def test_the_tables_of_the_workbook_show_the_release(release):
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(release, Translator("en"))))
    sheet = book["By nationality"]
    head = [cell.value for cell in sheet[4]]
    for row in sheet.iter_rows(min_row=6, max_row=14):  # under the headings and their tags
        line = row[0].value
        code = next((c.code for c in release.lines("nationality:month").categories if c.label.en == line), TOTAL)
        for name, cell in zip(head[1:], row[1:], strict=True):
            indicator = next(i for i in release.indicators if name.startswith(i.label.en + "\n"))
            expected = release.table("nationality", indicator.code).cell(code)
            assert cell.value == (expected.marker if expected.value is None else expected.value)
            assert cell.alignment.horizontal == "right"
            if expected.value is None:
                assert cell.data_type == "s"
            else:
                assert cell.number_format == "#,##0"
    by_sex = book["By age and sex"]
    last = [cell.value for cell in by_sex[13]]
    table = release.table("sex_age", "persons_attended")
    assert last[:5] == ["Total", *(table.cell(TOTAL, sex).value or "c" for sex in ("F", "M", "_O", TOTAL))]


def test_the_sheet_of_data_is_the_csv(release, files):
    sheet = openpyxl.load_workbook(io.BytesIO(files["data.xlsx"])).worksheets[-2]
    shown = [["" if cell.value is None else str(cell.value) for cell in row] for row in sheet.iter_rows()]
    assert shown == list(csv.reader(io.StringIO(files["data.csv"].decode(), newline="")))


def test_text_that_looks_like_a_formula_stays_text(release):
    hostile = replace(release, office=Office("oficina", '=HYPERLINK("http://x","y")', demo=False))
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(hostile, Translator("es"))))
    texts = [c for sheet in book.worksheets for row in sheet.iter_rows() for c in row if "HYPERLINK" in str(c.value)]
    assert texts
    assert all(cell.data_type == "s" and cell.hyperlink is None for cell in texts)


# -- data package, method, checksums


def test_the_data_package_describes_the_csv(release, files):
    package = json.loads(files["datapackage.json"])
    resource = package["resources"][0]
    names, tags, rows = rows_of(files["data.csv"])
    fields = resource["schema"]["fields"]
    assert [field["name"] for field in fields] == names
    assert [field["hxl"] for field in fields] == tags
    assert resource["hash"] == "sha256:" + hashlib.sha256(files["data.csv"]).hexdigest()
    assert resource["bytes"] == len(files["data.csv"])
    for field in fields:
        for row in rows:
            value = row[field["name"]]
            assert value or not field["constraints"]["required"]
            assert field["type"] != "integer" or value == "" or int(value) >= 0
            assert value in field["constraints"].get("enum", [value])
    keys = [tuple(row[name] for name in resource["schema"]["primaryKey"]) for row in rows]
    assert len(set(keys)) == len(keys)
    assert package["method"]["threshold"] == 10
    assert package["release_sha256"] == release.sha256


def test_the_method_names_every_parameter_the_catalogue_and_the_law(release, files):
    text = files["method.txt"].decode()
    for name in release.parameters.__slots__:
        assert str(getattr(release.parameters, name)) in text
    for part in (release.name, release.catalogue_version, release.legal.es, release.sha256, "HMAC-SHA256"):
        assert part in text
    for indicator in release.indicators:
        assert indicator.definition.es in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_day_after_the_month_is_named(release, lang):
    """What was recorded in the month is counted; no file may promise to have waited for late records."""
    text = everything(release_files(release, Translator(lang)))
    for day in ("05-11", "05/11", "2026-11-05"):
        assert day not in text
    package = json.loads(release_files(release, Translator(lang))["datapackage.json"])
    assert not [name for name in package["method"] if "cutoff" in name]


def test_the_method_says_what_a_month_counts_and_that_persons_may_exceed_events(release):
    text = release_files(release, Translator("en"))["method.txt"].decode()
    assert "registered from the first to the last day of the period" in text
    assert "a figure of persons may be higher than its figure of events" in text
    others = [
        release_files(release, Translator(lang))["method.txt"].decode().partition("English\n=")[0]
        for lang in ("es", "ht")
    ]
    assert "una cifra de personas puede ser mayor que su cifra de hechos" in others[0]
    assert not any("figure of persons" in other or "registered" in other for other in others)


# -- a demo


MARKS = {"es": "DEMO: DATOS INVENTADOS", "en": "DEMO: INVENTED DATA", "ht": "DEMO: DONE ENVANTE"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_demo_says_so_wherever_somebody_looks(release, lang):
    demo, t = replace(release, office=replace(release.office, demo=True)), Translator(lang)
    files = release_files(demo, t)
    assert MARKS[lang] in files["method.txt"].decode().splitlines()[0]
    package = json.loads(files["datapackage.json"])
    assert MARKS[lang] in package["title"]
    assert package["name"].endswith("-demo")
    book = openpyxl.load_workbook(io.BytesIO(files["data.xlsx"]))
    assert MARKS[lang] in book.worksheets[0]["A1"].value
    assert MARKS[lang] in book.properties.title
    for sheet in book.worksheets[:-2]:
        assert any(MARKS[lang] in str(cell.value) for row in sheet.iter_rows(max_row=3) for cell in row), sheet.title
    for sheet in book.worksheets:
        assert MARKS[lang] in sheet.oddHeader.center.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_real_office_is_no_demo(release, lang):
    assert MARKS[lang] not in everything(release_files(release, Translator(lang)))


def test_the_checksums_are_those_of_the_files(files):
    listed = dict(reversed(line.split("  ")) for line in files["sha256.txt"].decode().splitlines())
    assert listed == {n: hashlib.sha256(data).hexdigest() for n, data in files.items() if n != "sha256.txt"}


# -- what must not leave


def everything(files: dict[str, bytes]) -> str:
    """All text of all files, the parts of the workbook unpacked."""
    parts = [data for name, data in files.items() if name != "data.xlsx"]
    with zipfile.ZipFile(io.BytesIO(files["data.xlsx"])) as archive:
        parts += [archive.read(name) for name in archive.namelist()]
    return "\n".join(part.decode("utf-8") for part in parts)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_id_no_exact_figure_no_secret_is_in_any_byte(release, month, catalogue, lang):
    text = everything(release_files(release, Translator(lang)))
    for record in month:
        assert record.person not in text
        assert record.event not in text
    for secret in (SECRET.decode(), SECRET.hex(), SECRET.hex().upper()):
        assert secret not in text
    numbers = set(re.findall(r"(?<![\w.#])\d+(?![\w.])", csv_and_tables(release, lang)))
    exact = {str(cell.value(table.unit)) for table in exact_tables(month, catalogue) for cell in table.cells}
    telling = {number for number in exact if int(number) % 5}
    assert len(telling) > 20
    assert not numbers & telling


def csv_and_tables(release, lang: str) -> str:
    """Every number that a reader can see as a figure: the cells of the tables and of the data."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(release, Translator(lang))))
    figures = [
        str(cell.value)
        for sheet in book.worksheets[1:-1]
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "n" and cell.value is not None and cell.value != release.revision
    ]
    _names, _tags, rows = rows_of(csv_bytes(release))
    return " ".join(figures + [row["value_persons"] + " " + row["value_events"] for row in rows])


def test_the_writers_cannot_name_a_person():
    code = "import sys, migrant_office.services.counts.files.folder\nprint(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "migrant_office.models.counts.release" in loaded
    ours = {name for name in loaded if name.startswith(("migrant_office.models.", "migrant_office.services."))}
    rooms = ("migrant_office.models.counts", "migrant_office.services.counts")
    assert all(name.startswith(rooms) for name in ours)
    seeing = ("counts.record", "counts.exact", "counts.grouping", "counts.protect", "counts.cell_key")
    assert not [name for name in ours if name.endswith(seeing)]


# -- the folder


def test_a_release_is_written_whole_and_again_without_a_change(release, files, tmp_path):
    folder = write_release(release, tmp_path / "out", Translator("es_CL"))
    assert folder == tmp_path / "out" / "release-oficina-demo-2026-10-r1"
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}
    assert {name: data for name, (data, _time) in before.items()} == files
    assert write_release(release, tmp_path / "out", Translator("es_CL")) == folder
    assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()} == before
    assert [path.name for path in (tmp_path / "out").iterdir()] == [folder.name]


def test_another_release_of_the_same_name_is_refused_and_nothing_is_touched(released, release, records, tmp_path):
    folder = write_release(release, tmp_path, Translator("es_CL"))
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(UserError):
        write_release(released(records(213, 22)), tmp_path, Translator("es_CL"))
    (folder / "notes.txt").write_text("x")
    with pytest.raises(UserError):
        write_release(release, tmp_path, Translator("es_CL"))
    (folder / "notes.txt").unlink()
    (folder / "data.csv").write_bytes(before["data.csv"] + b" ")
    with pytest.raises(UserError):
        write_release(release, tmp_path, Translator("es_CL"))
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]


def test_a_failure_half_way_leaves_nothing(release, tmp_path, monkeypatch):
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "rename", full)
    with pytest.raises(StorageFailed):
        write_release(release, tmp_path, Translator("es_CL"))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_a_file_is_a_clear_sentence(release, tmp_path):
    (tmp_path / "out").write_text("I am a file")
    with pytest.raises(StorageFailed) as failed:
        write_release(release, tmp_path / "out", Translator("es_CL"))
    assert "{" not in failed.value.text(Translator("en"))


def test_a_stored_release_prints_the_same_bytes(release, files):
    again = type(release).from_json(release.to_json())
    assert release_files(again, Translator("es_CL")) == files


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_process_prints_the_same_bytes(release, files, seed):
    code = (
        "import sys, hashlib\n"
        "from migrant_office.i18n import Translator\n"
        "from migrant_office.models.counts.release import Release\n"
        "from migrant_office.services.counts.files.folder import release_files\n"
        "files = release_files(Release.from_json(sys.stdin.buffer.read()), Translator('es_CL'))\n"
        "print(*(hashlib.sha256(data).hexdigest() for _name, data in sorted(files.items())))\n"
    )
    environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": "Pacific/Auckland"}
    done = subprocess.run(
        [sys.executable, "-c", code], input=release.to_json(), capture_output=True, check=True, env=environment
    )
    assert done.stdout.decode().split() == [hashlib.sha256(data).hexdigest() for _name, data in sorted(files.items())]


def test_the_workbook_is_dated_by_the_release(book, release):
    assert book.properties.created == release.created_at.replace(tzinfo=None)
    assert book.properties.modified == release.created_at.replace(tzinfo=None)


def test_an_office_with_totals_only_still_prints(released, records):
    small = released(records(25, 2))
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(small, Translator("en"))))
    assert [sheet.title for sheet in book.worksheets] == ["Read me", "Total", "Data", "Glossary"]
    assert any("30" in str(row[0].value) and "only totals" in str(row[0].value) for row in book["Read me"].iter_rows())
