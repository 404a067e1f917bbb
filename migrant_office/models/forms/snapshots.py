"""A draft as plain values: what stands in the places of a form, and how it comes back, also under a newer form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from migrant_office.models.forms.form import Kind, Question
from migrant_office.models.forms.spots import Container, Garden, Spot, within
from migrant_office.models.missing import Missing

MOST_KEPT = 500  # instances of one repeat that a draft may bring back; a newer form may allow fewer to be added
PARTS = ("answers", "missing", "counts", "shown")
NONE: Mapping[str, Any] = {"answers": {}, "missing": {}}
_COUNT = re.compile(r"\[\d+\]")


def parts(garden: Garden, lang: str) -> dict[str, dict[str, Any]]:
    """`answers` (text) and `missing` (code) by address, `counts` of the instances by the address of the repeat, and
    `shown`, the words of chosen codes in `lang`, so that an answer keeps them when its list loses the code.
    """
    found: dict[str, dict[str, Any]] = {part: {} for part in PARTS}
    for spot in within(garden.root):
        for part, lost in spot.lost.items():
            found[part].update((spot.addr + rest, value) for rest, value in lost.items())
        if isinstance(spot, Container) and spot.instances:
            found["counts"][spot.addr] = len(spot.instances)
        elif spot.missing:
            found["missing"][spot.addr] = spot.missing.value
        elif spot.answer and _kept(spot):
            found["answers"][spot.addr] = spot.answer
            if shown := _labels(garden, spot, lang):
                found["shown"][spot.addr] = shown
    return {part: dict(sorted(values.items())) for part, values in found.items()}


def _kept(spot: Spot) -> bool:
    """Calculations are made anew, except one that keeps what it once was."""
    item = spot.item
    return isinstance(item, Question) and (item.takes_answer or bool(item.calculate and item.calculate.reads_self))


def _labels(garden: Garden, spot: Spot, lang: str) -> dict[str, str]:
    item = spot.item
    listed = garden.form.lists.get(item.list_name) if isinstance(item, Question) else None
    if listed is None and not spot.labels:
        return {}
    known = listed.by_value if listed else {}
    codes = spot.answer.split()
    found = {code: known[code].label.get(lang) if code in known else spot.labels.get(code, "") for code in codes}
    return {code: words for code, words in found.items() if words}


def take_back(garden: Garden, snapshot: Mapping[str, Any]) -> None:
    """Put a draft into the places of a blank filling. Raises KeyError or ValueError when it is none."""
    for addr in sorted(counts := snapshot.get("counts", {}), key=lambda one: (len(_COUNT.findall(one)), one)):
        count, container = counts[addr], garden.by_addr.get(addr)
        if not isinstance(count, int) or not 0 <= count <= MOST_KEPT:
            raise ValueError(addr)
        if isinstance(container, Container):
            while len(container.instances) < count:
                garden.grow(container)
        else:
            _lose(garden, "counts", addr, count)
    for part in ("answers", "missing", "shown"):
        for addr, value in snapshot.get(part, {}).items() if part == "shown" else snapshot[part].items():
            spot = garden.by_addr.get(addr)
            if spot is None or not isinstance(spot.item, Question) or spot.item.kind is Kind.NOTE:
                _lose(garden, part, addr, value)
            elif part == "answers":
                spot.answer = value
            elif part == "missing":
                spot.missing = Missing(value)
            else:
                spot.labels = dict(value)


def _lose(garden: Garden, part: str, addr: str, value: object) -> None:
    """Keep what has no place with the innermost instance that it stood in, so that it moves with it."""
    holder, end = garden.root, 0
    for count in _COUNT.finditer(addr):
        if (found := garden.by_addr.get(addr[: count.end()])) is None:
            break
        holder, end = found, count.end()
    holder.lost.setdefault(part, {})[addr[end:]] = value
