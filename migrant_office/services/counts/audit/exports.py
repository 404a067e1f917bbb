"""A3, A4 and A6: what several copies of one release tell that one copy does not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from migrant_office.i18n import LANGUAGES, N_, Translator
from migrant_office.models.counts.release import Release
from migrant_office.services.counts.audit.knowledge import Key, cells_of
from migrant_office.services.counts.audit.report import Finding
from migrant_office.services.counts.files.csv import csv_bytes
from migrant_office.services.counts.files.folder import release_files

Figures = Mapping[tuple[str, Key], int | None]
DATA = "data.csv"
_MOST_REVISIONS = 2  # the release, and one revision at the end of the year


def figures(release: Release) -> Figures:
    """Every figure that a release shows or hides."""
    return {(one.code, key): cell.value for one in release.indicators for key, cell in cells_of(release, one).items()}


def same_again(releases: Sequence[Release]) -> Finding:
    """A3: written again, from its stored text and in another language, a release is the same to the byte."""
    for release in releases:
        again = Release.from_json(release.to_json())
        own = Translator(release.language)
        same = again == release and release_files(again, own) == release_files(release, own)
        other = next(lang for lang in LANGUAGES if lang != own.lang)
        if not same or release_files(release, Translator(other))[DATA] != csv_bytes(release):
            message = N_("{release} comes out differently when it is written again.")
            return Finding("A3", False, 1, message, {"release": release.name})
    return Finding("A3", True, 0, N_("Written again, also in another language, every release has the same bytes."))


def frozen(releases: Sequence[Release]) -> Finding:
    """A4: one period and revision has one set of figures, whenever it was exported."""
    versions: dict[str, list[Figures]] = defaultdict(list)
    for release in releases:
        versions[release.name].append(figures(release))
    for name, found in versions.items():
        changed = _changed(found)
        if changed:
            message = N_(
                "{release} exists with different figures ({changed} differ). Whoever compares them sees who came late."
            )
            return Finding("A4", False, changed, message, {"release": name, "changed": changed})
    return Finding("A4", True, 0, N_("No release exists twice with different figures: nothing can be compared."))


def _changed(found: Sequence[Figures]) -> int:
    keys = set().union(*found)
    return sum(len({one.get(key) for one in found}) > 1 for key in keys)


def averaged(releases: Sequence[Release]) -> Finding:
    """A6: no more draws of the same figure than a release and one revision."""
    draws: dict[tuple[object, ...], list[Release]] = defaultdict(list)
    for release in releases:
        draws[release.office, release.start, release.end].append(release)
    worst = max((_draws(found) for found in draws.values()), default=1)
    if worst > _MOST_REVISIONS:
        message = N_("The same figure was rounded in {draws} ways: their average comes near the exact count.")
        return Finding("A6", False, worst, message, {"draws": worst})
    message = N_("The same figure exists in at most {draws} rounding: averaging many exports gains nothing.")
    return Finding("A6", True, worst, message, {"draws": worst})


def _draws(releases: Iterable[Release]) -> int:
    """How many independent draws there are: releases whose figures are not the same."""
    return len({frozenset(figures(release).items()) for release in releases})
