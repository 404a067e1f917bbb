"""What is looked at before a period is closed: what is still open in it, and what makes closing impossible."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from migrant_office import clock
from migrant_office.errors import NotAllowed
from migrant_office.i18n import N_
from migrant_office.models.coded import Coded
from migrant_office.models.counts.month import MONTH, QUARTER, YEAR, Period
from migrant_office.models.office import Office
from migrant_office.models.reads import counts as reads
from migrant_office.models.vault import drafts, releases

AGD = ("sex", "birth", "nationality", "disability", "language")  # age, gender and diversity, as far as they are columns
NOT_OVER = {
    MONTH: N_("This month is not over yet. Close it from the first day of the next one."),
    QUARTER: N_("This quarter is not over yet. Close it from the first day of the next one."),
    YEAR: N_("This year is not over yet. Close it from the first day of the next one."),
}
CLOCK = N_(
    "Something was recorded or released later than the clock of this computer says. Set the clock right, then close."
)
UNREADABLE = N_("Records without a readable day: {count}. Nothing can be closed until they are mended.")
LEDGER = N_(
    "The ledger of releases was changed by hand at entry {number}. Nothing is closed or written again; restore the "
    "last backup."
)


class CheckKind(Coded):
    """What was looked at; labels are for a list with a figure beside each."""

    NOT_OVER = "not_over", N_("The period is not over yet")
    CLOCK = "clock", N_("Recorded later than the clock says")
    SECRET = "secret", N_("The secret of the counts is lost")
    LEDGER = "ledger", N_("The ledger of releases was changed by hand")
    UNREADABLE = "unreadable", N_("Records without a readable day")
    DRAFTS = "drafts", N_("Unfinished forms of the period")
    MISSING = "missing", N_("People without an answer on age, sex, nationality, disability or language")
    OVERDUE = "overdue", N_("Overdue follow-ups")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: `count` were found, of so many (`of`, 0 where there is no whole). Only what is
    `blocking` and found stops the closing.
    """

    kind: CheckKind
    count: int
    blocking: bool = False
    of: int = 0

    @property
    def stops(self) -> bool:
        return self.blocking and self.count > 0


def is_over(period: Period) -> bool:
    return clock.today() > period.last


def checks(office: Office, period: Period) -> list[Check]:
    """Everything that is looked at before a period is closed, also what found nothing; what stops comes first."""
    first, last = period.first.isoformat(), period.last.isoformat()
    missing, attended = reads.without_answer(office.vault, first, last, AGD)
    return [
        Check(CheckKind.NOT_OVER, int(not is_over(period)), blocking=True),
        Check(CheckKind.CLOCK, int(clock_went_back(office)), blocking=True),
        Check(CheckKind.SECRET, int(_secret_lost(office)), blocking=True),
        Check(CheckKind.LEDGER, releases.first_bad(office.vault) or 0, blocking=True),
        Check(CheckKind.UNREADABLE, reads.unreadable(office.vault), blocking=True),
        Check(CheckKind.DRAFTS, _drafts(office, period)),
        Check(CheckKind.MISSING, missing, of=attended),
        Check(CheckKind.OVERDUE, reads.overdue(office.vault, clock.today().isoformat())),
    ]


def refuse(office: Office, period: Period) -> None:
    """Raise `NotAllowed`, with one sentence, for what makes closing impossible."""
    if not is_over(period):
        raise NotAllowed(NOT_OVER[period.kind])
    refuse_changed_ledger(office)
    if clock_went_back(office):
        raise NotAllowed(CLOCK)
    if count := reads.unreadable(office.vault):
        raise NotAllowed(UNREADABLE, count=count)


def refuse_changed_ledger(office: Office) -> None:
    """Raise `NotAllowed` when somebody edited the ledger: what it says is not what was released."""
    if number := releases.first_bad(office.vault):
        raise NotAllowed(LEDGER, number=number)


def clock_went_back(office: Office) -> bool:
    """Whether a record is of a later day, or a release of a later moment, than it is now: the clock was set back, or
    was ahead before. What is recorded now would fall into a period that is closed, or be counted twice.
    """
    if reads.latest(office.vault) > clock.today().isoformat():
        return True
    last = releases.last_moment(office.vault)
    return bool(last) and datetime.fromisoformat(last) > clock.now()


def _secret_lost(office: Office) -> bool:
    try:
        releases.secret(office.vault, releases.COUNTS)
    except NotAllowed:
        return True
    return False


def _drafts(office: Office, period: Period) -> int:
    """Forms that were begun and not finished: what they tell will be counted when they are."""
    days = (clock.local(datetime.fromisoformat(draft.saved_at)).date() for draft in drafts.all_drafts(office.vault))
    return sum(day <= period.last for day in days)
