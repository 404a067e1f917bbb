"""The published sample of HSDS 3.0, and packages made from it."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from migrant_office import paths

SAMPLE = Path(__file__).parents[2] / "data" / "hsds"
SERVICE = "ac148810-d857-441c-9679-408f346de14b"
Tables = dict[str, list[dict[str, Any]]]


def csv_sample(folder: Path) -> Path:
    """The sample's tables beside the published descriptor, as the specification's own repository has them."""
    shutil.copytree(SAMPLE / "csv", folder)
    shutil.copy(paths.resources() / "hsds" / "datapackage.json", folder / "datapackage.json")
    return folder


def read_csv(folder: Path) -> dict[str, list[list[str]]]:
    """Every table as it stands: header and rows."""
    found = {}
    for file in sorted(folder.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            found[file.name] = list(csv.reader(lines))
    return found


def read_json(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def tabular(target: Path, change: Callable[[Tables], None]) -> Path:
    """The sample as one list a table, changed."""
    told = read_json(SAMPLE / "tabular.json")
    change(told)
    target.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    return target


def dangling_file(target: Path) -> Path:
    """The sample with a service whose organization is not there."""
    nowhere = "11111111-1111-4111-8111-111111111111"
    return tabular(target, lambda told: told["services.csv"][0].update(organization_id=nowhere))
