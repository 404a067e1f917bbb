"""A pathway, what happened on it, and how somebody stood in work on a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from migrant_office.models.follow_up import Question
from migrant_office.models.missing import Missing
from migrant_office.models.pathway import order
from migrant_office.models.pathway.kinds import (
    AfterNotYet,
    Ending,
    LeftWhy,
    PathwayKind,
    Placement,
    Point,
    Result,
    Stage,
    Stays,
)
from migrant_office.models.person import Situation
from migrant_office.models.referral import DropOut
from migrant_office.models.vault.nouns import File, Home, Sensitivity, noun, projected, scalar
from migrant_office.models.work import Occupation, WorkKind

COUNTED = Sensitivity.COUNTED


@noun("milestone", Home.CASE, once=True)
class Milestone:
    """One thing that happened on a pathway, on the day it happened (`made`) and counted by the day it was written down.

    `referral` is that of its pathway, so that both lie in one document when files are joined. Only what belongs to its
    `kind` is filled: `result` and `ask` (the day to ask for a pending one); `placement` or `after`, with `leads_to` the
    pathway begun by it; `drop_out`; `formal` and `group` of a job, `stays`, `left`; `amount` of capital, in the money
    of the country; `of`, the milestone that a mistake takes back.
    """

    id: str
    pathway: str = scalar(index=True, follows=True)
    referral: str = scalar(default="", follows=True)
    kind: Stage = scalar(index=True, sensitivity=COUNTED)
    made: date = scalar()
    recorded: date = scalar(index=True, sensitivity=COUNTED)
    result: Result | None = scalar(default=None, sensitivity=COUNTED)
    ask: date | None = scalar(default=None)
    placement: Placement | None = scalar(default=None, sensitivity=COUNTED)
    after: AfterNotYet | None = scalar(default=None, sensitivity=COUNTED)
    leads_to: str = scalar(default="")
    drop_out: DropOut | None = scalar(default=None, sensitivity=COUNTED)
    formal: bool | Missing | None = scalar(default=None, sensitivity=COUNTED)
    group: Occupation | Missing | None = scalar(default=None, sensitivity=COUNTED)
    stays: Stays | None = scalar(default=None, sensitivity=COUNTED)
    left: LeftWhy | None = scalar(default=None, sensitivity=COUNTED)
    amount: int | None = scalar(default=None, sensitivity=COUNTED)
    of: str = scalar(default="")
    officer: str = scalar(default="")
    words: str = scalar(default="", column=False)

    @projected(index=False, sensitivity=COUNTED)
    def holds(self, file: File) -> bool:
        """Whether it still counts: nobody took it back, and its pathway is there and no mistake."""
        way = file.all(Pathway).get(self.pathway)
        if way is None or way.ending is Ending.MISTAKE or self.kind is Stage.MISTAKE:
            return False
        return not any(other.of == self.id for other in file.all(Milestone).values())

    @projected(index=False, sensitivity=COUNTED)
    def way(self, file: File) -> PathwayKind | None:
        """The kind of its pathway: "enrolled" means another thing on each."""
        found = file.all(Pathway).get(self.pathway)
        return found.kind if found else None


@noun("pathway", Home.CASE)
class Pathway:
    """One way of one person. `profile` is the city's code of the trade, `trade` the person's words; `centre` who
    assesses, teaches or places. `referral` is the one it came from, `parent` the milestone that led to it. Open while
    `ending` is empty; `noted` is the day its end was written down, by which it is counted.
    """

    id: str
    kind: PathwayKind = scalar(default=PathwayKind.EMPLOYMENT, index=True, sensitivity=COUNTED)
    referral: str = scalar(default="", index=True, follows=True)
    parent: str = scalar(default="", follows=True)
    service: str = scalar(default="", index=True, sensitivity=COUNTED)
    profile: str = scalar(default="", sensitivity=COUNTED)
    trade: str = scalar(default="", column=False)
    centre: str = scalar(default="", index=True)
    begun: date | None = scalar(default=None)
    recorded: date | None = scalar(default=None, index=True, sensitivity=COUNTED)
    officer: str = scalar(default="")
    ending: Ending | None = scalar(default=None, index=True, sensitivity=COUNTED)
    ended: date | None = scalar(default=None)
    noted: date | None = scalar(default=None, index=True, sensitivity=COUNTED)

    def milestones(self, file: File) -> list[Milestone]:
        """What holds, oldest first. Milestones of a pathway that was undone elsewhere are nobody's."""
        return order.in_order([m for m in file.all(Milestone).values() if m.pathway == self.id])

    def asks(self, file: File) -> Callable[[Question | None], bool]:
        """Whether a question of a follow-up has an answer to wait for, as the pathway stands."""
        spot, over = order.where(self.kind, self.milestones(file)), self.ending is not None
        return lambda question: order.asked(question, spot, over=over)

    @projected(sensitivity=COUNTED)
    def spot(self, file: File) -> str | None:
        """Where it stands: the last station, or the result."""
        return order.where(self.kind, self.milestones(file))

    @projected(index=False)
    def since(self, file: File) -> str | None:
        """Since when it stands there."""
        last = order.last_station(self.kind, self.milestones(file))
        day = last.made if last else self.begun
        return day.isoformat() if isinstance(day, date) else None

    @projected()
    def competent_on(self, file: File) -> str | None:
        """The day of the result *competente*, if that is how it ended."""
        last = order.last_result(self.milestones(file))
        if last is None or last.result is not Result.COMPETENT or not isinstance(last.made, date):
            return None
        return last.made.isoformat()

    @projected()
    def undecided(self, file: File) -> str | None:
        """The result after which nobody has said yet what comes next."""
        return order.undecided(self.milestones(file))

    @projected(index=False, sensitivity=COUNTED)
    def placement(self, file: File) -> Placement | None:
        """What was decided last about placement."""
        found = [m.placement for m in self.milestones(file) if m.placement]
        return found[-1] if found else None

    @projected()
    def ask(self, file: File) -> str | None:
        """The day to ask for a result that is pending."""
        if order.where(self.kind, self.milestones(file)) != Result.PENDING:
            return None
        last = order.last_result(self.milestones(file))
        return last.ask.isoformat() if last and isinstance(last.ask, date) else None


@noun("labour_snapshot", Home.CASE, once=True)
class LabourSnapshot:
    """How somebody stood in work on a day, so that an effect is computed and not asked in a survey ([002:757]).
    `pathway` and `milestone` say on which occasion it was told, if on one of these.
    """

    id: str
    point: Point = scalar(index=True, sensitivity=COUNTED)
    situation: Situation | Missing = scalar(sensitivity=COUNTED)
    made: date = scalar()
    recorded: date = scalar(index=True, sensitivity=COUNTED)
    work_kind: WorkKind | Missing | None = scalar(default=None, sensitivity=COUNTED)
    group: Occupation | Missing | None = scalar(default=None, sensitivity=COUNTED)
    pathway: str = scalar(default="", follows=True)
    milestone: str = scalar(default="", follows=True)
    officer: str = scalar(default="")
