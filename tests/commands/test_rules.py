"""`rules check`: a supervisor changes a rule and hears what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from migrant_office.models.city import cities, load_city
from tests.commands.running import Ran

Run = Callable[..., Ran]


def test_the_rules_of_every_city_can_be_used(run: Run) -> None:
    ran = run("rules", "check", "--language", "en")
    assert ran.code == 0
    assert len(ran.out.splitlines()) == len(cities())
    assert ran.err == ""


def test_what_is_wrong_is_told_line_by_line(run: Run, tmp_path: Path) -> None:
    text = (load_city("santiago").folder / "rules.toml").read_text(encoding="utf-8")
    file = tmp_path / "mine.toml"
    wrong = text.replace('when = ["status in @regular"]', 'when = ["stattus in @regular"]', 1)
    file.write_text(wrong.replace('services = ["scl-dt"]', 'services = ["scl-td"]', 1), encoding="utf-8")
    ran = run("rules", "check", file, "--city", "santiago", "--language", "en")
    assert ran.code == 1
    assert "[[rules]] cl-03: no field is called “stattus”" in ran.out
    assert "no service of the catalogue is called “scl-td”" in ran.out
    assert "2 things must be mended" in ran.err


@pytest.mark.parametrize("arguments", [("mine.toml",), ("none.toml", "--city", "cdmx")])
def test_a_file_needs_its_city_and_must_be_there(run: Run, arguments: tuple[str, ...]) -> None:
    assert run("rules", "check", *arguments, "--language", "en").sentence


def test_a_file_in_another_alphabet_is_named_as_such(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_bytes("# años".encode("latin-1"))
    assert "not written in UTF-8" in run("rules", "check", file, "--city", "cdmx", "--language", "en").sentence


def test_rules_of_another_city_do_not_fit(run: Run) -> None:
    file = load_city("cdmx").folder / "rules.toml"
    ran = run("rules", "check", file, "--city", "santiago", "--language", "en")
    assert ran.code == 1
    assert "no service of the catalogue is called “mx-a3h-20”" in ran.out
