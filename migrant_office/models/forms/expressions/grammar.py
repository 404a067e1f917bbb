"""Tokens to a tree, by the grammar of XPath 1.0 (W3C, 16 November 1999, section 3), by recursive descent."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass

from migrant_office.i18n import N_
from migrant_office.models.forms.expressions.tokens import ExpressionError, Token, tokenize

DEEPEST = 100  # levels of brackets, so that no cell exhausts the interpreter's stack
LONGEST_CHAIN = 300  # levels of a whole tree: `a + b + c` is one in another without any bracket


@dataclass(frozen=True)
class Number:
    value: float
    offset: int = field(default=-1, compare=False)


@dataclass(frozen=True)
class Literal:
    value: str
    offset: int = field(default=-1, compare=False)


@dataclass(frozen=True)
class Ref:
    """`${name}`: the question of that name, wherever it is."""

    name: str
    offset: int = field(default=-1, compare=False)


@dataclass(frozen=True)
class Call:
    name: str
    args: tuple[Node, ...]
    offset: int = field(default=-1, compare=False)


@dataclass(frozen=True)
class Binary:
    op: str
    left: Node
    right: Node
    offset: int = field(default=-1, compare=False)


@dataclass(frozen=True)
class Negate:
    value: Node
    offset: int = field(default=-1, compare=False)


@dataclass(frozen=True)
class Step:
    """One step of a path: `test` is a name, `*` or `node()`."""

    axis: str
    test: str
    predicates: tuple[Node, ...] = ()
    offset: int = field(default=-1, compare=False)


@dataclass(frozen=True)
class PathExpr:
    """Steps from the top (`absolute`), from `start` (a reference, a call, brackets), or from where one stands."""

    absolute: bool
    start: Node | None
    steps: tuple[Step, ...]
    offset: int = field(default=-1, compare=False)


@dataclass(frozen=True)
class Filter:
    """An expression with predicates behind it: `instance('x')/root/item` needs none, `(a | b)[1]` does."""

    value: Node
    predicates: tuple[Node, ...]
    offset: int = field(default=-1, compare=False)


Node = Number | Literal | Ref | Call | Binary | Negate | PathExpr | Filter

_BINDS = {  # how tightly an operator holds its two sides
    "or": 1,
    "and": 2,
    "=": 3,
    "!=": 3,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "div": 6,
    "mod": 6,
}
AXES = frozenset(
    {
        *("child", "parent", "self", "descendant", "descendant-or-self", "ancestor", "ancestor-or-self"),
        *("following-sibling", "preceding-sibling"),
    }
)


def parse(source: str) -> Node:
    """The tree of an expression. Raises ExpressionError."""
    return _Parser(tokenize(source)).whole()


def check_depth(tree: Node) -> None:
    """Raises ExpressionError when parts stand in parts more than LONGEST_CHAIN deep."""
    waiting: list[tuple[object, int]] = [(tree, 1)]
    while waiting:
        part, depth = waiting.pop()
        if isinstance(part, tuple):
            waiting += [(one, depth) for one in part]
        elif is_dataclass(part):
            if depth > LONGEST_CHAIN:
                raise ExpressionError(N_("This expression has too many parts: divide it into several calculations."), 0)
            waiting += [(getattr(part, one.name), depth + 1) for one in fields(part)]


class _Parser:
    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    @property
    def _now(self) -> Token:
        return self._tokens[self._at]

    def _is(self, *texts: str) -> bool:
        return self._now.kind in ("op", "oper") and self._now.text in texts

    def _take(self) -> Token:
        token = self._now
        self._at += 1
        return token

    def _expect(self, text: str) -> None:
        if not self._is(text):
            raise self._unexpected(text)
        self._at += 1

    def _unexpected(self, wanted: str = "") -> ExpressionError:
        token = self._now
        if wanted and token.kind == "end":
            return ExpressionError(N_("The expression ends too early: {sign} is missing."), token.offset, sign=wanted)
        if token.kind == "end":
            return ExpressionError(N_("The expression ends too early."), token.offset)
        if wanted:
            return ExpressionError(
                N_("Here {sign} is missing before {found}."), token.offset, sign=wanted, found=token.text
            )
        return ExpressionError(N_("{found} cannot stand here."), token.offset, found=token.text or "''")

    def whole(self) -> Node:
        tree = self._binary()
        if self._now.kind != "end":
            raise self._unexpected()
        return tree

    def _binary(self, least: int = 1) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise ExpressionError(N_("Too many brackets inside brackets."), self._now.offset)
        left = self._unary()
        while self._now.kind in ("op", "oper") and (binds := _BINDS.get(self._now.text, 0)) >= least:
            operator = self._take()
            left = Binary(operator.text, left, self._binary(binds + 1), operator.offset)
        self._depth -= 1
        return left

    def _unary(self) -> Node:
        minus = 0
        offset = self._now.offset
        while self._is("-"):
            self._take()
            minus += 1
        value = self._union()
        if minus == 0:
            return value
        once = Negate(value, offset)
        return once if minus % 2 else Negate(once, offset)

    def _union(self) -> Node:
        left = self._path()
        while self._is("|"):
            operator = self._take()
            left = Binary("|", left, self._path(), operator.offset)
        return left

    def _path(self) -> Node:
        offset = self._now.offset
        if self._is("/", "//"):
            return self._absolute(offset)
        if not self._starts_primary():
            return PathExpr(False, None, self._relative(), offset)
        value = self._primary()
        predicates = self._predicates()
        if predicates:
            value = Filter(value, predicates, offset)
        if self._is("/", "//"):
            return PathExpr(False, value, self._following(), offset)
        return value

    def _absolute(self, offset: int) -> Node:
        if self._is("//"):
            return PathExpr(True, None, self._following(), offset)
        self._take()
        if self._starts_step():
            return PathExpr(True, None, self._relative(), offset)
        return PathExpr(True, None, (), offset)

    def _relative(self) -> tuple[Step, ...]:
        return (self._step(), *self._following())

    def _following(self) -> tuple[Step, ...]:
        steps: list[Step] = []
        while self._is("/", "//"):
            if self._take().text == "//":
                steps.append(Step("descendant-or-self", "node()"))
            steps.append(self._step())
        return tuple(steps)

    def _starts_primary(self) -> bool:
        token = self._now
        if token.kind in ("number", "literal", "ref") or self._is("("):
            return True
        opens = self._tokens[min(self._at + 1, len(self._tokens) - 1)]
        return token.kind == "name" and opens.kind == "op" and opens.text == "(" and token.text not in ("node", "text")

    def _starts_step(self) -> bool:
        return self._now.kind == "name" or self._is(".", "..", "*", "@")

    def _primary(self) -> Node:
        token = self._take()
        if token.kind == "number":
            return Number(float(token.text), token.offset)
        if token.kind == "literal":
            return Literal(token.text, token.offset)
        if token.kind == "ref":
            return Ref(token.text, token.offset)
        if token.kind == "name":
            self._take()
            return Call(token.text, self._arguments(), token.offset)
        inside = self._binary()
        self._expect(")")
        return inside

    def _arguments(self) -> tuple[Node, ...]:
        args: list[Node] = []
        if not self._is(")"):
            args.append(self._binary())
            while self._is(","):
                self._take()
                args.append(self._binary())
        self._expect(")")
        return tuple(args)

    def _step(self) -> Step:
        offset = self._now.offset
        if self._is("."):
            self._take()
            return Step("self", "node()", self._predicates(), offset)
        if self._is(".."):
            self._take()
            return Step("parent", "node()", self._predicates(), offset)
        if self._is("@"):
            raise ExpressionError(N_("Forms have no attributes: remove the sign @."), offset)
        axis = "child"
        follows = self._tokens[min(self._at + 1, len(self._tokens) - 1)]
        if self._now.kind == "name" and follows.kind == "op" and follows.text == "::":
            axis = self._take().text
            self._take()
            if axis not in AXES:
                raise ExpressionError(N_("{found} cannot stand here."), offset, found=f"{axis}::")
        return Step(axis, self._test(), self._predicates(), offset)

    def _test(self) -> str:
        if self._is("*"):
            self._take()
            return "*"
        if self._now.kind != "name":
            raise self._unexpected()
        name = self._take().text
        if self._is("("):
            if name != "node":
                raise self._unexpected()
            self._take()
            self._expect(")")
            return "node()"
        return name

    def _predicates(self) -> tuple[Node, ...]:
        found: list[Node] = []
        while self._is("["):
            self._take()
            found.append(self._binary())
            self._expect("]")
        return tuple(found)
