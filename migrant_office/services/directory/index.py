"""What belongs to what in a package: rows by their links, and the document that keeps each row."""

from __future__ import annotations

from collections.abc import Iterable

from migrant_office.ids import made_id
from migrant_office.models.directory.tables import SUBJECTS
from migrant_office.services.directory.package import Package, Row
from migrant_office.services.directory.schema import tables

OWNERS = (  # the first of a row's links that leads somewhere says in whose document it lies
    *("service_id", "service_at_location_id", "location_id", "organization_id", "contact_id", "phone_id"),
    *("taxonomy_id", "link_id", "resource_id"),
)


def package_document(name: str) -> str:
    """The document of a package itself; equal for packages of one name, so that a newer one takes its place."""
    return f"package-{made_id('package', name)}"


class Index:
    """Rows by id and by link. Built once for a package; reading it is a look into a dict."""

    def __init__(self, package: Package) -> None:
        self.by_id: dict[str, dict[str, Row]] = {}
        self.linked: dict[tuple[str, str], dict[str, list[Row]]] = {}
        self.table_of: dict[str, str] = {}
        self.homes: dict[tuple[str, str], str] = {}
        self.package = package_document(package.name)
        for name, rows in package.tables.items():
            self.by_id[name] = {row["id"]: row for row in rows}
            self.table_of |= dict.fromkeys(self.by_id[name], name)
            for column in tables()[name].links:
                found = self.linked.setdefault((name, column), {})
                for row in rows:
                    if row.get(column) is not None:
                        found.setdefault(row[column], []).append(row)

    def row(self, table: str, id: object) -> Row | None:
        return self.by_id.get(table, {}).get(id) if isinstance(id, str) else None

    def under(self, table: str, column: str, id: str) -> list[Row]:
        """The rows of a table whose link says this id."""
        return self.linked.get((table, column), {}).get(id, [])

    def under_any(self, table: str, column: str, ids: Iterable[str]) -> list[Row]:
        return [row for id in ids for row in self.under(table, column, id)]

    def home(self, table: str, row: Row, depth: int = 0) -> str:
        """The document in which a row is kept."""
        if table in SUBJECTS:
            return str(row["id"])
        if (known := self.homes.get((table, row["id"]))) is not None:
            return known
        home = self.package
        for column in OWNERS:
            target, id = tables()[table].links.get(column), row.get(column)
            if target is None or id is None or depth > 5:
                continue
            target = target or self.table_of.get(id, "")
            if (owner := self.row(target, id)) is not None:
                home = self.home(target, owner, depth + 1)
                break
        self.homes[table, row["id"]] = home
        return home
