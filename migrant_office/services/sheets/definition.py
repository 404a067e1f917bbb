"""Reads the wording of a sheet from its table, and refuses a table that could print something wrong.

A definition is `resources/forms/<city>/sheets/<name>.csv`, or `common/sheets/` where no city says it otherwise, with
one row per thing said: section, key, icon, es, ht, en, condition, source. What every sheet has around its contents
stands in `common/sheets/frame.csv`; phrases for the catalogue's free Spanish in `common/phrases.csv` (kind, key, icon,
es, ht, en).

`condition` is a list of words joined by "and", each a flag of the sheet (`kinds.WORDINGS`), perhaps after "not"; empty
is always. `{name}` is replaced by what is known of the case; `**…**` is bold.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import cache
from pathlib import Path
from string import Formatter

from migrant_office import icon_paths, paths
from migrant_office.errors import UserError
from migrant_office.i18n import N_
from migrant_office.models.sheet import SheetDefinition, SheetText
from migrant_office.services.sheets.kinds import FRAME, SERVICE_FLAGS, SERVICE_WORDS, WORDINGS, Wording

NO_TEXT = frozenset({"items", "lines", "picture", "sign"})
"""Keys of rows that may say nothing."""
PAGES = frozenset({"page", "pages"})
_FRAME_WORDING = Wording(WORDINGS["referral"].kind, SERVICE_FLAGS, SERVICE_WORDS)


@cache
def load_definition(city: str, name: str = "referral") -> SheetDefinition:
    """The shipped wording of one sheet of a city ("santiago", "cdmx"...). Raises UserError when a table cannot be
    used, KeyError for a sheet there is not.
    """
    wording, common = WORDINGS[name], paths.resources() / "forms" / "common"
    rows = read_rows(shipped(city, name), name)
    frame = read_frame(common / "sheets" / "frame.csv")
    phrases = read_phrases(common / "phrases.csv") if wording.phrases else ()
    definition = SheetDefinition(city, name, with_frame(rows, frame), phrases)
    lacking(definition)
    return definition


def shipped(city: str, name: str) -> Path:
    """The file of a sheet's words: the city's own, else the one of all cities."""
    forms = paths.resources() / "forms"
    own = forms / city / "sheets" / f"{name}.csv"
    return own if own.exists() else forms / "common" / "sheets" / f"{name}.csv"


def with_frame(rows: Iterable[SheetText], frame: Iterable[SheetText]) -> tuple[SheetText, ...]:
    """A sheet's rows after those of the frame that it does not say itself."""
    own = tuple(rows)
    said = {row.key for row in own if row.section == "frame"}
    return (*(row for row in frame if row.key not in said), *own)


def lacking(definition: SheetDefinition) -> None:
    """Raises UserError for a wording without a row that the code asks for."""
    wording = WORDINGS[definition.name]
    there = {f"{row.section}.{row.key}" for row in definition.rows}
    frame = {f"frame.{key}" for key in FRAME if wording.framed or key != "kind"}
    if missing := (wording.required | frame) - there:
        raise UserError(
            N_("The sheet “{file}” lacks the row “{key}”. Restore the file."),
            file=f"{definition.name}.csv",
            key=min(missing),
        )


def read_rows(path: Path, name: str = "referral") -> tuple[SheetText, ...]:
    """The rows of one definition, checked one by one. Raises UserError naming file and row."""
    return _read(path, "section", WORDINGS[name])


def read_frame(path: Path) -> tuple[SheetText, ...]:
    """What every sheet has around its contents. Raises UserError naming file and row."""
    return _read(path, "section", _FRAME_WORDING)


def read_phrases(path: Path) -> tuple[SheetText, ...]:
    """The phrase table, checked. Raises UserError naming file and row."""
    return _read(path, "kind", _FRAME_WORDING)


def _read(path: Path, section: str, wording: Wording) -> tuple[SheetText, ...]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = numbered(_text(row, section) for row in csv.DictReader(file, restval=""))
    except (OSError, UnicodeDecodeError, csv.Error, KeyError) as problem:
        raise UserError(
            N_("The wording of the sheet cannot be read: {file}. Restore the file."), file=path.name
        ) from problem
    if not rows:
        raise UserError(N_("The wording of the sheet cannot be read: {file}. Restore the file."), file=path.name)
    for number, row in enumerate(rows, start=2):  # line 1 holds the names of the columns
        if found := fault(row, wording):
            raise UserError(
                N_("The sheet “{file}” cannot be used: row {row}, {fault}."), file=path.name, row=number, fault=found
            )
    return rows


def numbered(rows: Iterable[SheetText]) -> tuple[SheetText, ...]:
    """The rows with their ids: section and key, and a number from the second on where several share both."""
    seen: Counter[str] = Counter()
    found = []
    for row in rows:
        name = f"{row.section}.{row.key}"
        seen[name] += 1
        found.append(replace(row, id=name if seen[name] == 1 else f"{name}.{seen[name]}"))
    return tuple(found)


def _text(row: dict[str, str], section: str) -> SheetText:
    return SheetText(
        section=row[section].strip(),
        key=row["key"].strip(),
        icon=row["icon"].strip(),
        es=row["es"].strip(),
        ht=row["ht"].strip(),
        en=row["en"].strip(),
        condition=(row.get("condition") or "").strip(),
        source=(row.get("source") or "").strip(),
    )


def fault(row: SheetText, wording: Wording) -> str:
    """What is wrong with a row of a sheet, as the offending word itself; "" when nothing is."""
    if row.icon and row.icon not in icon_paths.names():
        return f"icon={row.icon}"
    unknown = sorted({term.removeprefix("not ") for term in _terms(row.condition)} - wording.flags)
    if unknown:
        return f"condition={unknown[0]}"
    return _text_fault(row, wording.words | PAGES)


def braces(text: str) -> frozenset[str]:
    """The names in braces. Raises ValueError for a brace alone, and for more than a name in one."""
    found = set()
    for _literal, name, how, conversion in Formatter().parse(text):
        if name is not None:
            if how or conversion:
                raise ValueError(name)
            found.add(name)
    return frozenset(found)


def _text_fault(row: SheetText, words: AbstractSet[str]) -> str:
    texts = (row.es, row.ht, row.en)
    try:
        fields = [braces(text) for text in texts]
    except ValueError as wrong:
        return f"{{{wrong}}}" if str(wrong).isidentifier() else "{"
    for names in fields:
        if names != fields[0] or not names <= words:
            return "{" + "}{".join(sorted(names ^ fields[0] or names - words)) + "}"
    if any(text.count("**") % 2 for text in texts):
        return "**"
    return "" if all(texts) or row.key in NO_TEXT else "es, ht, en"


def _terms(condition: str) -> list[str]:
    return [term.strip() for term in condition.split(" and ") if term.strip()]


def holds(condition: str, flags: AbstractSet[str]) -> bool:
    """Whether every word of a condition agrees with what is known of the case."""
    return all((term.removeprefix("not ") in flags) is not term.startswith("not ") for term in _terms(condition))
