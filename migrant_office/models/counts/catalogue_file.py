"""Reading a city's `indicators.toml` into a `Catalogue`: refused whole when something in it does not fit."""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from migrant_office.errors import UserError
from migrant_office.i18n import N_
from migrant_office.models.counts import catalogue_rules
from migrant_office.models.counts.catalogue import Catalogue, Countries, Dimension, Population, Scheme, Table
from migrant_office.models.counts.terms import (
    TOTAL,
    UNKNOWN,
    Category,
    Indicator,
    Label,
    Parameters,
    Place,
    country_label,
)

# The columns that the long CSV has for dimensions, in its order (HXL tags: services/counts/files/rows.py).
COLUMNS = ("sex", "age", "nationality", "status", "disability", "service", "outcome")
_NATIONALITY, _SINGLE = "nationality", "year"  # the dimension, and its scheme with a line for each country
_MOST_DIMENSIONS = 2  # a three-way table of one month always shows somebody


def read_catalogue(path: Path) -> Catalogue:
    """The catalogue of a file. Raises UserError, with the place, when it is missing, is no TOML or does not fit."""
    try:
        return parse_catalogue(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise UserError(
            N_("The list of indicators {file} cannot be used ({reason}). Restore the original file."),
            file=path.name,
            reason=error,
        ) from error


def parse_catalogue(text: str) -> Catalogue:
    """The catalogue of a TOML text. Raises KeyError, TypeError or ValueError for what does not fit."""
    data = tomllib.loads(text)
    catalogue = Catalogue(
        version=str(data["version"]),
        city=data["city"],
        place=Place(**data["place"]),
        parameters=_parameters(data["parameters"]),
        legal=_label(data["legal"]),
        indicators=tuple(_indicator(item) for item in data["indicators"]),
        dimensions={code: _dimension(code, item) for code, item in data["dimensions"].items()},
        tables={period: tuple(_table(item) for item in items) for period, items in data["tables"].items()},
        impossible=frozenset(
            (item["code"], name, code)
            for item in data["indicators"]
            for name, codes in item.get("impossible", {}).items()
            for code in codes
        ),
        countries=_countries(data["dimensions"].get(_NATIONALITY, {})),
        populations=tuple(
            Population(code=item["code"], parts=frozenset(item["parts"])) for item in data.get("populations", ())
        ),
        parts={code: int(persons) for code, persons in data.get("parts", {}).items()},
    )
    _check(catalogue)
    catalogue_rules.check(catalogue)
    return catalogue


def _countries(data: Mapping[str, Any]) -> Countries:
    found = data.get("countries", {})
    return Countries(lines=found, most=int(data.get("most", 0)), least=int(data.get("least", 0)))


def _country_lines(countries: Mapping[str, str]) -> list[Mapping[str, Any]]:
    """A line for each country that may have one, named from the table of countries."""
    named = {code: country_label(country) for code, country in countries.items()}
    return [
        {"code": code, "values": [countries[code]], "label": {"es": label.es, "en": label.en, "ht": label.ht}}
        for code, label in named.items()
    ]


def _parameters(data: Mapping[str, int]) -> Parameters:
    parameters = Parameters(**data)
    if parameters.base < 1 or parameters.threshold < 2 * parameters.base:
        raise ValueError("parameters: the threshold is at least twice the base, so that no small figure is published")
    return parameters


def _label(data: Mapping[str, str]) -> Label:
    label = Label(es=data["es"], en=data["en"], ht=data["ht"])
    if not (label.es and label.en and label.ht):
        raise ValueError(f"empty label: {dict(data)}")
    return label


def _indicator(data: Mapping[str, Any]) -> Indicator:
    if data["unit"] not in ("persons", "events"):
        raise ValueError(f"unit of {data['code']}: {data['unit']}")
    return Indicator(
        code=data["code"],
        counts=data["counts"],
        unit=data["unit"],
        label=_label(data["label"]),
        definition=_label(data["definition"]),
        source=_label(data["source"]),
    )


def _dimension(code: str, data: Mapping[str, Any]) -> Dimension:
    if data["column"] not in COLUMNS:
        raise ValueError(f"column of {code}: {data['column']}")
    if data["of"] not in ("person", "event"):
        raise ValueError(f"{code} is of a person or of an event, not of {data['of']}")
    return Dimension(
        code=code,
        column=data["column"],
        label=_label(data["label"]),
        of=data["of"],
        sensitive=data.get("sensitive", False),
        schemes={
            name: _scheme(
                f"{code}:{name}",
                [*(_country_lines(data.get("countries", {})) if name == _SINGLE else ()), *lines],
            )
            for name, lines in data["schemes"].items()
        },
    )


def _scheme(name: str, lines: list[Mapping[str, Any]]) -> Scheme:
    categories = tuple(Category(line["code"], _label(line["label"])) for line in lines)
    codes = [category.code for category in categories]
    if len(set(codes)) < len(codes) or TOTAL in codes:
        raise ValueError(f"{name}: a code is there twice, or is {TOTAL}")
    values = [(str(value).casefold(), line["code"]) for line in lines for value in line.get("values", ())]
    if len(dict(values)) < len(values):
        raise ValueError(f"{name}: a value is on two lines")
    missing = _only(name, lines, "missing") or UNKNOWN
    rest = _only(name, lines, "rest") or missing
    if missing not in codes:
        raise ValueError(f"{name}: no line takes a missing answer")
    return Scheme(
        categories=categories,
        values=dict(values),
        bands=_bands(name, [line for line in lines if "from" in line]),
        rest=rest,
        missing=missing,
        hidden=frozenset(line["code"] for line in lines if not line.get("published", True)),
        regions={line["code"]: line["region"] for line in lines if "region" in line},
        stays=frozenset(line["code"] for line in lines if line.get("stays")),
    )


def _only(name: str, lines: list[Mapping[str, Any]], mark: str) -> str:
    found: list[str] = [line["code"] for line in lines if line.get(mark)]
    if len(found) > 1:
        raise ValueError(f"{name}: {mark} is on two lines")
    return found[0] if found else ""


def _bands(name: str, lines: list[Mapping[str, Any]]) -> tuple[tuple[int, int | None, str], ...]:
    bands = tuple((int(line["from"]), line.get("to"), str(line["code"])) for line in lines)
    if bands and bands[0][0] != 0:
        raise ValueError(f"{name}: the first band begins at 0")
    for (_low, high, _code), (low, _high, _next) in itertools.pairwise(bands):
        if high is None or low != high + 1:
            raise ValueError(f"{name}: bands follow each other without gap or overlap")
    return bands


def _table(data: Mapping[str, Any]) -> Table:
    if len(data["dimensions"]) > _MOST_DIMENSIONS:
        raise ValueError(f"table {data['code']}: at most {_MOST_DIMENSIONS} dimensions")
    return Table(
        code=data["code"],
        label=_label(data["label"]),
        dimensions=tuple(data["dimensions"]),
        indicators=tuple(data["indicators"]),
    )


def _check(catalogue: Catalogue) -> None:
    """What only the whole shows: tables name indicators, dimensions and schemes that are there; full names are used."""
    if len({indicator.code for indicator in catalogue.indicators}) < len(catalogue.indicators):
        raise ValueError("an indicator is there twice")
    for period, tables in catalogue.tables.items():
        if len({table.code for table in tables}) < len(tables):
            raise ValueError(f"{period}: a table is there twice")
        for table in tables:
            for code in table.indicators:
                catalogue.indicator(code)
            for name in table.dimensions:
                if name != catalogue.full_name(name) or catalogue.scheme(name) is None:
                    raise ValueError(f"table {table.code}: {name} names no scheme")
    for _indicator_code, name, code in catalogue.impossible:
        catalogue.lines(name).label_of(code)
