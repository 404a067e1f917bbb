"""Where engines differ, ours answers what docs/decisions/013 says: the examples of each judgement."""

from __future__ import annotations

import pytest

from tests.oracles.judging import Difference, judged, judgements

KNOWN = judgements()
EXAMPLES = [pytest.param(example, id=example.expression) for judgement in KNOWN for example in judgement.examples]


@pytest.mark.parametrize("example", EXAMPLES)
def test_our_answer_is_what_was_judged(run, example):
    answer = run(example.expression, **example.answers)
    assert answer == example.answer
    assert type(answer) is type(example.answer)


@pytest.mark.parametrize("judgement", KNOWN, ids=lambda judgement: judgement.name)
def test_each_judgement_says_who_is_right_and_why(judgement):
    assert judgement.right in ("ours", "theirs", "both")
    assert judgement.why
    assert judgement.source
    assert judgement.examples, "a judgement without an example is checked by nothing"
    assert judgement.expression or judgement.theirs or judgement.ours, "it would cover everything"


def test_a_difference_that_nobody_judged_stays_open():
    one = Difference("Enketo", "a.xlsx", "/a", "relevant", "${a} = 1", "true", "false")
    assert judged(one, KNOWN) is None
    none = Difference("Enketo", "a.xlsx", "/a", "calculate", "${a} + 1", "", "NaN")
    found = judged(none, KNOWN)
    assert found is not None
    assert found.alike
