"""Every field that `docs/indicadores.md` names is stored, and may be counted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from migrant_office.models.everything import NOUNS_OF_AN_OFFICE
from migrant_office.models.pathway.kinds import Stage
from migrant_office.models.vault.nouns import NOUNS, Noun, Sensitivity

TEXT = (Path(__file__).parents[1] / "docs" / "indicadores.md").read_text("utf-8")
ROWS = [line.split("|") for line in TEXT.splitlines() if line.startswith("| ") and "`" in line]
CLASS_A = (*("1.2.A", "1.2.b", "1.2.C", "1.4.A", "1.2.D", "1.2.E", "1.4.B"), *("2.2.a", "2.2.b", "2.2.c", "2.2.E"))
BY_NAME: dict[str, Noun] = {NOUNS[cls].name: NOUNS[cls] for cls in NOUNS_OF_AN_OFFICE}
FIELDS = sorted({found for row in ROWS for found in re.findall(r"`(\w+\.\w+)`", row[3])})


@pytest.mark.parametrize("field", FIELDS)
def test_each_field_is_a_column_that_may_be_counted(field: str) -> None:
    name, column = field.split(".")
    noun = BY_NAME[name]
    assert column in {*noun.columns, *noun.rules}, f"{field} is no column"
    assert noun.sensitivity[column] is Sensitivity.COUNTED


@pytest.mark.parametrize("code", CLASS_A)
def test_each_class_a_indicator_has_a_row(code: str) -> None:
    assert [row for row in ROWS if code in re.split(r"[,\s]+", row[1])]


def test_the_milestones_named_are_those_there_are() -> None:
    told = TEXT.split("## Qué quiere decir")[1].split("- `milestone.result`")[0]
    named = set(re.findall(r"`(\w+)`", told))
    assert named == {stage.value for stage in Stage} - {Stage.PROFILE.value, Stage.MISTAKE.value}
