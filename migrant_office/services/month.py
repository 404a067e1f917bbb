"""The counts of a period for the office's own screens: exact for management, beside what may leave.

Closing, revising and publishing are in `services/periods`; what this room shows of them is named here too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from migrant_office import clock
from migrant_office.errors import UserError
from migrant_office.i18n import N_
from migrant_office.models.counts.catalogue import EVERY_VALUE
from migrant_office.models.counts.month import Month, Period
from migrant_office.models.counts.release import Release
from migrant_office.models.office import Office
from migrant_office.models.reads import counts as reads
from migrant_office.models.vault import access, releases
from migrant_office.services.counts.exact import ExactTable, exact_tables
from migrant_office.services.periods.checks import Check, checks, is_over
from migrant_office.services.periods.closing import NotPublished, close, close_and_publish, preview, publish
from migrant_office.services.periods.groups import catalogue_of
from migrant_office.services.periods.records import EXTRA, OF_REFERRALS, catalogue, catalogue_at, records

__all__ = [
    "SECRET",
    "Check",
    "NotPublished",
    "Overview",
    "catalogue",
    "catalogue_at",
    "check_dimension",
    "checks",
    "close",
    "close_and_publish",
    "exact",
    "is_over",
    "months",
    "overview",
    "preview",
    "publish",
    "records",
]

SECRET = releases.COUNTS


@dataclass(frozen=True, slots=True)
class Overview:
    """What the page Mes shows: exact figures for management, beside what leaves the office."""

    month: Month
    tables: tuple[ExactTable, ...]
    release: Release
    frozen: bool
    closable: bool
    persons_by_month: tuple[tuple[str, int], ...]
    outcomes: tuple[tuple[str, str | None, int], ...]
    unmet: tuple[tuple[str, str, int], ...]


def exact(
    office: Office, period: Period, by: tuple[str, ...] = (), *, services: Mapping[str, str] | None = None
) -> list[ExactTable]:
    """Exact tables, for management: the catalogue's, or one-way tables of the named dimensions. The look is logged.

    `services` are the names of services by id, for the lines of a table by service.
    Raises `UserError` for a dimension that nobody counts.
    """
    for name in by:
        check_dimension(office, name)
    access.note(office.vault, "counts", str(period))
    told = catalogue_of(office, period)
    return exact_tables(records(office, period), told, period.kind, list(by) if by else None, services=services)


def check_dimension(office: Office, name: str) -> None:
    code, _colon, scheme = name.partition(":")
    dimensions = catalogue(office).dimensions
    schemes = {"", EVERY_VALUE} | set(dimensions[code].schemes if code in dimensions else ())
    known = tuple(dict.fromkeys((*dimensions, *EXTRA, *OF_REFERRALS)))
    if code not in known or scheme not in schemes:
        raise UserError(
            N_("“{name}” cannot be counted. Known are: {known}."),
            name=name,
            known=", ".join(known),
        )


def overview(office: Office, month: Month) -> Overview:
    """Everything of one month in one read; the look is logged."""
    first, last = month.first.isoformat(), month.last.isoformat()
    tables = exact(office, month)
    year_before = Month(month.year - 1, month.month).next()
    return Overview(
        month=month,
        tables=tuple(tables),
        release=preview(office, month),
        frozen=releases.frozen(office.vault, str(month)) is not None,
        closable=is_over(month),
        persons_by_month=tuple(
            p for p in reads.persons_by_month(office.vault, year_before.first.isoformat()) if p[0] <= str(month)
        ),
        outcomes=tuple(reads.outcomes(office.vault, first, last)),
        unmet=tuple(reads.unmet(office.vault, first, last)),
    )


def months(office: Office) -> list[Month]:
    """Months with anything recorded, oldest first, and the present one."""
    found = {Month.parse(text) for text in reads.months(office.vault)} | {Month.of(clock.today())}
    return sorted(found)
