"""A1, A2 and A7: what the equations of the attacker say about each cell and about each group."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from migrant_office.i18n import N_
from migrant_office.models.counts.release import Release
from migrant_office.services.counts.audit.equations import Equations
from migrant_office.services.counts.audit.knowledge import Key, Method, Structure, cells_of
from migrant_office.services.counts.audit.report import Data, Finding
from migrant_office.services.counts.audit.solver import Infeasible, Solver, consistent, down, up
from migrant_office.services.counts.audit.system import Cell, System
from migrant_office.services.counts.audit.truth import Truth

FEWEST_VALUES = 3  # that every cell keeps
SHARE = 0.8  # of a group, from which on everybody in it is known
SMALL = range(1, 5)  # persons in the cells whose existence is counted
# Share of the small cells of which it may come out that somebody is in them; the note measured 1 to 4 % in one release
# and 8 to 12 % with others beside it. A few cells make a share of nothing, so single ones pass.
MOST_EXISTENCE = {"one": 0.05, "several": 0.125}
FEW_CELLS = 2
Tick = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Interval:
    """What the attacker is sure of about one cell, rounded inwards."""

    cell: Cell
    hidden: bool
    low: int
    high: int

    @property
    def values(self) -> int:
        """How many values the cell may still have."""
        return self.high - self.low + 1


@dataclass(frozen=True, slots=True)
class Known:
    """Everything the attacker works out. With `whole` false, cells that are surely wide were not narrowed down.

    `groups` are groups with the least share of one sensitive line, where that reaches the limit. `let_go`: how many
    beliefs the figures contradicted. `wrong`: nobody could have these figures, whatever is believed.
    """

    intervals: tuple[Interval, ...]
    groups: tuple[tuple[Cell, Key], ...]
    let_go: int = 0
    wrong: bool = False

    @property
    def narrowest(self) -> Interval | None:
        """The cell with the fewest values; None when the figures contradict each other."""
        return min(self.intervals, key=lambda one: one.values, default=None)

    @property
    def fewest(self) -> int:
        """How many values the narrowest cell has; 0 when the figures contradict each other."""
        return min((one.values for one in self.intervals), default=0)

    def existence(self, truths: Sequence[Truth | None], units: Mapping[str, str]) -> tuple[int, int]:
        """(cells surely not empty, of how many): of those with 1 to 4 persons, or of the hidden ones without truth."""
        named = {(one.cell[0], one.cell[2]) for one in self.intervals if units[one.cell[1]] == "persons"}
        counted = [one for one in self.intervals if _small(one, truths)]
        # Events stand beside the persons that had them: one cell, not two.
        counted = [o for o in counted if units[o.cell[1]] == "persons" or (o.cell[0], o.cell[2]) not in named]
        return sum(one.low > 0 for one in counted), len(counted)

    @property
    def typical_values(self) -> float:
        """The median number of values of the hidden cells; to be trusted only with `whole`."""
        return median([one.values for one in self.intervals if one.hidden] or [0])

    @property
    def exact(self) -> int:
        return sum(one.values <= 1 for one in self.intervals if one.hidden)


def _small(one: Interval, truths: Sequence[Truth | None]) -> bool:
    truth = truths[one.cell[0]] if truths else None
    return one.hidden if truth is None else truth.at(one.cell[1], one.cell[2]).persons in SMALL


def work_out(
    releases: Sequence[Release],
    structure: Structure,
    *,
    truths: Sequence[Truth | None] = (),
    methods: Sequence[Method] = (),
    whole: bool = False,
    tick: Tick = lambda: None,
) -> Known:
    """All that follows from these releases together; beliefs that the figures contradict are let go."""
    system = Equations(releases, structure, truths=truths, methods=methods).system
    intervals: list[Interval] = []
    groups: list[tuple[Cell, Key]] = []
    let_go = 0
    for part in system.apart():
        try:
            solver, gone = consistent(part)
        except Infeasible:
            return Known((), (), wrong=True)
        let_go += gone
        attack = _Attack(part, solver, releases, structure, whole=whole, tick=tick)
        intervals += list(attack.intervals())
        groups += list(attack.groups())
    return Known(tuple(intervals), tuple(groups), let_go)


class _Attack:
    """The attack on one system that hangs together."""

    def __init__(
        self,
        system: System,
        solver: Solver,
        releases: Sequence[Release],
        structure: Structure,
        *,
        whole: bool,
        tick: Tick,
    ) -> None:
        self._system, self._structure, self._whole, self._tick = system, structure, whole, tick
        self._status = dict(_statuses(releases))
        self._solver = solver
        self._best = FEWEST_VALUES + 1_000_000
        hidden = {n: 1.0 for n, cell in enumerate(system.cells) if self._status[cell] == "Q"}
        for ask in (self._solver.least, self._solver.most):  # far ends of many cells at once: fewer questions later
            ask(hidden)

    def intervals(self) -> Iterator[Interval]:
        """Every cell but those that cannot exist; the narrow ones first, so that wide ones need no question."""
        order = sorted(range(len(self._system.cells)), key=lambda n: self._system.high[n] - self._system.low[n])
        for number in order:
            status = self._status[self._system.cells[number]]
            if status != "M":
                self._tick()
                yield self._interval(number, hidden=status == "Q")

    def _interval(self, number: int, *, hidden: bool) -> Interval:
        # Values of earlier answers are possible, so the cell is at least that wide; it is not asked what cannot matter.
        seen = up(self._solver.seen_low[number]), down(self._solver.seen_high[number])
        wide = not self._whole and seen[1] - seen[0] + 1 >= self._best
        low, high = up(self._system.low[number]), down(self._system.high[number])
        if not wide or (low <= 0 < seen[0]):  # whether it may be empty matters even where it is wide
            low = up(self._solver.least({number: 1}))
        if not wide:
            high = down(self._solver.most({number: 1}))
            self._best = min(self._best, high - low + 1)
        return Interval(self._system.cells[number], hidden, low, high)

    def groups(self) -> Iterator[tuple[Cell, Key]]:
        """Sensitive lines that surely hold too large a share of their row."""
        for number, cell in enumerate(self._system.cells):
            for pair in cell[2]:
                whole = self._system.number.get((cell[0], cell[1], cell[2] - {pair}))
                if self._structure.shape(pair[0]).sensitive and whole is not None and self._status[cell] != "M":
                    self._tick()
                    if self._surely_most(number, whole):
                        yield cell, cell[2] - {pair}

    def _surely_most(self, part: int, whole: int) -> bool:
        if self._solver.answer[part] < SHARE * self._solver.answer[whole] - 1e-6:
            return False
        return self._solver.least({part: 1, whole: -SHARE}) >= -1e-6 and up(self._solver.least({whole: 1})) > 0


def _statuses(releases: Iterable[Release]) -> Iterator[tuple[Cell, str]]:
    for number, release in enumerate(releases):
        for indicator in release.indicators:
            for key, cell in cells_of(release, indicator).items():
                yield (number, indicator.code, key), cell.obs_status


# -- findings


def interval_finding(attack: str, known: Known, releases: Sequence[Release], truths: Sequence[Truth | None]) -> Finding:
    """A1 or A2 from what was worked out."""
    narrowest = known.narrowest
    if known.wrong or narrowest is None:
        message = N_("These figures contradict each other: no office can have them. Make the release again.")
        return Finding(attack, passed=not known.wrong, figure=0 if known.wrong else None, message=message)
    units = {one.code: one.unit for release in releases for one in release.indicators}
    certain, hidden = known.existence(truths, units)
    data: Data = {
        "values": narrowest.values,
        "cell": told(narrowest.cell, releases),
        "cells": len(known.intervals),
        "certain": certain,
        "hidden": hidden,
    }
    if narrowest.values < FEWEST_VALUES:
        message = N_(
            "A figure can be worked out to {values} possible values: {cell}. Every figure must keep at least three."
        )
        return Finding(attack, passed=False, figure=narrowest.values, message=message, data=data)
    if certain > max(FEW_CELLS, MOST_EXISTENCE["one" if attack == "A1" else "several"] * hidden):
        message = N_(
            "Of {hidden} protected cells, {certain} are surely not empty. That is more than the method allows."
        )
        return Finding(attack, passed=False, figure=narrowest.values, message=message, data=data)
    message = N_(
        "{cells} figures were attacked; each keeps at least {values} possible values. "
        "Of {hidden} protected cells, {certain} are surely not empty."
    )
    return Finding(attack, passed=True, figure=narrowest.values, message=message, data=data)


def group_finding(known: Iterable[Known], releases: Sequence[Release]) -> Finding:
    """A7: whether a sensitive line surely holds four in five of a group."""
    found = [(cell, row) for one in known for cell, row in one.groups]
    if found:
        message = N_("Nearly everybody of a group surely has the same answer: {cell}.")
        return Finding("A7", False, len(found), message, {"cell": told(found[0][0], releases)})
    message = N_("Of no group is it sure that four in five have the same answer to a sensitive question.")
    return Finding("A7", True, 0, message)


def told(cell: Cell, releases: Sequence[Release]) -> str:
    """A cell in codes, as they stand in the CSV: no figure and nobody's name."""
    number, indicator, key = cell
    return " ".join([releases[number].period, indicator, *(code for _name, code in sorted(key))])


def renumbered(known: Known, number: int) -> Known:
    """What was worked out of one release alone, with the number that it has among others."""
    return replace(
        known,
        intervals=tuple(replace(one, cell=(number, *one.cell[1:])) for one in known.intervals),
        groups=tuple(((number, *cell[1:]), row) for cell, row in known.groups),
    )
