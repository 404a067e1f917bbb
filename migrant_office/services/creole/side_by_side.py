"""Reads files that carry their languages side by side: CSV, Markdown tables (XLSForm), TOML, message catalogues.

It knows nothing of what the texts are for, so a new file of a city is read the day it is written.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages import mofile, pofile


@dataclass(frozen=True, slots=True)
class Beside:
    """A Creole text, the Spanish it stands beside ("" when there is none), and its spot in the file."""

    spot: str
    es: str
    ht: str


class Unreadable(Exception):
    """The file is not what its ending says; the text says why."""


def texts_in(path: Path) -> list[Beside]:
    """Every Creole text of a file, in its order; none in a file of another kind. Raises `Unreadable`, `OSError`.

    What stands alike in the three languages is a name (a commune, a telephone) and is left out.
    """
    readers = {".csv": csv_texts, ".md": table_texts, ".toml": toml_texts}
    reader = readers.get(path.suffix)
    if reader is None or not path.is_file():
        return []
    try:
        return list(reader(path.read_text(encoding="utf-8-sig")))
    except (tomllib.TOMLDecodeError, csv.Error, UnicodeDecodeError) as error:
        raise Unreadable(str(error)) from error


def csv_texts(content: str) -> Iterator[Beside]:
    return _column_texts(list(csv.reader(io.StringIO(content, newline=""))))


def table_texts(content: str) -> Iterator[Beside]:
    """The tables of a Markdown file; in pyxform's dialect a row with a first cell names the sheet and has no texts."""
    lines = [line.strip().strip("|").split("|") for line in content.splitlines() if "|" in line]
    return _column_texts([[cell.strip() for cell in line] for line in lines])


def _column_texts(rows: list[list[str]]) -> Iterator[Beside]:
    """The cells under the Creole headings; any row of headings starts a new table."""
    columns: dict[int, int | None] = {}
    for number, row in enumerate(rows, 1):
        if headings := _columns(row):
            columns = headings
            continue
        for ht, es in columns.items():
            if ht < len(row) and row[ht].strip() and row.count(row[ht]) < 3:
                spanish = row[es] if es is not None and es < len(row) else ""
                yield Beside(f"row {number}", spanish.strip(), row[ht].strip())


def _columns(row: list[str]) -> dict[int, int | None]:
    """Columns headed "... (ht)", or "ht" beside "es", with that of the Spanish: a lone "ht" is the code of the language
    in a list of choices.
    """
    found: dict[int, int | None] = {}
    for place, cell in enumerate(row):
        if cell.endswith("(ht)"):
            kind = cell.partition("::")[0]
            same = (i for i, other in enumerate(row) if other.endswith("(es)") and other.partition("::")[0] == kind)
            found[place] = next(same, None)
        elif cell == "ht" and "es" in row:
            found[place] = row.index("es")
    return found


def toml_texts(content: str) -> Iterator[Beside]:
    return _keyed(tomllib.loads(content), "")


def _keyed(value: Any, where: str) -> Iterator[Beside]:
    if isinstance(value, list):
        for number, inner in enumerate(value, 1):
            yield from _keyed(inner, f"{where}[{number}]")
    elif isinstance(value, dict):
        for key, inner in value.items():
            spot = f"{where}.{key}" if where else key
            if key == "ht" and isinstance(inner, dict):  # words of a city by message: {message = text}
                spanish = value.get("es", {})
                yield from (Beside(f"{spot}.{m}", str(spanish.get(m, "")), text) for m, text in inner.items())
            elif isinstance(inner, str) and (key == "ht" or key.endswith("_ht")):
                es = value.get("es" if key == "ht" else key.removesuffix("_ht"), "")
                yield Beside(where or key, es if isinstance(es, str) else "", inner)
            else:
                yield from _keyed(inner, spot)


def messages_in(es: Path, ht: Path) -> list[Beside]:
    """The messages that the catalogues in two folders translate, each plural form alone; the spot is the English."""
    known = {_key(m): _forms(m.string) for m in _catalogue(es)}
    return [
        Beside(_forms(m.id)[0], beside, text)
        for m in _catalogue(ht)
        for beside, text in zip(known.get(_key(m), ()), _forms(m.string), strict=False)
        if text
    ]


def _catalogue(folder: Path) -> list[Any]:
    """The messages of a language: of its source, or compiled where an installed program has nothing else."""
    po = folder / "LC_MESSAGES" / "migrant_office.po"
    if po.is_file():
        with po.open("rb") as source:
            return [m for m in pofile.read_po(source) if m.id]
    mo = po.with_suffix(".mo")
    if not mo.is_file():
        return []
    with mo.open("rb") as compiled:
        return [m for m in mofile.read_mo(compiled) if m.id]


def _key(message: Any) -> tuple[str, str]:
    return message.context or "", _forms(message.id)[0]


def _forms(text: Any) -> tuple[str, ...]:
    return (text or "",) if isinstance(text, str | None) else tuple(text)
