"""Writes the directory out as HSDS 3.0: as CSV with its descriptor, in a folder or a zip, or as JSON."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from migrant_office import paths
from migrant_office.errors import UserError
from migrant_office.i18n import N_
from migrant_office.models.directory.hours import BEHIND
from migrant_office.models.directory.package import HsdsOther, HsdsPackage
from migrant_office.models.directory.procedure import Procedure
from migrant_office.models.directory.tables import TABLES
from migrant_office.models.office import Office
from migrant_office.models.reads import directory as reads
from migrant_office.models.service import Service
from migrant_office.models.vault.nouns import NOUNS, File, Home, Ref
from migrant_office.progress import Progress
from migrant_office.services.directory import own
from migrant_office.services.directory.csv_form import table_text
from migrant_office.services.directory.index import Index, package_document
from migrant_office.services.directory.meaning import COLUMNS, OPEN, service_from_rows
from migrant_office.services.directory.nesting import LINK, Nesting
from migrant_office.services.directory.package import Package, Row
from migrant_office.services.directory.rows import row_from
from migrant_office.services.directory.schema import descriptor, tables
from migrant_office.services.directory.source import DESCRIPTOR

EVERY = 200
STAMP = (1980, 1, 1, 0, 0, 0)  # of every file in a zip: equal directories give equal bytes
NO_SUCH = N_("No directory of the name “{name}” was brought in.")
EXISTS = N_("“{file}” exists already. Choose another name.")
FORMS = ("csv", "tabular", "services", "organizations")


def export_directory(
    office: Office,
    target: Path,
    *,
    form: str = "",
    name: str = "",
    replace: bool = False,
    progress: Progress | None = None,
) -> int:
    """Write the directory: all of it, or with `name` what came in the package of that name, as it came. The form is
    that of the package, else `csv` for a folder or a .zip and `tabular` for a .json. Returns the number of services.
    A file that is there is only written over with `replace`, and a folder never.

    Raises `UserError` for an unknown package or a file that is there already, `Cancelled`; OSError as the system gives
    it. Nothing half-written is left.
    """
    if target.exists() and not (replace and target.is_file()):
        raise UserError(EXISTS, file=target.name)
    package = gather(office, name, progress or Progress())
    chosen = form or (package.form if name else "") or ("tabular" if target.suffix.lower() == ".json" else "csv")
    if chosen == "csv":
        write_csv(package, target)
    else:
        text = json.dumps(as_json(package, chosen), ensure_ascii=False, indent=2) + "\n"
        paths.write_atomically(target, text.encode("utf-8"), private=False)
    return len(package.tables.get("service", ()))


def gather(office: Office, name: str, progress: Progress) -> Package:
    """Every row of the directory, in the order in which packages had them, or those of one package."""
    known = dict(reads.packages(office.vault))
    wanted = package_document(name)
    if name and wanted not in known:
        raise UserError(NO_SUCH, name=name)
    gathering = Gathering(office)
    files = [wanted] if name else list(known)
    files += reads.documents(office.vault, name or None)
    ours = [] if name else reads.own_services(office.vault)
    for i, document in enumerate([*files, *ours]):
        if i % EVERY == 0:
            progress.report(i, len(files) + len(ours))
        gathering.take(office.vault.file(Ref(Home.SERVICE, document)), ours=i >= len(files))
    about = office.vault.file(Ref(Home.SERVICE, wanted)).one(HsdsPackage) if name else None
    return gathering.package(about)


class Gathering:
    def __init__(self, office: Office) -> None:
        self.city = office.city
        self.found: dict[str, dict[str, tuple[int, Row]]] = {}
        self.others: dict[str, dict[str, tuple[int, Row]]] = {}
        self.added = BEHIND + (1 << 20)  # behind everything that has a place of its own
        self.edited: list[tuple[Service, list[Procedure]]] = []

    def take(self, file: File, *, ours: bool) -> None:
        for table, cls in TABLES.items():
            if NOUNS[cls].name in file.cells:
                for thing in file.all(cls).values():
                    self.add(table, row_from(table, thing), thing.row)
        for other in file.all(HsdsOther).values():
            self.others.setdefault(other.table, {})[other.id] = (other.row, dict(other.values or {}))
        service = file.one(Service)
        if service is None:
            return
        steps = list(file.all(Procedure).values())
        if ours:
            self.take_own(service, steps)
        else:
            self.edited.append((service, steps))

    def add(self, table: str, row: Row, number: int) -> None:
        self.found.setdefault(table, {}).setdefault(row["id"], (number, row))

    def last(self) -> int:
        """The place after all others, so that what is added keeps the order in which it was."""
        self.added += 1
        return self.added

    def take_own(self, service: Service, steps: list[Procedure]) -> None:
        """A service of the office's own catalogue: rows made of it, and attributes for the rest."""
        rows, id = own.own_rows(service, self.city), own.hsds_id(service, self.city)
        for table, _i, row in rows.rows():
            self.add(table, row, self.last())
        self.explain(
            [
                *own.attributes(service, own.derived_service(service, self.city), id),
                *own.procedure_attributes(id, steps),
            ]
        )

    def explain(self, attributes: list[Row]) -> None:
        for row in attributes:
            self.add("attribute", row, self.last())

    def package(self, about: HsdsPackage | None) -> Package:
        self.write_edits()
        used = [
            row["taxonomy_term_id"] for _n, row in self.found.get("attribute", {}).values() if "taxonomy_term_id" in row
        ]
        if set(used) & own.TERMS.keys():
            described, terms = own.taxonomy_rows(used)
            for table, rows in (("taxonomy", described), ("taxonomy_term", terms)):
                for row in rows:
                    self.add(table, row, self.last())
        known = {name: in_order(self.found[name]) for name in tables() if name in self.found}
        others = {name: in_order(rows) for name, rows in self.others.items()}
        if about is None:
            return Package(form="", tables=known, others=others)
        return Package(
            form=about.form,
            root=about.root,
            full=about.full,
            tables=known,
            others=others,
            columns=about.columns or {},
            paths=about.paths or {},
            envelope=about.envelope,
            descriptor=about.descriptor,
            name=about.name,
        )

    def write_edits(self) -> None:
        """What the office wrote about services of others: into the columns that say it, else as attributes."""
        if not self.edited:
            return
        index = Index(Package(form="", tables={name: in_order(rows) for name, rows in self.found.items()}))
        for service, steps in self.edited:
            number, row = self.found["service"][service.id]
            derived = service_from_rows(row, index, self.city)
            self.found["service"][service.id] = number, row | edited(service, derived)
            again = service_from_rows(self.found["service"][service.id][1], index, self.city)
            self.explain([*own.attributes(service, again, service.id), *own.procedure_attributes(service.id, steps)])


def in_order(rows: dict[str, tuple[int, Row]]) -> list[Row]:
    return [row for _number, row in sorted(rows.values(), key=lambda one: (one[0], str(one[1].get("id", ""))))]


def edited(service: Service, derived: Service) -> Row:
    """The columns of a row that an edit of its service changes."""
    row = {column: getattr(service, f) for f, column in COLUMNS.items() if getattr(service, f) != getattr(derived, f)}
    if service.confirmed != derived.confirmed:
        row["assured_date"] = service.confirmed.isoformat() if service.confirmed else None
    if service.closed != derived.closed:
        row["status"] = "inactive" if service.closed else OPEN
    return row


# files


def write_csv(package: Package, target: Path) -> None:
    """A folder, or a zip when the name says so."""
    files = dict(csv_files(package))
    if target.suffix.lower() == ".zip":
        write_zip(files, target)
        return
    folder = target.with_name(f".new-{target.name}")
    folder.mkdir()
    try:
        for name, data in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        folder.rename(target)
    except BaseException:
        for left in sorted(folder.rglob("*"), reverse=True):
            left.rmdir() if left.is_dir() else left.unlink()
        folder.rmdir()
        raise


def write_zip(files: dict[str, bytes], target: Path) -> None:
    import io

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, STAMP), data, zipfile.ZIP_DEFLATED)
    paths.write_atomically(target, out.getvalue(), private=False)


def csv_files(package: Package) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of the descriptor and of each table that has rows, or that the package had."""
    flat = complete(package)
    named = {name: (package.paths.get(name) or table.path) for name, table in tables().items()}
    named |= {name: package.paths.get(name, f"{name}.csv") for name in package.others}
    wanted = {
        name: path for name, path in named.items() if name in flat or name in package.others or name in package.columns
    }
    told = package.descriptor or descriptor()
    if not package.descriptor:
        told = told | {"resources": [r for r in told["resources"] if r["name"] in wanted]}
    yield DESCRIPTOR, (json.dumps(told, ensure_ascii=False, indent=4) + "\n").encode("utf-8")
    for name, path in wanted.items():
        rows = flat.get(name) or package.others.get(name, [])
        yield path, table_text(columns_of(package, name, rows), rows).encode("utf-8")


def columns_of(package: Package, name: str, rows: list[Row]) -> list[str]:
    """The columns of a package as it had them, then those that rows hold beyond them."""
    kept = package.columns.get(name) or (list(tables()[name].columns) if name in tables() else [])
    return [*kept, *dict.fromkeys(c for row in rows for c in row if c not in kept)]


def complete(package: Package) -> dict[str, list[Row]]:
    """The rows with what a table needs and nested objects need not say: what an attribute is linked to, and whose a
    program or a service is.
    """
    flat = dict(package.tables)
    tables_by_id = {row["id"]: name for name, rows in flat.items() for row in rows}
    for name, (link, kind) in LINK.items():
        if any(kind not in row for row in flat.get(name, ())):
            flat[name] = [{kind: tables_by_id.get(row.get(link, ""), "")} | row for row in flat[name]]
    services = flat.get("service", [])
    if any("organization_id" not in row for row in services):
        nobody = own.organization_row("", None)
        flat["organization"] = [*flat.get("organization", ()), nobody]
        flat["service"] = services = [{"organization_id": nobody["id"]} | row for row in services]
    if any("organization_id" not in row for row in flat.get("program", ())):
        owners = {row["program_id"]: row["organization_id"] for row in services if "program_id" in row}
        flat["program"] = [
            {"organization_id": owners[row["id"]]} | row for row in flat["program"] if row["id"] in owners
        ]
    return flat


def as_json(package: Package, form: str) -> Any:
    if form == "tabular":
        keys = package.paths if package.form == "tabular" else {}
        rows = complete(package) | package.others
        return (package.envelope or {}) | {keys.get(name, name): found for name, found in rows.items()}
    root = {"services": "service", "organizations": "organization"}.get(form) or package.root
    full = package.full or form in ("services", "organizations")
    items = Nesting(package.tables, full=full).all(root, package.tables.get(root, ()))
    if form == "one" and len(items) == 1:
        return items[0]
    return (package.envelope or {}) | {"contents": items} if form == "list" else items
