"""Closing a period: a release is made once, by two people, and is printed ever after as it was."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from migrant_office import clock
from migrant_office.errors import NotAllowed, UserError
from migrant_office.i18n import N_
from migrant_office.models.counts.month import MONTH, QUARTER, YEAR, Period, Year
from migrant_office.models.counts.release import Office as Publisher
from migrant_office.models.counts.release import Release
from migrant_office.models.office import Office
from migrant_office.models.vault import releases
from migrant_office.services import publication
from migrant_office.services.counts.protect import protect
from migrant_office.services.periods import changes, checks, groups
from migrant_office.services.periods.changes import Changes
from migrant_office.services.periods.records import records

LONGEST_CODE = 60  # characters of a folder's name; with more, no system would take a long name of an office
LONGEST_NAME = 60  # letters of the second person
LEAST_CHANGED = 10  # persons; a revision that moves fewer tells who they are
NOT_CLOSED = N_("Only a closed period can be published. Close it first.")
NOT_WRITTEN = {
    MONTH: N_(
        "The month is closed, but its files could not be written there. Choose another folder and write them again."
    ),
    QUARTER: N_(
        "The quarter is closed, but its files could not be written there. Choose another folder and write them again."
    ),
    YEAR: N_(
        "The year is closed, but its files could not be written there. Choose another folder and write them again."
    ),
}


class NotPublished(UserError):
    """The period is frozen, but its files could not be written."""


def preview(office: Office, period: Period) -> Release:
    """What would leave if the period were closed now; the frozen release once it is closed.

    Raises `NotAllowed` when the secret of the counts is lost.
    """
    kept = releases.frozen(office.vault, str(period))
    return Release.from_json(kept.encode()) if kept is not None else _made(office, period, revision=1)


def _made(office: Office, period: Period, *, revision: int) -> Release:
    return protect(
        records(office, period),
        groups.catalogue_of(office, period),
        period,
        revision=revision,
        secret=releases.secret(office.vault, releases.COUNTS),
        office=publisher(office),
        created_at=clock.now(),
        language=language(office),
    )


def close(
    office: Office,
    period: Period,
    second: str = "",
    *,
    audit: Mapping[str, Any] | None = None,
    shown: Release | None = None,
) -> Release:
    """Freeze a period for ever; a frozen one is given back as it is.

    `second` is the other person who approves it; only a demo does without. `audit` is the report on `shown`, the
    release that was looked at: it is frozen as it was shown. Raises `NotAllowed`, with nothing written, while the
    period is not over, without a second person, when the figures have changed since they were shown, when the clock was
    set back, a record has no readable day, the secret is lost or the ledger was edited.
    """
    kept = releases.frozen(office.vault, str(period))
    if kept is not None:
        checks.refuse_changed_ledger(office)
        return Release.from_json(kept.encode())
    checks.refuse(office, period)
    name = second_person(office, second)
    with office.batch():
        groups.fix(office, period.year)
        return _frozen(office, period, 1, name, audit=audit, shown=shown)


def revise(
    office: Office,
    period: Period,
    second: str = "",
    *,
    audit: Mapping[str, Any] | None = None,
    shown: Release | None = None,
) -> Release:
    """Release a closed period once more, with coins tossed anew; both stay in the ledger.

    Raises `NotAllowed` as `close`, before the year of the period is over, for a second revision, and while fewer than
    ten persons are counted otherwise than when it was closed.
    """
    refuse_revision(office, period)
    name = second_person(office, second)
    with office.batch():
        return _frozen(office, period, 2, name, audit=audit, shown=shown)


def refuse_revision(office: Office, period: Period) -> None:
    """Raise `NotAllowed`, with one sentence, for what makes a revision impossible now."""
    kept = releases.entries(office.vault, str(period))
    if not kept:
        raise NotAllowed(N_("Only a closed period can be revised. Close it first."))
    checks.refuse(office, period)
    if len(kept) > 1:
        raise NotAllowed(N_("This period was revised once already. There is no second revision."))
    if not checks.is_over(Year(period.year)):
        raise NotAllowed(N_("A period is revised after the end of its year, so that there is one revision at most."))
    changed = changed_since(office, period)
    if changed is not None and changed.persons < LEAST_CHANGED:
        raise NotAllowed(
            N_("Fewer than {least} people are counted otherwise now. A revision would tell who they are."),
            least=LEAST_CHANGED,
        )


def preview_revision(office: Office, period: Period) -> Release:
    """What a revision would publish. Raises as `refuse_revision`."""
    refuse_revision(office, period)
    return _made(office, period, revision=2)


def _frozen(
    office: Office,
    period: Period,
    revision: int,
    second: str,
    *,
    audit: Mapping[str, Any] | None,
    shown: Release | None,
) -> Release:
    release = _made(office, period, revision=revision)
    if shown is not None:
        if replace(release, created_at=shown.created_at) != shown:
            raise NotAllowed(N_("The figures have changed since they were shown. Look at them again, then close."))
        release = shown
    secret = releases.secret(office.vault, releases.COUNTS)
    releases.freeze(
        office.vault,
        str(period),
        revision,
        release.to_json().decode(),
        release.sha256,
        catalogue=release.catalogue_version,
        parameters=_json(asdict(release.parameters)),
        snapshot=_snapshot(office, period, secret),
        audit=_json(audit) if audit else "",
        secret_mark=releases.mark(secret),
        second=second,
    )
    return release


def _snapshot(office: Office, period: Period, secret: bytes) -> bytes:
    return changes.snapshot(records(office, period), groups.catalogue_of(office, period), period.kind, secret)


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def changed_since(office: Office, period: Period) -> Changes | None:
    """How many persons of a closed period are counted otherwise today. None when it is open, or was closed by a program
    that kept no snapshot. Raises `NotAllowed` when the secret is lost.
    """
    kept = releases.entries(office.vault, str(period))
    if not kept or not kept[-1].snapshot:
        return None
    secret = releases.secret(office.vault, releases.COUNTS)
    return changes.compare(kept[-1].snapshot, _snapshot(office, period, secret))


def second_person(office: Office, name: str) -> str:
    """The second person's name or number as it is kept; "" in a demo that has none.

    Raises `NotAllowed` without one, for the officer who closes, and for more than 60 letters.
    """
    given = " ".join(unicodedata.normalize("NFKC", name).split())
    if not given and not office.about.demo:
        raise NotAllowed(N_("A second person has to approve it. Write her or his name or number."))
    if given.casefold() in {office.officer.casefold(), office.vault.keys.officer.casefold()}:
        raise NotAllowed(N_("The second person must be somebody else than who closes."))
    if len(given) > LONGEST_NAME:
        raise NotAllowed(N_("Write the name of the second person in at most {most} letters."), most=LONGEST_NAME)
    return given


# files


def publish(office: Office, release: Release, folder: Path) -> Path:
    """Write the files of a frozen release, any revision; the same bytes every time. Returns their folder.

    Raises `NotAllowed` for one that is not in the ledger or when that was edited, and as `publication.write`.
    """
    body = release.to_json().decode()
    if all(entry.body != body for entry in releases.entries(office.vault, release.period)):
        raise NotAllowed(NOT_CLOSED)
    checks.refuse_changed_ledger(office)
    return publication.write(release, folder)


def close_and_publish(office: Office, period: Period, folder: Path, second: str = "") -> Path:
    """Freeze a period and write its files; closing it again writes the same bytes. Returns their folder.

    Raises as `close` while nothing is frozen, `NotPublished` when it is frozen and only the files are missing.
    """
    release = close(office, period, second)
    try:
        return publish(office, release, folder)
    except UserError as error:
        raise NotPublished(NOT_WRITTEN[period.kind]) from error


def language(office: Office) -> str:
    """The language of the office's files, with the country that decides how figures and days are written."""
    own = office.about.language
    return own if own == "en" else f"{own}_{office.city.country}"


def publisher(office: Office) -> Publisher:
    bare = unicodedata.normalize("NFKD", f"{office.city.id} {office.about.name}").encode("ascii", "ignore").decode()
    code = re.sub(r"[^a-z0-9]+", "-", bare.casefold())[:LONGEST_CODE].strip("-")
    return Publisher(code, office.about.name, office.about.demo)
