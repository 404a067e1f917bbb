"""The places of a form being filled: one spot for each question and group, and in repeats one for each instance.

Spots are the nodes that expressions walk. A repeat has a container, which is no node: the nodes are its instances, and
of these only the live ones, so that `count()` and `sum()` see what is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from migrant_office.models.forms.expressions.values import Node
from migrant_office.models.forms.form import Form, Group, Path, Question, Repeat
from migrant_office.models.missing import Missing


class Home:
    """The spots that exist once in one instance of a repeat (`path` is the repeat's), or once in the form (`()`).

    A repeat inside is there by its container; `outer` is the home around this one.
    """

    __slots__ = ("nodes", "outer", "path")

    def __init__(self, path: Path, outer: Home | None) -> None:
        self.path = path
        self.outer = outer
        self.nodes: dict[Path, Spot] = {}


class Spot(Node):
    """One question or group in its place: what was answered, why it is missing, whether it is asked.

    `text` is what expressions see, `answer` what is kept; `labels` are words of chosen codes as they were shown;
    `lost` holds answers to questions that this version of the form does not have, by part of the draft.
    """

    __slots__ = ("above", "addr", "answer", "home", "item", "labels", "lost", "missing", "shown")

    def __init__(self, item: Question | Group, home: Home, above: Spot | None) -> None:
        super().__init__(item.name)
        self.item = item
        self.home = home
        self.above = above
        self.parent = above
        self.addr = ""
        self.answer = ""
        self.missing: Missing | None = None
        self.shown = above is None
        self.labels: Mapping[str, str] = {}
        self.lost: dict[str, dict[str, object]] = {}

    @property
    def path(self) -> Path:
        return self.item.path


class Instance(Spot):
    """One of a repeat's instances; `surplus` when the count has become lower than its place. Its home is its own."""

    __slots__ = ("container", "surplus")

    def __init__(self, container: Container, home: Home) -> None:
        super().__init__(container.item, home, container.above)
        self.container = container
        self.surplus = False


class Container(Spot):
    """A repeat with all its instances; `live` are those asked now."""

    __slots__ = ("instances", "live", "repeat")

    def __init__(self, item: Repeat, home: Home, above: Spot) -> None:
        super().__init__(item, home, above)
        self.repeat = item
        self.instances: list[Instance] = []
        self.live: tuple[Instance, ...] = ()


class Garden:
    """All the spots of one filling, by address and by path."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.home = Home((), None)
        root = Spot(form.root, self.home, None)
        root.name = form.root_name
        root.parent = Node("")
        root.parent.children.append(root)
        self.root = self.home.nodes[()] = root
        self.by_addr: dict[str, Spot] = {}
        self._plant(form.root, root, self.home)
        self._enter(root)

    def _plant(self, group: Group, above: Spot, home: Home) -> None:
        for item in group.children:
            if isinstance(item, Repeat):
                home.nodes[item.path] = Container(item, home, above)
                continue
            spot = home.nodes[item.path] = Spot(item, home, above)
            if isinstance(item, Group):
                self._plant(item, spot, home)
        link(above)

    def grow(self, container: Container) -> Instance:
        """One more instance, blank, at the end; it becomes live when the container is settled."""
        home = Home(container.path, container.home)
        instance = Instance(container, home)
        self._plant(container.repeat, instance, home)
        container.instances.append(instance)
        self._address(instance, f"{container.addr}[{len(container.instances)}]")
        return instance

    def cut(self, container: Container, place: int) -> None:
        """Take an instance away (0 is the first); those after it move up."""
        behind = container.instances[place:]
        for instance in behind:
            for spot in within(instance):
                del self.by_addr[spot.addr]
        del container.instances[place]
        for number, instance in enumerate(behind[1:], place + 1):
            self._address(instance, f"{container.addr}[{number}]")

    def _enter(self, root: Spot) -> None:
        for spot in self._below(root):
            spot.addr = spot.item.addr
            self.by_addr[spot.addr] = spot

    @staticmethod
    def _below(top: Spot) -> Iterator[Spot]:
        return (spot for path, spot in top.home.nodes.items() if path)

    def _address(self, spot: Spot, addr: str) -> None:
        spot.addr = addr
        self.by_addr[addr] = spot
        if isinstance(spot, Container):
            for number, instance in enumerate(spot.instances, 1):
                self._address(instance, f"{addr}[{number}]")
        elif isinstance(spot.item, Group):
            for child in spot.item.children:
                self._address(spot.home.nodes[child.path], f"{addr}/{child.name}")

    # -- from place to place

    def reach(self, home: Home, path: Path, *, live: bool = False) -> Iterable[Spot]:
        """The spots of a path as they are seen from a home: its own and those inside, or further out."""
        trail = self.form.trails[path]
        if not trail:
            return (self.home.nodes[path],)
        while home.path not in trail and home.outer is not None:
            home = home.outer
        homes = [home]
        for repeat in trail[trail.index(home.path) + 1 if home.path else 0 :]:
            homes = [inner.home for one in homes for inner in instances(one.nodes[repeat], live=live)]
        return [one.nodes[path] for one in homes]

    def walk(self, group: Group, home: Home) -> Iterator[Spot]:
        """Every spot under a group in the order of the form; of a repeat the container, then each live instance."""
        for child in group.children:
            spot = home.nodes[child.path]
            yield spot
            if isinstance(spot, Container):
                for instance in spot.live:
                    yield instance
                    yield from self.walk(spot.repeat, instance.home)
            elif isinstance(child, Group):
                yield from self.walk(child, home)


def instances(spot: Spot, *, live: bool) -> Iterable[Instance]:
    if not isinstance(spot, Container):
        return ()
    return spot.live if live else spot.instances


def within(spot: Spot) -> Iterator[Spot]:
    """A spot and everything under it, also what is not live."""
    yield spot
    if isinstance(spot, Container):
        for instance in spot.instances:
            yield from within(instance)
    elif isinstance(spot.item, Group):
        for child in spot.item.children:
            yield from within(spot.home.nodes[child.path])


def link(spot: Spot) -> None:
    """Bring the children of a group or an instance up to date: of its repeats the live instances."""
    spot.children = []
    if isinstance(spot.item, Group):
        for child in spot.item.children:
            below = spot.home.nodes[child.path]
            spot.children.extend(below.live if isinstance(below, Container) else (below,))
