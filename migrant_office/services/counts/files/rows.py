"""The long form of a release: one row a figure, as the CSV and the sheet of data carry it."""

from __future__ import annotations

from dataclasses import dataclass

from migrant_office.models.counts.release import Release, ReleasedCell, ReleasedTable
from migrant_office.models.counts.terms import TOTAL

# Column of a dimension -> its HXL tag. All are in every file, also those that no table of the month uses, so that
# the columns of an office stay the same from file to file.
DIMENSIONS = {
    "sex": "#beneficiary+sex+code",
    "age": "#beneficiary+age+group+code",
    "nationality": "#country+origin+code+v_iso3",
    "status": "#beneficiary+status+code",
    "disability": "#beneficiary+disability+code",
    "service": "#service+type+code",
    "outcome": "#status+outcome+code",
}
# HXL wants only numbers of people under #reached, so persons and events have a column each; one of them is used.
VALUES = {"persons": ("value_persons", "#reached+ind+num"), "events": ("value_events", "#output+num")}

Row = dict[str, str | int | None]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the long form: name, HXL tag, and whether it holds whole numbers."""

    name: str
    hxl: str
    number: bool = False


def columns(release: Release) -> list[Column]:
    """The columns in their order; the tag of the municipality says which level the office covers."""
    return [
        Column("period", "#date+period"),
        Column("period_start", "#date+start"),
        Column("period_end", "#date+end"),
        Column("office", "#org+office+code"),
        Column("country", "#country+code+v_iso3"),
        Column("municipality", release.place.hxl),
        Column("indicator", "#indicator+code"),
        Column("unit", "#meta+unit"),
        *(Column(name, tag) for name, tag in DIMENSIONS.items()),
        *(Column(name, tag, number=True) for name, tag in VALUES.values()),
        Column("obs_status", "#meta+status+code"),
        Column("conf_status", "#meta+confidentiality+code"),
        Column("release", "#meta+release+code"),
        Column("revision", "#meta+revision+num", number=True),
    ]


def rows(release: Release) -> list[list[str | int | None]]:
    """The rows of `named_rows`, in the order of `columns`. None: no figure."""
    names = [column.name for column in columns(release)]
    return [[row[name] for name in names] for row in named_rows(release)]


def named_rows(release: Release) -> list[Row]:
    """One row a figure, by the names of the columns; a figure that several tables share stands once."""
    found: dict[tuple[str, ...], Row] = {}
    for table in release.tables:
        for cell in table.cells:
            row = _row(release, table, cell)
            found.setdefault((table.indicator, *(str(row[name]) for name in DIMENSIONS)), row)
    return list(found.values())


def _row(release: Release, table: ReleasedTable, cell: ReleasedCell) -> Row:
    unit = release.indicator(table.indicator).unit
    lines = [release.lines(name) for name in table.dimensions]
    return {
        "period": release.period.replace("-Q", "Q"),  # HXL's notation of a quarter; "2026-Q4" is no date to it
        "period_start": release.start.isoformat(),
        "period_end": release.end.isoformat(),
        "office": release.office.code,
        "country": release.place.country,
        "municipality": release.place.code,
        "indicator": table.indicator,
        "unit": unit,
        **dict.fromkeys(DIMENSIONS, TOTAL),
        **{one.column: code for one, code in zip(lines, cell.codes, strict=True)},
        **{name: cell.value if unit == of else None for of, (name, _tag) in VALUES.items()},
        "obs_status": cell.obs_status,
        "conf_status": cell.conf_status,
        "release": release.name,
        "revision": release.revision,
    }
