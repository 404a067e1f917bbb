"""Is the office whole? The file, the chains of changes, looks and releases, the kept files, and the tables."""

from __future__ import annotations

from dataclasses import dataclass

from migrant_office.i18n import N_
from migrant_office.models.office import Office
from migrant_office.models.vault import access, releases
from migrant_office.progress import Progress
from migrant_office.services import attachments, offices


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: `sentence` is a message id with its `data` when it is not as it should be."""

    what: str
    sentence: str = ""
    place: str = ""


def check(office: Office, progress: Progress | None = None) -> list[Finding]:
    """Look at everything; the tables are made anew on the way. Never raises for what it finds."""
    broken, bad = office.vault.ledger.broken_link(), access.first_bad(office.vault)
    forked, edited = office.vault.ledger.forks(), releases.first_bad(office.vault)
    ledger = N_("The ledger of releases was changed by hand at entry {place}. Restore the last backup.")
    damaged = office.vault.damage()
    bad_files = attachments.broken(office)
    same = offices.rebuild(office, progress)[1]
    return [
        Finding(N_("The file of the office"), N_("The file is damaged. Restore the last backup.") if damaged else ""),
        Finding(
            N_("The chain of changes"),
            N_("The chain of changes is broken at {place}. Tell who maintains the program.") if broken else "",
            ":".join(map(str, broken or ())),
        ),
        Finding(
            N_("Copies of this office"),
            N_("A copy of this office has written on its own ({place}). Tell who maintains the program.")
            if forked
            else "",
            str(len(forked)),
        ),
        Finding(
            N_("The log of who looked"),
            N_("The log of who looked was changed at entry {place}.") if bad else "",
            str(bad or ""),
        ),
        Finding(
            N_("The ledger of releases"),
            ledger if edited else "",
            str(edited or ""),
        ),
        Finding(
            N_("The kept files"),
            N_("Files that are missing or damaged: {place}. Restore the folder of the office from the last backup.")
            if bad_files
            else "",
            str(len(bad_files)),
        ),
        Finding(N_("The tables"), "" if same else N_("Some rows differed from the case files and were made anew.")),
    ]
