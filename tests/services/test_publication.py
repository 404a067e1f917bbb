"""The folder of a release: the same bytes everywhere, whole or not at all, and nothing in it that was not released."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
import zlib
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest

from migrant_office import i18n, paths
from migrant_office.errors import StorageFailed, UserError
from migrant_office.i18n import Translator
from migrant_office.models.counts.release import Release
from migrant_office.services import publication
from migrant_office.services.counts.exact import exact_tables
from tests.services.counts.a_release import PERIODS, a_release
from tests.services.counts.conftest import make_records
from tests.services.sheets.examples import release as protected

NAMES = ["data-sdmx.csv", "data.csv", "data.xlsx", "datapackage.json", "method.txt", "report.pdf", "sha256.txt"]
SAID = {"2026-10": "octubre de 2026", "2026-Q4": "octubre a diciembre de 2026", "2026": "Recuentos de 2026"}


@pytest.fixture(scope="module")
def release() -> Release:
    return protected("santiago", 212)


@pytest.fixture(scope="module")
def files(release) -> dict[str, bytes]:
    return publication.files(release)


def pdf_text(data: bytes) -> str:
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pdfium.PdfDocument(data))


def test_a_folder_holds_all_its_files(release, files, tmp_path):
    target = publication.write(release, tmp_path / "out")
    assert sorted(path.name for path in target.iterdir()) == NAMES
    assert {path.name: path.read_bytes() for path in target.iterdir()} == files
    listed = dict(reversed(line.split("  ")) for line in files["sha256.txt"].decode().splitlines())
    assert listed == {name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name != "sha256.txt"}


@pytest.mark.skipif(sys.platform == "win32", reason="has no sha256sum")
def test_sha256sum_itself_finds_no_difference(release, tmp_path):
    target = publication.write(release, tmp_path)
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "sha256.txt"], cwd=target, check=True)


@pytest.mark.parametrize("period", PERIODS)
def test_month_quarter_and_year_are_named_in_every_file(period, tmp_path):
    target = publication.write(a_release(period), tmp_path)
    assert target.name == f"release-oficina-{period}-r1"
    text = {name: (target / name).read_bytes() for name in NAMES}
    for name in ("method.txt", "datapackage.json"):
        assert SAID[period] in text[name].decode()
    assert SAID[period] in pdf_text(text["report.pdf"])
    assert f",{period}," in text["data-sdmx.csv"].decode()
    assert text["data.csv"].decode().splitlines()[2].startswith(f"{period.replace('-Q', 'Q')},")


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("es_CL", ["octubre de 2026", "octubre a diciembre de 2026", "2026"]),
        ("en", ["October 2026", "October to December 2026", "2026"]),
        ("ht_CL", ["oktòb 2026", "oktòb rive desanm 2026", "2026"]),
    ],
)
def test_periods_have_words_in_every_language(lang, expected):
    assert [Translator(lang).period(*PERIODS[period]) for period in PERIODS] == expected


# -- the same bytes


def test_the_language_of_the_window_changes_no_byte(release, files):
    try:
        for language in i18n.LANGUAGES:
            i18n.set_language(language)
            assert publication.files(release) == files
    finally:
        i18n.set_language("es")


@pytest.mark.parametrize("surroundings", [("Pacific/Auckland", "C", "1"), ("America/Mexico_City", "es_MX.UTF-8", "2")])
def test_another_computer_makes_the_same_bytes(release, files, surroundings):
    zone, locale, seed = surroundings
    code = (
        "import sys, hashlib, locale\n"
        "try:\n    locale.setlocale(locale.LC_ALL, '')\n"
        "except locale.Error:\n    pass\n"
        "from migrant_office.models.counts.release import Release\n"
        "from migrant_office.services import publication\n"
        "files = publication.files(Release.from_json(sys.stdin.buffer.read()))\n"
        "print(*(hashlib.sha256(data).hexdigest() for _name, data in sorted(files.items())))\n"
    )
    environment = os.environ | {"TZ": zone, "LC_ALL": locale, "LANG": locale, "PYTHONHASHSEED": seed}
    done = subprocess.run(
        [sys.executable, "-c", code], input=release.to_json(), capture_output=True, check=True, env=environment
    )
    assert done.stdout.decode().split() == [hashlib.sha256(data).hexdigest() for _name, data in sorted(files.items())]


# -- the report


@pytest.mark.parametrize("lang", ["es_CL", "es_MX", "en", "ht_CL"])
def test_the_report_speaks_the_language_of_the_release(release, lang):
    told = pdf_text(publication.report(replace(release, language=lang)))
    expected = {"en": "Counts of October 2026", "ht": "Chif oktòb 2026"}.get(lang[:2], "Recuentos de octubre de 2026")
    assert expected in told
    assert ("TRADIKSYON KI POKO REVIZE" in told) is (lang == "ht_CL")  # approvals are the office's, they change


def test_the_report_is_dated_by_the_release_and_marked_for_listeners(release):
    document = pikepdf.open(io.BytesIO(publication.report(release)))
    assert document.Root.MarkInfo.Marked
    assert "06-11-2026" in pdf_text(publication.report(release))


def test_no_exact_figure_is_in_the_report(release, files):
    records = make_records(212)
    told = pdf_text(files["report.pdf"])
    shown = {str(cell.value) for table in release.tables for cell in table.cells}
    exact = {str(cell.value(table.unit)) for table in exact_tables(records, _catalogue()) for cell in table.cells}
    telling = {number for number in exact - shown if int(number) % 5 and int(number) > 31}
    assert len(telling) > 10
    for lines in release.dimensions:
        for line in lines.categories:
            told = told.replace(line.label.es, "")  # "30 a 44 años" is no figure
    figures = set(re.findall(r"(?<![\w.\-])\d{2,}(?![\w\-])", told.partition("Normas legales")[0]))
    assert not figures & telling
    assert not any(record.person in told for record in records)


def _catalogue():
    from migrant_office.models.counts.catalogue_file import read_catalogue
    from migrant_office.paths import resources

    return read_catalogue(resources() / "forms" / "santiago" / "indicators.toml")


def test_no_id_and_no_secret_is_in_any_stream_of_the_report(files):
    document = pikepdf.open(io.BytesIO(files["report.pdf"]))
    parts = [files["report.pdf"]]
    for found in document.objects:
        if isinstance(found, pikepdf.Stream):
            try:
                parts.append(found.read_bytes())
            except (pikepdf.PdfError, zlib.error):
                parts.append(found.read_raw_bytes())
    everything = b"\n".join(parts)
    assert len(parts) > 5
    for secret in (b"0123456789abcdef" * 2, (b"0123456789abcdef" * 2).hex().encode()):
        assert secret not in everything


# -- the writers


def test_who_publishes_cannot_name_a_person():
    code = (
        "import sys\n"
        "from migrant_office.models.counts.release import Release\n"
        "from migrant_office.services import publication\n"
        "publication.files(Release.from_json(sys.stdin.buffer.read()))\n"
        "print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=a_release().to_json(), capture_output=True, check=True
    ).stdout.decode()
    loaded = set(done.split())
    assert "migrant_office.services.sheets.month" in loaded
    for module in ("person", "referral", "office", "counts.record", "vault.vault", "vault.releases"):
        assert f"migrant_office.models.{module}" not in loaded
    for module in ("exact", "protect", "grouping", "cell_key"):
        assert f"migrant_office.services.counts.{module}" not in loaded


# -- what goes wrong


@pytest.mark.parametrize("number", range(1, 8))
def test_a_disk_that_fills_up_at_any_file_leaves_nothing(release, tmp_path, monkeypatch, number):
    written: list[Path] = []

    def almost_full(target: Path, data: bytes, *, private: bool = True) -> None:
        written.append(target)
        if len(written) == number:
            raise OSError(28, "No space left on device")
        paths.write_atomically(target, data, private=private)

    monkeypatch.setattr("migrant_office.services.counts.files.folder.write_atomically", almost_full)
    with pytest.raises(StorageFailed, match="Free some space"):
        publication.write(release, tmp_path / "out")
    assert len(written) == number
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="asks the system for a limit")
def test_a_write_that_the_system_itself_cuts_off_leaves_nothing(release, files, tmp_path):
    """Not an invented error: no file of this process may grow as large as the largest of the release."""
    import resource

    publication.files(release)  # typefaces and libraries are read before
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    limit = sorted(map(len, files.values()))[-1] - 1
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        with pytest.raises(StorageFailed) as failed:
            publication.write(release, tmp_path / "out")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert isinstance(failed.value.__cause__, OSError)
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="its /proc takes no folders, not even root's")
def test_where_nobody_may_write_it_says_so(release):
    with pytest.raises(StorageFailed, match="choose another folder"):
        publication.write(release, Path("/proc/self/out"))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_the_right_to_write_says_so(release, tmp_path):
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(StorageFailed, match="choose another folder"):
            publication.write(release, tmp_path)
    finally:
        tmp_path.chmod(0o755)


def test_other_bytes_of_the_same_name_are_refused_and_stay(release, tmp_path):
    target = publication.write(release, tmp_path)
    (target / "report.pdf").write_bytes(b"another report")
    before = {path.name: path.read_bytes() for path in target.iterdir()}
    with pytest.raises(UserError, match="already holds other files"):
        publication.write(release, tmp_path)
    assert {path.name: path.read_bytes() for path in target.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_a_file_in_the_place_of_the_folder_is_refused(release, tmp_path):
    (tmp_path / release.name).write_text("mine")
    with pytest.raises(UserError, match="already holds other files"):
        publication.write(release, tmp_path)
    assert (tmp_path / release.name).read_text() == "mine"


@pytest.mark.parametrize("name", ["Ñ" * 200, "palabra " * 30, "=cmd()", "@x\ny", "Oficina / Sur", "<b>&amp;"])
def test_a_strange_name_of_an_office_stays_a_name(tmp_path, name):
    target = publication.write(a_release(name=name), tmp_path)
    plain = " ".join(name.split())
    assert f"- Oficina: {plain}\n" in (target / "method.txt").read_text(encoding="utf-8")
    assert plain[:20] in pdf_text((target / "report.pdf").read_bytes())
    assert name.strip() not in (target / "data.csv").read_text(encoding="utf-8")
