"""Tables for lists, search and counts: a pure function of the document, derived from the nouns.

Nothing else writes these tables, so they can be dropped and made again at any time, identical.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from migrant_office.models.vault.cells import Touched, Value, plain
from migrant_office.models.vault.nouns import NOUNS, File, Home, Noun

Rows = dict[tuple[str, str], dict[str, Value]]  # (table, id) → row
Execute = Callable[..., Any]  # a connection's `execute`
PYTHON_TYPES: dict[str, tuple[type, ...]] = {"INTEGER": (int,), "REAL": (int, float), "TEXT": (str,)}


def projected_nouns() -> list[Noun]:
    """Of all but the restricted compartment, which has no table; by name, whatever was imported first."""
    return sorted((n for n in NOUNS.values() if n.home is not Home.RESTRICTED), key=lambda n: n.name)


@lru_cache(maxsize=64)
def nouns_of(home: Home, declared: tuple[Noun, ...]) -> tuple[Noun, ...]:
    """Those of one kind of document, by name. Every write asks twice, and there are four times as many nouns in all."""
    return tuple(sorted((n for n in declared if n.home is home and home is not Home.RESTRICTED), key=lambda n: n.name))


def tables() -> list[str]:
    return ["flag", *(n.name for n in projected_nouns())]


def schema() -> Iterator[str]:
    """The tables of all nouns, in SQL."""
    yield (
        "CREATE TABLE flag(doc TEXT NOT NULL, id TEXT NOT NULL, noun TEXT NOT NULL, field TEXT NOT NULL, "
        "code TEXT NOT NULL, PRIMARY KEY(doc, id)) STRICT, WITHOUT ROWID"
    )
    yield "CREATE INDEX flag_code ON flag(field, code)"
    for n in projected_nouns():
        columns = ", ".join(f'"{c}" {n.sql_types[c]}' for c in n.columns + n.rules)
        yield (
            f"CREATE TABLE {n.name}(rid INTEGER PRIMARY KEY, doc TEXT NOT NULL, id TEXT NOT NULL, {columns}, "
            "UNIQUE(doc, id)) STRICT"
        )
        yield from (f'CREATE INDEX {n.name}_{c} ON {n.name}("{c}")' for c in n.indexed)
        for columns_ in n.together:
            yield f"CREATE INDEX {n.name}_{'_'.join(columns_)} ON {n.name}({', '.join(columns_)})"


def schema_digest(*also: Callable[..., Any]) -> str:
    """Changes when a noun, one of its rules or one of the functions `also` changes.

    A stored digest that differs asks for a rebuild, never for a migration. Another Python may differ too: the tables
    are then made again once, for nothing but a few seconds.
    """
    told = [*schema(), *(f"{n.name} {n.home} {n.searched}" for n in projected_nouns())]
    rules = [rule for n in projected_nouns() for rule in vars(n.cls).values() if callable(rule)]
    told += [code_of(rule) for rule in (*rules, plain, row_of, ruled, fitting, *also)]
    return blake2b("\n".join(told).encode(), digest_size=16).hexdigest()


def code_of(function: Any) -> str:
    """What a function does, without where it stands: its instructions, names and constants, inner functions too."""
    code = getattr(function, "__code__", function)
    if not hasattr(code, "co_code"):
        return ""
    constants = [code_of(c) if hasattr(c, "co_code") else repr(c) for c in code.co_consts]
    return f"{code.co_code.hex()} {code.co_names} {constants}"


def rows(file: File, touched: Touched) -> Rows:
    """The rows of the nouns that were touched, and of those with a rule that may look at them."""
    found: Rows = {}
    for n in nouns_of(file.ref.home, tuple(NOUNS.values())):
        if n.name not in touched and not (n.rules and touched):
            continue
        for id, thing in file.all(n.cls).items():
            found[n.name, id] = row_of(n, thing, file)
            for name in n.flags:
                for code in map(plain, getattr(thing, name)):
                    found["flag", f"{n.name}/{id}/{name}/{code}"] = {"noun": n.name, "field": name, "code": code}
    return found


def row_of(noun: Noun, thing: Any, file: File) -> dict[str, Value]:
    row = {c: fitting(noun.sql_types[c], plain(getattr(thing, c))) for c in noun.columns}
    return row | {rule: fitting(noun.sql_types[rule], ruled(thing, rule, file)) for rule in noun.rules}


def ruled(thing: Any, rule: str, file: File) -> Value:
    """What a noun's rule says; nothing where a value written by a newer program makes it stumble."""
    try:
        return plain(getattr(thing, rule)(file))
    except (TypeError, AttributeError, ValueError, LookupError, ArithmeticError):
        return None


def fitting(kind: str, value: Value) -> Value:
    """A value that a strict column takes; a damaged one becomes empty, the document keeps it."""
    return value if kind == "ANY" or isinstance(value, PYTHON_TYPES[kind]) else None


def difference(before: File, after: File) -> Touched:
    """The keys of the cells that differ, by noun."""
    return {
        noun: {k for k in old.keys() | new.keys() if old.get(k) != new.get(k)}
        for noun in before.cells.keys() | after.cells.keys()
        if (old := before.cells.get(noun, {})) != (new := after.cells.get(noun, {}))
    }


def project(execute: Execute, before: File, after: File) -> Touched:
    """Bring the tables from one state of a document to the next; returns the keys that differ, by noun.

    Only columns that differ are written: naming them all would rewrite every index.
    """
    touched = difference(before, after)
    was, now, doc = rows(before, touched), rows(after, touched), after.ref.id
    for table, id in was.keys() - now.keys():
        execute(f"DELETE FROM {table} WHERE doc = ? AND id = ?", (doc, id))  # noqa: S608 - table names are nouns'
    for (table, id), row in now.items():
        old_row = was.get((table, id))
        if old_row is None:
            names, marks = ", ".join(f'"{c}"' for c in row), ", ?" * len(row)
            execute(f"INSERT INTO {table}(doc, id, {names}) VALUES (?, ?{marks})", (doc, id, *row.values()))  # noqa: S608
        elif change := {c: v for c, v in row.items() if v != old_row[c]}:
            names = ", ".join(f'"{c}" = ?' for c in change)
            execute(f"UPDATE {table} SET {names} WHERE doc = ? AND id = ?", (*change.values(), doc, id))  # noqa: S608
    return touched
