from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from migrant_office import paths


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_resources_are_found() -> None:
    assert (paths.resources() / "forms" / "santiago" / "office.toml").is_file()
    assert (paths.resources() / "i18n").is_dir()


def test_an_incomplete_installation_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "migrant_office").mkdir()
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "migrant_office" / "paths.py"))
    with pytest.raises(FileNotFoundError):
        paths.resources.__wrapped__()


@pytest.mark.parametrize("place", ["frozen", "wheel", "tree"])
def test_resources_beside_a_frozen_program_in_a_wheel_and_in_a_tree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    package = tmp_path / "site" / "migrant_office"
    found = {"frozen": tmp_path / "bundle", "wheel": package, "tree": package.parent}[place] / "resources"
    found.mkdir(parents=True)
    package.mkdir(parents=True, exist_ok=True)
    monkeypatch.setattr(paths, "__file__", str(package / "paths.py"))
    if place == "frozen":
        monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "bundle"), raising=False)
    assert paths.resources.__wrapped__() == found


def test_the_office_lies_where_the_system_wants_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert paths.default_data() == tmp_path / "migrant-office"
    monkeypatch.setenv("XDG_DATA_HOME", "")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert paths.default_data() == tmp_path / ".local" / "share" / "migrant-office"
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "Local"))
    assert paths.default_data() == tmp_path / "Local" / "migrant-office"


@pytest.mark.parametrize(("private", "expected"), [(True, 0o600), (False, 0o644)])
def test_a_file_is_written_whole_with_its_mode_whatever_the_mask(tmp_path: Path, private: bool, expected: int) -> None:
    for mask in (0, 0o077):
        before = os.umask(mask)
        try:
            paths.write_atomically(tmp_path / "f", b"data", private=private)
        finally:
            os.umask(before)
        assert (tmp_path / "f").read_bytes() == b"data"
        assert mode(tmp_path / "f") == expected
    assert [p.name for p in tmp_path.iterdir()] == ["f"]


def test_what_was_there_stays_when_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths.write_atomically(tmp_path / "f", b"old")
    for name in ("fsync", "replace"):

        def fails(*_told: object, name: str = name) -> None:
            raise OSError(28, name)

        with monkeypatch.context() as patch:
            patch.setattr(os, name, fails)
            with pytest.raises(OSError, match=name):
                paths.write_atomically(tmp_path / "f", b"new")
        assert (tmp_path / "f").read_bytes() == b"old"
        assert [p.name for p in tmp_path.iterdir()] == ["f"]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        paths.write_atomically(tmp_path / "no" / "f", b"")
