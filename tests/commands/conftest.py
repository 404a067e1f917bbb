from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from migrant_office import cli, i18n, log
from migrant_office.models.vault import slots
from tests.factories import CHEAP, PASSPHRASE

ROOT = Path(__file__).resolve().parents[2]
ENGLISH = re.compile(r"\b(the|and|not|this|file|folder|error|invalid|usage|expected|argument|required|show)\b")


class Ran(NamedTuple):
    """What one command did."""

    code: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """The one line that a refusal leaves on the error output, and nothing else anywhere."""
        assert self.code not in (0, cli.CRASHED), self
        assert self.out == ""
        assert "Traceback" not in self.err
        (line,) = self.err.splitlines()
        assert line.endswith((".", "!", "?", ":")) or "--help" in line, line
        return line


@pytest.fixture(autouse=True)
def _as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The command line changes the process: its mask, its language, its core dumps."""
    mask = os.umask(0o022)
    monkeypatch.setattr(resource, "setrlimit", lambda *_told: None)  # could never be raised again
    monkeypatch.setattr("sys.stdin", open(os.devnull))  # noqa: SIM115 - closed below
    yield
    sys.stdin.close()
    os.umask(mask)
    i18n.set_language("es")
    log.stop()


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run one command in this process."""

    def runs(*arguments: object) -> Ran:
        capsys.readouterr()
        try:
            code = cli.run([str(each) for each in arguments])
        except SystemExit as end:  # --help and --version
            code = int(str(end.code or 0))
        told = capsys.readouterr()
        return Ran(code, told.out, told.err)

    return runs


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passphrases that cost a millisecond, for offices that a command makes."""
    from migrant_office.services import offices
    from migrant_office.services.demo import making

    for module in (offices, making):
        function = getattr(module, {"making": "make_demo"}.get(module.__name__.rsplit(".", 1)[1], "create_office"))
        monkeypatch.setitem(function.__kwdefaults__, "cost", CHEAP)
    assert slots.STRONG != CHEAP


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """A file with the passphrase of the offices here."""
    path = tmp_path / "key.txt"
    path.write_text(PASSPHRASE + "\n", encoding="utf-8")
    return path


def program(*arguments: object, **more: object) -> subprocess.Popen[str]:
    """The program as a process of its own."""
    return subprocess.Popen([sys.executable, "-m", "migrant_office", *map(str, arguments)], cwd=ROOT, text=True,
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)  # type: ignore[call-overload]  # whatever Popen takes


def ended(process: subprocess.Popen[str]) -> Ran:
    out, err = process.communicate(timeout=60)
    return Ran(process.returncode, out, err)
