"""A release read back from its folder, as anybody who received it can: `data.csv` with `datapackage.json`.

Columns that are not known here are left alone, so that files of later versions can be read.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from migrant_office.errors import UserError
from migrant_office.i18n import N_
from migrant_office.models.counts.catalogue import Catalogue
from migrant_office.models.counts.catalogue_file import read_catalogue
from migrant_office.models.counts.release import Office, Release
from migrant_office.models.counts.terms import Indicator, Label, Parameters, Place
from migrant_office.paths import resources
from migrant_office.services.counts.audit.knowledge import Structure
from migrant_office.services.counts.audit.leaks import Files
from migrant_office.services.counts.audit.report import Finding
from migrant_office.services.counts.audit.tables import Row, Tables

DATA, PACKAGE, SUMS = "data.csv", "datapackage.json", "sha256.txt"
_LARGEST = 64 * 1024 * 1024  # bytes of one file of a release; ours have some thousands
_NONE = Label("-", "-", "-")


@dataclass(frozen=True, slots=True)
class Stored:
    """A release as its folder holds it, with the bytes of every file and what their checksums say (A3)."""

    release: Release
    structure: Structure
    files: Files
    finding: Finding


def folders(given: Sequence[Path]) -> list[Path]:
    """The folders of releases: those given, or those inside them. Raises UserError for one that holds none."""
    found: list[Path] = []
    for folder in given:
        inside = sorted(path.parent for path in folder.glob(f"*/{DATA}")) if folder.is_dir() else []
        if (folder / DATA).is_file():
            found.append(folder)
        elif inside:
            found += inside
        else:
            raise UserError(
                N_("“{folder}” holds no release. Give the folder with data.csv and datapackage.json."),
                folder=folder.name,
            )
    return found


def read_stored(folder: Path) -> Stored:
    """The release in a folder. Raises UserError when it cannot be read or shows what no catalogue has."""
    files = _files(folder)
    try:
        package = json.loads(files[PACKAGE])
        rows = _rows(files[DATA])
        catalogue = _catalogue(rows[0]["municipality"])
        book = Tables(rows, catalogue)
        release = _release(package, rows, catalogue, book)
    except (KeyError, ValueError, TypeError, AttributeError, IndexError) as error:
        raise UserError(
            N_("The release in “{folder}” cannot be read. Take the files as the office wrote them."), folder=folder.name
        ) from error
    return Stored(release, book.structure, files, _checked(release.name, files, package))


def _files(folder: Path) -> dict[str, bytes]:
    paths = [path for path in sorted(folder.iterdir()) if path.is_file()]
    if any(path.stat().st_size > _LARGEST for path in paths):
        raise UserError(N_("A file in “{folder}” is too large to be one of a release."), folder=folder.name)
    return {path.name: path.read_bytes() for path in paths}


def _rows(data: bytes) -> list[Row]:
    names, _tags, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return [dict(zip(names, row, strict=True)) for row in rows]


def _catalogue(municipality: str) -> Catalogue:
    """The catalogue of the place: what an attacker looks up. Raises UserError for a place nobody knows."""
    for path in sorted((resources() / "forms").glob("*/indicators.toml")):
        catalogue = read_catalogue(path)
        if catalogue.place.code == municipality:
            return catalogue
    raise UserError(
        N_("No catalogue of this program is for the municipality {code}: its release cannot be attacked."),
        code=municipality,
    )


def _release(package: Mapping[str, Any], rows: Sequence[Row], catalogue: Catalogue, book: Tables) -> Release:
    first, method = rows[0], package["method"]
    tables = tuple(book.tables())
    names = dict.fromkeys(name for table in tables for name in table.dimensions)
    publisher = next((c["title"] for c in package.get("contributors", ()) if c.get("role") == "publisher"), "-")
    return Release(
        office=Office(first["office"], publisher, demo=str(package.get("name", "")).endswith("-demo")),
        city=catalogue.city,
        place=Place(country=first["country"], code=first["municipality"], name="-", hxl=catalogue.place.hxl),
        period=first["period"],
        start=date.fromisoformat(first["period_start"]),
        end=date.fromisoformat(first["period_end"]),
        revision=int(first["revision"]),
        catalogue_version=str(method["catalogue"]),
        parameters=Parameters(**{name: int(method[name]) for name in Parameters.__slots__}),
        legal=_NONE,
        language="es",
        created_at=datetime.fromisoformat(package["created"]),
        total_only=bool(method["total_only"]),
        indicators=tuple(_indicators(rows, catalogue)),
        dimensions=tuple(book.lines(name) for name in names),
        tables=tables,
    )


def _indicators(rows: Sequence[Row], catalogue: Catalogue) -> Iterator[Indicator]:
    known = {one.code: one for one in catalogue.indicators}
    for code, unit in dict.fromkeys((row["indicator"], row["unit"]) for row in rows):
        if unit not in ("persons", "events"):
            raise ValueError(unit)
        yield known.get(code) or Indicator(
            code=code,
            counts=code,
            unit="persons" if unit == "persons" else "events",
            label=_NONE,
            definition=_NONE,
            source=_NONE,
        )


def _checked(name: str, files: Files, package: Mapping[str, Any]) -> Finding:
    """A3 of a folder: every file has the checksum that the release names."""
    listed = [line.split(maxsplit=1) for line in files.get(SUMS, b"").decode("utf-8", "replace").splitlines()]
    sums = {line[1].lstrip("*"): line[0] for line in listed if len(line) > 1}
    sums |= {r["path"]: r["hash"].removeprefix("sha256:") for r in package.get("resources", ()) if "hash" in r}
    wrong = [file for file, sum_ in sums.items() if hashlib.sha256(files.get(file, b"")).hexdigest() != sum_]
    extra = [file for file in files if file not in sums and file != SUMS]
    if SUMS not in files or wrong or extra:
        message = N_("The files of {release} are not those that were published ({file}).")
        file = SUMS if SUMS not in files else (wrong or extra)[0]
        return Finding("A3", False, len(wrong), message, {"release": name, "file": file})
    return Finding("A3", True, 0, N_("The files agree with their own checksums."))
