"""What an office recorded in a period, coded; and the catalogue that says what of it may be published."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from migrant_office.models.counts.catalogue import Catalogue
from migrant_office.models.counts.catalogue_file import read_catalogue
from migrant_office.models.counts.month import Period
from migrant_office.models.counts.record import Record
from migrant_office.models.office import Office
from migrant_office.models.pathway.kinds import SUPPORTS
from migrant_office.models.person import age_on
from migrant_office.models.reads import counts as reads

OLDEST = 130  # years; nobody lived longer, so the date was misread
STANDING = "standing"  # the column of the status as it may be counted
EXTRA = tuple("status" if name == STANDING else name for name in reads.PERSON[3:])
"""What a person's record holds beside sex, birth and nationality."""
OF_REFERRALS = ("service", "outcome")


def catalogue_at(folder: Path) -> Catalogue:
    """The catalogue of a city's folder; read again only when the file has changed. Raises `UserError`."""
    file = folder / "indicators.toml"
    try:
        status = file.stat()
    except OSError:
        return read_catalogue(file)  # says what is wrong
    return _read(file, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=4)
def _read(file: Path, _changed: int, _size: int) -> Catalogue:
    return read_catalogue(file)


def catalogue(office: Office) -> Catalogue:
    """The only tables this city may publish, with the catalogue's own groups of nationality.

    Raises `UserError` when its file is malformed.
    """
    return catalogue_at(office.city.folder)


def records(office: Office, period: Period) -> list[Record]:
    """Everything countable that was recorded in a period, coded; no name is ever selected."""
    vault, first, last = office.vault, period.first.isoformat(), period.last.isoformat()
    found = [record("attentions", row) for row in reads.attentions(vault, first, last)]
    found += [record("referrals", row[:-3], *row[-3:]) for row in reads.referrals(vault, first, last)]
    found += [record("outcomes", row[:-3], *row[-3:]) for row in reads.referral_outcomes(vault, first, last)]
    found += [record("openings", row) for row in reads.openings(vault, first, last)]
    found += [record("closings", row) for row in reads.closings(vault, first, last)]
    found += [record("certifications", row) for row in reads.certifications(vault, first, last)]
    found += [record("support", row) for row in reads.support(vault, first, last, [stage.value for stage in SUPPORTS])]
    return found


def record(
    indicator: str, row: tuple[Any, ...], area: str = "", service: str = "", outcome: str | None = None
) -> Record:
    person, event, day, sex, birth, nationality, *extra = row
    more = dict(zip(EXTRA, map(str_of, extra), strict=True))
    if service:
        more |= {"service": service, "outcome": outcome or ""}
    return Record(
        person=person,
        event=event,
        indicator=indicator,
        sex=sex,
        age=age_in(birth, day),
        nationality=nationality,
        service_type=area,
        extra=more,
    )


@cache
def day_of(text: str) -> date:
    return date.fromisoformat(text)


def age_in(birth: str | None, day: str) -> int | None:
    """Full years on a day; None without an answer, and for a birth that cannot be: one row never stops a month."""
    if not birth or birth.startswith("?"):
        return None
    try:
        age = age_on(day_of(birth), day_of(day))
    except ValueError:
        return None
    return age if age is not None and 0 <= age <= OLDEST else None


def str_of(value: object) -> str:
    return "" if value is None else str(value)
