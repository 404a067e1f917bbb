"""Questions worth asking: those whose answer would change a verdict, found by trying every answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from migrant_office.models.eligibility.book import Question, Rule, RuleBook
from migrant_office.models.eligibility.facts import Facts, Value
from migrant_office.models.eligibility.fields import DOCUMENT, Field, Kind, document
from migrant_office.models.eligibility.judging import Judge, Verdict
from migrant_office.models.eligibility.told import VerdictCode

MOST_TOGETHER = 400  # combinations of answers looked at for one service


@dataclass(frozen=True, slots=True)
class Asking:
    """A question and the services on which the verdict would change; `question` None for a paper, which is asked for
    by its own name.
    """

    field: Field
    question: Question | None
    services: frozenset[str]

    @property
    def sensitive(self) -> bool:
        return self.question is not None and self.question.sensitive


def askings(book: RuleBook, facts: Facts, services: Mapping[str, str]) -> tuple[Asking, ...]:
    """What to ask for these services (code → area), the question that changes most verdicts first.

    Alone or together: a rule may need two answers. A sensitive question is among them only where its answer alone
    changes a verdict; one that was asked and not answered is not asked again.
    """
    judge = Judge(book, facts)
    found: dict[str, set[str]] = {}
    for rules, codes in grouped(book, services).items():
        for name in telling(book, facts, judge, rules):
            found.setdefault(name, set()).update(codes)
    made = [Asking(field_of(book, name), book.questions.get(name), frozenset(on)) for name, on in found.items()]
    return tuple(sorted(made, key=lambda a: (a.sensitive, -len(a.services), a.field.name)))


def grouped(book: RuleBook, services: Mapping[str, str]) -> dict[tuple[Rule, ...], list[str]]:
    """The services that the same rules speak of, together: they are tried once."""
    found: dict[tuple[Rule, ...], list[str]] = {}
    for code, area in services.items():
        if rules := book.rules_of(code, area):
            found.setdefault(rules, []).append(code)
    return found


def telling(book: RuleBook, facts: Facts, judge: Judge, rules: Sequence[Rule]) -> set[str]:
    """The facts whose answer would change the verdict of these rules."""
    names = sorted(unknown_in(book, facts, judge, rules))
    answers = {name: answers_of(book, name, rules) for name in names}
    now = judge.of(rules).code
    alone = {name for name in names if any(code is not now for code in tried(judge, rules, [name], answers))}
    plain = [name for name in names if not is_sensitive(book, name)]
    return alone | together(judge, rules, plain, answers)


def together(judge: Judge, rules: Sequence[Rule], names: list[str], answers: Mapping[str, list[Value]]) -> set[str]:
    """The facts that change the verdict for some answers to the others."""
    count = 1
    kept = []
    for name in names:
        if count * len(answers[name]) <= MOST_TOGETHER:
            kept.append(name)
            count *= len(answers[name])
    if len(kept) < 2:
        return set()
    combinations = list(product(*(answers[name] for name in kept)))
    codes = dict(zip(combinations, tried(judge, rules, kept, answers), strict=True))
    found = set()
    for at, name in enumerate(kept):
        others: dict[tuple[Value, ...], set[VerdictCode]] = {}
        for combination, code in codes.items():
            others.setdefault(combination[:at] + combination[at + 1 :], set()).add(code)
        if any(len(each) > 1 for each in others.values()):
            found.add(name)
    return found


def tried(
    judge: Judge, rules: Sequence[Rule], names: Sequence[str], answers: Mapping[str, list[Value]]
) -> list[VerdictCode]:
    """The verdict for every combination of answers, in the order of `itertools.product`."""
    found = []
    for combination in product(*(answers[name] for name in names)):
        known = {**judge.known, **dict(zip(names, combination, strict=True))}
        found.append(Judge(judge.book, Facts(known)).of(rules).code)
    return found


def unknown_in(book: RuleBook, facts: Facts, judge: Judge, rules: Iterable[Rule]) -> set[str]:
    """Facts that these rules look at, that nobody knows, and that may be asked."""
    names = {name for rule in rules for name in book.reads[rule.code]}
    return {
        name
        for name in names - judge.known.keys() - facts.unanswered.keys()
        if (name in book.questions or name.startswith(DOCUMENT)) and is_for(book, judge, name)
    }


def is_for(book: RuleBook, judge: Judge, name: str) -> bool:
    """Whether a question is for this person; one that is not known to be is not asked."""
    question = book.questions.get(name)
    return question is None or question.applies_to is None or book.tests[f"for:{name}"](judge.known) is True


def is_sensitive(book: RuleBook, name: str) -> bool:
    return name in book.questions and book.questions[name].sensitive


def field_of(book: RuleBook, name: str) -> Field:
    found = book.field(name)
    return found if found is not None else document(name.removeprefix(DOCUMENT))


def answers_of(book: RuleBook, name: str, rules: Sequence[Rule]) -> list[Value]:
    """Every answer worth trying: the codes, or for a number one on each side of every limit of the rules."""
    field = field_of(book, name)
    if field.kind is Kind.NUMBER:
        limits = sorted({n for rule in rules for n in book.limits.get((rule.code, name), ())})
        return [int(n) for n in sorted({0, *(n - 1 for n in limits if n > 0), *limits})]
    if name.startswith(DOCUMENT):
        return ["has", "in_process", "lacks"]
    question = book.questions.get(name)
    codes = [option.code for option in question.options] if question and question.options else list(field.codes)
    if not codes:
        codes = sorted({code for rule in rules for code in book.named.get((rule.code, name), ())} | {"other"})
    return [frozenset({code}) for code in codes] if field.kind is Kind.SET else list(codes)


def summary(verdicts: Iterable[Verdict]) -> dict[VerdictCode, int]:
    """How many of each."""
    found = dict.fromkeys(VerdictCode, 0)
    for verdict in verdicts:
        found[verdict.code] += 1
    return found
