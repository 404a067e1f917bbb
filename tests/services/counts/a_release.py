"""A release with a table of every dimension that a file has a column for, of any period; figures made up by rule."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime

from migrant_office.models.counts.release import Office, Release, ReleasedCell, ReleasedTable
from migrant_office.models.counts.terms import TOTAL, Category, Indicator, Label, Lines, Parameters, Place

PERIODS = {
    "2026-10": (date(2026, 10, 1), date(2026, 10, 31)),
    "2026-Q4": (date(2026, 10, 1), date(2026, 12, 31)),
    "2026": (date(2026, 1, 1), date(2026, 12, 31)),
}
CODES = {
    "sex:month": "F M _O",
    "age:month": "Y0T17 Y18T29 Y30T44 Y45T59 Y_GE60 _U",
    "age:year": "Y0T4 Y5T11 Y12T17 Y18T29 Y30T44 Y45T59 Y_GE60 _U",
    "nationality:month": "VEN HTI G_AME _U",
    "status:month": "RES IRR _O",
    "disability:quarter": "YES",
    "service_type:month": "WORK HEALTH SHELTER _O",
    "outcome:quarter": "SERVED CERTIFIED JOB _O",
}
TABLES = (
    (),
    ("sex:month",),
    ("age:month", "sex:month"),
    ("sex:month", "age:year"),
    ("nationality:month", "service_type:month"),
    ("nationality:month", "status:month"),
    ("disability:quarter",),
    ("service_type:month", "outcome:quarter"),
)
COLUMN = {"service_type": "service"}


def label(text: str) -> Label:
    return Label(f"{text} ñ", f"{text} en", f"{text} è")


def lines(name: str) -> Lines:
    code = name.partition(":")[0]
    listed = tuple(Category(one, label(one.strip("_").title())) for one in CODES[name].split())
    return Lines(name, COLUMN.get(code, code), label(code), listed)


def indicator(code: str, unit) -> Indicator:
    return Indicator(
        code=code, counts="attentions", unit=unit, label=label(code), definition=label("Qué"), source=label("De dónde")
    )


def a_release(period: str = "2026-10", *, name: str = "Oficina de Migrantes", demo: bool = False) -> Release:
    """The same figures every time: multiples of five from ten up, one in four protected, one in eleven impossible."""
    start, end = PERIODS[period]
    figures = itertools.count(1)

    def cell(codes: tuple[str, ...]) -> ReleasedCell:
        turn = next(figures)
        if turn % 11 == 0:
            return ReleasedCell(codes, None, "M")
        return ReleasedCell(codes, None, "Q") if turn % 4 == 0 else ReleasedCell(codes, 5 * (1 + turn), "A")

    def table(number: int, names: tuple[str, ...], of: str) -> ReleasedTable:
        every = itertools.product(*([*CODES[one].split(), TOTAL] for one in names))
        title = label(" y ".join(one.replace(":", " ") for one in names) or "Total")
        return ReleasedTable(f"t{number}", title, of, names, tuple(map(cell, every)))

    return Release(
        office=Office("oficina", name, demo),
        city="santiago",
        place=Place(country="CHL", code="13101", name="Santiago", hxl="#adm2+code"),
        period=period,
        start=start,
        end=end,
        revision=1,
        catalogue_version="2026.1",
        parameters=Parameters(
            base=5, threshold=10, row_persons=30, row_rest=10, top_one_percent=50, top_two_percent=90, office_persons=30
        ),
        legal=label("Ley 19.628"),
        language="es_CL",
        created_at=datetime(2027, 1, 5, 15, 30, tzinfo=UTC),
        total_only=False,
        indicators=(indicator("persons_attended", "persons"), indicator("attentions", "events")),
        dimensions=tuple(map(lines, CODES)),
        tables=tuple(
            table(number, names, of) for number, names in enumerate(TABLES) for of in ("persons_attended", "attentions")
        ),
    )
