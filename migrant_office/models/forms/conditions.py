"""Doubts about the expressions of a form: what can never be true, and dates that other programs compare as texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from migrant_office.i18n import N_
from migrant_office.models.forms.expressions import grammar as g
from migrant_office.models.forms.form import Expr, Form, Group, Issue, Path, Question

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_PARTS = ("relevant", "required", "constraint", "calculate", "readonly", "choice_filter", "count")


def doubts(form: Form) -> Iterator[Issue]:
    """Everything doubtful in the expressions of a form."""
    for item in form.root.walk():
        for part in _PARTS:
            expr: Expr | None = getattr(item, part, None)
            if expr is not None:
                yield from _doubts(form, item, expr, closing=part == "relevant")


def _doubts(form: Form, item: Question | Group, expr: Expr, *, closing: bool) -> Iterator[Issue]:
    tree = g.parse(expr.source)
    if closing and _never(tree):
        sentence = N_("{name} is never asked: its condition cannot be true.")
        yield Issue("warning", expr.src, sentence, {"name": item.name})
    for part in _walk(tree):
        if (told := _compared(part)) and (issue := _lacking(form, item.path, expr, *told)):
            yield issue
        if isinstance(part, g.Binary) and part.op in ("<", "<=", ">", ">="):
            yield from _dates(expr, part)


def _walk(tree: object) -> Iterator[object]:
    yield tree
    if isinstance(tree, tuple):
        for one in tree:
            yield from _walk(one)
    elif is_dataclass(tree):
        for one in fields(tree):
            yield from _walk(getattr(tree, one.name))


def _never(tree: g.Node) -> bool:
    """Whether it is false whatever is answered: false() alone, in an `and`, or on both sides of an `or`."""
    match tree:
        case g.Call("false", ()) | g.Literal("") | g.Number(0.0):
            return True
        case g.Call("not", (g.Call("true", ()),)):
            return True
        case g.Binary("and", left, right):
            return _never(left) or _never(right)
        case g.Binary("or", left, right):
            return _never(left) and _never(right)
    return False


def _compared(part: object) -> tuple[g.Node, g.Literal] | None:
    """A question and the code it is compared with."""
    match part:
        case g.Binary("=", (g.Ref() | g.PathExpr()) as asked, g.Literal() as code):
            return asked, code
        case g.Binary("=", g.Literal() as code, (g.Ref() | g.PathExpr()) as asked):
            return asked, code
        case g.Call("selected", ((g.Ref() | g.PathExpr()) as asked, g.Literal() as code)):
            return asked, code
    return None


def _lacking(form: Form, owner: Path, expr: Expr, asked: g.Node, code: g.Literal) -> Issue | None:
    path = _path(form, owner, asked)
    question = form.by_path.get(path) if path else None
    if not code.value or not isinstance(question, Question) or not question.list_name:
        return None
    if code.value.strip() in form.lists[question.list_name].by_value:
        return None
    sentence = N_("{name} has no choice {code}: this is never so.")
    return Issue(
        "warning", expr.src.at(expr.src.column, code.offset), sentence, {"name": question.name, "code": code.value}
    )


def _path(form: Form, owner: Path, tree: g.Node) -> Path | None:
    """The question that a name or a plain path means, None when that is not simple."""
    if isinstance(tree, g.Ref):
        return next((path for path in form.by_path if path[-1] == tree.name), None)
    if not isinstance(tree, g.PathExpr) or tree.start is not None or any(step.predicates for step in tree.steps):
        return None
    found = list(() if tree.absolute else owner)
    for step in tree.steps[1 if tree.absolute else 0 :]:
        if step.axis == "parent" and found:
            found.pop()
        elif step.axis == "child":
            found.append(step.test)
        elif step.axis != "self":
            return None
    return tuple(found)


def _dates(expr: Expr, part: g.Binary) -> Iterator[Issue]:
    for side in (part.left, part.right):
        if isinstance(side, g.Literal) and _DATE.fullmatch(side.value):
            sentence = N_("Some programs compare {date} as a text here: write date('{date}').")
            yield Issue("warning", expr.src.at(expr.src.column, side.offset), sentence, {"date": side.value})
