from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from migrant_office import log
from migrant_office.log import LOGGER


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    log.stop()


def told(folder: Path) -> str:
    return (folder / "logs" / "program.log").read_text(encoding="utf-8")


def goes_wrong(name: str) -> None:
    try:
        raise KeyError(name)
    except KeyError as error:
        raise ValueError(f"cannot save {name}") from error


def crash(name: str = "Rose Désir") -> None:
    try:
        goes_wrong(name)
    except ValueError as error:
        log.crash(error)


def test_a_crash_says_where_and_never_about_whom(tmp_path: Path) -> None:
    log.start(tmp_path)
    crash()
    written = told(tmp_path)
    assert "ValueError at test_log:" in written
    assert "goes_wrong" in written
    assert "KeyError" in written  # what caused it, too
    assert "Rose" not in written
    assert "cannot save" not in written
    assert len(written.splitlines()) == 2


def test_the_file_is_private_also_after_it_was_rotated(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        log.start(tmp_path)
        for _ in range(250):
            LOGGER.error("%s", "x" * 4_000)
    finally:
        os.umask(before)
    files = sorted((tmp_path / "logs").iterdir())
    assert [file.name for file in files] == ["program.log", "program.log.1", "program.log.2"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE((tmp_path / "logs").stat().st_mode) == 0o700
    assert all(file.stat().st_size <= 200_000 for file in files)


def test_starting_again_goes_on_in_the_same_file(tmp_path: Path) -> None:
    for _ in range(2):
        log.start(tmp_path)
        crash()
    log.stop()
    log.start(tmp_path)
    crash()
    assert told(tmp_path).count("ValueError") == 3


def test_after_stopping_nothing_is_written_nor_printed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    log.start(tmp_path)
    log.stop()
    log.stop()
    crash()
    assert told(tmp_path) == ""
    assert capfd.readouterr() == ("", "")
    (tmp_path / "logs").rename(tmp_path / "moved")


@pytest.mark.parametrize("spoil", ["file", "folder", "nowhere"])
def test_an_office_is_not_closed_for_want_of_a_log(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], spoil: str
) -> None:
    if spoil == "file":
        (tmp_path / "logs").write_text("")
    elif spoil == "folder":
        (tmp_path / "logs" / "program.log").mkdir(parents=True)
    log.start(tmp_path / "nowhere" if spoil == "nowhere" else tmp_path)
    crash()
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_a_full_disk_is_no_traceback(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "program.log").symlink_to("/dev/full")
    log.start(tmp_path)
    crash()
    assert capfd.readouterr() == ("", "")


def test_other_programs_loggers_are_left_alone(tmp_path: Path) -> None:
    log.start(tmp_path)
    assert not LOGGER.propagate
    LOGGER.info("not worth a line")
    assert told(tmp_path) == ""
