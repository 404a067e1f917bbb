"""Printing by CUPS: the very bytes from memory to `lp`, and one sentence for each thing in the way."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from reportlab.lib.units import mm

from migrant_office.i18n import Translator
from migrant_office.models.sheet import Paper
from migrant_office.progress import Cancelled, Progress
from migrant_office.ui.printing import cups
from migrant_office.ui.printing.cups import Cups, media
from migrant_office.ui.printing.jobs import Job, NoAnswer, NoPrintProgram, NotTaken, Stopped
from tests.ui.printers import HANGS, REFUSES, SLOW, PrintingSystem
from tests.ui.printing.papers import paper

LETTER = (612.0, 792.0)
WAYS = os.environ.get("PATH", os.defpath)  # before any test hides the machine's own programs


@pytest.fixture
def untouched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The folder for temporary files stays as it is: its time tells even of a file that was made and removed again."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    before = folder.stat().st_mtime_ns
    yield
    assert list(folder.iterdir()) == []
    assert folder.stat().st_mtime_ns == before


def test_the_usual_printer_comes_first_with_a_name_for_people(printers: PrintingSystem):
    printers.queues("HP_Mesa_1", "Sala_2", usual="Sala_2")
    found = Cups().printers()
    assert [(p.name, p.title, p.usual) for p in found] == [
        ("Sala_2", "Sala 2", True),
        ("HP_Mesa_1", "HP Mesa 1", False),
    ]


def test_a_computer_without_a_queue_has_no_printer(printers: PrintingSystem):
    assert Cups().printers() == []
    printers.program("lpstat", 'import sys\nsys.stderr.write("lpstat: Bad file descriptor")\nsys.exit(1)\n')
    assert Cups().printers() == [], "nor one whose server is down"


def test_the_bytes_arrive_as_they_are_and_no_file_was_made(printers: PrintingSystem, untouched: None):
    pdf = paper(LETTER, LETTER, padding=3_000_000)
    Cups().send(Job(pdf, "Hoja de una derivación", 3, both_sides=True), "Sala_2", Progress())
    assert printers.printed() == [pdf]
    told = printers.told()
    pairs = set(pairwise(told))
    assert {("-d", "Sala_2"), ("-n", "3"), ("-t", "Hoja de una derivación")} <= pairs
    assert {("-o", "media=na_letter_8.5x11in"), ("-o", "sides=two-sided-long-edge")} <= pairs
    assert not [part for part in told if part.endswith(".pdf")], "no file is named"


def test_a_slow_printer_gets_everything_once(printers: PrintingSystem, untouched: None):
    printers.program("lp", SLOW)
    pdf = paper(LETTER, padding=2_000_000)
    Cups().send(Job(pdf, "x"), "Sala_2", Progress())
    assert printers.printed() == [pdf]
    assert "sides=one-sided" in printers.told()


@pytest.mark.parametrize(
    ("size", "name"),
    [
        *(((p.value[0] * mm, p.value[1] * mm), cups.MEDIA[p]) for p in Paper),
        ((80 * mm, 200 * mm), "Custom.80x200mm"),
    ],
)
def test_the_paper_is_that_of_the_sheet(size: tuple[float, float], name: str):
    assert media(paper(size)) == name


def test_a_printer_that_vanished_is_told_in_our_words(printers: PrintingSystem):
    printers.program("lp", REFUSES)
    with pytest.raises(NotTaken) as refused:
        Cups().send(Job(paper(LETTER, padding=500_000), "x"), "Gone", Progress())
    said = refused.value.text(Translator("en"))
    assert "nothing was printed" in said
    assert "class" not in said


def test_a_stopped_printer_gets_nothing_to_keep(printers: PrintingSystem):
    printers.queues("Mesa", "Sala_2", stopped="Sala_2")
    with pytest.raises(Stopped):
        Cups().send(Job(paper(LETTER), "x"), "Sala_2", Progress())
    assert printers.printed() == []
    Cups().send(Job(paper(LETTER), "x"), "Mesa", Progress())
    assert len(printers.printed()) == 1


def test_a_printing_system_that_hangs_is_given_up(printers: PrintingSystem, monkeypatch: pytest.MonkeyPatch):
    printers.program("lp", HANGS)
    printers.program("lpstat", HANGS)
    monkeypatch.setattr(cups, "PATIENCE", 0.5)
    monkeypatch.setattr(cups, "LIST_PATIENCE", 0.5)
    began = time.monotonic()
    with pytest.raises(NoAnswer):
        Cups().send(Job(paper(LETTER, padding=500_000), "x"), "Sala_2", Progress())
    with pytest.raises(NoAnswer):
        Cups().printers()
    assert time.monotonic() - began < 10


def test_what_lp_leaves_running_holds_nobody_up(printers: PrintingSystem):
    """A wrapper around lp that starts something of its own, which keeps the pipe open and never reads it."""
    printers.program("lp", "import subprocess\nsubprocess.Popen(['sleep', '15'], start_new_session=True)\n")
    began = time.monotonic()
    Cups().send(Job(paper(LETTER, padding=500_000), "x"), "Sala_2", Progress())
    assert time.monotonic() - began < 10


def test_a_job_can_be_stopped(printers: PrintingSystem):
    printers.program("lp", HANGS)
    progress = Progress()
    threading.Timer(0.3, progress.cancel).start()
    with pytest.raises(Cancelled):
        Cups().send(Job(paper(LETTER), "x"), "Sala_2", progress)
    assert printers.printed() == []


def test_without_lp_nothing_is_tried_in_another_way(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoPrintProgram):
        Cups().printers()
    with pytest.raises(NoPrintProgram):
        Cups().send(Job(paper(LETTER), "x"), "Sala_2", Progress())


# the real one, where a machine has a queue that prints into files


def paper_saving_queue() -> str:
    """A queue of cups-pdf, which uses up no paper; "" where there is none."""
    lpstat = shutil.which("lpstat", path=WAYS)
    if lpstat is None:
        return ""
    told = subprocess.run(
        [lpstat, "-v"], capture_output=True, text=True, env=os.environ | {"LC_ALL": "C"}, timeout=20, check=False
    )
    found = [line for line in told.stdout.splitlines() if "cups-pdf:" in line]
    return found[0].removeprefix("device for ").partition(":")[0] if found else ""


def test_a_real_queue_takes_the_job_and_no_file_is_made(monkeypatch: pytest.MonkeyPatch, untouched: None):
    queue = paper_saving_queue()
    if not queue:
        pytest.skip("no CUPS with a queue of cups-pdf here")
    monkeypatch.setenv("PATH", WAYS)
    assert queue in {printer.name for printer in Cups().printers()}
    Cups().send(Job(paper(LETTER, LETTER), "Hoja", 2), queue, Progress())
    with pytest.raises(NotTaken):
        Cups().send(Job(paper(LETTER), "Hoja"), f"{queue}_that_vanished", Progress())
