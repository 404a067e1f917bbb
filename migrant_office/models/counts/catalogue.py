"""What an office counts and may publish: a city's `indicators.toml`. Nothing outside the catalogue is exported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from migrant_office.models.counts.terms import UNKNOWN, Category, Indicator, Label, Lines, Parameters, Place

EVERY_VALUE = "each"  # the scheme of any dimension in which each value is a line of its own; never published
DEFAULT_SCHEME = "month"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """One way to put the values of a dimension on lines: ages in bands, countries in groups.

    `values` maps a raw value (casefolded) to a code; `bands` are (first age, last age or None, code). What is listed
    nowhere goes to `rest`, a missing answer to `missing`. `hidden` lines are counted but never published ("no").
    `regions` says of a line of one country on which line it stands in a year in which it has none of its own; `stays`
    are such lines that every year has.
    """

    categories: tuple[Category, ...]
    values: Mapping[str, str] = field(default_factory=dict)
    bands: tuple[tuple[int, int | None, str], ...] = ()
    rest: str = UNKNOWN
    missing: str = UNKNOWN
    hidden: frozenset[str] = frozenset()
    regions: Mapping[str, str] = field(default_factory=dict)
    stays: frozenset[str] = frozenset()

    def code_of(self, value: str | int | None) -> str:
        """The code of the line on which a raw value stands."""
        if value is None or value == "" or (isinstance(value, str) and value.startswith("?")):
            return self.missing
        if isinstance(value, int):
            fits = (code for low, high, code in self.bands if low <= value and (high is None or value <= high))
            return next(fits, self.rest)
        return self.values.get(value.casefold(), self.rest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """Something by which is counted. `of` a person (sex, age) or of the event (service type).

    `sensitive` brings the row rule; `column` is its column in the long CSV.
    """

    code: str
    column: str
    label: Label
    of: Literal["person", "event"] = "event"
    sensitive: bool = False
    schemes: Mapping[str, Scheme] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table of the catalogue: at most two dimensions ("age:month"), for one or more indicators."""

    code: str
    label: Label
    dimensions: tuple[str, ...]
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Whom the figures of one publication are about: an office, a programme. `parts` are groups of people that share
    nobody, so that two populations can be told apart before anybody is counted.
    """

    code: str
    parts: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Countries:
    """Which countries may have a line of their own (code of the line -> ISO 3166 alpha-2), and how many have one in the
    months of a year: the `most` that had at least so many persons (`least`) in the year before.
    """

    lines: Mapping[str, str] = field(default_factory=dict)
    most: int = 0
    least: int = 0


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """The catalogue of one city. `tables` by kind of period ("month", "quarter", "year").

    `populations` are published side by side; `parts` says how many persons each of their parts has at least.
    `impossible` lists cells that cannot exist by the definition of the service: (indicator, dimension id, code).
    """

    version: str
    city: str
    place: Place
    parameters: Parameters
    legal: Label
    indicators: tuple[Indicator, ...]
    dimensions: Mapping[str, Dimension]
    tables: Mapping[str, tuple[Table, ...]]
    impossible: frozenset[tuple[str, str, str]] = frozenset()
    countries: Countries = Countries()
    populations: tuple[Population, ...] = ()
    parts: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def streams(self) -> frozenset[str]:
        """The streams of events that some indicator counts."""
        return frozenset(indicator.counts for indicator in self.indicators)

    def indicator(self, code: str) -> Indicator:
        """The indicator with this code. Raises KeyError when there is none."""
        return {indicator.code: indicator for indicator in self.indicators}[code]

    def dimension(self, name: str) -> Dimension:
        """The dimension of "age" or "age:survey"; a name that the catalogue does not know is one of the event."""
        code = name.partition(":")[0]
        return self.dimensions.get(code) or Dimension(code=code, column="", label=Label(code, code, code))

    def full_name(self, name: str) -> str:
        """Name the scheme: "age" -> "age:month", "schooling" -> "schooling:each"; "age:survey" stays."""
        code, _colon, scheme = name.partition(":")
        if not scheme:
            scheme = DEFAULT_SCHEME if DEFAULT_SCHEME in self.dimension(name).schemes else EVERY_VALUE
        return f"{code}:{scheme}"

    def scheme(self, name: str) -> Scheme | None:
        """The scheme of "age:survey"; None when every value is its own line. Raises KeyError for an unknown scheme."""
        full = self.full_name(name)
        scheme = full.partition(":")[2]
        return None if scheme == EVERY_VALUE else self.dimension(full).schemes[scheme]

    def lines(self, name: str, found: Iterable[str] = ()) -> Lines:
        """A dimension as a table shows it; `found` are the codes to list where every value is its own line."""
        dimension, scheme = self.dimension(name), self.scheme(name)
        if scheme is None:
            categories = tuple(Category(code, Label(code, code, code)) for code in found)
        else:
            categories = scheme.categories
        return Lines(self.full_name(name), dimension.column, dimension.label, categories)
