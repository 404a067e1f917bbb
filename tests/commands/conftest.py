from __future__ import annotations

import os
import resource
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from migrant_office import cli, i18n, log
from migrant_office.services import offices
from migrant_office.services.demo import making
from tests.commands.running import Ran
from tests.factories import CHEAP, PASSPHRASE


@pytest.fixture(autouse=True)
def _as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The command line changes the process: its mask, its language, its core dumps. Passphrases cost a millisecond."""
    mask = os.umask(0o022)
    monkeypatch.setattr(resource, "setrlimit", lambda *_told: None)  # could never be raised again
    for make in (offices.create_office, making.make_demo):
        monkeypatch.setitem(make.__kwdefaults__ or {}, "cost", CHEAP)
    heard = signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever starts us in the background ignores it
    with open(os.devnull, encoding="utf-8") as nobody:
        monkeypatch.setattr("sys.stdin", nobody)
        yield
    signal.signal(signal.SIGINT, heard)
    os.umask(mask)
    i18n.set_language("es")
    log.stop()


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run one command in this process."""

    def runs(*arguments: object) -> Ran:
        capsys.readouterr()
        code = cli.run([str(each) for each in arguments])
        told = capsys.readouterr()
        return Ran(code, told.out, told.err)

    return runs


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """A file with the passphrase of the offices here."""
    path = tmp_path / "key.txt"
    path.write_text(PASSPHRASE + "\n", encoding="utf-8")
    return path
