"""The rows of a `data.csv` put back into tables, by the catalogue that everybody can read."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

from migrant_office.errors import UserError
from migrant_office.i18n import N_
from migrant_office.models.counts.catalogue import Catalogue
from migrant_office.models.counts.release import ReleasedCell, ReleasedTable
from migrant_office.models.counts.terms import TOTAL, Category, Label, Lines
from migrant_office.services.counts.audit.knowledge import Shape, Structure

_VALUES = ("value_persons", "value_events", "value")
_NONE = Label("-", "-", "-")
YEARLY = "nationality"  # its lines are chosen anew for each year, so a file may have others than the catalogue
Row = Mapping[str, str]
Named = frozenset[tuple[str, str]]  # (column, code) of a row, totals left out


class Tables:
    """Makes tables of rows: for each set of columns, every choice of schemes of which all cells are there.

    `structure` grows by the lines of nationality that only this file has.
    """

    def __init__(self, rows: Sequence[Row], catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._columns = tuple(dict.fromkeys(one.column for one in catalogue.dimensions.values()))
        self._codes = {
            f"{one.code}:{name}": tuple(c.code for c in scheme.categories if c.code not in scheme.hidden)
            for one in catalogue.dimensions.values()
            for name, scheme in one.schemes.items()
        }
        self.structure = Structure.of(catalogue)
        self._cells: dict[str, dict[Named, ReleasedCell]] = {}
        for row in rows:
            named = frozenset((c, row[c]) for c in self._columns if row.get(c, TOTAL) != TOTAL)
            self._cells.setdefault(row["indicator"], {})[named] = _cell(row)

    def lines(self, name: str) -> Lines:
        dimension = self._catalogue.dimension(name)
        return Lines(name, dimension.column, dimension.label, tuple(Category(c, _NONE) for c in self._codes[name]))

    def tables(self) -> Iterator[ReleasedTable]:
        """Raises KeyError without a total, UserError when a row belongs to no table."""
        for indicator, found in self._cells.items():
            used: set[Named] = {frozenset()}
            yield ReleasedTable("total", _NONE, indicator, (), (found[frozenset()],))
            self._learn(found)
            for group in sorted({tuple(sorted(column for column, _code in named)) for named in found} - {()}):
                for names in itertools.product(*(self._schemes(column) for column in group)):
                    table = self._table(indicator, group, names, found, used)
                    if table is not None:
                        yield table
            if set(found) - used:
                raise UserError(
                    N_("The file shows figures of {indicator} that are in no table of the catalogue."),
                    indicator=indicator,
                )

    def _schemes(self, column: str) -> list[str]:
        return [name for name in self._codes if self._catalogue.dimension(name).column == column]

    def _learn(self, found: Mapping[Named, ReleasedCell]) -> None:
        """A scheme of the file's own nationalities, when the catalogue has none with all of them.

        What its lines hold is not known, so they prove nothing beside other schemes; among themselves they add up.
        """
        dimension = self._catalogue.dimensions.get(YEARLY)
        if dimension is None:
            return
        codes = tuple(sorted({code for named in found for column, code in named if column == dimension.column}))
        known = {
            code
            for name in self._schemes(dimension.column)
            for code in self._codes[name]
            if set(codes) >= set(self._codes[name])
        }
        if set(codes) - known:
            name = f"{YEARLY}:{'+'.join(codes)}"
            self._codes[name] = codes
            shape = Shape(of_person=dimension.of == "person", exhaustive=True, sensitive=dimension.sensitive)
            self.structure = Structure({**self.structure.shapes, name: shape})

    def _table(
        self,
        indicator: str,
        columns: Sequence[str],
        names: tuple[str, ...],
        found: Mapping[Named, ReleasedCell],
        used: set[Named],
    ) -> ReleasedTable | None:
        made = {}
        for codes in itertools.product(*((*self._codes[name], TOTAL) for name in names)):
            named = frozenset(pair for pair in zip(columns, codes, strict=True) if pair[1] != TOTAL)
            if named not in found:
                return None
            made[named] = ReleasedCell(codes, found[named].value, found[named].obs_status)
        used.update(made)
        return ReleasedTable(" ".join(names), _NONE, indicator, names, tuple(made.values()))


def _cell(row: Row) -> ReleasedCell:
    value = next((int(row[name]) for name in _VALUES if row.get(name, "")), None)
    status = row["obs_status"]
    if status not in ("A", "Q", "M") or (value is None) is (status == "A"):
        raise ValueError(status)
    return ReleasedCell((), value, "A" if status == "A" else "Q" if status == "Q" else "M")
