"""Printing by CUPS: the PDF itself goes through `lp`, as lines and letters, from memory.

Qt would print too, but its CUPS engine paints into a temporary file first (cupsTempFd), so that what a sheet says of a
person would lie open on the disk. What CUPS itself keeps is the administrator's to say (docs/guia.md).
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from threading import Thread

from migrant_office.models.sheet import Paper
from migrant_office.progress import Cancelled, Progress
from migrant_office.ui.printing.jobs import Job, NoAnswer, NoPrintProgram, NotTaken, Printer, Stopped
from migrant_office.ui.printing.rendering import POINTS, Leaves

PATIENCE, LIST_PATIENCE = 30.0, 8.0  # seconds for the whole of a job, and for the list of printers
LOOK = 0.1  # seconds between two looks at the wish to stop
LAST = 1.0  # seconds for the rest of the bytes once lp has ended
MM = 25.4
NEAR = 1.0  # mm within which a page is of a paper
MEDIA = {Paper.LETTER: "na_letter_8.5x11in", Paper.A4: "iso_a4_210x297mm", Paper.OFICIO: "na_foolscap_8.5x13in"}
"""Names of PWG 5101.1, which carry their size: CUPS finds the printer's own name for it. Oficio is foolscap there."""


class Cups:
    """`lp` and `lpstat`, asked as programs: a server that hangs is given up, where its library would hang with us."""

    def printers(self) -> list[Printer]:
        lpstat = _program("lpstat")
        names = [line.strip() for line in _said([lpstat, "-e"]).splitlines() if line.strip()]
        told = _said([lpstat, "-d"])  # "system default destination: NAME"
        usual = os.environ.get("LPDEST") or told.rpartition(":")[2].strip() if ":" in told else ""
        found = [Printer(name, name.replace("_", " "), name == usual) for name in names]
        return sorted(found, key=lambda printer: not printer.usual)

    def send(self, job: Job, printer: str, progress: Progress) -> None:
        command = [_program("lp"), "-d", printer, "-n", str(job.copies), "-t", job.title]
        command += ["-o", f"media={media(job.pdf)}", "-o", "print-scaling=auto-fit"]  # smaller, never cut
        command += ["-o", "sides=two-sided-long-edge" if job.both_sides else "sides=one-sided"]
        progress.report(0, 0)
        if " disabled since" in _said([_program("lpstat"), "-p", printer]):
            raise Stopped  # it would take the job and keep it, with what it says of a person
        if _fed(command, job.pdf, progress):
            raise NotTaken


def media(pdf: bytes) -> str:
    """The name of the paper that the first page of a PDF is made for."""
    leaves = Leaves(pdf)
    width, height = (side / POINTS * MM for side in leaves.sizes[0])
    leaves.close()
    for paper, name in MEDIA.items():
        if abs(paper.value[0] - width) <= NEAR and abs(paper.value[1] - height) <= NEAR:
            return name
    return f"Custom.{width:.0f}x{height:.0f}mm"


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise NoPrintProgram
    return found


def _said(command: list[str]) -> str:
    """What a program wrote, in the language that we can read; nothing where it had nothing to tell."""
    plain = os.environ | {"LC_ALL": "C"}
    try:
        told = subprocess.run(  # noqa: S603 - our own words and what lpstat is called here
            command, stdin=subprocess.DEVNULL, capture_output=True, env=plain, timeout=LIST_PATIENCE, check=False
        )
    except subprocess.TimeoutExpired as late:
        raise NoAnswer(LIST_PATIENCE) from late
    except OSError as error:
        raise NoPrintProgram from error
    return told.stdout.decode(errors="replace") if told.returncode == 0 else ""


def _fed(command: list[str], data: bytes, progress: Progress) -> int:
    """Run a program with bytes at its standard input; its exit code. After `NoAnswer` or `Cancelled` it is gone."""
    quiet = subprocess.DEVNULL  # what lp says names the queue in words of its own
    try:
        running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet, start_new_session=True)  # noqa: S603
    except OSError as error:
        raise NoPrintProgram from error
    feeding = Thread(target=_feed, args=(running, data), daemon=True)
    feeding.start()  # `communicate` cannot be waited for twice while it still writes
    end = time.monotonic() + PATIENCE
    try:
        while True:
            with suppress(subprocess.TimeoutExpired):
                return running.wait(LOOK)
            if progress.cancelled:
                raise Cancelled
            if time.monotonic() > end:
                raise NoAnswer(PATIENCE)
    finally:
        if running.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)  # with whatever it has started itself
            running.wait()
        feeding.join(LAST)  # a child of lp may still hold the pipe; the thread ends with it


def _feed(running: subprocess.Popen[bytes], data: bytes) -> None:
    """Write everything and close; who stops reading says why by an exit code."""
    if running.stdin is not None:
        with suppress(OSError):
            running.stdin.write(data)
        with suppress(OSError):
            running.stdin.close()
