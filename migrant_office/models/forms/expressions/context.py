"""What an expression can ask while a form is being filled."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from migrant_office.models.forms.expressions.values import Node
from migrant_office.models.forms.form import Path


class Context:
    """Where an expression stands (`node`, and `position` of `size` inside a predicate) and what surrounds it.

    `nodes` holds one node per path; `today` and `now` are texts, the same during a whole filling.
    """

    __slots__ = (
        "chance",
        "choice_label",
        "instance",
        "lang",
        "node",
        "nodes",
        "now",
        "position",
        "root",
        "size",
        "today",
    )

    def __init__(
        self,
        root: Node,
        nodes: Mapping[Path, Node],
        *,
        today: str,
        now: str,
        lang: str,
        chance: random.Random,
        choice_label: Callable[[str, str], str],
        instance: Callable[[str], Node],
    ) -> None:
        self.root = self.node = root
        self.nodes = nodes
        self.position = self.size = 1
        self.today = today
        self.now = now
        self.lang = lang
        self.chance = chance
        self.choice_label = choice_label
        self.instance = instance

    def at(self, node: Node, position: int = 1, size: int = 1) -> Context:
        """The same surroundings from another node."""
        other = Context.__new__(Context)
        other.root, other.nodes = self.root, self.nodes
        other.today, other.now, other.lang = self.today, self.now, self.lang
        other.chance, other.choice_label, other.instance = self.chance, self.choice_label, self.instance
        other.node, other.position, other.size = node, position, size
        return other
