"""A small form's surroundings, so that one expression can be run by itself."""

from __future__ import annotations

import pytest

from migrant_office.models.forms.expressions.compile import compile_expression
from migrant_office.models.forms.expressions.context import Context
from migrant_office.models.forms.expressions.functions import chance
from migrant_office.models.forms.expressions.scope import Names
from migrant_office.models.forms.expressions.values import Node
from migrant_office.models.forms.form import Choice, ChoiceList, Path, Src, Text

TOWNS = ChoiceList(
    "towns",
    (
        Choice("n", Text({"es": "Norte", "ht": "Nò"}, "es"), {"region": "1"}),
        Choice("s", Text({"es": "Sur"}, "es"), {"region": "2"}),
    ),
)
NAMES = Names(
    {("a",): "", ("b",): "", ("g", "c"): "", ("g", "d"): "", ("town",): "towns"},
    frozenset({(), ("g",)}),
    {"towns": frozenset({"name", "label", "region"})},
)


PATHS: tuple[Path, ...] = (("a",), ("b",), ("g",), ("g", "c"), ("g", "d"), ("town",))


class Runner:
    """`run(source, a="3")` answers what the expression does with these answers, asked from question `here`."""

    def compiled(self, source, here=("a",), choices=""):
        return compile_expression(source, here, NAMES, Src("survey", 2, "relevant"), choices=choices)

    def __call__(self, source, here=("a",), **answers):
        top = Node("")
        nodes: dict[Path, Node] = {(): Node("data", top)}
        for path in PATHS:
            nodes[path] = Node(path[-1], nodes[path[:-1]], answers.get(path[-1], ""))
        context = Context(
            top,
            nodes,
            today="2026-07-15",
            now="2026-07-15T10:30:00.000-04:00",
            lang="es",
            chance=chance("x"),
            choice_label=lambda _list, value: TOWNS.by_value[value].label.get("es") if value in TOWNS.by_value else "",
            instance=lambda _name: TOWNS,
        )
        context.stand(nodes[here])
        return self.compiled(source, here)[0].fn(context)


@pytest.fixture(scope="session")
def run():
    return Runner()
