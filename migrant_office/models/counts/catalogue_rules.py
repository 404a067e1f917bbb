"""What no catalogue may publish, held when it is read: nesting, forbidden lines and tables, populations too alike.

Each rule answers an attack that worked: two bandings that cut each other, a breakdown that shows one group whole, two
populations that differ by one person.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping

from migrant_office.models.counts.catalogue import Catalogue, Population, Scheme, Table
from migrant_office.models.counts.month import KINDS, MONTH, YEAR
from migrant_office.models.counts.terms import Category

# What a published table may read. Whoever adds one answers for it: no member of staff, no address, no day.
PUBLISHED = frozenset({"sex", "age", "nationality", "status", "disability", "service_type", "outcome"})
SENSITIVE = frozenset({"status", "disability"})  # columns that the row rule protects
YES_ONLY = "disability"
SEXES = frozenset({"F", "M", "_O"})  # X and unknown share a line, or they would be a line of one person
NEVER_TOGETHER = frozenset({"status", "service"})
SINGLE = "nationality:year"  # single countries: in a year only
OF_A_MONTH = frozenset({"sex", "age"})  # the only two-way table of a month
VIOLENCE = ("violenc", "violans", "vbg", "gbv", "gender_violence")
PROTECTION = ("international_protection", "protección internacional", "asylum", "asilo", "refug")
AGES = range(131)
Lines = Mapping[tuple[str, str], frozenset[object]]  # (scheme, code) -> the raw values that stand on it


def check(catalogue: Catalogue) -> None:
    """Look over a whole catalogue. Raises ValueError with the table or the line that does not fit."""
    if unknown := catalogue.tables.keys() - set(KINDS):
        raise ValueError(f"no such period: {', '.join(sorted(unknown))}")
    for kind, tables in catalogue.tables.items():
        _check_total(kind, tables, catalogue)
        for table in tables:
            _check_table(kind, table, catalogue)
    for name in published(catalogue):
        _check_lines(name, catalogue)
    for code in {name.partition(":")[0] for name in published(catalogue)}:
        _check_nesting(code, catalogue)
    check_populations(catalogue.populations, catalogue.parts, catalogue.parameters.office_persons)


def published(catalogue: Catalogue, kinds: Iterable[str] = KINDS) -> list[str]:
    """The dimensions ("age:month") that some table of these periods shows, in the order of the tables."""
    tables = (table for kind in kinds for table in catalogue.tables.get(kind, ()))
    return list(dict.fromkeys(name for table in tables for name in table.dimensions))


def _check_total(kind: str, tables: tuple[Table, ...], catalogue: Catalogue) -> None:
    """Every period has the total of every indicator: it is all that a small office publishes."""
    whole = {code for table in tables if not table.dimensions for code in table.indicators}
    if missing := {indicator.code for indicator in catalogue.indicators} - whole:
        raise ValueError(f"{kind}: no total of {', '.join(sorted(missing))}")


def _check_table(kind: str, table: Table, catalogue: Catalogue) -> None:
    for name in table.dimensions:
        if name.partition(":")[0] not in PUBLISHED:
            raise ValueError(f"table {table.code}: {name} is never published")
    columns = {catalogue.dimension(name).column for name in table.dimensions}
    if len(columns) < len(table.dimensions):
        raise ValueError(f"table {table.code}: one dimension twice")
    if columns >= NEVER_TOGETHER:
        raise ValueError(f"table {table.code}: status is never told by service")
    if kind == MONTH and len(columns) > 1 and columns != OF_A_MONTH:
        raise ValueError(f"table {table.code}: a month has one two-way table, age by sex")
    if kind != YEAR and SINGLE in table.dimensions:
        raise ValueError(f"table {table.code}: single countries are told of a year only")


def _check_lines(name: str, catalogue: Catalogue) -> None:
    """The lines that would be a group of a few people whatever the figures are."""
    dimension, scheme = catalogue.dimension(name), _scheme(name, catalogue)
    if dimension.column in SENSITIVE and not dimension.sensitive:
        raise ValueError(f"{dimension.code} is sensitive")
    shown = [category for category in scheme.categories if category.code not in scheme.hidden]
    if dimension.column == YES_ONLY and len(shown) != 1:
        raise ValueError(f"{name}: only the line of yes is published")
    if dimension.column == "sex" and ({one.code for one in shown} != SEXES or scheme.rest != scheme.missing):
        raise ValueError(f"{name}: other and unknown share one line")
    for category in shown:
        for word in _told(category, scheme):
            if any(part in word for part in (*VIOLENCE, *PROTECTION)) and not _is_mixed(category, scheme):
                raise ValueError(f"{name}: {category.code} would tell of violence or of protection")


def _told(category: Category, scheme: Scheme) -> list[str]:
    """The words and the values of a line, in small letters."""
    label = category.label
    values = [value for value, code in scheme.values.items() if code == category.code]
    return [word.casefold() for word in (category.code, label.es, label.en, label.ht, *values)]


def _is_mixed(category: Category, scheme: Scheme) -> bool:
    """Whether a line takes most other values too, and its words say nothing of violence or protection."""
    label = category.label
    words = [text.casefold() for text in (category.code, label.es, label.en, label.ht)]
    told = any(part in word for word in words for part in (*VIOLENCE, *PROTECTION))
    values = [value for value, code in scheme.values.items() if code == category.code]
    plain = [value for value in values if not any(part in value for part in (*VIOLENCE, *PROTECTION))]
    return not told and (len(plain) > 1 or category.code == scheme.rest)


def _scheme(name: str, catalogue: Catalogue) -> Scheme:
    scheme = catalogue.scheme(name)
    if scheme is None:
        raise ValueError(f"{name} names no scheme")
    return scheme


# nesting


def lines_of(code: str, names: Iterable[str], catalogue: Catalogue) -> Lines:
    """What stands on every line of some schemes of a dimension, over all values that any of them names."""
    schemes = {name: _scheme(name, catalogue) for name in names if name.partition(":")[0] == code}
    listed = {value for scheme in schemes.values() for value in scheme.values}
    values: set[object] = {None, *listed, "\0 listed nowhere"}
    if any(scheme.bands for scheme in schemes.values()):
        values = {None, *AGES}
    found: dict[tuple[str, str], set[object]] = {}
    for name, scheme in schemes.items():
        for value in values:
            found.setdefault((name, scheme.code_of(value)), set()).add(value)  # type: ignore[arg-type]
    return {line: frozenset(behind) for line, behind in found.items()}


def _check_nesting(code: str, catalogue: Catalogue) -> None:
    """Two published lines share nothing, or one holds the other: their difference is never a narrow band."""
    lines = lines_of(code, published(catalogue), catalogue)
    for (one, first), (other, second) in itertools.combinations(lines.items(), 2):
        if first & second and not (first <= second or second <= first):
            raise ValueError(f"{code}: {':'.join(one)} and {':'.join(other)} do not nest")
    for kind in KINDS:
        by_code: dict[str, frozenset[object]] = {}
        for (name, line), behind in lines_of(code, published(catalogue, [kind]), catalogue).items():
            if by_code.setdefault(line, behind) != behind:
                raise ValueError(f"{name}: {line} means two things in one release")


# populations


def check_populations(populations: Iterable[Population], parts: Mapping[str, int], least: int) -> None:
    """Two populations are equal, share nobody, or differ by at least `least` persons: else the difference of their
    figures is a few people. Raises ValueError naming the two, KeyError for a part without its number of persons.
    """
    for one, other in itertools.combinations(populations, 2):
        differ = sum(parts[part] for part in one.parts ^ other.parts)
        if one.parts != other.parts and one.parts & other.parts and differ < least:
            raise ValueError(f"{one.code} and {other.code} differ by fewer than {least} persons")
