"""The groups of nationality of a year: from the year before, written into the log once, alike on every device."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

from migrant_office import clock
from migrant_office.models.counts.catalogue import Catalogue
from migrant_office.models.counts.month import FIRST_YEAR, Period, Year
from migrant_office.models.counts.nationalities import chosen, with_lines
from migrant_office.models.counts.release import Release
from migrant_office.models.nationality_groups import Chosen, NationalityGroups
from migrant_office.models.office import Office
from migrant_office.models.operations import Op
from migrant_office.models.reads import counts as reads
from migrant_office.models.vault import releases
from migrant_office.services.periods.records import catalogue

DOCUMENT = "counts"
_looked_up: WeakKeyDictionary[Office, dict[tuple[int, bool], Groups]] = WeakKeyDictionary()
TABLE, INDICATOR = "nationality", "persons_attended"  # of a year: single countries


@dataclass(frozen=True, slots=True)
class Groups:
    """The countries with a line of their own in a year, "" for those of the catalogue; `fixed` once it is written."""

    lines: tuple[str, ...]
    chosen: Chosen
    fixed: bool = False


def groups(office: Office, year: int) -> Groups:
    """The groups of a year: those written down, else those that would be written down now.

    What is not written down yet is looked up once a session: it takes a pass over a whole year, and `fix` looks again.
    """
    written = reads.groups(office.vault, str(year))
    if written is not None:
        return Groups(tuple(filter(None, written[0].split(","))), Chosen(written[1]), fixed=True)
    known = _looked_up.setdefault(office, {})
    before = Year(max(year - 1, FIRST_YEAR))
    key = (year, releases.frozen(office.vault, str(before)) is not None)
    if key not in known:
        known[key] = _chosen(office, before)
    return known[key]


def _chosen(office: Office, before: Year) -> Groups:
    told = catalogue(office)
    kept = releases.frozen(office.vault, str(before))
    persons = _released(Release.from_json(kept.encode())) if kept else {}
    if found := chosen(persons, told):
        return Groups(found, Chosen.RELEASED)
    found = chosen(_exact(office, before, told), told)
    return Groups(found, Chosen.EXACT if found else Chosen.DEFAULT)


def _released(release: Release) -> dict[str, int]:
    """The published figures of single countries: everybody knows them, so a choice by them tells nothing new."""
    try:
        table = release.table(TABLE, INDICATOR)
    except KeyError:  # too few persons for anything but the total
        return {}
    return {cell.codes[0]: cell.value for cell in table.cells if cell.value is not None}


def _exact(office: Office, year: Year, told: Catalogue) -> dict[str, int]:
    found = reads.nationalities(office.vault, year.first.isoformat(), year.last.isoformat())
    by_country = {country: code for code, country in told.countries.lines.items()}
    return {by_country[country]: persons for country, persons in found.items() if country in by_country}


def catalogue_of(office: Office, period: Period) -> Catalogue:
    """The catalogue as it holds in a period, with the groups of its year. Raises `UserError` when it is malformed."""
    told = catalogue(office)
    lines = groups(office, period.year).lines
    return with_lines(told, [code for code in lines if code in told.countries.lines])


def fix(office: Office, year: int) -> Groups:
    """Write the groups of a year down, unless they are; nobody can undo it alone."""
    _looked_up.pop(office, None)
    found = groups(office, year)
    if found.fixed:
        return found
    entry = NationalityGroups(
        id=str(year),
        lines=",".join(found.lines),
        chosen=found.chosen,
        catalogue=catalogue(office).version,
        recorded=clock.today(),
        officer=office.officer,
    )
    with office.operation(Op.FIX_GROUPS, DOCUMENT, undoable=False) as op:
        op.put(entry)
    return Groups(found.lines, found.chosen, fixed=True)
