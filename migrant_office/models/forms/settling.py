"""Keeping a filled form settled: after each answer only what depends on it is evaluated anew."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import datetime
from heapq import heapify, heappop, heappush
from typing import Any

from migrant_office.models.forms.answers import Answer, stored
from migrant_office.models.forms.expressions.context import Context
from migrant_office.models.forms.expressions.functions import chance
from migrant_office.models.forms.expressions.patterns import Unanswered
from migrant_office.models.forms.expressions.values import LONGEST_RESULT, to_boolean, to_number, to_string
from migrant_office.models.forms.form import Expr, Form, Kind, Path, Question
from migrant_office.models.forms.spots import Container, Garden, Instance, Spot, link, within
from migrant_office.models.missing import Missing

Spots = set[Spot]  # named here, because in a filling `set` is the verb
_MISSING = frozenset(Missing)


class Settling:
    """The answers of one filling and the evaluation of everything that reads them."""

    def __init__(self, form: Form, moment: datetime, lang: str) -> None:
        self.form = form
        self.lang = lang
        self.moment = moment
        self._garden = Garden(form)
        self._context = self._surroundings()
        self._fresh: list[Instance] = []  # instances that a count made, until their defaults are given
        self._moved: list[Instance] = []  # instances that were put in or taken out while settling

    def _surroundings(self) -> Context:
        form, moment, garden = self.form, self.moment, self._garden
        return Context(
            garden.root.parent or garden.root,
            garden.home.nodes,
            today=moment.date().isoformat(),
            now=moment.isoformat(timespec="milliseconds"),
            lang=self.lang,
            chance=chance(moment.isoformat()),
            choice_label=self._choice_label,
            instance=form.lists.__getitem__,
        )

    def _choice_label(self, list_name: str, value: str) -> str:
        choice = self.form.lists[list_name].by_value.get(value)
        return choice.label.get(self.lang) if choice else ""

    def _keep(self, spot: Spot, answer: Answer) -> None:
        """Put an answer in its place, as its kind of question stores it."""
        spot.missing, spot.answer = None, ""
        if answer is None or not isinstance(spot.item, Question):
            return
        if isinstance(answer, str) and answer in _MISSING:
            spot.missing = Missing(answer)
        else:
            spot.answer = stored(spot.item.kind, answer, self.form.lists.get(spot.item.list_name))

    def _give_defaults(self, spots: Iterable[Spot], *, calculated: bool) -> Spots:
        """The defaults of new places: fixed ones, or those that are calculated, each settled before the next."""
        changed: Spots = {*()}
        for spot in spots:
            item = spot.item
            if not isinstance(item, Question) or not item.takes_answer:
                continue
            if isinstance(item.default, str) and not calculated:
                self._keep(spot, item.default)
            elif isinstance(item.default, Expr) and calculated:
                self._keep(spot, self._text(item.default, spot))
                changed |= self._settle((spot,), frozenset({spot})) | {spot}
        return changed

    def _grow(self, container: Container) -> Instance:
        instance = self._garden.grow(container)
        self._give_defaults(within(instance), calculated=False)
        return instance

    # -- evaluating

    def _settle(self, spots: Iterable[Spot], typed_in: frozenset[Spot] = frozenset()) -> Spots:
        """Evaluate `spots` and whatever their changes reach, each once and in order; `typed_in` keep their answer.

        Answers every spot to show anew.
        """
        rank = self.form.rank
        queued = dict.fromkeys(spots)
        waiting = [(rank[spot.path], number, spot) for number, spot in enumerate(queued)]
        heapify(waiting)
        changed: Spots = {*()}
        while waiting:
            spot = heappop(waiting)[2]
            made = len(self._fresh)
            if not self._update(spot, keep=spot in typed_in):
                continue
            changed |= self._looking_at(spot) | {spot}
            changed.update(spot.live if isinstance(spot, Container) else ())
            fresh = [one for instance in self._fresh[made:] for one in within(instance)]
            changed.update(fresh)
            for reader in (*self._readers(spot), *fresh):
                if reader not in queued and not isinstance(reader, Instance):
                    queued[reader] = None
                    heappush(waiting, (rank[reader.path], len(queued), reader))
        return changed | self._reasons()

    def _reasons(self) -> Spots:
        """What lacks something for a reason that came or went with its instance."""
        moved = [spot for instance in self._moved for spot in within(instance) if spot.missing]
        self._moved = []
        return {reader for spot in moved for reader in self._readers(spot)}

    def _readers(self, spot: Spot) -> Iterable[Spot]:
        """Everything that is evaluated from this answer."""
        return self._near(spot, self.form.readers.get(spot.path, ()))

    def _looking_at(self, spot: Spot) -> Spots:
        """Everything that is judged or worded by this answer; a repeat words its instances too."""
        found = set(self._near(spot, self.form.watchers.get(spot.path, ())))
        return found.union(*(one.live for one in found if isinstance(one, Container)))

    def _near(self, spot: Spot, paths: Iterable[Path]) -> list[Spot]:
        garden, wide = self._garden, self.form.wide
        found: list[Spot] = []
        for path in paths:
            home = garden.home if wide and (spot.path, path) in wide else spot.home
            found.extend(garden.reach(home, path))
        return found

    def _update(self, spot: Spot, *, keep: bool) -> bool:
        """Bring one place up to date; whether its relevance, its text or its live instances changed."""
        item = spot.item
        before = (spot.shown, spot.text)
        above = spot.above
        spot.shown = above is None or (
            above.shown and (item.relevant is None or self._true(item.relevant, spot, unanswered=True))
        )
        if isinstance(spot, Container):
            return self._count(spot) or before[0] is not spot.shown
        if isinstance(item, Question):
            if not spot.shown and _made_anew(item):
                spot.answer = ""
            spot.text = spot.answer if spot.shown else ""
            if spot.shown and item.calculate and spot.missing is None and not (keep and item.takes_answer):
                spot.answer = spot.text = self._text(item.calculate, spot)
        return before != (spot.shown, spot.text)

    def _count(self, container: Container) -> bool:
        """As many instances as the count says: missing ones are made, surplus ones wait; whether it changed any."""
        count = container.repeat.count
        if count and container.shown:
            wanted = self._number(count, container)
            while len(container.instances) < wanted:
                self._fresh.append(self._grow(container))
            for place, instance in enumerate(container.instances):
                instance.surplus = place >= wanted
        before = container.live
        for instance in container.instances:
            instance.shown = container.shown and not instance.surplus
        container.live = tuple(one for one in container.instances if one.shown)
        if before == container.live:
            return False
        self._moved += {*before} ^ {*container.live}
        if container.above is not None:
            link(container.above)
        return True

    def _number(self, count: Expr, container: Container) -> int:
        """A count of instances; what is no number counts as none."""
        try:
            number = to_number(self._value(count, container))
        except Unanswered:
            return len(container.live)
        return 0 if math.isnan(number) else int(max(0, min(number, container.repeat.limit)))

    def _value(self, expr: Expr, spot: Spot) -> Any:
        self._context.stand(spot, spot.home)
        return expr.fn(self._context)

    def _text(self, expr: Expr, spot: Spot) -> str:
        """A result as stored: no number is no answer."""
        try:
            text = to_string(self._value(expr, spot))
        except Unanswered:
            return ""
        return "" if text == "NaN" else text[:LONGEST_RESULT]

    def _true(self, expr: Expr | None, spot: Spot, *, unanswered: bool = False) -> bool:
        """Whether it holds; `unanswered` when a pattern in it could not be answered in time."""
        try:
            return expr is not None and to_boolean(self._value(expr, spot))
        except Unanswered:
            return unanswered


def _made_anew(question: Question) -> bool:
    """Whether nothing is lost with an answer: it is only calculated, and not from what it said before."""
    calculate = question.calculate
    return question.kind is Kind.CALCULATE and calculate is not None and not calculate.reads_self
