"""What the pathways show a supervisor: who waits and for how long, and what came of it all.

A restricted case stands in the lists by its folio alone, and neither in their rows nor in their counts for whoever has
no key of the compartment. The tables beside them count everybody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from migrant_office import clock
from migrant_office.i18n import N_
from migrant_office.models.missing import Missing
from migrant_office.models.mobility import Category
from migrant_office.models.office import Office
from migrant_office.models.pathway import order
from migrant_office.models.pathway.kinds import SUPPORTS, PathwayKind, Placement, Result, Stage, Stays
from migrant_office.models.person import Sex, Situation, full_name
from migrant_office.models.reads import pathways as reads
from migrant_office.models.referral import DropOut
from migrant_office.models.vault.cells import enum_member

MOST = 200
TARGET = frozenset({Category.MIGRANT, Category.REFUGEE, Category.ASYLUM_SEEKER})
"""The population that the programme's indicators count: in certification 149 of 169 assessed ([002:3550])."""


@dataclass(frozen=True, slots=True)
class Row:
    """One person who waits. Of a restricted case the folio alone."""

    case: str
    name: str
    number: str
    restricted: bool
    kind: PathwayKind
    centre: str
    profile: str
    since: date
    placement: Placement | None = None

    def days(self, today: date) -> int:
        return (today - self.since).days


@dataclass(frozen=True, slots=True)
class Centre:
    """How many persons wait on one centre, and since when the longest does."""

    name: str
    count: int
    oldest: date


@dataclass(frozen=True, slots=True)
class Section:
    """A list of who waits: `title` and `hint` are message ids, `days` the wait from which it is shown. `count` and
    `rows` are of the cases that may be seen.
    """

    key: str
    title: str
    hint: str
    days: int
    count: int
    rows: tuple[Row, ...]
    centres: tuple[Centre, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """What a section of a list is: its name, its hint, after how many days, and whether centres are told apart."""

    title: str
    hint: str
    days: int
    by_centre: bool = False


SECTIONS: dict[str, Kept] = {
    "unplaced": Kept(
        N_("Certified without placement"),
        N_("Competent, and neither referred nor placed since."),
        30,
    ),
    "undecided": Kept(N_("Results without a next step"), N_("Somebody must say what comes next."), 0),
    "pending": Kept(N_("Results pending"), N_("The day to ask for the result has come."), 0, by_centre=True),
    "unissued": Kept(N_("Competent, no certificate yet"), N_("The certificate is not issued."), 30, by_centre=True),
    "issued": Kept(
        N_("Certificates issued, not delivered"),
        N_("The paper is there, the person has not got it."),
        15,
        by_centre=True,
    ),
    "silent": Kept(N_("Courses without an answer"), N_("Begun, and nothing was heard since."), 60, by_centre=True),
    "staying": Kept(N_("Hired, to ask after three months"), N_("Nobody asked whether the person is still there."), 90),
}


def section(office: Office, key: str, *, days: int | None = None, limit: int = MOST) -> Section:
    """One list of who waits since `days` or longer. Raises `KeyError` for a key that is none of `SECTIONS`."""
    kept = SECTIONS[key]
    wait = kept.days if days is None else days
    until = (clock.today() - timedelta(days=wait)).isoformat()
    return Section(
        key=key,
        title=kept.title,
        hint=kept.hint,
        days=wait,
        count=reads.waiting_count(office.vault, key, until),
        rows=tuple(rows(office, key, until, limit)),
        centres=tuple(centres(office, key, until)) if kept.by_centre else (),
    )


def sections(office: Office, limit: int = MOST) -> tuple[Section, ...]:
    """Every list, in the order in which a supervisor looks at them."""
    return tuple(section(office, key, limit=limit) for key in SECTIONS)


def unplaced(office: Office, *, days: int = 30, limit: int = MOST) -> Section:
    """*Certificadas sin intermediación*: the list the evaluation asks for ([002:350], [002:1631])."""
    return section(office, "unplaced", days=days, limit=limit)


def rows(office: Office, key: str, until: str, limit: int) -> Iterable[Row]:
    for case, *parts, number, restricted, kind, centre, profile, day, placement in reads.waiting(
        office.vault, key, until, limit
    ):
        hidden = bool(restricted)
        yield Row(
            case=case,
            name="" if hidden else full_name(*parts),
            number=number,
            restricted=hidden,
            kind=enum_member(PathwayKind, kind),
            centre="" if hidden else centre,
            profile="" if hidden else profile,
            since=day_of(day),
            placement=enum_member(Placement, placement) if placement and not hidden else None,
        )


def centres(office: Office, key: str, until: str) -> Iterable[Centre]:
    for name, count, oldest in reads.by_centre(office.vault, key, until):
        yield Centre(name, count, day_of(oldest))


# tables


@dataclass(frozen=True, slots=True)
class DropOuts:
    """Persons by reason and sex; a person of two reasons stands twice."""

    cells: dict[tuple[DropOut, Sex | None], int]

    def total(self, reason: DropOut) -> int:
        return sum(n for (why, _sex), n in self.cells.items() if why is reason)


@dataclass(frozen=True, slots=True)
class Funnel:
    """Persons who reached each station of a pathway, whoever wrote the earlier ones down; `target` those of the
    programme's population, `women` those told as women.
    """

    kind: PathwayKind
    persons: dict[str, int]
    target: dict[str, int]
    women: dict[str, int]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The same persons before and after, by situation."""

    kind: PathwayKind
    cells: dict[tuple[Situation, Situation], int]

    @property
    def persons(self) -> int:
        return sum(self.cells.values())

    def before(self, situation: Situation) -> int:
        return sum(n for (was, _now), n in self.cells.items() if was is situation)

    def after(self, situation: Situation) -> int:
        return sum(n for (_was, now), n in self.cells.items() if now is situation)


@dataclass(frozen=True, slots=True)
class Supports:
    """Indicator 1.4.A: persons with at least one support, and events by kind apart ([002:3558])."""

    persons: dict[str, int]
    events: dict[str, int]


def drop_outs(office: Office, first: date, last: date) -> DropOuts:
    """Drop-outs recorded between two days, both included (P7)."""
    found: Counter[tuple[DropOut, Sex | None]] = Counter()
    for reason, sex, n in reads.drop_outs(office.vault, first.isoformat(), last.isoformat()):
        found[enum_member(DropOut, reason), sex_of(sex)] += n
    return DropOuts(dict(found))


def funnel(office: Office, kind: PathwayKind, first: date, last: date) -> Funnel:
    """Started, completed, competent, issued, delivered and so on, as separate counts of persons ([002:1003])."""
    persons: dict[str, set[str]] = {}
    women, target = set(), set()
    for doc, way, stage, result, sex, category in reads.reached(office.vault, first.isoformat(), last.isoformat()):
        if way != kind:
            continue
        for name in implied(kind, stage, result):
            persons.setdefault(name, set()).add(doc)
        women |= {doc} if sex == Sex.WOMAN else set()
        target |= {doc} if category in TARGET else set()
    return Funnel(
        kind,
        {name: len(docs) for name, docs in persons.items()},
        {name: len(docs & target) for name, docs in persons.items()},
        {name: len(docs & women) for name, docs in persons.items()},
    )


def implied(kind: PathwayKind, stage: str, result: str | None) -> tuple[str, ...]:
    """The stations that a milestone proves: a result proves the assessment, a certificate the competence. What merely
    may have gone before, such as an interview before a job, is not proved.
    """
    if kind is PathwayKind.CERTIFICATION:
        reached = [Stage.PROFILE] if stage == Stage.PROFILE else []
        proved = (Stage.ENROLLED, Stage.ASSESSED, Stage.RESULT, Stage.ISSUED, Stage.DELIVERED)
        if stage in proved:
            reached = list(proved[: proved.index(Stage(stage)) + 1])
        if stage == Stage.DELIVERED or stage == Stage.ISSUED or result == Result.COMPETENT:
            return (*reached, Result.COMPETENT)
        if stage == Stage.RESULT and result == Result.PENDING:
            return tuple(reached[:-1])
        return (*reached, *([Stage.ENROLLED] if stage == Stage.DROPPED_OUT else []), *([result] if result else []))
    if kind is PathwayKind.ENTREPRENEURSHIP:
        course = (Stage.ENROLLED, Stage.COMPLETED, Stage.COURSE_CERTIFICATE)
        if stage in course:
            return course[: course.index(Stage(stage)) + 1]
        return (Stage.ENROLLED, stage) if stage == Stage.DROPPED_OUT else (stage,)
    return (stage,)


def supports(office: Office, first: date, last: date) -> Supports:
    """Business supports recorded between two days."""
    persons: set[str] = set()
    for doc, way, stage, _result, _sex, _category in reads.reached(office.vault, first.isoformat(), last.isoformat()):
        if way == PathwayKind.ENTREPRENEURSHIP and stage in set(SUPPORTS):
            persons.add(doc)
    by_kind: Counter[str] = Counter()
    by_sex: Counter[str] = Counter()
    for kind, _sex, many, events in reads.supports(office.vault, first.isoformat(), last.isoformat()):
        if kind in set(SUPPORTS):
            by_kind[SUPPORTS[Stage(kind)]] += events
            by_sex[SUPPORTS[Stage(kind)]] += many
    return Supports({"any": len(persons), **by_sex}, dict(by_kind))


def before_and_after(office: Office, kind: PathwayKind) -> Matrix:
    """The effect, computed: persons by situation before the pathway and after, the same persons both times (P34)."""
    found: Counter[tuple[Situation, Situation]] = Counter()
    codes = set(Situation)
    for _doc, before, after in reads.before_and_after(office.vault, kind):
        if before in codes and after in codes:
            found[Situation(before), Situation(after)] += 1
    return Matrix(kind, dict(found))


def stays(office: Office, first: date, last: date) -> dict[Stays, int]:
    """Persons hired by what was known after three months, by the day it was recorded."""
    found: Counter[Stays] = Counter()
    for told, _sex, n in reads.stays(office.vault, first.isoformat(), last.isoformat()):
        if told in set(Stays):
            found[Stays(told)] += n
    return dict(found)


def day_of(text: str) -> date:
    """A day of a table; today for a damaged one, so that nobody seems to wait for ever."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return clock.today()


def sex_of(code: str) -> Sex | None:
    return None if code in set(Missing) else enum_member(Sex, code)


LINES = {kind: tuple(dict.fromkeys(map(str, order.offered(kind)))) for kind in PathwayKind}
"""The stations of each funnel in order; for tables."""
