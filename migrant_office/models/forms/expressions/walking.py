"""Steps from node to node: the axes, the tests and the predicates of a path."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from migrant_office.models.forms.expressions.context import Context
from migrant_office.models.forms.expressions.values import Node, Nodes, to_boolean

Closure = Callable[[Context], Any]
Walk = Callable[[Context, Nodes], list[Node]]


def _descendants(node: Node) -> Iterator[Node]:
    for child in node.children:
        yield child
        yield from _descendants(child)


def _ancestors(node: Node) -> Iterator[Node]:
    while node.parent is not None:
        node = node.parent
        yield node


def _siblings(node: Node, *, after: bool) -> list[Node]:
    if node.parent is None:
        return []
    here = node.parent.children.index(node)
    return node.parent.children[here + 1 :] if after else node.parent.children[:here][::-1]


_AXES: dict[str, Callable[[Node], Iterable[Node]]] = {
    "self": lambda node: (node,),
    "child": lambda node: node.children,
    "parent": lambda node: () if node.parent is None else (node.parent,),
    "descendant": _descendants,
    "descendant-or-self": lambda node: (node, *_descendants(node)),
    "ancestor": _ancestors,
    "ancestor-or-self": lambda node: (node, *_ancestors(node)),
    "following-sibling": lambda node: _siblings(node, after=True),
    "preceding-sibling": lambda node: _siblings(node, after=False),
}


def step(axis: str, test: str, predicates: list[Closure]) -> Walk:
    """One step: from some nodes to those along the axis that pass the test and every predicate."""
    along = _AXES[axis]
    any_name = test in ("*", "node()")

    def walk(ctx: Context, nodes: Nodes) -> list[Node]:
        if len(nodes) == 1 and not predicates:
            return [other for other in along(nodes[0]) if any_name or other.name == test]
        found: dict[int, Node] = {}
        for node in nodes:
            passed = [other for other in along(node) if any_name or other.name == test]
            for other in keep(ctx, passed, predicates) if predicates else passed:
                found.setdefault(id(other), other)
        return list(found.values())

    return walk


def path(start: Closure, steps: list[Walk]) -> Closure:
    def walked(ctx: Context) -> Nodes:
        nodes: Nodes = start(ctx)
        for one in steps:
            nodes = one(ctx, nodes)
        return nodes

    return walked


def keep(ctx: Context, nodes: Nodes, predicates: list[Closure]) -> Nodes:
    """The nodes that pass every predicate; a number means a position, 1 is the first."""
    for predicate in predicates:
        size = len(nodes)
        kept: list[Node] = []
        for place, node in enumerate(nodes, 1):
            answer = predicate(ctx.at(node, place, size))
            number = isinstance(answer, (int, float)) and not isinstance(answer, bool)
            if answer == place if number else to_boolean(answer):
                kept.append(node)
        nodes = kept
    return nodes


def union(ctx: Context, left: Nodes, right: Nodes) -> Nodes:
    """Both sets without doubles, in the order of the form."""
    wanted = {id(node): node for node in (*left, *right)}
    ordered = [node for node in (ctx.root, *_descendants(ctx.root)) if wanted.pop(id(node), None) is not None]
    return [*ordered, *wanted.values()]


def position(nodes: Nodes) -> float:
    """The place of a node among its brothers of the same name, from 1."""
    if not nodes or nodes[0].parent is None:
        return 1.0
    alike = [other for other in nodes[0].parent.children if other.name == nodes[0].name]
    return float(alike.index(nodes[0]) + 1) if nodes[0] in alike else 1.0
