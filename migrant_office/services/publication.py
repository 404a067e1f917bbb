"""A release as a folder of files, its report among them. It sees a release and nothing else, as its writers do."""

from __future__ import annotations

from pathlib import Path

from migrant_office.i18n import Translator
from migrant_office.models.counts.release import Release
from migrant_office.models.parity import Reviews
from migrant_office.models.sheet import BOTH, ENGLISH, SPANISH, Paper

_COLUMNS = {"es": SPANISH, "en": ENGLISH, "ht": BOTH}
_REGIONS = {"CHL": "CL", "MEX": "MX"}


def files(release: Release) -> dict[str, bytes]:
    """Every file of the folder by its name, in the release's own language: the same bytes on every computer."""
    from migrant_office.services.counts.files.folder import release_files  # XlsxWriter: not at the start

    return release_files(release, Translator(release.language), report(release))


def write(release: Release, folder: Path) -> Path:
    """Write `release-<office>-<period>-r<revision>/` into a folder, whole or not at all. Raises as `write_release`."""
    from migrant_office.services.counts.files.folder import write_release

    return write_release(release, folder, Translator(release.language), report(release))


def report(release: Release) -> bytes:
    """`report.pdf`: in the words that the program ships, dated as the release, on letter paper, tagged for listeners.

    The office's own wording, approvals, paper and day are not asked: they change, a release does not. Creole on it is
    marked as a draft for that reason; the sheet that the office prints itself has the approvals.
    """
    from migrant_office.services.sheets.definition import load_definition  # reportlab: not at the start
    from migrant_office.services.sheets.document import Form, columns_of, write
    from migrant_office.services.sheets.fitting import Printing
    from migrant_office.services.sheets.month import month_document

    languages = _COLUMNS[release.language.partition("_")[0]]
    form = Form(Paper.LETTER, columns_of(languages, _REGIONS.get(release.place.country, "")))
    printing = Printing(release.office.name, "", release.created_at.date(), release.office.demo)
    document = month_document(release, load_definition(release.city, "month"), form, printing, Reviews())
    return write([document], tagged=True)
