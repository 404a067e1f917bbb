"""From an expression to the questions it names: `${x}` and absolute paths, seen from the repeat instance that asks.

Inside its own repeat a name means the current instance, and so does an absolute path (as ODK reads it); from outside,
or of another repeat, it means every instance. A repeat named as such means all its instances.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from migrant_office.models.forms.expressions.context import Context
from migrant_office.models.forms.expressions.scope import Names
from migrant_office.models.forms.form import Path

Found = Callable[[Context], Sequence[Any]]


def finder(path: Path, owner: Path, names: Names) -> Found:
    """The closure that answers the nodes of a path for an expression of the question at `owner`."""
    trail, stands = names.trail(path), names.trail(owner)
    shared = sum(one == other for one, other in zip(trail, stands, strict=False))
    up, rest = len(stands) - shared, trail[shared:]
    many = path in names.repeats
    if not trail and not many:
        return lambda ctx: (ctx.nodes[path],)
    if not up and not rest and not many:
        return lambda ctx: (ctx.home.nodes[path],)

    def found(ctx: Context) -> Sequence[Any]:
        home = ctx.home
        for _level in range(up):
            home = home.outer
        homes = [home]
        for repeat in rest:
            homes = [one.home for outer in homes for one in outer.nodes[repeat].live]
        nodes = [one.nodes[path] for one in homes]
        return [live for node in nodes for live in node.live] if many else nodes

    return found


def indexed(path: Path, owner: Path, places: Sequence[tuple[Path, Callable[[Context], float]]], names: Names) -> Found:
    """`indexed-repeat()`: the node of a path in the instances with these numbers (1 is the first), none elsewhere.

    A repeat around it that has no number is the one that the owner stands in, else its first instance.
    """
    wanted = dict(places)
    trail, stands = names.trail(path), names.trail(owner)
    first = next((at for at, repeat in enumerate(trail) if repeat in wanted), len(trail))
    while first and trail[:first] != stands[:first]:
        first -= 1
    up, rest = len(stands) - first, trail[first:]

    def found(ctx: Context) -> Sequence[Any]:
        home = ctx.home
        for _level in range(up):
            home = home.outer
        for repeat in rest:
            number = wanted[repeat](ctx) if repeat in wanted else 1.0
            live = home.nodes[repeat].live
            if not 1 <= number <= len(live) or number != int(number):
                return ()
            home = live[int(number) - 1].home
        return (home.nodes[path],)

    return found
