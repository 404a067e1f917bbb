"""One row against its published schema, and what is wrong with it in words."""

from __future__ import annotations

from typing import Any

from migrant_office.i18n import N_
from migrant_office.services.directory.package import Row
from migrant_office.services.directory.refusals import Finding

NUMBER_AS_TEXT = N_("a number stands where a text is wanted; it is kept as it is")
WRONG: dict[str, str] = {
    "date": N_("“{value}” is not a date (year-month-day)"),
    "date-time": N_("“{value}” is not a date with its time"),
    "uuid": N_("“{value}” is not an identifier (UUID)"),
    "email": N_("“{value}” is not an e-mail address"),
    "uri": N_("“{value}” is not an address of the web"),
}
NOT_TIME = N_("“{value}” is not a time of the day")
NOT_ONE_OF = N_("“{value}” is none of: {known}")
MISSING = N_("it is missing")
NOT_KIND = N_("“{value}” is not of the kind that the schema wants ({known})")


def check(table: str, number: int, row: Row, validator: Any, findings: list[Finding], remarks: list[Finding]) -> None:
    """Hold a row against its schema. A number in the place of a text is only remarked: the published sample has two."""
    if validator.is_valid(row):
        return
    for error in validator.iter_errors(row):
        column = str(error.instance_path[-1]) if error.instance_path else ""
        number_as_text = isinstance(error.instance, int | float) and not isinstance(error.instance, bool)
        if error.kind.name == "type" and column and number_as_text:
            remarks.append(Finding(table, number, column, NUMBER_AS_TEXT))
        else:
            findings.append(told(table, number, column, error))


def told(table: str, number: int, column: str, error: Any) -> Finding:
    kind, value = error.kind, str(error.instance)[:60]
    match kind.name:
        case "required":
            return Finding(table, number, kind.property, MISSING)
        case "format" if kind.format in WRONG:
            return Finding(table, number, column, WRONG[kind.format], {"value": value})
        case "pattern":
            return Finding(table, number, column, NOT_TIME, {"value": value})
        case "enum":
            known = ", ".join(map(str, kind.options))
            return Finding(table, number, column, NOT_ONE_OF, {"value": value, "known": known})
    return Finding(
        table, number, column, NOT_KIND, {"value": value, "known": ", ".join(getattr(kind, "types", ())) or kind.name}
    )
