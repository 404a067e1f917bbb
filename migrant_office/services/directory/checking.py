"""A whole package looked over: each row against the schema, identifiers that repeat, links that lead nowhere."""

from __future__ import annotations

from migrant_office.i18n import N_
from migrant_office.progress import Progress
from migrant_office.services.directory.csv_form import EVERY, Written
from migrant_office.services.directory.package import Package, Row
from migrant_office.services.directory.refusals import Finding
from migrant_office.services.directory.row_check import check
from migrant_office.services.directory.schema import Table, table_validator, tables

TWICE = N_("{value} is there twice, in rows {first} and {second}; each needs its own")
NOWHERE = N_("there is no {table} with the id {value}")
NOBODYS = N_("nothing that this row belongs to is in the package ({names})")
NO_SERVICES = N_("there is no service in it")
OWN_ROWS = ("organization", "service", "location", "taxonomy", "taxonomy_term")  # stand without what they point to


def look_over(package: Package, progress: Progress) -> tuple[list[Finding], list[Finding]]:
    """(findings, remarks). A finding refuses the package; a remark is told and the row taken as it is.

    A link that a row cannot be without must lead somewhere, and so must at least one of those that say what a row
    belongs to. Another that leads nowhere is remarked and kept: the published sample of HSDS itself has four.
    """
    findings: list[Finding] = []
    remarks: list[Finding] = []
    flat = package.form in ("csv", "tabular")
    ids = {name: {str(row.get("id")) for row in rows} for name, rows in package.tables.items()}
    everything: set[str] = set().union(*ids.values())
    done, total = 0, package.count()
    for name, rows in package.tables.items():
        table = tables()[name]
        seen: list[dict[str, int]] = [{} for _column in table.unique]
        for i, row in enumerate(rows, 1):
            if flat:
                check(name, i, as_numbers(row), table_validator(name), findings, remarks)
            repeated(table, i, row, seen, findings)
            links(table, i, row, ids, everything, findings, remarks)
            done += 1
            if done % EVERY == 0:
                progress.report(done, 2 * total)
    return findings, remarks


def as_numbers(row: Row) -> Row:
    """A row for the validator, which knows plain numbers only."""
    return {c: float(v) if isinstance(v, Written) else v for c, v in row.items()}


def repeated(table: Table, number: int, row: Row, seen: list[dict[str, int]], findings: list[Finding]) -> None:
    for column, known in zip(table.unique, seen, strict=True):
        value = row.get(column)
        if not isinstance(value, str):
            continue
        first = known.setdefault(value, number)
        if first != number:
            data = {"value": value[:60], "first": first, "second": number}
            findings.append(Finding(table.name, number, column, TWICE, data))


def links(
    table: Table,
    number: int,
    row: Row,
    ids: dict[str, set[str]],
    everything: set[str],
    findings: list[Finding],
    remarks: list[Finding],
) -> None:
    given = {c: row[c] for c in table.links if row.get(c) is not None}
    lost = {c: v for c, v in given.items() if v not in (ids.get(table.links[c], ()) if table.links[c] else everything)}
    if not lost:
        return
    free = table.name in OWN_ROWS or table.name in ("attribute", "metadata")
    if len(lost) == len(given) and not free:
        findings.append(Finding(table.name, number, "", NOBODYS, {"names": ", ".join(lost)}))
        return
    for column, value in lost.items():
        found = Finding(table.name, number, column, NOWHERE, {"table": table.links[column] or "record", "value": value})
        named = table.links[column] != ""  # `link_id` and `resource_id` are no keys of the published schema
        (findings if column in table.needed and named else remarks).append(found)
