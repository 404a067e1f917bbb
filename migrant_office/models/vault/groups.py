"""Which documents are seen as one, and bringing the tables from one state of such a group to the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from migrant_office.models.vault import search
from migrant_office.models.vault.cells import Cells, Touched
from migrant_office.models.vault.merging import Edge, Group, edge_of, groups, view
from migrant_office.models.vault.nouns import File, Home, Ref
from migrant_office.models.vault.projection import Execute, project

AROUND = (
    'SELECT joined, "into", made FROM merge WHERE "into" <> \'\' AND "into" NOT IN (SELECT doc FROM erased) AND doc IN '
    "(SELECT doc FROM merge WHERE joined = ? AND \"into\" <> '' UNION ALL SELECT ?)"
)
"""Every redirect of the group of one document: their rows lie under the group's root."""


class Groups:
    """`cells_of` reads one document as it is stored, None where there is none."""

    def __init__(self, sql: Execute, cells_of: Callable[[Ref], Cells | None], is_erased: Callable[[str], bool]) -> None:
        self.sql, self.cells_of, self.is_erased = sql, cells_of, is_erased

    def of(self, id: str) -> Group | None:
        """The group that a case is in, if it is in one."""
        edges = self.edges_of(id)
        return groups(edges).get(id) if edges else None

    def edges_of(self, id: str) -> dict[str, Edge]:
        return {joined: Edge(into, str(made)) for joined, into, made in self.sql(AROUND, (id, id)).fetchall()}

    def view(self, group: Group, home: Home, known: Mapping[str, Cells] | None = None) -> File:
        """A group as one file; what is in `known` is not read again."""
        return view(group, home, self.files(group.members, home, known or {}))

    def apart(self, id: str, without: str) -> File:
        """How a case is seen when one redirect of its group is taken away."""
        edges = {child: edge for child, edge in self.edges_of(id).items() if child != without}
        group = groups(edges).get(id)
        if group is None:
            return File(Ref(Home.CASE, id), self.cells_of(Ref(Home.CASE, id)) or {})
        return self.view(group, Home.CASE)

    def files(self, ids: tuple[str, ...], home: Home, known: Mapping[str, Cells]) -> dict[str, Cells]:
        found = {id: known[id] if id in known else self.cells_of(Ref(home, id)) for id in ids}
        return {id: cells for id, cells in found.items() if cells is not None}

    def keep(self, before: File, after: File) -> Touched:
        """Tables and index from one state of a case to the next, whatever is joined to it or was."""
        id, edge = after.ref.id, self.live(edge_of(after.cells))
        old = self.edges_of(id)
        if not old and edge is None:
            touched = project(self.sql, before, after)
            if search.is_concerned(touched):
                search.find_again(self.sql, after)
            return touched
        old |= self.edges_of(edge.into) if edge else {}
        new = {child: told for child, told in old.items() if child != id} | ({id: edge} if edge else {})
        ids = {id, *old, *new, *(told.into for told in (*old.values(), *new.values()))}
        stored = self.files(tuple(ids), Home.CASE, {id: after.cells})
        return self.change(views(old, stored | {id: before.cells}), views(new, stored))

    def live(self, edge: Edge | None) -> Edge | None:
        """A redirect, unless it leads to somebody erased."""
        return None if edge is None or self.is_erased(edge.into) else edge

    def forget(self, id: str) -> None:
        """Take a case that is being erased out of the tables; the others of its group stay, each by what is left."""
        old = self.edges_of(id)
        if not old:  # alone: its rows go without its document being read, which may be damaged
            return
        ids = {id, *old, *(told.into for told in old.values())}
        stored = self.files(tuple(ids), Home.CASE, {})
        new = {child: told for child, told in old.items() if id not in (child, told.into)}
        self.change(views(old, stored), views(new, {other: cells for other, cells in stored.items() if other != id}))

    def rebuild(self, edges: Mapping[str, Edge]) -> None:
        """Join again what was projected document by document."""
        live = {child: edge for child, edge in edges.items() if self.live(edge)}
        for group in {group.root: group for group in groups(live).values()}.values():
            stored = self.files(group.members, Home.CASE, {})
            self.change(views({}, stored), views(group.edges, stored))

    def change(self, before: dict[str, File], after: dict[str, File]) -> Touched:
        """From some views to others; what is seen no more goes first."""
        touched: Touched = {}
        for root in sorted(before.keys() | after.keys(), key=lambda root: root in after):
            none = File(Ref(Home.CASE, root), {})
            now = after.get(root, none)
            for noun, keys in project(self.sql, before.get(root, none), now).items():
                touched.setdefault(noun, set()).update(keys)
            search.find_again(self.sql, now)
        return touched


def views(edges: Mapping[str, Edge], files: Mapping[str, Cells]) -> dict[str, File]:
    """How these documents are seen under these redirects, by root; one that is alone as it is."""
    found: dict[str, File] = {}
    together = groups(edges)
    for id in files.keys() | together.keys():
        group = together.get(id)
        if group is None:
            found[id] = File(Ref(Home.CASE, id), files[id])
        elif group.root not in found:
            found[group.root] = view(group, Home.CASE, {m: files[m] for m in group.members if m in files})
    return found
