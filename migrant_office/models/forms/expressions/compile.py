"""A tree compiled once to closures `f(context) -> value`, with what it reads and everything wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from migrant_office.i18n import N_
from migrant_office.models.forms.expressions import grammar as g
from migrant_office.models.forms.expressions import patterns, places, walking
from migrant_office.models.forms.expressions.context import Context
from migrant_office.models.forms.expressions.functions import ELSEWHERE, FUNCTIONS, SPECIAL
from migrant_office.models.forms.expressions.operators import OPERATORS
from migrant_office.models.forms.expressions.scope import NOWHERE, Names, Scope
from migrant_office.models.forms.expressions.tokens import ExpressionError
from migrant_office.models.forms.expressions.values import Value, to_boolean, to_nodes, to_number, to_string
from migrant_office.models.forms.form import Expr, Path, Src

Closure = Callable[[Context], Any]


def compile_expression(
    source: str, owner: Path, names: Names, src: Src, *, choices: str = ""
) -> tuple[Expr, list[Lint]]:
    """Compile the expression of the question at `owner`; with `choices`, a filter over the rows of that list.

    Answers the expression and what is doubtful about it. Raises ExpressionError with the offset in the cell.
    """
    tree = g.parse(source)
    g.check_depth(tree)
    compiler = _Compiler(owner, names)
    here = Scope(columns=names.lists[choices]) if choices else Scope(path=owner)
    fn = compiler.compile(tree, here)
    index = compiler.index(tree, here) if choices else None
    expr = Expr(
        source,
        fn,
        frozenset(compiler.deps - {owner}),
        src,
        impure=compiler.impure,
        everything=compiler.everything,
        reads_self=owner in compiler.deps,
        wide=frozenset(compiler.wide - {owner}),
        index=index,
    )
    return expr, compiler.lints


Lint = ExpressionError  # the same three things: a sentence, a place, its data


class _Compiler:
    def __init__(self, owner: Path, names: Names) -> None:
        self._owner = owner
        self._names = names
        self._stands = frozenset(names.trail(owner))  # the repeats that it stands in
        self.deps: set[Path] = set()
        self.wide: set[Path] = set()
        self.everything = False
        self.impure = False
        self.lints: list[Lint] = []

    def compile(self, tree: g.Node, here: Scope) -> Closure:
        match tree:
            case g.Number(value) | g.Literal(value):
                constant: Value = value
                return lambda _ctx: constant
            case g.Ref() | g.PathExpr():
                return self._path(tree, here)
            case g.Call():
                return self._call(tree, here)
            case g.Negate(value):
                inner = self.compile(value, here)
                return lambda ctx: -to_number(inner(ctx))
            case g.Filter(value, predicates):
                return self._filter(value, predicates, here)
            case g.Binary("or", left, right):
                one, other = self.compile(left, here), self.compile(right, here)
                return lambda ctx: to_boolean(one(ctx)) or to_boolean(other(ctx))
            case g.Binary("and", left, right):
                one, other = self.compile(left, here), self.compile(right, here)
                return lambda ctx: to_boolean(one(ctx)) and to_boolean(other(ctx))
            case g.Binary("|", left, right):
                one, other = self.compile(left, here), self.compile(right, here)
                return lambda ctx: walking.union(ctx, to_nodes(one(ctx)), to_nodes(other(ctx)))
            case g.Binary(op, left, right):
                return OPERATORS[op](self.compile(left, here), self.compile(right, here))

    # -- paths

    def _path(self, tree: g.Ref | g.PathExpr, here: Scope, *, structure: bool = False) -> Closure:
        """The nodes of a path. With `structure` only how many there are is asked, not what was answered in them."""
        if isinstance(tree, g.Ref):
            path = self._names.find(tree.name, tree.offset)
            self._note(path, self._anchor(path), structure=structure)
            return self._find(path)
        start, scope, anchor, rest = self._start(tree, here)
        steps: list[walking.Walk] = []
        for step in rest:
            scope = scope.step(step, self._names)
            if step.axis == "self" and not step.predicates:
                continue
            steps.append(walking.step(step.axis, step.test, [self.compile(one, scope) for one in step.predicates]))
            anchor = min(anchor, scope.path or anchor, key=len)
        if scope.path is not None:
            self._note(scope.path, anchor, structure=structure)
            if steps and not any(step.predicates for step in tree.steps) and self._alone(scope.path, anchor):
                return self._find(scope.path)  # there is one such node: no need to walk
        elif scope == NOWHERE:
            self.everything = True
        return walking.path(start, steps) if steps else start

    def _find(self, path: Path) -> Closure:
        return places.finder(path, self._owner, self._names)

    def _alone(self, path: Path, anchor: Path) -> bool:
        """Whether a path that keeps to its owner's instances down to `anchor` means one node only."""
        repeats = self._names.repeated(path)
        return path not in repeats and all(len(one) <= len(anchor) and one in self._stands for one in repeats)

    def _anchor(self, path: Path) -> Path:
        """How deep a name or absolute path keeps to the owner's instances: a repeat by itself means all of them."""
        return path[:-1] if path in self._names.repeats else path

    def _note(self, path: Path, anchor: Path, *, structure: bool = False) -> None:
        """Note what is read: down to `anchor` in the instances that the owner stands in, below it in all of them."""
        names = self._names
        around = names.repeated(path)
        large = {repeat for repeat in around if len(repeat) > len(anchor)}
        read = large | (around - self._stands)
        if not structure:
            read |= names.read(path) | {one for one in names.repeats if one[: len(path)] == path and one != path}
        self.deps |= read
        if large & self._stands:
            self.wide |= read

    def _start(self, tree: g.PathExpr, here: Scope) -> _Start:
        """The nodes a path starts from, where they stand, and the steps left to go from there."""
        match tree:
            case g.PathExpr(absolute=True):
                return self._from_top(tree.steps)
            case g.PathExpr(start=None):
                anchor = here.path if here.path == self._owner else None
                return lambda ctx: (ctx.node,), here, anchor or (), tree.steps
            case g.PathExpr(start=g.Ref() as ref):
                path = self._names.find(ref.name, ref.offset)
                return self._find(path), Scope(path=path), self._anchor(path), tree.steps
            case g.PathExpr(start=g.Filter(g.Ref() as ref, predicates)):
                path = self._names.find(ref.name, ref.offset)
                return self._filter(ref, predicates, here), Scope(path=path), self._anchor(path), tree.steps
            case g.PathExpr(start=g.Call("current", ()) as call):
                return self._call(call, here, reads=False), Scope(path=self._owner), self._owner, tree.steps
            case g.PathExpr(start=g.Call("instance", (g.Literal(name),)) as call):
                columns = self._names.lists.get(name, frozenset())
                return self._call(call, here), Scope(columns=columns, level=0), (), tree.steps
        assert tree.start is not None  # noqa: S101 - the other cases are above
        return self.compile(tree.start, here), NOWHERE, (), tree.steps

    def _from_top(self, steps: tuple[g.Step, ...]) -> _Start:
        """An absolute path: down to its first predicate it means the current instance, as a name does."""
        scope = Scope(top=True)
        for number, step in enumerate(steps):
            if step.axis != "child" or step.test in ("*", "node()"):
                break
            scope = scope.step(step, self._names)
            if step.predicates and scope.path is not None:
                tests = [self.compile(one, scope) for one in step.predicates]
                start = _kept(self._find(scope.path), tests)
                return start, scope, self._anchor(scope.path), steps[number + 1 :]
        else:
            number = len(steps)
        if scope.path is None:
            return lambda ctx: (ctx.root,), scope, (), steps[number:]
        return self._find(scope.path), scope, self._anchor(scope.path), steps[number:]

    def _named(self, ref: g.Ref) -> Scope:
        return Scope(path=self._names.find(ref.name, ref.offset))

    def _filter(self, value: g.Node, predicates: tuple[g.Node, ...], here: Scope) -> Closure:
        if isinstance(value, g.Ref):
            scope = self._named(value)
            inner = self._path(value, here, structure=scope.path in self._names.groups)
        else:
            scope, inner = NOWHERE, self.compile(value, here)
        tests = [self.compile(one, scope) for one in predicates]
        return _kept(inner, tests)

    # -- functions

    def _call(self, call: g.Call, here: Scope, *, reads: bool = True) -> Closure:
        self._check(call)
        if call.name in SPECIAL:
            return self._special(call, here, reads=reads)
        function = FUNCTIONS[call.name]
        self.impure = self.impure or function.impure
        if call.name == "regex":
            self._check_pattern(call.args[1])
        args = tuple(self._counted(arg, here) if call.name == "count" else self.compile(arg, here) for arg in call.args)
        if function.context and not call.args and here.path is not None and call.name in _READ_SELF:
            self.deps |= self._names.read(here.path)
        return _applied(function.fn, args, with_context=function.context)

    def _counted(self, tree: g.Node, here: Scope) -> Closure:
        """An argument of which only the number or the place of its nodes is asked."""
        return (
            self._path(tree, here, structure=True) if isinstance(tree, g.Ref | g.PathExpr) else self.compile(tree, here)
        )

    def _check(self, call: g.Call) -> None:
        """Whether the function exists here and has as many arguments as it takes."""
        if call.name in ELSEWHERE:
            raise ExpressionError(N_("The function {name} is not on this desk."), call.offset, name=call.name)
        least, most = SPECIAL.get(call.name, (-1, -1))
        if call.name in FUNCTIONS:
            least, most = FUNCTIONS[call.name].least, FUNCTIONS[call.name].most
        if least < 0:
            raise ExpressionError(N_("There is no function {name}."), call.offset, name=call.name)
        if not least <= len(call.args) <= most:
            raise ExpressionError(
                N_("The function {name} does not take {count} values."),
                call.offset,
                name=call.name,
                count=len(call.args),
            )

    def _check_pattern(self, tree: g.Node) -> None:
        if not isinstance(tree, g.Literal):
            return
        try:
            patterns.compiled(tree.value)
        except patterns.BadPattern:
            raise ExpressionError(
                N_("This pattern cannot be used: it is not complete, too long, or repeats what already repeats."),
                tree.offset,
            ) from None
        if patterns.slow(tree.value):
            self.lints.append(
                Lint(
                    N_("Some answers keep this pattern busy for too long; they pass unchecked. Write it simpler."),
                    tree.offset,
                )
            )
        if not patterns.anchored(tree.value):
            self.lints.append(
                Lint(
                    N_("The pattern is found anywhere in the answer: write ^ before and $ after to mean all of it."),
                    tree.offset,
                )
            )

    def _special(self, call: g.Call, here: Scope, *, reads: bool) -> Closure:
        match call:
            case g.Call("if", (test, then, otherwise)):
                asked, yes, no = (self.compile(one, here) for one in (test, then, otherwise))
                return lambda ctx: yes(ctx) if to_boolean(asked(ctx)) else no(ctx)
            case g.Call("once", (value,)):
                owner, fresh = self._owner, self.compile(value, here)
                self.deps.add(owner)
                return lambda ctx: ctx.current.text or fresh(ctx)
            case g.Call("position", ()):
                return lambda ctx: float(ctx.position)
            case g.Call("position", (value,)):
                placed = self._counted(value, here)
                self.deps |= self._stands  # the others before it count too
                return lambda ctx: walking.position(to_nodes(placed(ctx)))
            case g.Call("current"):
                if reads:
                    self._note(self._owner, self._owner)
                return lambda ctx: (ctx.current,)
            case g.Call("indexed-repeat"):
                return self._indexed(call, here)
            case g.Call("pulldata"):
                return self._pulled(call, here)
            case g.Call("instance"):
                return self._instance(call)
        return self._choice_name(call, here)

    def _instance(self, call: g.Call) -> Closure:
        wanted = call.args[0]
        if not isinstance(wanted, g.Literal) or wanted.value not in self._names.lists:
            raise ExpressionError(
                N_("instance() needs the name of a choice list of this form, in quotes."), call.offset
            )
        name = wanted.value
        return lambda ctx: (ctx.instance(name).tree,)

    def _indexed(self, call: g.Call, here: Scope) -> Closure:
        """`indexed-repeat(question, repeat, number, inner repeat, number...)`: one question of one instance."""
        path = self._named_path(call.args[0])
        numbered: list[tuple[Path, Closure]] = []
        for repeat, number in zip(call.args[1::2], call.args[2::2], strict=False):
            around = self._named_path(repeat)
            if around is None or path is None or around not in self._names.trail(path) or len(call.args) % 2 == 0:
                raise ExpressionError(
                    N_("indexed-repeat() needs a question, then the repeats around it, each with a number."),
                    call.offset,
                )
            numbered.append((around, _number(self.compile(number, here))))
        assert path is not None  # noqa: S101 - there are at least three values
        self.deps |= self._names.read(path) | set(self._names.trail(path))
        self.wide |= self._names.read(path)
        return places.indexed(path, self._owner, numbered, self._names)

    def _pulled(self, call: g.Call, here: Scope) -> Closure:
        """`pulldata('file', 'column', 'key column', key)`: a cell of the first row of the file that has this key."""
        texts = [one.value for one in call.args[:3] if isinstance(one, g.Literal)]
        columns = self._names.lists.get(texts[0].removesuffix(".csv"), None) if len(texts) == 3 else None
        if columns is None:
            raise ExpressionError(
                N_("pulldata() needs the name of a file beside the form and two of its columns, in quotes."),
                call.offset,
            )
        for column, tree in zip(texts[1:], call.args[1:3], strict=True):
            if column not in columns:
                raise ExpressionError(N_("The choice list has no column {name}."), tree.offset, name=column)
        name, column, by = texts[0].removesuffix(".csv"), texts[1], texts[2]
        key = self.compile(call.args[3], here)

        def pulled(ctx: Context) -> str:
            listed = ctx.instance(name)
            rows = listed.index(by).get(to_string(key(ctx)), ())
            return listed.cell(rows[0], column) if rows else ""

        return pulled

    def _choice_name(self, call: g.Call, here: Scope) -> Closure:
        """`jr:choice-name(value, '${question}')`: the words of a choice, in the language of the filling."""
        value, where = call.args
        path = self._named_path(where)
        name = self._names.questions.get(path, "") if path is not None else ""
        if not name:
            raise ExpressionError(
                N_("jr:choice-name() needs a question with choices as its second value, in quotes."), call.offset
            )
        given = self.compile(value, here)
        return lambda ctx: ctx.choice_label(name, to_string(given(ctx)))

    def _named_path(self, tree: g.Node) -> Path | None:
        if isinstance(tree, g.Literal):
            tree = g.parse(tree.value.strip())
        if isinstance(tree, g.Ref):
            return self._names.find(tree.name, tree.offset)
        if isinstance(tree, g.PathExpr) and tree.start is None:
            scope = Scope(top=True) if tree.absolute else Scope(path=self._owner)
            for step in tree.steps:
                scope = scope.step(step, self._names)
            return scope.path
        return None

    # -- the index of a choice filter

    def index(self, tree: g.Node, here: Scope) -> tuple[str, Closure] | None:
        """`column = something outside the list`: the column and what it is compared with."""
        if not isinstance(tree, g.Binary) or tree.op != "=":
            return None
        for one, other in ((tree.left, tree.right), (tree.right, tree.left)):
            column = _column(one)
            if column and isinstance(other, g.Ref | g.Literal):
                return column, self.compile(other, here)
        return None


_READ_SELF = frozenset({"string", "number", "string-length", "normalize-space"})


# The nodes a path starts from, where they stand, how deep they keep to the owner's instances, the steps left.
_Start = tuple[Closure, Scope, Path, tuple[g.Step, ...]]


def _kept(nodes: Closure, tests: list[Closure]) -> Closure:
    return lambda ctx: walking.keep(ctx, to_nodes(nodes(ctx)), tests)


def _number(value: Closure) -> Closure:
    return lambda ctx: to_number(value(ctx))


def _column(tree: g.Node) -> str:
    match tree:
        case g.PathExpr(absolute=False, start=None, steps=(g.Step("child", name, ()),)) if name not in ("*", "node()"):
            return name
    return ""


def _applied(fn: Callable[..., Any], args: tuple[Closure, ...], *, with_context: bool) -> Closure:
    """A function bound to its compiled arguments; the common counts without a loop."""
    if with_context:
        return lambda ctx: fn(ctx, *(arg(ctx) for arg in args))
    if len(args) == 1:
        (only,) = args
        return lambda ctx: fn(only(ctx))
    if len(args) == 2:
        one, other = args
        return lambda ctx: fn(one(ctx), other(ctx))
    return lambda ctx: fn(*(arg(ctx) for arg in args))
