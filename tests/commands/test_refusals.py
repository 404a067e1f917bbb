"""Whatever is wrong with an office: one clear sentence in the chosen language, a code, and the office as it was."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from migrant_office import cli
from migrant_office.i18n import LANGUAGES, N_, Translator
from migrant_office.models.office import unlock
from migrant_office.models.vault.connection import connect
from tests.commands.running import Ran, program
from tests.factories import PASSPHRASE, office_keys

Run = Callable[..., Ran]
NO_OFFICE = N_("This folder holds no office. Choose another folder or make a new office.")
TAKEN = N_("This folder already holds an office. Open it, or choose an empty folder.")
DAMAGED = N_("The office file is damaged or belongs to another key. Restore the last backup.")
KEYS_DAMAGED = N_("The key file of this office is damaged. Restore it from the last backup.")
NEWER = N_("A newer version of the program made this office. Update the program to open it.")
IN_USE = N_("This office is already open in another window. Close it there first.")
WRONG = N_("The passphrase does not match. Check capital letters and try again.")
NOT_WRITABLE = N_("The office folder cannot be written. Ask who administers this computer.")
FULL = N_("The disk is full. Nothing was half-saved. Free some space and try again.")
UNREADABLE_KEY = N_("The passphrase file cannot be read. Check its name and who may read it.")


def change(file: Path, **told: object) -> None:
    file.write_text(json.dumps(json.loads(file.read_text()) | told))


def set_version(folder: Path) -> None:
    conn = connect(folder / "office.db", office_keys(folder).data)
    conn.execute("UPDATE local_state SET schema_version = 99")
    conn.close()


def cut(folder: Path, size: float) -> None:
    file = folder / "office.db"
    data = file.read_bytes()
    file.write_bytes(data[: int(size if size > 1 else len(data) * size)])


def scribble(folder: Path, start: int) -> None:
    file = folder / "office.db"
    data = file.read_bytes()
    file.write_bytes(data[:start] + Random(7).randbytes(len(data) - start))


def replace_by_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


SPOILT: dict[str, tuple[Callable[[Path], object], str]] = {
    "no office.json": (lambda f: (f / "office.json").unlink(), NO_OFFICE),
    "office.json empty": (lambda f: (f / "office.json").write_bytes(b""), NO_OFFICE),
    "office.json no text": (lambda f: (f / "office.json").write_bytes(b"\xff\xfe\x00"), NO_OFFICE),
    "office.json a list": (lambda f: (f / "office.json").write_text("[]"), NO_OFFICE),
    "office.json deep": (lambda f: (f / "office.json").write_text("[" * 100_000), NO_OFFICE),
    "office.json more": (lambda f: change(f / "office.json", mayor="x"), NO_OFFICE),
    "office.json odd city": (lambda f: change(f / "office.json", city=["santiago"]), NO_OFFICE),
    "office.json odd name": (lambda f: change(f / "office.json", name=None), NO_OFFICE),
    "office.json odd format": (lambda f: change(f / "office.json", format="two"), NO_OFFICE),
    "office.json a folder": (lambda f: replace_by_folder(f / "office.json"), NO_OFFICE),
    "office.json newer": (lambda f: change(f / "office.json", format=2, more={}), NEWER),
    "no keys": (lambda f: (f / "keys.json").unlink(), NO_OFFICE),
    "keys empty": (lambda f: (f / "keys.json").write_bytes(b""), KEYS_DAMAGED),
    "keys no json": (lambda f: (f / "keys.json").write_bytes(b"\x00\xff"), KEYS_DAMAGED),
    "keys odd": (lambda f: change(f / "keys.json", slots=[{"id": 1}]), KEYS_DAMAGED),
    "keys without slots": (lambda f: change(f / "keys.json", slots=[]), WRONG),
    "keys of another office": (lambda f: change(f / "keys.json", office="another"), WRONG),
    "keys newer": (lambda f: change(f / "keys.json", format=2), NEWER),
    "no database": (lambda f: (f / "office.db").unlink(), NO_OFFICE),
    "database a folder": (lambda f: replace_by_folder(f / "office.db"), NO_OFFICE),
    "database newer": (set_version, NEWER),
    "database of 0 bytes": (lambda f: cut(f, 0), DAMAGED),
    "database of 100 bytes": (lambda f: cut(f, 100), DAMAGED),
    "database of a page": (lambda f: cut(f, 4096), DAMAGED),
    "half a database": (lambda f: cut(f, 0.5), DAMAGED),
    "most of a database": (lambda f: cut(f, 0.9), DAMAGED),
    "random bytes": (lambda f: scribble(f, 0), DAMAGED),
    "random after the first page": (lambda f: scribble(f, 4096), DAMAGED),
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_damaged_office_is_told_and_left_as_it_is(run: Run, desk_folder: Path, key: Path, how: str) -> None:
    spoil, expected = SPOILT[how]
    spoil(desk_folder)
    before = {p.name: p.read_bytes() for p in desk_folder.iterdir() if p.is_file()}
    for lang in LANGUAGES:
        ran = run("rebuild", "--data", desk_folder, "--passphrase-file", key, "--language", lang)
        assert ran.sentence == Translator(lang).gettext(expected)
    after = {p.name: p.read_bytes() for p in desk_folder.iterdir() if p.is_file()}
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) <= {"office.lock"}


def test_a_city_that_this_program_does_not_know(run: Run, desk_folder: Path, key: Path) -> None:
    change(desk_folder / "office.json", city="atlantis")
    assert "atlantis" in run("rebuild", "--data", desk_folder, "--passphrase-file", key).sentence


@pytest.mark.parametrize("place", ["nowhere", "file", "empty", "file/inside"])
def test_a_place_that_is_no_office(run: Run, tmp_path: Path, key: Path, place: str) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "empty").mkdir()
    ran = run("counts", "show", "--month", "2026-03", "--data", tmp_path / place, "--passphrase-file", key)
    assert ran.sentence == Translator("es").gettext(NO_OFFICE)
    assert list((tmp_path / "empty").iterdir()) == []


# the passphrase


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"otra frase\n", WRONG),
        (PASSPHRASE.upper().encode(), WRONG),
        (f"{PASSPHRASE} \n".encode(), WRONG),
        (b"\xff\xfe\x00", UNREADABLE_KEY),
        (None, UNREADABLE_KEY),
        (b"", N_("The passphrase file is empty. Write the passphrase in its first line.")),
        (f"\n{PASSPHRASE}".encode(), N_("The passphrase file is empty. Write the passphrase in its first line.")),
        (b"x" * 100_000, WRONG),
    ],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_passphrase_that_opens_nothing(
    run: Run, desk_folder: Path, tmp_path: Path, content: bytes | None, expected: str, lang: str
) -> None:
    file = tmp_path / "key"
    if content is None:
        file.mkdir()
    else:
        file.write_bytes(content)
    ran = run("--language", lang, "rebuild", "--data", desk_folder, "--passphrase-file", file)
    assert ran.sentence == Translator(lang).gettext(expected)


@pytest.mark.parametrize("content", [PASSPHRASE, f"{PASSPHRASE}\r\nmore", f"\ufeff{PASSPHRASE}\n"])
def test_a_file_of_any_editor_opens(run: Run, desk_folder: Path, tmp_path: Path, content: str) -> None:
    (tmp_path / "key").write_text(content, encoding="utf-8", newline="")
    assert run("rebuild", "--data", desk_folder, "--passphrase-file", tmp_path / "key").code == 0


def test_nobody_to_ask(run: Run, desk_folder: Path) -> None:
    assert "--passphrase-file" in run("rebuild", "--data", desk_folder).sentence


def test_the_office_speaks_its_own_language_unless_told(run: Run, desk_folder: Path, tmp_path: Path) -> None:
    change(desk_folder / "office.json", language="ht")
    (tmp_path / "key").write_text("otra frase")
    told = ["rebuild", "--data", desk_folder, "--passphrase-file", tmp_path / "key"]
    assert run(*told).sentence == Translator("ht").gettext(WRONG)
    assert run(*told, "--language", "en").sentence == WRONG


# who may, and how much


@pytest.fixture
def anybody(desk_folder: Path, key: Path, tmp_path: Path) -> Iterator[Path]:
    """A temporary folder that another user may enter."""
    if sys.platform == "win32" or os.geteuid() != 0:
        pytest.skip("only root can become somebody else")
    opened = []
    for folder in (tmp_path, *tmp_path.parents):
        mode = folder.stat().st_mode
        if not mode & 0o005:
            folder.chmod(mode | 0o055)
            opened.append((folder, mode))
    key.chmod(0o644)
    yield desk_folder
    for folder, mode in opened:
        folder.chmod(mode)


def as_nobody(place: Path, *told: object) -> Ran:
    """The command as a user without rights: a copy of this process, which has loaded all that it needs."""
    out, err = place / "out.txt", place / "err.txt"
    child = os.fork()
    if child == 0:
        code = 99
        try:
            sys.stdout, sys.stderr = out.open("w", encoding="utf-8"), err.open("w", encoding="utf-8")
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
            code = cli.run([str(each) for each in told])
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return Ran(code, out.read_text("utf-8"), err.read_text("utf-8"))


@pytest.mark.parametrize(("folder", "files"), [(0o700, 0o600), (0o755, 0o644), (0o777, 0o600)])
def test_a_folder_without_permission(
    run: Run, anybody: Path, key: Path, tmp_path: Path, folder: int, files: int
) -> None:
    assert run("rebuild", "--data", anybody, "--passphrase-file", key).code == 0
    anybody.chmod(folder)
    for file in anybody.iterdir():
        file.chmod(files)
    ran = as_nobody(tmp_path, "rebuild", "--data", anybody, "--passphrase-file", key)
    assert ran.sentence == Translator("es").gettext(NOT_WRITABLE)


def test_a_place_where_nothing_may_be_made(anybody: Path, key: Path, tmp_path: Path) -> None:
    ran = as_nobody(tmp_path, "init", "--city", "santiago", "--data", anybody / "new", "--passphrase-file", key)
    assert ran.sentence == Translator("es").gettext(NOT_WRITABLE)
    assert not (anybody / "new").exists()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = (
        shutil.which("mount")
        and subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", place], capture_output=True, check=False
        ).returncode
        == 0
    )
    if not mounted:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", place], check=True)


def fill(place: Path, left: int) -> Path:
    space = os.statvfs(place)
    (place / "filler").write_bytes(b"x" * max(0, space.f_bavail * space.f_frsize - left))
    return place / "filler"


def test_a_full_disk_is_told_and_nothing_is_half_done(run: Run, desk_folder: Path, small_disk: Path, key: Path) -> None:
    from migrant_office import paths

    office = Path(shutil.copytree(desk_folder, small_disk / "office"))
    forms = paths.resources() / "forms" / "common"
    told = [
        "import",
        "people",
        forms / "survey_profiles" / "certification.csv",
        "--map",
        forms / "imports" / "certification.toml",
        "--data",
        office,
        "--passphrase-file",
        key,
    ]
    for left in (0, 40_000, 200_000):
        filler = fill(small_disk, left)
        assert run(*told).sentence == Translator("es").gettext(FULL)
        filler.unlink()
    opened = unlock(office, PASSPHRASE)
    assert opened.vault.read("SELECT count(*) FROM person") == [(0,)]
    assert opened.vault.read("PRAGMA integrity_check") == [("ok",)]
    opened.close()


def test_no_office_is_made_on_a_full_disk(run: Run, small_disk: Path, key: Path) -> None:
    for left in (0, 8_000, 150_000, 400_000):
        filler = fill(small_disk, left)
        ran = run("init", "--city", "santiago", "--data", small_disk / "new", "--passphrase-file", key)
        assert ran.sentence == Translator("es").gettext(FULL)
        assert not (small_disk / "new").exists()
        filler.unlink()


# two at once


def test_a_second_copy_on_the_same_office(run: Run, desk_folder: Path, key: Path) -> None:
    office = unlock(desk_folder, PASSPHRASE)
    for lang in LANGUAGES:
        ran = run("rebuild", "--data", desk_folder, "--passphrase-file", key, "--language", lang)
        assert ran.sentence == Translator(lang).gettext(IN_USE)
    process = program("rebuild", "--data", desk_folder, "--passphrase-file", key)
    assert process.wait(timeout=30) == 1
    office.close()
    assert process.communicate()[1].strip() == Translator("es").gettext(IN_USE)
    assert run("rebuild", "--data", desk_folder, "--passphrase-file", key).code == 0


def test_what_a_killed_program_locked_is_free(run: Run, desk_folder: Path, key: Path) -> None:
    code = (
        "import sys, pathlib; from migrant_office.models.office import unlock; "
        "office = unlock(pathlib.Path(sys.argv[1]), sys.argv[2]); print('open', flush=True); input()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(desk_folder), PASSPHRASE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    assert run("rebuild", "--data", desk_folder, "--passphrase-file", key).code == 1
    process.kill()
    process.communicate()
    assert run("rebuild", "--data", desk_folder, "--passphrase-file", key).code == 0


def test_an_office_is_not_made_twice(run: Run, desk_folder: Path, key: Path) -> None:
    before = {p.name: p.read_bytes() for p in desk_folder.iterdir()}
    for command in (["init", "--city", "cdmx"], ["demo", "--people", 3, "--months", 1]):
        ran = run(*command, "--data", desk_folder, "--passphrase-file", key)
        assert ran.sentence == Translator("es").gettext(TAKEN)
    assert {p.name: p.read_bytes() for p in desk_folder.iterdir()} == before
