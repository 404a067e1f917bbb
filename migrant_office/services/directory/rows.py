"""Rows of a package and nouns of the office, both ways and without loss."""

from __future__ import annotations

from datetime import date
from typing import Any

from migrant_office.models.directory.tables import TABLES
from migrant_office.services.directory.csv_form import Written
from migrant_office.services.directory.package import Row
from migrant_office.services.directory.schema import tables


def noun_from(table: str, row: Row, number: int) -> Any:
    """The noun of a row that the schema has passed. What its typed field would change, and columns that HSDS does not
    know, go to `extra` as they were written.
    """
    columns = tables()[table].columns
    values: Row = {}
    extra: Row = {}
    for column, told in row.items():
        if column not in columns:
            extra[column] = told
        elif told is not None:
            values[column] = typed(columns[column], told)
            if (spelt := spelling(told)) != plainly(values[column]):
                extra[column] = spelt
    return TABLES[table](**values, row=number, extra=extra or None)


def typed(kind: str, told: Any) -> Any:
    if kind == "number":
        return float(told) if isinstance(told, float) else told
    if kind == "date":
        return date.fromisoformat(told)
    return told if isinstance(told, str) else str(told)


def spelling(told: Any) -> Any:
    return told.text if isinstance(told, Written) and told.text != repr(float(told)) else plainly(told)


def plainly(value: Any) -> Any:
    """As JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, float) else value


def row_from(table: str, thing: Any) -> Row:
    """The row of a noun: its columns in the published order, then the others. A field that was edited since wins over
    its old spelling.
    """
    columns, extra = tables()[table].columns, dict(thing.extra or {})
    row: Row = {}
    for column, kind in columns.items():
        value = getattr(thing, column)
        if value is None:
            extra.pop(column, None)
            continue
        spelt = extra.pop(column, None)
        same = spelt is not None and typed_again(kind, spelt) == value
        row[column] = spelt if same else plainly(value)
    return row | extra


def typed_again(kind: str, spelt: Any) -> Any:
    return float(spelt) if kind == "number" else typed(kind, spelt)
