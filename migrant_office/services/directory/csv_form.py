"""Packages of CSV: a `datapackage.json` that names the tables, and a file for each."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from math import isfinite
from typing import Any

from migrant_office.i18n import N_
from migrant_office.progress import Progress
from migrant_office.services.directory.package import Package, Row
from migrant_office.services.directory.refusals import DirectoryRefused, FileRefused, Finding
from migrant_office.services.directory.schema import Table, descriptor, tables
from migrant_office.services.directory.source import DESCRIPTOR, NO_DESCRIPTOR, Source, decoded, is_plain

EVERY = 2000  # rows between two reports
NOT_JSON = N_("“{name}” is not JSON (line {line}).")
NO_NUMBER = N_("“{name}” holds a number that nobody can keep: {value}")
NO_RESOURCES = N_("datapackage.json names no tables (resources with a name and a path).")
NO_FILE = N_("the file “{path}” is named in datapackage.json and is not there")
TWICE = N_("the column “{column}” is there twice")
NO_HEADER = N_("the first line does not name the columns")
RAGGED = N_("this row has {found} cells, the first line names {wanted}")
NOT_CSV = N_("this cannot be read as CSV; look for a quotation mark that is never closed")


def read_csv(source: Source, file: str, progress: Progress) -> Package:
    """Every table that the descriptor names. Raises `FileRefused` or `DirectoryRefused`."""
    try:
        text = decoded(source.read(DESCRIPTOR), DESCRIPTOR)
    except KeyError as error:
        raise FileRefused(NO_DESCRIPTOR, file=file) from error
    told = parsed(text, DESCRIPTOR)
    package = Package(form="csv", descriptor=told if told != descriptor() else None)
    findings: list[Finding] = []
    for name, path in resources(told):
        try:
            data = source.read(path)
        except KeyError:
            findings.append(Finding(path, 0, "", NO_FILE, {"path": path}))
            continue
        package.paths[name] = path
        header, rows = table_rows(decoded(data, path), path, tables().get(name), findings, progress)
        package.columns[name] = header
        (package.tables if name in tables() else package.others)[name] = rows
    if findings:
        raise DirectoryRefused(tuple(findings))
    return package


def parsed(text: str, name: str) -> Any:
    """JSON without NaN. Raises `FileRefused`."""

    def none(told: str) -> Any:
        raise FileRefused(NO_NUMBER, name=name, value=told[:40])

    def whole(told: str) -> int:
        return int(told) if len(told) < 19 else none(told)

    def broken(told: str) -> float:
        return found if isfinite(found := float(told)) else none(told)

    try:
        read = json.loads(text, parse_constant=none, parse_int=whole, parse_float=broken)
        if "\\ud" in text.lower():
            json.dumps(read, ensure_ascii=False).encode("utf-8")  # half a letter, which nothing can write down
    except json.JSONDecodeError as error:
        raise FileRefused(NOT_JSON, name=name, line=error.lineno) from error
    except (RecursionError, UnicodeEncodeError) as error:
        raise FileRefused(NOT_JSON, name=name, line=1) from error
    return read


def resources(told: Any) -> Iterator[tuple[str, str]]:
    """(name, path) of each table of a descriptor. Raises `FileRefused`."""
    listed = told.get("resources") if isinstance(told, dict) else None
    if not isinstance(listed, list) or not listed:
        raise FileRefused(NO_RESOURCES)
    for one in listed:
        name, path = (one.get("name"), one.get("path")) if isinstance(one, dict) else (None, None)
        if not isinstance(name, str) or not isinstance(path, str) or not is_plain(path):
            raise FileRefused(NO_RESOURCES)
        yield name, path


def table_rows(
    text: str, path: str, table: Table | None, findings: list[Finding], progress: Progress
) -> tuple[list[str], list[Row]]:
    """(columns, rows) of one file; an empty cell is none. What is wrong goes to `findings`."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    try:
        header = next(reader, [])
        if not all(header) or not header:
            findings.append(Finding(path, 0, "", NO_HEADER))
            return header, rows
        if doubled := next((c for i, c in enumerate(header) if c in header[:i]), None):
            findings.append(Finding(path, 0, "", TWICE, {"column": doubled}))
            return header, rows
        numbers = {c for c in header if table is not None and table.columns.get(c) == "number"}
        for cells in reader:
            if not cells:
                continue  # a line of nothing
            if len(cells) != len(header):
                data = {"found": len(cells), "wanted": len(header)}
                findings.append(Finding(path, len(rows) + 1, "", RAGGED, data))
            row: Row = {c: v for c, v in zip(header, cells, strict=False) if v != ""}
            rows.append(row | {c: number(row[c]) for c in numbers if c in row})
            if len(rows) % EVERY == 0:
                progress.report(progress.done, progress.total)
    except csv.Error:
        findings.append(Finding(path, len(rows) + 1, "", NOT_CSV))
    return header, rows


class Written(float):
    """A number with its spelling, which a number alone would lose (`35.00`)."""

    text: str


def number(text: str) -> Any:
    """A whole number, another, or the text as it stands when it is none: the schema then says so."""
    try:
        if len(text) < 19 and text.lstrip("-").isdecimal() and str(whole := int(text)) == text:
            return whole
        found = Written(text)
    except ValueError:
        return text
    if not isfinite(found):
        return text
    found.text = text
    return found


def cell_text(value: Any) -> str:
    """A value as a cell of CSV."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value)


def table_text(columns: list[str], rows: list[Row]) -> str:
    """One table as CSV, its lines ended as RFC 4180 says."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([[cell_text(row.get(column)) for column in columns] for row in rows])
    return out.getvalue()
