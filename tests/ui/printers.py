"""Printing systems made of small programs on PATH: what the window starts is a real process, and no paper is used."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

TAKES = "import sys, pathlib\nhere = pathlib.Path(__file__).parent\ndata = sys.stdin.buffer.read()\n"
KEEPS = (
    TAKES + 'job = len(list(here.glob("*.pdf")))\n(here / f"{job}.pdf").write_bytes(data)\n'
    '(here / f"{job}.txt").write_text("\\n".join(sys.argv[1:]))\n'
)
REFUSES = 'import sys\nsys.stderr.write("lp: The printer or class does not exist.\\n")\nsys.exit(1)\n'
HANGS = "import time\ntime.sleep(60)\n"
SLOW = "import time\ntime.sleep(0.6)\n" + KEEPS


@dataclass(frozen=True)
class PrintingSystem:
    """The programs in one folder, and what came through `lp`."""

    folder: Path

    def program(self, name: str, source: str) -> None:
        made = self.folder / name
        made.write_text(f"#!{sys.executable}\n{source}")
        made.chmod(0o755)

    def queues(self, *names: str, usual: str = "", stopped: str = "") -> None:
        listed = "\\n".join(names)
        said = f"system default destination: {usual}" if usual else "no system default destination"
        state = f'"disabled since" if sys.argv[-1] == "{stopped}" else "is idle."'
        self.program(
            "lpstat",
            f'import sys\nasked = sys.argv[1]\nif asked == "-p":\n    print("printer", sys.argv[-1], {state})\n'
            f'else:\n    print("{listed}" if asked == "-e" else "{said}")\n',
        )

    def printed(self) -> list[bytes]:
        return [path.read_bytes() for path in sorted(self.folder.glob("*.pdf"))]

    def told(self, job: int = 0) -> list[str]:
        """What `lp` was called with."""
        return (self.folder / f"{job}.txt").read_text().split("\n")


def printing_system(folder: Path, monkeypatch: pytest.MonkeyPatch) -> PrintingSystem:
    """One without a queue; what a test adds to it is found before the system's own."""
    folder.mkdir(parents=True)
    made = PrintingSystem(folder)
    made.queues()
    made.program("lp", KEEPS)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ.get('PATH', os.defpath)}")
    monkeypatch.delenv("LPDEST", raising=False)
    return made
