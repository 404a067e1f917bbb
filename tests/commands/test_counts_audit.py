"""`counts audit` on folders as they leave the office."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.simulated import released, shipped, visits
from migrant_office.i18n import Translator
from migrant_office.models.counts.release import Release
from migrant_office.services.counts.files.folder import write_release
from tests.commands.running import Ran

Run = Callable[..., Ran]


def month(name: str = "2026-10", seed: int = 1, **how: bytes) -> Release:
    return released(visits(120, seed), shipped(), name, **how)


@pytest.mark.parametrize("lang", ["es", "ht"])
def test_honest_releases_hold_against_every_attack(run: Run, tmp_path: Path, lang: str) -> None:
    for release in (month("2026-09", 2), month()):
        write_release(release, tmp_path, Translator("es_CL"))
    ran = run("counts", "audit", tmp_path, "--language", lang)
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert [line.split()[0] for line in lines[1:-1:2]] == [f"A{n}" for n in range(1, 13)]
    assert "2026-09" in lines[0]
    assert "{" not in ran.out


def test_the_same_month_with_other_keys_is_an_attack_that_succeeds(run: Run, tmp_path: Path) -> None:
    for name, key in (("a", b"1" * 32), ("b", b"2" * 32)):
        write_release(month(secret=key), tmp_path / name, Translator("es"))
    ran = run("counts", "audit", tmp_path / "a", tmp_path / "b", "--language", "en")
    assert ran.code == 1
    broken = [line.split()[0] for line in ran.out.splitlines() if " BROKEN " in line]
    assert "A4" in broken
    assert ran.out.splitlines()[-1] == "An attack succeeded. Do not pass these files on."


def test_a_folder_without_a_release(run: Run, tmp_path: Path) -> None:
    assert tmp_path.name in run("counts", "audit", tmp_path, "--language", "en").sentence
