"""HXL tags of the wide tables: a row of figures for each line, a column for each indicator or for each line across."""

from __future__ import annotations

import re

from migrant_office.models.counts.release import Release, ReleasedTable
from migrant_office.models.counts.terms import TOTAL, Lines
from migrant_office.services.counts.files.rows import DIMENSIONS, VALUES

_SEXES = {"F": "f", "M": "m", "X": "i"}  # i: neither woman nor man; "other or no data" is not that, and gets a word
_AGE = re.compile(r"Y(?P<low>\d+)T(?P<high>\d+)|Y_GE(?P<from>\d+)")
# The attribute of ages in HXL's core vocabulary that is nearest to a band, by the last age it takes.
_CORE_AGES = ((4, "infants"), (11, "children"), (17, "adolescents"), (59, "adults"))
_CHILDREN = (0, 17)  # the one band that is nobody's but theirs, of three words at once
_OLD = 60


def line_tag(lines: Lines) -> str:
    """Over the names of the lines: "#beneficiary+age+group+name"."""
    return re.sub(r"\+code.*", "+name", DIMENSIONS[lines.column])


def figure_tag(release: Release, table: ReleasedTable, across: Lines | None = None, code: str = TOTAL) -> str:
    """Over a column of figures of a table: its unit, its indicator, and which line across ("_T" for all)."""
    indicator = release.indicator(table.indicator)
    words = [*_words(across, code), "ind" if indicator.unit == "persons" else "", indicator.code]
    tag = VALUES[indicator.unit][1].partition("+")[0]
    return tag + "".join(f"+{word}" for word in (*filter(None, words), "num"))


def _words(across: Lines | None, code: str) -> list[str]:
    if code == TOTAL or across is None:
        return ["total"]
    if across.column == "sex":
        return [_SEXES.get(code, "other")]
    if across.column == "age" and (found := _AGE.fullmatch(code)):
        return _ages(found)
    return [f"{across.column}_{re.sub('[^a-z0-9]+', '_', code.lower()).strip('_')}"]


def _ages(found: re.Match[str]) -> list[str]:
    if found["from"]:
        return ["elderly" if int(found["from"]) >= _OLD else "adults", f"age_{found['from']}_plus"]
    low, high = int(found["low"]), int(found["high"])
    nearest = next((word for last, word in _CORE_AGES if high <= last), "elderly")
    return ["children" if (low, high) == _CHILDREN else nearest, f"age_{low}_{high}"]
