"""Killed while the person types, the turned screen loses at most the last second, as the intake does."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.ui.intake import test_killed as the_intake
from tests.ui.intake.test_killed import Killed, kept


@pytest.mark.parametrize("after", [0.2, 1.3])
def test_a_kill_takes_at_most_the_last_second(
    desk_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: float
):
    monkeypatch.setattr(the_intake, "TYPIST", Path(__file__).with_name("typist.py"))
    folder = Path(shutil.copytree(desk_folder, tmp_path / "killed"))
    run = Killed(folder, after)
    text = kept(folder)
    assert text.startswith(run.due(max(run.stutter() - 0.1, 0.0)))
    last = run.said[-1][1]
    assert last.startswith(text) or text.startswith(last), "what was kept is what was typed"
    assert text or after < 1
