from __future__ import annotations

import os
import signal
import stat
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from migrant_office import clock
from migrant_office.commands.common import Told
from migrant_office.i18n import LANGUAGES, Translator
from migrant_office.models.office import new_id, read_about, unlock
from migrant_office.models.person import Person
from migrant_office.progress import Cancelled, Progress
from migrant_office.services import people
from tests.commands.running import Ran, ended, program
from tests.factories import PASSPHRASE

Run = Callable[..., Ran]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_init_makes_an_office_and_shows_its_recovery_code(run: Run, tmp_path: Path, key: Path) -> None:
    ran = run("init", "--city", "cdmx", "--name", "Casa Ñandú", "--data", tmp_path / "o", "--passphrase-file", key)
    assert (ran.code, ran.err) == (0, "")
    about = read_about(tmp_path / "o")
    assert (about.city, about.name, about.demo) == ("cdmx", "Casa Ñandú", False)
    unlock(tmp_path / "o", ran.out.splitlines()[-1]).close()
    unlock(tmp_path / "o", PASSPHRASE).close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_short_passphrase(run: Run, tmp_path: Path, lang: str) -> None:
    (tmp_path / "key").write_text("corta")
    ran = run(
        "init",
        "--city",
        "santiago",
        "--data",
        tmp_path / "o",
        "--passphrase-file",
        tmp_path / "key",
        "--language",
        lang,
    )
    assert "8" in ran.sentence
    assert not (tmp_path / "o").exists()


def test_rebuild_says_how_many_rows(run: Run, desk_folder: Path, key: Path) -> None:
    for more in ([], ["--from-log"]):
        ran = run("rebuild", *more, "--data", desk_folder, "--passphrase-file", key)
        assert (ran.code, ran.err) == (0, "")
        assert any(word.isdigit() and int(word) > 50 for word in ran.out.split())


def test_rebuild_tells_when_something_was_not_as_it_should_be(run: Run, desk_folder: Path, key: Path) -> None:
    office = unlock(desk_folder, PASSPHRASE)
    people.open_case(office, Person(id=new_id(), given="Rose"))
    office.vault.write("UPDATE person SET given = 'Rosa'")
    office.close()
    told = ("rebuild", "--data", desk_folder, "--passphrase-file", key)
    assert "Rose" not in run(*told).sentence
    assert run(*told).code == 0


# the demo office


def made(run: Run, folder: Path, *more: object) -> Ran:
    return run("demo", "--people", 6, "--months", 2, "--until", "2026-11-18", "--data", folder, *more)


def test_a_demo_opens_with_the_passphrase_that_was_said(run: Run, tmp_path: Path) -> None:
    ran = made(run, tmp_path / "d")
    assert (ran.code, ran.err) == (0, "")
    office = unlock(tmp_path / "d", ran.out.splitlines()[-1].rsplit(": ", 1)[1])
    assert office.about.demo
    assert people.count(office) == 6
    office.close()


def test_a_demo_with_a_passphrase_of_one_s_own(run: Run, tmp_path: Path, key: Path) -> None:
    ran = made(run, tmp_path / "d", "--passphrase-file", key, "--city", "cdmx", "--language", "ht")
    assert len(ran.out.splitlines()) == 1
    assert PASSPHRASE not in ran.out
    assert read_about(tmp_path / "d").language == "ht"
    unlock(tmp_path / "d", PASSPHRASE).close()


def test_a_demo_until_today(run: Run, tmp_path: Path) -> None:
    with clock.at(datetime(2026, 5, 6, 12).astimezone()):
        assert run("demo", "--people", 3, "--months", 1, "--data", tmp_path / "d").code == 0
    office = unlock(tmp_path / "d", "oficina de muestra")
    assert office.vault.read("SELECT max(opened) FROM person") == [("2026-05-06",)]
    office.close()


def test_a_second_demo_in_the_same_folder_is_refused_and_the_first_stays(run: Run, tmp_path: Path) -> None:
    made(run, tmp_path / "d")
    before = contents(tmp_path / "d")
    assert made(run, tmp_path / "d", "--seed", 8).sentence == Translator("es").gettext(
        "This folder already holds an office. Open it, or choose an empty folder."
    )
    assert contents(tmp_path / "d") == before


@pytest.mark.parametrize(
    "told",
    [
        ["--people", 0],
        ["--months", 0],
        ["--months", 100_000],
        ["--until", "0001-01-01"],
        ["--until", "9999-12-31"],
        ["--until", "31-12-2026"],
        ["--city", "atlantis"],
        ["--months", 10**30],
    ],
)
def test_numbers_that_make_no_sense(run: Run, tmp_path: Path, told: list[object]) -> None:
    assert made(run, tmp_path / "d", *told).sentence
    assert not (tmp_path / "d").exists()


def test_files_are_private_whatever_the_mask(run: Run, tmp_path: Path) -> None:
    os.umask(0)
    made(run, tmp_path / "d")
    run("rebuild", "--data", tmp_path / "d", "--passphrase-file", tmp_path)
    (tmp_path / "key").write_text("oficina de muestra")
    assert run("rebuild", "--data", tmp_path / "d", "--passphrase-file", tmp_path / "key").code == 0
    found = {p: stat.S_IMODE(p.stat().st_mode) for p in [tmp_path / "d", *(tmp_path / "d").rglob("*")]}
    assert {mode for path, mode in found.items() if path.is_file()} == {0o600}
    assert {mode for path, mode in found.items() if path.is_dir()} == {0o700}


def heeds_interrupts() -> None:
    """Also where the tests themselves run in the background, which ignores them."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("moment", [0.0, 0.05, 0.3, 0.9, 1.6])
def test_a_demo_that_is_interrupted_leaves_nothing(tmp_path: Path, moment: float) -> None:
    """SIGINT at some moment: while it loads, makes the keys, loads the catalogue, lives."""
    folder = tmp_path / "d"
    process = program("demo", "--people", 3000, "--months", 24, "--data", folder, preexec_fn=heeds_interrupts)
    if moment:
        deadline = time.monotonic() + 20
        while not folder.exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(moment)
    else:
        time.sleep(0.15)
    process.send_signal(signal.SIGINT)
    ran = ended(process)
    assert "Traceback" not in ran.err
    assert ran.code in (130, -signal.SIGINT)
    assert len(ran.err.splitlines()) <= 1
    assert not folder.exists()


def test_a_second_interrupt_stops_at_once_and_afterwards_all_is_as_usual() -> None:
    with Told() as progress:
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(Cancelled):
            progress.report(1, 2)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_an_interrupt_that_is_ignored_stays_so() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with Told() as progress:
            signal.raise_signal(signal.SIGINT)
            progress.report(1, 2)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_rebuild_that_is_interrupted_leaves_the_tables_as_they_were(
    run: Run, desk_folder: Path, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(self: Told, done: int, total: int) -> None:
        signal.raise_signal(signal.SIGINT)
        Progress.report(self, done, total)

    monkeypatch.setattr(Told, "report", interrupted)
    ran = run("rebuild", "--data", desk_folder, "--passphrase-file", key)
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (130, "", 1)
    monkeypatch.undo()
    office = unlock(desk_folder, PASSPHRASE)
    assert len(office.vault.read("SELECT code FROM service")) > 20
    office.close()
