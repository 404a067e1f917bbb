"""A release: the protected tables of one period, frozen. All that a writer of files ever sees."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, Literal

from migrant_office.errors import UserError
from migrant_office.i18n import LANGUAGES, N_
from migrant_office.models.counts.terms import TOTAL, Category, Indicator, Label, Lines, Parameters, Place

FORMAT = 1
Status = Literal["A", "Q", "M"]  # SDMX CL_OBS_STATUS: normal; missing, suppressed; cannot exist
MARKERS: Mapping[Status, str] = {"A": "", "Q": "c", "M": "–"}
# SDMX CL_CONF_STATUS "free". Never "secondary": that would tell why a figure is hidden.
CONF_STATUS = "F"
_OFFICE_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Office:
    """The office that publishes. `code` is part of file names: lower-case letters, digits, single hyphens.

    The people of a `demo` are invented, and every file says so.
    """

    code: str
    name: str
    demo: bool

    def __post_init__(self) -> None:
        if not _OFFICE_CODE.fullmatch(self.code):
            raise UserError(
                N_("The code of the office, {code}, may only have lower-case letters, digits and hyphens."),
                code=self.code,
            )


@dataclass(frozen=True, slots=True)
class ReleasedCell:
    """One published figure: a multiple of the base, or None where it is protected (Q) or cannot exist (M)."""

    codes: tuple[str, ...]
    value: int | None
    obs_status: Status

    @property
    def marker(self) -> str:
        """What stands in the place of a figure: "" beside a figure, "c" protected, "–" cannot exist."""
        return MARKERS[self.obs_status]

    @property
    def conf_status(self) -> str:
        return CONF_STATUS


@dataclass(frozen=True)
class ReleasedTable:
    """One table of one indicator. `dimensions` are ids ("age:month"); margins have the code "_T"."""

    code: str
    label: Label
    indicator: str
    dimensions: tuple[str, ...]
    cells: tuple[ReleasedCell, ...]

    def cell(self, *codes: str) -> ReleasedCell:
        """The cell of these codes, in the order of the dimensions. Raises KeyError when there is none."""
        return self._by_codes[codes]

    @property
    def total(self) -> ReleasedCell:
        return self.cell(*(TOTAL for _ in self.dimensions))

    @cached_property
    def _by_codes(self) -> dict[tuple[str, ...], ReleasedCell]:
        return {cell.codes: cell for cell in self.cells}


@dataclass(frozen=True, kw_only=True)
class Release:
    """Everything that is published about one period. `to_json` gives the bytes that are stored and never change.

    `start` and `end` are days: what was recorded from the one to the other is counted, nothing later. `created_at` is
    a moment with its zone. `language` is that of its files ("es_CL"): it stays when the office changes its own.
    `total_only`: the office had too few persons in the period for anything but totals.
    """

    office: Office
    city: str
    place: Place
    period: str
    start: date
    end: date
    revision: int
    catalogue_version: str
    parameters: Parameters
    legal: Label
    language: str
    created_at: datetime
    total_only: bool
    indicators: tuple[Indicator, ...]
    dimensions: tuple[Lines, ...]
    tables: tuple[ReleasedTable, ...]

    @property
    def name(self) -> str:
        """The name of its folder; no personal data."""
        return f"release-{self.office.code}-{self.period}-r{self.revision}"

    def indicator(self, code: str) -> Indicator:
        """The indicator with this code. Raises KeyError when there is none."""
        return {indicator.code: indicator for indicator in self.indicators}[code]

    def lines(self, dimension: str) -> Lines:
        """The lines of a dimension id. Raises KeyError when no table has it."""
        return {lines.id: lines for lines in self.dimensions}[dimension]

    def table(self, code: str, indicator: str) -> ReleasedTable:
        """A table of an indicator. Raises KeyError when it is not in this release."""
        return {(table.code, table.indicator): table for table in self.tables}[code, indicator]

    def to_json(self) -> bytes:
        """Canonical: keys sorted, no spaces, UTF-8. Equal releases give equal bytes."""
        data = {"format": FORMAT, **asdict(self)}
        return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain).encode()

    @classmethod
    def from_json(cls, data: bytes) -> Release:
        """The release of these bytes. Raises UserError when they are not one that this version writes."""
        try:
            release = _release(json.loads(data))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UserError(N_("The stored release cannot be read. Restore it from a backup.")) from error
        return release

    @property
    def sha256(self) -> str:
        """The fingerprint of the canonical bytes, 64 hexadecimal digits."""
        return hashlib.sha256(self.to_json()).hexdigest()


def _plain(value: date | datetime) -> str:
    return value.isoformat()


def _release(data: dict[str, Any]) -> Release:
    if data.pop("format") != FORMAT:
        raise ValueError("format")
    if data["language"].partition("_")[0] not in LANGUAGES:
        raise ValueError("language")
    return Release(
        office=Office(**data.pop("office")),
        place=Place(**data.pop("place")),
        parameters=Parameters(**data.pop("parameters")),
        legal=Label(**data.pop("legal")),
        start=date.fromisoformat(data.pop("start")),
        end=date.fromisoformat(data.pop("end")),
        created_at=datetime.fromisoformat(data.pop("created_at")),
        indicators=tuple(_indicator(item) for item in data.pop("indicators")),
        dimensions=tuple(_lines(item) for item in data.pop("dimensions")),
        tables=tuple(_table(item) for item in data.pop("tables")),
        **data,
    )


def _indicator(data: dict[str, Any]) -> Indicator:
    return Indicator(**data | {name: Label(**data[name]) for name in ("label", "definition", "source")})


def _lines(data: dict[str, Any]) -> Lines:
    categories = tuple(Category(item["code"], Label(**item["label"])) for item in data["categories"])
    return Lines(data["id"], data["column"], Label(**data["label"]), categories)


def _table(data: dict[str, Any]) -> ReleasedTable:
    cells = tuple(ReleasedCell(tuple(c["codes"]), c["value"], c["obs_status"]) for c in data["cells"])
    for cell in cells:
        if (cell.value is None) is (cell.obs_status == "A") or cell.obs_status not in MARKERS:
            raise ValueError("a cell has a figure and a marker, or neither")
    return ReleasedTable(data["code"], Label(**data["label"]), data["indicator"], tuple(data["dimensions"]), cells)
