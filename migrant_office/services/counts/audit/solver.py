"""Least and most of a cell under a system, by HiGHS. An answer counts only when the solver calls it optimal."""

from __future__ import annotations

import math
from collections.abc import Mapping

import highspy  # never in one process with ortools: their symbols clash
import numpy as np
import numpy.typing as npt

from migrant_office.services.counts.audit.system import System

SLACK = 1e-6  # of the solver, beside whole numbers
_PRIMAL = 4  # HiGHS: the primal simplex goes on from the last answer when only the question changes


class Infeasible(Exception):
    """No office can have these figures: something the attacker believes is not so."""


class Solver:
    """One system, asked again and again; each question starts from the last answer."""

    def __init__(self, system: System) -> None:
        self._highs = highspy.Highs()  # type: ignore[no-untyped-call]
        # `threads` is set to one value for the whole process: HiGHS refuses a second one, and then answers zeros.
        self._must(self._highs.setOptionValue("output_flag", False))
        self._must(self._highs.setOptionValue("threads", 1))
        self._must(self._highs.setOptionValue("presolve", "off"))
        self._must(self._highs.setOptionValue("simplex_strategy", _PRIMAL))
        self._must(self._highs.passModel(_model(system)))
        self._asked: list[int] = []
        self.answer: npt.NDArray[np.float64] = np.zeros(len(system.cells))
        self.seen_low = np.full(len(system.cells), math.inf)
        self.seen_high = np.full(len(system.cells), -math.inf)
        self._solve({})

    def least(self, terms: Mapping[int, float]) -> float:
        """The least that a sum of cells can be."""
        return self._solve(terms)

    def most(self, terms: Mapping[int, float]) -> float:
        """The most that a sum of cells can be."""
        return -self._solve({at: -factor for at, factor in terms.items()})

    def _solve(self, terms: Mapping[int, float]) -> float:
        for at in self._asked:
            self._must(self._highs.changeColCost(at, 0.0))
        for at, factor in terms.items():
            self._must(self._highs.changeColCost(at, float(factor)))
        self._asked = list(terms)
        if self._run() != highspy.HighsModelStatus.kOptimal:
            self._highs.clearSolver()  # a lost basis is no answer: once more from the beginning
            status = self._run()
            if status == highspy.HighsModelStatus.kInfeasible:
                raise Infeasible
            if status != highspy.HighsModelStatus.kOptimal:
                raise RuntimeError(f"the solver gave no answer: {self._highs.modelStatusToString(status)}")
        self.answer = np.array(self._highs.getSolution().col_value)
        np.minimum(self.seen_low, self.answer, out=self.seen_low)
        np.maximum(self.seen_high, self.answer, out=self.seen_high)
        return sum(factor * float(self.answer[at]) for at, factor in terms.items())

    def _run(self) -> highspy.HighsModelStatus:
        self._highs.run()
        return self._highs.getModelStatus()

    @staticmethod
    def _must(status: highspy.HighsStatus) -> None:
        if status == highspy.HighsStatus.kError:
            raise RuntimeError("the solver refused the system")


def _model(system: System) -> highspy.HighsLp:
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(system.cells), len(system.rows)
    model.col_cost_ = np.zeros(len(system.cells))
    model.col_lower_, model.col_upper_ = np.array(system.low, float), np.array(system.high, float)
    model.row_lower_ = np.array([row.least for row in system.rows], float)
    model.row_upper_ = np.array([row.most for row in system.rows], float)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.cumsum([0, *(len(row.terms) for row in system.rows)])
    model.a_matrix_.index_ = np.array([at for row in system.rows for at in row.terms], np.int32)
    model.a_matrix_.value_ = np.array([f for row in system.rows for f in row.terms.values()], float)
    return model


def consistent(system: System) -> tuple[Solver, int]:
    """A solver of the system, and how many soft rows had to be let go because the figures contradict them.

    Of all ways to explain the figures that with the least missed is taken, and only the rows missed in it go: the
    others stay true together. Raises `Infeasible` when not even what is known fits.
    """
    try:
        return Solver(system), 0
    except Infeasible:
        loose, missed = system.elastic()
        solver = Solver(loose)
        solver.least({side: 1.0 for sides in missed.values() for side in sides})
        gone = {row for row, sides in missed.items() if sum(solver.answer[side] for side in sides) > SLACK}
        return Solver(system.without(gone)), len(gone)


def up(value: float) -> int:
    """Inwards from below: the first whole number not under the least."""
    return math.ceil(value - SLACK * max(1.0, abs(value)))


def down(value: float) -> int:
    """Inwards from above."""
    return math.floor(value + SLACK * max(1.0, abs(value)))
