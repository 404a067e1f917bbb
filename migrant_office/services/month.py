"""A month's counts: exact for management, protected and frozen for everybody else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from migrant_office import clock
from migrant_office.errors import NotAllowed, UserError
from migrant_office.i18n import N_
from migrant_office.models.counts.catalogue import EVERY_VALUE, Catalogue
from migrant_office.models.counts.catalogue_file import read_catalogue
from migrant_office.models.counts.month import Month
from migrant_office.models.counts.record import Record
from migrant_office.models.counts.release import Office as Publisher
from migrant_office.models.counts.release import Release
from migrant_office.models.office import Office
from migrant_office.models.person import age_on
from migrant_office.models.reads import counts as reads
from migrant_office.models.vault import access, releases
from migrant_office.services import publication
from migrant_office.services.counts.exact import ExactTable, exact_tables
from migrant_office.services.counts.protect import protect

OLDEST = 130  # years; nobody lived longer, so the date was misread
LONGEST_CODE = 60  # characters of a folder's name; with more, no system would take a long name of an office
SECRET = "sdc"  # noqa: S105 - the name of a secret, not one
EXTRA = reads.PERSON[3:]  # what a person's record holds beside sex, birth and nationality
OF_REFERRALS = ("service", "outcome")


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


class NotPublished(UserError):
    """The month is frozen, but its files could not be written."""


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
    """The only tables this city may publish. Raises `UserError` when its file is malformed."""
    return catalogue_at(office.city.folder)


def records(office: Office, month: Month) -> list[Record]:
    """Every attention and referral recorded in the month, coded; no name is ever selected."""
    first, last = month.first.isoformat(), month.last.isoformat()
    found = [record("attentions", row) for row in reads.attentions(office.vault, first, last)]
    found += [record("referrals", row[:-3], *row[-3:]) for row in reads.referrals(office.vault, first, last)]
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


def exact(
    office: Office, month: Month, by: tuple[str, ...] = (), *, services: Mapping[str, str] | None = None
) -> list[ExactTable]:
    """Exact tables, for management: the catalogue's, or one-way tables of the named dimensions. The look is logged.

    `services` are the names of services by id, for the lines of a table by service.
    Raises `UserError` for a dimension that nobody counts.
    """
    for name in by:
        check_dimension(office, name)
    access.note(office.vault, "counts", str(month))
    return exact_tables(records(office, month), catalogue(office), by=list(by) if by else None, services=services)


def check_dimension(office: Office, name: str) -> None:
    code, _colon, scheme = name.partition(":")
    dimensions = catalogue(office).dimensions
    schemes = {"", EVERY_VALUE} | set(dimensions[code].schemes if code in dimensions else ())
    if (code not in dimensions and code not in (*EXTRA, *OF_REFERRALS)) or scheme not in schemes:
        raise UserError(
            N_("“{name}” cannot be counted. Known are: {known}."),
            name=name,
            known=", ".join((*dimensions, *EXTRA, *OF_REFERRALS)),
        )


def preview(office: Office, month: Month) -> Release:
    """What would leave if the month were closed now; the frozen release once it is closed."""
    kept = releases.frozen(office.vault, str(month))
    if kept is not None:
        return Release.from_json(kept.encode())
    return protect(
        records(office, month),
        catalogue(office),
        month,
        revision=1,
        secret=releases.secret(office.vault, SECRET),
        office=publisher(office),
        created_at=clock.now(),
        language=language(office),
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


def is_over(month: Month) -> bool:
    return clock.today() > month.last


def close(office: Office, month: Month) -> Release:
    """Freeze a month for ever; a frozen one is given back as it is.

    Raises `NotAllowed` while the month is not over: late records would belong to it.
    """
    is_frozen = releases.frozen(office.vault, str(month)) is not None
    if not is_frozen and not is_over(month):
        raise NotAllowed(N_("This month is not over yet. Close it from the first day of the next one."))
    release = preview(office, month)
    if not is_frozen:
        releases.freeze(office.vault, str(month), 1, release.to_json().decode(), release.sha256)
    return release


def publish(office: Office, release: Release, folder: Path) -> Path:
    """Write the files of a frozen release; the same bytes every time. Returns their folder.

    Raises `NotAllowed` for one that is not frozen, and as `publication.write`.
    """
    if releases.frozen(office.vault, release.period) != release.to_json().decode():
        raise NotAllowed(N_("Only a closed month can be published. Close it first."))
    return publication.write(release, folder)


def close_and_publish(office: Office, month: Month, folder: Path) -> Path:
    """Freeze a month and write its files; closing it again writes the same bytes. Returns their folder.

    Raises as `close` while nothing is frozen, `NotPublished` when it is frozen and only the files are missing.
    """
    release = close(office, month)
    try:
        return publish(office, release, folder)
    except UserError as error:
        raise NotPublished(
            N_(
                "The month is closed, but its files could not be written there. Choose another folder "
                "and write them again."
            )
        ) from error


def language(office: Office) -> str:
    """The language of the office's files, with the country that decides how figures and days are written."""
    own = office.about.language
    return own if own == "en" else f"{own}_{office.city.country}"


def publisher(office: Office) -> Publisher:
    bare = unicodedata.normalize("NFKD", f"{office.city.id} {office.about.name}").encode("ascii", "ignore").decode()
    code = re.sub(r"[^a-z0-9]+", "-", bare.casefold())[:LONGEST_CODE].strip("-")
    return Publisher(code, office.about.name, office.about.demo)


def months(office: Office) -> list[Month]:
    """Months with anything recorded, oldest first, and the present one."""
    found = {Month.parse(text) for text in reads.months(office.vault)} | {Month.of(clock.today())}
    return sorted(found)
