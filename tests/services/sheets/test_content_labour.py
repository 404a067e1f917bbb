"""The sheets of labour rights and for employers in both cities: sourced facts, short, in words that are Creole."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from migrant_office import paths

LINT = Path(__file__).resolve().parents[3] / "packaging" / "creole_lint.py"
SHEETS = [(city, name) for city in ("santiago", "cdmx") for name in ("labour_rights", "employers")]
COLUMNS = ["section", "key", "icon", "es", "ht", "en", "condition", "source"]
PLACEHOLDER = re.compile(r"\{\w+\}")
NOT_FACTS = {"frame", "title", "help", "sources"}  # they say no fact that could be wrong


@cache
def rows(city: str, name: str) -> list[dict[str, str]]:
    path = paths.resources() / "forms" / city / "sheets" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        assert reader.fieldnames == COLUMNS
        return list(reader)


def facts(city: str, name: str) -> list[dict[str, str]]:
    return [row for row in rows(city, name) if row["section"] not in NOT_FACTS and row["key"] != "head"]


def names(found: list[dict[str, str]]) -> list[str]:
    return [f"{row['section']}.{row['key']}" for row in found]


@pytest.mark.parametrize(("city", "name"), SHEETS)
def test_every_fact_names_its_source_and_every_row_has_its_own_id(city: str, name: str):
    assert names([row for row in facts(city, name) if not row["source"].strip()]) == []
    ids = names(rows(city, name))
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(("city", "name"), SHEETS)
def test_every_row_is_short_and_speaks_three_languages(city: str, name: str):
    shown = rows(city, name)
    assert names([row for row in shown if not all(row[language].strip() for language in ("es", "ht", "en"))]) == []
    assert names([row for row in shown if len(row["es"]) > 140 or len(row["ht"]) > 160]) == []


@pytest.mark.parametrize(("city", "name"), SHEETS)
def test_the_three_languages_have_the_same_placeholders_and_bold_is_closed(city: str, name: str):
    for row in rows(city, name):
        found = {tuple(sorted(PLACEHOLDER.findall(row[language]))) for language in ("es", "ht", "en")}
        assert len(found) == 1, row
        assert set(*found) <= {"{office}", "{contact}"}, row
        assert all(row[language].count("**") % 2 == 0 for language in ("es", "ht", "en")), row
        assert row["condition"] in {"", "office_contact", "not office_contact"}, row


@pytest.mark.parametrize(("city", "name"), SHEETS)
def test_every_icon_exists_and_every_fact_has_one(city: str, name: str):
    drawn = json.loads((paths.resources() / "icons" / "tabler.json").read_text(encoding="utf-8"))
    drawn = drawn.get("icons", drawn)
    assert {row["icon"] for row in rows(city, name)} - {""} <= set(drawn)
    assert names([row for row in facts(city, name) if not row["icon"]]) == []


def test_the_creole_passes_the_lint(tmp_path: Path):
    said = tmp_path / "said.txt"
    said.write_text("\n".join(row["ht"] for city, name in SHEETS for row in rows(city, name)), encoding="utf-8")
    done = subprocess.run([sys.executable, LINT, said], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("city", ["santiago", "cdmx"])
def test_the_labour_rights_sheet_says_that_help_is_free_and_to_come_anyway(city: str):
    ids = names(rows(city, "labour_rights"))
    assert {"claim.free", "office.come", "office.no_papers"} <= set(ids)
    assert ids.index("claim.free") < ids.index("help.question") < ids.index("papers.head")  # page one alone is enough


@pytest.mark.parametrize(("city", "name"), SHEETS)
def test_nobody_is_called_by_a_word_that_makes_a_person_a_crime(city: str, name: str):
    said = " ".join(row[language] for row in rows(city, name) for language in ("es", "ht", "en")).lower()
    assert "ilegal" not in said
    assert "illegal" not in said
