"""Running commands, in this process or as one of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

from migrant_office import cli

ROOT = Path(__file__).resolve().parents[2]


class Ran(NamedTuple):
    """What one command did."""

    code: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """The one line that a refusal leaves on the error output, and nothing else anywhere."""
        assert self.code == cli.REFUSED, self
        assert self.out == ""
        (line,) = self.err.splitlines()
        assert line.endswith((".", ":")) or "--help" in line, line
        return line


def program(*arguments: object, **more: Any) -> subprocess.Popen[str]:
    """The program as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "migrant_office", *map(str, arguments)],
        cwd=ROOT,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **more,
    )


def ended(process: subprocess.Popen[str]) -> Ran:
    out, err = process.communicate(timeout=60)
    return Ran(process.returncode, out, err)
