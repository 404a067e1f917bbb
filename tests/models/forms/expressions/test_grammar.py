"""What the grammar accepts, how it groups, and where it says that something is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office.models.forms.expressions.grammar import (
    Binary,
    Call,
    Literal,
    Negate,
    Number,
    PathExpr,
    Ref,
    Step,
    parse,
)
from migrant_office.models.forms.expressions.tokens import ExpressionError, tokenize


@pytest.mark.parametrize(
    ("source", "tree"),
    [
        ("1 + 2 * 3", Binary("+", Number(1), Binary("*", Number(2), Number(3)))),
        ("10 - 4 - 3", Binary("-", Binary("-", Number(10), Number(4)), Number(3))),
        ("a or b and c", Binary("or", parse("a"), Binary("and", parse("b"), parse("c")))),
        ("1 < 2 = 3 > 4", Binary("=", Binary("<", Number(1), Number(2)), Binary(">", Number(3), Number(4)))),
        ("- - 1", Negate(Negate(Number(1)))),
        ("- - - 1", Negate(Number(1))),
        ("-1 + 2", Binary("+", Negate(Number(1)), Number(2))),
        ("${age} >= .5", Binary(">=", Ref("age"), Number(0.5))),
        ("a-b", PathExpr(False, None, (Step("child", "a-b"),))),
        ("${a}-1", Binary("-", Ref("a"), Number(1))),
        ("and and or", Binary("and", parse("child::and"), parse("child::or"))),
        ("* * *", Binary("*", parse("child::*"), parse("child::*"))),
        ("div div mod", Binary("div", parse("child::div"), parse("child::mod"))),
        ("../x", PathExpr(False, None, (Step("parent", "node()"), Step("child", "x")))),
        (". != ''", Binary("!=", PathExpr(False, None, (Step("self", "node()"),)), Literal(""))),
        ("jr:choice-name(a, '${b}')", Call("jr:choice-name", (parse("a"), Literal("${b}")))),
        ("if (1, 'a', \"it's\")", Call("if", (Number(1), Literal("a"), Literal("it's")))),
        ("//a", PathExpr(True, None, (Step("descendant-or-self", "node()"), Step("child", "a")))),
        ("a[1][b = 2]", PathExpr(False, None, (Step("child", "a", (Number(1), parse("b = 2"))),))),
        ("${año}", Ref("año")),
        ("${a} = “x”", Binary("=", Ref("a"), Literal("x"))),
        ("${a} = ‘x’", Binary("=", Ref("a"), Literal("x"))),
    ],
)
def test_groups_as_xpath_does(source, tree):
    assert parse(source) == tree


@pytest.mark.parametrize(
    ("source", "offset"),
    [
        ("", 0),
        ("selected(${a}, 'x'", 18),
        ("1 +", 3),
        ("1 2", 2),
        ("'open", 0),
        ("${a} = «x»", 7),
        ("${a} = 'l’eau'", 13),
        ("'it''s'", 4),
        ("${a b}", 0),
        ("a = = b", 4),
        ("(1", 2),
        ("@name", 0),
        ("a # b", 2),
        ("a]", 1),
        ("preceding::a", 0),
        ("${last-saved#a}", 0),
    ],
)
def test_says_where_it_breaks(source, offset):
    with pytest.raises(ExpressionError) as caught:
        parse(source)
    assert caught.value.offset == offset


def test_deep_nesting_is_refused_and_not_a_crash():
    with pytest.raises(ExpressionError):
        parse("(" * 5_000 + "1" + ")" * 5_000)
    assert parse("(" * 80 + "1" + ")" * 80) == Number(1)


@given(st.text(alphabet="ab1 .$,{}()[]|'\"=<>!+-*/:andor\n@", max_size=40))
def test_any_text_is_a_tree_or_a_clear_refusal(source):
    refusal = None
    try:
        parse(source)
    except ExpressionError as error:
        refusal = error
    if refusal is not None:
        assert 0 <= refusal.offset <= len(source)
        assert refusal.sentence.format(**refusal.data)


_atoms = st.one_of(
    st.integers(0, 999).map(str),
    st.sampled_from(["${a}", "'x y'", '"it\'s"', ".", "../b", "c", "today()", "count(d)"]),
)
_expressions = st.recursive(
    _atoms,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*", "div", "mod", "=", "!=", "<", ">=", "and", "or"]), inner).map(
            lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"
        ),
        inner.map(lambda part: f"not({part})"),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"concat({', '.join(parts)})"),
    ),
    max_leaves=12,
)


@given(_expressions, st.sampled_from(["", " ", "\n  ", "\t"]))
def test_spaces_between_tokens_mean_nothing(source, space):
    def text(token):
        if token.kind == "literal":
            return f'"{token.text}"' if "'" in token.text else f"'{token.text}'"
        return f"${{{token.text}}}" if token.kind == "ref" else token.text

    spread = f" {space}".join(text(token) for token in tokenize(source))
    assert parse(spread) == parse(source)
