"""One named act of one officer on one document and, if need be, its neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

from migrant_office.errors import NotAllowed
from migrant_office.i18n import N_
from migrant_office.models.vault.cells import Cells, Touched, Value
from migrant_office.models.vault.documents import Document
from migrant_office.models.vault.ledger import Name
from migrant_office.models.vault.merging import Group, holder, suppliers, view
from migrant_office.models.vault.nouns import NOUNS, File, Home, Noun, Ref, changed
from migrant_office.models.vault.shelf import JOINABLE

if TYPE_CHECKING:
    from migrant_office.models.vault.vault import Vault

T = TypeVar("T")
NOTHING: Mapping[str, frozenset[Any]] = {}


@dataclass(frozen=True, slots=True)
class Done:
    """What an operation changed: its name, the envelopes that hold it, and the cells, for the screens."""

    op: str = ""
    envelopes: tuple[Name, ...] = ()
    changed: dict[Ref, Touched] = field(default_factory=dict)

    def touches(self, *nouns: str) -> bool:
        """Whether any object of these nouns changed: what a screen asks before it reads again."""
        return any(noun in touched for touched in self.changed.values() for noun in nouns)


class Open(NamedTuple):
    """A document being changed inside one operation."""

    document: Document
    before: File


class Operation:
    """Collects the writes; the end of its block makes them one transaction. Not to be kept after it."""

    def __init__(self, vault: Vault, op: str, id: str) -> None:
        self.vault, self.op, self.id = vault, op, id
        self.open: dict[Ref, Open] = {}
        self.groups: dict[str, Group | None] = {}
        self.entries: set[str] = set()
        self.seen: dict[Ref, File] = {}  # until something is written
        self.done = Done(op)

    def put(self, thing: T, *, on: str | None = None) -> T:
        """Write a whole noun: an entry once, or a new record. `on` names another document than the operation's.

        Raises whatever the guard of this noun does: no operation goes around it.
        """
        told = cast("Any", thing)
        if guard := self.vault.guards.get(type(thing)):
            guard(self, thing, on or self.id)
        values = {f.name: v for f in fields(told) if (v := getattr(told, f.name)) != f.default}
        if NOUNS[type(thing)].once:
            if told.id in self.entries or told.id in self.file_of(thing, on).all(type(thing)):
                raise NotAllowed(N_("This was already written. Add a correction instead."))
            self.entries.add(told.id)
        self._write(thing, on, values)
        return thing

    def set(self, thing: T, *, on: str | None = None, **values: Any) -> T:
        """Change some fields of a record: only what differs from what the screen showed is written."""
        noun = NOUNS[type(thing)]
        if noun.once:
            raise NotAllowed(N_("This was already written. Add a correction instead."))
        seen = {name: getattr(thing, name) for name in values}
        new = {name: v - seen[name] if name in noun.flags else v for name, v in values.items() if v != seen[name]}
        gone = {name: seen[name] - values[name] for name in noun.flags if name in values}
        self._write(thing, on, new, gone)
        return changed(thing, **values)

    def file_of(self, thing: Any, on: str | None = None) -> File:
        """The document this noun lives in, as it was before the operation."""
        return self.on(Ref(NOUNS[type(thing)].home, on or self.id)).before

    def take_away(self, cls: type[Any], id: str, *, on: str | None = None) -> None:
        """Let a document hold an object no more; what was written stays in the log."""
        noun = NOUNS[cls]
        self.cells(Ref(noun.home, self.holder_of(cls, id, on=on)), noun.name, [(id, None)])

    def holder_of(self, cls: type[Any], id: str, *, on: str | None = None) -> str:
        """The document that holds an object: of a joined case the file that it goes with when they are separated."""
        noun = NOUNS[cls]
        ref = Ref(noun.home, on or self.id)
        group = self.group_of(ref)
        return holder(noun, id, {}, group, self.cells_in(group, ref.home)) if group else ref.id

    def _write(
        self, thing: Any, on: str | None, new: Mapping[str, Any], gone: Mapping[str, frozenset[Any]] = NOTHING
    ) -> None:
        noun = NOUNS[type(thing)]
        ref = Ref(noun.home, on or self.id)
        if "/" in thing.id:
            raise ValueError("an id holds no slash")
        if group := self.group_of(ref):
            self._write_joined(noun, thing, group, ref.home, new, gone)
            return
        id = "" if thing.id == ref.id and not noun.once else thing.id  # a document's own subject needs no name in keys
        self.cells(ref, noun.name, [*((key, None) for key, _ in noun.cells(id, gone)), *noun.cells(id, new)])

    def _write_joined(
        self,
        noun: Noun,
        thing: Any,
        group: Group,
        home: Home,
        new: Mapping[str, Any],
        gone: Mapping[str, frozenset[Any]],
    ) -> None:
        """Write to the document of a joined case that a value belongs to: a field of the person where it is read from,
        an entry beside what it follows, and what is new to the case that was kept.
        """
        files = self.cells_in(group, home)
        if not noun.subject:
            target = holder(noun, thing.id, {name: getattr(thing, name) for name in noun.defaults}, group, files)
            told = [*((key, None) for key, _ in noun.cells(thing.id, gone)), *noun.cells(thing.id, new)]
            self.cells(Ref(home, target), noun.name, told)
            return
        for name in {*new, *gone}:
            told = list(noun.cells("", {name: new[name]})) if name in new else []
            told += [(key, None) for key, _ in noun.cells("", {name: gone.get(name, frozenset())}) if name in gone]
            sources = suppliers(noun, group, name, files)
            for key, value in told:
                holding = [doc for doc in sources if key in files.get(doc, {}).get(noun.name, {})]
                off = value is None or value is False  # taken away wherever it stands, else it would shine through
                for doc in (holding if off else []) or sources[:1]:
                    self.cells(Ref(home, doc), noun.name, [(key, value)])

    def cells(self, ref: Ref, noun: str, cells: Iterable[tuple[str, Value]]) -> None:
        """Write cells as they are; for undo and for the repair of forks."""
        if self.vault.current is not self:
            raise NotAllowed(N_("This change came too late and was not saved. Do it again."))
        document = self.exact(ref).document
        self.seen.clear()
        for key, value in cells:
            document.write(noun, key, value)

    def on(self, ref: Ref) -> Open:
        """A document as it is seen; of a joined case `before` is the whole, under the name of the one that is kept."""
        group = self.group_of(ref)
        if group is None:
            return self.exact(ref)
        return Open(
            self.exact(Ref(ref.home, group.root)).document, view(group, ref.home, self.cells_in(group, ref.home))
        )

    def now(self, ref: Ref) -> File:
        """A document with what this operation has written so far."""
        if ref not in self.seen:
            self.seen[ref] = self._now(ref)
        return self.seen[ref]

    def _now(self, ref: Ref) -> File:
        group = self.group_of(ref)
        if group is None:
            return File(ref, self.exact(ref).document.cells())
        told = {id: self.exact(Ref(ref.home, id)).document.cells() for id in self.cells_in(group, ref.home)}
        return view(group, ref.home, told)

    def group_of(self, ref: Ref) -> Group | None:
        """The documents that a case is seen with, as they were before the operation."""
        if ref.home not in JOINABLE:
            return None
        if ref.id not in self.groups:
            self.groups[ref.id] = self.vault.shelf.groups.of(ref.id)
        return self.groups[ref.id]

    def cells_in(self, group: Group, home: Home) -> dict[str, Cells]:
        """The documents of a group that are here, as they were before the operation."""
        found = {}
        for member in group.members:
            ref = Ref(home, member)
            if not self.vault.shelf.is_erased(member) and (ref in self.open or self.vault.shelf.has(ref)):
                found[member] = self.exact(ref).before.cells
        return found

    def exact(self, ref: Ref) -> Open:
        """One document alone, whatever it is joined to."""
        if ref not in self.open:
            document = self.vault.shelf.load(ref)
            self.open[ref] = Open(document, File(ref, document.cells()))
        return self.open[ref]
