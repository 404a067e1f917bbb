"""A file or folder from outside, read and looked over: the one door of a directory into the house."""

from __future__ import annotations

from pathlib import Path
from zipfile import is_zipfile

from migrant_office.progress import Progress
from migrant_office.services.directory.checking import NO_SERVICES, look_over
from migrant_office.services.directory.csv_form import read_csv
from migrant_office.services.directory.json_form import read_json_form
from migrant_office.services.directory.package import Package
from migrant_office.services.directory.refusals import DirectoryRefused, FileRefused, Finding
from migrant_office.services.directory.source import NO_PACKAGE, check_size, decoded, opened


def read_directory(path: Path, progress: Progress | None = None) -> tuple[Package, tuple[Finding, ...]]:
    """(package, remarks). Nothing is written anywhere.

    Raises `FileRefused` for what is no directory at all, `DirectoryRefused` with every finding, `Cancelled`; OSError
    as the system gives it.
    """
    progress = progress or Progress()
    findings: list[Finding] = []
    remarks: list[Finding] = []
    if path.is_dir() or path.suffix.lower() == ".zip" or (path.suffix.lower() != ".json" and is_zipfile(path)):
        with opened(path) as source:
            package = read_csv(source, path.name, progress)
    elif path.suffix.lower() == ".json":
        check_size(path)
        text = decoded(path.read_bytes(), path.name)
        package, findings, remarks = read_json_form(text, path.name, progress)
    else:
        raise FileRefused(NO_PACKAGE, file=path.name)
    more, told = look_over(package, progress)
    if findings or more:
        raise DirectoryRefused((*findings, *more))
    package.name = path.stem
    return package, (*remarks, *told)


def needs_services(package: Package) -> None:
    """Raises `DirectoryRefused` when there is nothing in it that a person could be sent to."""
    if not package.tables.get("service"):
        raise DirectoryRefused((Finding("service", 0, "", NO_SERVICES),))
