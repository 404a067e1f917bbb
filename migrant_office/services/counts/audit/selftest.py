"""A12: the attacker is tried on figures known to be weak; who finds nothing there proves nothing elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from migrant_office.i18n import N_
from migrant_office.models.counts.release import Release, ReleasedCell, ReleasedTable
from migrant_office.models.counts.terms import TOTAL, Indicator, Label
from migrant_office.services.counts.audit.intervals import FEWEST_VALUES, work_out
from migrant_office.services.counts.audit.knowledge import Method, Shape, Structure
from migrant_office.services.counts.audit.report import Finding

# Threshold 10, zeros hidden, nothing rounded: the hidden cells are 7 and 5, 3 and 8, and both follow from the margins.
_COUNTS = ((21, 7, 14), (18, 13, 5), (3, 40, 11), (26, 8, 33))
_EXACT = Method(base=1, threshold=10)
_WORDS = Label("-", "-", "-")


def attacker_works(releases: Sequence[Release]) -> Finding:
    """A12: a table with small cells hidden and nothing rounded must be worked out."""
    weak = weak_release(releases[0])
    shapes = {"one:x": Shape(True, True, False), "two:x": Shape(True, True, False)}
    known = work_out([weak], Structure(shapes), methods=[_EXACT], whole=True)
    narrowest = known.narrowest
    if narrowest is None or narrowest.values >= FEWEST_VALUES or not known.exact:
        message = N_("The attacker did not work out figures that are known to be weak: this audit proves nothing.")
        return Finding("A12", False, 0, message)
    message = N_("Figures that are known to be weak were worked out: the attacker works.")
    return Finding("A12", True, known.exact, message)


def weak_release(like: Release) -> Release:
    """One table with small cells hidden, its other figures exact."""
    counts = {(f"r{i}", f"c{j}"): n for i, row in enumerate(_COUNTS) for j, n in enumerate(row)}
    for i, row in enumerate(_COUNTS):
        counts[f"r{i}", TOTAL] = sum(row)
    for j, column in enumerate(zip(*_COUNTS, strict=True)):
        counts[TOTAL, f"c{j}"] = sum(column)
    counts[TOTAL, TOTAL] = sum(map(sum, _COUNTS))
    cells = tuple(
        ReleasedCell(codes, n if n >= _EXACT.threshold else None, "A" if n >= _EXACT.threshold else "Q")
        for codes, n in counts.items()
    )
    indicator = Indicator(code="weak", counts="weak", unit="persons", label=_WORDS, definition=_WORDS, source=_WORDS)
    table = ReleasedTable("weak", _WORDS, "weak", ("one:x", "two:x"), cells)
    parameters = replace(like.parameters, base=1)
    return replace(
        like, parameters=parameters, indicators=(indicator,), tables=(table,), dimensions=(), total_only=False
    )
