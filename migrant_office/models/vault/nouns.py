"""How a noun is declared once, and how it becomes cells of a document and comes back.

A *record* has one cell a field and one a member of a set; the last writer of a cell wins. An *entry* (`once=True`) is
one cell, written once and corrected by another entry. There is no third kind (docs/decisions/003).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from enum import StrEnum
from functools import cached_property
from types import NoneType
from typing import Any, NamedTuple, TypeVar, cast, dataclass_transform, get_args, get_type_hints

from migrant_office.models.vault.cells import Cells, Damaged, Unrecognised, Value, plain, reader

T = TypeVar("T")
SQL_TYPES = {bool: "INTEGER", int: "INTEGER", float: "REAL"}


class Home(StrEnum):
    """The kind of document a noun lives in; the home decides the key, and whether there is a table."""

    CASE = "case"
    RESTRICTED = "restricted"
    HOUSEHOLD = "household"
    SERVICE = "service"
    FORM = "form"
    TICKET = "ticket"


class Ref(NamedTuple):
    """The name of a document: its home and the id of its subject. Ids hold no `/`."""

    home: Home
    id: str


class Sensitivity(StrEnum):
    """What may be done with a field beyond showing it to the officer of the case.

    The export gate reads it: only COUNTED columns may reach a table of counts.
    """

    COUNTED = "counted"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"


class Searched(StrEnum):
    """What kind of word a field gives to the search: each is met in its own way, and a hit says which it was."""

    NAMES = "names"
    PHONES = "phones"
    PAPERS = "papers"  # numbers of documents, and of other registers
    CODES = "codes"  # folios and slips
    TEXTS = "texts"


class Merging(StrEnum):
    """How a field of a subject is seen when its documents are joined. The default is what the officer chose."""

    CHOSEN = "chosen"
    KEPT = "kept"  # always that of the case that is kept
    ANY = "any"  # true when it is in any: the stricter visibility
    FIRST = "first"  # the earliest
    FILLED = "filled"  # that of the case that is kept where it has one
    PATH = "path"  # begin and end of the path that is open, else of the later one


def scalar(
    *,
    default: Any = MISSING,
    column: bool = True,
    index: bool = False,
    search: Searched | None = None,
    follows: bool = False,
    merging: Merging = Merging.CHOSEN,
    sensitivity: Sensitivity = Sensitivity.PERSONAL,
) -> Any:
    """One value. `column` puts it in the table of its noun, `index` makes it fast to find there, `search` says as what
    it is found when a person types it. `follows` names another object that this one belongs with, `merging` says how
    the field is seen when two documents turn out to be of one subject (`merging.py`).
    """
    return field(
        default=default,
        metadata={
            "column": column,
            "index": index,
            "search": search,
            "follows": follows,
            "merging": merging,
            "sensitivity": sensitivity,
        },
    )


def flags(
    *,
    default: frozenset[Any] = frozenset(),
    merging: Merging = Merging.CHOSEN,
    sensitivity: Sensitivity = Sensitivity.PERSONAL,
) -> Any:
    """A set of codes or ids: one cell a member, so that two desks can add at once. `default` is written for the type
    checker and is always empty.
    """
    return field(default=default, metadata={"flags": True, "merging": merging, "sensitivity": sensitivity})


def projected(
    *, index: bool = True, sensitivity: Sensitivity = Sensitivity.PERSONAL
) -> Callable[[Callable[[Any, File], T]], Callable[[Any, File], T]]:
    """A column computed by the noun's own rule from its whole file: written here and nowhere else.

    The rule looks at nothing but the file: no clock, no other document, and a neighbour may be missing.
    """

    def mark(rule: Callable[[Any, File], T]) -> Callable[[Any, File], T]:
        rule.__dict__["projected"] = {"index": index, "sensitivity": sensitivity}
        return rule

    return mark


def keyed(rule: Callable[[Any, File], frozenset[int]]) -> Callable[[Any, File], frozenset[int]]:
    """Mark the rule of a noun that gives the numbers under which documents of perhaps one subject meet."""
    rule.__dict__["keyed"] = True
    return rule


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(scalar, flags, field))
def noun(
    name: str, home: Home, *, once: bool = False, subject: bool = False, together: tuple[tuple[str, ...], ...] = ()
) -> Callable[[type[T]], type[T]]:
    """Declare a noun. `name` is what documents and tables say for ever; the class may be renamed, the name may not.
    `subject`: it is what the document is about, one of it and with the document's id. `together` names columns that are
    looked up together, for an index of their own.
    """

    def declare(cls: type[T]) -> type[T]:
        made: Any = dataclass(frozen=True, slots=True, kw_only=True)(cls)
        NOUNS[made] = Noun(made, name, home, once=once, subject=subject)
        NOUNS[made].together = together
        return cast("type[T]", made)

    return declare


class Noun:
    """What the metadata of one dataclass says."""

    name: str
    together: tuple[tuple[str, ...], ...] = ()

    def __init__(self, cls: type[Any], name: str, home: Home, *, once: bool, subject: bool = False) -> None:
        if not name.isidentifier() or name in {n.name for n in NOUNS.values()}:
            raise TypeError(f"{cls.__name__}: the name {name!r} is taken or cannot name a table")
        self.cls, self.name, self.home, self.once, self.subject = cls, name, home, once, subject
        mine = [f for f in fields(cls) if f.name != "id"]
        if not once and any(f.default is MISSING for f in mine):
            raise TypeError(f"{cls.__name__}: every field of a record needs a default, or half a merge cannot be read")
        self.defaults = {f.name: f.default for f in mine}
        self.flags = [f.name for f in mine if f.metadata.get("flags")]
        if once and self.flags:
            raise TypeError(f"{cls.__name__}: an entry is one cell, so its sets are plain fields")
        self.columns = [f.name for f in mine if f.metadata.get("column")]
        self.rules = [attribute for attribute, rule in vars(cls).items() if hasattr(rule, "projected")]
        self.searched: dict[str, Searched] = {f.name: f.metadata["search"] for f in mine if f.metadata.get("search")}
        self.follows = [f.name for f in mine if f.metadata.get("follows")]
        self.merging = {f.name: f.metadata.get("merging", Merging.CHOSEN) for f in mine}
        self.keyed = [attribute for attribute, rule in vars(cls).items() if hasattr(rule, "keyed")]
        rules = {r: vars(cls)[r].projected for r in self.rules}
        self.indexed = [f.name for f in mine if f.metadata.get("index")] + [r for r in rules if rules[r]["index"]]
        self.sensitivity = {f.name: f.metadata["sensitivity"] for f in mine if "sensitivity" in f.metadata}
        self.sensitivity |= {r: rules[r]["sensitivity"] for r in rules}

    @cached_property
    def hints(self) -> dict[str, Any]:
        return get_type_hints(self.cls)

    @cached_property
    def readers(self) -> dict[str, Callable[[Value], Any]]:
        """For each field the way back from a cell; for a set, from one member."""
        hints = self.hints | {name: get_args(self.hints[name])[0] for name in self.flags}
        return {f.name: reader(hints[f.name]) for f in fields(self.cls)}

    @cached_property
    def sql_types(self) -> dict[str, str]:
        """Strict type of each column and rule; one that may hold a reason instead of a number takes anything."""
        hints = {c: self.hints[c] for c in self.columns}
        hints |= {r: get_type_hints(getattr(self.cls, r))["return"] for r in self.rules}
        return {column: sql_type(hint) for column, hint in hints.items()}

    def cells(self, id: str, values: Mapping[str, Any]) -> Iterator[tuple[str, Value]]:
        """The cells that say these values; None takes a cell away."""
        if self.once:
            yield id, {name: plain(v) for name, v in values.items() if v is not None and name != "id"}
            return
        for name, value in values.items():
            if name in self.flags:
                yield from ((f"{id}/{name}/{plain(code)}", True) for code in value)
            elif name != "id":
                yield f"{id}/{name}", plain(value)

    def read(self, cells: Mapping[str, Value], owner: str) -> tuple[dict[str, Any], list[str]]:
        """Every object of this noun in a document, by id, and the ids of those too damaged to read.

        Never raises: unknown cells and fields are passed over and kept, an unknown code becomes `Unrecognised`.
        """
        found: dict[str, dict[str, Any]] = {}
        damaged: list[str] = []
        for key, value in cells.items():
            id, _, path = key.partition("/")
            values = found.setdefault(id or owner, {"id": id or owner})
            try:
                self._read_cell(values, path, value)
            except Damaged:
                damaged.append(id or owner)
                del found[id or owner]
        objects: dict[str, Any] = {}
        for id, values in found.items():
            try:
                objects[id] = self.cls(**values)
            except TypeError:  # an entry without a field that every entry has
                damaged.append(id)
        return objects, damaged

    def _read_cell(self, values: dict[str, Any], path: str, value: Value) -> None:
        if self.once:
            if not isinstance(value, dict):
                raise Damaged
            values |= {
                n: self.read_value(n, v) for n, v in value.items() if n in self.readers and n != "id" and v is not None
            }
            return
        name, _, code = path.partition("/")
        if value is None:  # a cell taken away
            return
        if code and name in self.flags:
            values[name] = values.get(name, frozenset()) | {self.read_value(name, code)}
        elif path in self.readers and path != "id" and path not in self.flags:
            values[path] = self.read_value(path, value)

    def read_value(self, name: str, value: Value) -> Any:
        """A field's value from its cell; whatever no version of the program wrote is `Unrecognised`."""
        try:
            return self.readers[name](value)
        except (TypeError, ValueError, LookupError, AttributeError):
            return Unrecognised(value)


NOUNS: dict[type[Any], Noun] = {}


def changed(thing: T, **values: Any) -> T:
    """A copy of a noun with other values; nothing is written."""
    return cast("T", replace(cast("Any", thing), **values))


def sql_type(hint: Any) -> str:
    kinds = {k for k in (get_args(hint) or (hint,)) if k is not NoneType}
    types = {SQL_TYPES.get(k, "TEXT") for k in kinds}
    return types.pop() if len(types) == 1 else "ANY"


class File:
    """One document as frozen dataclasses, each noun read when first asked for. Reading never raises."""

    def __init__(self, ref: Ref, cells: Cells) -> None:
        self.ref, self.cells = ref, cells
        self.parts: tuple[File, ...] = (self,)  # the files of a merged case, as each was told
        self._read: dict[type[Any], dict[str, Any]] = {}
        self._damaged: dict[type[Any], list[str]] = {}

    def all(self, cls: type[T]) -> Mapping[str, T]:
        """Every object of a noun, by id."""
        if cls not in self._read:
            noun = NOUNS[cls]
            self._read[cls], self._damaged[cls] = noun.read(self.cells.get(noun.name, {}), self.ref.id)
        return self._read[cls]

    def one(self, cls: type[T]) -> T | None:
        """The only object of a noun that a document holds once, such as its person."""
        return next(iter(self.all(cls).values()), None)

    def damaged(self) -> list[tuple[str, str]]:
        """(noun, id) of what could not be read; nothing of it is lost, it stays in the document."""
        for cls, noun in NOUNS.items():
            if noun.name in self.cells:
                self.all(cls)
        return [(NOUNS[cls].name, id) for cls, ids in self._damaged.items() for id in ids]
