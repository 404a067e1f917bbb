"""The verdict on a service, from what is known of a person and nothing else.

Strict in both directions: *meets* only when nothing unknown could still say no, *does not meet* only when nothing
unknown could still say yes. More knowledge never turns one of the two into the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from migrant_office.models.eligibility.book import Effect, Paper, Rule, RuleBook
from migrant_office.models.eligibility.conditions import Known
from migrant_office.models.eligibility.facts import Facts, Value
from migrant_office.models.eligibility.fields import NO
from migrant_office.models.eligibility.told import VerdictCode
from migrant_office.models.eligibility.truth import Truth

ORDER = {VerdictCode.MEETS: 0, VerdictCode.MISSING: 1, VerdictCode.CONFIRM: 2, VerdictCode.NOT_MET: 3}
"""Inside a need: open first, does not meet last."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules say. `rule` gives the reason; `missing` are papers the person does not have, `unknown` those of
    which nobody knows; `open` rules that an answer would settle. `clash`: two strong rules say the opposite.
    """

    code: VerdictCode
    rule: Rule | None = None
    missing: tuple[Paper, ...] = ()
    unknown: tuple[Paper, ...] = ()
    open: tuple[Rule, ...] = ()
    clash: bool = False


@dataclass(slots=True)
class _Sides:
    """The rules of a service by what they say now."""

    ways: list[Rule] = field(default_factory=list)
    ways_open: list[Rule] = field(default_factory=list)
    nots: list[Rule] = field(default_factory=list)
    nots_open: list[Rule] = field(default_factory=list)
    doubts: list[Rule] = field(default_factory=list)


class Judge:
    """Judges many services for one person; each rule and paper is looked at once."""

    def __init__(self, book: RuleBook, facts: Facts) -> None:
        self.book, self.known = book, settled(book, facts.known)
        self._truths: dict[str, Truth] = {}

    def truth(self, name: str) -> Truth:
        if name not in self._truths:
            self._truths[name] = self.book.tests[name](self.known)
        return self._truths[name]

    def verdict(self, service: str, area: str = "") -> Verdict:
        """Without a rule it is to be confirmed with the institution."""
        return self.of(self.book.rules_of(service, area))

    def of(self, rules: Iterable[Rule]) -> Verdict:
        sides = self._sides(rules)
        still_open = tuple(sides.ways_open + sides.nots_open)
        if sides.nots and not sides.ways and not sides.ways_open:
            return Verdict(VerdictCode.NOT_MET, sides.nots[0])
        if sides.nots:
            shown = (sides.ways or sides.ways_open)[0]
            return Verdict(VerdictCode.CONFIRM, shown, open=still_open, clash=bool(sides.ways))
        if not sides.ways:
            reason = (*sides.doubts, *still_open)
            missing, unknown = self._papers(still_open[0]) if still_open and not sides.doubts else ((), ())
            return Verdict(VerdictCode.CONFIRM, reason[0] if reason else None, missing, unknown, still_open)
        if sides.nots_open or sides.doubts:
            return self._held_back(sides, still_open)
        return self._by_papers(sides.ways, tuple(sides.ways_open))

    def _held_back(self, sides: _Sides, still_open: tuple[Rule, ...]) -> Verdict:
        """One rule says yes and another perhaps no: the other's words come first."""
        missing, unknown = self._papers(sides.ways[0])
        return Verdict(VerdictCode.CONFIRM, (*sides.doubts, *sides.nots_open)[0], missing, unknown, still_open)

    def _by_papers(self, ways: list[Rule], still_open: tuple[Rule, ...]) -> Verdict:
        """The best of the rules that say yes; a weak one counts only where no strong one says it."""
        found = []
        for rule in [way for way in ways if not way.weak] or ways:
            missing, unknown = self._papers(rule)
            code = VerdictCode.MISSING if missing else VerdictCode.CONFIRM if unknown else VerdictCode.MEETS
            found.append(Verdict(code, rule, missing, unknown, still_open))
        return min(found, key=lambda verdict: ORDER[verdict.code])

    def _sides(self, rules: Iterable[Rule]) -> _Sides:
        sides = _Sides()
        for rule in rules:
            truth = self.truth(f"rule:{rule.code}")
            if rule.then is Effect.MEETS:
                self._sort_way(sides, rule, truth)
            elif rule.then is Effect.CONFIRM or rule.weak:
                if truth:
                    sides.doubts.append(rule)
            elif truth is not False:
                (sides.nots if truth else sides.nots_open).append(rule)
        return sides

    @staticmethod
    def _sort_way(sides: _Sides, rule: Rule, truth: Truth) -> None:
        if truth:
            sides.ways.append(rule)
        elif truth is None:
            sides.ways_open.append(rule)
        elif rule.only:
            (sides.doubts if rule.weak else sides.nots).append(rule)

    def _papers(self, rule: Rule) -> tuple[tuple[Paper, ...], tuple[Paper, ...]]:
        """Papers that the person lacks, and those of which nobody knows."""
        papers = [(self.book.papers[code], self.truth(f"paper:{code}")) for code in rule.needs]
        lacking = tuple(paper for paper, truth in papers if truth is False)
        return lacking, tuple(paper for paper, truth in papers if truth is None)


def settled(book: RuleBook, known: Known) -> dict[str, Value]:
    """The known facts, and no for questions that are not for this person."""
    found = dict(known)
    for name, question in book.questions.items():
        if question.applies_to is not None and name not in found and book.tests[f"for:{name}"](known) is False:
            found[name] = NO
    return found
