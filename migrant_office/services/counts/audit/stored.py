"""The audit of releases read from their folders, each city by its own catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from migrant_office.progress import Progress
from migrant_office.services.counts.audit.auditing import Job
from migrant_office.services.counts.audit.knowledge import Structure
from migrant_office.services.counts.audit.reading import Stored
from migrant_office.services.counts.audit.report import AuditReport
from migrant_office.services.counts.audit.worker import audit_apart


def audit_stored(stored: Sequence[Stored], progress: Progress | None = None) -> Iterator[AuditReport]:
    """Attack everything that was published by the offices of a city together, in a worker process.

    Raises as `audit_apart`.
    """
    for city in dict.fromkeys(one.release.city for one in stored):
        mine = [one for one in stored if one.release.city == city]
        job = Job(
            releases=tuple(one.release for one in mine),
            structure=Structure({name: shape for one in mine for name, shape in one.structure.shapes.items()}),
            files=tuple(one.files for one in mine),
            checked=tuple(one.finding for one in mine),
        )
        yield audit_apart(job, progress)
