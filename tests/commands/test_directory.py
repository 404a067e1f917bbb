from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.commands.running import Ran
from tests.services.directory.samples import SAMPLE, dangling_file, read_json

Run = Callable[..., Ran]


def test_in_and_out_unchanged(run: Run, desk_folder: Path, key: Path, tmp_path: Path) -> None:
    there = ("--data", desk_folder, "--passphrase-file", key, "--language", "en")
    taken = run("directory", "import", SAMPLE / "service_full.json", *there)
    assert taken.code == 0
    assert "Taken in: 1 new service, 0 that were here." in taken.out
    assert "Good to know: organization, row 1, column “parent_organization_id”" in taken.out
    given = run("directory", "export", tmp_path / "out.json", "--package", "service_full", *there)
    assert (given.code, given.out.strip()) == (0, "Written: 1 service in out.json.")
    assert read_json(tmp_path / "out.json") == read_json(SAMPLE / "service_full.json")
    whole = run("directory", "export", tmp_path / "all.zip", *there)
    assert "Written: 64 services in all.zip." in whole.out
    assert run("directory", "check", tmp_path / "all.zip", "--language", "en").code == 0


def test_a_check_needs_no_office_and_names_every_place(run: Run, tmp_path: Path) -> None:
    ran = run("directory", "check", dangling_file(tmp_path / "bad.json"), "--language", "en")
    assert ran.code == 1
    assert "service, row 1, column “organization_id”: there is no organization" in ran.err
    good = run("directory", "check", SAMPLE / "tabular.json", "--language", "en")
    assert good.code == 0
    assert "The directory can be taken in: 1 service." in good.out


def test_a_file_that_is_not_there(run: Run, tmp_path: Path) -> None:
    ran = run("directory", "check", tmp_path / "none.json", "--language", "en")
    assert ran.code == 1
    assert "“none.json” cannot be read or written" in ran.err
