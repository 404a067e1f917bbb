"""`data-sdmx.csv`: the same figures as SDMX-CSV 2.0, for programs of statistical offices.

One row a figure (github.com/sdmx-twg/sdmx-csv, data message): the mandatory header, which structure and which action,
then dimensions, the measure, attributes. Codes only, so it is the same in every language.
"""

from __future__ import annotations

import csv
import io

from migrant_office.models.counts.release import Release
from migrant_office.services.counts.files.csv import safe
from migrant_office.services.counts.files.rows import DIMENSIONS, VALUES, Row, named_rows

# Ours: no office is an agency of SDMX, and the columns do not change from catalogue to catalogue.
STRUCTURE_ID = "MIGRANT_OFFICE:COUNTS(1.0.0)"
_INFORMATION = "I"
FIRST = ("STRUCTURE", "STRUCTURE_ID", "ACTION")
KEY = ("FREQ", "REF_AREA", "OFFICE", "INDICATOR", *(name.upper() for name in DIMENSIONS), "TIME_PERIOD", "REVISION")
MEASURE = "OBS_VALUE"
ATTRIBUTES = ("OBS_STATUS", "CONF_STATUS", "UNIT_MEASURE", "COUNTRY", "RELEASE", "CATALOGUE")
FIXED = {
    "STRUCTURE": ["dataflow"],
    "STRUCTURE_ID": [STRUCTURE_ID],
    "ACTION": [_INFORMATION],
    "FREQ": ["M", "Q", "A"],  # CL_FREQ
    "UNIT_MEASURE": [unit.upper() for unit in VALUES],
}
"""What may stand in the columns that a catalogue does not decide."""
COLUMNS = (*FIRST, *KEY, MEASURE, *ATTRIBUTES)


def sdmx_bytes(release: Release) -> bytes:
    """UTF-8, lines end in CR LF. A protected figure has no OBS_VALUE; its OBS_STATUS says so."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row in named_rows(release):
        found = _components(release, row)
        writer.writerow([safe(found[name]) for name in COLUMNS])
    return text.getvalue().encode()


def frequency(period: str) -> str:
    """The code of CL_FREQ: "M" for "2026-10", "Q" for "2026-Q4", "A" for "2026"."""
    return "Q" if "Q" in period else "M" if "-" in period else "A"


def _components(release: Release, row: Row) -> Row:
    return {
        **dict(zip(FIRST, ("dataflow", STRUCTURE_ID, _INFORMATION), strict=True)),
        "FREQ": frequency(release.period),
        "REF_AREA": row["municipality"],
        "OFFICE": row["office"],
        "INDICATOR": row["indicator"],
        **{name.upper(): row[name] for name in DIMENSIONS},
        "TIME_PERIOD": release.period,
        "REVISION": row["revision"],
        MEASURE: row["value_persons"] if row["unit"] == "persons" else row["value_events"],
        "OBS_STATUS": row["obs_status"],
        "CONF_STATUS": row["conf_status"],
        "UNIT_MEASURE": str(row["unit"]).upper(),
        "COUNTRY": row["country"],
        "RELEASE": row["release"],
        "CATALOGUE": release.catalogue_version,
    }
