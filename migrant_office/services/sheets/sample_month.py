"""A month of nobody: two tables with one figure of each kind, to look at the words of the report."""

from __future__ import annotations

from datetime import UTC, date, datetime

from migrant_office.models.counts.release import Office, Release, ReleasedCell, ReleasedTable
from migrant_office.models.counts.terms import TOTAL, Category, Indicator, Label, Lines, Parameters, Place

EXAMPLE = Label(es="Ejemplo", en="Example", ht="Egzanp")
AREA = "area"


def sample_month(office: str, city: str, today: date) -> Release:
    """The month before a day, with round invented figures, one protected and one that cannot be."""
    end = date.fromordinal(today.replace(day=1).toordinal() - 1)
    lines = Lines(AREA, AREA, EXAMPLE, tuple(Category(code, EXAMPLE) for code in ("a", "b", "c")))
    cells = (
        ReleasedCell((TOTAL,), 120, "A"),
        ReleasedCell(("a",), 90, "A"),
        ReleasedCell(("b",), None, "Q"),
        ReleasedCell(("c",), None, "M"),
    )
    indicator = Indicator(
        code="people", counts="people", unit="persons", label=EXAMPLE, definition=EXAMPLE, source=EXAMPLE
    )
    return Release(
        office=Office("muestra", office, demo=True),
        city=city,
        place=Place(country="", code="", name=city, hxl=""),
        period=f"{end:%Y-%m}",
        start=end.replace(day=1),
        end=end,
        revision=1,
        catalogue_version="",
        parameters=Parameters(
            base=5, threshold=10, row_persons=10, row_rest=3, top_one_percent=80, top_two_percent=90, office_persons=30
        ),
        legal=EXAMPLE,
        language="es",
        created_at=datetime(end.year, end.month, end.day, tzinfo=UTC),
        total_only=False,
        indicators=(indicator,),
        dimensions=(lines,),
        tables=(
            ReleasedTable("total", EXAMPLE, "people", (), (ReleasedCell((), 120, "A"),)),
            ReleasedTable(AREA, EXAMPLE, "people", (AREA,), cells),
        ),
    )
