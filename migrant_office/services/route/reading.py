"""The verdicts on the whole catalogue for one person, sorted by her needs, with what to ask and the stations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from migrant_office import clock
from migrant_office.models.case_file import CaseFile
from migrant_office.models.directory.hours import Hours
from migrant_office.models.eligibility.asking import Asking, askings
from migrant_office.models.eligibility.book import Effect, Rule, RuleBook
from migrant_office.models.eligibility.facts import Facts, facts_of
from migrant_office.models.eligibility.judging import ORDER, Judge, Verdict
from migrant_office.models.eligibility.library import city_rules
from migrant_office.models.eligibility.told import VerdictChange, VerdictCode
from migrant_office.models.need import NeedKind, UnmetReason
from migrant_office.models.office import Office
from migrant_office.models.reads import services as reads
from migrant_office.models.service import Service
from migrant_office.services import catalogue, people
from migrant_office.services.catalogue import ServiceLine
from migrant_office.services.route.stations import Station, stations
from migrant_office.services.route.telling import refuses_sensitive

UNKNOWN_HOURS = Hours(known=False)


@dataclass(frozen=True, slots=True)
class RouteService:
    """One service for this person: the rules' verdict, and the officer's own where one was given."""

    line: ServiceLine
    verdict: Verdict
    change: VerdictChange | None = None
    asks: tuple[Asking, ...] = ()
    hours: Hours = UNKNOWN_HOURS
    checked_by: str = ""

    @property
    def code(self) -> VerdictCode:
        """What counts: the officer's verdict before the rule's."""
        return self.change.verdict if self.change and self.change.verdict else self.verdict.code


@dataclass(frozen=True, slots=True)
class RouteNeed:
    """One need with the services that answer it, open ones first. `notes` are rules about the need itself;
    `unmet` when it was written down as one that nothing could serve.
    """

    kind: NeedKind
    services: tuple[RouteService, ...]
    notes: tuple[Rule, ...] = ()
    unmet: UnmetReason | None = None

    @property
    def likely_reason(self) -> UnmetReason:
        """Why nothing could be offered, as the verdicts suggest it."""
        codes = {service.code for service in self.services}
        if any(rule.then is Effect.NO_OFFER for rule in self.notes) or not codes:
            return UnmetReason.NO_OFFER
        if VerdictCode.MEETS in codes or VerdictCode.CONFIRM in codes:
            return UnmetReason.NO_PLACES
        return UnmetReason.MISSING_DOCUMENT if VerdictCode.MISSING in codes else UnmetReason.NOT_ELIGIBLE


@dataclass(frozen=True, slots=True)
class Route:
    """Everything the Ruta of one person shows."""

    case: CaseFile
    needs: tuple[RouteNeed, ...]
    stations: tuple[Station, ...]
    collected: date
    unprinted: frozenset[str]
    names: Mapping[str, str]

    @property
    def services(self) -> tuple[RouteService, ...]:
        """Each service once, in the order of the needs."""
        return tuple({s.line.id: s for need in self.needs for s in need.services}.values())

    def counts(self) -> dict[VerdictCode, int]:
        """How many services of each verdict."""
        found = dict.fromkeys(VerdictCode, 0)
        for service in self.services:
            found[service.code] += 1
        return found


def facts(case: CaseFile, today: date) -> Facts:
    return facts_of(case.person, today, case.papers, case.experiences, case.told_facts)


def offered(office: Office, book: RuleBook) -> list[ServiceLine]:
    """Services that may be offered: neither closed nor for anybody but persons."""
    return [line for line in catalogue.lines(office, offered_only=True) if line.id not in book.never]


def rules_of(office: Office, service: Service) -> tuple[Rule, ...]:
    """The rules of the city that speak of a service. Raises `RulesRefused` for a file with mistakes."""
    return city_rules(office.city.id).rules_of(service.id, service.area)


def verdicts(book: RuleBook, known: Facts, lines: Iterable[ServiceLine]) -> dict[str, Verdict]:
    """The verdict on every service; each rule is looked at once."""
    judge = Judge(book, known)
    return {line.id: judge.verdict(line.id, line.area) for line in lines}


def changes(case: CaseFile) -> dict[str, VerdictChange]:
    """The officer's latest verdict on each service, where it was not taken back."""
    latest: dict[str, VerdictChange] = {}
    for change in sorted(case.verdict_changes, key=lambda change: (str(change.made), change.id)):
        latest[change.service] = change
    return {service: change for service, change in latest.items() if change.verdict is not None}


def read_route(office: Office, id: str) -> Route:
    """The Ruta of a case; the look is written into the access log.

    Raises `Gone` when there is no such case, `RulesRefused` when the city's rules cannot be used.
    """
    case, book = people.read_case(office, id), city_rules(office.city.id)
    known = facts(case, clock.today())
    lines = offered(office, book)
    judged = verdicts(book, known, lines)
    own = changes(case)
    kinds = list(dict.fromkeys(need.kind for need in reversed(case.needs) if isinstance(need.kind, NeedKind)))
    areas = {kind: {area.code for area in office.city.areas if kind.value in area.needs} for kind in kinds}
    wanted = {line.id: line.area for line in lines if any(line.area in areas[kind] for kind in kinds)}
    questions = allowed(case, askings(book, known, wanted))
    checked = reads.checked_by(office.vault) if wanted else {}
    open_today = catalogue.hours_of_all(office, clock.today()) if wanted else {}

    def shown(line: ServiceLine) -> RouteService:
        asks = tuple(a for a in questions if line.id in a.services)
        opening = open_today.get(line.id, UNKNOWN_HOURS)
        return RouteService(line, judged[line.id], own.get(line.id), asks, opening, checked.get(line.id) or "")

    made = {line.id: shown(line) for line in lines if line.id in wanted}
    judge = Judge(book, known)
    needs = tuple(
        RouteNeed(
            kind, ordered(made[x.id] for x in lines if x.area in areas[kind]), notes(judge, kind), unmet(case, kind)
        )
        for kind in kinds
    )
    names = {line.id: line.name for line in lines}
    return Route(
        case,
        needs,
        stations(case, needs_papers(needs), office.city, clock.today()),
        book.collected,
        book.unprinted,
        names,
    )


def allowed(case: CaseFile, questions: tuple[Asking, ...]) -> tuple[Asking, ...]:
    """Without the sensitive ones for somebody who does not want such answers kept."""
    if not refuses_sensitive(case.consents):
        return questions
    return tuple(asking for asking in questions if not asking.sensitive)


def ordered(services: Iterable[RouteService]) -> tuple[RouteService, ...]:
    """First what is open; what does not fit comes last."""
    return tuple(sorted(services, key=lambda service: ORDER[service.code]))


def notes(judge: Judge, kind: NeedKind) -> tuple[Rule, ...]:
    """Rules that speak of a need itself and hold."""
    return tuple(r for r in judge.book.rules if kind.value in r.kinds and judge.truth(f"rule:{r.code}"))


def unmet(case: CaseFile, kind: NeedKind) -> UnmetReason | None:
    """Why nothing could be offered, as it was last written down for this need."""
    latest = next((need for need in case.needs if need.kind is kind), None)
    return latest.unmet if latest else None


def needs_papers(needs: Iterable[RouteNeed]) -> tuple[str, ...]:
    """The codes of papers that something asks for and the person does not have, each once."""
    found = (
        p.code for need in needs for s in need.services if s.code is VerdictCode.MISSING for p in s.verdict.missing
    )
    return tuple(dict.fromkeys(found))


def service_verdict(office: Office, case: CaseFile, service: Service) -> RouteService:
    """The verdict on one service, as for a referral. Raises `RulesRefused`."""
    book = city_rules(office.city.id)
    line = ServiceLine(service.id, service.name, service.owner, service.area, service.confirmed, service.closed)
    known = facts(case, clock.today())
    asks = allowed(case, askings(book, known, {line.id: line.area}))
    return RouteService(line, Judge(book, known).verdict(line.id, line.area), changes(case).get(line.id), asks)
