"""What a filled form tells the records: its answers that count, typed and by field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from migrant_office.models.forms.answers import MISSING, NOT_OFFERED, typed
from migrant_office.models.forms.form import Kind, Question
from migrant_office.models.forms.looking import Looking
from migrant_office.models.forms.spots import Container, Spot
from migrant_office.models.missing import Missing

Field = str | tuple[str, ...] | Missing


class Telling(Looking):
    """The answers of a filling as others take them."""

    def submission(self) -> dict[str, str | int | float | list[str]]:
        """The answers that count, by address, typed; a missing one as its text (`?refused`)."""
        found: dict[str, str | int | float | list[str]] = {}
        for spot, question in self._asked():
            if answer := self._told(spot, question):
                found[spot.addr] = str(answer) if isinstance(answer, Missing) else typed(question.kind, answer)
        return found

    def mapped(self) -> dict[str, Field]:
        """What goes to the fields of records, by their names (`person.given`): text, codes, or why it is missing.

        Repeats are not in it: see `records`. An answer that wants another look (a child of 200, a birth to come)
        stays in the draft and is left out here, and so is what was calculated from it.
        """
        outside = (pair for pair in self._asked() if not self.form.trails[pair[0].path])
        return self._fields(outside)

    def records(self, maps_to: str) -> tuple[dict[str, Field], ...]:
        """What each instance of the repeat that makes this record tells, as in `mapped`, without empty instances."""
        return tuple(self.recorded(maps_to).values())

    def recorded(self, maps_to: str) -> dict[str, dict[str, Field]]:
        """As `records`, by the addresses of the instances.

        An instance is empty while nobody answered anything in it, whatever its defaults and calculations say.
        """
        found: dict[str, dict[str, Field]] = {}
        for spot in self._garden.walk(self.form.root, self._garden.home):
            if isinstance(spot, Container) and spot.repeat.maps_to == maps_to:
                for one in spot.live:
                    inside = self._inside(one)
                    if self._filled(inside) and (fields := self._fields(inside)):
                        found[one.addr] = fields
        return found

    def _inside(self, instance: Spot) -> list[tuple[Spot, Question]]:
        """What is asked in an instance itself, without the repeats in it."""
        return [
            (spot, spot.item) for spot in instance.home.nodes.values() if spot.shown and isinstance(spot.item, Question)
        ]

    def _filled(self, inside: list[tuple[Spot, Question]]) -> bool:
        return any(
            spot.missing or spot.answer not in ("", question.default)
            for spot, question in inside
            if question.takes_answer and question.calculate is None
        )

    def _fields(self, asked: Iterable[tuple[Spot, Question]]) -> dict[str, Field]:
        found: dict[str, Field] = {}
        for spot, question in asked:
            answer = self._told(spot, question) if question.maps_to else None
            if not answer:
                continue
            if isinstance(answer, Missing) or question.kind is not Kind.SELECT_MULTIPLE:
                if isinstance(answer, Missing) or self._sound(spot):
                    found[question.maps_to] = answer
            elif codes := self._fitting(spot, answer):
                found[question.maps_to] = codes
        return found

    def _fitting(self, spot: Spot, answer: str) -> tuple[str, ...]:
        """The codes that are offered now; none when the answer breaks the form's own rule."""
        offered = {choice.value for choice in self._choices(spot)}
        sound = self._sound(spot) or self._problem(spot) is NOT_OFFERED
        return tuple(code for code in answer.split() if code in offered) if sound else ()

    def _sound(self, spot: Spot) -> bool:
        """Whether nothing is amiss with an answer, nor with those that it was calculated from."""
        waiting, seen = [spot], {spot}
        while waiting:
            one = waiting.pop()
            if (problem := self._problem(one)) and problem.code != MISSING:
                return False
            fresh = [read for read in self._read(one) if read not in seen]
            seen.update(fresh)
            waiting += fresh
        return True

    def _read(self, spot: Spot) -> Iterator[Spot]:
        """The questions that a calculation reads."""
        calculate = spot.item.calculate if isinstance(spot.item, Question) else None
        if calculate is None:
            return
        for path in calculate.deps:
            home = self._garden.home if path in calculate.wide else spot.home
            yield from self._garden.reach(home, path, live=True)

    def _told(self, spot: Spot, question: Question) -> str | Missing | None:
        if question.kind is Kind.NOTE:
            return None
        return spot.answer or self._why_missing(spot)
