"""Nested JSON and flat rows, both ways: where an object stands says what the links of its row say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from migrant_office.i18n import N_
from migrant_office.services.directory.package import Package, Row
from migrant_office.services.directory.refusals import Finding
from migrant_office.services.directory.row_check import check
from migrant_office.services.directory.schema import Table, object_validator, tables

LINK = {"attribute": ("link_id", "link_entity"), "metadata": ("resource_id", "resource_type")}
ONE = {"taxonomy_detail": "taxonomy_id"}  # other objects are linked by their own name
DIFFERENT = N_("{id} stands here twice and says two things")
TWO_PLACES = N_("{id} stands under two of {parent}; each needs its own")
NOT_OBJECT = N_("an object is wanted here")
DEEPEST = 12


class Flattening:
    """Collects the rows of nested objects; the same object in several places is one row with several links."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.findings: list[Finding] = []
        self.remarks: list[Finding] = []
        self.places: dict[tuple[str, str], int] = {}

    def take(self, table: str, told: Any, links: Row | None = None, depth: int = 0) -> str | None:
        """Add an object and all in it; returns its id."""
        number = len(self.package.tables.get(table, ())) + 1
        if not isinstance(told, dict) or depth > DEEPEST:
            self.findings.append(Finding(table, number, "", NOT_OBJECT))
            return None
        about = tables()[table]
        row = {k: v for k, v in told.items() if k not in about.lists and k not in about.objects}
        check(table, number, row, object_validator(table), self.findings, self.remarks)
        id = row.get("id")
        if not isinstance(id, str):
            return None
        for prop, other in about.objects.items():
            if prop in told:
                row[ONE.get(prop, f"{prop}_id")] = self.take(other, told[prop], depth=depth + 1)
        self._keep(table, id, row, links or {}, number)
        for prop, other in about.lists.items():
            self._take_list(table, id, prop, other, told, depth)
        return id

    def _take_list(self, table: str, id: str, prop: str, other: str, told: Row, depth: int) -> None:
        items = told.get(prop, [])
        if not isinstance(items, list):
            self.findings.append(Finding(table, 0, prop, NOT_OBJECT))
            return
        for item in items:
            self.take(other, item, {LINK.get(other, (f"{table}_id",))[0]: id}, depth + 1)
            self.package.full = True

    def _keep(self, table: str, id: str, row: Row, links: Row, number: int) -> None:
        rows = self.package.tables.setdefault(table, [])
        at = self.places.setdefault((table, id), len(rows))
        if at == len(rows):
            rows.append(row | links)
            return
        known = rows[at]
        for column, value in (row | links).items():
            if known.get(column, value) != value:
                linked = column in tables()[table].links
                data = {"id": id, "parent": tables()[table].links.get(column) or column}
                self.findings.append(Finding(table, number, column, TWO_PLACES if linked else DIFFERENT, data))
        rows[at] = known | {k: v for k, v in (row | links).items() if v is not None}


class Nesting:
    """Makes nested objects of rows. Whatever a link leads back along is not shown again."""

    def __init__(self, found: dict[str, list[Row]], *, full: bool) -> None:
        self.full = full
        self.by_id = {name: {row["id"]: row for row in rows} for name, rows in found.items()}
        self.under: dict[tuple[str, str, str], list[Row]] = {}
        for name, rows in found.items():
            for row in rows:
                for column in tables()[name].links:
                    if row.get(column):
                        self.under.setdefault((name, column, row[column]), []).append(row)

    def all(self, root: str, rows: Iterable[Row]) -> list[Row]:
        return [self.object(root, row, "") for row in rows]

    def object(self, table: str, row: Row, origin: str) -> Row:
        """One object; `origin` is the table it was reached from."""
        about = tables()[table]
        shown = {k: v for k, v in row.items() if (k in about.nested or k not in about.columns) and v is not None}
        for prop, other in about.objects.items():
            target = self.by_id.get(other, {}).get(row.get(ONE.get(prop, f"{prop}_id")) or "")
            if target is not None and other != origin:
                shown[prop] = self.object(other, target, table)
        if self.full:
            shown |= {p: v for p, other in about.lists.items() if (v := self.children(about, other, row, origin))}
        return shown

    def children(self, about: Table, other: str, row: Row, origin: str) -> list[Row]:
        if other == origin or (about.name == "organization" and other == "service" and origin):
            return []
        column = LINK.get(other, (f"{about.name}_id",))[0]
        return [self.object(other, child, about.name) for child in self.under.get((other, column, row["id"]), ())]
