"""Is a folder of published files what was released? Its checksums, and the ledger of the office that released it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from migrant_office.errors import UserError
from migrant_office.i18n import N_
from migrant_office.models.counts.release import Release
from migrant_office.models.office import Office
from migrant_office.models.vault import releases
from migrant_office.services import publication

TABLES = ("data.csv", "data-sdmx.csv")
SUMS, PACKAGE = "sha256.txt", "datapackage.json"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: `sentence` is a message id, filled with `place`, when it is not as it should be."""

    what: str
    sentence: str = ""
    place: str = ""


def verify(folder: Path, office: Office | None = None) -> list[Finding]:
    """Look at the files of one release; with its office also at the ledger. Never raises for what it finds.

    Raises `UserError` when the folder holds no release at all.
    """
    if not (folder / SUMS).is_file() or not (folder / PACKAGE).is_file():
        raise UserError(N_("The folder {folder} holds no release: its checksums are missing."), folder=folder.name)
    found = [_sums(folder)]
    told = _package(folder)
    if told is None:
        return [*found, Finding(N_("The description"), N_("{place} cannot be read."), PACKAGE)]
    return [*found, *_ledger(folder, told, office)] if office else found


def _sums(folder: Path) -> Finding:
    """Every file that is listed is there with its bytes, and no other file is."""
    what, listed = N_("The checksums"), {}
    for line in (folder / SUMS).read_text(encoding="utf-8", errors="replace").splitlines():
        digest, _gap, name = line.partition("  ")
        listed[name] = digest
    here = {path.name for path in folder.iterdir() if path.name != SUMS}
    bad = sorted(name for name in listed.keys() | here if not _is(folder, name, listed.get(name, "")))
    return Finding(what, N_("Not as they were written: {place}.") if bad else "", ", ".join(bad))


def _is(folder: Path, name: str, digest: str) -> bool:
    path = folder / name
    if Path(name).name != name or not path.is_file():
        return False
    return hashlib.sha256(path.read_bytes()).hexdigest() == digest


def _package(folder: Path) -> dict[str, Any] | None:
    try:
        told = json.loads((folder / PACKAGE).read_bytes())
        return {"sha256": str(told["release_sha256"]), "catalogue": str(told["method"]["catalogue"])}
    except (ValueError, KeyError, TypeError, OSError):
        return None


def _ledger(folder: Path, told: dict[str, Any], office: Office) -> list[Finding]:
    bad = releases.first_bad(office.vault)
    changed = N_("It was changed by hand at entry {place}.") if bad else ""
    found = [Finding(N_("The ledger of this office"), changed, str(bad or ""))]
    entry = next((one for one in releases.entries(office.vault) if one.sha256 == told["sha256"]), None)
    if entry is None:
        return [*found, Finding(N_("The release"), N_("This office released no such files."))]
    printed = _differing(folder, Release.from_json(entry.body.encode()))
    other = entry.catalogue and told["catalogue"] != entry.catalogue
    return [
        *found,
        Finding(
            N_("The release"),
            N_("These files say something else than was released: {place}.") if printed else "",
            ", ".join(printed),
        ),
        Finding(
            N_("The catalogue"),
            N_("The files name another: {place}.") if other else "",
            told["catalogue"],
        ),
    ]


def _differing(folder: Path, release: Release) -> list[str]:
    """The names of tables that are not those of the release. The other files carry words, which a newer program may say
    otherwise: their checksums vouch for them.
    """
    files = publication.files(release)
    here = {name: path.read_bytes() if (path := folder / name).is_file() else b"" for name in TABLES}
    return sorted(name for name in TABLES if files[name] != here[name])
