"""Directories as JSON: one list a table, one nested object, a list of them, or a page with its contents."""

from __future__ import annotations

from typing import Any

from migrant_office.i18n import N_
from migrant_office.progress import Progress
from migrant_office.services.directory.csv_form import EVERY, parsed
from migrant_office.services.directory.nesting import Flattening
from migrant_office.services.directory.package import Package
from migrant_office.services.directory.refusals import FileRefused, Finding
from migrant_office.services.directory.schema import tables

ROOTS = ("service", "service_at_location", "organization", "location", "taxonomy_term", "taxonomy")
UNKNOWN = N_("“{file}” is JSON, and nothing in it is a directory of HSDS 3.0.")


def read_json_form(text: str, file: str, progress: Progress) -> tuple[Package, list[Finding], list[Finding]]:
    """(package, findings, remarks). Nested objects are checked here, rows of tables later. Raises `FileRefused`."""
    told = parsed(text, file)
    if package := as_tables(told):
        return package, [], []
    form, items, envelope = shape_of(told)
    if not items or (root := table_like(items[0])) is None:
        raise FileRefused(UNKNOWN, file=file)
    package = Package(form=form, root=root, envelope=envelope)
    flat = Flattening(package)
    for i, item in enumerate(items):
        flat.take(root, item)
        if i % EVERY == 0:
            progress.report(progress.done, progress.total)
    return package, flat.findings, flat.remarks


def as_tables(told: Any) -> Package | None:
    """A list of rows for each table, under its name or that of its file."""
    if not isinstance(told, dict):
        return None
    names = {table.path: name for name, table in tables().items()} | {name: name for name in tables()}
    listed = [k for k, v in told.items() if k in names and isinstance(v, list)]
    lists = [k for k, v in told.items() if isinstance(v, list)]
    if not listed or "id" in told or any(not isinstance(row, dict) for key in lists for row in told[key]):
        return None
    package = Package(form="tabular", envelope={k: v for k, v in told.items() if k not in lists} or None)
    for key in lists:
        name = names.get(key, key)
        package.paths[name] = key
        (package.tables if key in names else package.others)[name] = [dict(row) for row in told[key]]
    return package


def shape_of(told: Any) -> tuple[str, list[Any], dict[str, Any] | None]:
    """(form, objects, what stands around them)."""
    if isinstance(told, list):
        return "many", told, None
    if isinstance(told, dict) and isinstance(told.get("contents"), list):
        return "list", told["contents"], {k: v for k, v in told.items() if k != "contents"}
    return "one", [told], None


def table_like(told: Any) -> str | None:
    """The table whose properties cover an object best; None when it is like none of them."""
    if not isinstance(told, dict) or "id" not in told:
        return None
    cover = {}
    for name in ROOTS:
        about = tables()[name]
        known = {*about.columns, *about.lists, *about.objects}
        cover[name] = (len(known & told.keys()), -len(known))
    best = max(ROOTS, key=lambda name: cover[name])
    return best if cover[best][0] > 1 else None
