"""Which countries have a line of their own in the months and quarters of a year: chosen once, from the year before.

Chosen from the month's own data, the choice itself would tell who came; chosen anew every month, two months could not
be laid side by side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from migrant_office.models.counts.catalogue import DEFAULT_SCHEME, Catalogue, Scheme
from migrant_office.models.counts.terms import Category, country_label

NATIONALITY = "nationality"


def chosen(persons: Mapping[str, int], catalogue: Catalogue) -> tuple[str, ...]:
    """The codes of the countries that get a line, by the persons of each in the year before (code of the line ->
    persons): the largest first, equal ones by code. Empty when none is large enough: then the catalogue's own hold.
    """
    countries, stays = catalogue.countries, _scheme(catalogue).stays
    large = [
        (-count, code)
        for code, count in persons.items()
        if code in countries.lines and code not in stays and count >= countries.least
    ]
    return tuple(code for _count, code in sorted(large)[: countries.most])


def with_lines(catalogue: Catalogue, codes: Sequence[str]) -> Catalogue:
    """The catalogue with these countries on lines of their own, and every other on the line of its region.

    Without codes it stays as it is. Raises KeyError for a code that may not have a line.
    """
    if not codes:
        return catalogue
    dimension = catalogue.dimensions[NATIONALITY]
    scheme = _regrouped(_scheme(catalogue), codes, catalogue.countries.lines)
    changed = replace(dimension, schemes={**dimension.schemes, DEFAULT_SCHEME: scheme})
    return replace(catalogue, dimensions={**catalogue.dimensions, NATIONALITY: changed})


def _scheme(catalogue: Catalogue) -> Scheme:
    return catalogue.dimensions[NATIONALITY].schemes[DEFAULT_SCHEME]


def _regrouped(scheme: Scheme, codes: Sequence[str], countries: Mapping[str, str]) -> Scheme:
    singles = set(scheme.regions)  # lines of one country by default
    known = {category.code: category for category in scheme.categories}
    own = [known.get(code) or Category(code, country_label(countries[code])) for code in codes]
    others = [category for category in scheme.categories if category.code not in singles | set(codes)]
    values = {}
    for value, code in scheme.values.items():
        line = scheme.regions[code] if code in singles else code
        if line != scheme.rest:  # what is listed nowhere stands there by itself
            values[value] = line
    values |= {countries[code].casefold(): code for code in codes}
    return replace(scheme, categories=(*own, *others), values=values)
