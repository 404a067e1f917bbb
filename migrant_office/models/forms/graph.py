"""What depends on what: the order of evaluation, who reads whom, and circles, which have no order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from migrant_office.i18n import N_
from migrant_office.models.forms.form import Expr, Group, Issue, Path, Question, Repeat, Src

Edges = dict[Path, set[Path]]


@dataclass(frozen=True)
class Graph:
    """`order`, `readers`, `watchers` and `wide` as the form keeps them; `issues` when there is a circle."""

    order: tuple[Path, ...]
    readers: Mapping[Path, frozenset[Path]]
    watchers: Mapping[Path, frozenset[Path]]
    wide: frozenset[tuple[Path, Path]]
    issues: tuple[Issue, ...]


def dependencies(root: Group) -> Graph:
    """The graph of a whole form. A question's value and whether it is relevant count as one thing, because a
    question that is not relevant is seen as blank by every expression.
    """
    items = {item.path: item for item in root.walk()}
    edges: Edges = {(): set()} | {path: _read(item, items) for path, item in items.items()}
    watched: Edges = {path: _watched(item, items) - {path} for path, item in items.items()}
    issues = [issue for item in items.values() if (issue := _self_relevant(item) or _self_calculated(item))]
    order, circles = _sorted(edges)
    issues += [_circle(circle, items) for circle in circles]
    return Graph(order, _reversed(edges), _reversed(watched), _wide(items), tuple(issues))


def _read(item: Question | Group, items: Mapping[Path, Question | Group]) -> set[Path]:
    found = _reads((item.relevant, _made_by(item)), item, items)
    return (found | {item.path[:-1]}) - {item.path}


def _made_by(item: Question | Group) -> Expr | None:
    """What makes the answer of a question, or the instances of a repeat."""
    if isinstance(item, Question):
        return item.calculate
    return item.count if isinstance(item, Repeat) else None


def _wide(items: Mapping[Path, Question | Group]) -> frozenset[tuple[Path, Path]]:
    """The pairs (read, reader) that reach into other instances; without repeats there are none."""
    if not any(isinstance(item, Repeat) for item in items.values()):
        return frozenset()
    found: set[tuple[Path, Path]] = set()
    for path, item in items.items():
        exprs = [getattr(item, name, None) for name in _EXPRESSIONS]
        for expr in (one for one in exprs if one is not None):
            found |= {(read, path) for read in (items if expr.everything else expr.wide)}
    return frozenset(found)


_EXPRESSIONS = ("relevant", "calculate", "count", "required", "constraint", "readonly", "choice_filter")


def _watched(item: Question | Group, items: Mapping[Path, Question | Group]) -> set[Path]:
    found = set(item.shown_deps)
    if isinstance(item, Question):
        found |= _reads((item.required, item.constraint, item.readonly, item.choice_filter), item, items)
    return found


def _reads(exprs: Iterable[Expr | None], item: Question | Group, items: Mapping[Path, Question | Group]) -> set[Path]:
    found: set[Path] = set()
    for expr in exprs:
        if expr is None:
            continue
        found |= expr.deps
        if expr.everything:  # a wildcard: all that asks for no wildcard itself
            found |= {path for path, other in items.items() if isinstance(other, Question) and not _asks_all(other)}
    return found - {item.path}


def _asks_all(question: Question) -> bool:
    return any(expr is not None and expr.everything for expr in (question.relevant, question.calculate))


def _self_relevant(item: Question | Group) -> Issue | None:
    for expr in (item.relevant, item.count if isinstance(item, Repeat) else None):
        if expr is None:
            continue
        inside = isinstance(item, Group) and any(path[: len(item.path)] == item.path for path in expr.deps)
        if expr.reads_self or inside:
            sentence = N_("Whether {name} is asked depends on {name} itself: ask another question.")
            return Issue("error", expr.src, sentence, {"name": item.name})
    return None


def _self_calculated(item: Question | Group) -> Issue | None:
    """`.` and once() keep what a calculation said before; by its own name it would grow at every look."""
    expr = item.calculate if isinstance(item, Question) else None
    if expr is None or not expr.reads_self or not re.search(rf"\$\{{\s*{re.escape(item.name)}\s*\}}", expr.source):
        return None
    sentence = N_("The calculation of {name} reads {name} itself: to keep its first value write once().")
    return Issue("error", expr.src, sentence, {"name": item.name})


def _sorted(edges: Edges) -> tuple[tuple[Path, ...], list[list[Path]]]:
    """The order, and every circle found: one is cut before the next is looked for."""
    edges = {path: set(read) for path, read in edges.items()}
    circles: list[list[Path]] = []
    while True:
        try:
            return tuple(TopologicalSorter(edges).static_order()), circles
        except CycleError as error:
            circle: list[Path] = error.args[1][::-1]
            circles.append(circle[:-1])
            edges[circle[0]].discard(circle[1])


def _circle(circle: list[Path], items: Mapping[Path, Question | Group]) -> Issue:
    first = min((items[path] for path in circle if path), key=lambda item: item.src.row)
    names = ", ".join(f"{items[path].name} ({items[path].src.row})" for path in circle if path)
    return Issue(
        "error",
        _place(first),
        N_("These depend on each other in a circle (with their rows): {names}."),
        {"names": names},
    )


def _place(item: Question | Group) -> Src:
    expr = _made_by(item) or item.relevant
    return expr.src if expr else item.src


def _reversed(edges: Edges) -> dict[Path, frozenset[Path]]:
    found: Edges = {}
    for path, read in edges.items():
        for one in read:
            found.setdefault(one, set()).add(path)
    return {path: frozenset(readers) for path, readers in found.items()}
