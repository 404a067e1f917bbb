"""Killed at any moment, the intake loses at most the last second of typing, and the next start offers the draft."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import pytest

from migrant_office.app import Window
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.office import unlock
from migrant_office.services import intake
from migrant_office.ui.intake.intake_page import IntakePage
from migrant_office.ui.today.today_page import TodayPage
from migrant_office.ui.widgets.field import LineField
from tests.factories import PASSPHRASE
from tests.ui.walking import page_of, space_of, until

TYPIST = Path(__file__).with_name("typist.py")
KILLS = int(os.environ.get("KILLS") or (30 if os.environ.get("CI") else 10))  # a hundred by hand: KILLS=100
PROMISED = 1.0  # seconds of typing that a kill may take
PATIENCE = 40.0  # seconds until the first letter; it takes one
LATEST = 1.4  # seconds after the first letter at which a kill comes at the latest


class Killed:
    """One run of the typist: what it said it had typed, and when it died (monotonic clock)."""

    def __init__(self, folder: Path, after: float) -> None:
        self.said: list[tuple[float, str]] = []
        process = subprocess.Popen(
            [sys.executable, str(TYPIST), str(folder)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        guard = threading.Timer(PATIENCE, process.kill)
        guard.start()
        first = process.stdout.readline()
        guard.cancel()
        assert first, process.communicate()[1][-2000:]
        self._note(first)
        reader = threading.Thread(target=self._read, args=(process.stdout,))
        reader.start()
        time.sleep(after)
        assert process.poll() is None, "it died by itself"
        self.died = time.monotonic()
        process.kill()
        reader.join()
        process.communicate()

    def _read(self, lines: Iterable[str]) -> None:
        for line in lines:
            self._note(line)

    def _note(self, line: str) -> None:
        moment, _space, text = line.rstrip("\n").partition(" ")
        if line.endswith("\n"):  # the last line may be cut short by the kill
            self.said.append((float(moment), text))

    def stutter(self) -> float:
        """The longest time in which the machine gave the window no turn: a delay that is not the program's."""
        moments = [moment for moment, _text in self.said] + [self.died]
        return max((b - a for a, b in pairwise(moments)), default=0.0)

    def due(self, tolerance: float) -> str:
        """What must be on disk: all that stood in the field a second before the end."""
        return max(
            (text for moment, text in self.said if moment <= self.died - PROMISED - tolerance), key=len, default=""
        )


def kept(folder: Path) -> str:
    """The given name in the newest draft of the typist (nothing if there is none)."""
    office = unlock(folder, PASSPHRASE)
    try:
        assert office.vault.read("PRAGMA integrity_check") == [("ok",)]
        assert office.vault.read("PRAGMA cipher_integrity_check") == []
        found = [given(intake.resume(office, draft)) for draft in intake.waiting(office)]
    finally:
        office.close()
    return max(found, key=len, default="")


def given(filling: FormFilling) -> str:
    return str(filling.mapped().get("person.given", ""))


@pytest.mark.timeout(10 * KILLS + 60)
def test_a_kill_takes_at_most_the_last_second(desk_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    rng, worst, slowest = random.Random(os.environ.get("SEED")), 0.0, 0.0
    for number in range(KILLS):
        folder = Path(shutil.copytree(desk_folder, tmp_path / f"killed {number}"))
        run = Killed(folder, rng.uniform(0.0, LATEST))
        tolerance = max(run.stutter() - 0.1, 0.0)
        text = kept(folder)
        assert text.startswith(run.due(tolerance)), (number, run.due(tolerance), text)
        last = run.said[-1][1]
        assert last.startswith(text) or text.startswith(last), "what was kept is what was typed"
        typed_since = [moment for moment, said in run.said if len(said) > len(text)]
        worst = max(worst, run.died - min(typed_since, default=run.died))
        slowest = max(slowest, tolerance)
        shutil.rmtree(folder)
    with capsys.disabled():
        print(f"\n  {KILLS} kills while typing: at most {worst:.2f} s lost, tolerance for the machine {slowest:.2f} s")  # noqa: T201 - a measure to be seen


def test_the_next_start_offers_the_draft_and_goes_on_with_it(qtbot, qapp, dressed: None, desk_folder: Path):
    run = Killed(desk_folder, 1.3)
    window = Window(qapp, desk_folder)
    qtbot.addWidget(window)
    window.begin(PASSPHRASE)
    window.show()
    until(lambda: window.workspace is not None, "workspace")
    today, page = page_of(window, TodayPage), page_of(window, IntakePage)
    until(lambda: today.shown is not None, "Hoy")
    assert today.shown is not None
    (draft,) = today.shown.drafts
    today._open(draft)
    until(lambda: page.filling is not None and page.views, "intake")
    view = next(view for view in page.views.values() if view.question.name == "given")
    field = view.labelled.field if view.labelled is not None else None
    assert isinstance(field, LineField)
    text = field.text()
    assert len(text) > 3
    assert run.said[-1][1].startswith(text)
    assert space_of(window).current == "intake"
    window.close()
