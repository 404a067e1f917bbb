"""What the answers say of a month or a year: exact, for management; every share with what it is a share of.

Satisfied are the top two of the scale over the valid answers; whoever was asked and gave none is shown beside it
(indicators 1.2.D, 1.2.E, 1.4.B). Knowledge improved when more was right after a session than before (2.2.a to 2.2.c).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from migrant_office.models.forms.form import Form, Question
from migrant_office.models.missing import Missing
from migrant_office.models.office import Office
from migrant_office.models.person import age_on
from migrant_office.models.reads import surveys as reads
from migrant_office.models.survey import SATISFIED, Answered, Scale, SurveyKind, Topic
from migrant_office.models.vault import access
from migrant_office.services.office_forms import in_use

UNKNOWN = Missing.NOT_ASKED.value
UNDER_30, UP_TO_60, OVER_60 = "lt_30", "from_30_to_60", "gt_60"  # the bands of the evaluation ([002:3178])
MOST_NATIONALITIES = 5  # the others are one group
OTHERS = "other"
VALID = frozenset(scale.value for scale in Scale)
INSTRUMENTS = (SurveyKind.CERTIFICATION, SurveyKind.ENTREPRENEURSHIP, SurveyKind.EMPLOYMENT)


@dataclass(frozen=True, slots=True)
class Satisfied:
    """A group of people, by `by` ("", "area", "sex", "age", "nationality") and its code. Each counts once for each kind
    of service, with the last that was said.
    """

    by: str
    code: str
    satisfied: int
    valid: int
    silent: int
    not_reached: int

    @property
    def asked(self) -> int:
        return self.valid + self.silent + self.not_reached

    @property
    def share(self) -> int | None:
        """Of the valid answers, in percent; None without any."""
        return percent(self.satisfied, self.valid)


@dataclass(frozen=True, slots=True)
class Improved:
    """Of a topic and a sex ("" for everybody): people asked before and after, and those who knew more after."""

    topic: Topic
    sex: str
    improved: int
    both: int
    once: int


@dataclass(frozen=True, slots=True)
class Line:
    code: str
    words: str
    people: int


@dataclass(frozen=True, slots=True)
class Summary:
    """One question: how many were asked it, of how many who answered the survey, and each answer with its people.

    Somebody who chose several stands in several lines, so they may sum to more than those asked.
    """

    question: str
    label: str
    asked: int
    answered: int
    lines: tuple[Line, ...]

    def people(self, *codes: str) -> int:
        """Those lines together; of a question with one answer only."""
        return sum(line.people for line in self.lines if line.code in codes)


@dataclass(frozen=True, slots=True)
class Response:
    """How many answered a kind of survey, of all who were asked; who was tried several times counts once."""

    kind: SurveyKind
    answered: int
    refused: int
    not_reached: int

    @property
    def asked(self) -> int:
        return self.answered + self.refused + self.not_reached


@dataclass(frozen=True, slots=True)
class Results:
    """Everything of a period, both days included."""

    first: date
    last: date
    satisfied: tuple[Satisfied, ...]
    improved: tuple[Improved, ...]
    responses: tuple[Response, ...]
    summaries: Mapping[SurveyKind, tuple[Summary, ...]]
    respondents: Mapping[SurveyKind, Mapping[str, Mapping[str, int]]]

    @property
    def is_empty(self) -> bool:
        return not self.responses and not self.improved

    def of(self, by: str) -> tuple[Satisfied, ...]:
        return tuple(one for one in self.satisfied if one.by == by)


class Asked(NamedTuple):
    """A row of `reads.asked`."""

    person: str
    kind: str
    about: str
    part: str
    answered: str
    area: str | None
    scale: str | None
    day: str
    sex: str
    birth: str | None
    nationality: str
    schooling: str
    language: str

    @property
    def is_valid(self) -> bool:
        return self.scale in VALID


def percent(part: int, whole: int) -> int | None:
    """Rounded half up, as the evaluation prints: 79.49 is 79 and 2.5 is 3."""
    return (200 * part + whole) // (2 * whole) if whole else None


def results(office: Office, first: date, last: date, lang: str = "es") -> Results:
    """Exact figures of a period for management; the look is logged. Labels are those of the forms in use."""
    access.note(office.vault, "counts", f"surveys {first} {last}")
    days = first.isoformat(), last.isoformat()
    rows = [Asked(*row) for row in reads.asked(office.vault, *days)]
    return Results(
        first=first,
        last=last,
        satisfied=tuple(satisfied(row for row in rows if row.kind == SurveyKind.SATISFACTION)),
        improved=tuple(improved(reads.checks(office.vault, *days))),
        responses=tuple(responses(rows)),
        summaries={kind: summaries(office, kind, days, lang) for kind in INSTRUMENTS},
        respondents={kind: respondents(rows, kind) for kind in INSTRUMENTS},
    )


# satisfaction


def satisfied(rows: Iterable[Asked]) -> Iterator[Satisfied]:
    """All together, and by kind of service, sex, age and nationality."""
    last: dict[tuple[str, str | None], Asked] = {}
    for row in rows:  # oldest first: a valid answer is replaced by nothing but a later one
        key = (row.person, row.area)
        if key not in last or rank(row) >= rank(last[key]):
            last[key] = row
    found = list(last.values())
    yield group_of("", "", found)
    common = nationalities(found)
    for by in ("area", "sex", "age", "nationality"):
        parts: dict[str, list[Asked]] = defaultdict(list)
        for row in found:
            parts[code_of(row, by, common)].append(row)
        yield from (group_of(by, code, parts[code]) for code in sorted(parts))


def rank(row: Asked) -> int:
    """A valid answer before silence, silence before nobody there."""
    return 2 if row.is_valid else int(row.answered != Answered.NOT_REACHED)


def group_of(by: str, code: str, rows: list[Asked]) -> Satisfied:
    valid = [row for row in rows if row.is_valid]
    gone = sum(rank(row) == 0 for row in rows)
    happy = sum(row.scale in SATISFIED for row in valid)
    return Satisfied(by, code, happy, len(valid), len(rows) - len(valid) - gone, gone)


def code_of(row: Asked, by: str, common: frozenset[str]) -> str:
    if by == "age":
        return band(row.birth, row.day)
    code = str(getattr(row, by) or UNKNOWN)
    return code if by != "nationality" or code in common or code.startswith("?") else OTHERS


def nationalities(rows: Iterable[Asked]) -> frozenset[str]:
    """The most frequent, which stand by themselves."""
    told = Counter(row.nationality for row in rows if row.nationality and not row.nationality.startswith("?"))
    return frozenset(code for code, _n in sorted(told.items(), key=lambda one: (-one[1], one[0]))[:MOST_NATIONALITIES])


def band(birth: str | None, day: str) -> str:
    """The age on a day in the evaluation's bands."""
    try:
        age = age_on(date.fromisoformat(birth or ""), date.fromisoformat(day))
    except ValueError:
        return UNKNOWN
    if age is None:
        return UNKNOWN
    return UNDER_30 if age < 30 else UP_TO_60 if age <= 60 else OVER_60


# knowledge


def improved(rows: Iterable[tuple[Any, ...]]) -> Iterator[Improved]:
    """Each person once for each topic: improved in any session, else asked twice in any, else once."""
    best: dict[tuple[str, str], tuple[int, str]] = {}
    for person, topic, pre, post, sex in rows:
        both = isinstance(pre, int) and isinstance(post, int)
        step = (2 if post > pre else 1) if both else 0
        best[topic, person] = max(best.get((topic, person), (-1, "")), (step, sex))
    for topic in Topic:
        told = [step for (of, _person), step in best.items() if of == topic]
        for sex in ("", *sorted({sex for _step, sex in told})) if told else ():
            steps = [step for step, of in told if sex in ("", of)]
            yield Improved(topic, sex, steps.count(2), steps.count(2) + steps.count(1), steps.count(0))


# the instruments


def responses(rows: list[Asked]) -> Iterator[Response]:
    """By kind: of several tries the one that was answered, else the one that was refused."""
    order = (Answered.NOT_REACHED, Answered.REFUSED, Answered.ANSWERED)
    best: dict[tuple[str, ...], Answered] = {}
    for row in rows:
        key, now = (row.kind, row.person, row.about, row.part), Answered(row.answered)
        best[key] = max(best.get(key, now), now, key=order.index)
    for kind in SurveyKind:
        told = Counter(answered for key, answered in best.items() if key[0] == kind)
        if told:
            yield Response(kind, told[Answered.ANSWERED], told[Answered.REFUSED], told[Answered.NOT_REACHED])


def summaries(office: Office, kind: SurveyKind, days: tuple[str, str], lang: str) -> tuple[Summary, ...]:
    """Every question of the form in use that has answers, in the order of the form; what no form asks any more last."""
    given: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    people: set[str] = set()
    for person, question, value in reads.answers(office.vault, kind, *days):
        people.add(person)
        for code in value.split() or [""]:
            given[question][code].add(person)
    form = in_use(office, f"survey_{kind}")
    asked = {q.name: q for q in form.root.questions()} if form else {}
    order = [name for name in asked if name in given] + sorted(given.keys() - asked.keys())
    return tuple(summary(name, given[name], asked.get(name), form, len(people), lang) for name in order)


def summary(
    name: str, given: Mapping[str, set[str]], question: Question | None, form: Form | None, people: int, lang: str
) -> Summary:
    listed = form.lists.get(question.list_name) if form and question else None
    words = {choice.value: choice.label.get(lang) for choice in listed.choices} if listed else {}
    order = [code for code in words if code in given] + sorted(given.keys() - words.keys())
    lines = tuple(Line(code, words.get(code, ""), len(given[code])) for code in order)
    label = question.label.get(lang) if question else name
    return Summary(name, label, len(set().union(*given.values())), people, lines)


def respondents(rows: list[Asked], kind: SurveyKind) -> dict[str, dict[str, int]]:
    """Who answered, by what the case files say of them: sex, age, schooling, nationality, language."""
    mine = {row.person: row for row in rows if row.kind == kind and row.answered == Answered.ANSWERED}
    found: dict[str, dict[str, int]] = {}
    for by in ("sex", "age", "schooling", "nationality", "language"):
        every = frozenset(row.nationality for row in mine.values())
        found[by] = dict(sorted(Counter(code_of(row, by, every) for row in mine.values()).items()))
    return found
