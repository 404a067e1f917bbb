"""Two documents that turned out to be of one subject, seen as one: nothing is copied, nothing is moved.

A `Merge` lies in the document that is joined to another; it is the redirect, and it names the fields whose value is
taken from here. A view is put together from the documents of a group each time it is read, so that undoing a merge is
taking the redirect away, and an edit made elsewhere meanwhile lands where it would have landed (docs/decisions/022).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from migrant_office.models.vault.cells import Cells, Value
from migrant_office.models.vault.nouns import NOUNS, File, Home, Merging, Noun, Ref, noun, projected, scalar

MERGE = "merge"
INTO, TAKEN, BOTH, MADE = "/into", "/taken", "/both", "/made"  # cells of the document that is joined


@noun(MERGE, Home.CASE)
class Merge:
    """`into` is the case that this one is joined to; `taken` are fields of the person whose value is taken from this
    one, `both` sets of which both count; `since` is an id made then, so that ids made later sort after it.
    """

    id: str
    into: str = scalar(default="", index=True)
    taken: tuple[str, ...] = scalar(default=(), column=False)
    both: tuple[str, ...] = scalar(default=(), column=False)
    made: date | None = scalar(default=None)
    since: str = scalar(default="", column=False)
    officer: str = scalar(default="")

    @projected()
    def joined(self, _file: File) -> str:
        """The case that is joined, to be looked up by."""
        return self.id


class Edge(NamedTuple):
    """One redirect: where it leads, and since when."""

    into: str
    made: str


class Group(NamedTuple):
    """Documents that are seen as one. `edges` has each joined one, not the root."""

    root: str
    edges: Mapping[str, Edge]

    @property
    def members(self) -> tuple[str, ...]:
        return (self.root, *sorted(self.edges))

    def children(self, of: str) -> list[str]:
        """What is joined to one, in the order in which it was: on every machine the same."""
        mine = [child for child, edge in self.edges.items() if edge.into == of]
        return sorted(mine, key=lambda child: (self.edges[child].made, child))


def edge_of(cells: Cells) -> Edge | None:
    """Where a document redirects to, if it does."""
    told = cells.get(MERGE, {})
    into = told.get(INTO)
    return Edge(into, str(told.get(MADE))) if isinstance(into, str) and into else None


def groups(edges: Mapping[str, Edge]) -> dict[str, Group]:
    """The group of every document that is in one. Two machines may have joined two cases both ways round: then the
    older one is the root, and its own redirect counts for nothing.
    """
    roots = {start: root_of(start, edges) for start in {*edges, *(edge.into for edge in edges.values())}}
    found: dict[str, Group] = {}
    for root in sorted(set(roots.values())):
        mine = {child: edge for child, edge in edges.items() if roots[child] == root and child != root}
        if mine:
            group = Group(root, mine)
            found.update(dict.fromkeys(group.members, group))
    return found


def root_of(start: str, edges: Mapping[str, Edge]) -> str:
    seen: list[str] = []
    at = start
    while at in edges and at not in seen:
        seen.append(at)
        at = edges[at].into
    return min(seen[seen.index(at) :]) if at in seen else at


def view(group: Group, home: Home, files: Mapping[str, Cells]) -> File:
    """The documents of a group as one file under the root's name; `files` are the cells of those that are here."""
    cells: Cells = {}
    for name in sorted({name for told in files.values() for name in told}):
        kind = next((n for n in NOUNS.values() if n.name == name), None)
        if kind is not None:
            cells[name] = joined(kind, group, files)
    file = File(Ref(home, group.root), cells)
    file.parts = tuple(File(Ref(home, member), files[member]) for member in group.members if member in files)
    return file


def joined(kind: Noun, group: Group, files: Mapping[str, Cells]) -> dict[str, Value]:
    """The cells of one noun: those with an own name side by side, those of the subject as the merges say."""
    found: dict[str, Value] = {}
    for member in group.members:
        for key, value in files.get(member, {}).get(kind.name, {}).items():
            if not key.startswith("/"):
                found.setdefault(key, value)
            elif not kind.subject:  # each document has one of its own, such as its redirect
                found[key if member == group.root else f"{member}{key}"] = value
    return found | subject_cells(kind, group, group.root, files) if kind.subject else found


def subject_cells(kind: Noun, group: Group, at: str, files: Mapping[str, Cells]) -> dict[str, Value]:
    """The subject's cells as seen at one document: its own, changed by what was joined to it."""
    now = own_cells(kind, files.get(at, {}))
    for child in group.children(at):
        theirs, choice = subject_cells(kind, group, child, files), files.get(child, {}).get(MERGE, {})
        later = path_of(kind, theirs) > path_of(kind, now)
        before = dict(now)
        for key in {*now, *theirs}:
            name = key.split("/")[1]
            rule = rule_of(kind, name, choice)
            held = any(other.split("/")[1] == name for other in before)
            value = seen(rule, before.get(key), theirs.get(key), held=held, later=later)
            if value is None:
                now.pop(key, None)
            else:
                now[key] = value
    return now


def own_cells(kind: Noun, cells: Cells) -> dict[str, Value]:
    return {key: value for key, value in cells.get(kind.name, {}).items() if key.startswith("/")}


def path_of(kind: Noun, cells: Mapping[str, Value]) -> tuple[bool, str]:
    """Whether the path that a subject is on (its begin and its end) is open, and since when."""
    names = [name for name, rule in kind.merging.items() if rule is Merging.PATH]
    if not names:
        return (False, "")
    begin, *ends = (cells.get(f"/{name}") for name in names)
    return (begin is not None and not any(ends), str(begin or ""))


def rule_of(kind: Noun, name: str, choice: Mapping[str, Value]) -> str:
    """How a field is joined: by its own rule, or as the officer chose."""
    rule = kind.merging.get(name, Merging.CHOSEN)
    if rule is not Merging.CHOSEN:
        return str(rule)
    if name in (choice.get(TAKEN) or ()):
        return "taken"
    return "both" if name in (choice.get(BOTH) or ()) else "kept"


def seen(rule: str, mine: Value, theirs: Value, *, held: bool, later: bool) -> Value:
    """One cell of two; `held` says whether the case that is kept has any value of this field, `later` whether the path
    of the other one counts.
    """
    match rule:
        case "taken":
            return theirs
        case "both" | Merging.ANY:
            return mine or theirs
        case Merging.FIRST:
            return min((value for value in (mine, theirs) if value is not None), default=None, key=str)
        case Merging.FILLED:
            return mine if held else theirs
        case Merging.PATH:
            return theirs if later else mine
        case _:
            return mine


# writing to a group


def suppliers(kind: Noun, group: Group, name: str, files: Mapping[str, Cells], at: str = "") -> list[str]:
    """The documents that a field of the subject is read from: a new value goes to the first, taking away to all."""
    here = at or group.root
    found, path = [here], path_of(kind, own_cells(kind, files.get(here, {})))
    for child in group.children(here):
        rule = rule_of(kind, name, files.get(child, {}).get(MERGE, {}))
        theirs = suppliers(kind, group, name, files, child)
        other = path_of(kind, subject_cells(kind, group, child, files))
        if rule == "taken" or (rule == Merging.PATH and other > path):
            found, path = theirs, max(path, other)
        elif rule in ("both", Merging.ANY, Merging.FIRST, Merging.FILLED):
            found = [*found, *theirs]
    return found


def holder(kind: Noun, id: str, values: Mapping[str, Any], group: Group, files: Mapping[str, Cells]) -> str:
    """The document that an entry belongs to: the one that holds it, or what it follows; a new one to the root."""
    wanted = {id, *(str(values[name]) for name in kind.follows if values.get(name))}
    for member in group.members:
        for told in files.get(member, {}).values():
            if any(key.partition("/")[0] in wanted for key in told):
                return member
    return group.root
