"""What waits today: follow-ups due and overdue, unfinished drafts, services nobody has confirmed lately."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import starmap

from migrant_office import clock
from migrant_office.models.office import Office
from migrant_office.models.person import full_name
from migrant_office.models.reads import people as people_reads
from migrant_office.models.reads import today as reads
from migrant_office.models.sheet_row import TYPED
from migrant_office.models.vault import drafts
from migrant_office.models.vault.drafts import Draft
from migrant_office.models.vault.nouns import Home
from migrant_office.services import freshness
from migrant_office.services.follow_ups.listing import Line, due_count, due_lines

SHOWN = 5
BEGUN = 3


@dataclass(frozen=True, slots=True)
class NewCase:
    case: str
    name: str
    number: str
    restricted: bool = False


@dataclass(frozen=True, slots=True)
class PendingPath:
    """A rapid path that was opened and has no referral since; by folio only."""

    case: str
    number: str
    opened: date


@dataclass(frozen=True, slots=True)
class StaleService:
    """A service whose facts somebody should ask for: never confirmed, long ago, or something went wrong there."""

    id: str
    name: str
    confirmed: date | None


@dataclass(frozen=True, slots=True)
class Today:
    day: date
    due: tuple[Line, ...]
    due_count: int
    drafts: tuple[Draft, ...]
    opened: tuple[NewCase, ...]
    stale: tuple[StaleService, ...]
    stale_count: int
    attended_yesterday: int
    attended_today: int
    paths: tuple[PendingPath, ...] = ()
    begun: tuple[NewCase, ...] = ()
    begun_count: int = 0


def read_today(office: Office, limit: int = SHOWN) -> Today:
    """Everything the page Hoy shows, in one read; `limit` follow-ups of all that are due."""
    day = clock.today()
    stale = freshness.to_check(office)
    return Today(
        day=day,
        due=due_lines(office, day, limit),
        due_count=due_count(office, day),
        drafts=tuple(shown_drafts(office)),
        opened=tuple(starmap(new_case, reads.opened_on(office.vault, day.isoformat(), SHOWN))),
        begun=tuple(starmap(new_case, reads.begun(office.vault, BEGUN))),
        begun_count=reads.begun_count(office.vault),
        stale=tuple(StaleService(one.id, one.name, one.confirmed) for one in stale[:3]),
        stale_count=len(stale),
        attended_yesterday=reads.encounters_on(office.vault, (day - timedelta(days=1)).isoformat()),
        attended_today=reads.encounters_on(office.vault, day.isoformat()),
        paths=tuple(
            PendingPath(case, number, date.fromisoformat(since))
            for case, number, since in reads.paths_pending(office.vault)
        ),
    )


def new_case(id: str, *told: str) -> NewCase:
    """A line of a list nobody asked for: a restricted case stands without a name."""
    *parts, number, restricted = told
    return NewCase(id, "" if restricted else full_name(*parts), number, bool(restricted))


def shown_drafts(office: Office) -> list[Draft]:
    """Unfinished drafts, newest first. One that completes a restricted case stands without a name, and not at all for
    whoever has no key of the compartment.
    """
    found = [draft for draft in drafts.all_drafts(office.vault) if draft.form != TYPED]
    hidden = people_reads.restricted_among(office.vault, [draft.subject for draft in found])
    if not office.vault.keys.may_open(Home.RESTRICTED):
        return [draft for draft in found if draft.subject not in hidden]
    return [replace(draft, title="") if draft.subject in hidden else draft for draft in found]
