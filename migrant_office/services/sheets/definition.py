"""Reads the wording of a sheet from its table, and refuses a table that could print something wrong.

A definition is `resources/forms/<city>/sheets/referral.csv` with one row per thing said:
section, key, icon, es, ht, en, condition, status, reviewer, date, es_hash, source. Phrases for the catalogue's free
Spanish stand in `resources/forms/common/phrases.csv` (kind, key, icon, es, ht, en, status, reviewer, date, es_hash).

`condition` is a list of words joined by "and", each a word of `FLAGS`, perhaps after "not"; empty is always.
`{name}` is replaced by what is known of the case (`PLACEHOLDERS`); `**…**` is bold.
"""

from __future__ import annotations

import csv
from collections.abc import Set as AbstractSet
from functools import cache
from pathlib import Path
from string import Formatter

from migrant_office import icon_paths, paths
from migrant_office.errors import UserError
from migrant_office.i18n import N_
from migrant_office.models.sheet import DRAFT, REVIEWED, SheetDefinition, SheetText

FLAGS = frozenset(
    "appointment time due date institution place officer desk assured stale documents no_documents steps free cost "
    "phone contact office_contact more_documents cut_documents cut_steps room notes".split()
)
PLACEHOLDERS = frozenset(
    "date Date time part checked institution place cost phone contact officer desk page pages slip office service "
    "made".split()
)
STUB = frozenset("head give back call cut title ask service made answer answer_why who return".split())
"""The rows that every slip for the institution must have (`stub.csv`)."""

FRAME = frozenset(
    "kind column for slip sample unreviewed printed version reviewed page unknown in_spanish before morning afternoon "
    "evening hour qr qr_due qr_title qr_due_title go_before".split()
)
"""The rows of section "frame" that every definition must have: the code asks for them by name."""


def load_definition(city: str) -> SheetDefinition:
    """The referral sheet of a city ("santiago", "cdmx"...). Raises UserError when a table cannot be used."""
    forms = paths.resources() / "forms"
    own = forms / city / "sheets"
    return _load(city, own / "referral.csv", forms / "common" / "phrases.csv", own / "stub.csv")


@cache
def _load(city: str, sheet: Path, phrases: Path, stub: Path) -> SheetDefinition:
    return SheetDefinition(city, read_rows(sheet), read_phrases(phrases), read_stub(stub))


def read_rows(path: Path) -> tuple[SheetText, ...]:
    """The rows of one definition, checked. Raises UserError naming file and row."""
    rows = _read(path, "section")
    missing = FRAME - {row.key for row in rows if row.section == "frame"}
    if missing:
        raise UserError(
            N_("The sheet “{file}” lacks the row “{key}”. Restore the file."), file=path.name, key=min(missing)
        )
    return rows


def read_stub(path: Path) -> tuple[SheetText, ...]:
    """The wording of the slip that comes back, checked. Raises UserError naming file and row."""
    rows = _read(path, "section")
    missing = STUB - {row.key for row in rows}
    if missing:
        raise UserError(
            N_("The sheet “{file}” lacks the row “{key}”. Restore the file."), file=path.name, key=min(missing)
        )
    return rows


def read_phrases(path: Path) -> tuple[SheetText, ...]:
    """The phrase table, checked. Raises UserError naming file and row."""
    return _read(path, "kind")


def _read(path: Path, section: str) -> tuple[SheetText, ...]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = tuple(_text(row, section) for row in csv.DictReader(file, restval=""))
    except (OSError, UnicodeDecodeError, csv.Error, KeyError) as problem:
        raise UserError(
            N_("The wording of the sheet cannot be read: {file}. Restore the file."), file=path.name
        ) from problem
    for number, row in enumerate(rows, start=2):  # line 1 holds the names of the columns
        fault = _fault(row)
        if fault:
            raise UserError(
                N_("The sheet “{file}” cannot be used: row {row}, {fault}."), file=path.name, row=number, fault=fault
            )
    return rows


def _text(row: dict[str, str], section: str) -> SheetText:
    return SheetText(
        section=row[section].strip(),
        key=row["key"].strip(),
        icon=row["icon"].strip(),
        es=row["es"].strip(),
        ht=row["ht"].strip(),
        en=row["en"].strip(),
        condition=(row.get("condition") or "").strip(),
        status=row["status"].strip(),
        reviewer=row["reviewer"].strip(),
        reviewed_on=row["date"].strip(),
        es_hash=row["es_hash"].strip(),
        source=(row.get("source") or "").strip(),
    )


def _fault(row: SheetText) -> str:
    """What is wrong with a row, as the offending word itself; "" when nothing is."""
    if row.icon and row.icon not in icon_paths.names():
        return f"icon={row.icon}"
    if row.status not in {DRAFT, REVIEWED}:
        return f"status={row.status}"
    unknown = sorted({term.removeprefix("not ") for term in _terms(row.condition)} - FLAGS)
    if unknown:
        return f"condition={unknown[0]}"
    return _text_fault(row)


def _text_fault(row: SheetText) -> str:
    try:
        fields = [{name for _, name, _, _ in Formatter().parse(text) if name is not None} for text in _texts(row)]
    except ValueError:
        return "{"
    for names in fields:
        if names != fields[0] or not names <= PLACEHOLDERS:
            return "{" + "}{".join(sorted(names ^ fields[0] or names - PLACEHOLDERS)) + "}"
    if any(text.count("**") % 2 for text in _texts(row)):
        return "**"
    return "" if all(_texts(row)) or row.key in {"items", "lines", "picture"} else "es, ht, en"


def _texts(row: SheetText) -> tuple[str, str, str]:
    return row.es, row.ht, row.en


def _terms(condition: str) -> list[str]:
    return [term.strip() for term in condition.split(" and ") if term.strip()]


def holds(condition: str, flags: AbstractSet[str]) -> bool:
    """Whether every word of a condition agrees with what is known of the case."""
    return all((term.removeprefix("not ") in flags) is not term.startswith("not ") for term in _terms(condition))
