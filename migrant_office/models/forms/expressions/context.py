"""What an expression can ask while a form is being filled."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Any

from migrant_office.models.forms.expressions.values import Node
from migrant_office.models.forms.form import ChoiceList, Path


class Context:
    """Where an expression stands (`node`, and `position` of `size` inside a predicate) and what surrounds it.

    `nodes` holds one node per path outside repeats; `home` the nodes of the repeat instance that owns the expression
    (`spots.Home`); `current` is the owner, also inside a predicate. `today` and `now` are texts, the same during a
    whole filling.
    """

    __slots__ = (
        "chance",
        "choice_label",
        "current",
        "home",
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
        instance: Callable[[str], ChoiceList],
    ) -> None:
        self.root = self.node = self.current = root
        self.nodes = nodes
        self.home: Any = None
        self.position = self.size = 1
        self.today = today
        self.now = now
        self.lang = lang
        self.chance = chance
        self.choice_label = choice_label
        self.instance = instance

    def stand(self, node: Node, home: Any = None) -> None:
        """Let the next expression be owned by this node."""
        self.node = self.current = node
        self.home = home

    def at(self, node: Node, position: int = 1, size: int = 1) -> Context:
        """The same surroundings from another node."""
        other = Context.__new__(Context)
        other.root, other.nodes = self.root, self.nodes
        other.home, other.current = self.home, self.current
        other.today, other.now, other.lang = self.today, self.now, self.lang
        other.chance, other.choice_label, other.instance = self.chance, self.choice_label, self.instance
        other.node, other.position, other.size = node, position, size
        return other
