"""What must hold for any facts: unknown never says no, weak never says no, knowing more never turns an answer over."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office.models.eligibility.asking import answers_of, askings
from migrant_office.models.eligibility.book import Effect
from migrant_office.models.eligibility.conditions import All, AnyOf, Between, OneOf, branches
from migrant_office.models.eligibility.facts import Facts, Value
from migrant_office.models.eligibility.fields import NO
from migrant_office.models.eligibility.judging import Judge
from migrant_office.models.eligibility.library import city_rules
from migrant_office.models.eligibility.told import VerdictCode
from migrant_office.models.eligibility.truth import every, some
from migrant_office.models.missing import Missing
from tests.models.eligibility.judged import every_city

OPPOSITE = {VerdictCode.MEETS: VerdictCode.NOT_MET, VerdictCode.NOT_MET: VerdictCode.MEETS}
CITIES = st.sampled_from(every_city())


def values(city: str) -> dict[str, list[Value]]:
    """Every fact that a city's rules look at, with the answers that make a difference."""
    book = city_rules(city)
    names = sorted({name for reads in book.reads.values() for name in reads})
    return {name: answers_of(book, name, book.rules) for name in names}


@st.composite
def facts(draw: Any) -> tuple[str, dict[str, Value], str]:
    """A city, some known facts, and the name of one more."""
    city = draw(CITIES)
    known = {name: draw(st.sampled_from(choices)) for name, choices in values(city).items() if draw(st.booleans())}
    return city, known, draw(st.sampled_from(sorted(values(city))))


def codes(city: str, known: dict[str, Value]) -> dict[str, VerdictCode]:
    book = city_rules(city)
    judge = Judge(book, Facts(known))
    return {service: judge.verdict(service).code for service in book.by_service}


@given(facts())
def test_knowing_more_never_turns_a_definite_answer_into_its_opposite(drawn: tuple[str, dict[str, Value], str]) -> None:
    city, known, name = drawn
    before = codes(city, {fact: value for fact, value in known.items() if fact != name})
    for answer in values(city)[name]:
        after = codes(city, {**known, name: answer})
        assert not [s for s, code in before.items() if OPPOSITE.get(code) is after[s]]


@given(facts())
def test_a_no_rests_on_known_facts_alone(drawn: tuple[str, dict[str, Value], str]) -> None:
    """Whatever the unknown facts turn out to be, a no stays one or becomes a question, and never was a guess."""
    city, known, _name = drawn
    book = city_rules(city)
    judge = Judge(book, Facts(known))
    for service in book.by_service:
        found = judge.verdict(service)
        if found.code is VerdictCode.NOT_MET:
            assert found.rule is not None
            truth = judge.truth(f"rule:{found.rule.code}")
            assert truth is (found.rule.then is Effect.NOT_MET), "the rule is decided, not open"
            assert book.reads[found.rule.code] & judge.known.keys()


@given(facts())
def test_a_weak_rule_never_says_no(drawn: tuple[str, dict[str, Value], str]) -> None:
    city, known, _name = drawn
    judge = Judge(city_rules(city), Facts(known))
    for service in city_rules(city).by_service:
        found = judge.verdict(service)
        assert found.code is not VerdictCode.NOT_MET or (found.rule is not None and not found.rule.weak)


@given(facts())
def test_what_was_not_answered_counts_as_unknown(drawn: tuple[str, dict[str, Value], str]) -> None:
    city, known, name = drawn
    rest = {fact: value for fact, value in known.items() if fact != name}
    book = city_rules(city)
    for why in (Missing.REFUSED, Missing.UNKNOWN):
        refused, unknown = Judge(book, Facts(rest, {name: why})), Judge(book, Facts(rest))
        for service in book.by_service:
            assert refused.verdict(service) == unknown.verdict(service)
        wanted = dict.fromkeys(book.by_service, "")
        assert name not in {asking.field.name for asking in askings(book, Facts(rest, {name: why}), wanted)}


@given(facts())
def test_every_question_offered_can_change_a_verdict(drawn: tuple[str, dict[str, Value], str]) -> None:
    """Alone, or for some answers to the other questions of that service; a sensitive one alone."""
    city, known, _name = drawn
    book = city_rules(city)
    service = sorted(book.by_service)[len(known) % len(book.by_service)]
    now = Judge(book, Facts(known)).verdict(service).code
    found = askings(book, Facts(known), {service: ""})
    for asking in found:
        name = asking.field.name
        assert name not in Judge(book, Facts(known)).known
        alone = {codes(city, {**known, name: answer})[service] for answer in values(city)[name]}
        if asking.sensitive:
            assert alone - {now}, f"{name} is asked without need"
        else:
            assert alone - {now} or len(found) > 1, f"{name} changes nothing and has no companion"


@given(st.lists(st.sampled_from([True, False, None]), max_size=6))
def test_kleene(truths: list[bool | None]) -> None:
    """All and any agree with every way of settling what is unknown."""
    settled = [[]]  # type: list[list[bool]]
    for truth in truths:
        settled = [[*way, answer] for way in settled for answer in ((True, False) if truth is None else (truth,))]
    for combine, plain in ((every, all), (some, any)):
        outcomes = {plain(way) for way in settled}
        assert combine(truths) is (outcomes.pop() if len(outcomes) == 1 else None)


@pytest.mark.parametrize(
    ("condition", "known", "wanted"),
    [
        (OneOf("a", frozenset("x")), {}, None),
        (OneOf("a", frozenset("x")), {"a": "x"}, True),
        (OneOf("a", frozenset("x"), wanted=False), {"a": "x"}, False),
        (OneOf("a", frozenset({"x"})), {"a": frozenset({"x", "y"})}, True),
        (Between("n", least=18, under=60), {"n": 18}, True),
        (Between("n", least=18, under=60), {"n": 60}, False),
        (Between("n", least=18), {}, None),
        (All(), {}, True),
        (AnyOf((OneOf("a", frozenset("x")), Between("n", least=1))), {"n": 3}, True),
        (All((OneOf("a", frozenset("x")), Between("n", least=1))), {"n": 0}, False),
    ],
)
def test_conditions(condition: Any, known: dict[str, Value], wanted: bool | None) -> None:
    assert condition.test()(known) is wanted


def test_the_ways_of_a_condition_are_its_disjunction() -> None:
    one, two, three = (OneOf(name, frozenset("x")) for name in "abc")
    assert set(branches(All((one, AnyOf((two, three)))))) == {(one, two), (one, three)}


def test_a_question_that_is_not_for_somebody_is_answered_with_no() -> None:
    book = city_rules("santiago")
    assert Judge(book, Facts({"sex": "man"})).known["pregnant"] == NO
    assert "pregnant" not in Judge(book, Facts({"sex": "woman"})).known
    assert "pregnant" not in Judge(book, Facts({})).known
    assert "pregnant" not in {a.field.name for a in askings(book, Facts({}), {"scl-residencia-embarazo": ""})}
    asked = {a.field.name for a in askings(book, Facts({"sex": "woman"}), {"scl-residencia-embarazo": ""})}
    assert "pregnant" in asked


def test_the_question_that_changes_most_comes_first_and_sensitive_ones_last() -> None:
    book = city_rules("santiago")
    wanted = {"scl-sae": "", "scl-dem": "", "scl-ipe": "", "scl-salud-nna-embarazo": "", "scl-caj": ""}
    found = askings(book, Facts({"sex": "woman"}), wanted)
    assert found[0].field.name in {"age", "children"}
    assert {"scl-sae", "scl-dem", "scl-ipe"} <= found[0].services
    sensitive = [asking.sensitive for asking in found]
    assert sensitive == sorted(sensitive)


def test_two_answers_that_matter_only_together_are_both_asked() -> None:
    book = city_rules("santiago")
    known = {"status": "temporary_residence"}
    asked = {a.field.name for a in askings(book, Facts(known), {"scl-cesfam": ""})}
    assert {"document:run_card", "proof_of_address"} <= asked
