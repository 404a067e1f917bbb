"""The folder of one release: all its files, or none."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from migrant_office.errors import StorageFailed, UserError
from migrant_office.i18n import N_, Translator
from migrant_office.models.counts.release import Release
from migrant_office.paths import sync_folder, write_atomically
from migrant_office.services.counts.files.csv import csv_bytes
from migrant_office.services.counts.files.datapackage import datapackage_bytes
from migrant_office.services.counts.files.method import method_bytes
from migrant_office.services.counts.files.sdmx import sdmx_bytes
from migrant_office.services.counts.files.xlsx import xlsx_bytes


def release_files(release: Release, t: Translator, report: bytes = b"") -> dict[str, bytes]:
    """Every file by its name. Equal releases in the same language give equal bytes.

    `report` is the PDF, which another room makes of the same release; without it there is none.
    """
    data, other = csv_bytes(release), sdmx_bytes(release)
    files = {
        "data.csv": data,
        "data-sdmx.csv": other,
        "data.xlsx": xlsx_bytes(release, t),
        "datapackage.json": datapackage_bytes(release, data, other, t),
        "method.txt": method_bytes(release, t),
    }
    if report:
        files["report.pdf"] = report
    files["sha256.txt"] = checksums(files)
    return files


def checksums(files: dict[str, bytes]) -> bytes:
    """As `sha256sum` writes and checks them."""
    return "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items())).encode()


def write_release(release: Release, folder: Path, t: Translator, report: bytes = b"") -> Path:
    """Write `release-<office>-<period>-r<revision>/` into a folder, whole or not at all; answers its path.

    When it is there with the same bytes nothing changes. Raises UserError when it is there with others,
    StorageFailed when the disk is full or the folder cannot be written.
    """
    files, target = release_files(release, t, report), folder / release.name
    try:
        if target.exists():
            if not _holds(target, files):
                raise UserError(
                    N_("The folder {folder} already holds other files. Choose another folder."), folder=target.name
                )
            return target
        folder.mkdir(parents=True, exist_ok=True)
        _write(files, folder, target)
    except OSError as error:
        raise StorageFailed(N_("The files could not be written. Free some space or choose another folder.")) from error
    return target


def _holds(target: Path, files: dict[str, bytes]) -> bool:
    if not target.is_dir() or {path.name for path in target.iterdir()} != set(files):
        return False
    return all((target / name).is_file() and (target / name).read_bytes() == data for name, data in files.items())


def _write(files: dict[str, bytes], folder: Path, target: Path) -> None:
    fresh = Path(tempfile.mkdtemp(dir=folder, prefix=".new-"))
    try:
        for name, data in files.items():
            write_atomically(fresh / name, data, private=False)
        fresh.chmod(0o755)  # mkdtemp makes it 0700; a release is made to be handed on
        os.rename(fresh, target)
        sync_folder(folder)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
