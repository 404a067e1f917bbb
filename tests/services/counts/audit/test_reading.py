"""A release from its folder is the release that was written, as far as an attacker is concerned."""

from __future__ import annotations

import csv
import io
import json

import pytest

from benchmarks.simulated import OFFICE, released, shipped, visits
from migrant_office.errors import UserError
from migrant_office.i18n import Translator
from migrant_office.services.counts.audit.exports import figures
from migrant_office.services.counts.audit.intervals import work_out
from migrant_office.services.counts.audit.knowledge import Structure
from migrant_office.services.counts.audit.reading import folders, read_stored
from migrant_office.services.counts.files.folder import write_release

CATALOGUES = {city: shipped(city) for city in ("santiago", "cdmx")}


@pytest.fixture
def written(tmp_path):
    def write(city="santiago", persons=300, month="2026-10"):
        release = released(visits(persons, 1), CATALOGUES[city], month)
        return release, write_release(release, tmp_path, Translator("es"))

    return write


@pytest.mark.parametrize("city", CATALOGUES)
@pytest.mark.parametrize("persons", [20, 60, 300])
def test_what_is_read_is_what_was_written(written, city, persons):
    release, folder = written(city, persons)
    stored = read_stored(folder)
    assert figures(stored.release) == figures(release)
    assert {t.dimensions for t in stored.release.tables} == {t.dimensions for t in release.tables}
    assert stored.finding.passed
    same = ("period", "start", "end", "revision", "parameters", "total_only", "catalogue_version", "created_at", "name")
    assert all(getattr(stored.release, name) == getattr(release, name) for name in same)
    assert stored.release.office.demo == OFFICE.demo
    structure = Structure.of(CATALOGUES[city])
    assert work_out([stored.release], structure).fewest == work_out([release], structure).fewest


def test_lines_of_nationality_that_were_chosen_for_another_year(written):
    """Ecuador and Cuba instead of Bolivia and Haiti: the file is read, and its lines add up to its total."""
    release, folder = written()
    text = (folder / "data.csv").read_text("utf-8").replace(",BOL,", ",ECU,").replace(",HTI,", ",CUB,")
    (folder / "data.csv").write_bytes(text.encode())
    stored = read_stored(folder)
    (name,) = {n for t in stored.release.tables for n in t.dimensions if n.startswith("nationality")}
    assert {"ECU", "CUB"} <= {one.code for one in stored.release.lines(name).categories}
    known = work_out([stored.release], stored.structure)
    assert known.fewest == work_out([release], Structure.of(CATALOGUES["santiago"])).fewest


def test_columns_of_later_versions_are_left_alone(written):
    release, folder = written()
    rows = list(csv.reader(io.StringIO((folder / "data.csv").read_text("utf-8"), newline="")))
    text = io.StringIO(newline="")
    added = [
        ["new", *rows[0], "later"],
        ["#meta+new", *rows[1], "#meta+later"],
        *(["x", *row, "_T"] for row in rows[2:]),
    ]
    csv.writer(text).writerows(added)
    (folder / "data.csv").write_bytes(text.getvalue().encode())
    stored = read_stored(folder)
    assert figures(stored.release) == figures(release)
    assert not stored.finding.passed  # the file is not the published one any more, and that is said
    assert stored.finding.data["file"] == "data.csv"


@pytest.mark.parametrize("file", ["method.txt", "data.xlsx", "datapackage.json", "sha256.txt"])
def test_a_changed_or_missing_file_is_told(written, file):
    _release, folder = written()
    if file == "datapackage.json":
        package = json.loads((folder / file).read_text())
        (folder / file).write_text(json.dumps(package | {"title": "other"}))
    else:
        (folder / file).unlink()
    assert read_stored(folder).finding.data["file"] == file


def test_a_file_beside_them_is_told(written):
    _release, folder = written()
    (folder / "names.txt").write_text("x")
    assert read_stored(folder).finding.data["file"] == "names.txt"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: b"\xff\xfe",
        lambda data: data.replace(b",13101,", b",99999,"),
        lambda data: data.replace(b"2026-10-01", b"2026-13-01"),
        lambda data: data.replace(b"period", b"perio", 1),
        lambda data: data + b"1,2,3\r\n",
        lambda data: data.replace(b",Q,F,", b",A,F,", 1),
        lambda data: data.replace(b"Y18T29", b"Y18T28"),
    ],
    ids=["empty", "no text", "elsewhere", "no day", "no column", "short row", "no figure", "no table"],
)
def test_what_is_no_release_gets_one_sentence(written, spoil):
    _release, folder = written()
    (folder / "data.csv").write_bytes(spoil((folder / "data.csv").read_bytes()))
    with pytest.raises(UserError) as refused:
        read_stored(folder)
    assert refused.value.text(Translator("en")).endswith(".")


def test_folders_are_given_or_hold_releases(tmp_path, written):
    _release, september = written(month="2026-09")
    _release, october = written(month="2026-10")
    assert folders([tmp_path]) == [september, october]
    assert folders([october, september]) == [october, september]
    for wrong in (tmp_path / "nowhere", october / "data.csv"):
        with pytest.raises(UserError):
            folders([wrong])


def test_a_release_of_an_unknown_stream_is_read_by_its_code(written):
    _release, folder = written(persons=20)
    text = (folder / "data.csv").read_text("utf-8").replace("persons_attended", "persons_trained")
    (folder / "data.csv").write_bytes(text.encode())
    units = {one.code: (one.unit, one.counts) for one in read_stored(folder).release.indicators}
    assert units["persons_trained"] == ("persons", "persons_trained")
