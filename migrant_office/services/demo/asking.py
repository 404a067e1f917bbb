"""What an invented person answers, question by question, by the shares of her city."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from migrant_office.models.forms.answers import Answer
from migrant_office.models.missing import Missing
from migrant_office.services.demo.draw import Draw, happens
from migrant_office.services.demo.profile import People

T = TypeVar("T")
Answers = dict[str, Answer]  # question of the form → its answer


@dataclass(frozen=True, slots=True)
class Told:
    """Everything one person would answer to the whole intake; a shorter form asks less of it. `age` in full years."""

    answers: Mapping[str, Answer]
    papers: tuple[Answers, ...]
    trades: tuple[Answers, ...]
    age: int

    @property
    def is_minor(self) -> bool:
        return self.age < GROWN_UP


GROWN_UP = 18


@dataclass(frozen=True, slots=True)
class Asking:
    """Draws the answers given on one day."""

    rng: Random
    people: People
    today: date

    def percent(self, share: float) -> bool:
        return happens(self.rng, share)

    def or_missing(self, question: str, value: T) -> T | Missing:
        """The answer, or the reason why there is none."""
        return self.people.missing.get(question, self.people.missing["else"])(self.rng) or value

    def one(self, question: str) -> Answer:
        """The answer to a question of one choice."""
        return self.or_missing(question, self.people.answers[question](self.rng))

    def several(self, question: str) -> tuple[str, ...] | Missing:
        """The answer to a question of several choices; nobody asked when nothing applies."""
        named = tuple(code for code, share in self.people.several[question].items() if self.percent(share))
        return self.or_missing(question, named) if named else Missing.NOT_ASKED

    def span(self, spans: Draw[tuple[int, int]]) -> int:
        return self.rng.randint(*spans(self.rng))

    def day(self, days: int) -> str:
        """A day so many days from today, as an answer."""
        return (self.today + timedelta(days=days)).isoformat()
