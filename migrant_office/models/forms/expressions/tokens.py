"""An expression cut into tokens, each with its place in the cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from migrant_office.i18n import N_
from migrant_office.models.forms.form import NO_VALUES

LONGEST = 10_000  # characters of one expression; the longest in public forms has under 3,000


class ExpressionError(Exception):
    """An expression that cannot be run. `sentence` is a message id filled by `data`, `offset` counts characters."""

    def __init__(self, sentence: str, offset: int, **data: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.offset = offset
        self.data: Mapping[str, object] = data or NO_VALUES


@dataclass(frozen=True)
class Token:
    """`kind`: number, literal, ref (a `${name}`), name, op, or end."""

    kind: str
    text: str
    offset: int = field(compare=False)


_NAME = r"[^\W\d][\w.\-·]*"
_TOKEN = re.compile(
    rf"""\s*(?:
      (?P<number>\d+(?:\.\d*)?|\.\d+)
    | (?P<literal>"[^"]*"|'[^']*')
    | \$\{{\s*(?P<ref>{_NAME})\s*\}}
    | (?P<name>{_NAME}(?::{_NAME})?)
    | (?P<op>//|\.\.|::|!=|<=|>=|[()\[\].@,/|+\-=<>*])
    )""",
    re.VERBOSE,
)
_OPERATOR_NAMES = frozenset({"and", "or", "mod", "div"})
# Spreadsheet programs turn quotation marks as they are typed; every reader of forms turns them back, in literals too.
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")
# After one of these (or at the start) `*`, `and`, `or`, `mod`, `div` are names, not operators: XPath 1.0, 3.7.
_BEFORE_NAME = frozenset({"@", "::", "(", "[", ",", "/", "//", "|", "+", "-", "=", "!=", "<", "<=", ">", ">="})


def tokenize(source: str) -> tuple[Token, ...]:
    """Cut an expression. Raises ExpressionError with the offset of what cannot be read."""
    if len(source) > LONGEST:
        raise ExpressionError(N_("The expression is too long: shorten it."), 0)
    source = source.translate(_STRAIGHT)
    tokens: list[Token] = []
    place, end = 0, len(source.rstrip())
    while place < end:
        match = _TOKEN.match(source, place)
        if match is None:
            raise _unreadable(source, place)
        kind = match.lastgroup or ""
        text, start = match.group(kind), match.start(kind)
        if kind == "ref":
            start = source.index("$", place)
        elif kind == "literal":
            text = text[1:-1]
            if tokens and tokens[-1].kind == "literal":
                raise ExpressionError(
                    N_("Two texts in a row: to write an apostrophe, use double quotes around it."), start
                )
        elif _is_operator(kind, text, tokens):
            kind = "oper"
        tokens.append(Token(kind, text, start))
        place = match.end()
    return (*tokens, Token("end", "", len(source)))


def _is_operator(kind: str, text: str, before: list[Token]) -> bool:
    if not (text == "*" and kind == "op") and not (kind == "name" and text in _OPERATOR_NAMES):
        return False
    if not before:
        return False
    last = before[-1]
    return not (last.kind == "oper" or (last.kind == "op" and last.text in _BEFORE_NAME))


def _unreadable(source: str, place: int) -> ExpressionError:
    while source[place].isspace():
        place += 1
    sign = source[place]
    if sign in "\"'":
        return ExpressionError(N_("A text is opened with {sign} and never closed."), place, sign=sign)
    if sign in "«»„‚":
        return ExpressionError(
            N_("The spreadsheet changed the quotation marks to {sign}: type straight ones."), place, sign=sign
        )
    if source.startswith("${last-saved#", place):
        return ExpressionError(N_("This desk does not keep the last saved form: remove last-saved."), place)
    if sign == "$":
        return ExpressionError(
            N_("A question is named as ${{name}}, with both braces and no spaces inside the name."), place
        )
    return ExpressionError(N_("The sign {sign} has no meaning here."), place, sign=sign)
