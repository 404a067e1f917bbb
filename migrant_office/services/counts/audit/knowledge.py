"""What the attacker knows beside the figures: the method, its parameters and the catalogue, everything but the key.

A cell is known by its indicator and the lines it names: `frozenset({("sex:month", "F")})`; the total names none. So
a figure that several tables share is one cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from migrant_office.models.counts.catalogue import Catalogue, Scheme
from migrant_office.models.counts.release import Release, ReleasedCell, ReleasedTable
from migrant_office.models.counts.terms import TOTAL, Indicator

Key = frozenset[tuple[str, str]]  # (dimension id, code), margins left out
OLDEST = 150  # years; bands are compared year by year
_REST, _MISSING = "<rest>", "<missing>"
# A person can do this once in a life of the office, so quarters and years are sums of months.
ONCE = frozenset({"cases_opened"})


@dataclass(frozen=True, slots=True)
class Method:
    """How figures were protected, as every export says it. `nearest`: rounded to the nearest, without a key."""

    base: int
    threshold: int
    nearest: bool = False

    def shown(self, value: int) -> tuple[int, int]:
        """The least and the most that may be behind a shown figure."""
        reach = self.base // 2 if self.nearest else self.base - 1
        if value == 0 and self.threshold > 1:
            return 0, 0  # a method that hides small figures and shows zeros says that nobody is there
        return max(value - reach, self.threshold, 0), value + reach


@dataclass(frozen=True)
class Shape:
    """A dimension as the attacker sees it: whose it is, whether its lines are all there, what each line holds."""

    of_person: bool
    exhaustive: bool
    sensitive: bool
    members: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Structure:
    """The shapes of the dimensions by id ("age:month"), from a catalogue that everybody can read."""

    shapes: Mapping[str, Shape]

    @classmethod
    def of(cls, catalogue: Catalogue) -> Structure:
        return cls(
            {
                f"{dimension.code}:{name}": Shape(
                    of_person=dimension.of == "person",
                    exhaustive=not scheme.hidden,
                    sensitive=dimension.sensitive,
                    members=_members(scheme, _every_value(dimension.schemes.values())),
                )
                for dimension in catalogue.dimensions.values()
                for name, scheme in dimension.schemes.items()
            }
        )

    def shape(self, dimension: str) -> Shape:
        """The shape; a dimension that the catalogue does not know is one of the event, and proves nothing."""
        return self.shapes.get(dimension) or Shape(of_person=False, exhaustive=False, sensitive=False)

    @cached_property
    def _others(self) -> Mapping[str, tuple[str, ...]]:
        by_code: dict[str, list[str]] = {}
        for name in self.shapes:
            by_code.setdefault(name.partition(":")[0], []).append(name)
        return {name: tuple(one for one in by_code[name.partition(":")[0]] if one != name) for name in self.shapes}

    def finer(self, dimension: str, code: str) -> Iterable[tuple[str, tuple[str, ...]]]:
        """The lines of other schemes that make up exactly this one: ("age:year", ("Y0T4", "Y5T11", "Y12T17"))."""
        whole = self.shape(dimension).members.get(code)
        if not whole:
            return
        for other in self._others.get(dimension, ()):
            inside = tuple(c for c, members in self.shapes[other].members.items() if members and members <= whole)
            if inside and frozenset().union(*(self.shapes[other].members[c] for c in inside)) == whole:
                yield other, inside


def _every_value(schemes: Iterable[Scheme]) -> frozenset[str]:
    return frozenset(value for scheme in schemes for value in scheme.values)


def _members(scheme: Scheme, every: frozenset[str]) -> dict[str, frozenset[str]]:
    """Code → the raw values on its line; what no scheme of the dimension lists is one value of its own."""
    if scheme.bands:
        found = {code: {str(age) for age in range(low, (high or OLDEST) + 1)} for low, high, code in scheme.bands}
    else:
        found = {category.code: set[str]() for category in scheme.categories}
        for value, code in scheme.values.items():
            found[code].add(value)
        found.setdefault(scheme.rest, set()).update({_REST} | (every - set(scheme.values)))
    found.setdefault(scheme.missing, set()).add(_MISSING)
    return {code: frozenset(values) for code, values in found.items() if code not in scheme.hidden}


def key_of(table: ReleasedTable, codes: Sequence[str]) -> Key:
    return frozenset(pair for pair in zip(table.dimensions, codes, strict=True) if pair[1] != TOTAL)


def method_of(release: Release) -> Method:
    return Method(release.parameters.base, release.parameters.threshold)


def cells_of(release: Release, indicator: Indicator) -> dict[Key, ReleasedCell]:
    """Every different cell of an indicator."""
    return {
        key_of(table, cell.codes): cell
        for table in release.tables
        if table.indicator == indicator.code
        for cell in table.cells
    }
