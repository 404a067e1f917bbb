"""The rules of a city as values: rules, the papers they ask for, the questions that settle them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from math import inf

from migrant_office.i18n import N_
from migrant_office.models.coded import Coded
from migrant_office.models.eligibility.conditions import All, Condition, OneOf, Test, leaves
from migrant_office.models.eligibility.fields import FIELDS, Field
from migrant_office.models.spoken import Spoken

ALWAYS = All()


class Strength(Coded):
    """How much weight the source of a rule has. A weak one never says no: the office asks the institution first."""

    OFFICIAL = "official", N_("Official page")
    LAW = "law", N_("Law")
    NGO = "ngo", N_("Organisation's page")
    PRESS = "press", N_("Press")
    SEED = "seed", N_("Programme evaluation")
    OURS = "ours", N_("Rule of this office")


WEAK = frozenset({Strength.PRESS, Strength.SEED})


class Effect(Coded):
    """What follows when the conditions of a rule hold."""

    MEETS = "meets", N_("Meets the conditions")
    NOT_MET = "not_met", N_("Does not meet")
    CONFIRM = "confirm", N_("To be confirmed")
    NO_OFFER = "no_offer", N_("There is no such service")


@dataclass(frozen=True, slots=True)
class Paper:
    """Something a service asks for. `held` says when the person has it; `how` how to get it, `service` who gives it."""

    code: str
    words: Spoken
    held: Condition
    how: Spoken | None = None
    service: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a question of the office's own."""

    code: str
    words: Spoken


@dataclass(frozen=True, slots=True)
class Question:
    """How a fact is asked. `applies_to`: for whom; for anybody else the answer is no. `sensitive` ones are asked only
    when the answer alone would change a verdict.
    """

    field: Field
    words: Spoken
    sensitive: bool = False
    applies_to: Condition | None = None
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """If `when`, then `then`, with the papers in `needs`. It speaks of services, of areas, or of needs (`kinds`).

    `only`: these are the service's conditions, so that whoever does not meet them does not meet the service's. `dated`
    is the source's visible date, "" when it shows none; `confirmed` the day on which the office asked the institution.
    """

    code: str
    then: Effect
    words: Spoken
    source: str
    dated: str
    strength: Strength
    services: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    when: Condition = ALWAYS
    needs: tuple[str, ...] = ()
    only: bool = False
    number: int = 0
    confirmed: date | None = None
    advice: Spoken | None = None

    @property
    def weak(self) -> bool:
        """Whether a no of this rule counts as *to be confirmed* only."""
        return self.strength in WEAK and self.confirmed is None


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Everything a city's rules file says. `collected`: when its sources were read. `never` are services that are not
    offered, `unprinted` those that stand on no paper: what they are about must not be found on somebody;
    `unprinted_papers` are codes of documents of which the same holds.
    """

    collected: date
    rules: tuple[Rule, ...]
    papers: Mapping[str, Paper]
    questions: Mapping[str, Question]
    never: frozenset[str] = frozenset()
    unprinted: frozenset[str] = frozenset()
    tests: Mapping[str, Test] = field(default_factory=dict, repr=False)
    """The conditions of rules (`rule:code`) and papers (`paper:code`) as closures, made once."""
    reads: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False)
    """The facts that each rule looks at, its papers' among them."""
    limits: Mapping[tuple[str, str], frozenset[float]] = field(default_factory=dict, repr=False)
    named: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict, repr=False)
    """The numbers and codes with which a rule (by code) compares a fact."""
    by_service: Mapping[str, tuple[Rule, ...]] = field(default_factory=dict, repr=False)
    by_area: Mapping[str, tuple[Rule, ...]] = field(default_factory=dict, repr=False)
    unprinted_papers: frozenset[str] = frozenset()

    def rules_of(self, service: str, area: str) -> tuple[Rule, ...]:
        """The rules that speak of a service: its own first, then those of its area."""
        return self.by_service.get(service, ()) + self.by_area.get(area, ())

    def field(self, name: str) -> Field | None:
        own = self.questions.get(name)
        return FIELDS.get(name) or (own.field if own else None)


def bound(
    collected: date,
    rules: tuple[Rule, ...],
    papers: Mapping[str, Paper],
    questions: Mapping[str, Question],
    never: frozenset[str],
    unprinted: frozenset[str],
) -> RuleBook:
    """A book with everything compiled."""
    tests = {f"rule:{rule.code}": rule.when.test() for rule in rules}
    tests |= {f"paper:{paper.code}": paper.held.test() for paper in papers.values()}
    asks = {q.field.name: q.applies_to for q in questions.values() if q.applies_to}
    tests |= {f"for:{name}": condition.test() for name, condition in asks.items()}
    reads: dict[str, frozenset[str]] = {}
    limits: dict[tuple[str, str], frozenset[float]] = {}
    named: dict[tuple[str, str], frozenset[str]] = {}
    for rule in rules:
        parts = [*leaves(rule.when), *(leaf for code in rule.needs for leaf in leaves(papers[code].held))]
        parts += [leaf for part in tuple(parts) if part.fact in asks for leaf in leaves(asks[part.fact])]
        reads[rule.code] = frozenset(leaf.fact for leaf in parts)
        for leaf in parts:
            at = rule.code, leaf.fact
            if isinstance(leaf, OneOf):
                named[at] = named.get(at, frozenset()) | leaf.values
            else:
                limits[at] = limits.get(at, frozenset()) | ({leaf.least, leaf.under} - {-inf, inf})
    by_service: dict[str, tuple[Rule, ...]] = {}
    by_area: dict[str, tuple[Rule, ...]] = {}
    for rule in rules:
        for code in rule.services:
            by_service[code] = (*by_service.get(code, ()), rule)
        for code in rule.areas:
            by_area[code] = (*by_area.get(code, ()), rule)
    return RuleBook(
        collected, rules, papers, questions, never, unprinted, tests, reads, limits, named, by_service, by_area
    )
