"""The queue of a day: tickets with a number that can be called aloud, and what happened to each.

A ticket has no name of its own: it leads to a case, or to nobody known. Of days gone by only the minutes that people
waited are read.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from migrant_office.i18n import N_
from migrant_office.models.coded import Coded
from migrant_office.models.need import NeedKind
from migrant_office.models.person import Language
from migrant_office.models.vault.nouns import File, Home, Sensitivity, flags, noun, projected, scalar

COUNTED, SENSITIVE = Sensitivity.COUNTED, Sensitivity.SENSITIVE
LETTERS = "ABCDEFGHJKLMNPRSTUWXYZ"
"""Of the machines that give numbers. Without I, O and Q, which are read as figures, and V, which sounds like B."""
CALLS_BEFORE_NO_SHOW = 2  # who did not hear the first call is called again before being given up


class TicketState(Coded):
    WAITING = "waiting", N_("Waiting")
    CALLED = "called", N_("Called")
    SERVED = "served", N_("Being attended")
    DONE = "done", N_("Attended")
    LEFT = "left", N_("Left")
    NO_SHOW = "no_show", N_("Did not come")


OPEN = frozenset({TicketState.WAITING, TicketState.CALLED, TicketState.SERVED})
NEXT: dict[TicketState, frozenset[TicketState]] = {
    TicketState.WAITING: frozenset({TicketState.CALLED, TicketState.LEFT}),
    TicketState.CALLED: frozenset(
        # called again; there; not there, and waits on; gone; given up
        {TicketState.CALLED, TicketState.SERVED, TicketState.WAITING, TicketState.LEFT, TicketState.NO_SHOW}
    ),
    TicketState.SERVED: frozenset({TicketState.DONE, TicketState.WAITING, TicketState.LEFT}),
    TicketState.DONE: frozenset(),
    TicketState.LEFT: frozenset({TicketState.WAITING}),  # who comes back keeps the number
    TicketState.NO_SHOW: frozenset({TicketState.WAITING}),
}
"""What may follow each state."""


class TicketKind(Coded):
    WALK_IN = "walk_in", N_("Without an appointment")
    RESERVED = "reserved", N_("With an appointment")


class Priority(Coded):
    """Why somebody is attended first. On screen it is one icon for all of them: the room need not read why."""

    PREGNANT = "pregnant", N_("Pregnant")
    CHILDREN = "children", N_("With small children")
    OLDER = "older", N_("Older person")
    DISABILITY = "disability", N_("Disability or illness")


def may_follow(state: TicketState, wanted: TicketState, calls: int) -> bool:
    """Whether a step may follow; giving somebody up also asks for `CALLS_BEFORE_NO_SHOW` calls."""
    if wanted is TicketState.NO_SHOW and calls < CALLS_BEFORE_NO_SHOW:
        return False
    return wanted in NEXT.get(state, frozenset())


@noun("ticket", Home.TICKET)
class Ticket:
    """One number. `number` is a letter of the machine and its count of the day, as it is called aloud ("B 07").

    `case` is the expediente, "" while nobody knows who it is; `appointment` the one that a reserved ticket is for, and
    `hour` its hour. `taken` is a moment in UTC.
    """

    id: str
    day: date | None = scalar(default=None, index=True, sensitivity=COUNTED)
    number: str = scalar(default="")
    taken: datetime | None = scalar(default=None)
    kind: TicketKind = scalar(default=TicketKind.WALK_IN, sensitivity=COUNTED)
    case: str = scalar(default="", index=True)
    appointment: str = scalar(default="")
    hour: datetime | None = scalar(default=None)
    wanted: str = scalar(default="")  # the officer a reserved ticket waits for, "" for any
    need: NeedKind | None = scalar(default=None, sensitivity=COUNTED)
    language: Language | None = scalar(default=None, sensitivity=COUNTED)
    interpreter: bool = scalar(default=False)
    priority: frozenset[Priority] = flags(default=frozenset(), sensitivity=SENSITIVE)

    def steps(self, file: File) -> list[TicketStep]:
        """The moves that the table allows, oldest first. Two machines may each have moved one ticket without hearing
        of the other: a move that could not follow any more is kept and counts for nothing.
        """
        return allowed(file.all(TicketStep).values())

    @projected(sensitivity=COUNTED)
    def state(self, file: File) -> TicketState:
        steps = self.steps(file)
        return steps[-1].state if steps else TicketState.WAITING

    @projected(index=False)
    def calls(self, file: File) -> int:
        return calls_in(self.steps(file))

    @projected(index=False)
    def since(self, file: File) -> str | None:
        """Since when it is in its state, an ISO moment."""
        steps = self.steps(file)
        moment = steps[-1].at if steps else self.taken
        return moment.isoformat() if isinstance(moment, datetime) else None

    @projected(index=False)
    def officer(self, file: File) -> str:
        """Who called it last."""
        steps = self.steps(file)
        return steps[-1].officer if steps and steps[-1].state is not TicketState.WAITING else ""

    @projected(index=False)
    def desk(self, file: File) -> str:
        steps = self.steps(file)
        return steps[-1].desk if steps and steps[-1].state is not TicketState.WAITING else ""

    @projected(index=False, sensitivity=COUNTED)
    def waited(self, file: File) -> int | None:
        """Minutes from taking the number to being attended; none for who was not."""
        served = next((s.at for s in self.steps(file) if s.state is TicketState.SERVED), None)
        if not isinstance(served, datetime) or not isinstance(self.taken, datetime):
            return None
        return max(0, int((served - self.taken).total_seconds() // 60))


@noun("ticket_step", Home.TICKET, once=True)
class TicketStep:
    """One thing that happened to a ticket, at a moment in UTC."""

    id: str
    state: TicketState = scalar()
    at: datetime = scalar()
    officer: str = scalar(default="")
    desk: str = scalar(default="")


def allowed(steps: Iterable[TicketStep]) -> list[TicketStep]:
    """Of all moves those that could follow one another, in their order in time."""
    found: list[TicketStep] = []
    state = TicketState.WAITING
    for step in sorted(steps, key=lambda step: (str(step.at), step.id)):  # as text: a damaged moment is one
        if may_follow(state, step.state, calls_in(found)):
            found.append(step)
            state = step.state
    return found


def calls_in(steps: Iterable[TicketStep]) -> int:
    return sum(step.state is TicketState.CALLED for step in steps)


def letter(place: int) -> str:
    """The letter of a machine by its place among those of the office; beyond the alphabet, two letters."""
    more, own = divmod(place, len(LETTERS))
    return (letter(more - 1) if more else "") + LETTERS[own]


def number_of(place: int, count: int) -> str:
    """How a number is written and called: `B 07`."""
    return f"{letter(place)} {count:02d}"
