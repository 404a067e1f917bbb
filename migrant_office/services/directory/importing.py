"""Takes a directory in, whole or not at all: every row into its document, every service usable for a referral."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from migrant_office.ids import made_id
from migrant_office.models.directory.package import HsdsOther, HsdsPackage
from migrant_office.models.directory.procedure import Procedure
from migrant_office.models.directory.tables import SUBJECTS, TABLES
from migrant_office.models.office import Office
from migrant_office.models.operations import Op
from migrant_office.models.reads import directory as reads
from migrant_office.models.service import Service
from migrant_office.models.vault.nouns import NOUNS, File, Home, Ref, changed
from migrant_office.models.vault.operation import Operation
from migrant_office.progress import Progress
from migrant_office.services.directory import own
from migrant_office.services.directory.editing import forget
from migrant_office.services.directory.index import Index, package_document
from migrant_office.services.directory.meaning import service_from_rows
from migrant_office.services.directory.package import Package, Row
from migrant_office.services.directory.reading import needs_services, read_directory
from migrant_office.services.directory.refusals import Finding
from migrant_office.services.directory.rows import noun_from, row_from

EVERY = 50  # documents between two reports
CODE = re.compile(r"[\w.-]{1,80}")  # what may name a document
CODE = re.compile(r"[\w.-]{1,80}")  # what may name a document
HOUSE = tuple(f.name for f in fields(Service) if f.name != "id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import brought: services that are new, those that were here, all rows, and what is worth knowing."""

    new: int
    known: int
    rows: int
    remarks: tuple[Finding, ...]


def import_directory(office: Office, path: Path, progress: Progress | None = None) -> Imported:
    """Take a directory in. Services that were here keep what the office wrote, wherever the package says what it said
    before. One batch: it cannot be undone step by step, and leaves nothing when it is stopped.

    Raises as `read_directory`; `DirectoryRefused` also when there is no service in it.
    """
    progress = progress or Progress()
    package, remarks = read_directory(path, progress)
    needs_services(package)
    return take_in(office, package, remarks, progress)


def take_in(office: Office, package: Package, remarks: tuple[Finding, ...], progress: Progress) -> Imported:
    taking = Taking(office, package)
    documents = taking.documents()
    taking.earlier = Earlier(office, [row["id"] for row in package.tables["service"]])
    with office.batch():
        for i, (document, things) in enumerate(documents.items()):
            if i % EVERY == 0:
                progress.report(i, len(documents))
            taking.write(document, things)
    progress.report(len(documents), len(documents))
    return Imported(new=taking.new, known=taking.known, rows=package.count(), remarks=remarks)


class Taking:
    """One import: the rows as nouns, by the document that keeps them."""

    def __init__(self, office: Office, package: Package) -> None:
        self.office, self.package, self.index = office, package, Index(package)
        self.new = self.known = 0
        self.earlier = Earlier(office, ())
        self.extras = self._extras()
        self.codes = {id: code for id, rows in self.extras.items() if (code := self._code(rows))}

    def _extras(self) -> dict[str, list[Row]]:
        """Attributes of our own taxonomy, by what they are linked to."""
        found: dict[str, list[Row]] = {}
        for row in self.package.tables.get("attribute", ()):
            if row.get("taxonomy_term_id") in own.TERMS and isinstance(row.get("link_id"), str):
                found.setdefault(row["link_id"], []).append(row)
        return found

    @staticmethod
    def _code(rows: list[Row]) -> str:
        told = next((r.get("value") for r in rows if own.TERMS[r["taxonomy_term_id"]] == "code"), None)
        return told if isinstance(told, str) and CODE.fullmatch(told) else ""

    def documents(self) -> dict[str, list[Any]]:
        """Everything to write, by document: places and organizations first, so that a service finds them there."""
        services = {row["id"]: self.service(row) for row in self.package.tables["service"]}
        skipped = self._said_otherwise(services)
        found: dict[str, list[Any]] = {package_document(self.package.name): [self._about(), *self._others()]}
        for table in sorted(self.package.tables, key=lambda name: name not in SUBJECTS or name == "service"):
            for number, row in enumerate(self.package.tables[table]):
                if (table, row["id"]) in skipped:
                    continue
                home = self.index.home(table, row)
                thing = noun_from(table, row, number)
                mine = changed(thing, package=self.package.name) if table in SUBJECTS else thing
                found.setdefault(self.codes.get(home, home), []).append(mine)
        for id, (service, steps) in services.items():
            found.setdefault(self.codes.get(id, id), []).extend([service, *steps])
        return found

    def service(self, row: Row) -> tuple[Service, list[Procedure]]:
        extras = self.extras.get(row["id"], [])
        derived = service_from_rows(row, self.index, self.office.city, id=self.codes.get(row["id"], ""))
        return own.with_attributes(derived, extras), own.procedures_of(extras)

    def _said_otherwise(self, services: dict[str, tuple[Service, list[Procedure]]]) -> set[tuple[str, str]]:
        """Rows that only say what a `Service` of this house says anyway: those of our own exports."""
        said = {("attribute", row["id"]) for rows in self.extras.values() for row in rows}
        if not self.extras:
            return said
        said |= {("taxonomy", own.TAXONOMY), ("taxonomy", own.AREAS)} | {("taxonomy_term", id) for id in own.TERMS}
        for id in self.codes:
            rows = own.own_rows(services[id][0], self.office.city)
            said |= {(table, row["id"]) for table, row in ((t, r) for t, _i, r in rows.rows())}
        return said

    def _about(self) -> HsdsPackage:
        told = self.package
        return HsdsPackage(
            id=package_document(told.name),
            name=told.name,
            form=told.form,
            root=told.root,
            full=told.full,
            columns=told.columns or None,
            paths=told.paths or None,
            envelope=told.envelope,
            descriptor=told.descriptor,
        )

    def _others(self) -> Iterator[HsdsOther]:
        for table, rows in self.package.others.items():
            yield from (
                HsdsOther(id=f"{made_id(table)}-{i}", table=table, values=row, row=i) for i, row in enumerate(rows)
            )

    def write(self, document: str, things: list[Any]) -> None:
        with self.office.operation(Op.IMPORT_DIRECTORY, document) as op:
            file = op.on(Ref(Home.SERVICE, document)).before
            fresh = not file.cells
            for thing in things:
                if isinstance(thing, Service):
                    self._write_service(op, file, thing, things)
                elif isinstance(thing, Procedure):
                    if thing.id not in file.all(Procedure):
                        op.put(thing)
                elif fresh:
                    op.put(thing)
                else:
                    write_over(op, file, thing)
            if not fresh:
                take_away(op, file, things)

    def _write_service(self, op: Operation, file: File, told: Service, things: list[Any]) -> None:
        """A new service as it is told; of one that is here only what the package says differently than before."""
        known = file.one(Service)
        if known is None:
            op.put(told)
            self.new += 1
            return
        self.known += 1
        before = (None if own.is_own(known) else self.earlier.said.get(known.id)) or known
        changes = {f: getattr(told, f) for f in HOUSE if getattr(told, f) != getattr(before, f)}
        kept = {f: v for f, v in changes.items() if f not in own.KEPT_HOME}
        if known.confirmed and told.confirmed and known.confirmed > told.confirmed:
            kept.pop("confirmed", None)  # the office asked later than the publisher
        op.set(known, **kept)


class Earlier:
    """What the rows that are here say of their services, read before anything is written over."""

    def __init__(self, office: Office, ids: Iterable[str]) -> None:
        self.office = office
        self.files: dict[str, dict[str, list[Row]]] = {}
        here = set(reads.documents(office.vault))
        shared = [*reads.taxonomies(office.vault), *dict(reads.packages(office.vault))] if here else []
        self.terms = {row["id"]: row for document in shared for row in self.rows(document).get("taxonomy_term", ())}
        self.said = {id: self.service(id) for id in ids if id in here}

    def rows(self, document: str) -> dict[str, list[Row]]:
        if document not in self.files:
            file = self.office.vault.file(Ref(Home.SERVICE, document))
            self.files[document] = {
                table: [row_from(table, thing) for thing in file.all(cls).values()]
                for table, cls in TABLES.items()
                if NOUNS[cls].name in file.cells
            }
        return self.files[document]

    def service(self, id: str) -> Service | None:
        mine = self.rows(id)
        if not mine.get("service"):
            return None
        row = mine["service"][0]
        near = [row.get("organization_id"), *(at.get("location_id") for at in mine.get("service_at_location", ()))]
        found = {table: list(rows) for table, rows in mine.items()}
        for document in filter(None, near):
            for table, rows in self.rows(document).items():
                found.setdefault(table, []).extend(rows)
        named = (attribute.get("taxonomy_term_id") for attribute in mine.get("attribute", ()))
        found.setdefault("taxonomy_term", []).extend(self.terms[id] for id in named if id in self.terms)
        index = Index(Package(form="tabular", tables=unique(found)))
        return service_from_rows(row, index, self.office.city)


def unique(rows: dict[str, list[Row]]) -> dict[str, list[Row]]:
    return {table: list({row["id"]: row for row in reversed(found)}.values()) for table, found in rows.items()}


def write_over(op: Operation, file: File, thing: Any) -> None:
    """Write a row over the one that is here, only where it differs."""
    known = file.all(type(thing)).get(thing.id)
    if known is None:
        op.put(thing)
        return
    op.set(known, **{name: getattr(thing, name) for name in NOUNS[type(thing)].defaults})


def take_away(op: Operation, file: File, things: Iterable[Any]) -> None:
    """Rows of a document that its package does not have any more go, unless the office wrote them."""
    wanted = {(type(thing), thing.id) for thing in things}
    if not any(cls in TABLES.values() or cls is HsdsPackage for cls, _id in wanted):
        return
    kinds: tuple[type[Any], ...] = (*TABLES.values(), HsdsOther)
    for cls in kinds:
        for id, thing in file.all(cls).items():
            if (cls, id) not in wanted and not (cls in OFFICE_WRITES and is_ours(id)):
                forget(op, file, thing)


OFFICE_WRITES = (TABLES["schedule"], TABLES["phone"])


def is_ours(id: str) -> bool:
    """Whether this program made an id: it makes version 7, and packages that we met bring version 4."""
    return len(id) == 36 and id[14] == "7"
