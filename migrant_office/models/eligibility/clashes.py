"""Rules that contradict themselves or one another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from migrant_office.i18n import N_
from migrant_office.models.eligibility.book import Effect, Rule, RuleBook
from migrant_office.models.eligibility.conditions import impossible, meaning
from migrant_office.models.eligibility.fields import DOCUMENT, Kind, document

Found = tuple[str, str, dict[str, object]]  # where, what, and what fills it


def never_true(book: RuleBook) -> Iterator[Found]:
    """Conditions that nobody can meet."""

    def codes(name: str) -> frozenset[str] | None:
        field = document(name.removeprefix(DOCUMENT)) if name.startswith(DOCUMENT) else book.field(name)
        if field is None or not field.codes:
            return None
        return frozenset() if field.kind is Kind.SET else frozenset(field.codes)

    placed = [(f"[[rules]] {rule.code}", rule.when) for rule in book.rules]
    placed += [(f"[[papers]] {paper.code}", paper.held) for paper in book.papers.values()]
    placed += [(f"[[questions]] {n}", q.applies_to) for n, q in book.questions.items() if q.applies_to is not None]
    for where, condition in placed:
        if lines := impossible(condition, codes):
            one, other = lines
            yield where, N_("nobody can meet both “{one}” and “{other}”"), {"one": one, "other": other}


def clashes(book: RuleBook) -> Iterator[Found]:
    """Two strong rules that say the opposite of the same service under the same conditions."""
    sides = {Effect.MEETS, Effect.NOT_MET}
    says = [(rule, meaning(rule.when)) for rule in book.rules if not rule.weak and rule.then in sides]
    for (one, first), (other, second) in combinations(says, 2):
        if one.then is not other.then and first == second and (shared := shared_service(one, other)):
            yield (
                f"[[rules]] {other.code}",
                N_("it says the opposite of “{rule}” on “{service}” under the same conditions"),
                {"rule": one.code, "service": shared},
            )


def shared_service(one: Rule, other: Rule) -> str:
    """A service or an area of which both speak."""
    return min({*one.services, *one.areas} & {*other.services, *other.areas}, default="")
