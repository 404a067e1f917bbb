"""A package between a file and the office: rows by table, as plain values, and how it was written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]


@dataclass(slots=True, kw_only=True)
class Package:
    """Rows by published table name, those of tables that HSDS does not know in `others` by their path.

    `form` is `csv`, `tabular` (one list a table), `one` (one nested object), `many` (a list of them) or `list` (a page
    with its contents); `root` the table of a nested form, `full` whether its objects hold lists. `places` says where
    each row stood, for whoever must mend it.
    """

    form: str
    root: str = ""
    full: bool = False
    tables: dict[str, list[Row]] = field(default_factory=dict)
    others: dict[str, list[Row]] = field(default_factory=dict)
    columns: dict[str, list[str]] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    envelope: dict[str, Any] | None = None
    descriptor: dict[str, Any] | None = None
    name: str = ""

    def rows(self) -> Iterator[tuple[str, int, Row]]:
        """(table, place, row) of every row of a known table."""
        for table, rows in self.tables.items():
            for i, row in enumerate(rows):
                yield table, i, row

    def count(self) -> int:
        return sum(map(len, self.tables.values())) + sum(map(len, self.others.values()))
