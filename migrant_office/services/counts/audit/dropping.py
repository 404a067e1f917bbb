"""When a release does not pass: its finest table stays in the office, or its nationalities are grouped.

No parameter is ever loosened, and the reason of every step is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import prod

from migrant_office.errors import UserError
from migrant_office.i18n import N_
from migrant_office.models.counts.catalogue import DEFAULT_SCHEME, Catalogue, Table
from migrant_office.models.counts.release import Release
from migrant_office.services.counts.audit.report import AuditReport, Dropped

GROUPED = "nationality"
# Attacks that a coarser release can stand; what the others find is no matter of detail.
OF_DETAIL = frozenset({"A1", "A2", "A7"})


class NothingPasses(UserError):
    """Even the totals did not pass, or what was found has nothing to do with detail. `report` says what."""

    def __init__(self, report: AuditReport) -> None:
        super().__init__(N_("The audit found a leak that leaving tables out cannot mend. Nothing was published."))
        self.report = report


@dataclass(frozen=True, slots=True)
class Fitted:
    """A release that passed, the catalogue it was made by, and the report that names what was left out."""

    release: Release
    catalogue: Catalogue
    report: AuditReport


def fitted(
    catalogue: Catalogue,
    kind: str,
    make: Callable[[Catalogue], Release],
    attack: Callable[[Release], AuditReport],
) -> Fitted:
    """Make, attack, drop and repeat until a release passes; `kind` is that of the period ("month").

    Raises `NothingPasses`, and whatever `make` and `attack` raise.
    """
    dropped: list[Dropped] = []
    while True:
        release = make(catalogue)
        report = replace(attack(release), dropped=tuple(dropped))
        failed = [finding.attack for finding in report.findings if not finding.passed]
        if not failed:
            return Fitted(release, catalogue, report)
        if not OF_DETAIL.issuperset(failed):
            raise NothingPasses(report)
        smaller = coarser(catalogue, kind, failed[0])
        if smaller is None:
            raise NothingPasses(report)
        catalogue, left_out = smaller
        dropped.append(left_out)


def coarser(catalogue: Catalogue, kind: str, attack: str) -> tuple[Catalogue, Dropped] | None:
    """The catalogue with one step less detail, and the reason; None when nothing but totals is left."""
    tables = catalogue.tables[kind]
    fine = [table for table in tables if table.dimensions]
    if not fine:
        return None
    finest = max(fine, key=lambda table: (len(table.dimensions), _cells(table, catalogue)))
    grouped = _grouped(finest, catalogue) if len(finest.dimensions) == 1 else None
    left = tuple(grouped if table is finest else table for table in tables)
    message = (
        N_("Table “{table}” stays in the office: the audit ({attack}) could work figures out from it.")
        if grouped is None
        else N_("Table “{table}” has nationalities in groups: the audit ({attack}) could work figures out from it.")
    )
    kept = tuple(table for table in left if table is not None)
    return replace(catalogue, tables={**catalogue.tables, kind: kept}), Dropped(finest.code, attack, message)


def _cells(table: Table, catalogue: Catalogue) -> int:
    return prod(len(catalogue.lines(name).categories) for name in table.dimensions)


def _grouped(table: Table, catalogue: Catalogue) -> Table | None:
    """The table with nationality in the groups of the month; None when it has them already, or no nationality."""
    groups = f"{GROUPED}:{DEFAULT_SCHEME}"
    if table.dimensions[0].partition(":")[0] != GROUPED or table.dimensions[0] == groups:
        return None
    if DEFAULT_SCHEME not in catalogue.dimension(GROUPED).schemes:
        return None
    return replace(table, dimensions=(groups,))
