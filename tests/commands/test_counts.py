from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from migrant_office import clock, paths
from migrant_office.i18n import LANGUAGES, Translator
from migrant_office.models.office import Office, unlock
from migrant_office.models.vault import access, releases
from migrant_office.services.demo.profile import told
from tests.commands.running import Ran
from tests.factories import PASSPHRASE

Run = Callable[..., Ran]
FORMS = paths.resources() / "forms" / "common"
PRINTED = told("published_profiles")
BY = "sex,age:survey,nationality:each,schooling,children,language,served_in,service"


@contextmanager
def opened(folder: Path) -> Iterator[Office]:
    office = unlock(folder, PASSPHRASE)
    yield office
    office.close()


def imported(run: Run, folder: Path, key: Path, name: str) -> Ran:
    file, meaning = FORMS / "survey_profiles" / f"{name}.csv", FORMS / "imports" / f"{name}.toml"
    return run("import", "people", file, "--map", meaning, "--data", folder, "--passphrase-file", key)


def tables(out: str) -> dict[str, dict[str, tuple[int, int]]]:
    """What was printed: line → (persons, events), by the title of its table."""
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for block in out.split("\n\n")[1:]:
        title, _columns, *lines = block.splitlines()
        parted = [re.fullmatch(r"  (.+?) +(\d+) +(\d+)", line) for line in lines]
        found[title] = {match[1]: (int(match[2]), int(match[3])) for match in parted if match}
    return found


@pytest.mark.parametrize("name", ["certification", "entrepreneurship"])
def test_the_published_tables_are_printed(run: Run, desk_folder: Path, key: Path, name: str) -> None:
    """From the file of a survey to the table on the terminal; every figure as printed in the evaluation."""
    done = imported(run, desk_folder, key, name)
    people = PRINTED[name]["population"]
    assert (done.code, done.err) == (0, "")
    assert str(people) in done.out
    shown = run("counts", "show", "--month", "2023-06", "--by", BY, "--data", desk_folder, "--passphrase-file", key)
    assert (shown.code, shown.err) == (0, "")
    found = {title: lines for title, lines in tables(shown.out).items() if title.endswith("Personas atendidas")}
    assert len(found) == 8
    assert {lines["Total"] for lines in found.values()} == {(people, people)}
    sex, age, nationality, schooling, children, language, served_in, _service = (
        {line: n for line, (n, _) in lines.items() if line != "Total"} for lines in found.values()
    )
    printed = PRINTED[name]
    assert sex == {"Mujeres": printed["sex"]["woman"], "Hombres": printed["sex"]["man"]}
    for shown_table, dimension in ((age, "age"), (schooling, "schooling"), (language, "language")):
        assert sorted(shown_table.values()) == sorted(n for n in printed[dimension].values() if n)
    assert nationality["Venezuela"] == printed["nationality"]["VE"]
    assert sum(nationality.values()) == people
    assert children.get("0") == printed["children"]["no"]
    assert served_in["Chile"] + served_in["México"] == people
    courses = next(
        lines
        for title, lines in tables(shown.out).items()
        if title.endswith("Personas derivadas") and len(lines) > 1 and title.startswith("Servicio")
    )
    assert "university" not in shown.out  # codes are for files
    assert sorted(n for line, (n, _) in courses.items() if line != "Total") == sorted(printed["course"].values())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_catalogue_s_tables_in_the_chosen_language(run: Run, desk_folder: Path, key: Path, lang: str) -> None:
    imported(run, desk_folder, key, "certification")
    shown = run(
        "counts", "show", "--month", "2023-06", "--language", lang, "--data", desk_folder, "--passphrase-file", key
    )
    assert shown.code == 0
    assert Translator(lang).month(2023, 6) in shown.out.splitlines()[0]
    assert "117" in shown.out
    with opened(desk_folder) as office:
        assert [(e.act, e.subject) for e in access.entries(office.vault)] == [("counts", "2023-06")]


def test_an_empty_month_is_no_refusal(run: Run, desk_folder: Path, key: Path) -> None:
    shown = run("counts", "show", "--month", "1900-01", "--data", desk_folder, "--passphrase-file", key)
    assert (shown.code, shown.err) == (0, "")


@pytest.mark.parametrize("by", ["given", "age:nonsense", "sex,phone", "nombre"])
def test_nobody_counts_by_names(run: Run, desk_folder: Path, key: Path, by: str) -> None:
    ran = run("counts", "show", "--month", "2026-03", "--by", by, "--data", desk_folder, "--passphrase-file", key)
    assert by.rsplit(",", 1)[-1] in ran.sentence


@pytest.mark.parametrize("text", ["2026", "2026-13", "2026-3", "marzo", "", "2026-03-01", "1899-12", "٢٠٢٦-٠٣"])
@pytest.mark.parametrize("command", ["show", "close"])
def test_what_is_no_month(run: Run, desk_folder: Path, key: Path, tmp_path: Path, command: str, text: str) -> None:
    out = ["--out", tmp_path / "out"] if command == "close" else []
    ran = run("counts", command, f"--month={text}", *out, "--data", desk_folder, "--passphrase-file", key)
    assert text in ran.sentence
    assert not (tmp_path / "out").exists()


def closed(run: Run, folder: Path, key: Path, out: Path, *more: object) -> Ran:
    second = ("--second-user", "Ana, de supervisión")
    return run(
        *("counts", "close", "--month", "2023-06", "--out", out, *second),
        *("--data", folder, "--passphrase-file", key, *more),
    )


def contents(out: Path) -> dict[str, bytes]:
    return {str(p.relative_to(out)): p.read_bytes() for p in out.rglob("*") if p.is_file()}


def test_closing_again_prints_the_same_bytes(run: Run, desk_folder: Path, key: Path, tmp_path: Path) -> None:
    imported(run, desk_folder, key, "certification")
    assert closed(run, desk_folder, key, tmp_path / "a").code == 0
    first = contents(tmp_path / "a")
    assert {name.rsplit("/")[1] for name in first} == {
        "data.csv",
        "data-sdmx.csv",
        "data.xlsx",
        "datapackage.json",
        "method.txt",
        "report.pdf",
        "sha256.txt",
    }
    late = imported(run, desk_folder, key, "entrepreneurship")  # they count in the present month
    assert late.code == 0
    assert closed(run, desk_folder, key, tmp_path / "b", "--language", "ht").code == 0
    assert contents(tmp_path / "b") == first
    assert closed(run, desk_folder, key, tmp_path / "a").code == 0
    assert contents(tmp_path / "a") == first
    listed = next(data for name, data in first.items() if name.endswith("sha256.txt")).decode().split()
    sums = dict(zip(listed[1::2], listed[::2], strict=True))
    assert {
        name.rsplit("/")[1]: hashlib.sha256(data).hexdigest()
        for name, data in first.items()
        if not name.endswith("sha256.txt")
    } == sums


def test_what_leaves_can_be_handed_on_and_holds_no_code_of_a_person(
    run: Run, desk_folder: Path, key: Path, tmp_path: Path
) -> None:
    imported(run, desk_folder, key, "certification")
    closed(run, desk_folder, key, tmp_path / "out")
    with opened(desk_folder) as office:
        private = {
            str(cell).encode()
            for row in office.vault.read("SELECT id, number, given, surname FROM person")
            for cell in row
            if len(str(cell)) > 4
        }
    everything = b"\n".join(contents(tmp_path / "out").values())
    assert len(private) > 200
    assert [each for each in private if re.search(rb"\b" + re.escape(each) + rb"\b", everything)] == []


def test_a_month_that_is_not_over(run: Run, desk_folder: Path, key: Path, tmp_path: Path) -> None:
    with clock.at(datetime(2023, 6, 30, 23).astimezone()):
        ran = closed(run, desk_folder, key, tmp_path / "out")
    assert ran.sentence == Translator("es").gettext(
        "This month is not over yet. Close it from the first day of the next one."
    )
    assert not (tmp_path / "out").exists()
    with opened(desk_folder) as office:
        assert releases.frozen(office.vault, "2023-06") is None


@pytest.mark.parametrize("spoil", ["file", "under a file", "other files"])
def test_an_out_folder_that_cannot_take_them(
    run: Run, desk_folder: Path, key: Path, tmp_path: Path, spoil: str
) -> None:
    out = tmp_path / "out"
    if spoil == "other files":
        assert closed(run, desk_folder, key, out).code == 0
        next(out.rglob("data.csv")).write_text("changed")
    else:
        out.write_text("")
        out = out / "inside" if spoil == "under a file" else out
    sentence = closed(run, desk_folder, key, out).sentence
    assert "carpeta" in sentence
    assert "Esta carpeta" not in sentence  # it is not the office's own that is wrong
    assert closed(run, desk_folder, key, tmp_path / "elsewhere").code == 0


@pytest.mark.skipif(not Path("/proc/1").exists() or os.geteuid() != 0, reason="a folder that even root cannot write")
def test_a_folder_that_nobody_can_write(run: Run, desk_folder: Path, key: Path) -> None:
    assert "carpeta" in closed(run, desk_folder, key, Path("/proc/1/here")).sentence


# quarters, years, and whether files are what was released


def period(run: Run, folder: Path, key: Path, out: Path, *wanted: str) -> Ran:
    return run(
        *("counts", "close", *wanted, "--out", out, "--second-user", "Ana, de supervisión"),
        *("--data", folder, "--passphrase-file", key),
    )


@pytest.mark.parametrize("wanted", [("--quarter", "2023-Q2"), ("--year", "2023")])
def test_a_quarter_and_a_year_are_closed_and_shown(
    run: Run, desk_folder: Path, key: Path, tmp_path: Path, wanted: tuple[str, str]
) -> None:
    imported(run, desk_folder, key, "certification")
    done = period(run, desk_folder, key, tmp_path / "a", *wanted)
    assert done.code == 0
    assert period(run, desk_folder, key, tmp_path / "b", *wanted).code == 0
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    (folder,) = (tmp_path / "a").iterdir()
    assert folder.name.endswith(f"-{wanted[1]}-r1")
    shown = run("counts", "show", *wanted, "--data", desk_folder, "--passphrase-file", key)
    assert shown.code == 0
    assert "117" in shown.out


@pytest.mark.parametrize("wanted", [("--quarter", "2023-Q5"), ("--year", "23"), ("--quarter", "2023-06")])
def test_what_is_no_quarter_and_no_year(
    run: Run, desk_folder: Path, key: Path, tmp_path: Path, wanted: tuple[str, str]
) -> None:
    assert wanted[1] in period(run, desk_folder, key, tmp_path / "out", *wanted).sentence
    assert not (tmp_path / "out").exists()


def test_nobody_closes_alone(run: Run, desk_folder: Path, key: Path, tmp_path: Path) -> None:
    out = ("--month", "2023-06", "--out", tmp_path / "out", "--data", desk_folder, "--passphrase-file", key)
    for more in ((), ("--second-user", "1"), ("--second-user", " ")):
        assert run("counts", "close", *out, *more).sentence
    assert not (tmp_path / "out").exists()
    with opened(desk_folder) as office:
        assert releases.entries(office.vault) == []


def verified(run: Run, out: Path, *office: object) -> Ran:
    (folder,) = out.iterdir()
    return run("counts", "verify", folder, *office)


def test_published_files_are_verified(run: Run, desk_folder: Path, key: Path, tmp_path: Path) -> None:
    imported(run, desk_folder, key, "certification")
    out, office = tmp_path / "out", ("--data", desk_folder, "--passphrase-file", key)
    closed(run, desk_folder, key, out)
    assert verified(run, out).code == 0
    by_ledger = verified(run, out, *office)
    assert by_ledger.code == 0
    assert len(by_ledger.out.splitlines()) == len(verified(run, out).out.splitlines()) + 3
    with opened(desk_folder) as found:
        assert found.vault.read("SELECT count(*) FROM release") == [(1,)]


@pytest.mark.parametrize("spoil", ["changed", "gone", "more", "sums made anew", "another office", "ledger"])
def test_files_that_are_not_what_was_released(
    run: Run, desk_folder: Path, key: Path, tmp_path: Path, spoil: str
) -> None:
    imported(run, desk_folder, key, "certification")
    out, office = tmp_path / "out", ("--data", desk_folder, "--passphrase-file", key)
    closed(run, desk_folder, key, out)
    (folder,) = out.iterdir()
    data = folder / "data.csv"
    if spoil == "gone":
        data.unlink()
    elif spoil == "more":
        (folder / "names.txt").write_text("x")
    elif spoil in ("changed", "sums made anew"):
        before = hashlib.sha256(data.read_bytes()).hexdigest()
        data.write_bytes(data.read_bytes().replace(b",115,", b",110,").replace(b",120,", b",110,"))
        if spoil == "sums made anew":
            sums = (folder / "sha256.txt").read_text()
            (folder / "sha256.txt").write_text(sums.replace(before, hashlib.sha256(data.read_bytes()).hexdigest()))
            assert verified(run, out).code == 0, "checksums alone cannot know"
    elif spoil == "another office":
        package = folder / "datapackage.json"
        told, before = package.read_bytes(), hashlib.sha256(package.read_bytes()).hexdigest()
        package.write_bytes(
            re.sub(rb'"release_sha256": "[0-9a-f]{64}"', b'"release_sha256": "' + b"0" * 64 + b'"', told)
        )
        sums = (folder / "sha256.txt").read_text()
        (folder / "sha256.txt").write_text(sums.replace(before, hashlib.sha256(package.read_bytes()).hexdigest()))
    else:
        with opened(desk_folder) as found, found.vault.transaction():
            found.vault.conn.execute("DROP TRIGGER release_no_update")
            found.vault.conn.execute("UPDATE release SET approved_by = 'nobody'")
        checked = run("check", *office)
        assert checked.code != 0
        assert Translator("es").gettext("The ledger of releases") in checked.out
    assert verified(run, out, *office).code != 0


@pytest.mark.parametrize("what", ["nothing", "a file", "no description", "half a description"])
def test_a_folder_without_a_release_is_refused(run: Run, tmp_path: Path, what: str) -> None:
    out = tmp_path / "out"
    if what == "a file":
        out.write_text("")
    elif what != "nothing":
        out.mkdir()
        (out / "sha256.txt").write_text("")
        if what == "half a description":
            (out / "datapackage.json").write_text('{"method"')
    assert run("counts", "verify", out).code != 0


def test_a_revision_leaves_both_and_says_how_many_figures_changed(
    run: Run, desk_folder: Path, key: Path, tmp_path: Path
) -> None:
    imported(run, desk_folder, key, "certification")
    assert closed(run, desk_folder, key, tmp_path / "out").code == 0
    wanted = ("--month", "2023-06", "--out", tmp_path / "out", "--second-user", "Ana")
    office = ("--data", desk_folder, "--passphrase-file", key)
    refused = run("counts", "revise", *wanted, *office)
    assert "10" in refused.sentence
    with opened(desk_folder) as found, found.vault.transaction():
        found.vault.write("UPDATE person SET sex = 'man' WHERE rid <= 40")
    done = run("counts", "revise", *wanted, *office)
    assert done.code == 0
    assert {path.name[-2:] for path in (tmp_path / "out").iterdir()} == {"r1", "r2"}
    for folder in (tmp_path / "out").iterdir():
        assert run("counts", "verify", folder, *office).code == 0
