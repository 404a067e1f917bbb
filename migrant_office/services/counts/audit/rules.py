"""A8, A9 and A11: rules that can be looked up, figure by figure, where the office knows the truth."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import sqrt

from migrant_office.i18n import N_
from migrant_office.models.counts.release import Release, ReleasedCell, ReleasedTable
from migrant_office.models.counts.terms import Unit
from migrant_office.services.counts.audit.knowledge import Key, Structure, cells_of, key_of
from migrant_office.services.counts.audit.report import Finding
from migrant_office.services.counts.audit.truth import Exact, Truth

BASE, PERSONS = 5, 10  # the least, whatever the parameters of a release say
DIFFERENCE = 30  # persons by which populations that overlap must differ
MOST_BIAS = 4  # standard errors


def dominance(releases: Sequence[Release], truths: Sequence[Truth | None]) -> Finding:
    """A8: no shown figure has fewer persons than the threshold, or one person who makes most of it."""
    loose = next((one for one in releases if one.parameters.base < BASE or one.parameters.threshold < PERSONS), None)
    if loose is not None:
        message = N_("{release} was made by looser rules than those of the method.")
        return Finding("A8", False, None, message, {"release": loose.name})
    if not any(truths):
        message = N_("Who is behind the figures can only be looked up in the office that made them.")
        return Finding("A8", True, None, message, ran=False)
    found = list(_dominated(releases, truths))
    if found:
        message = N_("{count} shown figures rest on too few persons: {cell}.")
        return Finding("A8", False, len(found), message, {"count": len(found), "cell": found[0]})
    return Finding(
        "A8", True, 0, N_("Behind every shown figure are enough persons, and none of them makes most of it.")
    )


def _dominated(releases: Sequence[Release], truths: Sequence[Truth | None]) -> Iterator[str]:
    for release, truth in zip(releases, truths, strict=True):
        for table in release.tables if truth is not None else ():
            unit = release.indicator(table.indicator).unit
            for cell in table.cells:
                exact = truth.at(table.indicator, key_of(table, cell.codes)) if truth else Exact(0, 0)
                if cell.value is not None and _too_few(exact, unit, release):
                    yield " ".join([release.period, table.indicator, *cell.codes])


def _too_few(exact: Exact, unit: Unit, release: Release) -> bool:
    parameters = release.parameters
    if exact.persons < max(parameters.threshold, PERSONS):  # nor by a threshold of its own
        return True
    one, two = parameters.top_one_percent, parameters.top_two_percent
    dominated = exact.top_one * 100 > exact.events * one or exact.top_two * 100 > exact.events * two
    return unit == "events" and dominated


def populations(releases: Sequence[Release], structure: Structure, truths: Sequence[Truth | None]) -> Finding:
    """A9: what is published side by side is equal, disjoint or far apart; and no dimension is cut in two ways."""
    clash = next(_clashing_cuts(releases, structure), None)
    if clash:
        message = N_("{dimension} is published in two ways that do not nest: their difference is a small group.")
        return Finding("A9", False, 0, message, {"dimension": clash})
    nearest = min(_differences(releases, truths), default=None)
    if nearest is not None and nearest < DIFFERENCE:
        message = N_(
            "Two groups of people published side by side differ by {persons} persons only; refused below {limit}."
        )
        # The figure itself would tell what the files must not.
        return Finding("A9", False, None, message, {"persons": f"<{DIFFERENCE}", "limit": DIFFERENCE})
    if not any(truths):
        message = N_(
            "The lines of every table nest. Whether groups of people are nearly equal only the office can see."
        )
        return Finding("A9", True, None, message)
    message = N_("No two groups of people published side by side differ by fewer than {limit} persons.")
    return Finding("A9", True, None, message, {"limit": DIFFERENCE})


def _clashing_cuts(releases: Sequence[Release], structure: Structure) -> Iterator[str]:
    """Two schemes of one dimension of which no line of one lies in a line of the other."""
    names = {name for release in releases for table in release.tables for name in table.dimensions}
    for one, other in itertools.combinations(sorted(names), 2):
        if one.partition(":")[0] == other.partition(":")[0]:
            first, second = structure.shape(one).members.values(), structure.shape(other).members.values()
            if any(a & b and not (a <= b or b <= a) for a in first for b in second):
                yield f"{one} / {other}"


def _differences(releases: Sequence[Release], truths: Sequence[Truth | None]) -> Iterator[int]:
    """By how many persons two overlapping populations of the same period differ."""
    known = [(release, truth) for release, truth in zip(releases, truths, strict=True) if truth and truth.people]
    for (one, first), (other, second) in itertools.combinations(known, 2):
        beside = (one.start, one.end) == (other.start, other.end) and one.office != other.office
        if beside and first.people & second.people and first.people != second.people:
            yield len(first.people ^ second.people)


def consistent(releases: Sequence[Release], truths: Sequence[Truth | None]) -> Finding:
    """A11: the same people have the same figure in all tables, a multiple of the base, and nothing leans one way."""
    for release in releases:
        wrong = next(_inconsistent(release), None)
        if wrong:
            message = N_("The same people have two figures, or a figure that is not rounded: {cell}.")
            return Finding("A11", False, None, message, {"cell": wrong})
    errors = [
        error for release, truth in zip(releases, truths, strict=True) if truth for error in _errors(release, truth)
    ]
    mean = sum(errors) / len(errors) if errors else 0.0
    base = max((release.parameters.base for release in releases), default=1)
    if abs(mean) > MOST_BIAS * base / 2 / sqrt(len(errors) or 1):
        message = N_("The rounding leans to one side: by {mean} on average.")
        return Finding("A11", False, round(mean, 2), message, {"mean": round(mean, 2)})
    if not errors:
        return Finding("A11", True, None, N_("The same people have the same rounded figure in every table."))
    message = N_("The same people have the same figure in every table, and the rounding leans to neither side.")
    return Finding("A11", True, round(mean, 2), message)


def _inconsistent(release: Release) -> Iterator[str]:
    seen: dict[tuple[str, Key], ReleasedCell] = {}
    for table in release.tables:
        for cell in table.cells:
            first = seen.setdefault((table.indicator, key_of(table, cell.codes)), cell)
            unrounded = cell.value is not None and cell.value % release.parameters.base
            two_figures = (first.value, first.obs_status) != (cell.value, cell.obs_status)
            if unrounded or (two_figures and not _row_closed(table, cell, first)):
                yield " ".join([release.period, table.indicator, *cell.codes])


def _row_closed(table: ReleasedTable, cell: ReleasedCell, first: ReleasedCell) -> bool:
    """One of them is hidden: a row of a two-way table can be closed where the one-way table shows the line."""
    return len(table.dimensions) > 1 and (cell.value is None or first.value is None)


def _errors(release: Release, truth: Truth) -> list[int]:
    """Published minus exact, once for each set of people: what shares a figure shares its coin."""
    found: dict[tuple[str, int, int], list[int]] = defaultdict(list)
    for one in release.indicators:
        for key, cell in cells_of(release, one).items():
            exact = truth.at(one.code, key)
            if cell.value is not None:
                count = exact.persons if one.unit == "persons" else exact.events
                found[one.code, exact.persons, exact.events].append(cell.value - count)
    return [errors[0] for errors in found.values()]
