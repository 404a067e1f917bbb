"""The whole audit: every attack of the note on one or more releases, in the order of the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from migrant_office.i18n import N_, Translator
from migrant_office.models.counts.release import Release
from migrant_office.services.counts.audit.exports import averaged, frozen, same_again
from migrant_office.services.counts.audit.intervals import (
    Known,
    group_finding,
    interval_finding,
    renumbered,
    work_out,
)
from migrant_office.services.counts.audit.knowledge import Method, Structure
from migrant_office.services.counts.audit.leaks import Files, Secrets, leaks
from migrant_office.services.counts.audit.report import AuditReport, Finding
from migrant_office.services.counts.audit.revisions import revision_finding
from migrant_office.services.counts.audit.rules import consistent, dominance, populations
from migrant_office.services.counts.audit.selftest import attacker_works
from migrant_office.services.counts.audit.truth import Truth
from migrant_office.services.counts.files.folder import release_files

Report = Callable[[int, int], None]  # done, total


@dataclass(frozen=True, kw_only=True)
class Job:
    """What is attacked. `truths` and `files` stand beside the releases.

    The lines of nationality hold for a calendar year: releases of two years, made by catalogues with other lines, are
    attacked in two jobs, each with the structure of its own catalogue.

    A truth is None where only files are at hand; files that are not given are made as they would be written.
    `methods` are what the attacker believes of the protection, else what the releases say.
    `checked`: findings of those who read releases from folders (A3); then their bytes are not made again.
    """

    releases: tuple[Release, ...]
    structure: Structure
    truths: tuple[Truth | None, ...] = ()
    files: tuple[Files, ...] = ()
    secrets: Secrets = field(default_factory=Secrets)
    checked: tuple[Finding, ...] = ()
    methods: tuple[Method, ...] = ()

    def __post_init__(self) -> None:
        for beside in (self.truths, self.files, self.methods):
            if beside and len(beside) != len(self.releases):
                raise ValueError("truths, files and methods stand beside the releases, one each")
        if not self.releases:
            raise ValueError("an audit needs a release")


def audit(job: Job, progress: Report = lambda _done, _total: None) -> AuditReport:
    """Every attack of the list. `progress` hears how far it is, and may raise to stop; nothing is written anywhere."""
    releases = job.releases
    truths = job.truths or (None,) * len(releases)
    ticks = _Ticks(releases, progress)
    alone = []
    for number, (release, truth) in enumerate(zip(releases, truths, strict=True)):
        own = job.methods[number : number + 1]
        known = work_out([release], job.structure, truths=[truth], methods=own, tick=ticks.one)
        alone.append(renumbered(known, number))
    together = _together(job, truths, ticks) if len(releases) > 1 else None
    files = job.files or tuple(release_files(one, Translator(one.language)) for one in releases)
    findings = [
        _worst([interval_finding("A1", known, releases, truths) for known in alone]),
        _several(together, releases, truths),
        _worst(job.checked) if job.checked else same_again(releases),
        frozen(releases),
        revision_finding(releases, truths),
        averaged(releases),
        group_finding([*alone, *([together] if together else [])], releases),
        dominance(releases, truths),
        populations(releases, job.structure, truths),
        leaks(releases, files, truths, job.secrets),
        consistent(releases, truths),
        attacker_works(releases),
    ]
    ticks.all()
    return AuditReport(tuple(release.name for release in releases), tuple(findings))


def _together(job: Job, truths: Sequence[Truth | None], ticks: _Ticks) -> Known:
    return work_out(job.releases, job.structure, truths=truths, methods=job.methods, tick=ticks.one)


def _several(together: Known | None, releases: Sequence[Release], truths: Sequence[Truth | None]) -> Finding:
    if together is None:
        return Finding("A2", True, None, N_("There is no other release to compare this one with."), ran=False)
    return interval_finding("A2", together, releases, truths)


def _worst(findings: Sequence[Finding]) -> Finding:
    """The first that did not pass, else the narrowest."""
    return min(findings, key=lambda one: (one.passed, one.figure if one.figure is not None else 1e9))


class _Ticks:
    """Counts cells as they are attacked: alone, and once more together."""

    def __init__(self, releases: Sequence[Release], progress: Report) -> None:
        cells = sum(len(table.cells) for release in releases for table in release.tables)
        self._total = cells * (1 if len(releases) == 1 else 2) + 1
        self._done, self._progress = 0, progress
        progress(0, self._total)

    def one(self) -> None:
        self._done = min(self._done + 1, self._total - 1)
        self._progress(self._done, self._total)

    def all(self) -> None:
        self._progress(self._total, self._total)
