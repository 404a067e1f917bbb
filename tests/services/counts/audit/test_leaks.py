from __future__ import annotations

import base64
import io
import zipfile
from dataclasses import replace

import pytest
from reportlab.pdfgen.canvas import Canvas

from benchmarks.simulated import SECRET, released, shipped, visits
from migrant_office.i18n import Translator
from migrant_office.services.counts.audit.leaks import Secrets, leaks
from migrant_office.services.counts.audit.truth import truth_of
from migrant_office.services.counts.files.folder import release_files

UUID = "0199c0de-1234-7abc-8def-0123456789ab"
NAMES = frozenset({"Wideline Jean-Baptiste", "Oficina Santiago", "Ana"})


@pytest.fixture(scope="module")
def made():
    records, catalogue = visits(300, 1), shipped()
    release = released(records, catalogue)
    truth = truth_of(records, catalogue, release)
    return release, truth, release_files(release, Translator(release.language))


def tried(made, **planted):
    release, truth, files = made
    secrets = Secrets(key=SECRET, names=NAMES, ids=truth.people)
    return leaks([release], [{**files, **planted}], [truth], secrets)


def exact(made):
    """An exact figure of many persons that no rounded one looks like."""
    release, truth, _files = made
    shown = {cell.value for table in release.tables for cell in table.cells}
    return max(e.persons for e in truth.cells.values() if e.persons % 5 and e.persons not in shown)


def test_honest_files_hold_nothing_and_a_name_that_is_a_place_is_no_leak(made):
    finding = tried(made)
    assert (finding.passed, finding.figure) == (True, 0)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (SECRET.hex(), "the secret key"),
        (base64.b64encode(SECRET).decode(), "the secret key"),
        ("atendida: WIDELINE", "the name of a person"),
        ("jean-baptiste", "the name of a person"),
        (f"id {UUID}", "an identifier of a person"),
        ("p0000007", "an identifier of a person"),
        ("write to someone@example.org", "an identifier of a person"),
    ],
)
@pytest.mark.parametrize("file", ["method.txt", "data.csv", "datapackage.json"])
def test_what_is_planted_is_found_in_every_file(made, file, text, kind):
    data = made[2][file] + f"\n{text}\n".encode()
    finding = tried(made, **{file: data})
    assert not finding.passed
    assert finding.data == {"file": file, "kind": kind}
    assert text not in finding.words(Translator("es"))


@pytest.mark.parametrize("shape", ["{}", "{} personas", "total: {}."])
def test_an_exact_figure_in_a_text(made, shape):
    data = made[2]["method.txt"] + shape.format(exact(made)).encode()
    assert tried(made, **{"method.txt": data}).data["kind"] == "an exact figure"


def test_an_exact_figure_in_the_csv(made):
    release, truth, files = made
    spoiled = files["data.csv"].replace(
        f",{release.table('total', 'persons_attended').total.value},".encode(), b",299,"
    )
    exact_total = truth.at("persons_attended", frozenset()).persons
    spoiled = spoiled.replace(b",299,", f",{exact(made)},".encode())
    assert exact_total == 300
    assert tried(made, **{"data.csv": spoiled}).data["kind"] == "an exact figure"


def rewritten(data, change):
    """A workbook with some of its parts changed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w") as new:
        for part in old.namelist():
            new.writestr(part, change(part, old.read(part)))
    return packed.getvalue()


@pytest.mark.parametrize(
    ("part", "old", "new", "kind"),
    [
        ("docProps/core.xml", b"<dc:creator></dc:creator>", b"<dc:creator>W. J.</dc:creator>", "the name of an author"),
        ("xl/workbook.xml", b'sheetId="2"', b'sheetId="2" state="hidden"', "a hidden sheet or a formula"),
        ("xl/worksheets/sheet2.xml", b"</v>", b"</v><f>SUM(A1:A9)</f>", "a hidden sheet or a formula"),
    ],
)
def test_what_hides_in_a_workbook(made, part, old, new, kind):
    book = rewritten(made[2]["data.xlsx"], lambda name, data: data.replace(old, new, 1) if name == part else data)
    assert tried(made, **{"data.xlsx": book}).data["kind"] == kind


def test_an_exact_figure_in_a_sheet(made):
    release, _truth, files = made
    old = f"<v>{release.table('total', 'persons_attended').total.value}</v>".encode()
    book = rewritten(files["data.xlsx"], lambda _name, data: data.replace(old, f"<v>{exact(made)}</v>".encode()))
    assert tried(made, **{"data.xlsx": book}).data["kind"] == "an exact figure"


@pytest.mark.parametrize("where", ["text", "properties"])
def test_a_name_in_a_pdf(made, where):
    data = io.BytesIO()
    canvas = Canvas(data, pageCompression=1)
    if where == "properties":
        canvas.setAuthor("Wideline")
    canvas.drawString(100, 100, "Wideline" if where == "text" else "Informe")
    canvas.save()
    assert b"Wideline" not in data.getvalue() or where == "properties"
    assert tried(made, **{"report.pdf": data.getvalue()}).data["kind"] == "the name of a person"


def test_a_name_in_a_release_of_the_same_city_is_explained_by_its_labels_only(made):
    release, truth, files = made
    renamed = replace(release, office=replace(release.office, name="Wideline"))
    assert leaks([renamed], [files], [truth], Secrets(names=NAMES)).passed
    assert "Wideline" not in repr(Secrets(names=NAMES, key=SECRET))
