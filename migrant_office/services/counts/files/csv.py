"""`data.csv`: the long form with its HXL row, codes only, the same in every language."""

from __future__ import annotations

import csv
import io

from migrant_office.models.counts.release import Release
from migrant_office.services.counts.files.rows import columns, rows

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_bytes(release: Release) -> bytes:
    """UTF-8, lines end in CR LF (RFC 4180): names, HXL tags, one line a figure. A protected figure is empty."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([column.name for column in columns(release)])
    writer.writerow([column.hxl for column in columns(release)])
    writer.writerows([safe(value) for value in row] for row in rows(release))
    return text.getvalue().encode()


def safe(value: str | int | None) -> str | int | None:
    """A text that a spreadsheet would take for a formula gets an apostrophe in front; figures stay figures."""
    return "'" + value if isinstance(value, str) and value.startswith(_FORMULA) else value
