"""One named act of one officer on one document and, if need be, its neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

from migrant_office.errors import NotAllowed
from migrant_office.i18n import N_
from migrant_office.models.vault.cells import Touched, Value
from migrant_office.models.vault.documents import Document
from migrant_office.models.vault.ledger import Name
from migrant_office.models.vault.nouns import NOUNS, File, Ref, changed

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
        self.entries: set[str] = set()
        self.done = Done(op)

    def put(self, thing: T, *, on: str | None = None) -> T:
        """Write a whole noun: an entry once, or a new record. `on` names another document than the operation's."""
        told = cast("Any", thing)
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

    def _write(
        self, thing: Any, on: str | None, new: Mapping[str, Any], gone: Mapping[str, frozenset[Any]] = NOTHING
    ) -> None:
        noun = NOUNS[type(thing)]
        ref = Ref(noun.home, on or self.id)
        if "/" in thing.id:
            raise ValueError("an id holds no slash")
        id = "" if thing.id == ref.id and not noun.once else thing.id  # a document's own subject needs no name in keys
        self.cells(ref, noun.name, [*((key, None) for key, _ in noun.cells(id, gone)), *noun.cells(id, new)])

    def cells(self, ref: Ref, noun: str, cells: Iterable[tuple[str, Value]]) -> None:
        """Write cells as they are; for undo and for the repair of forks."""
        if self.vault.current is not self:
            raise NotAllowed(N_("This change came too late and was not saved. Do it again."))
        document = self.on(ref).document
        for key, value in cells:
            document.write(noun, key, value)

    def on(self, ref: Ref) -> Open:
        if ref not in self.open:
            document = self.vault.shelf.load(ref)
            self.open[ref] = Open(document, File(ref, document.cells()))
        return self.open[ref]
