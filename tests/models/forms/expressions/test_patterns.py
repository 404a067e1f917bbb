"""Patterns that would hang the desk or fill its memory."""

from __future__ import annotations

import contextlib
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office.models.forms.expressions import patterns
from migrant_office.models.forms.expressions.patterns import BadPattern, Unanswered, compiled, found, slow

CREEPING = r"^(\w+ ?){1,4}(\w+ ?){1,4}$"  # passes the guard, and is slow


@pytest.mark.parametrize(
    "pattern",
    [
        "^(a+)+$",
        "^(a|a)*$",
        r"^(\w+ ?)(\w+ ?)(\w+ ?)(\w+ ?)(\w+ ?)$",
        "^.*.*.*.*$",
        "^[a-c]+b?[b-d]+[a-b]*b{2,}x$",
        "^a{100000}$",
        "x{4000000000}",
        "((((((((((a{500}){4}){4}){4}){4}){4}){4}){4}){4}){4}){4}",
        "(?R)",
        "a{e<=2}",
        "(",
        "a" * 501,
    ],
)
def test_what_could_take_for_ever_is_refused_at_once(pattern):
    start = time.perf_counter()
    with pytest.raises(BadPattern):
        compiled(pattern)
    assert time.perf_counter() - start < 0.5


@pytest.mark.parametrize(
    ("pattern", "fitting", "other"),
    [
        ("^[+]?[0-9][0-9 ()-]{5,19}$", "+56 9 1234 5678", "12"),
        (r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,4}$", "a.b@example.org", "a.b@example"),
        (r"^\d{1,2}\.?\d{3}\.?\d{3}-?[\dkK]$", "12.345.678-5", "12.345"),
        (r"^\w+ \w+ \w+ \w+ \w+$", "uno dos tres cuatro cinco", "uno dos"),
        ("^[a-z]+[0-9]+[a-z]+[0-9]+[a-z]+[0-9]+$", "a1b2c3", "a1b2c"),
        ("^([A-Z][a-z]+ ?){1,3}$", "Rose Marie", "rose"),
        ("^(ab|cd|ef|gh)$", "cd", "abcd"),
        ("(?i)^sí$", "SÍ", "no"),
        ("^[]a^-]{2}$", "]a", "b"),
    ],
)
def test_what_forms_ask_is_answered(pattern, fitting, other):
    assert found(fitting, pattern)
    assert not found(other, pattern)
    assert not slow(pattern)


def test_no_answer_keeps_the_desk_waiting():
    start = time.perf_counter()
    for _ in range(20):
        with pytest.raises(Unanswered):
            found("a" * 199 + "!", CREEPING)
    assert time.perf_counter() - start < 1, "after a few answers it is not asked again"
    assert slow(CREEPING)


def test_a_text_longer_than_any_pattern_means_fits_none():
    assert found("a" * patterns.LONGEST_TEXT, "a$")
    assert not found("a" * (patterns.LONGEST_TEXT + 1), "a$")


@given(
    st.sampled_from(["^[a-c]{2,5}$", "b+c?", "(a|bc){2}", "^a.c$", "[^ab]"]), st.text(alphabet="abc \n", max_size=12)
)
def test_it_is_found_where_the_language_finds_it(pattern, text):
    assert found(text, pattern) == (re.search(pattern, text) is not None)


@given(st.text(alphabet=r"ab1.*+?{}()[]|^$\wd,-", max_size=25), st.text(alphabet="ab1 -", max_size=60))
def test_any_pattern_is_answered_soon_or_not_at_all(pattern, text):
    start = time.perf_counter()
    with contextlib.suppress(Unanswered):
        assert found(text, pattern) in (True, False)
    assert time.perf_counter() - start < 1
